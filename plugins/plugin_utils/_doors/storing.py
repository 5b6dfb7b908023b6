# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stores files on the controller. _files.py does it; here its refusals become task results."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ...module_utils import _files
from ...module_utils._phone.errors import SettingsError

SHARED_MODE = 0o640
"""Of new reports, which hold no secrets. Files from phones may; only their owner can read them."""

PATIENCE = 60.0
"""Seconds to wait for others who write: they need a few."""
_PAUSE = 0.05


def check_dest(option: str, given: str, path: str) -> None:
    """Raises SettingsError if no file can be stored there. ``path``: what the option was given, made absolute."""
    with _refusals(option):
        _files.check(f"{path}/" if given.endswith("/") else path)


def store(
    files: Sequence[dict[str, Any]], contents: Mapping[str, bytes], resolve: Callable[[str], str], check_mode: bool
) -> bool:
    """Store files from a phone and update their entries in the task's result. Returns whether any has changed.

    ``files``: entries with ``dest``; ``contents``: by ``dest``. ``resolve`` makes a path absolute. In check mode
    files are only compared. Raises SettingsError for a file that can't be written.
    """
    paths = {dest: resolve(dest) for dest in contents}
    with _refusals("dest"):
        changed = _files.write({paths[dest]: content for dest, content in contents.items()}, check_mode=check_mode)
    for file in files:
        if file.get("dest") in paths:
            file["dest"] = paths[file["dest"]]
            file["changed"] = changed[file["dest"]]
    return any(file.get("changed") for file in files)


def put_all(contents: Mapping[str, bytes], check_mode: bool, mode: int | None) -> list[dict[str, Any]]:
    """Store these contents, by path. ``mode``: None keeps that of files that exist. Returns ``path`` and ``changed``
    of each; raises SettingsError for one that can't be written."""
    with _refusals():
        changed = _files.write(contents, mode=mode, new_mode=SHARED_MODE, check_mode=check_mode)
    return [{"path": path, "changed": changed[path]} for path in contents]


@contextlib.contextmanager
def alone(paths: Iterable[str]) -> Iterator[None]:
    """For as long as the block runs, nobody else enters one for files in the same folders, so that what it has read of
    them still holds when it writes. Where a folder can't be locked, as on some network drives, or not within PATIENCE,
    the block runs all the same."""
    with contextlib.ExitStack() as stack:
        # In an order that is the same for all: two never wait for each other.
        for folder in sorted(set(map(_folder, paths))):
            with contextlib.suppress(OSError):
                handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
                stack.callback(os.close, handle)
                _lock(handle)
        yield


def _folder(path: str) -> str:
    """The folder of a file, or as much of its path as exists."""
    folder = os.path.dirname(os.path.realpath(path))
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder


def _lock(handle: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return None
            time.sleep(_PAUSE)


def file_mode(given: str | int | None) -> int | None:
    """A file's mode, from octal digits or from the number that YAML makes of them; None if there is none. Raises
    SettingsError for anything else, and for modes that keep the owner out or let everybody write."""
    if given is None:
        return None
    try:
        mode = int(given, 8) if isinstance(given, str) else given
    except ValueError:
        mode = -1
    if isinstance(mode, bool) or not isinstance(mode, int) or not 0 <= mode <= 0o777 or mode & 0o602 != 0o600:
        raise SettingsError(
            f"mode {given!r} can't be used for a report.",
            remedy="Write it like '0640', in quotes: readable and writable for the owner, not writable for everybody.",
        )
    return mode


@contextlib.contextmanager
def _refusals(option: str = "") -> Iterator[None]:
    try:
        yield
    except _files.FileError as error:
        remedy = f"Set {option or 'the option'} to a file that can be written, or check the permissions of its folder."
        raise SettingsError(f"{option}: {error}." if option else f"{error}.", remedy=remedy) from error
