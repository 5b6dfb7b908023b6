# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workbook, read back from its XML."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Difference
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import xlsx
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import COLUMNS, own_columns
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import Reading
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.report import build
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import row

from support.surveys import read

NAMES = {"": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
OWN = {"name": "up", "title": "Up for", "kind": "duration", "query": "device.uptime_seconds"}


def report(*labels: str) -> dict[str, Any]:
    columns = (*COLUMNS, *own_columns([OWN]))
    made = []
    for number, label in enumerate(labels, 1):
        lines = [{"line": line, "label": label, "registered": True} for line in (1, 2)]
        info = {"device": {"model": "VVX 411", "firmware": "5.9.3.1111", "uptime_seconds": 43200}, "lines": lines}
        drift = [Difference("reg.1.label", "Desk", label, "web")]
        phone = Reading(f"phone-{number}", "192.0.2.1", read(info=info, compared=1, drift=drift))
        made.append(row(phone, columns))
    return build("Phones", made, columns)


def sheets(content: bytes) -> list[list[dict[str, str]]]:
    """The cells of each sheet as texts, by row and by the letter of the column."""
    book = zipfile.ZipFile(io.BytesIO(content))
    strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    texts = ["".join(part.itertext()) for part in strings.findall("si", NAMES)]

    def value(cell: ElementTree.Element) -> str:
        text = cell.findtext("v", "", NAMES)
        return texts[int(text)] if cell.get("t") == "s" else text

    found = []
    for name in sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet")):
        root = ElementTree.fromstring(book.read(name))
        assert not root.findall(".//f", NAMES), "no formula"
        found.append(
            [
                {re.sub("[0-9]", "", cell.get("r", "")): value(cell) for cell in line.findall("c", NAMES)}
                for line in root.findall(".//row", NAMES)
            ]
        )
    return found


def test_the_phones_and_their_drift() -> None:
    phones, drift = sheets(xlsx.to_xlsx(report("Büro, links", "=1+1")))
    assert [line["A"] for line in phones] == ["Host", "phone-1", "phone-2"]
    titles = {title: letter for letter, title in phones[0].items()}
    assert phones[1][titles["Lines"]] == "Büro, links\nBüro, links" and phones[1][titles["Registered"]] == "2/2"
    assert phones[1][titles["Up for"]] == "0.5", "a duration is a number of days"
    assert drift[2] == dict(zip("ABCDE", ["phone-2", "reg.1.label", "Desk", "=1+1", "web"]))


@pytest.mark.parametrize("text", ["http://example.org/", "+49 30 1", "x" * 40_000, "a\x00b\x0b", "☎", "{=1}", "0012"])
def test_texts_stay_texts(text: str) -> None:
    phones, drift = sheets(xlsx.to_xlsx(report(text)))
    shown = drift[1]["D"]
    assert len(shown) <= 32_767 and (text.startswith(shown) or "_x00" in shown)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert xlsx.to_xlsx(report("a", "b")) == xlsx.to_xlsx(report("a", "b"))
    assert len(sheets(xlsx.to_xlsx(build("None", [])))) == 1


def test_a_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    xlsx.check_library()
    monkeypatch.setattr(xlsx, "xlsxwriter", None)
    with pytest.raises(SettingsError, match="xlsx: the Python library XlsxWriter is missing") as refused:
        xlsx.check_library()
    assert (
        f"Leave xlsx out, or install it where this task runs: {sys.executable} -m pip install 'XlsxWriter>=3.1'"
        == refused.value.remedy
    )
