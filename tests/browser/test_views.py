# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The views beside the table: by site, by parameter, by firmware and registrar; every number shows its phones."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from support import cockpit
from support.fleet_report import HOSTILE

from .conftest import OpenPage
from .using import violations

SMALL = {"viewport": {"width": 390, "height": 844}}


def view(page: Page, name: str) -> Locator:
    return page.locator(f"#view-{name}")


def table(page: Page, name: str, title: str) -> list[list[str]]:
    """The texts of a table, row by row, without what only screen readers say."""
    rows: list[list[str]] = (
        view(page, name)
        .get_by_role("table", name=title)
        .evaluate(
            """(table) => {
            const copy = table.cloneNode(true);
            copy.querySelectorAll(".unseen").forEach((each) => each.remove());
            return [...copy.rows].map((row) => [...row.cells].map((cell) => cell.textContent));
        }"""
        )
    )
    return rows


def queries(page: Page, name: str) -> list[tuple[str, int]]:
    """What each number of a view asks for, and the number."""
    found: list[list[Any]] = (
        view(page, name)
        .locator("[data-query]")
        .evaluate_all("(buttons) => buttons.map((button) => [button.dataset.query, button.firstChild.textContent])")
    )
    return [(query, int(number.replace(",", ""))) for query, number in found]


def matching(page: Page) -> int:
    number: int = page.evaluate("matching().length")
    return number


def every_number_is_true(page: Page, name: str) -> int:
    """Fails unless each number is that of the phones that its query finds. Returns how many there are."""
    asked = queries(page, name)
    for query, number in asked:
        assert page.evaluate("(query) => report.rows.filter(parseFilter(query).passes).length", query) == number, query
        assert page.evaluate("(query) => parseFilter(query).errors", query) == []
    return len(asked)


def rows_of_sites(**counts: int) -> list[dict[str, Any]]:
    """Healthy phones by their site."""
    numbers = iter(range(1, 10_000))
    made = []
    for site, count in counts.items():
        for _each in range(count):
            row = cockpit.phone(next(numbers), cockpit.random.Random(1), sick=0)
            row["cells"]["site"] = site
            made.append(row)
    return made


def ail(row: dict[str, Any], *causes: str) -> None:
    row["causes"] = [{"cause": cause, "since": cockpit.ago()} for cause in causes]
    row["cells"]["state"] = causes[0]


def drift(row: dict[str, Any], parameter: str, wanted: str, has: str | None, file: str | None = None) -> None:
    place = {"layer": "vvx_parameters_all", "file": file, "line": 3 if file else None}
    row["detail"]["drift"].append({"parameter": parameter, "wanted": wanted, "has": has, "source": "web"} | place)


