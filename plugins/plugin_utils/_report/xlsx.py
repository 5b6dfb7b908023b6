# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as a workbook for Excel: what needs attention, the phones, their drift and the sites, each as a table with
filters. The same report gives the same bytes. Needs the library XlsxWriter."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...module_utils._phone.libraries import missing
from .by_site import columns as site_columns
from .by_site import sites
from .causes import CAUSES, NOTICE, TITLES
from .values import shown

try:
    import xlsxwriter
except ImportError:
    xlsxwriter = None

_LONGEST = 32_767
"""Characters of a cell; Excel takes no more."""
_LONGEST_HEAD = 255
_WIDEST = 60
_AT = datetime(2000, 1, 1)
"""When the workbook claims to be made: always the same."""
_FIRST_YEAR = 1900
"""Excel knows no earlier one."""
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORMATS = {
    "duration": {"num_format": "[h]:mm:ss", "valign": "top"},
    "list": {"text_wrap": True, "valign": "top"},
    "time": {"num_format": "yyyy-mm-dd hh:mm", "valign": "top"},
    "day": {"num_format": "yyyy-mm-dd", "valign": "top"},
}
_TIMES = {"time": ("%Y-%m-%dT%H:%M:%SZ", len("2026-11-27 08:00")), "day": ("%Y-%m-%d", len("2026-11-27"))}
"""How a cell of the report writes them, and the characters that Excel shows."""
_DAYS = {"certificate_end"}
"""Columns of texts that are dates."""
_DAY = 86_400
_STYLE = "Table Style Light 9"

Head = tuple[str, str]
"""The title of a column and its kind."""


@dataclass(frozen=True)
class _Sheet:
    name: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Any]]


def check_library() -> None:
    """Raises SettingsError where the library is missing."""
    if xlsxwriter is None:
        raise missing("XlsxWriter", "xlsx")


