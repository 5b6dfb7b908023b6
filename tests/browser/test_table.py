# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of the phones: its columns, its order, and its rows by mouse and by keyboard."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.values import shown as as_text
from playwright.sync_api import Page, expect

from support import cockpit
from support.fleet_report import HOSTILE

from .conftest import OpenPage
from .using import announced, column, phones, search, sort_by, violations

_SIDEWAYS = "(element) => element.scrollWidth - element.clientWidth"


def _heads(page: Page) -> list[str]:
    return [title.strip() for title in page.locator("#table thead th").all_inner_texts()][1:]


def _selected(page: Page) -> list[str]:
    hosts: list[str] = page.evaluate("[...selected].map((row) => row.cells.host)")
    return hosts


def _box(page: Page, place: int) -> Any:
    return phones(page).nth(place).get_by_role("checkbox")


class TestColumns:
    def test_the_usual_ones_fit(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(2400), viewport={"width": 1366, "height": 768})
        usual = ["Host", "State", "Site", "Room", "Model", "Firmware", "Lines", "Registered", "Problems"]
        assert _heads(page) == usual
        assert page.locator("#table").evaluate(_SIDEWAYS) <= 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 1366

    def test_long_values_and_many_groups_fit_too(self, open_page: OpenPage) -> None:
        made = cockpit.report(60, sick=1.0)
        for number in range(3):
            made["columns"].append({"name": f"g{number}", "title": f"Department {number}", "kind": "text", "by": True})
        for row in made["rows"]:
            row["cells"] |= {f"g{number}": "a department with a long name" for number in range(3)}
            row["cells"] |= {"host": f"{row['cells']['host']}.phones.example.com", "site": "x" * 40}
        page = open_page(made, viewport={"width": 1366, "height": 768})
        assert page.locator("#table").evaluate(_SIDEWAYS) <= 0

    def test_empty_ones_are_not_shown_until_asked_for(self, open_page: OpenPage) -> None:
        made = cockpit.report(5)
        for row in made["rows"]:
            row["cells"]["Room"] = None
        page = open_page(made)
        assert "Room" not in _heads(page)
        page.locator("#columns summary").click()
        page.get_by_role("checkbox", name="Room", exact=True).check()
        assert "Room" in _heads(page)

    def test_are_remembered_in_the_address(self, open_page: OpenPage) -> None:
        made = cockpit.report(25)
        page = open_page(made)
        page.locator("#columns summary").click()
        expect(page.get_by_role("checkbox", name="Host")).to_be_disabled()
        page.get_by_role("checkbox", name="Model").uncheck()
        page.get_by_role("checkbox", name="MAC").check()
        expect(page).to_have_url(re.compile("columns=.*,mac"))
        page.keyboard.press("Escape")
        expect(page.locator("#columns summary")).to_be_focused()
        assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
        again = open_page(made, page.evaluate("location.hash"))
        assert _heads(again) == _heads(page)
        assert "MAC" in _heads(again) and "Model" not in _heads(again)
        again.locator("#columns summary").click()
        again.get_by_role("button", name="Usual columns").click()
        assert "Model" in _heads(again)
        expect(again).not_to_have_url(re.compile("columns="))

    def test_own_ones_are_columns_like_others(self, open_page: OpenPage) -> None:
        made = cockpit.report(3)
        made["columns"].append({"name": "vlan", "title": "VLAN", "kind": "number", "by": True})
        for row, vlan in zip(made["rows"], (110, None, 20)):
            row["cells"]["vlan"] = vlan
        page = open_page(made)
        sort_by(page, "VLAN")
        assert column(page, "VLAN") == ["20", "110", ""]
        search(page, "vlan:>100")
        expect(announced(page)).to_have_text("1 of 3 phones")

    def test_an_address_of_another_report_does_no_harm(self, open_page: OpenPage) -> None:
        page = open_page(
            cockpit.report(3),
            "#sort=nonsense,-,host,host&columns=__proto__,nope&view=constructor&by=toString&order=-valueOf&q=&phone=&%E0=%E0%A4%A&=",
        )
        expect(announced(page)).to_have_text("3 phones")
        assert _heads(page) == ["Host"]
        assert page.evaluate("JSON.stringify(state.sort)") == '[{"column":"host","descending":false}]'
        page.evaluate("location.hash = ''")
        expect(page.locator("#table thead")).to_contain_text("Model")


