# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection awx.awx, for tests: only as part of the package ansible is it at hand where Galaxy is not."""

from __future__ import annotations

import contextlib
import fcntl
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
IN_PROCESS = layout.BUILD / "awx-in-process"
"""The same, with actions that run the modules in the process of their task."""
_INSIDE = "ansible_collections/awx/awx/"


def collection() -> Path:
    """The folder, filled by the first call. Downloads 54 MB for that. Raises CalledProcessError."""
    layout.BUILD.mkdir(exist_ok=True)
    with FOLDER.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run in several processes
        if not (FOLDER / _INSIDE / "MANIFEST.json").exists():
            _fill()
    return FOLDER


def _fill() -> None:
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


def collection_in_process(action: Path) -> Path:
    """The folder of the same collection with this action for each module."""
    wanted, real = IN_PROCESS / _INSIDE, collection() / _INSIDE
    actions = wanted / "plugins" / "action"
    actions.mkdir(parents=True, exist_ok=True)
    for path in [*real.iterdir(), *(real / "plugins").iterdir()]:
        _link(wanted / path.relative_to(real), path)
    for module in (real / "plugins" / "modules").glob("[a-z]*.py"):
        _link(actions / module.name, action)
    return IN_PROCESS


def _link(link: Path, target: Path) -> None:
    with contextlib.suppress(FileExistsError):
        link.symlink_to(target)


if __name__ == "__main__":
    collection()
