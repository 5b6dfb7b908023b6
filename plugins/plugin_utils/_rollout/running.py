# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""That no two runs change a phone at the same time: a run holds a lock beside its journal until its last process ends.

The lock is a file of its own, because on some network drives nobody else can write to one that is locked. It is taken
with flock, which Linux also asks the server of a network drive for (NFS 4, CephFS, SMB), and which goes away with the
processes, however they end. A run first says in its journal which phones it changes, then takes its lock, and then
looks at the locks of others in the same folder: of two that begin at once, at least one sees the other.
"""

from __future__ import annotations

import fcntl
import glob
import os
import time
from collections.abc import Collection, Iterator

from ...module_utils._phone.errors import SettingsError
from ...module_utils._text import clean
from .._console.order import natural
from .._console.words import count, some
from .journal import LOCK_END, Journal

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
_TRIES, _PAUSE = 40, 0.05
"""Others may be looking at the lock just now."""
_held: dict[str, int] = {}
"""The locks of this run, which its workers inherit: the handle by the path."""


def refuse_running(folder: str, phones: Collection[str], own: Journal | None = None) -> None:
    """Raises SettingsError if another run changes one of these phones now, or writes to the journal ``own``.
    ``folder``: of the journals."""
    for path in _taken(folder):
        if own is not None and path == own.lock:
            raise _refusal(f"another run writes to {clean(own.path)} now")
        name = os.path.basename(path).removesuffix(LOCK_END)
        both = sorted(Journal(folder, name).phones().intersection(phones), key=natural)
        if both:
            told = f"{count(len(both), 'phone')} ({some(map(clean, both), 5)})"
            raise _refusal(f"another run is changing {told}: {clean(name)}.journal")


def hold(journal: Journal, phones: Collection[str]) -> None:
    """Lock the journal until this process and its workers end, unless this run has done so. For the main process.
    Raises SettingsError as ``refuse_running`` does. Does nothing where the drive has no locks."""
    if journal.lock not in _held:
        try:
            _held[journal.lock] = _taken_for_good(journal.lock)
        except BlockingIOError:
            raise _refusal(f"another run writes to {clean(journal.path)} now") from None
        except OSError:
            return
    try:
        refuse_running(os.path.dirname(journal.path), phones, journal)
    except SettingsError:
        os.close(_held.pop(journal.lock))
        raise


def trouble(journal: Journal) -> str:
    """Why the journal can't be locked, or nobody can see whether another one in its folder is, as the end of a
    sentence; empty if that is not so."""
    if said := _trouble(journal.lock):
        return said
    found = [said for path in _locks(os.path.dirname(journal.path)) if (said := _trouble(path))]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"{found[0]}{more}" if found else ""


def _trouble(path: str) -> str:
    """Why this lock can't be taken; empty if it can be, or if somebody has it."""
    if path in _held:
        return ""
    try:
        os.close(_locked(path, fcntl.LOCK_SH))
    except BlockingIOError:
        return ""
    except OSError as error:
        return f"{path} can't be locked: {error.strerror or error}"
    return ""


def _taken(folder: str) -> Iterator[str]:
    """The locks in the folder that other runs hold. ``trouble`` tells of those that can't be looked at."""
    for path in _locks(folder):
        if path in _held:
            continue
        try:
            os.close(_locked(path, fcntl.LOCK_SH))
        except BlockingIOError:
            yield path
        except OSError:
            continue


def _locks(folder: str) -> list[str]:
    """Those of all journals in the folder."""
    return sorted(glob.glob(os.path.join(glob.escape(folder), f"*{LOCK_END}")))


def _taken_for_good(path: str) -> int:
    """The handle of the file, locked for this run alone. Raises as ``_locked`` does."""
    for _attempt in range(_TRIES):
        try:
            return _locked(path, fcntl.LOCK_EX)
        except BlockingIOError:
            time.sleep(_PAUSE)
    return _locked(path, fcntl.LOCK_EX)


def _locked(path: str, how: int) -> int:
    """The handle of the file, locked. ``how``: LOCK_EX to keep it, LOCK_SH to look whether somebody keeps it, which
    any number of runs may do at once. Raises BlockingIOError if another run keeps it, and OSError."""
    handle = os.open(path, _FLAGS, 0o600)
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _refusal(what: str) -> SettingsError:
    return SettingsError(
        f"journal: {what}. No phone was changed.",
        remedy="Wait until it has ended. After a controller has died, its workers may still be finishing their phones.",
    )
