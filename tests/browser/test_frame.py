# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page's frame: the verdict and its causes, the trend, the views, what has changed; small screens and paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from support import cockpit
from support.fleet_report import HOSTILE

from .conftest import OpenPage
from .using import announced, phones, search, violations

_PHONE = {"width": 390, "height": 844}
_SCREENS = [{"width": 1440, "height": 900}, {"width": 1366, "height": 768}]


def _cause(page: Page, name: str) -> Page:
    return page.locator(f'.cause button[data-query="state:{name}"]')


def _fits(page: Page) -> bool:
    fits: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return fits


class TestVerdict:
    @pytest.mark.parametrize("size", _SCREENS, ids=["1440", "1366"])
    def test_stands_above_the_fold_with_its_causes_and_the_first_phones(
        self, open_page: OpenPage, size: dict[str, int]
    ) -> None:
        made = cockpit.report(2400, sick=0.5)
        made["causes"] = [cause for cause in made["causes"] if cause["cause"] not in ("other", "rebooted")]
        page = open_page(made, viewport=size)
        assert len(made["causes"]) == 6
        expect(page.get_by_role("heading", name=re.compile("of 2,400 phones need attention"))).to_be_in_viewport()
        for cause in page.locator(".cause").all():
            expect(cause).to_be_in_viewport(ratio=1)
        for number in range(3):
            expect(phones(page).nth(number)).to_be_in_viewport(ratio=1)
        assert _fits(page)

    @pytest.mark.parametrize(("width", "shown"), [(1366, False), (1920, True)])
    def test_says_all_of_what_to_do_where_there_is_room(self, open_page: OpenPage, width: int, shown: bool) -> None:
        made = cockpit.report(40)
        made["causes"][0]["remedy"] = "Do this. Then do that."
        page = open_page(made, viewport={"width": width, "height": 900})
        expect(page.locator(".cause").first).to_contain_text("Do this.")
        expect(page.get_by_text("Then do that.")).to_be_visible(visible=shown)
        page.emulate_media(media="print")
        expect(page.get_by_text("Then do that.")).to_be_visible()

    def test_every_cause_filters_to_as_many_phones_as_it_says(self, open_page: OpenPage) -> None:
        made = cockpit.report(200, sick=0.6)
        page = open_page(made)
        for cause in made["causes"]:
            button = _cause(page, cause["cause"])
            expect(button).to_have_accessible_name(f"{cause['phones']} {cause['title']}")
            button.click()
            expect(button).to_have_attribute("aria-pressed", "true")
            expect(announced(page)).to_have_text(f"{cause['phones']} of 200 phones")
            button.click()
            expect(button).to_have_attribute("aria-pressed", "false")
            expect(announced(page)).to_have_text("200 phones")
        fine = sum(not row["causes"] for row in made["rows"])
        _cause(page, "ok").click()
        expect(announced(page)).to_have_text(f"{fine} of 200 phones")

    def test_a_click_anywhere_on_a_cause_filters_and_on_a_status_narrows(self, open_page: OpenPage) -> None:
        made = cockpit.report(200, sick=0.9)
        page = open_page(made)
        unmanaged = made["causes"][0]
        page.locator(".cause").first.locator(".since").click(force=True)  # the button covers the row
        expect(announced(page)).to_have_text(f"{unmanaged['phones']} of 200 phones")
        status = unmanaged["statuses"][-1]
        page.locator(f'.cause button[data-query="status:{status["status"]}"]').click()
        expect(announced(page)).to_have_text(f"{status['phones']} of 200 phones")

    def test_is_used_by_keyboard(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40))
        _cause(page, "unmanaged").focus()
        page.keyboard.press("Enter")
        expect(announced(page)).to_have_text("3 of 40 phones")

    def test_shows_the_phones_from_any_view(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), "#view=changes")
        expect(page.locator("#view-phones")).to_be_hidden()
        _cause(page, "unmanaged").click()
        expect(page.locator("#view-phones")).to_be_visible()
        expect(page.get_by_role("tab", name="Phones")).to_have_attribute("aria-selected", "true")

    def test_says_since_when_in_words_and_in_full(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), timezone_id="UTC")
        since = page.locator(".cause .since .screen").first
        expect(since).to_have_text("for 16 days")
        expect(since.locator("time")).to_have_attribute("title", "2026-11-10 16:00 UTC")
        expect(page.locator(".masthead .screen")).to_have_text("just now")

    def test_all_fine_is_calm_and_small(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40, sick=0), viewport=_SCREENS[1])
        expect(page.get_by_role("heading", name="All 40 phones are fine")).to_be_visible()
        expect(page.locator(".cause")).to_have_count(0)
        table = page.locator("#table").bounding_box()
        assert table and table["y"] < 350

    def test_says_everything_without_color(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(200, sick=0.6))
        icons = page.locator(".cause .name use").evaluate_all("(uses) => uses.map((use) => use.getAttribute('href'))")
        assert len(set(icons)) == len(icons) == 9, "each cause has an icon of its own"
        assert set(page.locator(".became").all_inner_texts()) <= {"better", "worse", "same"}


