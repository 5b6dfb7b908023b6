# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTML page as a text. tests/browser uses it in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.page import changed, trend, verdict, words
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.page.render import embed, render
from hypothesis import given
from hypothesis import strategies as st

from support import cockpit
from support.fleet_report import HOSTILE, report, row

_MAX_ASSETS = 180_000
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

    def queries(self) -> list[str | None]:
        return [attrs["data-query"] for _tag, attrs in self.elements if "data-query" in attrs]


def _hostile_report() -> dict[str, Any]:
    """A report in which every text from outside is hostile."""
    made = cockpit.report(len(HOSTILE), hostile=True, title=HOSTILE[0])
    for number, (label, one) in enumerate(zip(HOSTILE, made["rows"])):
        one["cells"].update(
            host=f"{label}{number}", reason=label, model=label, firmware=label, lines=[label], problems=[label]
        )
        one["cells"].update(status=label, state=label)
        one["causes"] = [{"cause": label, "since": made["time"]}]
        one["detail"]["drift"] = [dict.fromkeys(("parameter", "wanted", "has", "source", "layer", "file"), label)]
        one["detail"].update(problems=[label], remedy=label)
    made["summary"]["attention"] = len(HOSTILE)
    made["causes"] = [
        {"cause": label, "severity": label, "title": label, "phones": 1, "new": 1, "since": made["time"]}
        | {"remedy": label, "playbook": label, "statuses": [{"status": label, "phones": 1, "remedy": label}]}
        for label in HOSTILE
    ]
    made["changes"] = {
        "appeared": list(HOSTILE),
        "disappeared": list(HOSTILE),
        "changed": [{"host": label, "column": label, "before": label, "after": [label]} for label in HOSTILE],
        "broken": [{"host": label, "cause": label} for label in HOSTILE],
        "repaired": [{"host": label, "cause": label} for label in HOSTILE],
    }
    made["history"][-1]["events"] = [[f"{HOSTILE[0]}0", kind, *HOSTILE[:3]] for kind in ("broken", "changed")]
    made["columns"].append({"name": HOSTILE[1], "title": HOSTILE[1], "kind": HOSTILE[1], "by": True})
    return made


def test_needs_nothing_but_itself() -> None:
    page = _Page(render(cockpit.report(40)))
    loading = {"src", "srcset", "href", "data", "action", "poster", "background", "style"}
    found = [
        (tag, name, value)
        for tag, attrs in page.elements
        for name, value in attrs.items()
        if name in loading or name.startswith("on")
    ]
    assert ("a", "href", "#phones") in found
    assert {tag for tag, _name, _value in found} == {"a", "use"}
    assert all(value.startswith("#") for _tag, _name, value in found if value)
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
    made = cockpit.report(phones)
    assert _Page(render(made)).data == made


def test_hostile_texts_stay_texts() -> None:
    made = _hostile_report()
    harmless = json.loads(json.dumps(made))
    page = _Page(render(made))
    assert page.data == made

    tags = {tag for tag, _attrs in _Page(render(cockpit.report(40))).elements}
    assert {tag for tag, _attrs in page.elements} <= tags
    assert [tag for tag, attrs in page.elements if any(name.startswith("on") for name in attrs)] == []
    assert sum(tag == "script" for tag, _attrs in page.elements) == 2
    for label in HOSTILE:
        assert label in page.text
        assert f"state:{label}" in page.queries()
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
    def made_with(text: str) -> dict[str, Any]:
        made = cockpit.report(1, sick=0, title=text)
        made["rows"][0]["cells"]["host"] = made["rows"][0]["detail"]["problems"] = "x"
        made["causes"] = [{"cause": text, "severity": "critical", "title": text, "phones": 1, "new": 1, "remedy": text}]
        made["causes"][0] |= {"since": made["time"], "statuses": [{"status": text, "phones": 1, "remedy": text}]}
        made["changes"] = {"appeared": [f"gone {text}"], "disappeared": [], "changed": [], "broken": [], "repaired": []}
        made["changes"]["changed"] = [{"host": "y", "column": f"c{text}", "before": text, "after": text}]
        made["history"] = []
        return made

    made = made_with(label)
    page, like = _Page(render(made)), _Page(render(made_with("x")))
    assert [tag for tag, _attrs in page.elements] == [tag for tag, _attrs in like.elements]
    assert page.data == made


def test_equal_reports_make_equal_pages() -> None:
    def turned(value: Any) -> Any:
        """Equal, but with its mappings in another order."""
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(list(value))}
        return [turned(part) for part in value] if isinstance(value, list) else value

    made = cockpit.report(40)
    assert turned(made) == made
    assert render(turned(made)) == render(made)


