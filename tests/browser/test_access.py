# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page by keyboard, by screen reader, in the dark, on a narrow screen and on paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from support.fleet_report import changes, report

from .conftest import OpenPage
from .using import announced, filter_by, phones, search, sort_by, violations


class TestKeyboard:
    def test_all_is_reached_without_a_mouse(self, open_page: OpenPage) -> None:
        page = open_page(report(25))
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the phones")).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("#phones")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.type("phone-1")
        expect(announced(page)).to_have_text("11 of 25 phones")
        for menu in ("#syntax", "#copy", "#command"):
            page.keyboard.press("Tab")
            expect(page.locator(f"{menu} summary")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.locator("#download")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("checkbox", name="Model")).to_be_visible()
        page.keyboard.press("Tab")  # the host's box is disabled
        page.keyboard.press("Space")
        expect(page.locator("#table thead")).not_to_contain_text("State")
        page.keyboard.press("Escape")
        expect(page.get_by_role("checkbox", name="Model")).to_be_hidden()
        expect(page.locator("#columns summary")).to_be_focused()

    def test_arrows_go_through_the_phones_and_enter_opens_one(self, open_page: OpenPage) -> None:
        page = open_page(report(300), "#sort=host")
        phones(page).first.get_by_role("button").focus()
        for key in ("ArrowDown", "ArrowDown", "ArrowUp", "End", "PageUp", "Home", "ArrowDown"):
            page.keyboard.press(key)
            expect(page.locator("#table tbody button:focus")).to_be_in_viewport(ratio=0.98)
        expect(page.get_by_role("button", name="phone-2", exact=True)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#panel")).to_contain_text("phone-2")
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="phone-2", exact=True)).to_be_focused()
        page.keyboard.press("End")
        expect(page.get_by_role("button", name="phone-300", exact=True)).to_be_focused()
        assert page.locator("#table tbody button[tabindex='0']").count() == 1

    def test_headers_sort_and_keep_the_focus(self, open_page: OpenPage) -> None:
        page = open_page(report(25))
        page.get_by_role("button", name="Firmware", exact=True).focus()
        page.keyboard.press("Enter")
        expect(page.locator("th[aria-sort=ascending] button:focus")).to_have_text("Firmware")

    def test_focus_can_be_seen(self, open_page: OpenPage) -> None:
        page = open_page(report(25))
        unseen: list[str] = []
        for _stop in range(45):
            page.keyboard.press("Tab")
            unseen += page.evaluate(
                "document.activeElement === document.body ||"
                " ['', '::after'].some((part) =>"
                " getComputedStyle(document.activeElement, part).outlineStyle !== 'none')"
                " ? [] : [document.activeElement.outerHTML]"
            )
        assert unseen == []


class TestAccessibility:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing(self, open_page: OpenPage, scheme: str) -> None:
        page = open_page(report(120, changes=changes()), color_scheme=scheme)
        assert violations(page) == []
        filter_by(page, "state:unmanaged")
        search(page, "phone")
        sort_by(page, "Firmware")
        page.locator("#columns summary").click()
        assert violations(page) == []
        page.keyboard.press("Escape")
        phones(page).first.get_by_role("button").click()
        assert violations(page) == []

    @pytest.mark.parametrize(
        "made", [report(0), report(0, changes=changes()), report(1)], ids=["empty", "all-gone", "one"]
    )
    def test_axe_finds_nothing_in_small_reports(self, open_page: OpenPage, made: dict[str, Any]) -> None:
        assert violations(open_page(made)) == []

    def test_axe_finds_nothing_on_a_narrow_screen(self, open_page: OpenPage) -> None:
        page = open_page(report(120, changes=changes()), viewport={"width": 360, "height": 700})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            "only tables may be wider than the screen"
        )

    def test_rows_say_which_of_how_many_they_are(self, open_page: OpenPage) -> None:
        page = open_page(report(500))
        expect(page.get_by_role("table", name="Phones")).to_have_attribute("aria-rowcount", "501")
        assert phones(page).first.get_attribute("aria-rowindex") == "2"
        page.locator("#table").evaluate("(element) => element.scrollTo(0, element.scrollHeight)")
        expect(phones(page).last).to_have_attribute("aria-rowindex", "501")


def test_dark_where_the_system_is_dark(open_page: OpenPage) -> None:
    page = open_page(report(3), color_scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(14, 18, 23)"
    page.emulate_media(color_scheme="light")
    assert page.evaluate(background) == "rgb(243, 245, 248)"
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(background) == "rgb(255, 255, 255)"


class TestPrint:
    def test_all_phones_that_are_found_and_no_controls(self, open_page: OpenPage) -> None:
        page = open_page(report(1000))
        search(page, "vvx")
        expect(announced(page)).to_have_text("850 of 1,000 phones")
        assert phones(page).count() < 120
        page.emulate_media(media="print")
        expect(phones(page)).to_have_count(850)
        for control in ("#search", "#columns", "#jump", ".hint", ".skip"):
            expect(page.locator(control)).to_be_hidden()
        expect(page.get_by_text("Only phones of which this is true: contains vvx")).to_be_visible()
        page.emulate_media(media="screen")
        expect(page.locator("#search")).to_be_visible()
        assert phones(page).count() < 120

    def test_paper_holds_them_all(self, open_page: OpenPage) -> None:
        page = open_page(report(600))
        page.evaluate("""addEventListener(
            "beforeprint", () => (window.printed = document.querySelectorAll("tr[data-index]").length)
        )""")
        pdf = page.pdf(prefer_css_page_size=True)
        assert page.evaluate("window.printed") == 600
        assert pdf.count(b"/Type /Page\n") > 10
        assert phones(page).count() < 120
