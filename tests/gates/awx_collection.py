# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection awx.awx, for tests: only as part of the package ansible is it at hand where Galaxy is not."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import get_pip
import layout

PACKAGE = "ansible==12.3.0"
FOLDER = layout.BUILD / "awx"
"""A path of collections with awx.awx and nothing else."""
_INSIDE = "ansible_collections/awx/awx/"


def collection() -> Path:
    """The folder, filled by the first call. Downloads 54 MB for that. Raises CalledProcessError."""
    wanted = FOLDER / _INSIDE / "MANIFEST.json"
    if not wanted.exists():
        new = FOLDER.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        command = [sys.executable, f"{get_pip.bundled_pip()}/pip", "download", "--quiet", "--no-deps", PACKAGE]
        subprocess.run([*command, "--dest", str(new)], check=True)
        wheel = next(new.glob("*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(new, [name for name in archive.namelist() if name.startswith(_INSIDE)])
        wheel.unlink()
        shutil.rmtree(FOLDER, ignore_errors=True)
        new.rename(FOLDER)
    return FOLDER


if __name__ == "__main__":
    collection()
