# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verdicts are kept for a later play, one file a host, whatever its name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.filter import marked
from ansible_collections.polycom.vvx.plugins.plugin_utils._verdicts import Verdicts

ODD = ["berlin-1001", "..", "a/b", "empfang ü", "*"]


def test_what_is_kept(tmp_path: Path) -> None:
    verdicts = Verdicts(str(tmp_path / "verdicts"))
    assert verdicts.hosts() == [] and verdicts.of("a") is None
    verdicts.put([*ODD, "fine"], {host: ("failed", f"{host}: no") for host in ODD})
    assert verdicts.hosts() == sorted(ODD) and verdicts.of("fine") is None
    assert all(verdicts.of(host) == ("failed", f"{host}: no") for host in ODD)
    verdicts.put(["berlin-1001"], {})
    assert verdicts.of("berlin-1001") is None and verdicts.of("*") is not None, "others keep theirs"


def test_the_pattern_of_the_play_that_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    verdicts = Verdicts(str(tmp_path / "verdicts"))
    monkeypatch.setattr(marked, "Verdicts", lambda: verdicts)
    assert marked.FilterModule().filters()["marked_hosts"]("") == ["all:!all"]
    verdicts.put(["a-1", "b:[1]"], {"a-1": ("failed", ""), "b:[1]": ("failed", "")})
    plain, odd = marked.marked_hosts("")
    assert plain == "a-1" and odd.startswith("~") and not set(",: ") & set(odd)
    assert re.match(odd[1:], "b:[1]") and not re.match(odd[1:], "bx[1]") and not re.match(odd[1:], "b:[1]x")
