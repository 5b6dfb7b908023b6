# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter of the page: its language, its messages, its suggestions, and the address that keeps it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from support import cockpit
from support.fleet_report import HOSTILE

from .conftest import OpenPage
from .using import announced, column, search

_FIVE = ("berlin-1001", "berlin-1002", "münchen-1", "wien-1", "odd")


def _five() -> dict[str, Any]:
    """Five phones with something special each."""
    rows = [cockpit.phone(number, random.Random(1), 0.0) for number in range(1, 6)]
    first, second, third, fourth, odd = rows
    for row, host in zip(rows, _FIVE):
        row["cells"] |= {"host": host, "site": host.split("-")[0], "firmware": "5.9.3.1111", "problems": []}
        row["cells"]["lines"], row["detail"]["lines"] = ["Desk"], []
    first["cells"] |= {"Room": "3rd floor", "registered": [0, 1], "state": "unregistered", "lines": ["Reception"]}
    first["cells"]["problems"] = ["line 1 is not registered"]
    first["detail"]["lines"] = [
        {"line": 1, "label": "Reception", "user": "7001", "registered": False, "server": "sip.berlin.example"}
    ]
    first["causes"] = [{"cause": "unregistered", "since": cockpit.ago(days=2)}]
    second["cells"] |= {
        "firmware": "5.10.0.1",
        "behind": True,
        "drift": 2,
        "state": "drifting",
        "booted": cockpit.ago(days=3),
    }
    second["detail"]["drift"] = [
        {"parameter": "reg.1.label", "wanted": "Desk, left", "has": "Desk", "source": "web"}
        | {"layer": "vvx_parameters_host", "file": "host_vars/x.yml", "line": 3},
        {"parameter": "up.backlight", "wanted": "2", "has": "3", "source": "web"}
        | {"layer": "vvx_parameters_site", "file": None, "line": None},
    ]
    second["causes"] = [
        {"cause": "drifting", "since": cockpit.ago(days=40)},
        {"cause": "behind", "since": cockpit.ago(days=40)},
    ]
    third["cells"] |= {"status": "unreachable", "state": "unmanaged", "registered": None, "drift": None, "behind": None}
    third["cells"] |= {"last_seen": cockpit.ago(hours=5), "Room": None, "model": "VVX 601", "lines": []}
    third["detail"] |= {"known": True, "lines": []}
    third["causes"] = [{"cause": "unmanaged", "since": cockpit.ago(days=20)}]
    fourth["cells"] |= {"address": "fe80::9", "mac": "00:04:f2:aa:bb:cc", "firmware": None, "Room": 'a"b\\c*d'}
    odd["cells"] |= {
        "Room": "comma, and space",
        "lines": ["🙂 smile", "straße", "a\u200bb"],
        "booted": cockpit.ago(days=80),
    }
    report = cockpit.report(rows=rows)
    report["columns"] += [
        {"name": "Floor plan", "title": "Floor plan", "kind": "number", "by": True},
        {"name": "up", "title": "Uptime in total", "kind": "duration", "by": False},
        {"name": "a:b", "title": "Odd: name", "kind": "text", "by": False},
        {"name": "__proto__", "title": "constructor", "kind": "text", "by": False},
    ]
    third["causes"][0]["since"] = None
    for number, row in enumerate(rows):
        row["cells"] |= {"Floor plan": number, "up": number * 86400, "a:b": f"<{number}"}
    report["changes"] |= {
        "appeared": [_FIVE[0]],
        "changed": [{"host": _FIVE[1], "column": "firmware", "before": "5", "after": "6"}],
        "broken": [{"host": _FIVE[1], "cause": "drifting"}],
        "repaired": [{"host": _FIVE[3], "cause": "drifting"}],
    }
    return report


