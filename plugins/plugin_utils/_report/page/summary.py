# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of the page that needs no script: figures, charts, problems, changes.

A filter is a pair of a name and a value, which state.js explains. Whatever carries one becomes a button
that filters the table.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..columns import COLUMNS, Column, Counts, Number
from ..report import most_first
from ..values import shown

_MAX_BARS = 10
_MAX_LINES = 50
_MAX_HOSTS = 8
_MAX_LISTED = 100


def view(report: Mapping[str, Any]) -> dict[str, Any]:
    """The variables of page.html, apart from its title and the embedded data."""
    summary = report["summary"]
    counted = [(column, column.summary) for column in COLUMNS if isinstance(column.summary, Counts)]
    bars = {column.name: {"title": counts.title, **_bars(column, counts, summary)} for column, counts in counted}
    charts = sorted((counts.chart, column.name) for column, counts in counted if counts.chart)
    return {
        "phones": summary["phones"],
        "figures": _figures(report),
        "charts": [bars[name] for _place, name in charts if bars[name]["bars"]],
        "problems": bars["problems"],
        "changes": None if report["changes"] is None else _changes(report["changes"], report["columns"]),
        "count": count,
    }


def count(number: int, one: str = "phone", many: str = "phones") -> str:
    """``1 phone``, ``10,000 phones``."""
    return f"{number:,} {one if number == 1 else many}"


def _figures(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The large numbers at the top."""
    summary = report["summary"]
    answered = summary["status"].get("ok", 0)
    with_problems = sum(1 for row in report["rows"] if row["detail"]["problems"])
    figures = [
        ("Phones", summary["phones"], None),
        ("Read", answered, ("status", "ok")),
        ("Not read", summary["phones"] - answered, ("unread", "yes")),
        ("With problems", with_problems, ("problems", "yes")),
        *(
            (column.summary.title, summary[column.summary.key], (column.summary.filter or column.name, "yes"))
            for column in COLUMNS
            if isinstance(column.summary, Number)
        ),
    ]
    return [
        {"label": label, "number": f"{number:,}", "filter": filter_ if number else None}
        for label, number, filter_ in figures
    ]


def _bars(column: Column, counts: Counts, summary: Mapping[str, Any]) -> dict[str, Any]:
    """A chart: its bars, as wide as their share of the phones, and the number of values that are left out."""
    phones = summary["phones"]
    limit = _MAX_BARS if counts.chart else _MAX_LINES
    ranked = most_first(summary[counts.key])
    first = [value for value in counts.first if value in ranked]
    ordered = [*first, *(value for value in ranked if value not in first)]
    left_out = ordered[limit:]
    bars = [
        {
            "filter": (counts.filter or column.name, value),
            "label": counts.labels.get(value, value) or "(empty)",
            "number": ranked[value],
            "percent": _percent(ranked[value], phones),
            # Even the smallest share is visible.
            "width": f"{max(100 * ranked[value] / phones, 0.8):.2f}" if phones else "0",
        }
        for value in ordered[:limit]
    ]
    return {"bars": bars, "left_out": len(left_out), "left_out_phones": sum(ranked[value] for value in left_out)}


def _percent(number: int, phones: int) -> str:
    """Rounded, but 0 % means no phone and 100 % means all of them."""
    share = 100 * number / phones if phones else 0
    if 0 < share < 1:
        return "< 1 %"
    return "> 99 %" if 99 < share < 100 else f"{share:.0f} %"


def _changes(changes: Mapping[str, Any], columns: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Equal changes of many phones become one line."""
    known = {column["name"]: column for column in columns}
    groups: dict[str, list[int]] = {}
    for index, change in enumerate(changes["changed"]):
        key = json.dumps([change["column"], change["before"], change["after"]], sort_keys=True)
        groups.setdefault(key, []).append(index)
    lines = []
    # The sort is stable: of equally frequent changes, the first phone's comes first.
    for indexes in sorted(groups.values(), key=lambda indexes: -len(indexes)):
        first = changes["changed"][indexes[0]]
        column = known.get(first["column"], {"title": first["column"], "kind": "text"})
        lines.append(
            {
                "filter": ("change", str(indexes[0])),
                "column": column["title"],
                "before": shown(first["before"], column["kind"]) or "(empty)",
                "after": shown(first["after"], column["kind"]) or "(empty)",
                "number": len(indexes),
                "hosts": _listed([changes["changed"][index]["host"] for index in indexes], _MAX_HOSTS),
            }
        )
    return {
        "appeared": _listed(changes["appeared"], _MAX_LISTED),
        "disappeared": _listed(changes["disappeared"], _MAX_LISTED),
        "changed": len({change["host"] for change in changes["changed"]}),
        "lines": lines[:_MAX_LINES],
        "left_out": len(lines[_MAX_LINES:]),
    }


def _listed(hosts: Sequence[str], limit: int) -> dict[str, Any]:
    return {"number": len(hosts), "hosts": list(hosts[:limit]), "left_out": len(hosts[limit:])}