class TestSites:
    def test_the_worst_come_first_and_the_totals_last(self, open_page: OpenPage) -> None:
        rows = rows_of_sites(aachen=3, bonn=4, celle=5, dresden=2)
        for row in rows[:2]:
            ail(row, "drifting")
        ail(rows[3], "unregistered", "drifting")
        ail(rows[7], "rebooted")
        page = open_page(cockpit.report(rows=rows), "#view=sites")
        heads = ["Site", "Phones", "Need attention", "Not registered", "Parameters differ"]
        assert table(page, "sites", "Site by state") == [
            [*heads, "Rebooted since the last report", "Nothing wrong"],
            ["bonn", "4", "125%", "1", "1", "", "3"],
            ["aachen", "3", "267%", "", "2", "", "1"],
            ["celle", "5", "0%", "", "", "1", "4"],
            ["dresden", "2", "0%", "", "", "", "2"],
            ["All", "14", "321%", "1", "3", "1", "10"],
        ]
        expect(view(page, "sites").get_by_role("rowheader", name="bonn")).to_be_visible()

    @pytest.mark.parametrize("by", ["site", "Room", "model", "firmware", "status"])
    def test_every_number_shows_as_many_phones(self, open_page: OpenPage, by: str) -> None:
        page = open_page(cockpit.report(200, sick=0.7), f"#view=sites&by={by}")
        expect(view(page, "sites").get_by_label("Group by")).to_have_value(by)
        assert every_number_is_true(page, "sites") > 15

    def test_a_number_leads_to_its_phones_and_back(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(200, sick=0.7), "#view=sites")
        button = view(page, "sites").locator('[data-query="site:wien cause:drifting"]')
        number = int(button.evaluate("(button) => button.firstChild.textContent"))
        button.click()
        expect(page.locator("#view-phones")).to_be_visible()
        expect(page).to_have_url(re.compile("q=site:wien\\+cause:drifting"))
        assert matching(page) == number
        page.go_back()
        expect(view(page, "sites")).to_be_visible()

    def test_grouping_is_chosen_by_keyboard_and_kept_in_the_address(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), "#view=sites")
        choice = view(page, "sites").get_by_label("Group by")
        expect(choice).to_have_value("site")
        assert choice.locator("option").all_inner_texts() == ["Status", "Model", "Firmware", "Site", "Room"]
        choice.focus()
        choice.select_option("model")
        expect(view(page, "sites").get_by_role("table", name="Model by state")).to_be_visible()
        expect(page).to_have_url(re.compile("by=model"))
        expect(view(page, "sites").get_by_label("Group by")).to_be_focused()

    def test_heads_sort_and_keep_the_focus(self, open_page: OpenPage) -> None:
        rows = rows_of_sites(site2=1, site10=3, site1=2)
        page = open_page(cockpit.report(rows=rows), "#view=sites")

        def names() -> list[str]:
            return [row[0] for row in table(page, "sites", "Site by state")[1:-1]]

        head = view(page, "sites").get_by_role("columnheader", name="Phones")
        for direction, expected in (
            ("descending", ["site10", "site1", "site2"]),
            ("ascending", ["site2", "site1", "site10"]),
            (None, ["site1", "site2", "site10"]),
        ):
            head.get_by_role("button").focus()
            page.keyboard.press("Enter")
            assert names() == expected
            assert head.get_attribute("aria-sort") == direction
            expect(head.get_by_role("button")).to_be_focused()
            address = {"descending": "&order=-phones", "ascending": "&order=phones", None: ""}[direction]
            expect(page).to_have_url(re.compile(f"#view=sites{address}$"))

    @pytest.mark.parametrize(
        ("order", "names"),
        [
            ("-phones", ["c", "b", "a"]),
            ("value", ["a", "b", "c"]),
            ("-drifting", ["b", "a", "c"]),
            ("nope", ["b", "a", "c"]),
        ],
    )
    def test_the_order_is_in_the_address(self, open_page: OpenPage, order: str, names: list[str]) -> None:
        rows = rows_of_sites(a=1, b=2, c=3)
        ail(rows[1], "drifting")
        page = open_page(cockpit.report(rows=rows), f"#view=sites&order={order}")
        assert [row[0] for row in table(page, "sites", "Site by state")[1:-1]] == names

    def test_empty_values_and_lists(self, open_page: OpenPage) -> None:
        rows = rows_of_sites(a=2, b=1)
        rows[0]["cells"]["site"] = None
        rows[1]["cells"]["site"] = ""
        rows[0]["cells"]["Room"] = ["north", "upper, left"]
        made = cockpit.report(rows=rows)
        next(column for column in made["columns"] if column["name"] == "Room")["kind"] = "list"
        page = open_page(made, "#view=sites")
        assert [row[:2] for row in table(page, "sites", "Site by state")[1:]] == [
            ["b", "1"],
            ["(none)", "2"],
            ["All", "3"],
        ]
        every_number_is_true(page, "sites")
        page.evaluate("setState({ by: 'Room' })")
        assert {"north", "upper, left"} <= {row[0] for row in table(page, "sites", "Room by state")}
        every_number_is_true(page, "sites")

    def test_it_follows_the_filter_and_says_so(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), "#view=sites")
        expect(view(page, "sites").locator(".note")).to_contain_text("All 40 phones.")
        page.evaluate("setState({ query: 'site:wien,berlin' })")
        expect(view(page, "sites").locator(".note")).to_contain_text("13 of 40 phones: those that match the filter.")
        assert {row[0] for row in table(page, "sites", "Site by state")[1:]} == {"berlin", "wien", "All"}
        page.evaluate("setState({ query: 'nothing at all' })")
        expect(view(page, "sites")).to_contain_text("0 of 40 phones")

    def test_two_hundred_sites_stay_readable(self, open_page: OpenPage) -> None:
        rows = rows_of_sites(**{f"site{number}": 3 for number in range(250)})
        page = open_page(cockpit.report(rows=rows), "#view=sites")
        body = view(page, "sites").locator("tbody tr")
        expect(body).to_have_count(200)
        heights = body.evaluate_all("(rows) => rows.map((row) => row.getBoundingClientRect().height)")
        assert max(heights) < 40
        view(page, "sites").locator(".matrix").evaluate("(element) => element.scrollTo(0, 3000)")
        expect(view(page, "sites").get_by_role("columnheader", name="Phones")).to_be_in_viewport()
        view(page, "sites").get_by_role("button", name="Show all 250 rows").click()
        expect(body).to_have_count(250)
        expect(body.nth(200).get_by_role("button").first).to_be_focused()


