# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run hands over of its deliveries: which files went where, and the files whose place is the artifact.

It is of the whole run: its tasks add to one small file, in the folder that Ansible makes for a run and deletes at its
end. So the bounds hold for all tasks together, and what a task has handed over is not lost if it fails in the end.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .._handover import bounded, harmless, packed
from .login import NotDelivered

DELIVERED = "polycom_vvx_delivered"
FILES = "polycom_vvx_delivered_files"
LARGEST_ARTIFACT = 200_000
"""Characters of all files in FILES. AWX stores them twice, and drops results above 700,000 bytes."""
MOST = 100
"""Files in DELIVERED."""
_LARGEST_FILE = 20_000_000
"""Bytes of a file that is packed to see whether it fits."""
_LARGEST_TEXT = 20_000
"""Characters of a file that is handed over as it is."""
_TEMPLATES = ("{{", "{%", "{#")
_NAME = "polycom.vvx.delivered"
_ELSEWHERE = "Deliver it to a folder or a URL, or leave this file out."


class Artifact:
    """``folder``: of the run. Without one, nothing lasts behind the task, as in check mode."""

    def __init__(self, folder: str | None = None) -> None:
        self._path = os.path.join(folder, _NAME) if folder else ""
        self._state: dict[str, Any] = {"delivered": [], "files": {}}

    def put(self, name: str, content: bytes) -> None:
        """Hand over a file. Raises NotDelivered if it does not fit beside the others of the run, or if one of them has
        its name."""
        if len(content) > _LARGEST_FILE:
            raise NotDelivered(
                f"{name}: not delivered as an artifact: it is larger than {_LARGEST_FILE // 1_000_000} MB.",
                remedy=_ELSEWHERE,
            )
        made = _entry(content)
        with self._locked() as state:
            files = state["files"]
            if files.get(name, made) != made:
                raise NotDelivered(
                    f"{name}: not delivered as an artifact: an earlier task of this run has handed over another file "
                    "of this name.",
                    remedy="Give the files names of their own.",
                )
            size = len(json.dumps({**files, name: made}))
            if size > LARGEST_ARTIFACT:
                raise NotDelivered(
                    f"{name}: not delivered as an artifact: with it, the artifact would have {size} characters, and "
                    f"{LARGEST_ARTIFACT} is the most.",
                    remedy=_ELSEWHERE,
                )
            files[name] = made

    def note(self, delivered: Iterable[Mapping[str, Any]]) -> None:
        """Remember what was delivered: ``name``, ``to`` and ``bytes`` of each."""
        with self._locked() as state:
            told = {(each["name"], each["to"]): each for each in state["delivered"]}
            for each in delivered:
                told[each["name"], each["to"]] = {key: each[key] for key in ("name", "to", "bytes")}
            state["delivered"] = list(told.values())[:MOST]

    def statistics(self) -> dict[str, Any]:
        """Of all tasks of the run so far, by name."""
        if self._path and not os.path.exists(self._path):
            return {}
        with self._locked() as state:
            delivered, files = state["delivered"], state["files"]
        found = bounded(lambda most: {DELIVERED: delivered[:most]}) if delivered else {}
        return found | ({FILES: {harmless(name): file for name, file in files.items()}} if files else {})

    @contextlib.contextmanager
    def _locked(self) -> Iterator[dict[str, Any]]:
        """The state, which is kept at the end: tasks on several hosts run at once. Raises OSError."""
        if not self._path:
            yield self._state
            return
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        with open(os.open(self._path, flags, 0o600), "r+", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            before = file.read()
            state = json.loads(before) if before else self._state
            yield state
            after = json.dumps(state)
            if after != before:
                file.seek(0)
                file.truncate()
                file.write(after)


def _entry(content: bytes) -> dict[str, str]:
    """A file as FILES has it."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = ""
    plain = bool(text) and len(text) <= _LARGEST_TEXT and not any(mark in text for mark in _TEMPLATES)
    return {"encoding": "text", "content": text} if plain else {"encoding": "gzip", "content": packed(content)}
