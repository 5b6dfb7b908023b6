# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workbook, read back from its XML."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import xlsx

from support import cockpit

NAMES = {"": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
Sheet = list[dict[str, str]]


class Book:
    """A workbook. ``sheets``: the cells of each sheet as texts, by row and by the letter of the column."""

    def __init__(self, content: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(content))
        names = self.xml("xl/workbook.xml").findall(".//sheet", NAMES)
        shared = self.xml("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in self.zip.namelist() else []
        self.texts = ["".join(part.itertext()) for part in shared]
        self.sheets = {each.get("name", ""): self.sheet(number) for number, each in enumerate(names, 1)}

    def xml(self, path: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.zip.read(path))

    def sheet(self, number: int) -> Sheet:
        root = self.xml(f"xl/worksheets/sheet{number}.xml")
        assert not root.findall(".//f", NAMES), "no formula"
        return [
            {re.sub("[0-9]", "", cell.get("r", "")): self.value(cell) for cell in line.findall("c", NAMES)}
            for line in root.findall(".//row", NAMES)
        ]

    def value(self, cell: ElementTree.Element) -> str:
        text = cell.findtext("v", "", NAMES)
        return self.texts[int(text)] if cell.get("t") == "s" else text

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a sheet by the titles of their columns."""
        head, *rows = self.sheets[name]
        return [{title: row.get(letter, "") for letter, title in head.items()} for row in rows]


def book(report: dict[str, Any]) -> Book:
    return Book(xlsx.to_xlsx(report))


def with_column(kind: str, *values: Any, **column: Any) -> dict[str, Any]:
    """A report of healthy phones with a column of this kind and these cells."""
    made = cockpit.report(phones=len(values), sick=0)
    made["columns"].append({"name": "own", "title": "Own", "kind": kind, "by": False, **column})
    for row, value in zip(made["rows"], values):
        row["cells"]["own"] = value
    return made


def days(moment: datetime) -> float:
    """As Excel counts them."""
    return (moment - datetime(1899, 12, 30)) / timedelta(days=1)


def test_each_sheet_is_a_table_with_filters() -> None:
    made = cockpit.report(phones=60)
    found = book(made)
    assert list(found.sheets) == ["Attention", "Phones", "Drift", "Sites"]
    for number, (name, rows) in enumerate(found.sheets.items(), 1):
        table = found.xml(f"xl/tables/table{number}.xml")
        last = list(rows[0])[-1]
        assert table.get("name") == name and table.get("ref") == f"A1:{last}{len(rows)}"
        assert table.find("autoFilter", NAMES) is not None
        titles = [column.get("name") for column in table.findall(".//tableColumn", NAMES)]
        assert titles == list(rows[0].values()) and len(set(titles)) == len(titles)


def test_what_needs_attention_comes_worst_first_with_its_site_and_what_to_do() -> None:
    made = cockpit.report(phones=60)
    found = book(made).table("Attention")
    ill = [row for row in made["rows"] if row["causes"]]
    assert list(found[0]) == ["Host", "Site", "Room", "State", "Since", "Problems", "Remedy"]
    assert sorted(row["Host"] for row in found) == sorted(row["cells"]["host"] for row in ill)
    order = [each["title"] for each in made["causes"]]
    assert [row["State"] for row in found] == sorted((row["State"] for row in found), key=order.index)
    first = found[0]
    phone = next(row for row in ill if row["cells"]["host"] == first["Host"])
    assert first["Remedy"] == phone["detail"]["remedy"] and first["Site"] == phone["cells"]["site"]
    since = datetime.strptime(phone["causes"][0]["since"], "%Y-%m-%dT%H:%M:%SZ")
    assert float(first["Since"]) == pytest.approx(days(since))


def test_the_phones_with_real_dates_numbers_and_lists() -> None:
    made = with_column("duration", 43_200)
    cells = made["rows"][0]["cells"]
    cells |= {"lines": ["Büro, links", "=1+1"], "booted": "2026-11-26T06:00:00Z", "certificate_end": "2044-03-09"}
    (phone,) = book(made).table("Phones")
    assert phone["Lines"] == "Büro, links\n=1+1" and phone["Registered"] == "2/2" and phone["Drift"] == "0"
    assert float(phone["Booted"]) == days(datetime(2026, 11, 26, 6)) and phone["Last seen"] == ""
    assert float(phone["Certificate ends"]) == days(datetime(2044, 3, 9))
    assert phone["Own"] == "0.5", "a duration is a number of days"


@pytest.mark.parametrize(
    ("kind", "value", "shown"), [("time", "2026-11-26T06:00:00Z", "yyyy-mm-dd hh:mm"), ("duration", 60, "[h]:mm:ss")]
)
def test_times_and_durations_are_shown_as_such(kind: str, value: Any, shown: str) -> None:
    styles = book(with_column(kind, value)).xml("xl/styles.xml")
    assert shown in {each.get("formatCode") for each in styles.findall(".//numFmt", NAMES)}


@pytest.mark.parametrize("value", ["yesterday", "1066-10-14T09:00:00Z", "2026-13-01T00:00:00Z", "", "2026-11-26"])
def test_what_is_no_time_for_excel_stays_text(value: str) -> None:
    assert book(with_column("time", value)).table("Phones")[0]["Own"] == value


def test_the_drift_says_who_wants_what() -> None:
    made = cockpit.report(phones=200)
    found = book(made).table("Drift")
    expected = [(row, each) for row in made["rows"] for each in row["detail"]["drift"]]
    assert len(found) == len(expected) > 3
    for line, (row, each) in zip(found, expected):
        assert (line["Host"], line["Site"]) == (row["cells"]["host"], row["cells"]["site"])
        told = ("parameter", "wanted", "has", "source", "layer", "file", "line")
        assert [line[key.title()] for key in told] == ["" if each[key] is None else str(each[key]) for key in told]


def test_the_sites_with_the_number_of_phones_by_cause() -> None:
    made = cockpit.report(phones=60)
    found = [line for line in book(made).table("Sites") if line["By"] == "Site"]
    assert len(found) == 6 and sum(int(line["Phones"]) for line in found) == 60
    assert sum(int(line["Need attention"]) for line in found) == made["summary"]["attention"]
    for cause in made["causes"]:
        title = cause["title"] + (" (notice)" if cause["severity"] == "notice" else "")
        assert sum(int(line[title]) for line in found) == cause["phones"]


def test_a_report_without_phones_drift_and_sites() -> None:
    made = cockpit.report(phones=0, runs=0)
    made["columns"] = [{**column, "by": False} for column in made["columns"]]
    found = book(made)
    assert list(found.sheets) == ["Attention", "Phones"] and found.table("Phones") == []
    assert found.xml("xl/tables/table2.xml").get("ref", "").endswith("2"), "a table has a row"


@pytest.mark.parametrize("text", ["http://example.org/", "+49 30 1", "x" * 40_000, "a\x00b\x0b", "☎", "{=1}", "0012"])
def test_texts_stay_texts(text: str) -> None:
    shown = book(with_column("text", text)).table("Phones")[0]["Own"]
    assert len(shown) <= 32_767 and (text.startswith(shown) or "_x00" in shown)


@pytest.mark.parametrize("title", ["Host", "HOST", "", "a\nb", "x" * 300, "=1+1", "\u202e\0", "'", "[a]#@"])
def test_any_title_of_an_own_column(title: str) -> None:
    found = book(with_column("text", "value", title=title, by=True, name="own"))
    for number, (name, rows) in enumerate(found.sheets.items(), 1):
        titles = list(rows[0].values())
        assert len({each.casefold() for each in titles}) == len(titles), name
        assert all(0 < len(each) <= 255 and each.isprintable() for each in titles)
        columns = found.xml(f"xl/tables/table{number}.xml").findall(".//tableColumn", NAMES)
        assert [column.get("name") for column in columns] == titles


def test_the_same_report_gives_the_same_bytes() -> None:
    assert xlsx.to_xlsx(cockpit.report(phones=9)) == xlsx.to_xlsx(cockpit.report(phones=9))


def test_a_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    xlsx.check_library()
    monkeypatch.setattr(xlsx, "xlsxwriter", None)
    with pytest.raises(SettingsError, match="xlsx: the Python library XlsxWriter is missing") as refused:
        xlsx.check_library()
    assert refused.value.remedy == (
        f"Leave xlsx out, or install it where this task runs: {sys.executable} -m pip install 'XlsxWriter>=3.1'. "
        "In AWX, add it to the Python dependencies of the execution environment."
    )
