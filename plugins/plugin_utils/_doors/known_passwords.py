# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What this controller knows of the passwords of phones: which one a phone took, refused, or was about to get.

It holds keyed digests (HMAC-SHA256), never passwords. One small file for each phone lies beside the memory of secrets,
in a folder for each key, whole or not at all, so that any number of workers write at once.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import NamedTuple

from ...module_utils._files import FileError, name_for, write
from ...module_utils._phone.errors import SettingsError
from ...module_utils._phone.mac import digits
from ...module_utils._phone.settings import ADMIN_ACCOUNT
from .._refusals.table import digest
from . import state
from .state import Unusable

FORMAT = 1
FOLDER = "passwords"
MOST_MARKS = 100
"""Passwords of one phone that are remembered; of more, the latest."""
_SHOWN = 32


@dataclass
class _Mark:
    """When what happened to one password of one phone, in seconds since 1970; 0 is never."""

    accepted: float = 0.0
    begun: float = 0.0
    refused: float = 0.0
    tried: float = 0.0

    @property
    def likely(self) -> float:
        """When it last became likely that the phone takes it; 0 if it does not look so."""
        latest = max(self.accepted, self.begun)
        return latest if latest > self.refused else 0.0

    @property
    def latest(self) -> float:
        return max(self.accepted, self.begun, self.refused, self.tried)


class Attempts(NamedTuple):
    """When a phone refused a password, and when it was tried and nobody learnt what came of it, in seconds since 1970;
    None if it has not since the phone last took it."""

    refused: float | None
    unanswered: float | None


