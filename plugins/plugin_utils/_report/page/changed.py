# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened since the last report, in the last 24 hours and in the last 7 days. Equal changes of many phones are
one line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from ..causes import TITLES
from ..values import shown
from .words import term

_MAX_LINES = 50
_MAX_HOSTS = 8
_MAX_FILTERED = 100
"""Names of more hosts would make a filter that nobody can read."""

_KINDS = {"broken": "Broke", "repaired": "Repaired", "appeared": "New", "disappeared": "Gone", "changed": "Changed"}
"""Kinds of events in the order of the page."""
_MARKS = {
    "broken": ("critical", "unmanaged"),
    "repaired": ("good", "ok"),
    "appeared": ("notice", "new"),
    "disappeared": ("warning", "gone"),
    "changed": ("notice", "changed"),
}
"""Severity and symbol."""
_SHORT = {"broken": "broke", "repaired": "repaired", "appeared": "new", "disappeared": "gone", "changed": "changed"}

_Event = Sequence[Any]
"""Host, kind, what, before, after, as in the history of a report."""


def windows(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """For each window its ``name``, ``title``, time ``since``, the ``short`` words, and groups of ``lines``. None for a
    first report."""
    if report["changes"] is None:
        return []
    made = [_window("report", "Since the last report", report["previous"], _compared(report["changes"]), report)]
    for name, title, span in (("day", "Last 24 hours", {"hours": 24}), ("week", "Last 7 days", {"days": 7})):
        since = _before(report["time"], **span)
        events = [event for run in report["history"] if run["time"] > since for event in run["events"]]
        made.append(_window(name, title, since, events, report))
    return made


def _before(time: str, **span: float) -> str:
    return f"{datetime.fromisoformat(time.replace('Z', '+00:00')) - timedelta(**span):%Y-%m-%dT%H:%M:%SZ}"


def _compared(changes: Mapping[str, Any]) -> list[_Event]:
    """The comparison with the last report, as events."""
    return [
        *([each["host"], kind, each["cause"], None, None] for kind in ("broken", "repaired") for each in changes[kind]),
        *([host, kind, None, None, None] for kind in ("appeared", "disappeared") for host in changes[kind]),
        *([each["host"], "changed", each["column"], each["before"], each["after"]] for each in changes["changed"]),
    ]


def _window(
    name: str, title: str, since: str | None, events: Iterable[_Event], report: Mapping[str, Any]
) -> dict[str, Any]:
    kinds: dict[str, dict[str, list[_Event]]] = {kind: {} for kind in _KINDS}
    for event in events:
        kinds[event[1]].setdefault(json.dumps(event[2:], sort_keys=True), []).append(event)
    phones = {kind: len({event[0] for same in lines.values() for event in same}) for kind, lines in kinds.items()}
    return {
        "name": name,
        "title": title,
        "since": since,
        "short": ", ".join(f"{number:,} {_SHORT[kind]}" for kind, number in phones.items() if number) or "no change",
        "groups": [
            {
                "title": _KINDS[kind],
                "severity": _MARKS[kind][0],
                "symbol": _MARKS[kind][1],
                "phones": phones[kind],
                **_lines(name, kind, lines.values(), report),
            }
            for kind, lines in kinds.items()
            if lines
        ],
    }


def _lines(span: str, kind: str, groups: Iterable[Sequence[_Event]], report: Mapping[str, Any]) -> dict[str, Any]:
    # The sort is stable: of equally frequent changes, the first phone's comes first.
    ranked = sorted(groups, key=lambda events: -len(events))
    known = {row["cells"]["host"]: {each["cause"] for each in row["causes"]} for row in report["rows"]}
    return {
        "lines": [_line(span, kind, events, report, known) for events in ranked[:_MAX_LINES]],
        "left_out": len(ranked[_MAX_LINES:]),
    }


def _line(
    span: str, kind: str, events: Sequence[_Event], report: Mapping[str, Any], known: Mapping[str, set[str]]
) -> dict[str, Any]:
    what, before, after = events[0][2:]
    hosts = list(dict.fromkeys(event[0] for event in events))
    column = next((each for each in report["columns"] if each["name"] == what), {"title": what, "kind": "text"})
    return {
        "title": column["title"] if kind == "changed" else TITLES.get(what, what) or "",
        "cause": what if kind in ("broken", "repaired") else None,
        "before": shown(before, column["kind"]) or "(empty)" if kind == "changed" else None,
        "after": shown(after, column["kind"]) or "(empty)" if kind == "changed" else None,
        "number": len(hosts),
        "query": _query([host for host in hosts if host in known], [span, kind, *_path(events[0], column["kind"])]),
        # Of those that broke: how many were not repaired since.
        "still": sum(what in known.get(host, ()) for host in hosts) if kind == "broken" else None,
        "hosts": [{"host": host, "here": host in known} for host in hosts[:_MAX_HOSTS]],
        "left_out": len(hosts[_MAX_HOSTS:]),
    }


def _query(hosts: Sequence[str], path: Sequence[str]) -> str | None:
    """A filter that finds these phones: by their names, or if they are many by what has happened to them. None if there
    are none."""
    if len(hosts) > _MAX_FILTERED:
        return term("happened", ["/".join(path)])
    return term("host", hosts) if hosts else None


def _path(event: _Event, kind: str) -> list[str]:
    """What an event is about, as fields.js writes it."""
    what, before, after = event[2:]
    if event[1] == "changed":
        return [str(what), shown(before, kind), shown(after, kind)]
    return [] if what is None else [str(what)]
