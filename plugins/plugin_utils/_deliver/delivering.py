# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_deliver without Ansible: files go to all places, and into the artifact of a job if that is one of them."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._phone.errors import PhoneError, SettingsError
from ...module_utils._text import clean
from .._console.words import count, some
from .archive import END
from .artifact import Artifact
from .files import METHODS, send
from .login import Login, PlaceFailed
from .places import check_name, check_place, shown

ARTIFACT = "artifact"
"""The place that is no place: the custom statistic FILES of the run."""
NOWHERE = "nowhere"
"""No place, although the environment names some."""

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
        "timeout": {"type": "float"},
    }
)

MOST_TOLD = 5
"""Places of which a failure says what happened there."""


@dataclass(frozen=True)
class File:
    """``mode``: that it gets in a folder where it is new."""

    name: str
    content: bytes
    mode: int = 0o600


@dataclass
class Delivery:
    """``delivered``: ``name``, ``to``, ``bytes`` and ``changed`` of each. ``untried``: how many were not sent to a
    place that would take none. ``first_errors``: by place."""

    delivered: list[dict[str, Any]] = field(default_factory=list)
    errors: list[PhoneError] = field(default_factory=list)
    untried: int = 0
    first_errors: dict[str, PhoneError] = field(default_factory=dict)

    def failure(self) -> PhoneError | None:
        """The first error, which then says what failed at other places, and how many more there are."""
        if not self.errors:
            return None
        first, *others = list(self.first_errors.values())[:MOST_TOLD]
        more = len(self.errors) - len(others) - 1
        told = [f"{more} more failed"] * bool(more)
        told += [f"{count(self.untried, 'file was', 'files were')} not tried"] * bool(self.untried)
        if told:
            first.say_more(f"{', '.join(told)}.")
        first.remedy = " ".join([first.remedy, *(f"{error.message} {error.remedy}" for error in others)])
        return first


def login(params: Mapping[str, Any], otherwise: Login) -> Login:
    """The login of the task. What it sets none of comes from ``otherwise``; a password of its own goes with its own
    user or none, and so does a token."""
    own = params["username"] or params["password"] or params["token"]
    given = {name: params[name] or "" for name in ("username", "password", "token")}
    source = given | {"token": given["token"].strip()} if own else vars(otherwise)
    checks = params["validate_certs"]
    return Login(
        source["username"],
        source["password"],
        source["token"],
        otherwise.validate_certs if checks is None else checks,
        params["ca_path"] or otherwise.ca_path,
        params["timeout"] or otherwise.timeout,
        None if own else otherwise.origins,
    )


@dataclass(frozen=True)
class Where:
    """The places that files go to. ``why_none``: said where there are none. ``warnings``: of places left out."""

    to: list[str]
    why_none: str = ""
    warnings: list[str] = field(default_factory=list)


def chosen(params: Mapping[str, Any], environment: Mapping[str, str]) -> Where:
    """Those of the task, or of the environment if it says none. Raises SettingsError."""
    given = environment.get("VVX_DELIVER_TO", "").split(",") if params["to"] is None else params["to"]
    to = places(given)
    if not to:
        is_set = NOWHERE in map(str.strip, given)
        return Where([], f"files go {NOWHERE}, as is set." if is_set else "no place to deliver files to is set.")
    if not params["archive"] or ARTIFACT not in to:
        return Where(to)
    why = f"{clean(params['archive'])}: an archive is not put into an artifact."
    remedy = "Name a folder or a URL: the configuration of phones may hold secrets, and is too large."
    to.remove(ARTIFACT)
    if to:
        return Where(to, warnings=[why])
    if params["to"] is not None:
        raise SettingsError(why, remedy=remedy)
    return Where([], why, [f"{why} {remedy}"])  # the credential of a job is for all its playbooks


def places(given: Iterable[str]) -> list[str]:
    """The places that are set, each once; none if that is what they say. Raises SettingsError."""
    found = list(dict.fromkeys(place.strip() for place in given if place and place.strip()))
    if found == [NOWHERE]:
        return []
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
    files: Sequence[File],
    to: Sequence[str],
    login: Login,
    artifact: Artifact,
    method: str = "PUT",
    check_mode: bool = False,
) -> Delivery:
    """Send these files to all places. Where one does not arrive, the other places still get theirs, and a place gets
    its other files unless it would take none of them."""
    done = Delivery()
    for place in to:
        for number, file in enumerate(files, 1):
            try:
                if place == ARTIFACT:
                    artifact.put(file.name, file.content)
                    changed = True
                else:
                    changed = send(file.name, file.content, place, login, method, file.mode, check_mode)
            except PhoneError as error:
                done.errors.append(error)
                done.first_errors.setdefault(place, error)
                if isinstance(error, (PlaceFailed, SettingsError)):  # a wrong login locks accounts
                    done.untried += len(files) - number
                    break
                continue
            entry = {"name": file.name, "to": shown(place), "bytes": len(file.content), "changed": changed}
            done.delivered.append(entry)
    artifact.note(done.delivered)
    return done


def told(done: Delivery, check_mode: bool = False) -> str:
    """The outcome in a sentence."""
    names = list(dict.fromkeys(each["name"] for each in done.delivered))
    where = list(dict.fromkeys(each["to"] for each in done.delivered))
    return f"{'Would deliver' if check_mode else 'Delivered'} {some(names)} to {some(where)}." if names else ""