class TestCells:
    def test_a_state_is_a_word_with_a_picture(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40, sick=1.0))
        states = page.locator("#table tbody .mark")
        assert states.count() == phones(page).count()
        assert {*states.all_inner_texts()} >= {"Not registered", "Parameters differ"}
        assert page.locator("#table tbody .mark svg").count() == states.count()

    def test_problems_and_lines_are_short(self, open_page: OpenPage) -> None:
        made = cockpit.report(2, sick=0)
        made["rows"][0]["cells"] |= {"problems": ["line 2 is not registered", "x"], "lines": ["Front", "Back", "Top"]}
        made["rows"][1]["cells"] |= {"problems": ["only this"], "lines": [""]}
        page = open_page(made)
        assert column(page, "Problems") == ["2 problems: line 2 is not registered, x", "only this"]
        assert column(page, "Lines") == ["Front +2", ""]

    def test_what_was_last_known_says_so(self, open_page: OpenPage) -> None:
        made = cockpit.report(2)
        cells = made["rows"][0]["cells"]
        cells |= {"status": "unreachable", "state": "unmanaged", "last_seen": cockpit.ago(hours=24), "drift": None}
        made["rows"][0]["detail"]["known"] = True
        page = open_page(made, "#columns=host,state,site,model,mac,last_seen,drift")
        first = phones(page).nth(0)
        known = first.locator("td.known")
        assert known.locator("em").all_inner_texts() == [cells["model"], cells["mac"]]
        expect(known.first).to_contain_text("(last known)")
        assert known.first.get_attribute("title") == "last seen 2026-11-26 08:00 UTC"
        assert phones(page).nth(1).locator(".known").count() == 0


class TestSorting:
    def test_the_worst_come_first_and_equal_ones_as_in_the_report(self, open_page: OpenPage) -> None:
        made = cockpit.report(6, sick=0)
        for row, state in zip(made["rows"], ("ok", "drifting", "rebooted", "unmanaged", "drifting", "ok")):
            row["cells"]["state"] = state
        hosts = [row["cells"]["host"] for row in made["rows"]]
        page = open_page(made)
        worst_first = [hosts[place] for place in (3, 1, 4, 2, 0, 5)]
        assert column(page, "Host") == worst_first
        assert page.evaluate("actedOn().map((row) => row.cells.host)") == hosts, "copies and CSV stay as the files"
        for _click in range(3):
            sort_by(page, "Model")
        assert column(page, "Host") == worst_first

    @pytest.mark.parametrize(
        ("title", "name", "ascending"),
        [
            ("Address", "address", ["9.9.9.9", "10.0.0.2", "10.0.0.10", "10.0.1.1", "fe80::9", "fe80::10", None]),
            ("Firmware", "firmware", ["5.8.0.12848", "5.9", "5.9.3.1111", "5.9.10.0042", "5.10", None]),
            ("Drift", "drift", [-1, 0, 2, 2.5, 10, 100, "ten", None]),
            ("Behind", "behind", [False, True, None]),
            ("Host", "host", ["phone-2", "Phone-10", "phone-b"]),
            ("Registered", "registered", [[0, 2], [1, 2], [2, 2], [2, 10], [10, 10], None]),
            ("Reason", "reason", ["a 2", "a 10", "B", None]),
        ],
    )
    def test_every_kind_by_its_parts_up_down_and_back(
        self, open_page: OpenPage, title: str, name: str, ascending: list[Any]
    ) -> None:
        mixed = ascending[1::2] + ascending[::2]
        rows = [cockpit.phone(number, random.Random(1), 0.0) for number in range(len(mixed))]
        made = cockpit.report(rows=rows)
        for one, value in zip(rows, mixed):
            one["cells"][name] = value
        page = open_page(made, f"#columns=host,{name}")

        def shown(values: list[Any]) -> list[str]:
            return [as_text(value, "pair" if name == "registered" else "") for value in values]

        header = page.locator("#table thead th", has_text=title)
        sort_by(page, title)
        assert column(page, title) == shown(ascending)
        expect(header).to_have_attribute("aria-sort", "ascending")
        sort_by(page, title)
        full = [value for value in ascending if value is not None]
        # What is empty stays last.
        assert column(page, title) == shown([*reversed(full), *[value for value in ascending if value is None]])
        expect(header).to_have_attribute("aria-sort", "descending")
        sort_by(page, title)
        assert column(page, title) == shown(mixed)
        assert header.get_attribute("aria-sort") is None

    def test_states_by_severity(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(60, sick=0.9), "#sort=state")
        order = list(dict.fromkeys(column(page, "State")))
        titles = ["Cannot be managed", "Not registered", "Parameters differ", "Behind target firmware"]
        assert order[:4] == titles
        sort_by(page, "State")
        assert column(page, "State")[0] == "OK"

    @pytest.mark.parametrize("how", ["mouse", "keyboard"])
    def test_by_several_columns(self, open_page: OpenPage, how: str) -> None:
        made = cockpit.report(60)
        page = open_page(made)

        def add(title: str) -> None:
            button = page.locator("#table thead").get_by_role("button", name=re.compile(f"^{title}"))
            if how == "mouse":
                button.click(modifiers=["Shift"])
            else:
                button.focus()
                page.keyboard.press("Shift+Enter")

        def key(row: dict[str, Any]) -> tuple[str, list[int]]:
            return row["cells"]["model"], [-int(part) for part in row["cells"]["firmware"].split(".")]

        add("Model")
        add("Firmware")
        add("Firmware")
        wanted = [row["cells"]["host"] for row in sorted(made["rows"], key=key)]
        drawn = column(page, "Host")
        assert drawn == wanted[: len(drawn)]
        buttons = page.locator("#table thead button[data-level]")
        assert [button.get_attribute("data-level") for button in buttons.all()] == ["1", "2"]
        expect(buttons.nth(1)).to_have_accessible_name("Firmware (sorted descending, level 2)")
        assert page.locator("#table thead [aria-sort]").count() == 1
        if how == "keyboard":
            expect(buttons.nth(1)).to_be_focused()
        expect(page).to_have_url(re.compile(r"#sort=model,-firmware$"))
        add("Firmware")
        expect(page).to_have_url(re.compile(r"#sort=model$"))
        page.locator("#table thead").get_by_role("button", name="Host").click()
        expect(page).to_have_url(re.compile(r"#sort=host$"))


