# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.sources import Expected
from ansible_collections.polycom.vvx.plugins.plugin_utils._importing.importing import Import, Present, read

MACS = [f"0004f200000{number}" for number in range(1, 7)]


def master(listed: str, **more: str) -> str:
    attributes = "".join(f' {name}="{text}"' for name, text in {"CONFIG_FILES": listed, **more}.items())
    return f"<APPLICATION{attributes}/>"


def parameters(**values: str) -> str:
    """A file with these parameters; ``__`` stands for the dots."""
    return "<P>" + "".join(f'<a {name.replace("__", ".")}="{text}"/>' for name, text in values.items()) + "</P>"


Importing = Callable[..., Import]


@pytest.fixture
def importing(tmp_path: Path) -> Importing:
    """Imports these files, given by path."""

    def run(
        files: Mapping[str, str | bytes],
        listed: Iterable[Expected] = (),
        present: Mapping[str, Present] | None = None,
        skip: bool = False,
    ) -> Import:
        shutil.rmtree(tmp_path / "old", ignore_errors=True)
        for name, text in files.items():
            path = tmp_path / "old" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(str(tmp_path / "old"), listed, present or {}, skip)

    return run
