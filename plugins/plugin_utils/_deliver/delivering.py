# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_deliver without Ansible: files go to all places, and into the artifact of a job if that is one of them."""

from __future__ import annotations

import base64
import contextlib
import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._phone.errors import PhoneError, SettingsError
from ...module_utils._text import clean
from .._console.words import some
from .._handover import bounded, harmless
from .archive import END
from .files import METHODS, send
from .login import TIMEOUT, Login, NotDelivered
from .places import check_name, check_place, shown

ARTIFACT = "artifact"
"""The place that is no place: the custom statistic FILES of the run."""
DELIVERED = "polycom_vvx_delivered"
FILES = "polycom_vvx_delivered_files"
LARGEST_ARTIFACT = 200_000
"""Characters of all files in FILES. AWX stores them twice, and drops results above 700,000 bytes."""
_LARGEST_TEXT = 20_000
"""Characters of a file that is handed over as it is."""
_TEMPLATES = ("{{", "{%", "{#")
LONGEST = 3600
MOST = 100
"""Files that a task hands over in DELIVERED."""

SPEC = ArgumentSpec(
    {
        "files": {"type": "list", "elements": "path", "required": True},
        "to": {"type": "list", "elements": "str"},
        "archive": {"type": "str"},
        "by_hosts": {"type": "bool", "default": False},
        "method": {"type": "str", "choices": list(METHODS), "default": "PUT"},
        "username": {"type": "str"},
        "password": {"type": "str", "no_log": True},
        "token": {"type": "str", "no_log": True},
        "validate_certs": {"type": "bool"},
        "ca_path": {"type": "path"},
        "timeout": {"type": "float", "default": TIMEOUT},
    }
)


@dataclass(frozen=True)
class File:
    """``mode``: that it gets in a folder where it is new."""

    name: str
    content: bytes
    mode: int = 0o600


@dataclass
class Delivery:
    """``delivered``: ``name``, ``to``, ``bytes`` and ``changed`` of each. ``files``: for FILES, by name."""

    delivered: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, dict[str, str]] = field(default_factory=dict)
    errors: list[PhoneError] = field(default_factory=list)


def login(params: Mapping[str, Any], otherwise: Login) -> Login:
    """The login of the task. What it sets none of comes from ``otherwise``; a password of its own goes with its own
    user or none, and so does a token."""
    own = params["username"] or params["password"] or params["token"]
    source = {name: params[name] or "" for name in ("username", "password", "token")} if own else vars(otherwise)
    checks = params["validate_certs"]
    return Login(
        source["username"],
        source["password"],
        source["token"],
        otherwise.validate_certs if checks is None else checks,
        params["ca_path"] or otherwise.ca_path,
        params["timeout"],
        None if own else otherwise.origins,
    )


def places(given: Iterable[str]) -> list[str]:
    """The places that are set, each once. Raises SettingsError."""
    found = list(dict.fromkeys(place.strip() for place in given if place and place.strip()))
    with _of("to"):
        for place in found:
            if place != ARTIFACT:
                check_place(place)
    return found


def check_names(option: str, names: Sequence[str]) -> None:
    """Raises SettingsError unless each can be delivered beside the others. ``option``: that gives them."""
    with _of(option):
        for name in names:
            check_name(name)
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise SettingsError(
            f"{option}: two of them have the name {clean(twice[0])}.", remedy="Deliver them in tasks of their own."
        )


def part_of(hosts: Iterable[str], all_of_them: bool) -> str:
    """What tells the files of these hosts from those of others: 16 hexadecimal digits; empty if they are all."""
    names = json.dumps(sorted(hosts)).encode()
    return "" if all_of_them else hashlib.sha256(names).hexdigest()[:16]


def in_part(name: str, part: str) -> str:
    """The name of a file with its part, before what says its kind."""
    stem, dot, kind = (name.removesuffix(END), END[:1], END[1:]) if name.endswith(END) else name.rpartition(".")
    if not part:
        return name
    return f"{stem}.{part}{dot}{kind}" if stem else f"{name}.{part}"


@contextlib.contextmanager
def _of(option: str) -> Iterator[None]:
    try:
        yield
    except SettingsError as error:
        error.restate(f"{option}: {error.message}")
        raise


def deliver(
    files: Sequence[File], to: Sequence[str], login: Login, method: str = "PUT", check_mode: bool = False
) -> Delivery:
    """Send these files to all places. Where one does not arrive, the other places still get theirs."""
    done = Delivery()
    for place in to:
        for file in files:
            try:
                if place == ARTIFACT:
                    _pack(file, done.files)
                    changed = True
                else:
                    changed = send(file.name, file.content, place, login, method, file.mode, check_mode)
            except PhoneError as error:
                done.errors.append(error)
                if place != ARTIFACT and error.http_status in (None, 401, 403):
                    break  # it would be the same with the others, and a wrong login locks accounts
                continue
            entry = {"name": file.name, "to": shown(place), "bytes": len(file.content), "changed": changed}
            done.delivered.append(entry)
    return done


def unpacked(file: Mapping[str, str]) -> bytes:
    """A file of FILES."""
    if file["encoding"] == "text":
        return file["content"].encode()
    return gzip.decompress(base64.b64decode(file["content"]))


def packed(content: bytes) -> str:
    """As base64 of gzip: no template can hide in it, and the same bytes give the same text."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()


def told(done: Delivery, check_mode: bool = False) -> str:
    """The outcome in a sentence."""
    names = list(dict.fromkeys(each["name"] for each in done.delivered))
    where = list(dict.fromkeys(each["to"] for each in done.delivered))
    return f"{'Would deliver' if check_mode else 'Delivered'} {some(names)} to {some(where)}." if names else ""


def statistics(done: Delivery) -> dict[str, Any]:
    """What ``ansible_stats`` of the task's result is: what several tasks of a run have delivered adds up."""
    listed = [{name: each[name] for name in ("name", "to", "bytes")} for each in done.delivered[:MOST]]
    data: dict[str, Any] = bounded(lambda most: {DELIVERED: listed[:most]})
    if done.files:
        data[FILES] = {harmless(name): file for name, file in done.files.items()}
    return {"data": data, "per_host": False, "aggregate": True}


def _pack(file: File, into: dict[str, dict[str, str]]) -> None:
    """Raises NotDelivered if it does not fit beside the others."""
    try:
        text = file.content.decode()
    except UnicodeDecodeError:
        text = ""
    plain = bool(text) and len(text) <= _LARGEST_TEXT and not any(mark in text for mark in _TEMPLATES)
    made = {"encoding": "text", "content": text} if plain else {"encoding": "gzip", "content": packed(file.content)}
    size = len(json.dumps({**into, file.name: made}))
    if size > LARGEST_ARTIFACT:
        raise NotDelivered(
            f"{file.name}: not delivered as an artifact: with it, the artifact would have {size} characters, and "
            f"{LARGEST_ARTIFACT} is the most.",
            remedy="Deliver it to a folder or a URL, or leave this file out.",
        )
    into[file.name] = made
