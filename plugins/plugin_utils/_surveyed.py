# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What vvx_survey found, kept until the playbook ends: which phones need a task, and what is known of the others.

Small files in the folder that Ansible makes for a run and deletes at its end: one for the play behind the survey and
for the summary, and one for each phone that could not be asked, for its task. A run has one survey, the latest.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from ansible import constants as C

from ..module_utils._files import name_for
from ..module_utils._phone import errors
from ..module_utils._phone.errors import PhoneError
from ..module_utils._phone.settings import Settings

FRESH = 600.0
"""Seconds for which a phone is not asked again that could not be asked."""
NOBODY = ["all:!all"]
"""A pattern without hosts, of which Ansible does not warn."""
_ASKED = (
    errors.Unreachable,
    errors.ConnectionLost,
    errors.PhoneTimeout,
    errors.TlsFailed,
    errors.AuthenticationFailed,
    errors.NotTried,
    errors.DefaultPassword,
    errors.RestDisabled,
)
"""Errors that the same question would meet again: a task need not ask it."""
_KINDS = {each.kind: each for each in _ASKED}


def is_lost(error: PhoneError | None) -> bool:
    """Whether a phone with this error can't be asked now."""
    return isinstance(error, _ASKED)


@dataclass
class Found:
    """What a survey found, hosts in the order of the play. ``pattern``: of the play. ``others``: phones that need a
    task of their own. ``lost``: phones that can't be asked; their tasks fail. ``settled``: phones as desired, each with
    the secrets that were left alone, and why. ``skipped``: of these, the parameters that a phone does not know and that
    are left out, each with similar names. ``doomed``: whether it is known that some task will fail."""

    pattern: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    settled: dict[str, dict[str, str]] = field(default_factory=dict)
    skipped: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    doomed: bool = False

    def order(self) -> tuple[list[str], list[str]]:
        """The phones that need a task, and behind them those that can't be asked.

        Ansible ends a run after a play or a batch in which all hosts have failed. So where some will fail, a phone that
        won't is among them: one that is as desired, or one of the others.
        """
        if self.doomed and self.settled:
            return self.others, [*self.lost, next(iter(self.settled))]
        if self.lost and self.others:
            return self.others[:-1], [*self.lost, self.others[-1]]
        return self.others, self.lost


class Surveyed:
    """The survey of a run. ``folder``: set in tests."""

    def __init__(self, folder: str | None = None) -> None:
        self._folder = folder or os.path.join(str(C.DEFAULT_LOCAL_TMP), "polycom.vvx.survey")

    def forget(self) -> None:
        """From now on there is no survey."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def put(self, found: Found, errors_of: Mapping[str, tuple[Settings, PhoneError]]) -> None:
        """Keep what was found. ``errors_of``: the lost phones. Raises OSError."""
        self.forget()
        os.makedirs(self._folder, mode=0o700)
        for host, (settings, error) in errors_of.items():
            self._write(
                _name(host),
                {
                    "when": time.time(),
                    "login": [settings.base_url, settings.username],
                    "message": error.message,
                    "remedy": error.remedy,
                    "error": error.as_dict(),
                },
            )
        self._write("found", asdict(found))

    def found(self) -> Found | None:
        """What the survey found; None where there was none, or none that could look at the phones."""
        kept = self._read("found")
        return None if kept is None else Found(**kept)

    def error_of(self, host: str, settings: Settings) -> PhoneError | None:
        """Why a phone could not be asked a short time ago, with the same address and user; None if it could."""
        kept = self._read(_name(host))
        if kept is None or kept["login"] != [settings.base_url, settings.username]:
            return None
        if not 0 <= time.time() - kept["when"] <= FRESH:
            return None
        said = kept["error"]
        return _KINDS[said.pop("kind")](kept["message"], remedy=kept["remedy"], **said)

    def _write(self, name: str, document: Any) -> None:
        with open(os.path.join(self._folder, name), "w", encoding="ascii") as file:
            json.dump(document, file)

    def _read(self, name: str) -> Any:
        try:
            with open(os.path.join(self._folder, name), encoding="ascii") as file:
                return json.load(file)
        except FileNotFoundError:
            return None


def unsettled(found: Found | None, pattern: Sequence[str]) -> list[str]:
    """Patterns for the hosts of this pattern that are not known to be as desired."""
    if found is None:
        return list(pattern)
    if list(pattern) == found.pattern:
        first, last = found.order()
        return [pattern_of(host) for host in (*first, *last)] or NOBODY
    return [*pattern, *(f"!{pattern_of(host)}" for host in found.settled)]


def sizes(found: Found | None, portions: Sequence[str]) -> list[str]:
    """The batches of a play on the hosts of ``unsettled``. ``portions``: as Ansible's ``serial``. Phones that can't be
    asked are the last batch, so that they end none in which others change."""
    if found is None or not found.lost or list(portions) == ["100%"]:
        return list(portions)
    first, last = found.order()
    made: list[str] = []
    left = len(first)
    while left > 0:
        portion = portions[min(len(made), len(portions) - 1)]
        size = int(len(first) * int(portion[:-1]) / 100) if portion.endswith("%") else int(portion)
        made.append(str(min(left, max(1, size))))
        left -= int(made[-1])
    return [*made, str(len(last))]


def pattern_of(host: str) -> str:
    """The name itself, unless Ansible would read it as a pattern."""
    if re.fullmatch(r"\w[\w.-]*", host):
        return host
    return "~^" + "".join(char if re.match(r"[\w-]", char) else f"\\U{ord(char):08x}" for char in host) + "$"


def _name(host: str) -> str:
    """The name of a host's file."""
    return f"host-{name_for(host)}"
