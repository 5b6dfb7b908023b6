# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was read from an .xsd, kept for the next task: beside the file, or in a folder of the user's own where that can't be written to.

What is kept decides what is sent to phones, so it counts only if nobody else can have written it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import stat
from dataclasses import astuple, replace
from typing import Any

from ..fact import Fact
from ..markup import SourceError, load
from . import xsd
from .xsd import SchemaFile

FORMAT = 2
"""Of what is kept. To be raised whenever xsd.py, Fact or SchemaFile changes."""
_MOST_KEPT = 10_000_000
_TRUSTED = (0,)
"""Users besides this one: root could change anything anyway."""
_FACT = Fact()
_KINDS = ("bool", "int", "str", "enum", None)


def read(path: str) -> SchemaFile:
    """The schema in the file. Raises SourceError."""
    try:
        state = os.stat(path)
    except OSError as error:
        raise SourceError(path, None, f"can't be read ({error.strerror})") from None
    version = [FORMAT, state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino, state.st_dev]
    for place in (_beside(path), _own(path)):
        found = _kept(place, version)
        if found is not None:
            return found
    found = xsd.read(load(path, xsd.MOST_BYTES), path)
    if not _keep(_beside(path), version, found):
        own = _own(path)
        with contextlib.suppress(OSError):
            os.makedirs(os.path.dirname(own), mode=0o700, exist_ok=True)
            _keep(own, version, found)
    return found


def _beside(path: str) -> str:
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}.vvx.json")


def _own(path: str) -> str:
    home = os.environ.get("ANSIBLE_HOME") or "~/.ansible"
    name = hashlib.sha256(os.path.realpath(path).encode("utf-8", "surrogateescape")).hexdigest()
    return os.path.join(os.path.expanduser(home), "polycom.vvx", f"{name}.json")


def _kept(path: str, version: list[int]) -> SchemaFile | None:
    """What was kept of exactly this file by exactly this program, or None."""
    try:
        document = json.loads(_ours(path))
        if document["version"] != version:
            return None
        types = [_fact(row) for row in document["types"]]
        return SchemaFile(
            {
                name: types[at] if default is None else replace(types[at], default=_text(default))
                for name, (at, default) in document["facts"].items()
            },
            {name: [_number(number) for number in numbers] for name, numbers in document["highest"].items()},
            {name: types[at] for name, at in document["others"].items()},
        )
    except (OSError, SourceError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None


def _ours(path: str) -> bytes:
    """The bytes of a file that only this user, or root, can have written. Raises OSError, also for another one."""
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as stream:
        state = os.fstat(stream.fileno())
        if (
            not stat.S_ISREG(state.st_mode)
            or state.st_uid not in (*_TRUSTED, os.geteuid())
            or state.st_mode & 0o022
            or state.st_size > _MOST_KEPT
        ):
            raise PermissionError
        return stream.read()


def _is_of_another(path: str) -> bool:
    try:
        return os.lstat(path).st_uid != os.geteuid()
    except OSError:
        return False


def _fact(row: list[Any]) -> Fact:
    """Raises ValueError or TypeError for what is no fact."""
    kind, choices, *rest = row
    fact = Fact(kind, tuple(tuple(_text(spelling) for spelling in choice) for choice in choices), *rest)
    for number in (fact.lowest, fact.highest):
        if number is not None:
            _number(number)
    switches = (fact.may_be_empty, fact.secret, fact.file_only, fact.firm)
    if kind not in _KINDS or not all(isinstance(switch, bool) for switch in switches):
        raise TypeError
    if fact.default is not None or fact.restart != _FACT.restart or fact.basis != _FACT.basis:
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


def _keep(path: str, version: list[int], found: SchemaFile) -> bool:
    """Write it whole or not at all; whether that could be done. What another user keeps there stays."""
    if _is_of_another(path):
        return False
    bare = {name: replace(fact, default=None) for name, fact in found.facts.items()}
    types = list(dict.fromkeys([*bare.values(), *found.others.values()]))
    number = {fact: at for at, fact in enumerate(types)}
    document = {
        "version": version,
        "types": [astuple(fact) for fact in types],
        "facts": {name: [number[bare[name]], fact.default] for name, fact in found.facts.items()},
        "highest": found.highest,
        "others": {name: number[fact] for name, fact in found.others.items()},
    }
    temporary = os.path.join(os.path.dirname(path), f".vvx-{secrets.token_hex(8)}")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "w", encoding="utf-8") as stream:
            json.dump(document, stream, ensure_ascii=False, separators=(",", ":"))
        os.replace(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        return False
    return True
