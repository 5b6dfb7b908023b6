# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTML page as a text. tests/browser uses it in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.page import summary
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.page.render import embed, render
from hypothesis import given
from hypothesis import strategies as st

from support.fleet_report import HOSTILE, changes, report, row

_MAX_ASSETS = 41_000
"""Bytes of markup, style and script that every page carries."""


class _Page(HTMLParser):
    """What a browser would find in the page: elements with their attributes, and the texts of styles and scripts."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, str] = {}
        self.text = ""
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = dict(attrs).get("id") or tag if tag in ("script", "style") else ""

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.raw[self._inside] = self.raw.get(self._inside, "") + data
        else:
            self.text += data

    @property
    def data(self) -> Any:
        return json.loads(self.raw["data"])

    def buttons(self) -> list[tuple[str | None, str | None]]:
        return [(attrs["data-filter"], attrs["data-value"]) for _tag, attrs in self.elements if "data-filter" in attrs]


def _hostile_report() -> dict[str, Any]:
    """A report in which every text from outside is hostile."""
    rows = []
    for number, label in enumerate(HOSTILE):
        one = row(number + 1)
        one["cells"].update(
            host=f"{label}{number}",
            reason=label,
            model=label,
            firmware=label,
            lines=[label],
            problems=[label],
            status=label,
        )
        one["detail"]["lines"] = [{"line": 1, "label": label, "user": label, "registered": True}]
        one["detail"]["drift"] = [dict.fromkeys(("parameter", "wanted", "has", "source", "layer", "file"), label)]
        one["detail"].update(problems=[label], remedy=label)
        rows.append(one)
    changed = [{"host": label, "column": label, "before": label, "after": [label]} for label in HOSTILE]
    made = report(
        rows=rows,
        title=HOSTILE[0],
        changes={"appeared": list(HOSTILE), "disappeared": list(HOSTILE), "changed": changed},
    )
    made["columns"].append({"name": HOSTILE[1], "title": HOSTILE[1], "kind": HOSTILE[1]})
    return made


def test_needs_nothing_but_itself() -> None:
    page = _Page(render(report(25, changes=changes())))
    loading = {"src", "srcset", "href", "data", "action", "poster", "background", "style"}
    found = [
        (tag, name, value)
        for tag, attrs in page.elements
        for name, value in attrs.items()
        if name in loading or name.startswith("on")
    ]
    assert found == [("a", "href", "#phones")]
    assert not {"link", "iframe", "object", "embed", "img", "base", "form"} & {tag for tag, _attrs in page.elements}
    assert "url(" not in page.raw["style"] and "@import" not in page.raw["style"]
    assert not re.search(r"fetch|XMLHttp|WebSocket|import\(|eval|innerHTML|https?:", page.raw["script"])


def test_policy_allows_only_the_style_and_the_script_of_the_page() -> None:
    page = _Page(render(report(1)))
    policies = [
        attrs["content"]
        for tag, attrs in page.elements
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    ]

    def digest(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert len(policies) == 1
    directives = dict(directive.split(" ", 1) for directive in str(policies[0]).split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["style-src"] == digest(page.raw["style"])
    assert directives["script-src"] == digest(page.raw["script"])
    assert "unsafe" not in str(policies[0])


@pytest.mark.parametrize("phones", [0, 1, 25])
def test_embedded_data_are_the_report(phones: int) -> None:
    made = report(phones, changes=changes())
    assert _Page(render(made)).data == made


def test_hostile_texts_stay_texts() -> None:
    made = _hostile_report()
    harmless = json.loads(json.dumps(made))
    page = _Page(render(made))
    assert page.data == made

    tags = {tag for tag, _attrs in _Page(render(report(3, changes=changes()))).elements}
    assert {tag for tag, _attrs in page.elements} <= tags
    assert [tag for tag, attrs in page.elements if any(name.startswith("on") for name in attrs)] == []
    assert sum(tag == "script" for tag, _attrs in page.elements) == 2
    for label in HOSTILE:
        assert label in page.text
        assert ("problem", label) in page.buttons()
    assert harmless == made, "rendering must not alter the report"


def test_half_characters_and_control_characters_can_be_written() -> None:
    label = "a\ud800b\0c\x1bd"
    made = report(1, title=label)
    page = render(made)
    assert _Page(page.encode("utf-8").decode("utf-8")).data == made
    assert "a\ufffdb\ufffdc\ufffdd" in page


_TEXTS = st.text(st.one_of(st.sampled_from("<>&\"'/!-{}\u2028\u2029\u202e\u200b\ufeff\0\r\ud800"), st.characters()))
_DATA = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), _TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_TEXTS, inner, max_size=4)),
    max_leaves=12,
)


@given(_DATA)
def test_whatever_is_embedded_comes_back_and_ends_no_element(data: Any) -> None:
    text = embed(data)
    assert json.loads(text) == data
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", text)
    text.encode("utf-8")


@given(_TEXTS)
def test_no_text_makes_an_element(label: str) -> None:
    one = row(1)
    one["cells"].update(host=label, model=label, problems=[label])
    one["detail"]["problems"] = [label]
    made = report(rows=[one], title=label, changes={"appeared": [label], "disappeared": [], "changed": []})
    harmless = report(1, title="x", changes={"appeared": ["x"], "disappeared": [], "changed": []})
    harmless["rows"][0]["detail"]["problems"] = ["x"]
    harmless["summary"]["problems"] = {"x": 1}
    page, like = _Page(render(made)), _Page(render(harmless))
    assert [tag for tag, _attrs in page.elements] == [tag for tag, _attrs in like.elements]
    assert page.data == made


def test_equal_reports_make_equal_pages() -> None:
    def turned(value: Any) -> Any:
        """Equal, but with its mappings in another order."""
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(list(value))}
        return [turned(part) for part in value] if isinstance(value, list) else value

    made = report(40, changes=changes())
    assert turned(made) == made
    assert render(turned(made)) == render(made)


def test_an_empty_report_says_so() -> None:
    page = _Page(render(report(0)))
    assert "There are no phones in this report" in page.text
    assert "Summary" not in page.text
    assert "script" not in page.raw, "there is nothing for it to do"


def test_phones_that_disappeared_are_listed_even_if_none_is_left() -> None:
    page = _Page(render(report(0, changes={"appeared": [], "disappeared": ["phone-1"], "changed": []})))
    assert "Gone: 1 phone" in page.text and "phone-1" in page.text


def test_summary_is_there_without_script() -> None:
    text = " ".join(_Page(render(report(25))).text.split())
    assert "21 phones, 84 %" in text
    assert "unreachable 3 phones, 12 %" in text
    assert "All lines 20 phones, 80 %" in text
    assert "5.9.3.1111 9 phones, 36 %" in text
    assert "The table of all phones needs JavaScript" in text


def test_many_versions_are_cut_to_the_most_frequent() -> None:
    made = report(1)
    made["summary"]["firmwares"] = {f"5.{minor}": 1 + (minor == 11) for minor in range(13)}
    chart = next(chart for chart in summary.view(made)["charts"] if chart["title"] == "Firmware")
    assert [one["label"] for one in chart["bars"]] == ["5.11", *(f"5.{minor}" for minor in range(9))]
    assert (chart["left_out"], chart["left_out_phones"]) == (3, 3)
    assert "and 3 others, on 3 phones together" in _Page(render(made)).text


def test_equal_changes_are_one_line() -> None:
    seen = summary.view(report(25, changes=changes(upgraded=12)))["changes"]
    assert seen["changed"] == 12
    firmware, lines = seen["lines"]
    assert (firmware["column"], firmware["before"], firmware["after"], firmware["number"]) == (
        "Firmware",
        "5.8.0.12848",
        "5.9.3.1111",
        12,
    )
    assert firmware["hosts"]["hosts"][:2] == ["phone-1", "phone-2"] and firmware["hosts"]["left_out"] == 4
    assert (lines["before"], lines["after"], lines["filter"]) == ("Desk 4", "Reception 4", ("change", "12"))


def test_nothing_changed_is_not_the_same_as_nothing_to_compare_with() -> None:
    title = "Changes since the previous report"
    assert title not in render(report(3))
    assert title in render(report(3, changes={"appeared": [], "disappeared": [], "changed": []}))


@pytest.mark.parametrize(
    ("number", "phones", "percent"),
    [(0, 10, "0 %"), (1, 10_000, "< 1 %"), (1, 4, "25 %"), (9_999, 10_000, "> 99 %"), (7, 7, "100 %")],
)
def test_percentages_neither_hide_one_phone_nor_round_up_to_all(number: int, phones: int, percent: str) -> None:
    made = report(1)
    made["summary"].update(phones=phones, models={"VVX 411": number})
    chart = next(chart for chart in summary.view(made)["charts"] if chart["title"] == "Models")
    assert chart["bars"][0]["percent"] == percent


def test_columns_of_any_kind_and_of_no_cell() -> None:
    made = report(2)
    made["columns"] = [
        {"name": "host", "title": "Host", "kind": "text"},
        {"name": "vlan", "title": "VLAN", "kind": "surprise"},
    ]
    made["rows"] = [
        {"cells": {"host": "a"}, "detail": row(1)["detail"]},
        {"cells": {"host": "b", "vlan": ["1", "2"]}, "detail": row(2)["detail"]},
    ]
    assert _Page(render(made)).data == made


def test_infinity_is_refused() -> None:
    made = report(1)
    made["rows"][0]["cells"]["drift"] = float("inf")
    with pytest.raises(ValueError, match="not JSON compliant"):
        render(made)


def test_assets_stay_small() -> None:
    assert len(render(report(1)).encode()) < _MAX_ASSETS + 3_000