class TestSelecting:
    def test_one_a_range_and_all_that_match(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40))
        _box(page, 2).click()
        _box(page, 5).click(modifiers=["Shift"])
        hosts = column(page, "Host")
        assert _selected(page) == hosts[2:6]
        expect(page.locator("#acted-on")).to_have_text("4 selected")
        _box(page, 3).click()
        assert len(_selected(page)) == 3
        search(page, "site:wien")
        expect(page.locator("#acted-on")).to_have_text(re.compile(r"^3 selected \(. not shown\)$"))
        page.get_by_role("checkbox", name="Select all 7 phones").check()
        assert {*column(page, "Host")} <= {*_selected(page)}
        page.get_by_role("button", name="Clear selection").click()
        assert _selected(page) == []
        expect(page.locator("#acted-on")).to_be_hidden()
        page.get_by_role("checkbox", name="Select all 7 phones").check()
        page.get_by_role("checkbox", name="Select all 7 phones").uncheck()
        assert _selected(page) == []

    def test_the_head_shows_some_and_all(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(3))
        head = page.get_by_role("checkbox", name="Select all 3 phones")
        _box(page, 0).click()
        assert head.evaluate("(box) => [box.checked, box.indeterminate]") == [False, True]
        for place in (1, 2):
            _box(page, place).click()
        assert head.evaluate("(box) => [box.checked, box.indeterminate]") == [True, False]

    def test_by_keyboard(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(300))
        hosts = column(page, "Host")
        _box(page, 0).focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
        assert _selected(page) == [hosts[1]]
        for _step in range(3):
            page.keyboard.press("Shift+ArrowDown")
        assert _selected(page) == hosts[1:5]
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Shift+Space")
        assert _selected(page) == hosts[1:7]
        expect(_box(page, 6)).to_be_focused()
        page.keyboard.press("Tab")
        expect(phones(page).nth(6).get_by_role("button")).to_be_focused()
        page.keyboard.press("Control+a")
        expect(page.locator("#acted-on")).to_have_text("300 selected")
        expect(page.get_by_role("checkbox", name="Select all 300 phones")).to_be_checked()

    def test_a_box_does_not_open_the_panel(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(3))
        _box(page, 1).click()
        phones(page).nth(0).locator("td.box").click(position={"x": 2, "y": 2})
        assert len(_selected(page)) == 2
        expect(page).not_to_have_url(re.compile("phone="))

    def test_what_is_selected_can_be_asked_for(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40))
        _box(page, 1).click()
        _box(page, 3).click()
        search(page, "is:selected")
        expect(announced(page)).to_have_text("2 of 40 phones")
        _box(page, 0).click()
        expect(announced(page)).to_have_text("1 of 40 phones")