class KnownPasswords:
    """``state_path``, ``secrets_key``: as the options of vvx_config, complete; None where nobody has set them.
    ``account``: whose passwords these are. ``clock``: seconds since 1970.

    A phone is named as the memory of secrets does, by its MAC address (twelve digits), or where nobody knows that
    before it has answered, by the URL at which it is asked. Nothing is opened before it is needed. What can't be read
    is not known.
    """

    def __init__(
        self,
        state_path: str | None,
        secrets_key: str | None,
        account: str = ADMIN_ACCOUNT,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._state_path = state_path
        self._given_key = secrets_key
        self._account = account
        self._clock = clock
        self._key: bytes | None = None

    def missing(self) -> str | None:
        """Why nothing can be remembered beyond this run, as the end of a sentence; None if it can be."""
        try:
            return None if self._place(make=True) else "there is no key"
        except (Unusable, FileError) as error:
            return str(error)

    def mark(self, *texts: str) -> str | None:
        """A keyed digest of texts, the same in each run, that tells nothing of them; None if there is no key."""
        try:
            place = self._place(make=True)
        except Unusable:
            return None
        return None if place is None else digest(place[1], "mark", *texts).hex()[:16]

    def accepted(self, phone_id: str, password: str) -> None:
        """The phone took this password. Costs nothing where that is known already and nothing has happened since."""
        marks = self._read(phone_id)
        mark = marks.get(self._digest(phone_id, password) or "", _Mark())
        if not mark.accepted or mark.latest > mark.accepted or any(m.likely > mark.accepted for m in marks.values()):
            self._note(phone_id, password, "accepted")

    def begun(self, phone_id: str, password: str) -> None:
        """The phone is about to get this password. It is on the disk when this returns. Raises SettingsError if it
        can't be written although there is a place for it."""
        self._note(phone_id, password, "begun", must=True)

    def refused(self, phone_id: str, password: str) -> None:
        self._note(phone_id, password, "refused")

    def tried(self, phone_id: str, password: str) -> None:
        """The phone is about to be tried with this password, which may be wrong. As ``begun``, but it may not be what
        the phone takes: a run that is killed before the answer leaves this behind."""
        self._note(phone_id, password, "tried", must=True)

    def attempts(self, phone_id: str, passwords: Sequence[str]) -> list[Attempts]:
        """What came of each of these passwords."""
        marks = self._read(phone_id)
        found = (marks.get(self._digest(phone_id, password) or "", _Mark()) for password in passwords)
        return [
            Attempts(
                mark.refused if mark.refused > mark.accepted else None,
                mark.tried if mark.tried > max(mark.accepted, mark.refused) else None,
            )
            for mark in found
        ]

    def order(self, phone_id: str, passwords: Sequence[str]) -> list[str]:
        """The passwords, each once: those that the phone took or was about to get, latest first; those of which nothing
        is known, as they come; those that it refused, longest ago first."""
        marks = self._read(phone_id)

        def rank(password: str) -> tuple[int, float]:
            mark = marks.get(self._digest(phone_id, password) or "")
            if mark is None or not (mark.likely or mark.refused):
                return 1, 0.0
            return (0, -mark.likely) if mark.likely else (2, mark.refused)

        return sorted(dict.fromkeys(passwords), key=rank)

    def _note(self, phone_id: str, password: str, what: str, must: bool = False) -> None:
        try:
            place = self._place(make=True)
        except Unusable:
            return
        if place is None:
            return
        folder, key = place
        marks = self._read(phone_id)
        mark = marks.setdefault(digest(key, *self._texts(phone_id, password)).hex()[:_SHOWN], _Mark())
        latest = max((each.latest for each in marks.values()), default=0.0)
        setattr(mark, what, max(self._clock(), latest + 0.001))  # in order, also if the clock was set back
        kept = sorted(marks.items(), key=lambda item: -item[1].latest)[:MOST_MARKS]
        document = {"format": FORMAT, "passwords": {name: asdict(each) for name, each in sorted(kept)}}
        try:
            _make(folder)
            write({self._file(folder, phone_id): (json.dumps(document, indent=1) + "\n").encode()}, mode=0o600)
        except FileError as error:
            if must:
                raise SettingsError(
                    f"{error}, so a change that is cut short could not be taken up. Nothing was sent.",
                    remedy="Make the folder writable, or set ansible_vvx_state_path to another one.",
                ) from error

    def _read(self, phone_id: str) -> dict[str, _Mark]:
        """What is known of a phone. A file that can't be used tells nothing."""
        try:
            place = self._place(make=False)
            content = None if place is None else state.read(self._file(place[0], phone_id), private=True)
            return {} if content is None else _marks(content)
        except (Unusable, FileError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return {}

    def _texts(self, phone_id: str, password: str) -> tuple[str, ...]:
        return FOLDER, self._account, phone_id, password

    def _digest(self, phone_id: str, password: str) -> str | None:
        try:
            place = self._place(make=False)
        except Unusable:
            return None
        return None if place is None else digest(place[1], *self._texts(phone_id, password)).hex()[:_SHOWN]

    @cached_property
    def _spot(self) -> state.Spot:
        """Raises Unusable."""
        spot = state.state_folder(self._state_path)
        state.check(spot)
        return spot

    def _place(self, make: bool) -> tuple[str, bytes] | None:
        """The folder of the phones' files, and the key; None if there is no key. ``make``: make one. Raises
        Unusable."""
        spot = self._spot
        if self._key is None:
            given = self._given_key
            self._key = given.encode("utf-8", "surrogatepass") if given else state.key(make)
        if self._key is None:
            return None
        return os.path.join(spot.path, FOLDER, digest(self._key, "polycom.vvx").hex()[:16]), self._key

    @staticmethod
    def _file(folder: str, phone_id: str) -> str:
        return os.path.join(folder, f"{digits(phone_id) or name_for(phone_id)[:_SHOWN]}.json")


class OfPhone:
    """What is known of one phone and its accounts. ``state_path``, ``secrets_key``: as for KnownPasswords. ``mac``: the
    phone's name, if it is known beforehand."""

    def __init__(self, state_path: str | None, secrets_key: str | None, mac: str | None = None) -> None:
        self._place, self._mac = (state_path, secrets_key), mac

    def order(self, url: str, username: str, passwords: Sequence[str]) -> Sequence[str]:
        return self._of(username).order(self._mac or url, passwords)

    def accepted(self, url: str, username: str, password: str) -> None:
        self._of(username).accepted(self._mac or url, password)

    def begun(self, url: str, username: str, password: str) -> None:
        self._of(username).begun(self._mac or url, password)

    def refused(self, url: str, username: str, password: str) -> None:
        self._of(username).refused(self._mac or url, password)

    def _of(self, username: str) -> KnownPasswords:
        return KnownPasswords(*self._place, username)


def _make(folder: str) -> None:
    """Raises FileError."""
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        raise FileError(folder, f"can't be made: {error.strerror}") from error


def _marks(content: bytes) -> dict[str, _Mark]:
    """Raises one of ValueError, TypeError, KeyError and AttributeError for what is not written here."""
    document = json.loads(content)
    if document["format"] != FORMAT:
        raise ValueError
    marks = {str(name): _Mark(**entry) for name, entry in document["passwords"].items()}
    if not all(isinstance(when, (int, float)) for mark in marks.values() for when in asdict(mark).values()):
        raise ValueError
    return marks