class TestParameters:
    def test_the_most_frequent_first_with_what_is_wanted_and_what_is_there(self, open_page: OpenPage) -> None:
        rows = rows_of_sites(a=6)
        for row in rows[:3]:
            drift(row, "up.backlight", "2", "3", "group_vars/all.yml")
        drift(rows[3], "up.backlight", "2", "1", "group_vars/b.yml")
        drift(rows[3], "reg.1.label", "", None)
        page = open_page(cockpit.report(rows=rows), "#view=parameters")
        place = "vvx_parameters_all"
        assert table(page, "parameters", "Parameters that differ") == [
            ["Parameter", "Phones", "Wanted", "Has"],
            ["up.backlight", "467%", f"2{place}group_vars/all.yml:3{place}group_vars/b.yml:3", "3 31 1"],
            ["reg.1.label", "117%", f"(empty){place}", "(empty) 1"],
        ]
        assert every_number_is_true(page, "parameters") == 5

    def test_a_number_leads_to_its_phones(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(200, sick=0.9), "#view=parameters")
        button = view(page, "parameters").locator('[data-query="drift:reg.1.label"]')
        number = int(button.evaluate("(button) => button.firstChild.textContent"))
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#view-phones")).to_be_visible()
        assert matching(page) == number

    def test_many_and_long_values_can_be_opened(self, open_page: OpenPage) -> None:
        rows = rows_of_sites(a=30)
        for number, row in enumerate(rows):
            drift(row, "reg.1.label", f"Desk {number} {'x' * 300}", "b")
        page = open_page(cockpit.report(rows=rows), "#view=parameters")
        wanted = view(page, "parameters").locator("tbody td").nth(1)
        assert "x" * 61 not in wanted.inner_text()
        assert "27 more" in wanted.inner_text()
        wanted.locator("summary").first.click()
        assert "x" * 300 in wanted.inner_text()
        wanted.get_by_text("27 more").click()
        expect(wanted.get_by_text("Desk 29 x", exact=False).first).to_be_visible()

    def test_nothing_differs_or_nothing_was_compared(self, open_page: OpenPage) -> None:
        rows = rows_of_sites(a=2)
        page = open_page(cockpit.report(rows=rows), "#view=parameters")
        expect(view(page, "parameters")).to_contain_text("No parameter differs from the inventory.")
        for row in rows:
            row["cells"]["drift"] = None
        page = open_page(cockpit.report(rows=rows), "#view=parameters")
        expect(view(page, "parameters")).to_contain_text("No parameter was compared")