class TestViews:
    def test_tabs_by_click_and_by_arrows(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40))
        tabs = page.get_by_role("tab")
        assert tabs.all_inner_texts() == ["Phones", "Sites", "Parameters", "Firmware", "Changes"]
        tabs.nth(4).click()
        expect(page.locator("#view-changes")).to_be_visible()
        expect(page.locator("#view-phones")).to_be_hidden()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("tabpanel", name="Phones")).to_be_visible()
        page.keyboard.press("ArrowLeft")
        expect(page.get_by_role("tabpanel", name="Changes")).to_be_visible()
        page.keyboard.press("Home")
        expect(tabs.first).to_be_focused()
        page.keyboard.press("End")
        expect(tabs.last).to_have_attribute("aria-selected", "true")
        assert page.locator("[role=tab][tabindex='0']").count() == 1


class TestChanges:
    def test_the_short_form_leads_to_all_of_it(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), timezone_id="UTC")
        expect(page.locator(".lately .screen")).to_have_text("Thu 08:00")
        page.get_by_role("button", name="3 broke, 4 repaired, 1 new, 1 gone, 3 changed").click()
        expect(page.locator("#window-report")).to_be_visible()
        expect(page.locator("#window-day")).to_be_hidden()
        page.get_by_role("button", name="Last 7 days").click()
        expect(page.locator("#window-week")).to_be_visible()
        expect(page.locator("#window-report")).to_be_hidden()

    def test_a_line_filters_to_its_phones_and_a_host_opens(self, open_page: OpenPage) -> None:
        made = cockpit.report(40)
        page = open_page(made, "#view=changes")
        line = page.locator("#window-report .lines li", has_text="5.8.0.12848")
        host = made["changes"]["changed"][0]["host"]
        line.get_by_role("button", name=host).click()
        expect(page).to_have_url(re.compile("phone="))
        page.keyboard.press("Escape")
        line.get_by_role("button", name="3 phones").click()
        expect(announced(page)).to_have_text("3 of 40 phones")

    def test_many_phones_are_found_by_what_has_happened(self, open_page: OpenPage) -> None:
        made = cockpit.report(400, sick=0.1)
        for row in made["rows"]:
            row["cells"]["up"] = 3700
        made["columns"].append({"name": "up", "title": "Up", "kind": "duration", "by": False})
        hosts = [row["cells"]["host"] for row in made["rows"]]
        made["changes"]["appeared"] = hosts[:200]
        made["changes"]["repaired"] = [{"host": host, "cause": "drifting"} for host in hosts[:150]]
        made["changes"]["changed"] = [
            {"host": host, "column": name, "before": before, "after": after}
            for host in hosts[:120]
            for name, before, after in (
                ("lines", ['a*"', "b"], []),
                ("registered", [1, 2], None),
                ("up", 60, 3700),
                ("behind", True, False),
                ("booted", cockpit.ago(days=2), cockpit.ago(hours=1)),
            )
        ]
        made["history"][-1]["events"] = [[host, "broken", "behind", None, None] for host in hosts[100:300]]
        made["history"][-4]["events"] = [[host, "appeared", None, None, None] for host in [*hosts[:150], "gone"]]
        page = open_page(made, "#view=changes")
        buttons = page.locator("button[data-query^='happened:']")
        found = buttons.evaluate_all("(all) => all.map((each) => [each.dataset.query, each.textContent])")
        assert len(found) == 10
        for query, number in found:
            passing = page.evaluate("(query) => report.rows.filter(parseFilter(query).passes).length", query)
            assert passing == (150 if "151" in number else int(number.split()[0])), query
        page.locator("#window-report").get_by_role("button", name="200 phones").click()
        expect(announced(page)).to_have_text("200 of 400 phones")
        expect(page.locator("#search")).to_have_value("happened:report/appeared")
        search(page, "happened:day/broken/*")
        expect(announced(page)).to_have_text("200 of 400 phones")

    def test_all_of_it_is_there_without_a_script(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), java_script_enabled=False)
        for text in ("8 of 40 phones need attention", "Cannot be managed", "See what each phone says."):
            expect(page.get_by_text(text).first).to_be_visible()
        expect(page.get_by_text("As of 2026-11-27 08:00 UTC")).to_be_visible()
        expect(page.get_by_text("31 reports with changes since 2026-10-28")).to_be_visible()
        for window in ("report", "day", "week"):
            expect(page.locator(f"#window-{window}")).to_be_visible()
        expect(page.locator("noscript p")).to_be_visible()
        for part in ("#view-phones", ".views"):
            expect(page.locator(part)).to_be_hidden()
        assert page.locator("button:enabled:visible").count() == 0

    def test_a_first_report_has_nothing_to_compare_with(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40, runs=0), "#view=changes")
        expect(page.get_by_text("This is the first report.")).to_be_visible()
        expect(page.get_by_text("After two reports with changes")).to_be_visible()


