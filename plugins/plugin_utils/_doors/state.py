# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where this controller keeps what must outlive the task: a folder, and the key file that lies apart from it.

A place that goes away with its container is no such place: what is remembered there is forgotten before the next run.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from ...module_utils import _files

OWN_FOLDER = "polycom.vvx"
KEY_NAME = "secrets.key"
_OF_CONTAINERS = r"(fuse[.-])?(fuse-)?(overlay(fs)?|aufs)"
_FLEETING = re.compile(rf"{_OF_CONTAINERS}|tmpfs|ramfs|rootfs")
"""File systems of containers, and those in memory."""
RUNNER = "LAUNCHED_BY_RUNNER"
"""ansible-runner sets this in an execution environment (AWX, ansible-navigator): a container for one job."""
_AWX = "AWX_HOST"
"""AWX sets this in jobs."""
_ARTIFACTS = "AWX_ISOLATED_DATA_DIR"
"""ansible-runner sets this: a folder for one job, two levels below the folder that AWX deletes after it."""
STATE_PATH = "ansible_vvx_state_path"
"""The variable that names the folder of the state."""
MOUNTED = "/var/lib/polycom.vvx"
"""A folder that messages propose to mount into execution environments."""
_KEY_BYTES = 32
_MOST_BYTES = 1_000_000
_TRUSTED = (0,)
"""Users besides this one: root can change anything anyway."""


class Unusable(Exception):
    """Nothing can be kept there. The text is the end of a sentence."""


@dataclass(frozen=True)
class Spot:
    """``chosen``: the user has said so, and so it lasts, unless nothing is mounted there in a container for one job."""

    path: str
    chosen: bool


def state_folder(given: str | None) -> Spot:
    """The folder of the state: as the user says, below $XDG_STATE_HOME, or below ~/.local/state. Raises Unusable."""
    if given:
        return Spot(os.path.abspath(os.path.expanduser(given)), True)
    return _of_user("XDG_STATE_HOME", "~/.local/state", OWN_FOLDER)


def key_file() -> Spot:
    """The user's key file: below $XDG_CONFIG_HOME or ~/.config. Raises Unusable."""
    return _of_user("XDG_CONFIG_HOME", "~/.config", os.path.join(OWN_FOLDER, KEY_NAME))


def _of_user(variable: str, usual: str, name: str) -> Spot:
    base = os.environ.get(variable, "")
    if os.path.isabs(base):
        return Spot(os.path.join(base, name), True)
    home = os.path.expanduser(usual)
    if not os.path.isabs(home):
        raise Unusable("this user has no home folder")
    return Spot(os.path.join(home, name), False)


def check(spot: Spot) -> None:
    """Raises Unusable if no file can be made there, or if it would not last."""
    folder = spot.path
    while not os.path.exists(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    if not os.path.isdir(folder) or not os.access(folder, os.W_OK | os.X_OK):
        raise Unusable(f"{folder} can't be written")
    if spot.chosen:
        if why := fleeting(spot.path):
            raise Unusable(f"{spot.path} {why}")
        return
    if is_job() or _FLEETING.fullmatch(file_system(os.path.realpath(folder))):
        raise Unusable(f"{folder} does not last: it belongs to a container or is in memory")


def fleeting(folder: str) -> str:
    """Why nothing lasts that is put into a folder, as the end of a sentence that begins with it; empty where it lasts
    as far as anybody can tell, and outside of containers for one job."""
    if not is_job():
        return ""
    real = os.path.realpath(folder)
    if any(f"{real}/".startswith(f"{own}/") for own in _of_the_job()):
        return "does not last, because AWX deletes it after the job"
    if re.fullmatch(_OF_CONTAINERS, file_system(real)):
        return "does not last: nothing is mounted there, so it belongs to the container"
    return ""


def of_files(what: str, place: str) -> list[str]:
    """What to warn of where files are put, or looked for, in a place that does not last. ``what``: names it, such as
    the option. ``place``: absolute; a URL is none of these."""
    why = fleeting(place) if os.path.isabs(place) else ""
    remedy = f"Name a folder that is mounted into the execution environment, such as {MOUNTED}, or a URL."
    return [f"{what}: {place} {why}. {remedy}"] if why else []


def is_job() -> bool:
    """Whether this is a job of AWX, or runs in a container for one job."""
    return bool(os.environ.get(RUNNER)) or in_awx()


def in_awx() -> bool:
    """Whether this is a job of AWX."""
    return bool(os.environ.get(_AWX))


def _of_the_job() -> Iterator[str]:
    """Folders that go away with the job: that of ansible-runner, and the one that AWX starts jobs in."""
    artifacts = os.environ.get(_ARTIFACTS, "")
    if os.path.isabs(artifacts):
        yield os.path.dirname(os.path.dirname(os.path.realpath(artifacts)))
    if in_awx():
        yield os.getcwd()


def file_system(path: str) -> str:
    """The kind of the file system that holds a real path; empty where that is not known."""
    best = ("", "")
    for point, kind in _mounts():
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best[0]):
            best = point, kind
    return best[1]


