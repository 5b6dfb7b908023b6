# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A phone's panel: its address in the page, what it shows, the way from phone to phone, copies, and the keyboard."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.causes import CAUSES
from playwright.sync_api import Locator, Page, expect

from support import cockpit
from support.cockpit import ago
from support.fleet_report import HOSTILE

from .conftest import OpenPage
from .using import violations

SMALL = {"viewport": {"width": 390, "height": 844}}
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def row(number: int = 1, **cells: Any) -> dict[str, Any]:
    """A phone with nothing wrong; the odd ones have two lines."""
    made = cockpit.phone(number, cockpit.random.Random(1), sick=0)
    made["cells"].update(cells)
    return made


def one(made: dict[str, Any], **options: Any) -> dict[str, Any]:
    return cockpit.report(rows=[row(2), made, row(4)], **options)


def panel(page: Page) -> Locator:
    return page.locator("#panel")


def part(page: Page, name: str) -> Locator:
    return page.locator(f"#panel .part-{name}")


def title(page: Page) -> Locator:
    return panel(page).get_by_role("heading", level=2)


def address(made: dict[str, Any]) -> str:
    return f"#phone={made['cells']['host']}"


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


class TestOpening:
    def test_an_address_opens_the_phone(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), "#phone=berlin-1006")
        expect(page.get_by_role("dialog", name="berlin-1006")).to_be_visible()
        expect(title(page)).to_be_focused()
        assert page.evaluate("document.querySelector('#panel').matches(':modal')") is False

    def test_an_address_of_a_phone_that_the_report_lacks_says_so(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), f"#phone={HOSTILE[0].replace('/', '%2F').replace(' ', '+')}")
        expect(title(page)).to_have_text(HOSTILE[0])
        expect(panel(page)).to_contain_text("This phone is not in the report.")
        panel(page).get_by_role("button", name="Close").click()
        expect(panel(page)).to_be_hidden()
        expect(page).not_to_have_url(re.compile("phone="))

    def test_a_phone_that_is_gone_has_its_history(self, open_page: OpenPage) -> None:
        made = cockpit.report(3)
        made["history"][-1]["events"] = [["berlin-old", "disappeared", None, None, None]]
        page = open_page(made, "#phone=berlin-old")
        expect(part(page, "history")).to_contain_text("no longer in the report")

    def test_a_click_opens_it_and_back_closes_it(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40))
        opener = page.locator("#table").get_by_role("button", name="berlin-1006", exact=True)
        opener.click()
        expect(title(page)).to_have_text("berlin-1006")
        expect(page).to_have_url(re.compile("phone=berlin-1006"))
        page.go_back()
        expect(panel(page)).to_be_hidden()
        expect(opener).to_be_focused()

    def test_escape_and_close_give_the_focus_back(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40))
        opener = page.locator("#table").get_by_role("button", name="berlin-1006", exact=True)
        for leave in ("Escape", "Close"):
            opener.focus()
            page.keyboard.press("Enter")
            expect(title(page)).to_be_focused()
            if leave == "Escape":
                page.keyboard.press("Escape")
            else:
                panel(page).get_by_role("button", name="Close").click()
            expect(panel(page)).to_be_hidden()
            expect(opener).to_be_focused()

    def test_the_table_beside_it_stays_in_use(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), "#phone=berlin-1006")
        other = page.locator("#table").get_by_role("button", name="hamburg-1001", exact=True)
        other.click()
        expect(title(page)).to_have_text("hamburg-1001")
        sheet, table = panel(page).bounding_box(), page.locator("#table").bounding_box()
        assert sheet and table
        assert table["x"] + table["width"] <= sheet["x"]

    def test_the_table_beside_it_still_says_which_phone_is_how(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), "#phone=berlin-1012", viewport={"width": 1366, "height": 768})
        state = page.locator("#table tbody tr:not(.space)").filter(has_text="berlin-1012").locator("td").nth(1)
        expect(state).to_have_text("Cannot be managed")
        assert state.evaluate("(element) => element.scrollWidth <= element.clientWidth")

    def test_it_fills_a_small_screen(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), "#phone=berlin-1006", **SMALL)
        assert page.evaluate("document.querySelector('#panel').matches(':modal')") is True
        box = panel(page).bounding_box()
        assert box and (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
        assert page.evaluate("document.querySelector('#panel').scrollWidth <= innerWidth")
        page.keyboard.press("Escape")
        expect(panel(page)).to_be_hidden()
        expect(page).not_to_have_url(re.compile("phone="))

    def test_it_follows_the_width_of_the_window(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), "#phone=berlin-1006")
        page.set_viewport_size({"width": 600, "height": 800})
        expect(panel(page)).to_have_css("width", "600px")
        page.set_viewport_size({"width": 1400, "height": 900})
        expect(panel(page)).not_to_have_css("width", "1400px")
        expect(title(page)).to_have_text("berlin-1006")


