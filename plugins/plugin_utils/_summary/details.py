# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files with everything about a run: one for programs, and lists of hosts for ``--limit``."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass

from ...module_utils._files import read, write
from .collect import Collector
from .digest import Digest, as_details
from .text import Hints

NOBODY = "no-such-host"
"""The only line of a list without hosts: Ansible takes an empty list for no limit at all."""
_LARGEST = 100_000_000


@dataclass(frozen=True)
class File:
    """``needed``: whether it says something. One that does not only replaces what an earlier run has left."""

    text: str
    needed: bool = True


def contents(path: str, collector: Collector, made: Digest) -> dict[str, File]:
    """By path: the details (JSON), the hosts that need a restart, and those that failed or were unreachable.

    For ``run.json`` these are ``run.json``, ``run.restart`` and ``run.failed``.
    """
    stem = os.path.splitext(path)[0]
    details = json.dumps(as_details(collector, made), indent=1, sort_keys=True, ensure_ascii=False)
    return {
        path: File(f"{details}\n"),
        f"{stem}.restart": _list(made.restart.hosts),
        f"{stem}.failed": _list(made.lost),
    }


def store(path: str, collector: Collector, made: Digest, restart: str) -> Hints:
    """Write these files; without a path, none. ``restart``: the command that restarts phones. Raises FileError."""
    if not path:
        return Hints(restart)
    files = contents(path, collector, made)
    old = {name for name in files if read(name, _LARGEST) is not None}
    write({name: each.text.encode() for name, each in files.items() if each.needed or name in old})
    restarts, failures = (name if files[name].needed else "" for name in list(files)[1:])
    return Hints(restart, path, restarts, failures)


def _list(hosts: Sequence[str]) -> File:
    return File("".join(f"{host}\n" for host in hosts or [NOBODY]), bool(hosts))
