# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as files. The same report gives the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .._console.words import count
from .columns import COLUMNS, Counts, Number
from .page.render import render
from .rows import DRIFT_HEADS, drift_cells
from .values import shown
from .xlsx import to_xlsx

_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""Spreadsheets run a text that begins like this as a formula."""
_BREAKS = "\n\v\f\x1c-\x1e\x85\u2028\u2029"
_SPECIAL = re.compile(f'[,;\t"{_BREAKS}]')
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
"""Of cells in CSV, by the choice of ``csv_delimiter``."""


def to_json(report: Mapping[str, Any]) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def to_csv(report: Mapping[str, Any], delimiter: str = "comma", bom: bool = False) -> str:
    """One line per phone. A text that a spreadsheet would run as a formula gets an apostrophe in front. ``delimiter``:
    one of SEPARATORS. ``bom``: with the mark by which Excel knows UTF-8."""
    separator = SEPARATORS[delimiter]
    columns = report["columns"]
    rows = [[_safe(column["name"], "text", separator) for column in columns]]
    rows += [
        [_safe(row["cells"].get(column["name"]), column["kind"], separator) for column in columns]
        for row in report["rows"]
    ]
    return ("\ufeff" if bom else "") + "".join(separator.join(map(_cell, row)) + "\n" for row in rows)


def _cell(text: str) -> str:
    """In quotes where needed: some programs end a line at a form feed or U+2028, too, which csv.writer leaves bare."""
    quoted = text.replace('"', '""')
    return f'"{quoted}"' if _SPECIAL.search(text) else text


def _safe(value: Any, kind: str, separator: str) -> str:
    text = shown(value, kind).replace("\r\n", "\n").replace("\r", "\n")  # Python before 3.13 does not quote \r
    if not isinstance(value, (str, list)):
        return text
    # A program that expects another separator begins a cell in the middle of a text, even of a quoted one.
    others = ";\t" if separator == "," else ",;\t"
    text = re.sub(rf"([{others}{_BREAKS}]\s*)(?=[=+\-@＝＋－＠])", r"\1'", text)
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
    drift = [line for row in report["rows"] for line in drift_cells(row)]
    if drift:
        parts.append("## Drift\n\n" + _table(DRIFT_HEADS, drift))
    return "\n\n".join(parts) + "\n"


def _overview(summary: Mapping[str, Any]) -> str:
    parts = [f"{count} {status.replace('_', ' ')}" for status, count in summary["status"].items()]
    if summary["registration"]:
        states = ", ".join(f"{count} {state}" for state, count in summary["registration"].items())
        parts.append(f"lines registered: {states}")
    numbers = [column.summary for column in COLUMNS if isinstance(column.summary, Number)]
    parts += [f"{summary[number.key]} {number.words}" for number in numbers]
    return f"{count(summary['phones'], 'phone')}: {'; '.join(parts)}."


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


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(map(_inline, line))} |" for line in lines)


def _inline(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    return re.sub(r"([\\`*_\[\]<>|#~&])", r"\\\1", " ".join(text.split())) if text != "---" else text


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


FORMATS: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], bytes]] = {
    "csv": lambda report, params: _encoded(to_csv(report, params["csv_delimiter"], params["csv_bom"])),
    "json": lambda report, params: _encoded(to_json(report)),
    "markdown": lambda report, params: _encoded(to_markdown(report)),
    "html": lambda report, params: _encoded(render(report)),
    "xlsx": lambda report, params: to_xlsx(report),
}
"""What makes the file, by the option that names it. ``params``: the options of vvx_report."""