def to_xlsx(report: Mapping[str, Any]) -> bytes:
    """No text can run as a formula. Times are UTC."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        book.set_properties({"title": report["title"][:255], "created": _AT})
        formats = {kind: book.add_format(_FORMATS.get(kind, {"valign": "top"})) for kind in (*_FORMATS, "text")}
        for sheet in _sheets(report):
            _write(book.add_worksheet(sheet.name), sheet, formats)
    return buffer.getvalue()


def _sheets(report: Mapping[str, Any]) -> Iterator[_Sheet]:
    own = site_columns(report)
    yield _attention(report, own)
    columns = report["columns"]
    heads = [(column["title"], "day" if column["name"] in _DAYS else column["kind"]) for column in columns]
    yield _Sheet("Phones", heads, [[row["cells"].get(column["name"]) for column in columns] for row in report["rows"]])
    drift = _drift(report, own)
    if drift.rows:
        yield drift
    if own:
        yield _counted(report, own)


def _attention(report: Mapping[str, Any], own: Sequence[Mapping[str, Any]]) -> _Sheet:
    """A row for each phone with a cause, the worst first."""
    remedies = {cause["cause"]: cause["remedy"] for cause in report["causes"]}
    places = {cause.name: place for place, cause in enumerate(CAUSES)}
    rows = []
    for row in sorted((row for row in report["rows"] if row["causes"]), key=lambda row: _worst(row, places)):
        cause = row["causes"][0]
        rows.append(
            [
                row["cells"]["host"],
                *(row["cells"].get(column["name"]) for column in own),
                TITLES.get(cause["cause"], cause["cause"]),
                cause["since"],
                row["detail"]["problems"],
                row["detail"]["remedy"] or remedies.get(cause["cause"]),
            ]
        )
    heads = [("State", "text"), ("Since", "time"), ("Problems", "list"), ("Remedy", "list")]
    return _Sheet("Attention", [("Host", "text"), *_heads(own), *heads], rows)


def _worst(row: Mapping[str, Any], places: Mapping[str, int]) -> int:
    return places.get(row["causes"][0]["cause"], len(places))


def _drift(report: Mapping[str, Any], own: Sequence[Mapping[str, Any]]) -> _Sheet:
    """A row for each parameter of each phone that differs."""
    keys = {"Parameter": "parameter", "Wanted": "wanted", "Has": "has", "Source": "source"}
    keys |= {"Layer": "layer", "File": "file", "Line": "line"}
    rows = [
        [
            row["cells"]["host"],
            *(row["cells"].get(column["name"]) for column in own),
            *(difference.get(key) for key in keys.values()),
        ]
        for row in report["rows"]
        for difference in row["detail"]["drift"]
    ]
    heads = [(title, "number" if key == "line" else "text") for title, key in keys.items()]
    return _Sheet("Drift", [("Host", "text"), *_heads(own), *heads], rows)


def _counted(report: Mapping[str, Any], own: Sequence[Mapping[str, Any]]) -> _Sheet:
    """A row for each site, and for each value of any other column that groups phones."""
    told = [cause for cause in CAUSES if any(entry["cause"] == cause.name for entry in report["causes"])]
    rows = [
        [column["title"], site.name, site.phones, site.attention, *(site.causes[cause.name] for cause in told)]
        for column in own
        for site in sites(report, column)
    ]
    counts = ["Phones", "Need attention", *(cause.title + " (notice)" * (cause.severity == NOTICE) for cause in told)]
    return _Sheet("Sites", [("By", "text"), ("Name", "text"), *((title, "number") for title in counts)], rows)


def _heads(columns: Sequence[Mapping[str, Any]]) -> list[Head]:
    return [(column["title"], column["kind"]) for column in columns]


def _write(sheet: Any, table: _Sheet, formats: Mapping[str, Any]) -> None:
    heads = _unique([title for title, _kind in table.heads])
    kinds = [kind for _title, kind in table.heads]
    widths = [len(head) + 3 for head in heads]  # the button of the filter needs room
    # A table has a row at least.
    end = max(len(table.rows), 1)
    columns = [{"header": head} for head in heads]
    sheet.add_table(0, 0, end, len(heads) - 1, {"name": table.name, "columns": columns, "style": _STYLE})
    for number, row in enumerate(table.rows, 1):
        for place, (value, kind) in enumerate(zip(row, kinds)):
            if value is not None:
                widths[place] = max(widths[place], _cell(sheet, number, place, value, kind, formats))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(width, _WIDEST) + 2)
    sheet.freeze_panes(1, 1)


def _cell(sheet: Any, row: int, column: int, value: Any, kind: str, formats: Mapping[str, Any]) -> int:
    """Writes a cell and returns the characters that it is wide."""
    style = formats.get(kind, formats["text"])
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(row, column, value / _DAY if kind == "duration" else value, style)
        return len(str(value))
    moment = _moment(value, kind)
    if moment is not None:
        sheet.write_datetime(row, column, moment, style)
        return _TIMES[kind][1]
    # A list has its parts on lines of their own.
    text = "\n".join(map(shown, value)) if kind == "list" and isinstance(value, list) else shown(value, kind)
    sheet.write_string(row, column, text[:_LONGEST], style)
    return max(map(len, text.split("\n")))


def _moment(value: Any, kind: str) -> datetime | None:
    """The time of a cell; None if it holds none that Excel knows."""
    if kind not in _TIMES or not isinstance(value, str):
        return None
    try:
        moment = datetime.strptime(value, _TIMES[kind][0])
    except ValueError:
        return None
    return moment if moment.year >= _FIRST_YEAR else None


def _unique(titles: Sequence[str]) -> list[str]:
    """Titles as a table needs them: of one line, not too long, none empty, none twice."""
    found: dict[str, str] = {}
    for title in titles:
        line = " ".join("".join(char if char.isprintable() else " " for char in title).split())
        head = name = line[: _LONGEST_HEAD - 10] or "Column"
        number = 1
        while name.casefold() in found:
            number += 1
            name = f"{head} ({number})"
        found[name.casefold()] = name
    return list(found.values())
