# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where Ansible's tools find this repository as the collection polycom.vvx.

Ansible finds a collection by its path, .../ansible_collections/polycom/vvx; a clone of this repository has another one.
There are two ways out, both below .build, which git, the gates and the collection's build ignore:

* link_collection: a link to the repository. For playbooks, pytest, mypy and ansible-lint: what you edit is what runs.
* copy_collection: a copy of what git knows or would add. For tools that refuse or misread a link (ansible-test checks
  nothing behind one), and for the build: only files that git knows get into the tarball.

In your own shell: eval "$(python3 tests/gates/layout.py)". Then ansible-playbook, ansible-doc and pytest work.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build"
COLLECTIONS = BUILD / "collections"
NAME = Path("ansible_collections", "polycom", "vvx")


def link_collection() -> Path:
    """Make the link if it is not there and return the collections path that holds it."""
    link = COLLECTIONS / NAME
    if not (link.is_symlink() and link.resolve() == ROOT):
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        # Relative, so that a project folder that is moved, or seen under another path, keeps working.
        link.symlink_to(os.path.relpath(ROOT, link.parent))
    return COLLECTIONS


def known_files() -> list[str]:
    """What git knows or would add, as paths relative to the repository: no build output, no ignored file."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    # A file that is deleted but not yet committed as such is still listed.
    return sorted(name for name in set(listed.split("\0")) if name and os.path.lexists(ROOT / name))


def copy_collection(purpose: str) -> Path:
    """Make a fresh copy of the collection in a collections path of its own and return the copy's folder."""
    target = BUILD / purpose / NAME
    shutil.rmtree(BUILD / purpose, ignore_errors=True)
    for name in known_files():
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, copy, follow_symlinks=False)
    # Tools that ask git would find the project's repository, which ignores .build, and see an empty collection.
    subprocess.run(["git", "-c", "init.defaultBranch=main", "init", "--quiet"], cwd=target, check=True)
    return target


def environment() -> dict[str, str]:
    """Return the environment with which tools see the linked collection and leave the user's Ansible files alone."""
    return {
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
        "ANSIBLE_HOME": str(BUILD / "ansible"),
        # Where Python finds ansible_collections and the simulator.
        "PYTHONPATH": os.pathsep.join([str(COLLECTIONS), str(ROOT / "tests")]),
        # Without compiled files every start of ansible-playbook compiles all of Ansible, half of the time.
        "PYTHONPYCACHEPREFIX": str(BUILD / "pycache"),
        "PYTHONDONTWRITEBYTECODE": "",
    }


if __name__ == "__main__":
    link_collection()
    for key, value in environment().items():
        print(f"export {key}={shlex.quote(value)}")
