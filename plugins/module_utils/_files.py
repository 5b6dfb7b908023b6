# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one place that writes files, and reads those that it may have written.

A file is written whole or not at all, and only if it differs. Only regular files are replaced or read: never a device,
a pipe or a socket. A link is followed, so that it stays a link. No file of a task is replaced before all of them are
complete on the disk; what fails leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_PREFIX = ".vvx-"
"""Of the names of temporary files, which stand beside the files that they become."""
_CHUNK = 1 << 20
_ROOT = 0
"""The user whose links may be followed besides one's own: others could make root write anywhere."""
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)
"""Opening waits for nobody, whatever has taken the file's place meanwhile."""


class FileError(Exception):
    """A path that can't be used. ``reason`` continues the sentence that begins with the path."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True)
class _Place:
    """Where a file goes. ``path``: behind all links. ``state``: of the file that is there; None if there is none."""

    path: str
    state: os.stat_result | None


@dataclass
class _Written:
    """What exists for a while: temporary files by their places, and folders that were made for them."""

    files: dict[str, str] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)


def write(
    contents: Mapping[str, bytes], *, mode: int | None = None, new_mode: int = 0o600, check_mode: bool = False
) -> dict[str, bool]:
    """Write these contents, by path; returns whether each file has changed, or would have in check mode.

    ``mode``: of all files; without it a file that exists keeps its mode, and a new one gets ``new_mode``. Missing
    folders are made. Raises FileError.
    """
    places = {path: _place(path) for path in contents}
    paths = [place.path for place in places.values()]
    for path, place in places.items():
        if paths.count(place.path) > 1:
            raise FileError(path, "is the same file as another one of this task")
    changed = {path: not _holds(place, contents[path]) for path, place in places.items()}
    to_permit = [place for path, place in places.items() if not changed[path] and _differs(place, mode)]
    if not check_mode:
        _replace({places[path]: contents[path] for path in contents if changed[path]}, mode, new_mode)
        for place in to_permit:
            with _told(place.path, "can't be written"):
                os.chmod(place.path, mode or 0)
    return {path: changed[path] or place in to_permit for path, place in places.items()}


def append(path: str, line: bytes, *, sync: bool = False) -> None:
    """Add a line, with its end, to a file of one's own, made if it is missing (mode 0600). Many may write at once: each
    line stays whole. What an earlier writer has left unfinished becomes a line of its own. ``sync``: return when it is
    on the disk. Raises FileError."""
    with _told(path, "can't be written"):
        place = _place(path)
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | _AT_ONCE
        with open(os.open(place.path, flags, 0o600), "rb+", buffering=0) as stream:
            state = os.fstat(stream.fileno())
            _regular(path, state)
            torn = state.st_size and os.pread(stream.fileno(), 1, state.st_size - 1) != b"\n"
            whole = b"\n" + line if torn else line
            if stream.write(whole) != len(whole):
                raise FileError(path, "can't be written: a part of a line was")
            if sync:
                os.fsync(stream.fileno())


def name_for(text: str) -> str:
    """The name of a file that belongs to a text: short, and another one for each text also where case does not
    count."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def check(path: str) -> None:
    """Raises FileError if no file can be written there, as far as that can be seen without writing."""
    place = _place(path)
    folder = os.path.dirname(place.path)
    while not os.path.lexists(folder):
        folder = os.path.dirname(folder)
    if not os.path.isdir(folder):
        raise FileError(path, f"can't be written: {folder} is no folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FileError(path, f"can't be written: {folder} does not permit it")


def same(path: str, other: str) -> bool:
    """Whether both paths lead to one file."""
    return os.path.realpath(path) == os.path.realpath(other)


def read(path: str, most: int) -> bytes | None:
    """The content of a regular file of at most ``most`` bytes; None if there is no file. Raises FileError."""
    with _told(path, "can't be read"):
        try:
            _regular(path, os.stat(path))  # opening a device may already do something
            handle = os.open(path, os.O_RDONLY | _AT_ONCE)
        except FileNotFoundError:
            return None
        with open(handle, "rb") as stream:
            _regular(path, os.fstat(stream.fileno()))
            content = stream.read(most + 1)
    if len(content) > most:
        raise FileError(path, f"is larger than {most // 1_000_000} MB")
    return content


def state(path: str) -> os.stat_result | None:
    """Of what is there; None if there is nothing, or nobody may look."""
    try:
        return os.stat(path)
    except OSError:
        return None


def _place(path: str) -> _Place:
    """Where writing to the path leads. Raises FileError for what is no regular file."""
    if path.endswith(os.sep):
        raise FileError(path, "is a folder")
    with _told(path, "can't be written"):
        target = os.path.realpath(path)
        if os.path.islink(path) and os.lstat(path).st_uid not in (_ROOT, os.geteuid()):
            raise FileError(path, f"is another user's link, to {target}")
        try:
            state = os.stat(path)
        except FileNotFoundError:
            if os.path.islink(path) and not os.path.isdir(os.path.dirname(target)):
                raise FileError(path, f"is a link to {target}, whose folder does not exist") from None
            return _Place(target, None)
    _regular(path, state)
    return _Place(target, state)


def _regular(path: str, state: os.stat_result) -> None:
    if stat.S_ISDIR(state.st_mode):
        raise FileError(path, "is a folder")
    if not stat.S_ISREG(state.st_mode):
        raise FileError(path, f"is no regular file, but {_kind(state.st_mode)}")


def _kind(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "a pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"


def _holds(place: _Place, content: bytes) -> bool:
    """Whether the file has this content. Reads it only if the size is right, and never more than that."""
    if place.state is None or place.state.st_size != len(content):
        return False
    try:
        with open(os.open(place.path, os.O_RDONLY | _AT_ONCE), "rb", buffering=0) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return False
            rest = memoryview(content)
            while chunk := stream.read(min(_CHUNK, len(rest) + 1)):
                if chunk != rest[: len(chunk)]:
                    return False
                rest = rest[len(chunk) :]
            return not rest
    except OSError:
        return False  # it can't be read: replaced, if it can be


def _differs(place: _Place, mode: int | None) -> bool:
    return mode is not None and place.state is not None and stat.S_IMODE(place.state.st_mode) != mode


def _replace(contents: Mapping[_Place, bytes], mode: int | None, new_mode: int) -> None:
    written = _Written()
    try:
        for place, content in contents.items():
            with _told(place.path, "can't be written"):
                _prepare(place, content, mode, new_mode, written)
        for place in contents:
            with _told(place.path, "can't be written"):
                os.replace(written.files[place.path], place.path)
            del written.files[place.path]
        written.folders.clear()
    finally:
        for temporary in written.files.values():
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        for folder in reversed(written.folders):
            with contextlib.suppress(OSError):  # another file may be in it by now
                os.rmdir(folder)


def _prepare(place: _Place, content: bytes, mode: int | None, new_mode: int, written: _Written) -> None:
    """A complete temporary file, with the mode and as far as possible the owner of the one that it replaces."""
    folder = os.path.dirname(place.path)
    _make_folders(folder, written)
    handle, written.files[place.path] = tempfile.mkstemp(dir=folder, prefix=_PREFIX)
    with open(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        if place.state is not None:
            with contextlib.suppress(OSError):  # only root may give files away
                os.fchown(stream.fileno(), place.state.st_uid, place.state.st_gid)
        kept = new_mode if place.state is None else stat.S_IMODE(place.state.st_mode) & 0o777
        os.fchmod(stream.fileno(), kept if mode is None else mode)
        os.fsync(stream.fileno())


def _make_folders(folder: str, written: _Written) -> None:
    missing: list[str] = []
    while not os.path.isdir(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    for each in reversed(missing):
        with contextlib.suppress(FileExistsError):
            os.mkdir(each)
            written.folders.append(each)


@contextlib.contextmanager
def _told(path: str, what: str) -> Iterator[None]:
    """Whatever the system says, as FileError."""
    try:
        yield
    except OSError as error:
        raise FileError(path, f"{what}: {error.strerror or error}") from error
    except ValueError as error:  # a NUL, or a character that no name of a file can hold
        raise FileError(repr(path), "is no path") from error