class TestSmallScreen:
    def test_cards_instead_of_the_table(self, open_page: OpenPage) -> None:
        made = cockpit.report(40)
        page = open_page(made, viewport=_PHONE)
        expect(page.locator("#table")).to_be_hidden()
        cards = page.get_by_role("list", name="Phones").get_by_role("listitem")
        expect(cards).to_have_count(40)
        sick = next(row for row in made["rows"] if row["detail"]["problems"])
        card = cards.filter(has_text=sick["cells"]["host"])
        for text in (sick["cells"]["site"], sick["cells"]["model"], sick["detail"]["problems"][0]):
            expect(card).to_contain_text(text)
        assert _fits(page)
        card.get_by_role("button").click()
        expect(page.get_by_role("heading", name=sick["cells"]["host"])).to_be_visible()

    def test_cards_follow_the_filter_and_the_screen(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), viewport=_PHONE)
        search(page, "state:unmanaged")
        expect(page.locator(".card")).to_have_count(3)
        page.set_viewport_size(_SCREENS[0])
        expect(page.locator("#table")).to_be_visible()
        expect(page.locator("#cards")).to_be_hidden()

    def test_ten_thousand_phones_are_few_cards_at_a_time(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(10_000), viewport=_PHONE)
        expect(page.locator(".card")).to_have_count(40)
        page.get_by_role("button", name="Show 40 more of 9,960").click()
        expect(page.locator(".card")).to_have_count(80)
        expect(page.locator("#cards li:nth-child(41) button")).to_be_focused()

    @pytest.mark.parametrize("view", ["phones", "sites", "parameters", "firmware", "changes"])
    def test_nothing_is_wider_than_the_screen(self, open_page: OpenPage, view: str) -> None:
        page = open_page(cockpit.report(400, sick=0.8, hostile=True), f"#view={view}", viewport=_PHONE)
        assert _fits(page)


