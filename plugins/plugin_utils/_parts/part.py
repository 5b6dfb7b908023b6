# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A part: what one slice of a job has read of its phones, as a JSON file, so that one task can make of all parts what a
job that is not sliced makes.

``kind``, ``schema``, ``of`` (report, audit or plan), ``run``, ``made``, ``read_with`` (a digest of each option
that decides what is read), ``phones`` (a list, each with its ``host`` and what was ``read``), and where there is a key
the ``signature``.

Its name follows from its first host by name, so that nobody has to list a folder: AWX deals the hosts of an inventory
out by their names, and whoever knows all hosts finds one part after the other.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Protocol

from ...module_utils._phone.errors import SettingsError
from ...module_utils._text import clean
from .._console.words import some
from .shapes import each, fits

KIND = "polycom.vvx.part"
SCHEMA = 1
AUDIT, PLAN, REPORT = "audit", "plan", "report"
AGAIN = "Run all slices of the job again, then merge."
_LONGEST_RUN = 200
_TIME = "%Y-%m-%dT%H:%M:%SZ"


class Seal(Protocol):
    """Signs parts."""

    def mark(self, content: bytes) -> str:
        """The signature of these bytes."""

    def check(self, content: bytes, mark: str, name: str) -> None:
        """Raises SettingsError for anything else than the signature. ``name``: of the file, for messages."""


@dataclass(frozen=True)
class Part:
    """``of``: AUDIT, PLAN or REPORT. ``run``: what all slices of one job have in common. ``made``: a time in UTC, to
    the second. ``read_with``: digests by option. ``phones``: JSON by host, in any order; at least one."""

    of: str
    run: str
    made: str
    read_with: Mapping[str, str]
    phones: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Of its file."""
        return name_of(self.of, min(self.phones))


def name_of(kind: str, first: str) -> str:
    """The name of the part of this kind whose first host by name this is."""
    return f"{kind}-part-{_digest(first.encode('utf-8', 'surrogatepass'))}.json"


def now() -> str:
    """The time, as parts have it."""
    return datetime.now(timezone.utc).strftime(_TIME)


def digests(params: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """Of these options: equal values have equal digests, and none shows a value."""
    return {name: _digest(json.dumps(params[name], sort_keys=True, default=str).encode()) for name in sorted(names)}


def run_of(given: Any, variables: Mapping[str, Any]) -> str:
    """The run that a slice belongs to. ``given``: part_run. ``variables``: the extra ones. Raises SettingsError."""
    for run in (given, *(variables.get(f"{name}_workflow_job_id") for name in ("awx", "tower"))):
        text = str(run).strip() if run is not None else ""
        if text:
            return checked_run(text)
    raise SettingsError(
        "part: nothing says which run this is, so parts of different days could be mixed. Nothing was sent.",
        remedy="In AWX, slices of a job know it. Elsewhere set vvx_part_run (part_run) to a text of this run, the same "
        "for all its slices, such as the date.",
    )


def checked_run(run: str) -> str:
    """The text. Raises SettingsError for one that can't name a run."""
    if len(run) > _LONGEST_RUN or not run.isprintable():
        raise SettingsError(
            f"part_run: {clean(run, 60)!r} can't name a run. Nothing was sent.",
            remedy=f"Write one line of at most {_LONGEST_RUN} characters.",
        )
    return run


def dumps(part: Part, seal: Seal | None = None) -> bytes:
    """The file."""
    content = {
        "kind": KIND,
        "schema": SCHEMA,
        "of": part.of,
        "run": part.run,
        "made": part.made,
        "read_with": dict(part.read_with),
        "phones": [{"host": host, "read": part.phones[host]} for host in sorted(part.phones)],
    }
    if seal is not None:
        content["signature"] = seal.mark(_canonical(content))
    return f"{json.dumps(content, separators=(',', ':'))}\n".encode()  # ASCII: no UTF-8 holds half a surrogate pair


def loads(data: bytes, kind: str, name: str, seal: Seal | None = None) -> Part:
    """The part of this kind in a file. ``name``: of the file. Raises SettingsError for anything else."""
    damaged = SettingsError(f"{name} is no part of {_a(kind)}, or is damaged. Nothing was merged.", remedy=AGAIN)
    try:
        content = json.loads(data, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise damaged from None
    if not isinstance(content, dict) or content.get("kind") != KIND:
        raise damaged
    if content.get("schema") != SCHEMA:
        raise SettingsError(
            f"{name} was written by another version of polycom.vvx (schema {clean(content.get('schema'), 20)}, not "
            f"{SCHEMA}). Nothing was merged.",
            remedy=f"Use the same version in all jobs. {AGAIN}",
        )
    if content.get("of") != kind:
        raise SettingsError(
            f"{name} is a part of {_a(clean(content.get('of'), 20))}, not of {_a(kind)}. Nothing was merged.",
            remedy=f"Find out who has written it there. {AGAIN}",
        )
    signature = content.pop("signature", None)
    if seal is not None:
        seal.check(_canonical(content), str(signature), name)
    elif signature is not None:
        raise SettingsError(
            f"{name} is signed, and this merge has no key to check that with. Nothing was merged.",
            remedy="Set vvx_plan_key (key) as in the slices.",
        )
    if not fits(content, _SHAPE):
        raise damaged
    twice = sorted(host for host, times in Counter(entry["host"] for entry in content["phones"]).items() if times > 1)
    if twice:
        raise SettingsError(
            f"{name} has hosts twice: {some(map(clean, twice))}. Nothing was merged.",
            remedy=f"It was changed by hand. {AGAIN}",
        )
    phones = {entry["host"]: entry["read"] for entry in content["phones"]}
    part = Part(kind, content["run"], content["made"], content["read_with"], phones)
    if part.name != name:
        raise SettingsError(
            f"{name} is not the part that its name says: its first host is {clean(min(phones), 60)}. Nothing was "
            "merged.",
            remedy=f"It was renamed or copied. {AGAIN}",
        )
    return part


def _a(kind: str) -> str:
    return f"{'an' if kind[:1] in 'aeiou' else 'a'} {kind}"


def _is_time(value: Any) -> bool:
    try:
        datetime.strptime(value, _TIME)
    except (TypeError, ValueError):
        return False
    return len(value) == len("2026-11-27T08:00:00Z")


def _is_run(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_RUN and value.isprintable()


_SHAPE = {
    "kind": str,
    "schema": int,
    "of": str,
    "run": _is_run,
    "made": _is_time,
    "read_with": each(str),
    "phones": lambda value: bool(value) and fits(value, [{"host": str, "read": dict}]),
}


def _no_number(name: str) -> float:
    raise ValueError(name)


def _canonical(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
