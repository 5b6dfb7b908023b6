# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make the Python interpreters of pyenv usable by name."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path


def put_real_ones_on_path() -> None:
    """Put pyenv's interpreters on PATH in front of its shims.

    A shim python3.9 exists for every Python that pyenv has, but runs only where that one is activated. ansible-test
    mistakes the shim for an interpreter and fails. Without pyenv nothing changes: nox asks uv, which finds the Pythons.
    """
    if not shutil.which("pyenv"):
        return
    root = subprocess.run(["pyenv", "root"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    found = [str(folder) for folder in sorted(Path(root, "versions").glob("3.*/bin"), key=_version, reverse=True)]
    os.environ["PATH"] = os.pathsep.join([*found, os.environ["PATH"]])


def _version(folder: Path) -> list[int]:
    return [int(part) for part in folder.parent.name.split(".") if part.isdigit()]