class TestPaper:
    def test_has_the_verdict_the_filter_in_words_and_each_row_once(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(400, sick=0.8), "#q=-state:unmanaged site:berlin,wien&view=sites")
        found = announced(page).inner_text().split()[0]
        page.emulate_media(media="print")
        expect(phones(page)).to_have_count(int(found))
        words = "not (State is Cannot be managed), and Site is berlin or wien"
        expect(page.get_by_text(words)).to_be_visible()
        expect(page.get_by_role("heading", name=re.compile("of 400 phones need attention"))).to_be_visible()
        expect(page.locator(".cause").first).to_be_visible()
        expect(page.locator(".masthead .paper")).to_have_text("2026-11-27 08:00 UTC")
        for gone in (".views", "#search", "#actions", "#columns", "#view-sites", "#view-changes", "#cards", "input"):
            assert page.locator(gone).locator("visible=true").count() == 0, gone
        hosts = page.locator("#table tbody th").all_inner_texts()
        assert len(set(hosts)) == len(hosts) == int(found)
        visible = page.locator("body").inner_text()
        assert visible.count(hosts[0]) == 1
        page.emulate_media(media="screen")
        expect(page.locator("#view-sites")).to_be_visible()

    def test_is_paper_of_a_small_screen_too(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(100), viewport=_PHONE)
        page.emulate_media(media="print")
        expect(phones(page)).to_have_count(100)
        expect(phones(page).last).to_be_visible()
        expect(page.locator(".card").first).to_be_hidden()

    def test_is_a4_across(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40))
        pdf = page.pdf(prefer_css_page_size=True)
        width, height = map(float, re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)[0])
        assert (round(width), round(height)) == (842, 595)
        assert pdf.count(b"/Type /Page\n") == 2


class TestAccess:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("size", [_SCREENS[1], _PHONE], ids=["wide", "narrow"])
    def test_axe_finds_nothing(self, open_page: OpenPage, scheme: str, size: dict[str, int]) -> None:
        page = open_page(cockpit.report(60, sick=0.9), color_scheme=scheme, viewport=size)
        assert violations(page) == []
        _cause(page, "unmanaged").click()
        assert violations(page) == []
        page.get_by_role("tab", name="Changes").click()
        assert violations(page) == []

    def test_axe_finds_nothing_if_all_is_fine(self, open_page: OpenPage) -> None:
        assert violations(open_page(cockpit.report(12, sick=0))) == []
        assert violations(open_page(cockpit.report(12, sick=0, runs=0))) == []


@pytest.mark.parametrize("size", [_SCREENS[1], _PHONE], ids=["wide", "narrow"])
def test_hostile_texts_stay_texts(open_page: OpenPage, size: dict[str, int]) -> None:
    made = cockpit.report(len(HOSTILE), hostile=True, title=HOSTILE[0])
    made["summary"]["attention"] = len(HOSTILE)
    for label, row in zip(HOSTILE, made["rows"]):
        row["cells"].update(host=label, model=label, state=label)
        row["causes"] = [{"cause": label, "since": label}]
        row["detail"]["problems"] = [label, label]
    made["causes"] = [
        {"cause": label, "severity": "critical", "title": label, "phones": 1, "new": 1, "since": made["time"]}
        | {"remedy": label, "playbook": label, "statuses": [{"status": label, "phones": 1, "remedy": label}]}
        for label in HOSTILE
    ]
    made["changes"]["changed"] = [{"host": each, "column": each, "before": each, "after": each} for each in HOSTILE]
    made["changes"]["broken"] = [{"host": each, "cause": each} for each in HOSTILE]
    page = open_page(made, viewport=size)
    bad = "document.querySelectorAll('img, iframe, [onerror], [onload]').length + document.scripts.length"
    assert page.evaluate(bad) == 2
    assert _fits(page)
    for number, label in enumerate(HOSTILE):
        assert label in (page.locator(".causes").text_content() or "")
        page.locator(".cause .name").nth(number).click()
        page.locator(".cause .name").nth(number).click()
    page.get_by_role("tab", name="Changes").click()
    changes = page.locator("#window-report").text_content() or ""
    assert all(label in changes for label in HOSTILE)
    page.locator("#window-report [data-query]").first.click()
    expect(announced(page)).to_have_text(f"1 of {len(HOSTILE)} phones")
    page.emulate_media(media="print")
    assert page.evaluate(bad) == 2
