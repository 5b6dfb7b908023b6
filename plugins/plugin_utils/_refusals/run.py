# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logins that phones refused, known to all processes of a run: a wrong password is not tried on a whole fleet.

An account with its password that enough phones refused and none accepted is not tried on others. And none is tried
again on a phone that has just refused it, because phones lock an account after some wrong attempts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from ...module_utils._phone.errors import NotTried
from .table import TABLE, Entry, Table, mark

PATIENCE = 2.0
"""Seconds to wait for the answers of the first phones."""
LONGEST_LOCKOUT = 300.0
"""Seconds for which phones lock an account (httpd.cfg.lockWebUI.lockOutDuration), at most."""
_PAUSE = 0.02
_TROUBLED = mark("troubled")
"""The entry that says whether any phone has refused anything."""


class Kept(Protocol):
    """What was noted in earlier runs, and in this one, about some texts. May know nothing."""

    def when(self, within: float, *texts: str) -> float:
        """When it was noted, in seconds since 1970; 0 if it was not, at least not in the last ``within`` seconds."""

    def note(self, *texts: str) -> None: ...

    def forget(self, within: float, *texts: str) -> None: ...


class Known(Protocol):
    """What is known of the passwords of one phone, from this run and earlier ones."""

    def order(self, url: str, username: str, passwords: Sequence[str]) -> Sequence[str]: ...

    def begun(self, url: str, username: str, password: str) -> None: ...

    def accepted(self, url: str, username: str, password: str) -> None: ...

    def refused(self, url: str, username: str, password: str) -> None: ...