@functools.lru_cache(maxsize=1)
def _mounts() -> tuple[tuple[str, str], ...]:
    """Mount points and their file systems, in the order in which they were mounted. Linux only."""
    mounts = []
    with contextlib.suppress(OSError), open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as file:
        for line in file:
            before, _dash, after = line.partition(" - ")
            fields = before.split()
            if len(fields) > 4 and after:
                point = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4])
                mounts.append((point, after.split()[0]))
    return tuple(mounts)


def key(make: bool) -> bytes | None:
    """The content of the key file. ``make``: make one if there is none. None: there is none. Raises Unusable."""
    spot = key_file()
    try:
        found = _usable(spot.path)
        if found is None:
            check(Spot(os.path.dirname(spot.path), spot.chosen))  # another worker may be making the file just now
            if make:
                _make(spot.path)
                found = _usable(spot.path)
        return found
    except _files.FileError as error:
        raise Unusable(f"the key file {error}") from None
    except OSError as error:
        raise Unusable(f"the key file {spot.path} can't be made: {error.strerror}") from None


@contextlib.contextmanager
def alone(folder: str, name: str) -> Iterator[bool]:
    """For as long as the block runs, no other run enters one with this name. Yields whether none was in it already. A
    run that is killed leaves it with its last process. ``folder``: of the state. Raises Unusable."""
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        handle = os.open(os.path.join(folder, f"{name}.lock"), flags, 0o600)
    except OSError as error:
        raise Unusable(f"{folder} can't be written: {error.strerror}") from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            free = True
        except OSError:
            free = False
        yield free
    finally:
        os.close(handle)


def read(path: str, private: bool = False) -> bytes | None:
    """A regular file that nobody else can have written (or read, if ``private``); None if there is none. Raises
    FileError, also for any other file."""
    content = _files.read(path, _MOST_BYTES)
    if content is None:
        return None
    try:
        found = os.stat(path)
    except OSError as error:
        raise _files.FileError(path, f"can't be read: {error.strerror}") from error
    if found.st_uid not in (*_TRUSTED, os.geteuid()):
        raise _files.FileError(path, "belongs to another user")
    if found.st_mode & (0o077 if private else 0o022):
        raise _files.FileError(path, f"must not be {'readable' if private else 'writable'} for others")
    return content


def _usable(path: str) -> bytes | None:
    content = read(path, private=True)
    if content is not None and len(content.strip()) < _KEY_BYTES:
        raise _files.FileError(path, "holds no key: delete it")
    return None if content is None else content.strip()


def _make(path: str) -> None:
    """Make the key file. If another worker has just made one, that stays: all get the same key. Raises OSError."""
    folder = os.path.dirname(path)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    temporary = os.path.join(folder, f".{secrets.token_hex(8)}")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as file:
            file.write(secrets.token_hex(_KEY_BYTES).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
