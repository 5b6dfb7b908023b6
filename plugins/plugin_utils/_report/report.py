# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_report without Ansible: its options, the report as data, and the task's result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._options.certificates import WARNING
from ...module_utils._steps.subsets import SUBSETS, chosen
from .._console.order import natural
from .._console.words import count, some
from .._handover import bounded, first, stats
from . import causes, tallies
from .columns import AS_OF, COLUMNS, OWN_KINDS, Column, Counts
from .earlier import SCHEMA
from .reading import MANAGED

RUNS = 400
"""With changes that the history keeps: more than a year of days."""

MOST_RUNS = 10_000

MOST = 200
"""The task's result stays small: it lists so many entries of each kind. The files have all."""

FAIL_ON = ("unreachable", "error", "drift")
"""For what vvx_verdict may mark a phone."""

SPEC = WARNING.merge(
    ArgumentSpec(
        {
            "title": {"type": "str", "default": "Phones"},
            "csv": {"type": "path"},
            "csv_delimiter": {"type": "str", "choices": ["comma", "semicolon", "tab"], "default": "comma"},
            "csv_bom": {"type": "bool", "default": False},
            "xlsx": {"type": "path"},
            "json": {"type": "path"},
            "markdown": {"type": "path"},
            "markdown_phones": {"type": "int", "default": 20},
            "html": {"type": "path"},
            "prometheus": {"type": "path"},
            "prometheus_phones": {"type": "bool", "default": False},
            "mode": {"type": "raw"},
            "previous": {"type": "path"},
            "timestamp": {"type": "bool", "default": False},
            "fail_on": {"type": "list", "elements": "str", "choices": list(FAIL_ON), "default": []},
            "history": {"type": "path"},
            "history_runs": {"type": "int", "default": RUNS},
            "gather_subset": {"type": "list", "elements": "str", "default": ["device", "lines"]},
            "target_firmware": {"type": "dict", "default": {}},
            "columns": {
                "type": "list",
                "elements": "dict",
                "default": [],
                "options": {
                    "name": {"type": "str", "required": True},
                    "query": {"type": "str"},
                    "variable": {"type": "str"},
                    "group": {"type": "str"},
                    "title": {"type": "str"},
                    "kind": {"type": "str", "choices": list(OWN_KINDS), "default": "text"},
                },
            },
        }
    )
)


def subsets(asked: Sequence[str], columns: Sequence[Mapping[str, Any]]) -> list[str]:
    """What to read of each phone: ``gather_subset``, the device, and whatever the queries of ``columns`` mention."""
    queries = " ".join(column.get("query") or "" for column in columns)
    wanted = {
        "device",
        *chosen("gather_subset", asked, SUBSETS, ("device",)),
        *(name for name in SUBSETS if name in queries),
    }
    return [name for name in SUBSETS if name in wanted]