@pytest.fixture(scope="module")
def five(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    opener = OpenPage(chromium, tmp_path_factory.mktemp("five"))
    yield opener(_five())
    for context in opener.contexts:
        context.close()
    assert opener.unwanted == []


def _found(page: Page, query: str) -> tuple[list[int], list[str]]:
    """The places in _FIVE of the phones that pass, and the errors."""
    hosts, errors = page.evaluate(
        "(query) => { const made = parseFilter(query);"
        " return [report.rows.filter(made.passes).map((row) => row.cells.host), made.errors]; }",
        query,
    )
    return [_FIVE.index(host) for host in hosts], errors


_ALL = [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", _ALL),
        ("   ", _ALL),
        # words
        ("berlin", [0, 1]),
        ("BERLIN 1002", [1]),
        ("munchen", [2]),
        ("reception", [0]),
        ("7001", [0]),
        ("sip.berlin", [0]),
        ('"is not registered"', [0]),
        ('"not  registered"', []),
        ("not registered", [0]),
        ("-berlin", [2, 3, 4]),
        ('-"line 1"', [1, 2, 3, 4]),
        ("ber*1002", [1]),
        ("🙂", [4]),
        ("strasse", []),  # ß is no accented s
        ("straße", [4]),
        ("lines:ab", [4]),
        ("fe80::9", [3]),
        ("00:04:f2:aa:bb:cc", [3]),
        ("0004F2AABBCC", [3]),
        ("00-04-f2-aa-bb-cc", [3]),
        ("https://nowhere", []),
        ("12:30", []),
        ('a"b', [3]),
        ("-", _ALL),
        # equal
        ("site:berlin", [0, 1]),
        ("Site:BERLIN", [0, 1]),
        ("site:munchen", [2]),
        ("site:ber", []),
        ("site:berlin,wien", [0, 1, 3]),
        ("site:berlin, wien", []),
        ("site:nowhere,", []),
        ("-site:berlin,wien", [2, 4]),
        ("site:berlin host:berlin-1002", [1]),
        ("site:=berlin", [0, 1]),
        ('room:"3rd floor"', [0]),
        ("room:\u201c3rd floor\u201d", [0]),
        ('room:"comma, and space",nothing', [4]),
        ('room:"a\\"b\\\\c\\*d"', [3]),
        ('Room:"a*d"', [3]),
        ("room:*", [0, 1, 3, 4]),
        ('room:""', [2]),
        ('-room:""', [0, 1, 3, 4]),
        ("host:ber*-100?", []),
        ("host:*-1*", [0, 1, 2, 3]),
        ('model:"VVX 6*"', [1, 2]),
        ("label:reception", [0]),
        ("label:straße", [4]),
        # contained
        ("label~recep", [0]),
        ("host~en-", [2, 3]),
        ("-host~en-", [0, 1, 4]),
        ("host~1001,odd", [0, 4]),
        ("host~b*2", [1]),
        # kinds
        ("behind:yes", [1]),
        ("behind:true", [1]),
        ("behind:no", [0, 3, 4]),
        ("drift:2", [1]),
        ("drift:>1", [1]),
        ("drift:>2", []),
        ("drift:*", [1]),
        ("drift:reg.*", [1]),
        ("drift~backlight", [1]),
        ('wanted:"Desk, left"', [1]),
        ("has:Desk", [1]),
        ("layer:vvx_parameters_site", [1]),
        ("registered:0/1", [0]),
        ("registered:none", [0]),
        ("registered:unknown", [2]),
        ("registered:<1", [0]),
        ("user:7001", [0]),
        ("server:sip.berlin*", [0]),
        ("registrar~BERLIN", [0]),
        ("mac:0004f2aabbcc", [3]),
        ("mac:00-04-F2-AA-BB-CC", [3]),
        ("mac:0004f2aa*", [3]),
        ("ip:fe80::9", [3]),
        ("ip:>10.0.0.3", [2, 4, 3]),
        ("fw:<5.9.4", [0, 2, 4]),
        ("fw:<=5.9.3.1111", [0, 2, 4]),
        ("fw:>5.9.3.1111", [1]),
        ("fw:>=5.9.3.1111 fw:<5.10", [0, 2, 4]),
        ("-fw:<5.10", [1, 3]),
        ("fw:<5,>5.9.9", [1]),
        ("booted:>2026-11-01", [0, 1, 2, 3]),
        ("booted:2026-11-24", [1]),
        ("booted:<7d", [0, 1, 2, 3]),
        ("booted:>2w", [4]),
        ("seen:<6h", [2]),
        ("since:<7d", [0]),
        ("since:>=30d", [1]),
        ("uptimeintotal:>2d", [3, 4]),
        ("up:>=86400 up:<3d", [1, 2]),
        ("expires:>2044", _ALL),
        # people's names
        ("floorplan:1", [1]),
        ("FLOOR_PLAN:1", [1]),
        ('"Floor plan":>2', [3, 4]),
        ('"a:b":"<3"', [3]),
        ('oddname:"<3"', [3]),
        ("__proto__:x", []),
        ("constructor:x", []),
        # states
        ("state:unregistered", [0]),
        ("state:behind", [1]),
        ("state:drifting,unmanaged", [1, 2]),
        ("state:ok", [3, 4]),
        ("-state:ok", [0, 1, 2]),
        ("state:offline", [2]),
        ("state:unreachable", [2]),
        ("status:managed", [0, 1, 3, 4]),
        ("cause:behind", [1]),
        ("is:new", [0]),
        ("is:changed", [1]),
        ("is:broken", [1]),
        ("is:repaired", [3]),
        ("is:known", [2]),
        ("-is:known", [0, 1, 3, 4]),
        ("is:selected", []),
    ],
)
def test_finds(five: Page, query: str, found: list[int]) -> None:
    assert _found(five, query) == (sorted(found), [])


