# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs between two reports."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from . import causes
from .carried import is_lasting
from .columns import Column
from .reading import MANAGED

_ALWAYS = ("status", "reason")
"""Columns whose changes are told also of a phone that could be read for only one of the reports."""
_NOT_TOLD = ("host", "state", "last_seen")
"""Columns of which nothing is told: the causes say it, or it follows from the status."""


def changes(
    previous: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[Column],
    others: Collection[str] = (),
) -> dict[str, list[Any]]:
    """Hosts that have ``appeared`` or ``disappeared``, cells that have ``changed`` in ``columns`` of both reports, and
    causes that phones of both have got (``broken``) or lost (``repaired``). A notice is neither.

    ``others``: hosts without a row that have not disappeared. Of a phone that could be read for only one of the reports
    it is told that it can or can't be managed now; of one that is back also what it is, if that was known. A duration
    goes on by itself, which is no change.
    """
    before = {row["cells"]["host"]: row for row in previous["rows"]}
    now = {row["cells"]["host"]: row for row in rows}
    both = [(host, before[host], row) for host, row in now.items() if host in before]
    known = {column["name"] for column in previous["columns"]}
    shared = [
        column
        for column in columns
        if column.name in known and column.name not in _NOT_TOLD and column.kind != "duration"
    ]
    return {
        "appeared": [host for host in now if host not in before],
        "disappeared": [host for host in before if host not in now and host not in others],
        "changed": [change for pair in both for change in _cells(*pair, shared)],
        "broken": [{"host": host, "cause": name} for host, then, row in both for name in _gained(then, row)],
        "repaired": [{"host": host, "cause": name} for host, then, row in both for name in _gained(row, then)],
    }


def _cells(
    host: str, then: Mapping[str, Any], row: Mapping[str, Any], columns: Sequence[Column]
) -> Iterator[dict[str, Any]]:
    before, now = then["cells"], row["cells"]
    back = _is_read(row) and then["detail"]["known"]
    for column in columns:
        name = column.name
        always = name in _ALWAYS or column.from_inventory
        told = always or _is_read(then) == _is_read(row) or (back and is_lasting(column))
        if not (always or _is_read(row) or is_lasting(column)) and None in (before.get(name), now.get(name)):
            continue  # what nobody could read has not changed
        first_start = name == "booted" and before.get(name) is None
        if told and not first_start and before.get(name) != now.get(name):
            yield {"host": host, "column": name, "before": before.get(name), "after": now.get(name)}


def _gained(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> list[str]:
    """The causes that a phone has in the later row only."""
    had = causes.names_of(earlier)
    return [
        name
        for name in causes.names_of(later)
        if name not in had and name not in causes.NOTICES and _is_comparable(name, earlier, later)
    ]


def _is_comparable(cause: str, *rows: Mapping[str, Any]) -> bool:
    """Whether both rows know if the phone has the cause. Also of a phone that could not be read, its certificate may
    be known."""
    if all(map(_is_read, rows)) or cause == causes.UNMANAGED:
        return True
    return not any(map(_is_read, rows)) and all(row["cells"].get("certificate_expiring") is not None for row in rows)


def _is_read(row: Mapping[str, Any]) -> bool:
    return bool(row["cells"]["status"] == MANAGED)