class TestState:
    def test_a_cause_has_since_when_the_remedy_and_a_command_to_copy(self, open_page: OpenPage) -> None:
        made = row(6)
        made["causes"] = [{"cause": "drifting", "since": ago(hours=90)}, {"cause": "rebooted", "since": ago(hours=24)}]
        page = open_page(one(made), address(made), **CLIPBOARD)
        causes = part(page, "state").get_by_role("listitem")
        expect(causes.nth(0)).to_contain_text("Parameters differ since Nov 23, 3 days ago")
        expect(causes.nth(0)).to_contain_text("Run configure to set what the inventory says.")
        causes.nth(0).get_by_role("button", name="Copy the command").click()
        expect(causes.nth(0).get_by_role("button")).to_have_text("Copied")
        assert clipboard(page) == "ansible-playbook polycom.vvx.configure -i inventory --limit 'berlin-1006'"
        expect(causes.nth(1)).to_contain_text("Rebooted since the last report since Nov 26")
        expect(causes.nth(1).get_by_role("button")).to_have_count(0)

    def test_a_phone_that_did_not_answer_is_marked_with_its_own_remedy(self, open_page: OpenPage) -> None:
        made = row(6, status="unreachable", reason="it did not answer within 10 s.", last_seen=ago(hours=400))
        made["causes"] = [{"cause": "unmanaged", "since": ago(hours=399)}]
        made["detail"].update(remedy="Check its cable, its PoE port and its VLAN.", known=True)
        made["detail"]["lines"][0]["registered"] = None
        page = open_page(one(made), address(made))
        expect(part(page, "state")).to_contain_text("Cannot be managed: unreachable since Nov 10")
        expect(part(page, "state")).to_contain_text("it did not answer within 10 s.")
        expect(part(page, "state")).to_contain_text("Check its cable, its PoE port and its VLAN.")
        expect(part(page, "state")).not_to_contain_text("See what each phone says.")
        expect(part(page, "state")).to_contain_text("The phone could not be read. This was last known 16 days ago.")
        expect(panel(page).locator(".summary")).to_contain_text("last seen 16 days ago")
        expect(part(page, "lines")).to_contain_text("not known")

    def test_nothing_is_wrong_only_where_nothing_is(self, open_page: OpenPage) -> None:
        page = open_page(one(row(6)), "#phone=berlin-1006")
        expect(part(page, "state")).to_have_text(re.compile("Nothing is wrong."))
        made = row(6, state="other")
        page = open_page(one(made), address(made))
        expect(part(page, "state")).not_to_contain_text("Nothing is wrong.")

    def test_a_restart_names_its_parameters(self, open_page: OpenPage) -> None:
        made = row(6)
        made["detail"]["restart"] = {"since": ago(hours=20), "parameters": ["reg.1.server.1.address"]}
        page = open_page(one(made), address(made))
        expect(part(page, "state")).to_contain_text("A restart is pending since 20 hours ago for")
        expect(part(page, "state").locator("code")).to_have_text("reg.1.server.1.address")