@pytest.mark.parametrize(
    ("query", "error"),
    [
        (
            "foo:bar",
            r"^There is no field foo\. The fields are state, .*, site, .*To find foo:bar as text, put it in quo",
        ),
        ('"no such":x', r"^There is no field no such\."),
        ("C:\\phones", "no field C"),
        ("a~b", "no field a"),
        ("site:", r"^Write a value after site:$"),
        ("site~", r"^Write a value after site~$"),
        ("fw:<", r"^Write a value after firmware:<$"),
        ("-site:", "Write a value"),
        ('"open', r"^A quotation mark is missing at the end\.$"),
        ('room:"3rd', "quotation mark"),
        ("is:bogus", r"^is is one of new, changed, broken, repaired, known, selected\.$"),
        ("state:unregisterd", r"^state is one of ok, unmanaged"),
        ("state:<ok", r"can't be compared"),
        ("behind:>yes", r"can't be compared"),
        ("drift:>x", r"^x is not a number\.$"),
        ("registered:<all", "not a number"),
        ("up:>soon", "not a number"),
        ("booted:>soon", r"^booted is a time"),
        ("booted:<2026-13", None),
        ("foo:1 bar:2", r"foo.*bar"),
    ],
)
def test_says_what_is_wrong(five: Page, query: str, error: str | None) -> None:
    _hosts, errors = _found(five, query)
    if error is None:
        assert errors == []
    else:
        assert re.search(error, " ".join(errors)), errors


@pytest.mark.parametrize(
    "hostile", [*HOSTILE, '\\"', '"', "*", "a,b", "-x", "<5", "", " ", "\u201cx\u201d", "x:y~z", "\\"]
)
def test_any_value_and_any_name_can_be_written_as_a_term(five: Page, hostile: str) -> None:
    read = five.evaluate(
        """(value) => {
            fieldsByWord.set(value, fields.get("site"));
            const [made] = readTerms(term("host", value));
            const named = { field: fields.get("site"), items: [{ text: "x" }] };
            const [other] = value ? readTerms(term(value, "x")) : [named];
            fieldsByWord.delete(value);
            return [made.error, made.items.map((item) => item.parts), other.field?.name, other.items[0].text];
        }""",
        hostile,
    )
    assert read == [None, [[hostile]], "site", "x"]


@pytest.mark.parametrize(
    ("query", "term", "toggled"),
    [
        ("", "site:berlin", "site:berlin"),
        ("site:berlin", "site:Berlin", ""),
        ("site:berlin", "site:wien", "site:berlin,wien"),
        ("x site:berlin,wien y", "site:wien", "x site:berlin y"),
        ("x site:berlin,wien y", "site:berlin,wien", "x y"),
        ("-site:berlin", "site:berlin", "-site:berlin site:berlin"),
        ("-site:berlin", "-site:wien", "-site:berlin,wien"),
        ("fw:<5", "firmware:<5", ""),
        ("fw:<5", "fw:>6", "fw:<5 fw:>6"),
        ("site~ber", "site:berlin", "site~ber site:berlin"),
        ("berlin x", "berlin", "x"),
        ('"open', "state:ok", '"open" state:ok'),
        ("foo:bar", "state:ok", "foo:bar state:ok"),
        ("site:berlin state:ok", "site:wien state:behind", "site:wien state:behind"),
        ("up site:wien state:behind", "site:wien state:behind", "up"),
        ("site:wien,berlin state:behind", "site:wien state:behind", "site:wien state:behind"),
        ('site:"a b",c*', "site:d", 'site:"a b",c*,d'),
        ("site:berlin", "", "site:berlin"),
        ("site:berlin", '"__proto__":x', 'site:berlin "__proto__":x'),
    ],
)
def test_a_term_is_added_and_taken_away(five: Page, query: str, term: str, toggled: str) -> None:
    assert five.evaluate("([query, term]) => toggleTerm(query, term)", [query, term]) == toggled
    if term:
        assert five.evaluate("([query, term]) => hasTerm(query, term)", [toggled, term]) is (
            not five.evaluate("([query, term]) => hasTerm(query, term)", [query, term])
        )


