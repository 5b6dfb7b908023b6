# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was read from an .xsd, stored for the next task in the user's cache folder, one file for each schema.

A stored schema decides what is sent to phones, so it is used only if no other user can have written it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
from dataclasses import astuple, replace
from typing import Any

from ..._files import FileError, write
from ..fact import Fact
from ..markup import SourceError, load, unreadable
from . import xsd
from .xsd import SchemaFile

FORMAT = 4
"""Of the stored file. Raise it whenever xsd.py, Fact or SchemaFile changes."""
_MOST_BYTES = 10_000_000
_TRUSTED = (0,)
"""Users besides this one: root can change anything anyway."""
_BARE = Fact()
_TYPES = ("bool", "int", "str", "enum", None)


def read(path: str, *, keep: bool) -> SchemaFile:
    """The schema in the file, from the cache if it is there. ``keep``: store what was read. Raises SourceError."""
    try:
        state = os.stat(path)
    except OSError as error:
        raise unreadable(path, error) from None
    version = [FORMAT, state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino, state.st_dev]
    stored = stored_at(path)
    found = _stored(stored, version)
    if found is None:
        found = xsd.read(load(path, xsd.MOST_BYTES), path)
        if keep:
            _store(stored, version, found)
    return found


def stored_at(path: str) -> str:
    """Where the schema of this path is stored: below $XDG_CACHE_HOME, or ~/.cache, in ``polycom.vvx``."""
    folder = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(folder):
        folder = os.path.expanduser("~/.cache")
    name = hashlib.sha256(os.path.realpath(path).encode("utf-8", "surrogateescape")).hexdigest()
    return os.path.join(folder, "polycom.vvx", f"{name}.json")


def _stored(stored: str, version: list[int]) -> SchemaFile | None:
    """What this version of the program stored of exactly this file, or None."""
    try:
        document = json.loads(_trusted(stored))
        if document["version"] != version:
            return None
        types = [_fact(row) for row in document["types"]]
        return SchemaFile(
            {
                name: types[at] if default is None else replace(types[at], default=_text(default))
                for name, (at, default) in document["facts"].items()
            },
            {name: [_number(number) for number in numbers] for name, numbers in document["highest"].items()},
            {name: types[at] for name, at in document["by_name"].items()},
        )
    except (OSError, SourceError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None


def _trusted(stored: str) -> bytes:
    """The bytes of a file that only this user, or root, can have written. Raises OSError, also for any other file."""
    with open(os.open(stored, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as stream:
        state = os.fstat(stream.fileno())
        if (
            not stat.S_ISREG(state.st_mode)
            or state.st_uid not in (*_TRUSTED, os.geteuid())
            or state.st_mode & 0o022
            or state.st_size > _MOST_BYTES
        ):
            raise PermissionError
        return stream.read()


def _is_of_another(path: str) -> bool:
    try:
        return os.lstat(path).st_uid != os.geteuid()
    except OSError:
        return False


def _fact(row: list[Any]) -> Fact:
    """Raises ValueError or TypeError for a row that holds no fact."""
    kind, choices, *rest = row
    fact = Fact(kind, tuple(tuple(_text(spelling) for spelling in choice) for choice in choices), *rest)
    for number in (fact.lowest, fact.highest):
        if number is not None:
            _number(number)
    switches = (fact.may_be_empty, fact.secret, fact.file_only, fact.firm)
    if kind not in _TYPES or not all(isinstance(switch, bool) for switch in switches):
        raise TypeError
    if fact.default is not None or fact.restart != _BARE.restart or fact.basis or fact.firmware:
        raise ValueError
    return fact


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _store(stored: str, version: list[int], found: SchemaFile) -> None:
    """Write it whole or not at all. Another user's file stays."""
    if _is_of_another(stored):
        return
    bare = {name: replace(fact, default=None) for name, fact in found.facts.items()}
    types = list(dict.fromkeys([*bare.values(), *found.by_name.values()]))
    number = {fact: at for at, fact in enumerate(types)}
    document = {
        "version": version,
        "types": [astuple(fact) for fact in types],
        "facts": {name: [number[bare[name]], fact.default] for name, fact in found.facts.items()},
        "highest": found.highest,
        "by_name": {name: number[fact] for name, fact in found.by_name.items()},
    }
    content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    with contextlib.suppress(OSError, FileError):
        os.makedirs(os.path.dirname(stored), mode=0o700, exist_ok=True)
        if os.path.islink(stored):
            os.unlink(stored)
        write({stored: content}, mode=0o600)