def ordered(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows by their hosts."""
    return sorted(map(dict, rows), key=lambda row: natural(row["cells"]["host"]))


def build(
    title: str,
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[Column] = COLUMNS,
    *,
    time: str,
    previous: str | None = None,
    changes: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The report as JSON data, without a history. The order of the rows does not matter. ``previous``: time of the
    report that the ``changes`` compare with; ``time``: of this one."""
    found = ordered(rows)
    if any(row["cells"].get(AS_OF.name) for row in found):
        columns = (*columns, AS_OF)
    causes_since = ((each["cause"], each["since"]) for row in found for each in row["causes"])
    return {
        "schema": SCHEMA,
        "title": title,
        "time": time,
        "previous": previous,
        "columns": [column.as_dict() for column in columns],
        "rows": found,
        "summary": summary(found, [column for column in columns if column.by and column not in COLUMNS]),
        "causes": causes.tally(found, [cause for cause, since in causes_since if previous and since > previous]),
        "parameters": tallies.parameters(found),
        "changes": changes,
        "history": [],
    }


def summary(rows: Sequence[Mapping[str, Any]], own: Sequence[Column] = ()) -> dict[str, Any]:
    """``phones``, how many of them need ``attention``, what the summary of each column counts, by its key, and what
    tallies.py counts. ``own``: columns of the user's own by which phones are grouped."""
    counts: dict[str, Any] = {"phones": len(rows), "attention": causes.attention(rows)}
    for column in COLUMNS:
        cells = [row["cells"][column.name] for row in rows]
        if isinstance(column.summary, Counts):
            count = column.summary.count
            counts[column.summary.key] = most_first(Counter(value for cell in cells for value in count(cell)))
        elif column.summary:
            counts[column.summary.key] = sum(map(bool, cells))
    differing = {each["parameter"] for row in rows for each in row["detail"]["drift"]}
    return {
        **counts,
        "parameters": len(differing),
        "registrars": tallies.registrars(rows),
        "by": tallies.by(rows, own),
    }


def verdicts(rows: Iterable[Mapping[str, Any]], fail_on: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The phones that vvx_verdict marks: ``failed`` or ``unreachable``, and why. ``rows``: of this run."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        cells, lost = row["cells"], row["cells"]["status"] == "unreachable"
        applies = {
            "unreachable": lost,
            "error": not lost and cells["status"] != MANAGED,
            "drift": bool(row["detail"]["drift"]),
        }
        if any(applies[each] for each in fail_on):
            text = cells["reason"] or f"{'; '.join(row['detail']['problems'])}."
            found[cells["host"]] = ("unreachable" if lost else "failed", f"{cells['host']}: {text}")
    return found


def warnings(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """What people must do something about before a day: certificates that expire. ``rows``: of this run."""
    ending = [row["cells"] for row in rows if row["cells"]["certificate_expiring"]]
    if not ending:
        return []
    ordered = sorted(ending, key=lambda cells: (cells["certificate_end"] or "", natural(cells["host"])))
    named = some((f"{cells['host']} ({cells['certificate_end']})" for cells in ordered), 5)
    return [
        f"The certificates of {count(len(ending), 'phone')} have expired or soon will: {named}. Each connection that "
        "checks them fails from then on."
    ]


def most_first(counts: Mapping[str, int]) -> dict[str, int]:
    """The most frequent value first; equally frequent ones by their names."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], natural(item[0]))))


def result(report: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The task's return values. ``files``: ``path`` and ``changed`` of each file."""
    numbers, changed = report["summary"], report["changes"]
    handed_over = bounded(lambda most: _handed_over(report, files, most))
    return {
        "ansible_stats": stats(polycom_vvx_report=handed_over),
        "files": files,
        "summary": {
            **numbers,
            **{key: _first(numbers[key]) for key in ("problems", "registrars")},
            "by": {column: _first(counts) for column, counts in numbers["by"].items()},
        },
        "attention": numbers["attention"],
        "causes": report["causes"],
        "changes": changed
        and {
            **{kind: entries[:MOST] for kind, entries in changed.items()},
            "counts": {kind: len(entries) for kind, entries in changed.items()},
        },
    }


def _handed_over(report: Mapping[str, Any], files: Sequence[Mapping[str, Any]], most: int) -> dict[str, Any]:
    numbers, changed = report["summary"], report["changes"]
    return {
        "title": report["title"],
        "time": report["time"],
        "previous": report["previous"],
        "phones": numbers["phones"],
        "attention": numbers["attention"],
        "causes": [
            {name: each[name] for name in ("cause", "title", "phones", "new")} for each in report["causes"][:most]
        ],
        "models": first(numbers["models"], most),
        "firmware": first(numbers["firmwares"], most),
        "changes": {kind: len(entries) for kind, entries in changed.items()} if changed else None,
        "files": [file["path"] for file in files],
    }


def _first(entries: Mapping[str, Any]) -> dict[str, Any]:
    return dict(list(entries.items())[:MOST])
