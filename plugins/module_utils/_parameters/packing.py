# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packing parameters into requests: at most 20 and 20 KB each, companions never torn apart, restarts last.

Source: manual, SetConfig and GetConfig (limits); clients of real phones (``.set`` companions in the same request).
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .names import DEVICE_SET, companion
from .table import restarts_phone

MOST_PARAMETERS = 20
MOST_BYTES = 20_000
"""The manual says 20 KB and not which kilobyte; the smaller one is safe in both readings."""

_ENVELOPE = len('{"data":{}}')


@dataclass
class Batch:
    """One config/set: ``values`` as they go over the wire, companions included; ``bytes``: of the request's body."""

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
        """What of the group is not here already: groups share device.set."""
        return [(name, value) for name, value in group.items() if name not in self.values]


def chunks(names: Sequence[str]) -> list[list[str]]:
    """Names for config/get, in order: at most 20 and 20 KB a request."""
    batches: list[list[str]] = []
    room = 0
    for name in names:
        needed = _bytes(name, "")
        if not batches or len(batches[-1]) == MOST_PARAMETERS or needed > room:
            batches.append([])
            room = MOST_BYTES - _ENVELOPE
        batches[-1].append(name)
        room -= needed
    return batches


def group(name: str, values: Mapping[str, str]) -> dict[str, str]:
    """The parameter with all that must travel with it: its companions, and what shares them."""
    switch = companion(name)
    if switch is None:
        return {name: values[name]}
    sharing = {other: value for other, value in values.items() if companion(other) == switch}
    return {DEVICE_SET: "1", switch: "1", **sharing}


def grouped(values: Mapping[str, str]) -> list[dict[str, str]]:
    """All of the parameters, in groups of what must travel together."""
    sharing: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        sharing.setdefault(companion(name) or name, {})[name] = value
    return [group(next(iter(together)), together) for together in sharing.values()]


def oversized(values: Mapping[str, str]) -> list[str]:
    """Names whose value (with its companions) can't fit into any request."""
    return [name for whole in grouped(values) if size(whole) > MOST_BYTES for name in whole if name in values]


def pack(values: Mapping[str, str]) -> list[Batch]:
    """As few requests as the limits allow, groups whole, parameters that restart the phone in the last ones.

    Raises ValueError if a group alone is over the limits; see ``oversized``.
    """
    calm: list[dict[str, str]] = []
    restarting: list[dict[str, str]] = []
    for whole in grouped(values):
        (restarting if any(restarts_phone(member) for member in whole if member in values) else calm).append(whole)
    batches = _fill([], calm)
    alone = _fill([], restarting, restarts=True)
    if batches and alone:
        # They share the emptiest of the others if that saves a request, but not so that the phone restarts once more for it.
        batches.sort(key=lambda batch: len(batch.values), reverse=True)
        shared = _fill([replace(batches[-1], values=dict(batches[-1].values))], restarting, restarts=True)
        if len(shared) <= len(alone):
            return batches[:-1] + shared
    return batches + alone


def _fill(batches: list[Batch], groups: Iterable[dict[str, str]], restarts: bool = False) -> list[Batch]:
    """First fit, largest first; what is about equally large stays in the order given."""
    ordered = sorted(groups, key=lambda item: (len(item), size(item) // 1000), reverse=True)
    for length, alike in itertools.groupby(ordered, key=len):
        # What is too full for all of this length is not looked at again for each of them: thousands of device.* would take minutes.
        most = MOST_PARAMETERS - length + (1 if length > 1 else 0)  # they may share device.set
        candidates = [batch for batch in batches if len(batch.values) <= most]
        for whole in alike:
            batch = next((candidate for candidate in candidates if candidate.room_for(whole)), None)
            if batch is None:
                batch = Batch()
                if not batch.room_for(whole):
                    raise ValueError(f"too large for one request: {', '.join(sorted(whole))}")
                batches.append(batch)
                candidates.append(batch)
            batch.add(whole)
            batch.restarts = batch.restarts or restarts
            if len(batch.values) > most:
                candidates.remove(batch)
    return batches


def size(values: Mapping[str, str]) -> int:
    """Bytes of the request's body."""
    return _ENVELOPE + sum(_bytes(name, value) for name, value in values.items())


def _bytes(name: str, value: str) -> int:
    return len(json.dumps(name)) + len(json.dumps(value)) + 2
