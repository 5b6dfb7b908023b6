# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as a workbook for Excel. The same report gives the same bytes. Needs the library XlsxWriter."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._phone.libraries import missing
from .rows import DRIFT_HEADS, drift_cells
from .values import shown

try:
    import xlsxwriter
except ImportError:
    xlsxwriter = None

_LONGEST = 32_767
"""Characters of a cell; Excel takes no more."""
_WIDEST = 60
_AT = datetime.datetime(2000, 1, 1)
"""When the workbook claims to be made: always the same."""
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORMATS = {"duration": {"num_format": "[h]:mm:ss"}, "list": {"text_wrap": True}}
_DAY = 86_400


def check_library() -> None:
    """Raises SettingsError where the library is missing."""
    if xlsxwriter is None:
        raise missing("XlsxWriter", "xlsx")


def to_xlsx(report: Mapping[str, Any]) -> bytes:
    """Sheets with the phones and, if there is any, the drift. No text can run as a formula."""
    buffer = io.BytesIO()
    columns = report["columns"]
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        book.set_properties({"title": report["title"][:255], "created": _AT})
        rows = [[row["cells"].get(column["name"]) for column in columns] for row in report["rows"]]
        _sheet(book, "Phones", [column["title"] for column in columns], [column["kind"] for column in columns], rows)
        drift = [line for row in report["rows"] for line in drift_cells(row)]
        if drift:
            _sheet(book, "Drift", DRIFT_HEADS, ["text"] * len(DRIFT_HEADS), drift)
    return buffer.getvalue()


def _sheet(book: Any, name: str, heads: Sequence[str], kinds: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    formats = [book.add_format(_FORMATS.get(kind, {})) for kind in kinds]
    widths = [len(head) for head in heads]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head[:_LONGEST], bold)
    for number, row in enumerate(rows, 1):
        for column, (value, kind) in enumerate(zip(row, kinds)):
            if value is None:
                continue
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                sheet.write_number(number, column, value / _DAY if kind == "duration" else value, formats[column])
                widths[column] = max(widths[column], len(str(value)))
            else:
                # A list has its parts on lines of their own.
                text = (
                    "\n".join(map(shown, value)) if kind == "list" and isinstance(value, list) else shown(value, kind)
                )
                sheet.write_string(number, column, text[:_LONGEST], formats[column])
                widths[column] = max(widths[column], *map(len, text.split("\n")))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(width, _WIDEST) + 2)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(heads) - 1)
