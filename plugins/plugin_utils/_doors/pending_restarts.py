# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What this controller knows of restarts that phones still need: parameters that a task has written without restarting
the phone, and when. Names of parameters only, never their values.

One small file for each phone lies beside the memory of secrets, whole or not at all, so that any number of workers
write at once.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from functools import cached_property
from typing import Any

from ...module_utils._files import FileError, name_for, write
from ...module_utils._phone.mac import digits
from ...module_utils._phone.settings import Settings
from . import state
from .state import Unusable

FORMAT = 1
FOLDER = "restarts"
MOST = 1000
"""Parameters of one phone that are remembered; of more, the first by name."""


def names(settings: Settings, mac: str | None = None) -> list[str]:
    """The names that a phone may have here, best first: its MAC address, and where nobody knows that before it has
    answered, the URL at which it is asked. ``mac``: as the phone has said it."""
    return list(dict.fromkeys(filter(None, (digits(mac or settings.mac), settings.base_url))))


def matters(outcome: Mapping[str, Any]) -> bool:
    """Whether the result of a task says something of restarts."""
    return outcome.get("restart_required") == "yes" or _was_restarted(outcome)


class PendingRestarts:
    """``state_path``: as the option of vvx_config, complete; None where nobody has set it. Nothing is opened before it
    is needed. What can't be read is not known."""

    def __init__(self, state_path: str | None) -> None:
        self._state_path = state_path

    def heed(self, phone: Sequence[str], outcome: Mapping[str, Any], began: float) -> str | None:
        """Remember what follows from the result of a task that ``matters``, which began then (seconds since 1970): the
        restart that its changes need, or that the phone was restarted. Returns a warning if that can't be written.
        ``phone``: its names."""
        try:
            if _was_restarted(outcome):
                self._forget(phone)
            else:
                self._add(phone[0], outcome["restart_reasons"], began)
        except Unusable:
            return None
        except (OSError, FileError) as error:
            return f"{error}. The report can't tell which phones still need a restart."
        return None

    def of(self, phone: Sequence[str]) -> dict[str, datetime]:
        """The parameters for which a phone was not restarted, each with when it was written, in UTC. ``phone``: its
        names."""
        found: dict[str, float] = {}
        for name in phone:
            if _file(name) in self._files:
                found |= self._read(name)
        return {name: datetime.fromtimestamp(when, timezone.utc) for name, when in sorted(found.items())}

    def _add(self, phone: str, parameters: Iterable[str], when: float) -> None:
        kept = {**self._read(phone), **dict.fromkeys(parameters, round(when, 3))}
        document = {"format": FORMAT, "parameters": dict(sorted(kept.items())[:MOST])}
        os.makedirs(self._folder, mode=0o700, exist_ok=True)
        write({self._path(phone): (json.dumps(document, indent=1) + "\n").encode()}, mode=0o600)

    def _forget(self, phone: Iterable[str]) -> None:
        for name in phone:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                os.unlink(self._path(name))

    def _read(self, phone: str) -> dict[str, float]:
        try:
            content = state.read(self._path(phone), private=True)
            return {} if content is None else _parameters(content)
        except (Unusable, FileError, ArithmeticError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return {}

    @cached_property
    def _folder(self) -> str:
        """Raises Unusable."""
        spot = state.state_folder(self._state_path)
        state.check(spot)
        return os.path.join(spot.path, FOLDER)

    @cached_property
    def _files(self) -> frozenset[str]:
        """What the folder holds: most phones of a fleet have no file."""
        try:
            return frozenset(os.listdir(self._folder))
        except (Unusable, OSError):
            return frozenset()

    def _path(self, phone: str) -> str:
        return os.path.join(self._folder, _file(phone))


def _file(phone: str) -> str:
    return f"{digits(phone) or name_for(phone)[:32]}.json"


def _was_restarted(outcome: Mapping[str, Any]) -> bool:
    """By vvx_config and its like, by vvx_restart, or by a reset."""
    reset = bool(outcome.get("cleared")) and not outcome.get("failed")
    return bool(outcome.get("restarted")) or "uptime_after" in outcome or reset


def _parameters(content: bytes) -> dict[str, float]:
    """Raises one of ArithmeticError, ValueError, TypeError, KeyError and AttributeError for what is not written
    here."""
    document = json.loads(content)
    if document["format"] != FORMAT:
        raise ValueError
    found = {str(name): float(when) for name, when in document["parameters"].items()}
    if not all(0 <= when < 1e11 for when in found.values()):
        raise ValueError
    return found
