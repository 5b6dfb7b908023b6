# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the page's template shows of a report without a script: figures, charts, problems, changes.

A filter is a pair of a name and a value (page_state.js has their meaning). What carries one becomes a button that filters the table.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_MAX_BARS = 10
_MAX_CHANGES = 50
_MAX_HOSTS = 8
_MAX_LISTED = 100

_REGISTRATION = {"all": "All lines", "some": "Some lines", "none": "No line", "unknown": "Unknown"}
"""The states of a phone's registration in the order they are shown in."""


def view(report: Mapping[str, Any]) -> dict[str, Any]:
    """The variables of page.html that depend on the report, but for its title and the embedded data."""
    summary = report["summary"]
    phones = summary["phones"]
    return {
        "phones": phones,
        "figures": _figures(report),
        "charts": [chart for chart in _charts(summary) if chart["bars"]],
        "problems": _bars("problem", _most_first(summary["problems"]), phones, {}, limit=_MAX_CHANGES),
        "changes": None if report["changes"] is None else _changes(report["changes"], _titles(report["columns"])),
        "count": count,
    }


def count(number: int, one: str = "phone", many: str = "phones") -> str:
    """``1 phone``, ``10,000 phones``."""
    return f"{number:,} {one if number == 1 else many}"


def shown(value: Any) -> str:
    """A cell's value as the table of the phones shows it (text() in page_values.js)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(shown(part) for part in value)
    return str(value)


def _figures(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The line of large numbers at the top."""
    summary = report["summary"]
    answered = summary["status"].get("ok", 0)
    with_problems = sum(1 for row in report["rows"] if row["detail"]["problems"])
    figures = [
        ("Phones", summary["phones"], None),
        ("Read", answered, ("status", "ok")),
        ("Not read", summary["phones"] - answered, ("unread", "yes")),
        ("With problems", with_problems, ("problems", "yes")),
        ("Behind target firmware", summary["behind"], ("behind", "yes")),
        ("Drifting", summary["drifting"], ("drifting", "yes")),
    ]
    return [
        {"label": label, "number": f"{number:,}", "filter": filter_ if number else None}
        for label, number, filter_ in figures
    ]


def _charts(summary: Mapping[str, Any]) -> list[dict[str, Any]]:
    phones = summary["phones"]
    statuses = sorted(_most_first(summary["status"]), key=lambda item: item[0] != "ok")
    registration = [(state, summary["registration"].get(state, 0)) for state in _REGISTRATION]
    return [
        {
            "title": "Status",
            **_bars("status", statuses, phones, {name: name.replace("_", " ") for name, _number in statuses}),
        },
        {
            "title": "Registration",
            **_bars("registration", [item for item in registration if item[1]], phones, _REGISTRATION),
        },
        {"title": "Firmware", **_bars("firmware", _most_first(summary["firmwares"]), phones, {})},
        {"title": "Models", **_bars("model", _most_first(summary["models"]), phones, {})},
    ]


def _bars(
    name: str, counts: Sequence[tuple[str, int]], phones: int, labels: Mapping[str, str], limit: int = _MAX_BARS
) -> dict[str, Any]:
    """A chart: its bars, as wide as their share of the phones, and what is left out."""
    left_out = counts[limit:]
    bars = [
        {
            "filter": (name, value),
            "label": labels.get(value, value) or "(empty)",
            "number": number,
            "percent": _percent(number, phones),
            # A bar that can be seen, however small its share.
            "width": f"{max(100 * number / phones, 0.8):.2f}" if phones else "0",
        }
        for value, number in counts[:limit]
    ]
    return {"bars": bars, "left_out": len(left_out), "left_out_phones": sum(number for _value, number in left_out)}


def _percent(number: int, phones: int) -> str:
    """No share of some phones is 0 %, and 100 % are all of them."""
    share = 100 * number / phones if phones else 0
    if 0 < share < 1:
        return "< 1 %"
    return "> 99 %" if 99 < share < 100 else f"{share:.0f} %"


def _changes(changes: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    """Equal changes of many phones are one line: after an upgrade, one and not ten thousand."""
    groups: dict[str, list[int]] = {}
    for index, change in enumerate(changes["changed"]):
        key = json.dumps([change["column"], change["before"], change["after"]], sort_keys=True)
        groups.setdefault(key, []).append(index)
    lines = []
    # The sort is stable: of equally frequent ones, the first phone's comes first.
    for indexes in sorted(groups.values(), key=lambda indexes: -len(indexes)):
        first = changes["changed"][indexes[0]]
        lines.append(
            {
                "filter": ("change", str(indexes[0])),
                "column": titles.get(first["column"], first["column"]),
                "before": shown(first["before"]) or "(empty)",
                "after": shown(first["after"]) or "(empty)",
                "number": len(indexes),
                "hosts": _listed([changes["changed"][index]["host"] for index in indexes], _MAX_HOSTS),
            }
        )
    return {
        "appeared": _listed(changes["appeared"], _MAX_LISTED),
        "disappeared": _listed(changes["disappeared"], _MAX_LISTED),
        "changed": len({change["host"] for change in changes["changed"]}),
        "lines": lines[:_MAX_CHANGES],
        "left_out": len(lines[_MAX_CHANGES:]),
    }


def _listed(hosts: Sequence[str], limit: int) -> dict[str, Any]:
    return {"number": len(hosts), "hosts": list(hosts[:limit]), "left_out": len(hosts[limit:])}


def _titles(columns: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {column["name"]: column["title"] for column in columns}


def _most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """By number, and equal ones by their names: 5.9 before 5.10."""
    return sorted(counts.items(), key=lambda item: (-item[1], _natural(item[0])))


def _natural(text: str) -> list[Any]:
    # The digits of other scripts are none for int(): [0-9] and not \d.
    return [
        (0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part)
        for part in re.split(r"([0-9]+)", text)
        if part
    ]
