# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""CSV and JSON hold whatever names people have given, as plain text."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import jsonschema
import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Difference
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import formats
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import COLUMNS
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.earlier import Earlier
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.making import Run, make
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import Reading
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import row
from hypothesis import given
from hypothesis import strategies as st

from support import report_docs
from support.surveys import failed, read

SCHEMA = report_docs.schema()
VALIDATOR = jsonschema.Draft202012Validator(json.loads(report_docs.SCHEMA_FILE.read_text(encoding="utf-8")))
"""Of the published schema, which another test compares with the code's."""
NOW = "2026-11-27T08:00:00Z"
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "</script>",
    "| a | b |",
    "# head",
    "a\nb",
    "`x`",
    "[x](http://x)",
    "☎",
    "",
]


def report(*labels: str) -> dict[str, Any]:
    made = []
    for number, label in enumerate(labels):
        lines = [{"line": 1, "label": label, "registered": True}]
        drift = [Difference("reg.1.label", "Desk", label, "web")]
        info = {"device": {"model": label or None, "firmware": "5.9.3.1111"}, "lines": lines}
        made.append(row(Reading(f"phone-{number}", "192.0.2.1", read(info=info, compared=1, drift=drift))))
    made.append(row(Reading("gone", "192.0.2.2", failed("=cmd|' /C calc'!A0", kind="tls"))))
    return make(
        "Phones", made, COLUMNS, Run(NOW), Earlier(make("Phones", made[:1], COLUMNS, Run(NOW)).report, NOW)
    ).report


def cells(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("label", HOSTILE)
def test_no_cell_of_the_csv_is_a_formula(label: str) -> None:
    for line in cells(formats.to_csv(report(label))):
        assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for text in line.values())


@pytest.mark.parametrize("label", ["x;=1+1;y", "x; +1", "a\n@b", "＝1"])
def test_nor_where_a_semicolon_separates_cells(label: str) -> None:
    for line in formats.to_csv(report(label)).replace('"', "").replace("\n", ";").split(";"):
        assert not line.strip().startswith(("=", "+", "-", "@", "＝"))


def test_the_csv_reads_back() -> None:
    lines = cells(formats.to_csv(report('a, "b"\nc')))
    assert [line["host"] for line in lines] == ["gone", "phone-0"]
    assert lines[1]["lines"] == 'a, "b"\nc' and lines[1]["registered"] == "1 of 1" and lines[1]["behind"] == ""
    assert lines[0]["reason"] == "'=cmd|' /C calc'!A0"


@pytest.mark.parametrize("mark", ["\f", "\v", "\x1c", "\x85", "\u2028", "\u2029"])
def test_what_some_programs_take_for_the_end_of_a_line_stays_inside_its_cell(mark: str) -> None:
    text = formats.to_csv(report(f"a{mark}b"))
    assert f'"a{mark}b"' in text and cells(text)[1]["lines"] == f"a{mark}b"
    by_line = list(csv.DictReader(text.splitlines(keepends=True)))
    assert [line["host"] for line in by_line] == ["gone", "phone-0"] and by_line[1]["lines"] == f"a{mark}b"


def test_numbers_stay_numbers_in_the_csv() -> None:
    made = report("x")
    made["columns"].append({"name": "offset", "title": "Offset", "kind": "number"})
    made["rows"][1]["cells"]["offset"] = -3600
    assert cells(formats.to_csv(made))[1]["offset"] == "-3600"


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("time", "2026-11-27T08:00:00Z", "2026-11-27 08:00:00"),
        ("time", "yesterday", "yesterday"),
        ("time", None, ""),
        ("pair", [1, 2], "1 of 2"),
        ("duration", 273_905, "76:05:05"),
        ("duration", -60, "-0:01:00"),
        ("duration", None, ""),
        ("boolean", True, "yes"),
        ("number", -1.5, "-1.5"),
        ("list", ["a", "b"], "a | b"),
    ],
)
def test_spreadsheets_take_each_kind_for_what_it_is(kind: str, value: Any, expected: str) -> None:
    """1/2 would be a day in February, and 3 d 4 h can be neither sorted nor added up."""
    made = report("x")
    made["columns"].append({"name": "own", "title": "Own", "kind": kind})
    made["rows"][1]["cells"]["own"] = value
    assert cells(formats.to_csv(made))[1]["own"] == expected


def test_a_cell_is_no_longer_than_a_spreadsheet_takes_and_has_no_zero_byte() -> None:
    long, zero = cells(formats.to_csv(report("x" * 40_000, "a\0b")))[1:]
    assert len(long["lines"]) == 32_767 and long["lines"].endswith("xx...") and zero["lines"] == "a\ufffdb"


def test_no_csv_begins_like_a_file_of_another_kind() -> None:
    """Excel takes a file that begins with ID for a SYLK file, and says that it is broken."""
    assert formats.to_csv(report("x")).startswith("host,")


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(HOSTILE), max_size=4))
def test_the_json_is_of_the_published_shape(labels: list[str]) -> None:
    made = report(*labels)
    text = formats.to_json(made)
    assert json.loads(text) == made
    assert list(VALIDATOR.iter_errors(made)) == []
    assert text == formats.to_json(json.loads(text))


def test_the_documentation_is_in_step_with_the_columns() -> None:
    assert report_docs.SCHEMA_FILE.read_text(encoding="utf-8") == report_docs.schema_text(), "run nox -s generate"
    assert report_docs.PAGE.read_text(encoding="utf-8") == report_docs.page(), "run nox -s generate"


def test_the_schema_refuses_what_is_no_report() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    made = report("x")
    made["rows"][0]["cells"]["status"] = "fine"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, SCHEMA)


@pytest.mark.parametrize(("delimiter", "separator"), [("comma", ","), ("semicolon", ";"), ("tab", "\t")])
def test_a_csv_for_excel(delimiter: str, separator: str) -> None:
    made = report('Büro; 2, "links"', "=1")
    text = formats.to_csv(made, delimiter, bom=True)
    assert text.encode().startswith(b"\xef\xbb\xbfhost" + separator.encode())
    lines = list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=separator))
    assert [line["host"] for line in lines] == ["gone", "phone-0", "phone-1"]
    assert lines[1]["lines"] == 'Büro; 2, "links"' and lines[2]["lines"] == "'=1"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("delimiter", ["semicolon", "tab"])
def test_nor_does_a_formula_begin_where_another_separator_is_expected(separator: str, delimiter: str) -> None:
    text = formats.to_csv(report(f"x{separator} =1+1"), delimiter)
    assert f"x{separator} '=1+1" in text