class TestBox:
    def test_filters_while_one_types(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40))
        expect(announced(page)).to_have_text("40 phones")
        page.locator("#search").press_sequentially("site:wien reception ")
        expect(announced(page)).to_have_text("7 of 40 phones")
        assert set(column(page, "Site")) == {"wien"}

    def test_what_is_wrong_stands_below_and_what_is_there_stays(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40))
        search(page, "site:wien")
        search(page, "site:wien foo:bar")
        expect(page.locator("#filter-error")).to_contain_text("There is no field foo")
        expect(page.locator("#search")).to_have_attribute("aria-invalid", "true")
        expect(announced(page)).to_have_text("7 of 40 phones")
        search(page, "site:wien fw:5*")
        expect(page.locator("#filter-error")).to_be_hidden()
        assert page.locator("#search").get_attribute("aria-invalid") is None

    def test_an_address_with_an_error_shows_all_and_says_so(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(4), "#q=foo:bar+%E0%A4%A")
        expect(announced(page)).to_have_text("4 of 4 phones")
        expect(page.locator("#filter-error")).to_contain_text("no field foo")

    def test_nothing_found_offers_the_way_back(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(25))
        search(page, "no such phone")
        expect(announced(page)).to_have_text("0 of 25 phones")
        expect(page.locator("#table")).to_be_hidden()
        page.get_by_role("button", name="Show all phones").click()
        expect(announced(page)).to_have_text("25 phones")
        expect(page.locator("#search")).to_be_focused()

    def test_the_question_mark_explains_and_every_example_is_right(self, open_page: OpenPage) -> None:
        page = open_page(_five())
        page.locator("#syntax summary").click()
        examples = page.locator("#syntax tbody code").all_inner_texts()
        assert len(examples) > 10
        for example in examples:
            for one in example.split(" or "):
                assert _found(page, one)[1] == [], one
        page.keyboard.press("Escape")
        expect(page.locator("#syntax .popover")).to_be_hidden()
        expect(page.locator("#syntax summary")).to_be_focused()


class TestSuggestions:
    def test_of_fields_and_values_by_keyboard(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40))
        box = page.get_by_role("combobox", name="Filter")
        box.focus()
        page.keyboard.type("sit")
        expect(box).to_have_attribute("aria-expanded", "true")
        options = page.get_by_role("option")
        expect(options.first).to_contain_text("site:")
        page.keyboard.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")
        assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
        page.keyboard.press("Enter")
        expect(box).to_have_value("site:")
        expect(options).to_have_count(6)
        page.keyboard.type("mun")
        expect(options).to_have_count(1)
        expect(options.first).to_have_text("münchen 7 phones")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        expect(box).to_have_value("site:münchen ")
        expect(announced(page)).to_have_text("7 of 40 phones")
        expect(box).to_have_attribute("aria-expanded", "false")

    def test_escape_closes_them_and_keeps_the_text(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40))
        page.locator("#search").press_sequentially("state:un")
        expect(page.locator("#suggestions")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#suggestions")).to_be_hidden()
        expect(page.locator("#search")).to_have_value("state:un")

    def test_a_click_takes_one(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40))
        page.locator("#search").press_sequentially("berl")
        page.get_by_role("option", name="site:berlin").click()
        expect(page.locator("#search")).to_have_value("site:berlin ")
        expect(page.locator("#search")).to_be_focused()
        expect(announced(page)).to_have_text("6 of 40 phones")

    def test_in_the_middle_of_a_query(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40))
        search(page, "mod reception")
        page.locator("#search").evaluate("(box) => box.setSelectionRange(3, 3)")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#search")).to_have_value("model: reception")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#search")).to_have_value('model:"VVX 411" reception')

    def test_hostile_values_are_texts(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(14, hostile=True))
        page.locator("#search").press_sequentially("room:")
        expect(page.get_by_role("option")).to_have_count(len(HOSTILE))
        for number in range(len(HOSTILE)):
            search(page, "")
            page.locator("#search").press_sequentially("room:")
            page.get_by_role("option").nth(number).click()
            expect(announced(page)).to_have_text("2 of 14 phones")
            assert page.locator("img, iframe").count() == 0


class TestButtons:
    def test_a_button_adds_its_term_and_follows_the_query(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40, sick=1.0))
        button = page.locator('button[data-query="state:unregistered"]').first
        expect(button).to_have_attribute("aria-pressed", "false")
        button.click()
        expect(page.locator("#search")).to_have_value("state:unregistered")
        expect(button).to_have_attribute("aria-pressed", "true")
        search(page, "reception")
        expect(button).to_have_attribute("aria-pressed", "false")
        search(page, "reception cause:drifting state:behind,unregistered")
        expect(button).to_have_attribute("aria-pressed", "true")
        button.click()
        expect(page.locator("#search")).to_have_value("reception cause:drifting state:behind")

    def test_a_button_shows_the_phones_and_back_returns(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40, sick=1.0))
        page.locator("#tab-sites").click()
        expect(page.locator("#view-phones")).to_be_hidden()
        page.locator('button[data-query="state:unregistered"]').first.click()
        expect(page.locator("#view-phones")).to_be_visible()
        page.go_back()
        expect(page.locator("#view-phones")).to_be_hidden()
        expect(page.locator("#search")).to_have_value("")
        page.go_forward()
        expect(page.locator("#search")).to_have_value("state:unregistered")
