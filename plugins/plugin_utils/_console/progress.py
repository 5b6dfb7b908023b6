# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How far a task on all phones is: its worker counts, and Ansible's main process draws the line."""

from __future__ import annotations

import mmap
import struct

OUTCOMES = ("ok", "failed", "unreachable")
_NUMBER = struct.Struct("q")


class Board:
    """Numbers in memory that a worker shares with the process that forked it. Only one of them writes at a time."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _NUMBER.size * (1 + len(OUTCOMES)))

    def begin(self, phones: int) -> None:
        """Start to count. ``phones``: how many there are, 0 if no task counts here."""
        for place in range(1 + len(OUTCOMES)):
            self._put(place, 0)
        self._put(0, phones)

    def count(self, outcome: str) -> None:
        """One more phone is done. ``outcome``: one of OUTCOMES."""
        place = 1 + OUTCOMES.index(outcome)
        self._put(place, self._get(place) + 1)

    @property
    def phones(self) -> int:
        return self._get(0)

    @property
    def counts(self) -> dict[str, int]:
        """How many phones are done, by outcome; those that did not happen are left out."""
        found = {outcome: self._get(place) for place, outcome in enumerate(OUTCOMES, 1)}
        return {outcome: number for outcome, number in found.items() if number}

    def _get(self, place: int) -> int:
        number: int = _NUMBER.unpack_from(self._memory, place * _NUMBER.size)[0]
        return number

    def _put(self, place: int, number: int) -> None:
        _NUMBER.pack_into(self._memory, place * _NUMBER.size, number)


board: Board | None = None
"""Where to count; None where nobody draws a line. Set by the callback ``progress`` before workers are forked."""