class TestTenThousand:
    def test_only_rows_in_view_are_in_the_document(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(10_000))
        expect(announced(page)).to_have_text("10,000 phones")
        assert phones(page).count() < 80
        table = page.locator("#table")
        table.scroll_into_view_if_needed()
        for part in (0.3, 0.7, 1, 0.1):
            table.evaluate("(element, part) => element.scrollTo(0, element.scrollHeight * part)", part)
            page.wait_for_timeout(100)
            assert phones(page).count() < 80
            # The middle of what is seen is a row, and no gap.
            assert table.evaluate(
                "(element) => { const box = element.getBoundingClientRect();"
                " const middle = document.elementFromPoint(box.left + 60, box.top + box.height / 2);"
                " return Boolean(middle.closest('tr[data-index]')); }"
            )
        search(page, "wien vvx reception")
        expect(announced(page)).to_have_text("1,667 of 10,000 phones")

    def test_the_last_one_is_a_key_away(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(10_000))
        phones(page).first.get_by_role("button").focus()
        page.keyboard.press("End")
        expect(page.get_by_role("button", name="wien-11000", exact=True)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("phone=wien-11000"))

    def test_focus_is_not_lost_when_its_row_is_scrolled_away(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(10_000))
        phones(page).first.get_by_role("button").focus()
        page.locator("#table").evaluate("(element) => element.scrollTo(0, 90000)")
        page.wait_for_timeout(100)
        assert page.evaluate("document.getElementById('table').contains(document.activeElement)")


class TestLinks:
    def test_any_state_is_in_its_link(self, open_page: OpenPage) -> None:
        """For many states: a new page with the link shows the same."""
        chance = random.Random(3)
        made = cockpit.report(60, sick=0.8)
        made["columns"] += [
            {"name": name, "title": name, "kind": "text", "by": True} for name in ("-a,b&c=d", HOSTILE[0])
        ]
        for number, row in enumerate(made["rows"]):
            row["cells"] |= {"-a,b&c=d": f"{number % 7} %+&", HOSTILE[0]: HOSTILE[number % len(HOSTILE)]}
        names = [each["name"] for each in made["columns"]]
        page, again = open_page(made), open_page(made)
        terms = [
            "site:wien,berlin",
            "-state:ok",
            "fw:<6",
            'room~"1."',
            "recep*",
            "is:changed",
            '"vvx 4"',
            "a+b",
            "100%",
        ]
        read = "JSON.stringify([state, matching().map((row) => row.cells.host), shownColumns()])"
        for _state in range(60):
            query = " ".join(chance.sample(terms, chance.choice((0, 1, 1, 2))))
            if chance.random() < 0.3:
                query += page.evaluate("([name, value]) => ` ${term(name, value)}`", ["-a,b&c=d", "3 %+&"])
            sort = [
                {"column": name, "descending": chance.random() < 0.5}
                for name in chance.sample(names, chance.choice((0, 1, 3)))
            ]
            shown = chance.choice([None, ["host"], ["host", *chance.sample(names[1:], 4)]])
            wanted = {"query": query.strip(), "sort": sort, "columns": shown, "by": chance.choice((None, *names[-2:]))}
            wanted["order"] = chance.choice((None, "value", "-phones", "drifting"))
            page.evaluate("(wanted) => { setState(wanted); writeHash(); }", wanted)
            link = page.evaluate("location.hash")
            again.goto("about:blank")
            again.goto(page.url.split("#")[0] + link)
            assert again.evaluate(read) == page.evaluate(read), link
            assert again.evaluate("location.hash") == link
        open_page.unwanted[:] = [each for each in open_page.unwanted if not each.startswith("request: ")]

    def test_back_goes_through_views_and_phones_only(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(10))
        search(page, "wien")
        sort_by(page, "Host")
        page.evaluate("setState({ view: 'sites' })")
        page.evaluate("setState({ view: 'phones', phone: 'wien-1004' })")
        page.go_back()
        expect(page).to_have_url(re.compile("view=sites"))
        page.go_back()
        expect(page).to_have_url(re.compile(r"#q=wien&sort=host$"))
        expect(page.locator("#search")).to_have_value("wien")
        expect(page.locator("#view-phones")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing(open_page: OpenPage, scheme: str, width: int) -> None:
    page = open_page(
        cockpit.report(60),
        "#sort=site,-host&q=-site:berlin",
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
    )
    if width > 1000:
        _box(page, 0).click()
        _box(page, 3).click(modifiers=["Shift"])
    for menu in ("#copy", "#command", "#columns", "#syntax"):
        page.locator(f"{menu} summary").click()
        assert violations(page) == []
    page.keyboard.press("Escape")
    search(page, "")
    page.locator("#search").press_sequentially("site:")
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    search(page, "foo:bar")
    expect(page.locator("#filter-error")).to_be_visible()
    assert violations(page) == []
