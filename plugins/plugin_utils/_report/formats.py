# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as files. The same report gives the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from .markdown import to_markdown
from .page.render import render
from .prometheus import to_prometheus
from .values import shown
from .xlsx import to_xlsx

_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""Spreadsheets run a text that begins like this as a formula."""
_BREAKS = "\n\v\f\x1c-\x1e\x85\u2028\u2029"
_SPECIAL = re.compile(f'[,;\t"{_BREAKS}]')
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_LONGEST = 32_767
"""Characters of a cell: Excel puts the rest into other cells."""
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
"""Of cells in CSV, by the choice of ``csv_delimiter``."""


def to_json(report: Mapping[str, Any]) -> str:
    """One line for each key, and for each phone."""
    lines = [f"{_json(key)}: {_json(value)}" for key, value in report.items() if key != "rows"]
    rows = ",\n".join(map(_json, report["rows"]))
    return "{\n" + ",\n".join([*lines, f'"rows": [\n{rows}\n]']) + "\n}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


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
    text = _typed(value, kind).replace("\r\n", "\n").replace("\r", "\n")  # Python before 3.13 does not quote \r
    text = text.replace("\0", "\ufffd")  # which ends a cell in some programs
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - 3]}..."
    if not isinstance(value, (str, list)):
        return text
    # A program that expects another separator begins a cell in the middle of a text, even of a quoted one.
    others = ";\t" if separator == "," else ",;\t"
    text = re.sub(rf"([{others}{_BREAKS}]\s*)(?=[=+\-@＝＋－＠])", r"\1'", text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _typed(value: Any, kind: str) -> str:
    """A cell in the form that spreadsheets take for what it is: ``2026-11-27 08:00:00`` (UTC) for a time, ``76:05:00``
    for a duration. They would take 1/2 for a day in February: it is ``1 of 2``."""
    if kind == "pair" and isinstance(value, (list, tuple)):
        return " of ".join(map(str, value))
    if kind == "duration" and isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = abs(int(value))
        return f"{'-' * (value < 0)}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if kind == "time" and isinstance(value, str) and _TIME.fullmatch(value):
        return value.replace("T", " ").rstrip("Z")
    return shown(value, kind)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


FORMATS: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], bytes]] = {
    "csv": lambda report, params: _encoded(to_csv(report, params["csv_delimiter"], params["csv_bom"])),
    "json": lambda report, params: _encoded(to_json(report)),
    "markdown": lambda report, params: _encoded(to_markdown(report, params["markdown_phones"])),
    "html": lambda report, params: _encoded(render(report, SEPARATORS[params["csv_delimiter"]])),
    "xlsx": lambda report, params: to_xlsx(report),
    "prometheus": lambda report, params: _encoded(to_prometheus(report, params["prometheus_phones"])),
}
"""What makes the file, by the option that names it. ``params``: the options of vvx_report."""
