# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_report without Ansible: its options, the report as data, and the task's result."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._phone.errors import SettingsError
from ...module_utils._steps.subsets import SUBSETS, chosen
from .columns import AS_OF, COLUMNS, KINDS, Column, Counts
from .values import natural

SCHEMA = 1
"""Version of the report's shape, which docs/report.schema.json describes."""

MOST = 200
"""The task's result stays small: it lists so many entries of each kind. The files have all."""

SPEC = ArgumentSpec(
    {
        "title": {"type": "str", "default": "Phones"},
        "csv": {"type": "path"},
        "csv_delimiter": {"type": "str", "choices": ["comma", "semicolon", "tab"], "default": "comma"},
        "csv_bom": {"type": "bool", "default": False},
        "xlsx": {"type": "path"},
        "json": {"type": "path"},
        "markdown": {"type": "path"},
        "html": {"type": "path"},
        "mode": {"type": "raw"},
        "previous": {"type": "path"},
        "gather_subset": {"type": "list", "elements": "str", "default": ["device", "lines"]},
        "target_firmware": {"type": "dict", "default": {}},
        "columns": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "options": {
                "name": {"type": "str", "required": True},
                "query": {"type": "str", "required": True},
                "title": {"type": "str"},
                "kind": {"type": "str", "choices": [kind for kind in KINDS if kind != "pair"], "default": "text"},
            },
        },
    }
)


def targets(option: Mapping[Any, Any]) -> dict[str, str]:
    """Target firmware by model, from ``target_firmware``. Raises SettingsError for a value that is not a version."""
    versions = {str(model): str(version) for model, version in option.items()}
    for model, version in versions.items():
        if not re.match(r"[0-9]+\.", version):
            raise SettingsError(
                f"target_firmware: {version!r} for {model} is not a version.",
                remedy="Write it like '5.9.3.1111', in quotes.",
            )
    return versions


def subsets(asked: Sequence[str], columns: Sequence[Mapping[str, Any]]) -> list[str]:
    """What to read of each phone: ``gather_subset``, the device, and whatever the queries of ``columns`` mention."""
    queries = " ".join(column["query"] for column in columns)
    wanted = {
        "device",
        *chosen("gather_subset", asked, SUBSETS, ("device",)),
        *(name for name in SUBSETS if name in queries),
    }
    return [name for name in SUBSETS if name in wanted]


def is_report(document: Any) -> bool:
    """Whether a JSON document can be compared with."""
    try:
        names = [column["name"] for column in document["columns"]]
        rows = [(row["cells"]["host"], row["cells"]["status"]) for row in document["rows"]]
        return (
            document["schema"] == SCHEMA
            and "changes" in document
            and all(isinstance(name, str) for name in (*names, *(host for host, _status in rows)))
        )
    except (KeyError, TypeError, AttributeError):
        return False


def build(
    title: str,
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[Column] = COLUMNS,
    previous: Mapping[str, Any] | None = None,
    others: Collection[str] = (),
) -> dict[str, Any]:
    """The report as JSON data. The order of the rows does not matter. ``previous``: another report to compare with.
    ``others``: hosts that were not looked at this time, so that they have not disappeared."""
    ordered = sorted((dict(row) for row in rows), key=lambda row: natural(row["cells"]["host"]))
    if any(row["cells"].get(AS_OF.name) for row in ordered):
        columns = (*columns, AS_OF)
    return {
        "schema": SCHEMA,
        "title": title,
        "columns": [column.as_dict() for column in columns],
        "rows": ordered,
        "summary": summary(ordered),
        "changes": None
        if previous is None
        else changes(previous, ordered, [column.name for column in columns], others),
    }


def kept(
    report: Mapping[str, Any], hosts: Collection[str], columns: Sequence[Column], time: str
) -> list[dict[str, Any]]:
    """The rows that these hosts have in an earlier report, for the next one. ``columns``: of the next one. ``time``:
    when the earlier one was written; a row that it has itself taken from another keeps its time."""
    return [
        {
            **row,
            "cells": {
                **{column.name: row["cells"].get(column.name) for column in columns},
                AS_OF.name: row["cells"].get(AS_OF.name) or time,
            },
        }
        for row in report["rows"]
        if row["cells"]["host"] in hosts
    ]


def summary(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """``phones``, and what the summary of each column counts, by its key."""
    counts: dict[str, Any] = {"phones": len(rows)}
    for column in COLUMNS:
        cells = [row["cells"][column.name] for row in rows]
        if isinstance(column.summary, Counts):
            count = column.summary.count
            counts[column.summary.key] = most_first(Counter(value for cell in cells for value in count(cell)))
        elif column.summary:
            counts[column.summary.key] = sum(map(bool, cells))
    return counts


def most_first(counts: Mapping[str, int]) -> dict[str, int]:
    """The most frequent value first; equally frequent ones by their names."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], natural(item[0]))))


def changes(
    previous: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], columns: Sequence[str], others: Collection[str] = ()
) -> dict[str, Any]:
    """Hosts that have ``appeared`` or ``disappeared``, and cells that have ``changed`` in columns of both reports.

    ``others``: hosts without a row that have not disappeared. If a phone could be read for only one of the reports, its
    changes are the status and the reason.
    """
    before = {row["cells"]["host"]: row["cells"] for row in previous["rows"]}
    now = {row["cells"]["host"]: row["cells"] for row in rows}
    known = {column["name"] for column in previous["columns"]}
    shared = [name for name in columns if name not in ("host", AS_OF.name) and name in known]
    return {
        "appeared": [host for host in now if host not in before],
        "disappeared": [host for host in before if host not in now and host not in others],
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


def repeat_last_changes(report: dict[str, Any], previous: Mapping[str, Any] | None) -> dict[str, Any]:
    """If nothing has changed, the report with the changes of the previous one: the same data gives the same files."""
    if previous is not None and not any(report["changes"].values()):
        return {**report, "changes": previous["changes"]}
    return report


def result(report: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The task's return values. ``files``: ``path`` and ``changed`` of each file."""
    numbers, changed = report["summary"], report["changes"]
    return {
        "files": files,
        "summary": {**numbers, "problems": dict(list(numbers["problems"].items())[:MOST])},
        "changes": changed
        and {
            **{kind: entries[:MOST] for kind, entries in changed.items()},
            "counts": {kind: len(entries) for kind, entries in changed.items()},
        },
    }
