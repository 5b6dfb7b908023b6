# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task for all phones found of each, kept until the playbook ends, so that later tasks can tell of one phone.

One small file for each phone that there is something to say of, in the folder that Ansible makes for a run and deletes
at its end. The result of a task could not hold ten thousand of them.
"""

from __future__ import annotations

import contextlib
import json
import os
import urllib.parse
from collections.abc import Iterable, Mapping
from typing import Any

from ansible import constants as C

FAILED = "failed"
UNREACHABLE = "unreachable"
_LONGEST_NAME = 255


class Notes:
    """Notes on phones, of one run: JSON values without secrets. ``name``: what they are about. ``folder``: set in
    tests."""

    def __init__(self, name: str, folder: str | None = None) -> None:
        self._folder = folder or os.path.join(str(C.DEFAULT_LOCAL_TMP), f"polycom.vvx.{name}")

    def put(self, hosts: Iterable[str], notes: Mapping[str, Any]) -> None:
        """Keep what was found. ``hosts``: all that were looked at; older notes on them are gone. ``notes``: on those
        that there is something to say of. Raises OSError."""
        os.makedirs(self._folder, mode=0o700, exist_ok=True)
        for host in hosts:
            path = self._path(host)
            if host in notes:
                with open(path, "w", encoding="utf-8", errors="replace") as file:
                    json.dump(notes[host], file)
            else:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(path)

    def of(self, host: str) -> Any:
        """The note on a host; None if there is none."""
        try:
            with open(self._path(host), encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return None

    def hosts(self) -> list[str]:
        """All hosts that have one."""
        try:
            return sorted(urllib.parse.unquote(name, errors="surrogateescape") for name in os.listdir(self._folder))
        except FileNotFoundError:
            return []

    def _path(self, host: str) -> str:
        name = urllib.parse.quote(host, safe="", errors="surrogateescape").replace(".", "%2E")
        return os.path.join(self._folder, name[:_LONGEST_NAME])


class Verdicts(Notes):
    """Which phones are marked: FAILED or UNREACHABLE, each with a text."""

    def __init__(self, folder: str | None = None) -> None:
        super().__init__("verdicts", folder)

    def of(self, host: str) -> tuple[str, str] | None:
        """The verdict on a host, and its text; None for one that is as it should be."""
        found = super().of(host)
        return None if found is None else (str(found[0]), str(found[1]))