class TestContents:
    def test_lines_say_who_registers_where(self, open_page: OpenPage) -> None:
        made = row(5)
        made["detail"]["lines"][0]["registered"] = False
        page = open_page(one(made), address(made))
        lines = part(page, "lines").locator("tbody tr")
        assert lines.nth(0).locator("td").all_inner_texts() == ["1", "Reception 5", "1005", "no", "10.20.0.5"]
        assert lines.nth(1).locator("td").all_inner_texts() == ["2", "2005", "2005", "yes", "sip.example.com"]

    def test_drift_says_who_wishes_what(self, open_page: OpenPage) -> None:
        made = row(6)
        made["detail"]["drift"] = [
            {"parameter": "reg.1.label", "wanted": "Desk", "has": "x" * 300, "source": "web"}
            | {"layer": "vvx_parameters_host", "file": "host_vars/a.yml", "line": 3}
        ]
        page = open_page(one(made), address(made))
        cells = part(page, "drift").locator("tbody td")
        assert cells.nth(0).inner_text() == "reg.1.label"
        assert cells.nth(1).inner_text().split("\n") == ["Desk", "vvx_parameters_host", "host_vars/a.yml:3"]
        assert "x" * 61 not in cells.nth(2).inner_text()
        cells.nth(2).locator("summary").click()
        assert "x" * 300 in cells.nth(2).inner_text()
        assert cells.nth(3).inner_text() == "web"

    def test_history_is_in_words_with_the_newest_first(self, open_page: OpenPage) -> None:
        made = row(6)
        report = one(made)
        host = made["cells"]["host"]
        for run in report["history"]:
            run["events"] = []
        report["history"][-4]["events"] = [[host, "broken", "unregistered", None, None]]
        report["history"][-3]["events"] = [
            [host, "repaired", "unregistered", None, None],
            [host, "changed", "firmware", "5.8.0", "5.9.3"],
            ["another", "broken", "drifting", None, None],
        ]
        report["history"][0]["events"] = [[host, "appeared", None, None, None]]
        page = open_page(report, address(made))
        assert part(page, "history").get_by_role("listitem").evaluate_all(
            "(items) => items.map((item) => [...item.querySelectorAll('time, .event')].map((each) => each.textContent))"
        ) == [
            ["Nov 25", "registered again", "Firmware: 5.8.0 → 5.9.3"],
            ["Nov 24", "not registered"],
            ["Oct 28", "new in the report"],
        ]

    def test_history_has_words_for_every_cause(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(1))
        assert page.evaluate("Object.keys(CAUSE_WORDS)") == [cause.name for cause in CAUSES]

    def test_times_are_words_with_the_time_in_full(self, open_page: OpenPage) -> None:
        made = row(6, booted=ago(days=12, hours=5))
        page = open_page(one(made), address(made), timezone_id="Europe/Berlin")
        up = panel(page).locator(".summary time")
        expect(up).to_have_text("up for 12 days")
        expect(up).to_have_attribute("datetime", ago(days=12, hours=5))
        expect(up).to_have_attribute("title", "Nov 15, 2026, 04:00 (2026-11-15 03:00 UTC)")

    def test_own_columns_and_all_facts_are_there(self, open_page: OpenPage) -> None:
        page = open_page(one(row(6, Room="1.06")), "#phone=berlin-1006")
        facts = part(page, "facts")
        for name, value in {
            "Address": "10.0.0.7",
            "MAC": "00:04:f2:00:00:06",
            "Room": "1.06",
            "Site": "berlin",
        }.items():
            expect(facts.locator(f"dt:text-is('{name}') + dd")).to_have_text(value)
        expect(part(page, "certificate")).to_contain_text("CN=Polycom Equipment Issuing CA 1, O=Polycom Inc.")

    def test_raw_data_is_at_the_end_and_folded(self, open_page: OpenPage) -> None:
        made = row(6)
        page = open_page(one(made), address(made))
        raw = panel(page).locator("> *").last
        expect(raw.locator("pre")).to_be_hidden()
        raw.locator("summary").click()
        expect(raw.locator("pre")).to_contain_text("berlin-1006")
        assert json.loads(raw.locator("pre").inner_text()) == made

    def test_the_web_interface_opens_in_a_new_tab(self, open_page: OpenPage) -> None:
        page = open_page(one(row(6)), "#phone=berlin-1006")
        link = panel(page).get_by_role("link", name="Web interface (opens in a new tab)")
        expect(link).to_have_attribute("href", "https://10.0.0.7/")
        expect(link).to_have_attribute("target", "_blank")
        expect(link).to_have_attribute("rel", "noopener noreferrer")

    @pytest.mark.parametrize("url", [None, "javascript:alert(1)", "data:text/html,x", "//a/b", "https://a b/", 5])
    def test_other_addresses_are_no_link(self, open_page: OpenPage, url: Any) -> None:
        made = row(6)
        made["detail"]["url"] = url
        page = open_page(one(made), address(made))
        expect(title(page)).to_be_visible()
        expect(panel(page).get_by_role("link")).to_have_count(0)

    def test_hostile_texts_stay_texts(self, open_page: OpenPage) -> None:
        made = row(6, reason=HOSTILE[0], Room=HOSTILE[1], host=HOSTILE[2], model=HOSTILE[3], state="unmanaged")
        made["detail"].update(
            problems=[*HOSTILE],
            remedy=HOSTILE[0],
            lines=[dict.fromkeys(("line", "label", "user", "server"), text) | {"registered": None} for text in HOSTILE],
            drift=[dict.fromkeys(("parameter", "wanted", "has", "source", "layer", "file", "line"), HOSTILE[0])],
            restart={"since": HOSTILE[0], "parameters": [HOSTILE[1]]},
            certificate=dict.fromkeys(("subject", "issuer", "fingerprint"), HOSTILE[0]),
        )
        report = one(made)
        made["causes"] = [{"cause": HOSTILE[0], "since": HOSTILE[1]}]
        report["history"][-1]["events"] = [
            [HOSTILE[2], "broken", HOSTILE[0], None, None],
            [HOSTILE[2], "changed", HOSTILE[1], HOSTILE[0], [HOSTILE[3]]],
        ]
        for options in ({}, SMALL):
            page = open_page(report, "", **options)
            page.evaluate("(host) => setState({ phone: host })", HOSTILE[2])
            expect(title(page)).to_have_text(HOSTILE[2])
            expect(part(page, "history")).to_contain_text(HOSTILE[0])
            assert page.locator("#panel img, #panel script, #panel [onload]").count() == 0
            assert page.evaluate("document.querySelector('#panel').scrollWidth <= innerWidth")


