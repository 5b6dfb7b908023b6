# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""CSV, JSON and Markdown hold whatever names people have given, as plain text."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import jsonschema
import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Difference
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import formats
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import Reading
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.report import build
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import row
from hypothesis import given
from hypothesis import strategies as st

from support import report_docs
from support.surveys import failed, read

SCHEMA = json.loads(report_docs.SCHEMA_FILE.read_text(encoding="utf-8"))
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
    return build("Phones", made, previous=build("Phones", made[:1]))


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
    assert lines[1]["lines"] == 'a, "b"\nc' and lines[1]["registered"] == "1/1" and lines[1]["behind"] == ""
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


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(HOSTILE), max_size=4))
def test_the_json_is_of_the_published_shape(labels: list[str]) -> None:
    made = report(*labels)
    text = formats.to_json(made)
    assert json.loads(text) == made
    jsonschema.validate(made, SCHEMA)
    assert text == formats.to_json(json.loads(text))


def test_the_documentation_is_in_step_with_the_columns() -> None:
    assert report_docs.SCHEMA_FILE.read_text(encoding="utf-8") == report_docs.schema_text(), "run nox -s generate"
    assert report_docs.PAGE.read_text(encoding="utf-8") == report_docs.page(), "run nox -s generate"


def test_changes_of_pairs_are_of_the_published_shape_and_readable() -> None:
    made = report("x")
    made["changes"]["changed"] = [{"host": "phone-0", "column": "registered", "before": [0, 1], "after": [1, 1]}]
    jsonschema.validate(made, SCHEMA)
    assert "* phone-0: registered was 0/1, is 1/1" in formats.to_markdown(made)
    assert "| 1/1 |" in formats.to_markdown(made)


def test_the_schema_refuses_what_is_no_report() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    made = report("x")
    made["rows"][0]["cells"]["status"] = "fine"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, SCHEMA)


@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
    | st.sampled_from([label for label in HOSTILE if label])
)
def test_no_text_breaks_a_table_of_the_markdown(label: str) -> None:
    text = formats.to_markdown(report(label))
    table = text[text.index("## Phones") : text.index("## Drift")].strip().split("\n")[2:]
    assert len(table) == 2 + 2, "heading, rule and a line a phone"
    assert len({line.replace("\\|", "").count("|") for line in table}) == 1


def test_the_markdown_sums_up() -> None:
    text = formats.to_markdown(report("Desk *1*"))
    assert text.startswith(
        "# Phones\n\n2 phones: 1 ok; 1 tls; lines registered: 1 all, 1 unknown; 0 behind on firmware; 1 drifting."
    )
    assert "| phone-0 | reg.1.label | Desk | Desk \\*1\\* | web |" in text
    assert "* gone has disappeared" not in text and "phone-0 has appeared" not in text
    assert "There are none." in formats.to_markdown(build("Phones", []))


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


def test_one_phone_is_one_phone() -> None:
    assert "1 phone: 1 ok" in formats.to_markdown(build("T", report("x")["rows"][1:]))
