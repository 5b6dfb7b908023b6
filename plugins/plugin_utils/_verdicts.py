# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task for all phones found of each, kept until the playbook ends, so that a later play can mark the phones.

One small file for each phone that is to fail or to be unreachable, in the folder that Ansible makes for a run and
deletes at its end. The result of a task could not hold ten thousand of them.
"""

from __future__ import annotations

import contextlib
import json
import os
import urllib.parse
from collections.abc import Iterable, Mapping

from ansible import constants as C

FAILED = "failed"
UNREACHABLE = "unreachable"
_LONGEST_NAME = 255


class Verdicts:
    """Verdicts of one run. ``folder``: set in tests."""

    def __init__(self, folder: str | None = None) -> None:
        self._folder = folder or os.path.join(str(C.DEFAULT_LOCAL_TMP), "polycom.vvx.verdicts")

    def put(self, hosts: Iterable[str], verdicts: Mapping[str, tuple[str, str]]) -> None:
        """Keep what was found. ``hosts``: all that were looked at; older verdicts on them are gone. ``verdicts``: of
        those that are marked, FAILED or UNREACHABLE, and a text. Raises OSError."""
        os.makedirs(self._folder, mode=0o700, exist_ok=True)
        for host in hosts:
            path = self._path(host)
            if host in verdicts:
                with open(path, "w", encoding="utf-8", errors="replace") as file:
                    json.dump(verdicts[host], file)
            else:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(path)

    def of(self, host: str) -> tuple[str, str] | None:
        """The verdict on a host, and its text; None for one that is as it should be."""
        try:
            with open(self._path(host), encoding="utf-8") as file:
                state, text = json.load(file)
        except FileNotFoundError:
            return None
        return str(state), str(text)

    def hosts(self) -> list[str]:
        """All hosts that are marked."""
        try:
            return sorted(urllib.parse.unquote(name, errors="surrogateescape") for name in os.listdir(self._folder))
        except FileNotFoundError:
            return []

    def _path(self, host: str) -> str:
        name = urllib.parse.quote(host, safe="", errors="surrogateescape").replace(".", "%2E")
        return os.path.join(self._folder, name[:_LONGEST_NAME])
