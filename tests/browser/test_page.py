# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page as people use it: finding, sorting, columns, detail; and what hostile texts must not do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.values import shown as as_text
from playwright.sync_api import expect

from support.fleet_report import HOSTILE, changes, report, row

from .conftest import OpenPage
from .using import announced, column, filter_by, phones, search, sort_by


class TestFinding:
    def test_search_looks_into_all_columns_and_lines_as_one_types(self, open_page: OpenPage) -> None:
        page = open_page(report(25))
        expect(announced(page)).to_have_text("25 phones")
        page.get_by_role("searchbox", name="Search").press_sequentially("vvx 601 ")
        expect(announced(page)).to_have_text("4 of 25 phones")
        assert set(column(page, "Model")) == {"VVX 601"}
        search(page, "10012")
        expect(announced(page)).to_have_text("1 of 25 phones")
        assert column(page, "Host") == ["phone-12"]

    def test_search_ignores_case_accents_and_what_cannot_be_seen(self, open_page: OpenPage) -> None:
        one = row(1)
        one["cells"]["lines"] = ["Büro Mü\u200bller"]
        page = open_page(report(rows=[one, row(2)]))
        search(page, "MULLER buro")
        expect(announced(page)).to_have_text("1 of 2 phones")

    def test_nothing_found_offers_the_way_back(self, open_page: OpenPage) -> None:
        page = open_page(report(25))
        search(page, "no such phone")
        expect(announced(page)).to_have_text("0 of 25 phones")
        expect(page.locator("#table")).to_be_hidden()
        page.get_by_role("button", name="Show all phones").click()
        expect(announced(page)).to_have_text("25 phones")
        expect(page.get_by_role("searchbox", name="Search")).to_be_focused()

    @pytest.mark.parametrize(
        ("name", "value", "number"),
        [
            ("status", "unreachable", 3),
            ("unread", "yes", 4),
            ("registration", "none", 1),
            ("firmware", "5.9.3.1111", 9),
            ("model", "VVX 411", 8),
            ("behind", "yes", 3),
            ("drifting", "yes", 3),
            ("problem", "parameters differ", 3),
            ("problems", "yes", 10),
            ("appeared", "yes", 1),
            ("change", "any", 4),
            ("change", "0", 3),
        ],
    )
    def test_every_figure_filters_to_as_many_phones_as_it_says(
        self, open_page: OpenPage, name: str, value: str, number: int
    ) -> None:
        page = open_page(report(25, changes=changes()))
        button = filter_by(page, name, value)
        assert str(number) in button.inner_text().replace(",", " ").split()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(announced(page)).to_have_text(f"{number} of 25 phones")
        button.click()
        expect(announced(page)).to_have_text("25 phones")

    def test_filters_of_one_kind_add_and_of_several_narrow(self, open_page: OpenPage) -> None:
        page = open_page(report(25))
        filter_by(page, "status", "unreachable")
        filter_by(page, "status", "unauthorized")
        expect(announced(page)).to_have_text("4 of 25 phones")
        filter_by(page, "problem", "unauthorized")
        expect(announced(page)).to_have_text("1 of 25 phones")
        page.get_by_role("button", name="Remove filter Problem: unauthorized").click()
        expect(announced(page)).to_have_text("4 of 25 phones")

    def test_a_filter_shows_the_way_to_phones_out_of_sight(self, open_page: OpenPage) -> None:
        page = open_page(report(25, changes=changes()))
        expect(page.locator("#jump")).to_be_hidden()
        filter_by(page, "status", "unreachable")
        page.get_by_role("button", name="Show 3 phones").click()
        expect(page.locator("#table")).to_be_in_viewport()
        expect(page.locator("#jump")).to_be_hidden()


class TestSorting:
    @pytest.mark.parametrize(
        ("title", "name", "ascending"),
        [
            ("Address", "address", ["9.9.9.9", "10.0.0.2", "10.0.0.10", "10.0.1.1", "fe80::9", "fe80::10", None]),
            ("Firmware", "firmware", ["5.8.0.12848", "5.9", "5.9.3.1111", "5.9.10.0042", "5.10", None]),
            ("Drift", "drift", [-1, 0, 2, 2.5, 10, 100, "ten", None]),
            ("Behind", "behind", [False, True, None]),
            ("Host", "host", ["phone-2", "Phone-10", "phone-b"]),
            ("Registered", "registered", [[0, 2], [1, 2], [2, 2], [2, 10], [10, 10], None]),
            ("Problems", "problems", [[], ["b"], ["a 10", "a 2"], ["a 10", "a 3"]]),
        ],
    )
    def test_every_kind_by_its_parts_up_down_and_back(
        self, open_page: OpenPage, title: str, name: str, ascending: list[Any]
    ) -> None:
        mixed = ascending[1::2] + ascending[::2]
        rows = [row(1) for _value in mixed]
        for one, value in zip(rows, mixed):
            one["cells"] = {**one["cells"], "problems": [], name: value}
        page = open_page(report(rows=rows))

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


