# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Candidate passwords of a phone, and which of them comes next: never one that the phone has refused, never two within
the time in which phones count wrong logins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._phone.errors import SettingsError

VARIABLE = "ansible_vvx_password_candidates"
MOST = 20
"""Candidates of one phone. This is for passwords that were in use, not for guessing."""
SPEC = ArgumentSpec(
    {
        "password_candidates": {"type": "raw", "no_log": True},
        "into": {"type": "path"},
        "retry_after": {"type": "float"},
        "fail": {"type": "bool", "default": False},
    }
)
LONGEST_RETRY = 10 * 366 * 86400.0
_REMEDY = f"Write it as a list of quoted texts ({VARIABLE}, in a vault file)."


class Attempts(Protocol):
    """What came of one password: when the phone refused it, and when nobody learnt what it said; None for never."""

    @property
    def refused(self) -> float | None: ...

    @property
    def unanswered(self) -> float | None: ...


class Known(Protocol):
    """What is remembered of the passwords of a phone."""

    def attempts(self, phone_id: str, passwords: Sequence[str]) -> Sequence[Attempts]: ...

    def order(self, phone_id: str, passwords: Sequence[str]) -> Sequence[str]: ...

    def tried(self, phone_id: str, password: str) -> None: ...

    def accepted(self, phone_id: str, password: str) -> None: ...

    def refused(self, phone_id: str, password: str) -> None: ...


@dataclass(frozen=True)
class Choice:
    """``number``: of the candidate that comes next, from 1; 0 if all were refused. ``left``: how many may still be
    tried, with that one. ``wait``: seconds until it may be."""

    number: int
    left: int
    wait: float


def read(given: Any) -> list[str]:
    """The candidates, each once. ``given``: a list, or a text with one in each line. Raises SettingsError, never with
    a password."""
    if given is None or given == "":
        return []
    if isinstance(given, str):
        given = given.splitlines()
    if not isinstance(given, list):
        raise SettingsError("password_candidates is no list. Nothing was sent.", remedy=_REMEDY)
    for number, password in enumerate(given, 1):
        if not isinstance(password, str):
            what = "must be a text: put it in quotes, because YAML may have changed it"
        elif not password:
            what = "is empty"
        elif not password.isprintable():
            what = "contains a character that can't be sent"
        else:
            continue
        raise SettingsError(f"password_candidates: entry {number} {what}. Nothing was sent.", remedy=_REMEDY)
    found = list(dict.fromkeys(given))
    if len(found) > MOST:
        raise SettingsError(
            f"password_candidates has {len(found)} entries, and at most {MOST} are tried on a phone. Nothing was sent.",
            remedy="List the passwords that were in use. Phones of different origin can have different lists.",
        )
    return found


def choose(
    candidates: Sequence[str], known: Known, phone_id: str, now: float, lockout: float, retry_after: float | None
) -> Choice:
    """The candidate that comes next. ``lockout``: seconds between two candidates on one phone. ``retry_after``: seconds
    after which one that was refused may be tried again; None: never."""
    attempts = known.attempts(phone_id, candidates)
    left = [
        password
        for password, attempt in zip(candidates, attempts)
        if attempt.refused is None or (retry_after is not None and now - attempt.refused >= retry_after)
    ]
    if not left:
        return Choice(0, 0, 0.0)
    latest = max(max(attempt.refused or 0.0, attempt.unanswered or 0.0) for attempt in attempts)
    wait = max(0.0, lockout - max(0.0, now - latest)) if latest else 0.0
    return Choice(candidates.index(known.order(phone_id, left)[0]) + 1, len(left), wait)
