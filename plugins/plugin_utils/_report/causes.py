# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why phones need attention: the causes, how bad each is, what to do about it, and which phones have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .reading import MANAGED, Reading

CRITICAL, WARNING, NOTICE = "critical", "warning", "notice"
SEVERITIES = (CRITICAL, WARNING, NOTICE)
"""A notice needs no attention."""

OK = "ok"
"""The state of a phone without a cause."""


@dataclass(frozen=True)
class Cause:
    """``title``: for people. ``remedy``: what to do. ``playbook``: the one of this collection that mends it, or None.
    ``applies``: whether a phone has it; None if only a report before can tell (carried.py)."""

    name: str
    severity: str
    title: str
    remedy: str
    playbook: str | None
    applies: Callable[[Reading], bool] | None = None


CAUSES: tuple[Cause, ...] = (
    Cause(
        "unmanaged",
        CRITICAL,
        "Cannot be managed",
        "See the remedy of each status.",
        "diagnose",
        lambda phone: phone.status != MANAGED,
    ),
    Cause(
        "unregistered",
        CRITICAL,
        "Not registered",
        "Check the server, user and password of these lines. The playbook diagnose says what is wrong with them.",
        "diagnose",
        lambda phone: phone.registered is not None and phone.registered[0] < phone.registered[1],
    ),
    Cause(
        "drifting",
        WARNING,
        "Parameters differ",
        "Run the playbook configure to set them as the inventory says, or change the inventory.",
        "configure",
        lambda phone: bool(phone.survey.drift),
    ),
    Cause(
        "behind",
        WARNING,
        "Behind target firmware",
        "Run the playbook firmware to install the target firmware in waves.",
        "firmware",
        lambda phone: bool(phone.behind),
    ),
    Cause(
        "restart",
        WARNING,
        "Restart pending",
        "Run the playbook restart. Until then, these phones work with their former settings.",
        "restart",
        lambda phone: phone.pending is not None,
    ),
    Cause(
        "certificate",
        WARNING,
        "Certificate ends",
        "Give these phones another certificate before the day it ends, with the provisioning server or in their web "
        "interface.",
        None,
        lambda phone: phone.certificate_trouble is not None,
    ),
    Cause(
        "other",
        WARNING,
        "Other problems",
        "See the problems of each phone. The playbook diagnose says more.",
        "diagnose",
        lambda phone: bool(phone.other_problems),
    ),
    Cause(
        "rebooted",
        NOTICE,
        "Rebooted since the last report",
        "If nobody has restarted them, check their power and network.",
        None,
    ),
)
"""In order of severity."""

NAMES = tuple(cause.name for cause in CAUSES)
NOTICES = frozenset(cause.name for cause in CAUSES if cause.severity == NOTICE)
UNMANAGED, REBOOTED = NAMES[0], NAMES[-1]
STATES = (OK, *NAMES)
TITLES = {OK: "OK", **{cause.name: cause.title for cause in CAUSES}}
"""Of the states."""

_STATUS_REMEDIES: dict[str, tuple[str, str | None]] = {
    "unreachable": ("Check power, cable and network of the phones, and their addresses in the inventory.", "diagnose"),
    "unauthorized": (
        "Correct ansible_password of these hosts. If nobody knows it, the playbook find_passwords tries candidates.",
        "find_passwords",
    ),
    "default_password": (
        "Change the factory password: with the playbook enroll, or in the phone's web interface.",
        "enroll",
    ),
    "rest_off": (
        "Turn the REST API on: with the playbook enroll (apps.restapi.enabled on the provisioning server), or in the "
        "phone's web interface.",
        "enroll",
    ),
    "tls": ("Check the certificates of the phones and ansible_vvx_ca_path.", "diagnose"),
    "busy": ("Try again later, or stop the other program that talks to these phones.", None),
    "settings": ("Correct the variables of these hosts in the inventory.", "validate"),
    "error": ("See the reason of each phone. The playbook diagnose says more.", "diagnose"),
}


def of(phone: Reading) -> list[str]:
    """The names of a phone's causes, worst first; none if nothing is wrong."""
    return [cause.name for cause in CAUSES if cause.applies and cause.applies(phone)]


def ordered(names: Iterable[str]) -> list[str]:
    """Names of causes, each once, worst first."""
    given = set(names)
    return [name for name in NAMES if name in given]


def state(names: Sequence[str]) -> str:
    """One of STATES: the worst of a phone's causes."""
    return next(iter(ordered(names)), OK)


def names_of(row: Mapping[str, Any]) -> list[str]:
    """The causes in a row of the report."""
    return [entry["cause"] for entry in row["causes"]]


def attention(rows: Iterable[Mapping[str, Any]]) -> int:
    """How many phones have a cause that is more than a notice."""
    return sum(not NOTICES.issuperset(names_of(row)) for row in rows)


def verdict(phones: int, attention: int) -> str:
    """How the fleet is, in a sentence without its period. ``attention``: how many of the phones need it."""
    if phones < 2:
        found = "needs attention" if attention else "is as it should be"
        return f"The phone {found}" if phones else "There are no phones"
    if not attention:
        return f"All {phones:,} phones are as they should be"
    return f"{attention:,} of {phones:,} phones {'needs' if attention == 1 else 'need'} attention"


def tally(rows: Sequence[Mapping[str, Any]], new: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The causes that some phone has, worst first. ``new``: a cause for each phone that has it since the last
    report."""
    fresh = Counter(new)
    listed = []
    for cause in CAUSES:
        having = [row for row in rows if cause.name in names_of(row)]
        if not having:
            continue
        since = [entry["since"] for row in having for entry in row["causes"] if entry["cause"] == cause.name]
        listed.append(
            {
                "cause": cause.name,
                "severity": cause.severity,
                "title": cause.title,
                "phones": len(having),
                "new": fresh[cause.name],
                "since": min(filter(None, since), default=None),
                "remedy": cause.remedy,
                "playbook": cause.playbook,
                "statuses": _statuses(having) if cause.name == "unmanaged" else [],
            }
        )
    return listed


def _statuses(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What keeps the controller out, most phones first."""
    counts = Counter(row["cells"]["status"] for row in rows)
    found = []
    for status in sorted(counts, key=lambda status: (-counts[status], status)):
        remedy, playbook = _STATUS_REMEDIES.get(status, _STATUS_REMEDIES["error"])
        found.append({"status": status, "phones": counts[status], "remedy": remedy, "playbook": playbook})
    return found
