# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as files. The same report gives the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .columns import COLUMNS, Counts, Number
from .page.render import render
from .values import shown

_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""Spreadsheets run a text that begins like this as a formula."""
_BREAKS = "\n\v\f\x1c-\x1e\x85\u2028\u2029"
_SPECIAL = re.compile(f'[,"{_BREAKS}]')


def to_json(report: Mapping[str, Any]) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def to_csv(report: Mapping[str, Any]) -> str:
    """One line per phone. A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    columns = report["columns"]
    rows = [[_safe(column["name"], "text") for column in columns]]
    rows += [[_safe(row["cells"].get(column["name"]), column["kind"]) for column in columns] for row in report["rows"]]
    return "".join(",".join(map(_cell, row)) + "\n" for row in rows)


def _cell(text: str) -> str:
    """In quotes where needed: some programs end a line at a form feed or U+2028, too, which csv.writer leaves bare."""
    quoted = text.replace('"', '""')
    return f'"{quoted}"' if _SPECIAL.search(text) else text


def _safe(value: Any, kind: str) -> str:
    text = shown(value, kind).replace("\r\n", "\n").replace("\r", "\n")  # Python before 3.13 does not quote \r
    if not isinstance(value, (str, list)):
        return text
    # Where the list separator is a semicolon, a cell may begin in the middle of a text.
    text = re.sub(rf"([;{_BREAKS}]\s*)(?=[=+\-@＝＋－＠])", r"\1'", text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def to_markdown(report: Mapping[str, Any]) -> str:
    summary = report["summary"]
    columns = report["columns"]
    parts = [f"# {_inline(report['title'])}", _overview(summary), *_counts(summary)]
    if report["changes"] is not None:
        parts.append(_changes(report["changes"], {column["name"]: column["kind"] for column in columns}))
    rows = [[shown(row["cells"].get(column["name"]), column["kind"]) for column in columns] for row in report["rows"]]
    parts.append(
        "## Phones\n\n" + (_table([column["title"] for column in columns], rows) if rows else "There are none.")
    )
    drift = [line for row in report["rows"] for line in _drift(row)]
    if drift:
        parts.append("## Drift\n\n" + _table(["Host", "Parameter", "Should be", "Is", "Source"], drift))
    return "\n\n".join(parts) + "\n"


def _overview(summary: Mapping[str, Any]) -> str:
    parts = [f"{count} {status.replace('_', ' ')}" for status, count in summary["status"].items()]
    if summary["registration"]:
        states = ", ".join(f"{count} {state}" for state, count in summary["registration"].items())
        parts.append(f"lines registered: {states}")
    numbers = [column.summary for column in COLUMNS if isinstance(column.summary, Number)]
    parts += [f"{summary[number.key]} {number.words}" for number in numbers]
    return f"{summary['phones']} phones: {'; '.join(parts)}."


def _counts(summary: Mapping[str, Any]) -> list[str]:
    """A table for each column that is counted, apart from what the overview says."""
    counted = [
        column.summary
        for column in COLUMNS
        if isinstance(column.summary, Counts) and column.summary.key not in ("status", "registration")
    ]
    return [
        f"## {counts.title}\n\n"
        + _table([counts.title, "Phones"], [[value, str(count)] for value, count in summary[counts.key].items()])
        for counts in counted
        if summary[counts.key]
    ]


def _changes(changes: Mapping[str, Any], kinds: Mapping[str, str]) -> str:
    def value(cell: Any, column: str) -> str:
        return _inline(shown(cell, kinds.get(column, "text"))) or "empty"

    lines = [f"* {_inline(host)} has appeared" for host in changes["appeared"]]
    lines += [f"* {_inline(host)} has disappeared" for host in changes["disappeared"]]
    for change in changes["changed"]:
        column = change["column"]
        before, after = value(change["before"], column), value(change["after"], column)
        lines.append(f"* {_inline(change['host'])}: {column} was {before}, is {after}")
    return "## Changes\n\n" + ("\n".join(lines) or "None.")


def _drift(row: Mapping[str, Any]) -> list[list[str]]:
    return [
        [row["cells"]["host"], *(str(difference[key]) for key in ("parameter", "wanted", "has", "source"))]
        for difference in row["detail"]["drift"]
    ]


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(map(_inline, line))} |" for line in lines)


def _inline(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    return re.sub(r"([\\`*_\[\]<>|#~&])", r"\\\1", " ".join(text.split())) if text != "---" else text


FORMATS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "csv": to_csv,
    "json": to_json,
    "markdown": to_markdown,
    "html": render,
}
"""By the option that names the file."""