class TestColumns:
    def test_chosen_columns_are_remembered_in_the_address(self, open_page: OpenPage) -> None:
        made = report(25)
        page = open_page(made)
        page.get_by_text("Columns", exact=True).click()
        page.get_by_role("checkbox", name="MAC").uncheck()
        page.get_by_role("checkbox", name="Reason").uncheck()
        expect(page.locator("#table thead")).not_to_contain_text("MAC")
        expect(page.get_by_role("checkbox", name="Host")).to_be_disabled()
        page.keyboard.press("Escape")
        sort_by(page, "Firmware")
        search(page, "phone")
        filter_by(page, "status", "ok")
        expect(page).to_have_url(re.compile("is-status=ok"))
        fragment = page.evaluate("location.hash")
        assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0

        again = open_page(made, fragment)
        titles = again.locator("#table thead th").all_inner_texts()
        assert "Model" in titles and not {"MAC", "Reason"} & set(titles)
        expect(again.locator("thead [aria-sort]")).to_contain_text("Firmware")
        expect(again.get_by_role("searchbox", name="Search")).to_have_value("phone")
        expect(announced(again)).to_have_text("21 of 25 phones")

    def test_an_address_of_another_report_does_no_harm(self, open_page: OpenPage) -> None:
        page = open_page(
            report(3),
            "#up=nonsense&hide=host&hide=__proto__&is-constructor=1&is-change=77&is-change=toString&search=%E0%A4%A",
        )
        expect(announced(page)).to_have_text("0 of 3 phones")
        page.evaluate("location.hash = ''")
        expect(announced(page)).to_have_text("3 phones")

    def test_own_columns_are_columns_like_others(self, open_page: OpenPage) -> None:
        made = report(3)
        made["columns"].append({"name": "vlan", "title": "VLAN", "kind": "number"})
        for number, one in enumerate(made["rows"]):
            one["cells"]["vlan"] = [110, None, 20][number]
        page = open_page(made)
        sort_by(page, "VLAN")
        assert column(page, "VLAN") == ["20", "110", ""]
        search(page, "110")
        expect(announced(page)).to_have_text("1 of 3 phones")

    def test_any_column_can_be_a_filter(self, open_page: OpenPage) -> None:
        page = open_page(report(25), "#is-mac=0004f2000001")
        expect(announced(page)).to_have_text("1 of 25 phones")
        for fragment, number in (("is-drift=yes", 3), ("is-registered=2/2", 8), ("is-lines=Reception 4", 1)):
            page.evaluate("(fragment) => { location.hash = fragment; }", fragment)
            expect(announced(page)).to_have_text(f"{number} of 25 phones")


class TestDetail:
    def test_a_click_anywhere_on_a_row_shows_all_of_the_phone(self, open_page: OpenPage) -> None:
        page = open_page(report(25))
        phones(page).nth(3).locator("td").nth(3).click()
        dialog = page.get_by_role("dialog", name="phone-4")
        expect(dialog).to_contain_text("parameters differ")
        expect(dialog.locator("dl div", has_text="Registered")).to_contain_text("1/1")
        expect(dialog.get_by_role("table").nth(0)).to_contain_text("10004")
        expect(dialog.get_by_role("table").nth(1)).to_contain_text("up.backlight.onIntensity")
        dialog.get_by_role("button", name="Close").click()
        expect(dialog).to_be_hidden()

    def test_shows_what_to_do_about_a_phone_that_could_not_be_read(self, open_page: OpenPage) -> None:
        page = open_page(report(25))
        page.get_by_role("button", name="phone-7", exact=True).click()
        expect(page.get_by_role("dialog")).to_contain_text("What to do: Check the cable")


