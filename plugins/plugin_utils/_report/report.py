# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as data: columns, rows, a summary, and what has changed since another report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .rows import COLUMNS, natural

SCHEMA = 1
"""Version of the report's shape; docs/report.schema.json describes it."""


def build(
    title: str,
    rows: Iterable[Mapping[str, Any]],
    own_columns: Sequence[Mapping[str, str]] = (),
    previous: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """``previous``: a report as this returns it, to compare with. The same rows give the same report, in whatever order they come."""
    ordered = sorted((dict(row) for row in rows), key=lambda row: natural(row["cells"]["host"]))
    columns = [dict(column) for column in (*COLUMNS, *own_columns)]
    return {
        "schema": SCHEMA,
        "title": title,
        "columns": columns,
        "rows": ordered,
        "summary": summary(ordered),
        "changes": None if previous is None else changes(previous, ordered, [column["name"] for column in columns]),
    }


def summary(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    cells = [row["cells"] for row in rows]
    return {
        "phones": len(cells),
        "status": _counted(cell["status"] for cell in cells),
        "models": _counted(cell["model"] for cell in cells),
        "firmwares": _counted(cell["firmware"] for cell in cells),
        "registration": _counted(registration(cell["registered"]) for cell in cells),
        "behind": sum(bool(cell["behind"]) for cell in cells),
        "drifting": sum(bool(cell["drift"]) for cell in cells),
        "problems": _counted(problem for cell in cells for problem in cell["problems"]),
    }


def registration(registered: str | None) -> str:
    """all, some, none (of its lines are registered) or unknown, from a cell such as ``1/2``."""
    if registered is None:
        return "unknown"
    count, _slash, lines = registered.partition("/")
    return "none" if count == "0" else "all" if count == lines else "some"


def changes(previous: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> dict[str, Any]:
    """Phones that are new, phones that are gone, and cells that differ; of columns that both reports have. Of a phone that could be looked
    at in one of them only, nothing but that is told."""
    before = {row["cells"]["host"]: row["cells"] for row in previous["rows"]}
    now = {row["cells"]["host"]: row["cells"] for row in rows}
    shared = [
        name for name in columns if name != "host" and any(name == column["name"] for column in previous["columns"])
    ]
    return {
        "appeared": [host for host in now if host not in before],
        "disappeared": [host for host in before if host not in now],
        "changed": [
            {"host": host, "column": name, "before": before[host].get(name), "after": cells.get(name)}
            for host, cells in now.items()
            if host in before
            for name in (
                shared if (before[host]["status"] == "ok") == (cells["status"] == "ok") else ("status", "reason")
            )
            if before[host].get(name) != cells.get(name)
        ],
    }


def _counted(values: Iterable[str | None]) -> dict[str, int]:
    """How often each comes, the most frequent first."""
    counts = Counter(value for value in values if value is not None)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], natural(item[0]))))