class TestFirmware:
    def test_versions_of_each_model_against_the_target(self, open_page: OpenPage) -> None:
        rows = rows_of_sites(a=8)
        for row, (firmware, target, behind) in zip(
            rows,
            [
                ("5.8.0.1", "5.9.3.1", True),
                ("5.9.3.1", "5.9.3.1", False),
                ("5.9.3.1", "5.9.3.1", False),
                ("5.9.10.1", "5.9.3.1", False),
                ("5.9.2.9", "5.9.3.1", None),  # it did not answer
                ("6.4.6.1", None, None),
                (None, "5.9.3.1", None),
                ("5.9.3.1", "5.9.3.1", False),
            ],
        ):
            row["cells"].update(model="VVX 411", firmware=firmware, target=target, behind=behind)
        rows[7]["cells"]["model"] = None
        page = open_page(cockpit.report(rows=rows), "#view=firmware")
        versions = ["5.8.0.11behind target", "5.9.2.91behind target", "5.9.3.12at target", "5.9.10.11ahead of target"]
        assert table(page, "firmware", "Firmware by model") == [
            ["Model", "Phones", "Target", "Versions"],
            ["VVX 411", "7", "5.9.3.1", "".join([*versions, "6.4.6.11no target", "(none)1version not known"])],
            ["(none)", "1", "5.9.3.1", "5.9.3.11at target"],
        ]
        bars = view(page, "firmware").get_by_role("table", name="Firmware by model").locator("svg.share-bar").first
        assert bars.locator("rect.share").evaluate_all("(all) => all.map((each) => each.getAttribute('class'))") == [
            "share warning",
            "share good",
            "share notice",
            "share neutral",
            "share neutral",
        ]
        every_number_is_true(page, "firmware")

    def test_lines_by_registrar(self, open_page: OpenPage) -> None:
        rows = rows_of_sites(a=3)
        for row, lines in zip(rows, ([("one", True), ("one", False)], [("one", None), ("two", True)], [(None, True)])):
            row["detail"]["lines"] = [
                {"line": 1, "label": "x", "user": "1", "registered": registered, "server": server}
                for server, registered in lines
            ]
        page = open_page(cockpit.report(rows=rows), "#view=firmware")
        found = [row[:2] + [row[2].strip()] for row in table(page, "firmware", "Lines by registrar")[1:]]
        assert found[0] == ["one", "2", "1 of 3 lines registered 1 not registered 1 not known"]
        assert sorted(found[1:]) == [
            ["(none)", "1", "1 of 1 line registered"],
            ["two", "1", "1 of 1 line registered"],
        ]
        every_number_is_true(page, "firmware")

    def test_every_number_shows_as_many_phones(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(300, sick=0.9), "#view=firmware")
        assert every_number_is_true(page, "firmware") > 10
        button = view(page, "firmware").locator('[data-query="server:10.20.0.5"]')
        number = int(button.evaluate("(button) => button.firstChild.textContent"))
        button.click()
        expect(page.locator("#view-phones")).to_be_visible()
        assert matching(page) == number


class TestAllViews:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("options", [{}, SMALL], ids=["wide", "small"])
    def test_axe_finds_nothing(self, open_page: OpenPage, scheme: str, options: Any) -> None:
        page = open_page(cockpit.report(200, sick=0.9, hostile=True), "", color_scheme=scheme, **options)
        for name in ("sites", "parameters", "firmware"):
            page.evaluate("(view) => setState({ view })", name)
            expect(view(page, name).get_by_role("table").first).to_be_visible()
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def test_hostile_texts_stay_texts(self, open_page: OpenPage) -> None:
        rows = rows_of_sites(a=len(HOSTILE))
        for row, text in zip(rows, HOSTILE):
            row["cells"].update(site=text, model=text, firmware=text, target=text)
            row["detail"]["lines"][0]["server"] = text
            drift(row, text, text, text, text)
        page = open_page(cockpit.report(rows=rows), "")
        for name in ("sites", "parameters", "firmware"):
            page.evaluate("(view) => setState({ view })", name)
            for text in HOSTILE:
                expect(view(page, name)).to_contain_text(text)
            assert view(page, name).locator("img, script, [onload]").count() == 0
            every_number_is_true(page, name)

    def test_ten_thousand_phones_are_counted_only_when_a_view_is_seen(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(10_000, sick=0.5))
        for name in ("sites", "parameters", "firmware"):
            assert view(page, name).locator("table").count() == 0
            page.get_by_role("tab").and_(page.locator(f'[data-view="{name}"]')).click()
            expect(view(page, name).get_by_role("table").first).to_be_visible()
            assert view(page, name).locator("*").count() < 20_000
