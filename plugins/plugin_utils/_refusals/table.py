# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A table in memory that a process shares with all that it forks later.

Ansible loads the plugins that a task needs before it forks a worker for each phone, so all workers of a run share the
table of their parent. It is a hash table of fixed size; keys are digests, which tell nothing of what they stand for.
"""

from __future__ import annotations

import contextlib
import hmac
import mmap
import multiprocessing
import secrets
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SLOTS = 1 << 16
"""Entries at most. Memory is taken only for those in use."""
_FARTHEST = 64
"""Slots that are tried for a key. In a table so full that none of them is free, an entry is lost."""
_ENTRY = struct.Struct("<16sIHBxd")
_PATIENCE = 1.0
"""Seconds until the lock counts as left behind by a worker that was killed."""
_EMPTY = bytes(16)

_KEY = secrets.token_bytes(32)
"""Known to this process and its forks only."""


@dataclass
class Entry:
    """``refused``: how often. ``pending``: attempts that are under way. ``when``: seconds since 1970; 0 is never."""

    refused: int = 0
    pending: int = 0
    accepted: bool = False
    when: float = 0.0


class Table:
    """Entries by key. Any number of processes and threads may use it at once."""

    def __init__(self, slots: int = SLOTS) -> None:
        self._slots = slots
        self._memory = mmap.mmap(-1, slots * _ENTRY.size)
        self._lock = multiprocessing.get_context("fork").Lock()

    def read(self, key: bytes) -> Entry:
        """The entry of a key as it is at this moment; an empty one if there is none."""
        return self._unpacked(self._find(key)[1])

    def change(self, key: bytes, change: Callable[[Entry], None]) -> Entry:
        """Change an entry while nobody else does. Returns it. A ``change`` that raises changes nothing."""
        with self._locked():
            offset, found = self._find(key)
            entry = self._unpacked(found)
            change(entry)
            if offset is not None:
                packed = _ENTRY.pack(key, entry.refused, entry.pending, entry.accepted, entry.when)
                self._memory[offset : offset + _ENTRY.size] = packed
            return entry

    def _find(self, key: bytes) -> tuple[int | None, bytes | None]:
        """Where the key is or could be (None if there is no room), and its bytes (None if it is not there)."""
        start = int.from_bytes(key[:8], "little")
        for step in range(_FARTHEST):
            offset = (start + step) % self._slots * _ENTRY.size
            found = self._memory[offset : offset + _ENTRY.size]
            if found[:16] == key:
                return offset, found
            if found[:16] == _EMPTY:
                return offset, None
        return None, None

    @staticmethod
    def _unpacked(found: bytes | None) -> Entry:
        if found is None:
            return Entry()
        _key, refused, pending, accepted, when = _ENTRY.unpack(found)
        return Entry(refused, pending, bool(accepted), when)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """A lock that was left behind is taken over."""
        self._lock.acquire(timeout=_PATIENCE)
        try:
            yield
        finally:
            with contextlib.suppress(ValueError):  # two have taken it over at once
                self._lock.release()


def mark(*texts: str) -> bytes:
    """The key of an entry about these texts."""
    return digest(_KEY, *texts)[:16]


def digest(key: bytes, *texts: str) -> bytes:
    """A keyed digest of texts that tells nothing of them."""
    return hmac.digest(key, "\0".join(texts).encode("utf-8", "surrogatepass"), "sha256")


TABLE = Table()
"""Of this process and its forks."""