def test_an_empty_report_says_so() -> None:
    page = _Page(render(cockpit.report(0, runs=0)))
    assert "There are no phones in this report" in page.text
    assert "script" not in page.raw, "there is nothing for it to do"


def test_phones_that_disappeared_are_listed_even_if_none_is_left() -> None:
    page = _Page(render(cockpit.report(0)))
    assert "Gone: 1 phone" in page.text and "berlin-old" in page.text


class TestVerdict:
    @pytest.mark.parametrize(
        ("phones", "attention", "words"),
        [
            (2400, 92, "92 of 2,400 phones need attention"),
            (40, 1, "1 of 40 phones needs attention"),
            (2400, 0, "All 2,400 phones are fine"),
            (1, 1, "The phone needs attention"),
            (1, 0, "The phone is fine"),
        ],
    )
    def test_in_one_line(self, phones: int, attention: int, words: str) -> None:
        made = cockpit.report(40)
        made["summary"].update(phones=phones, attention=attention)
        assert verdict.verdict(made)["words"] == words

    def test_is_as_bad_as_the_worst_cause_and_good_if_only_notices_are_left(self) -> None:
        rows = [cockpit.phone(number, random.Random(1), 0) for number in range(1, 4)]
        rows[1]["causes"] = [{"cause": "rebooted", "since": cockpit.ago()}]
        assert verdict.verdict(cockpit.report(rows=rows))["severity"] == "good"
        rows[2]["causes"] = [{"cause": "behind", "since": cockpit.ago()}]
        made = verdict.verdict(cockpit.report(rows=rows))
        assert (made["severity"], made["fine"]) == ("warning", 1)
        assert [cause["cause"] for cause in made["causes"]] == ["behind", "rebooted"]

    def test_says_of_each_cause_how_many_since_when_and_what_to_do(self) -> None:
        made = cockpit.report(2400, sick=0.5)
        page = _Page(render(made))
        text = " ".join(page.text.split())
        for cause in made["causes"]:
            assert f"{cause['phones']:,} {cause['title']}" in text
            assert cause["remedy"] in text
            assert f"+{cause['new']:,} new" in text
            assert f"state:{cause['cause']}" in page.queries()
        assert "since 2026-11-10 16:00 UTC" in text and "As of 2026-11-27 08:00 UTC" in text
        assert "status:unreachable" in page.queries()


class TestTrend:
    def test_begins_with_the_second_report(self) -> None:
        text = _Page(render(cockpit.report(40, runs=0))).text
        assert "After two reports with changes" in text

    def test_a_number_holds_until_the_next_report(self) -> None:
        runs = [{"time": f"2026-11-2{day}T08:00:00Z", "phones": 40} for day in (1, 2, 5)]
        for run, number in zip(runs, (40, 30, 40)):
            run.update(reachable=number, registered=40, on_target=40 - number, drifting=40)
        made = trend.trend(runs)
        assert (made["runs"], made["since"]) == (3, "2026-11-21T08:00:00Z")
        reachable, registered, on_target, drifting = made["series"]
        assert reachable["path"] == "M0 2.0H30.0V22.0H120.0V2.0H120"
        assert registered["path"] == "M0 12.0H120", "no change is a line in the middle"
        assert (on_target["first"], on_target["last"], on_target["became"], drifting["became"]) == (0, 0, "", "")

    @pytest.mark.parametrize(("last", "reachable", "drifting"), [(41, "better", "worse"), (39, "worse", "better")])
    def test_says_what_became_of_it(self, last: int, reachable: str, drifting: str) -> None:
        runs = [dict.fromkeys(("reachable", "registered", "on_target", "drifting"), number) for number in (40, last)]
        made = trend.trend([{"time": f"2026-11-2{day}T08:00:00Z", **run} for day, run in enumerate(runs)])
        became = {line["title"]: line["became"] for line in made["series"]}
        assert (became["Reachable"], became["Parameters differ"]) == (reachable, drifting)

    def test_few_of_many_phones_make_no_mountain(self) -> None:
        runs = [dict.fromkeys(("reachable", "registered", "on_target", "drifting"), number) for number in (2400, 2401)]
        made = trend.trend([{"time": f"2026-11-2{day}T08:00:00Z", **run} for day, run in enumerate(runs)])
        before, after = map(float, re.findall(r"M0 ([\d.]+)H[\d.]+V([\d.]+)", made["series"][0]["path"])[0])
        assert 0 < before - after < 1