class TestFromPhoneToPhone:
    def test_through_the_rows_as_filtered_and_sorted(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), "#q=site:berlin&sort=-host&phone=berlin-1030")
        place = panel(page).locator(".place")
        expect(place).to_have_text("2 of 6")
        panel(page).get_by_role("button", name="Next phone").click()
        expect(title(page)).to_have_text("berlin-1024")
        expect(panel(page).get_by_role("button", name="Next phone")).to_be_focused()
        for host, number in (("berlin-1030", 2), ("berlin-1036", 1)):
            panel(page).get_by_role("button", name="Previous phone").click()
            expect(title(page)).to_have_text(host)
            expect(place).to_have_text(f"{number} of 6")
        expect(panel(page).get_by_role("button", name="Previous phone")).to_be_disabled()
        expect(title(page)).to_be_focused()

    def test_by_keys(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40, sick=0), "#q=site:berlin&phone=berlin-1006")
        keys = {"j": "berlin-1012", "Alt+ArrowDown": "berlin-1018", "k": "berlin-1012", "Alt+ArrowUp": "berlin-1006"}
        for key, host in keys.items():
            page.keyboard.press(key)
            expect(title(page)).to_have_text(host)
        page.keyboard.press("k")
        expect(title(page)).to_have_text("berlin-1006")

    def test_letters_typed_elsewhere_change_no_phone(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), "#phone=berlin-1006")
        page.get_by_label("Filter", exact=True).press_sequentially("j")
        expect(title(page)).to_have_text("berlin-1006")

    def test_a_phone_that_the_filter_hides_says_so(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40, sick=0), "#q=site:wien&phone=berlin-1006")
        expect(panel(page).locator(".place")).to_have_text("not among the phones shown")
        page.keyboard.press("j")
        expect(title(page)).to_have_text("wien-1004")

    def test_the_place_follows_the_filter(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40, sick=0), "#phone=berlin-1012")
        expect(panel(page).locator(".place")).to_have_text("12 of 40")
        page.get_by_label("Filter", exact=True).fill("site:berlin")
        expect(panel(page).locator(".place")).to_have_text("2 of 6")
        expect(page.get_by_label("Filter", exact=True)).to_be_focused()