class TestTenThousand:
    def test_only_rows_in_view_are_in_the_document(self, open_page: OpenPage) -> None:
        page = open_page(report(10_000))
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
                " const middle = document.elementFromPoint(box.left + 30, box.top + box.height / 2);"
                " return Boolean(middle.closest('tr[data-index]')); }"
            )
        search(page, "phone-99 vvx")
        expect(announced(page)).to_have_text("93 of 10,000 phones")

    def test_the_last_one_is_a_key_away(self, open_page: OpenPage) -> None:
        page = open_page(report(10_000))
        phones(page).first.get_by_role("button").focus()
        page.keyboard.press("End")
        expect(page.get_by_role("button", name="phone-10000", exact=True)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name="phone-10000")).to_be_visible()

    def test_focus_is_not_lost_when_its_row_is_scrolled_away(self, open_page: OpenPage) -> None:
        page = open_page(report(10_000))
        phones(page).first.get_by_role("button").focus()
        page.locator("#table").evaluate("(element) => element.scrollTo(0, 90000)")
        page.wait_for_timeout(100)
        assert page.evaluate("document.getElementById('table').contains(document.activeElement)")


class TestHostileTexts:
    def test_never_run_wherever_they_stand(self, open_page: OpenPage) -> None:
        rows = []
        for number, label in enumerate(HOSTILE):
            one = row(number + 1)
            one["cells"].update(dict.fromkeys(one["cells"], label), lines=[label], problems=[label], registered=[1, 1])
            one["detail"] = {
                "lines": [{"line": 1, "label": label, "user": label, "registered": True}],
                "drift": [dict.fromkeys(("parameter", "wanted", "has", "source", "layer", "file"), label)],
                "problems": [label],
                "remedy": label,
            }
            rows.append(one)
        changed = [{"host": label, "column": label, "before": label, "after": label} for label in HOSTILE]
        made = report(
            rows=rows,
            title=HOSTILE[0],
            changes={"appeared": list(HOSTILE), "disappeared": list(HOSTILE), "changed": changed},
        )
        for one, label in zip(rows, HOSTILE):
            one["cells"]["registered"] = label
        made["columns"].append({"name": HOSTILE[1], "title": HOSTILE[1], "kind": HOSTILE[2]})
        page = open_page(made)
        elements = page.evaluate(
            "document.querySelectorAll('img, iframe, [onerror], [onload]').length + document.scripts.length"
        )
        assert elements == 2
        for number, label in enumerate(HOSTILE):
            phones(page).nth(number).get_by_role("button").click()
            assert label in page.locator("#detail").text_content()
            page.keyboard.press("Escape")
            buttons = page.locator("button[data-filter=problem]")
            buttons.nth(number).click()
            expect(announced(page)).to_have_text(f"1 of {len(HOSTILE)} phones")
            buttons.nth(number).click()
        search(page, HOSTILE[0])
        expect(announced(page)).to_have_text(f"1 of {len(HOSTILE)} phones")
        expect(page).to_have_url(re.compile("search="))
        page.reload()
        expect(page.get_by_role("searchbox", name="Search")).to_have_value(HOSTILE[0])
        assert (
            page.evaluate(
                "document.querySelectorAll('img, iframe, [onerror], [onload]').length + document.scripts.length"
            )
            == elements
        )

    def test_the_policy_stops_what_would_get_through(self, open_page: OpenPage) -> None:
        page = open_page(report(1))
        page.evaluate("""() => {
            window.refused = [];
            const refuse = (event) => window.refused.push(event.effectiveDirective);
            document.addEventListener("securitypolicyviolation", refuse);
        }""")
        refused = page.evaluate("""async () => {
            const script = document.createElement("script");
            const run = () => { script.text = "window.ran = true"; document.body.append(script); };
            const load = () => { document.body.innerHTML += "<img src=x onerror=alert(1)>"; };
            for (const attempt of [run, load]) {
                try { attempt(); } catch { window.refused.push("trusted types"); }
            }
            await new Promise((done) => setTimeout(done, 100));
            return window.refused;
        }""")
        assert open_page.unwanted, "the browser says that it refused"
        open_page.unwanted.clear()
        assert refused and page.evaluate("window.ran") is None
        assert page.locator("img").count() == 0


def test_without_script_the_summary_is_there(open_page: OpenPage) -> None:
    page = open_page(report(25, changes=changes()), java_script_enabled=False)
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.get_by_text("21 phones, 84 %")).to_be_visible()
    expect(page.locator("#phones")).to_be_hidden()
    assert page.locator("button:enabled:visible").count() == 0


def test_looks_as_it_should(open_page: OpenPage) -> None:
    """Nothing overlaps or is cut off in the summary, at three widths."""
    for width in (360, 900, 1600):
        page = open_page(report(10_000, changes=changes(3000)), viewport={"width": width, "height": 900})
        cut = page.evaluate("""() => [...document.querySelectorAll("main section:not(#phones) :is(button, h2, h3, p)")]
            .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
            .map((element) => element.outerHTML)""")
        assert cut == []