class TestChanges:
    def test_equal_changes_are_one_line(self) -> None:
        made = cockpit.report(40)
        hosts = [row["cells"]["host"] for row in made["rows"]]
        made["changes"]["changed"] = [
            {"host": host, "column": "firmware", "before": "5.8.0.12848", "after": "5.9.3.1111"} for host in hosts[:12]
        ] + [{"host": hosts[3], "column": "lines", "before": ["Desk 4"], "after": ["Reception 4"]}]
        group = changed.windows(made)[0]["groups"][-1]
        assert (group["title"], group["phones"]) == ("Changed", 12)
        firmware, lines = group["lines"]
        assert (firmware["title"], firmware["before"], firmware["after"], firmware["number"]) == (
            "Firmware",
            "5.8.0.12848",
            "5.9.3.1111",
            12,
        )
        assert [each["host"] for each in firmware["hosts"]] == hosts[:8] and firmware["left_out"] == 4
        assert firmware["query"] == "host:" + ",".join(hosts[:12])
        assert (lines["before"], lines["after"]) == ("Desk 4", "Reception 4")

    def test_spans_of_time_hold_what_happened_in_them(self) -> None:
        made = cockpit.report(40, sick=0)
        host = made["rows"][0]["cells"]["host"]
        made["rows"][0]["causes"] = [{"cause": "unregistered", "since": cockpit.ago(hours=3)}]
        for run in made["history"]:
            run["events"] = []
        events = {0: "broken", 2: "repaired", 5: "broken", 7: "appeared"}
        for days, kind in events.items():
            run = next(run for run in made["history"] if run["time"] == cockpit.ago(days=days))
            run["events"] = [[host, kind, None if kind == "appeared" else "unregistered", None, None]]
        _report, day, week = changed.windows(made)
        assert (day["short"], week["short"]) == ("1 broke", "1 broke, 1 repaired")
        line = day["groups"][0]["lines"][0]
        assert (line["title"], line["number"], line["still"]) == ("Not registered", 1, 1)

    def test_says_in_short_what_happened_since_the_last_report(self) -> None:
        made = cockpit.report(40, sick=0)
        assert changed.windows(made)[0]["short"] == "4 repaired, 1 new, 1 gone, 3 changed"
        assert "4 repaired, 1 new, 1 gone, 3 changed" in _Page(render(made)).text
        made["changes"] = dict.fromkeys(made["changes"], [])
        assert changed.windows(made)[0]["short"] == "no change"

    def test_no_change_is_not_the_same_as_nothing_to_compare_with(self) -> None:
        made = cockpit.report(3)
        made["changes"] = dict.fromkeys(made["changes"], [])
        assert "Nothing has changed." in _Page(render(made)).text
        assert "This is the first report." in _Page(render(cockpit.report(3, runs=0))).text

    def test_too_many_phones_to_name_are_found_by_what_has_happened(self) -> None:
        made = cockpit.report(150)
        made["changes"]["appeared"] = [row["cells"]["host"] for row in made["rows"]]
        groups = {group["title"]: group for group in changed.windows(made)[0]["groups"]}
        assert groups["New"]["lines"][0]["query"] == "happened:report/appeared"
        assert groups["Gone"]["lines"][0]["query"] is None, "a phone that is gone can't be found"


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("berlin-1001", "host:berlin-1001"),
        ("köln.1", "host:köln.1"),
        ("a b", 'host:"a b"'),
        ("-x", 'host:"-x"'),
        ('q"*\\', r'host:"q\"\*\\"'),
        ("", 'host:""'),
    ],
)
def test_terms_of_the_filter_language(value: str, term: str) -> None:
    assert words.term("host", [value]) == term


def test_columns_of_any_kind_and_of_no_cell() -> None:
    made = report(2)
    made["columns"] = [
        {"name": "host", "title": "Host", "kind": "text"},
        {"name": "vlan", "title": "VLAN", "kind": "surprise"},
    ]
    made["rows"] = [
        {"cells": {"host": "a"}, "causes": [], "detail": row(1)["detail"]},
        {"cells": {"host": "b", "vlan": ["1", "2"]}, "causes": [], "detail": row(2)["detail"]},
    ]
    assert _Page(render(made)).data == made


def test_infinity_is_refused() -> None:
    made = report(1)
    made["rows"][0]["cells"]["drift"] = float("inf")
    with pytest.raises(ValueError, match="not JSON compliant"):
        render(made)


def test_assets_stay_small() -> None:
    assert len(render(report(1)).encode()) < _MAX_ASSETS + 3_000