class TestCopies:
    @pytest.mark.parametrize(
        ("name", "text"),
        [("Copy host", "berlin-1006"), ("Copy address", "10.0.0.7"), ("Copy MAC", "00:04:f2:00:00:06")],
    )
    def test_one_fact(self, open_page: OpenPage, name: str, text: str) -> None:
        page = open_page(one(row(6)), "#phone=berlin-1006", **CLIPBOARD)
        panel(page).get_by_role("button", name=name).click()
        expect(panel(page).get_by_role("button", name="Copied")).to_be_visible()
        assert clipboard(page) == text

    def test_all_as_text_for_a_ticket(self, open_page: OpenPage) -> None:
        made = row(5, state="unregistered")
        made["causes"] = [{"cause": "unregistered", "since": ago(hours=24)}]
        made["detail"]["problems"] = ["line 1 is not registered"]
        made["detail"]["lines"][0].update(registered=False, label="Front\ndesk")
        made["detail"]["drift"] = [{"parameter": "reg.1.label", "wanted": "", "has": "b", "source": "web"}]
        made["detail"]["drift"][0].update(layer="vvx_parameters", file=None, line=None)
        page = open_page(one(made), address(made), timezone_id="UTC", **CLIPBOARD)
        panel(page).get_by_role("button", name="Copy for a ticket").click()
        expect(panel(page).get_by_role("button", name="Copied")).to_be_visible()
        lines = clipboard(page).splitlines()
        assert lines[:3] == [
            "zürich-1005 (10.0.0.6)",
            "- Not registered, since 2026-11-26 08:00 UTC",
            "- line 1 is not registered",
        ]
        assert "MAC: 00:04:f2:00:00:05" in lines
        assert "Room: 0.05" in lines
        assert lines[-4:] == [
            "Line 1: Front desk (1005), not registered, 10.20.0.5",
            "Line 2: 2005 (2005), registered, sip.example.com",
            "reg.1.label: wanted (empty), has b",
            "Report of 2026-11-27 08:00 UTC",
        ]


class TestAccess:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("options", [{}, SMALL], ids=["wide", "small"])
    def test_axe_finds_nothing(self, open_page: OpenPage, scheme: str, options: Any) -> None:
        report = cockpit.report(200, sick=0.9)
        page = open_page(report, "", color_scheme=scheme, **options)
        for host in ("hamburg-1121", "hamburg-1181", "berlin-1024"):
            page.evaluate("(host) => setState({ phone: host })", host)
            expect(title(page)).to_have_text(host)
            for folded in panel(page).locator("details:not([open]) > summary").all():
                folded.click()
            assert violations(page) == []

    def test_all_is_reached_by_keyboard(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(40), "#phone=berlin-1006")
        expect(title(page)).to_be_focused()
        reached = []
        while "Raw data (JSO" not in reached and len(reached) < 15:
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.textContent.slice(0, 13)"))
        for name in ("Web interface", "Copy host", "Copy address", "Copy MAC", "Copy for a ti", "Raw data (JSO"):
            assert name in reached
        page.keyboard.press("Escape")
        expect(panel(page)).to_be_hidden()
