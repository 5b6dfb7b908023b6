# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The controller's memory of logins that phones refused a short time ago, for the next run.

One small file, a line for each refusal: when, and a keyed digest of what. The key lies apart from it, as for the memory
of secrets. A run looks once whether there is anything to remember; after that, only phones that are in trouble cost
anything.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from ...module_utils._files import FileError
from ...module_utils._phone.errors import NotTried
from ...module_utils._phone.mac import digits
from ...module_utils._phone.settings import Settings
from ...module_utils._steps.secrets import MEMORY
from .._refusals.run import RunRefusals
from .._refusals.table import TABLE, Entry, Table, digest, mark
from . import state
from .connection_options import ConnectionOptions
from .known_passwords import OfPhone
from .project import in_project

NAME = "refusals"
_LARGEST = 500_000
"""Bytes. A file that has become larger is begun anew: all but its end is out of date."""
_DIGITS = 32
_NEVER = 1.0
"""The time of the latest line where there is none: an entry with 0 says that nobody has looked."""


class KeptRefusals:
    """What is known of earlier runs. Whatever can't be read or written is not kept.

    ``state_path``, ``secrets_key``: as the options of vvx_config; None where nobody has set them.
    """

    def __init__(self, state_path: str | None, secrets_key: str | None, table: Table = TABLE) -> None:
        self._state_path = state_path
        self._secrets_key = secrets_key
        self._table = table
        self._place = mark("refusals of", state_path or "")

    def when(self, within: float, *texts: str) -> float:
        return self._noted(texts) if self._is_of_use(within) else 0.0

    def note(self, *texts: str) -> None:
        self._add("+", texts)

    def forget(self, within: float, *texts: str) -> None:
        if self.when(within, *texts):
            self._add("-", texts)

    def _is_of_use(self, within: float) -> bool:
        """Whether anything was noted in so many seconds. Looks at the file once in a run."""
        latest = self._table.read(self._place).when
        if not latest:
            latest = max((abs(when) for when in self._lines.values()), default=_NEVER)
            self._latest(latest)
        return time.time() - latest <= within

    def _noted(self, texts: tuple[str, ...]) -> float:
        key = self._key(make=False)
        return max(0.0, self._lines.get(self._digest(key, texts), 0.0)) if key else 0.0

    def _add(self, sign: str, texts: tuple[str, ...]) -> None:
        with contextlib.suppress(OSError, state.Unusable):
            key = self._key(make=True)
            if key is None:
                return
            now = time.time()
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
            with open(os.open(self._path, flags, 0o600), "ab", buffering=0) as file:
                if os.fstat(file.fileno()).st_size > _LARGEST:
                    file.truncate(0)
                file.write(f"{sign}{now:.0f} {self._digest(key, texts)}\n".encode("ascii"))
            self._lines[self._digest(key, texts)] = now if sign == "+" else -now
            self._latest(now)

    def _latest(self, when: float) -> None:
        def note(entry: Entry) -> None:
            entry.when = max(entry.when, when)

        self._table.change(self._place, note)

    def _key(self, make: bool) -> bytes | None:
        """Raises Unusable if one is to be made and can't be."""
        if self._secrets_key:
            return self._secrets_key.encode("utf-8", "surrogatepass")
        try:
            return state.key(make)
        except state.Unusable:
            if make:
                raise
            return None

    @staticmethod
    def _digest(key: bytes, texts: tuple[str, ...]) -> str:
        return digest(key, *texts).hex()[:_DIGITS]

    @cached_property
    def _path(self) -> str:
        """Raises Unusable."""
        spot = state.state_folder(self._state_path)
        state.check(spot)
        return os.path.join(spot.path, NAME)

    @cached_property
    def _lines(self) -> dict[str, float]:
        """The time of the latest line of each digest; negative where it is to be forgotten."""
        found: dict[str, float] = {}
        with contextlib.suppress(FileError, state.Unusable, ValueError):
            for line in (state.read(self._path, private=True) or b"").decode("ascii").splitlines():
                when, _blank, name = line.partition(" ")
                if len(name) == _DIGITS and when[:1] in ("+", "-") and when[1:].isdigit() and len(when) < 16:
                    found[name] = float(when)
        return found


def kept_where(given: Mapping[str, Any], said: ConnectionOptions) -> tuple[str | None, str | None]:
    """Path and key of what this controller keeps; None where nobody has set them. ``given``: the options of the task.
    ``said``: where those of MEMORY come from that the task does not set."""
    places: dict[str, str] = {}
    for name, option in MEMORY.argument_spec.items():
        found = None if given.get(name) else said.find(name)
        value = given.get(name) or (found.value if found else os.environ.get(option["fallback"][1][0]))
        if value:
            places[name] = str(value)
    path = places.get("state_path")
    return path and in_project(path), places.get("secrets_key")


def known_refusals(params: Mapping[str, Any], given: Mapping[str, Any], said: ConnectionOptions) -> RunRefusals:
    """What is known of refused logins. ``params``: the validated connection options. ``given``, ``said``: as for
    kept_where."""
    path, key = kept_where(given, said)
    known = None
    if params["password_next"]:
        known = OfPhone(path, key, digits(params["mac"]))
    return RunRefusals(params["max_refusals"], params["lockout_time"], KeptRefusals(path, key), known=known)


class Attempt:
    """A login that happens on another host. ``passwords``: the ones to try there, in this order. ``seen``: what came of
    each, as Witness.seen."""

    def __init__(self, passwords: Sequence[str]) -> None:
        self.passwords = passwords
        self.seen: list[str | None] = []


@contextlib.contextmanager
def attempt(refusals: RunRefusals, settings: Settings, admitted: bool) -> Iterator[Attempt]:
    """Before and after a login on another host. Raises NotTried. ``admitted``: False if all passwords may be tried, in
    the order of the settings, whatever is known of them."""
    url, username = settings.base_url, settings.username
    passwords = _admitted(refusals, url, username, settings.passwords) if admitted else settings.passwords
    trial = Attempt(passwords)
    try:
        yield trial
    finally:
        for password, seen in itertools.zip_longest(passwords, trial.seen[: len(passwords)]):
            if seen == "accepted":
                refusals.accepted(url, username, password)
            elif seen == "refused":
                refusals.refused(url, username, password, remember=True)
            elif admitted:
                refusals.undecided(username, password)


def _admitted(refusals: RunRefusals, url: str, username: str, passwords: Sequence[str]) -> list[str]:
    """Those of the passwords that may be tried now, most likely first, and last what only other phones refuse. Raises
    NotTried if none may."""
    found: list[str] = []
    last: list[str] = []
    reasons: list[NotTried] = []
    for password in refusals.order(url, username, passwords) if len(passwords) > 1 else passwords:
        try:
            refusals.admit(url, username, password)
            found.append(password)
        except NotTried as error:
            reasons.append(error)
            if error.by_others:
                last.append(password)
    if len(last) == len(passwords) or not (found or last):
        raise reasons[0]
    return found + last
