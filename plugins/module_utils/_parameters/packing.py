# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pack parameters into requests: at most 20 and 20 KB each, companions kept together, restarts last.

Source: manual, SetConfig and GetConfig (limits); clients of real phones (``.set`` companions in the same request).
"""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .names import DEVICE_SET, companion
from .table import restarts_phone

MOST_PARAMETERS = 20
MOST_BYTES = 20_000
"""The manual says 20 KB without defining a kilobyte; this is the smaller reading."""

_ENVELOPE = len('{"data":{}}')
_SURELY_SMALL = 255
"""Characters of a value that fits into a request in any case: a character takes 12 bytes at most, a name 512, and a
group consists of two parameters and their companions."""


@dataclass
class Batch:
    """One config/set. ``values``: as sent, companions included. ``bytes``: size of the request's body."""

    values: dict[str, str] = field(default_factory=dict)
    restarts: bool = False
    bytes: int = _ENVELOPE

    def room_for(self, group: Mapping[str, str]) -> bool:
        more = self._missing(group)
        return (
            len(self.values) + len(more) <= MOST_PARAMETERS
            and self.bytes + sum(_bytes(*item) for item in more) <= MOST_BYTES
        )

    def add(self, group: Mapping[str, str]) -> None:
        more = self._missing(group)
        self.values.update(more)
        self.bytes += sum(_bytes(*item) for item in more)

    def _missing(self, group: Mapping[str, str]) -> list[tuple[str, str]]:
        """What of the group is not in here yet: groups share device.set."""
        return [(name, value) for name, value in group.items() if name not in self.values]


def chunks(names: Sequence[str]) -> list[list[str]]:
    """Names for config/get, in order: at most 20 and 20 KB a request."""
    batches: list[list[str]] = []
    room = 0
    for name in names:
        needed = _bytes_of_name(name) + 4
        if not batches or len(batches[-1]) == MOST_PARAMETERS or needed > room:
            batches.append([])
            room = MOST_BYTES - _ENVELOPE
        batches[-1].append(name)
        room -= needed
    return batches


def with_companions(name: str, values: Mapping[str, str]) -> dict[str, str]:
    """The parameter with all that must be in the same request: its companions, and the parameters that share them."""
    switch = companion(name)
    if switch is None:
        return {name: values[name]}
    sharing = {other: value for other, value in values.items() if companion(other) == switch}
    return {DEVICE_SET: "1", switch: "1", **sharing}


def groups(values: Mapping[str, str]) -> list[dict[str, str]]:
    """All parameters, in groups that must each stay in one request."""
    sharing: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        sharing.setdefault(companion(name) or name, {})[name] = value
    return [with_companions(next(iter(together)), together) for together in sharing.values()]


def oversized(values: Mapping[str, str]) -> list[str]:
    """Names whose value (with its companions) is too large for any request."""
    if all(len(value) <= _SURELY_SMALL for value in values.values()):
        return []
    return [name for group in groups(values) if size(group) > MOST_BYTES for name in group if name in values]


def pack(values: Mapping[str, str]) -> list[Batch]:
    """As few requests as the limits allow, with the parameters that restart the phone in the last ones.

    Raises ValueError if one group is over the limits; see ``oversized``.
    """
    calm: list[dict[str, str]] = []
    restarting: list[dict[str, str]] = []
    for group in groups(values):
        (restarting if any(restarts_phone(member) for member in group if member in values) else calm).append(group)
    batches = _fill([], calm)
    alone = _fill([], restarting, restarts=True)
    if batches and alone:
        # They share the emptiest of the others if that saves a request, but never at the price of one more restart.
        batches.sort(key=lambda batch: len(batch.values), reverse=True)
        shared = _fill([replace(batches[-1], values=dict(batches[-1].values))], restarting, restarts=True)
        if len(shared) <= len(alone):
            return batches[:-1] + shared
    return batches + alone


def _fill(batches: list[Batch], waiting: Iterable[dict[str, str]], restarts: bool = False) -> list[Batch]:
    """First fit, largest first; groups of about the same size stay in the order given."""
    ordered = sorted(waiting, key=lambda item: (len(item), size(item) // 1000), reverse=True)
    for length, alike in itertools.groupby(ordered, key=len):
        # Batches too full for this length are skipped for all its groups: else thousands of device.* take minutes.
        most = MOST_PARAMETERS - length + (1 if length > 1 else 0)  # they may share device.set
        candidates = [batch for batch in batches if len(batch.values) <= most]
        for group in alike:
            batch = next((candidate for candidate in candidates if candidate.room_for(group)), None)
            if batch is None:
                batch = Batch()
                if not batch.room_for(group):
                    raise ValueError(f"too large for one request: {', '.join(sorted(group))}")
                batches.append(batch)
                candidates.append(batch)
            batch.add(group)
            batch.restarts = batch.restarts or restarts
            if len(batch.values) > most:
                candidates.remove(batch)
    return batches


def size(values: Mapping[str, str]) -> int:
    """Size of the request's body."""
    return _ENVELOPE + sum(_bytes(name, value) for name, value in values.items())


def _bytes(name: str, value: str) -> int:
    return _bytes_of_name(name) + len(json.dumps(value)) + 2


@functools.lru_cache(maxsize=8192)
def _bytes_of_name(name: str) -> int:
    """All phones of a fleet are asked for the same names."""
    return len(json.dumps(name))