class RunRefusals:
    """A ``Refusals`` (see _phone/login.py) for all processes of one run.

    ``most``: refusals after which a login is not tried on other phones; 0: never. ``lockout``: seconds for which it is
    not tried again on a phone that has refused it. ``kept``: what outlives the run. ``known``: of the phone's
    passwords; None if it has one only, so that there is no choice.
    """

    def __init__(
        self,
        most: int,
        lockout: float,
        kept: Kept | None = None,
        table: Table = TABLE,
        sleep: Callable[[float], None] = time.sleep,
        known: Known | None = None,
    ) -> None:
        self._most = most
        self._lockout = lockout
        self._kept = kept
        self._table = table
        self._sleep = sleep
        self._known = known

    def order(self, url: str, username: str, passwords: Sequence[str]) -> Sequence[str]:
        """What this run has seen counts before what earlier ones have: they may have been cut short."""
        known = passwords if self._known is None else self._known.order(url, username, passwords)

        def rank(password: str) -> float:
            taken = self._table.read(mark("taken", url, username, password)).when
            refused = self._table.read(mark("phone", url, username, password)).when if self._troubled() else 0.0
            return -taken if taken > refused else refused

        return sorted(known, key=rank)

    def admit(self, url: str, username: str, password: str) -> None:
        self._check_phone(url, username, password)
        login = mark("login", username, password)
        entry = self._table.read(login)
        if not self._most or entry.accepted:
            return
        if entry.refused < self._most:
            self._check_earlier(username, password)
        deadline = time.monotonic() + PATIENCE
        while not self._enter(login, username, time.monotonic() >= deadline):
            self._sleep(_PAUSE)

    def begun(self, url: str, username: str, password: str) -> None:
        if self._known is not None:
            self._known.begun(url, username, password)

    def accepted(self, url: str, username: str, password: str) -> None:
        login = mark("login", username, password)
        if not self._table.read(login).accepted:
            self._table.change(login, _accept)
        if self._known is not None:
            self._table.change(mark("taken", url, username, password), _note_now)
            self._known.accepted(url, username, password)
        if self._troubled():
            phone = mark("phone", url, username, password)
            if self._table.read(phone).when:
                self._table.change(phone, _forget)
        if self._kept is not None:
            within = max(self._lockout, LONGEST_LOCKOUT)
            self._kept.forget(within, "phone", url, username, password)
            self._kept.forget(within, "login", username, password)

    def refused(self, url: str, username: str, password: str, remember: bool) -> None:
        if not self._troubled():
            self._table.change(_TROUBLED, _note_now)
        if self._known is not None:
            self._known.refused(url, username, password)
        after = self._table.change(mark("login", username, password), _refuse if remember else _refuse_unasked)
        if remember:
            self._table.change(mark("phone", url, username, password), _note_now)
            if self._kept is not None and self._lockout:
                self._kept.note("phone", url, username, password)
                if after.refused == self._most and not after.accepted:
                    self._kept.note("login", username, password)

    def undecided(self, username: str, password: str) -> None:
        login = mark("login", username, password)
        if self._most and not self._table.read(login).accepted:
            self._table.change(login, _give_back)

    def hopeless(self, logins: Sequence[tuple[str, str]]) -> None:
        entries = [self._table.read(mark("login", *login)) for login in logins]
        if self._most and all(entry.refused >= self._most and not entry.accepted for entry in entries):
            raise _stopped(logins[0][0], min(entry.refused for entry in entries))

    def _troubled(self) -> bool:
        return bool(self._table.read(_TROUBLED).when)

    def _check_phone(self, url: str, username: str, password: str) -> None:
        """Raises NotTried if this phone has refused this login a short time ago."""
        if not self._lockout:
            return
        when = self._table.read(mark("phone", url, username, password)).when if self._troubled() else 0.0
        if not when and self._kept is not None:
            when = self._kept.when(self._lockout, "phone", url, username, password)
        left = self._left(when)
        if left:
            raise NotTried(
                f"login not tried: this phone refused {username} with this password {_ago(when)}.",
                remedy="Correct the password: another one is tried at once. This one is tried again in "
                f"{left:.0f} s, because phones lock the account after several wrong attempts "
                "(ansible_vvx_lockout_time).",
            )

    def _check_earlier(self, username: str, password: str) -> None:
        """Raises NotTried if the run before this one has stopped trying this login, a short time ago."""
        when = 0.0
        if self._kept is not None and self._lockout:
            when = self._kept.when(self._lockout, "login", username, password)
        left = self._left(when)
        if left:
            raise _by_others(
                f"login not tried: in the run before this one, phones refused {username} with this password and none "
                f"accepted it ({_ago(when)}).",
                f"Correct the password: another one is tried at once. This one is tried again in {left:.0f} s "
                "(ansible_vvx_lockout_time).",
            )

    def _left(self, when: float) -> float:
        """Seconds until a login that was refused then may be tried again. A clock that was set back counts as now."""
        return max(0.0, self._lockout - max(0.0, time.time() - when)) if when else 0.0

    def _enter(self, login: bytes, username: str, late: bool) -> bool:
        """Whether to try now. Raises NotTried. ``late``: try although others have not got their answers yet."""
        entered = False

        def enter(entry: Entry) -> None:
            nonlocal entered
            if entry.accepted:
                entered = True
            elif entry.refused >= self._most:
                raise _stopped(username, entry.refused)
            elif late or entry.refused + entry.pending < self._most:
                entered = True
                entry.pending = min(entry.pending + 1, 0xFFFF)

        self._table.change(login, enter)
        return entered


def _stopped(username: str, refused: int) -> NotTried:
    return _by_others(
        f"login not tried: {username} with this password was refused {refused} times in this run and accepted by no "
        "phone.",
        "Correct the password (ansible_password); -vv shows where it comes from. To try it on every phone all "
        "the same, set ansible_vvx_max_refusals to 0.",
    )


def _by_others(message: str, remedy: str) -> NotTried:
    error = NotTried(message, remedy=remedy)
    error.by_others = True
    return error


def _ago(when: float) -> str:
    return f"{max(0.0, time.time() - when):.0f} s ago"


def _accept(entry: Entry) -> None:
    entry.accepted, entry.pending = True, 0


def _refuse(entry: Entry) -> None:
    entry.refused += 1
    entry.pending = max(0, entry.pending - 1)


def _refuse_unasked(entry: Entry) -> None:
    entry.refused += 1


def _give_back(entry: Entry) -> None:
    entry.pending = max(0, entry.pending - 1)


def _note_now(entry: Entry) -> None:
    entry.when = time.time()


def _forget(entry: Entry) -> None:
    entry.when = 0.0
