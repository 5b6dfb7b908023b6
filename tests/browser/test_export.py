# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What leaves the page: copies, commands that a shell can run, CSV."""

from __future__ import annotations

import random
import shlex
from pathlib import Path
from typing import Any

import pytest
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.formats import SEPARATORS, to_csv
from playwright.sync_api import Page, expect

from support import cockpit
from support.fleet_report import HOSTILE

from .conftest import OpenPage
from .using import search

_CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def _choose(page: Page, menu: str, name: str) -> None:
    page.locator(f"#{menu} summary").click()
    page.locator(f"#{menu}").get_by_role("button", name=name, exact=True).click()


def _copied(page: Page) -> str:
    text: str = page.evaluate("(window.kept || navigator.clipboard).readText()")
    return text


def _hosts(made: dict[str, Any], site: str = "") -> list[str]:
    return [row["cells"]["host"] for row in made["rows"] if row["cells"]["site"] == site or not site]


class TestCopying:
    def test_what_matches_or_is_selected(self, open_page: OpenPage) -> None:
        made = cockpit.report(40)
        page = open_page(made, "#q=site:wien", **_CLIPBOARD)
        _choose(page, "copy", "Hosts")
        expect(page.locator("#said")).to_have_text("Copied 7 hosts.")
        assert _copied(page).splitlines() == _hosts(made, "wien")
        page.get_by_label(f"Select {_hosts(made, 'wien')[1]}", exact=True).click()
        chosen = next(row["cells"] for row in made["rows"] if row["cells"]["host"] == _hosts(made, "wien")[1])
        _choose(page, "copy", "Addresses")
        expect(page.locator("#said")).to_have_text("Copied 1 address.")
        assert _copied(page) == f"{chosen['address']}\n"
        _choose(page, "copy", "MACs")
        assert _copied(page) == f"{chosen['mac']}\n"
        expect(page.locator("#copy summary")).to_be_focused()

    def test_says_if_there_is_nothing(self, open_page: OpenPage) -> None:
        made = cockpit.report(2)
        for row in made["rows"]:
            row["cells"]["mac"] = None
        page = open_page(made, **_CLIPBOARD)
        _choose(page, "copy", "MACs")
        expect(page.locator("#said")).to_have_text("None of 2 phones has a known MAC.")

    def test_the_link_has_all_that_is_chosen(self, open_page: OpenPage) -> None:
        page = open_page(cockpit.report(4), **_CLIPBOARD)
        search(page, "site:wien")
        page.get_by_role("button", name="Copy link").click()
        expect(page.locator("#said")).to_have_text("Copied the link to this view.")
        assert _copied(page).endswith("#q=site:wien")

    @pytest.mark.parametrize(
        "missing",
        [
            "Object.defineProperty(navigator, 'clipboard', { value: undefined })",
            "navigator.clipboard.writeText = () => Promise.reject(new Error('no')); null",
        ],
    )
    def test_without_a_clipboard_a_selected_text_is_copied(self, open_page: OpenPage, missing: str) -> None:
        made = cockpit.report(3)
        page = open_page(made, **_CLIPBOARD)
        page.evaluate(f"window.kept = navigator.clipboard; {missing}")
        _choose(page, "copy", "Hosts")
        expect(page.locator("#said")).to_have_text("Copied 3 hosts.")
        assert _copied(page).splitlines() == _hosts(made)
        assert page.locator("textarea").count() == 0
        expect(page.locator("#copy summary")).to_be_focused()

    def test_where_nothing_copies_the_reader_can(self, open_page: OpenPage) -> None:
        made = cockpit.report(3)
        page = open_page(made)
        page.evaluate(
            "Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false"
        )
        _choose(page, "copy", "Hosts")
        dialog = page.get_by_role("dialog", name="Copy 3 hosts")
        expect(dialog).to_contain_text("Press Ctrl+C")
        assert page.evaluate("String(getSelection()) || document.activeElement.value").split() == _hosts(made)
        dialog.get_by_role("button", name="Close").click()
        expect(dialog).to_have_count(0)
        expect(page.locator("#said")).to_be_empty()


_ODD = [
    "a,b",
    "c:d",
    "it's",
    "-first",
    "!not",
    "&and",
    "~re",
    "x[0]",
    "s p",
    "*",
    "st*r",
    "$HOME",
    "`id`",
    '"q"',
    "\\b",
    "@file",
    "münchen-1",
    "p.q",
]


class TestCommand:
    @pytest.mark.parametrize("playbook", ["configure", "restart", "diagnose", "report"])
    def test_is_ready_for_a_shell(self, open_page: OpenPage, playbook: str) -> None:
        page = open_page(cockpit.report(40), "#q=site:berlin", **_CLIPBOARD)
        _choose(page, "command", playbook)
        expect(page.locator("#said")).to_have_text("Copied the command for 6 phones.")
        hosts = "berlin-1006,berlin-1012,berlin-1018,berlin-1024,berlin-1030,berlin-1036"
        assert _copied(page) == f"ansible-playbook polycom.vvx.{playbook} -i inventory --limit '{hosts}'"

    def test_limits_ansible_to_exactly_these_hosts_whatever_their_names(self, open_page: OpenPage) -> None:
        made = cockpit.report(rows=[cockpit.phone(number, random.Random(1), 0.0) for number in range(len(_ODD))])
        for row, host in zip(made["rows"], _ODD):
            row["cells"]["host"] = host
        page = open_page(made)
        inventory = InventoryManager(loader=DataLoader(), sources=None)
        for host in [*_ODD, "b", "other", "stir", "id", "q", "pxq"]:
            inventory._inventory.add_host(host, group="all")  # it has no other way in
        for chosen in [*([host] for host in _ODD), _ODD]:
            line = page.evaluate(
                "(hosts) => command('configure', report.rows.filter((row) => hosts.includes(row.cells.host))).text",
                chosen,
            )
            words = shlex.split(line)
            assert words[:-1] == ["ansible-playbook", "polycom.vvx.configure", "-i", "inventory", "--limit"]
            assert not words[-1].startswith("-")
            inventory.subset(words[-1])
            assert {host.name for host in inventory.get_hosts("all")} == {*chosen}, line

    def test_of_many_phones_comes_with_a_file(self, open_page: OpenPage, tmp_path: Path) -> None:
        made = cockpit.report(40, title="Phones of Müller & Söhne")
        page = open_page(made, **_CLIPBOARD)
        with page.expect_download() as found:
            _choose(page, "command", "restart")
        assert found.value.suggested_filename == "phones-of-muller-sohne-limit.txt"
        expect(page.locator("#said")).to_contain_text("It reads phones-of-muller-sohne-limit.txt")
        line = _copied(page)
        assert line.endswith("polycom.vvx.restart -i inventory --limit @phones-of-muller-sohne-limit.txt")
        file = tmp_path / "limit.txt"
        found.value.save_as(file)
        inventory = InventoryManager(loader=DataLoader(), sources=None)
        for host in [*_hosts(made), "other"]:
            inventory._inventory.add_host(host, group="all")
        inventory.subset(f"@{file}")
        assert [host.name for host in inventory.get_hosts("all")] == _hosts(made)


class TestCsv:
    @pytest.mark.parametrize("delimiter", SEPARATORS)
    def test_is_as_the_task_writes_it(self, open_page: OpenPage, tmp_path: Path, delimiter: str) -> None:
        made = cockpit.report(30, hostile=True, title="Phones of Example")
        made["columns"] += [
            {"name": "=up;", "title": "Up", "kind": "duration", "by": False},
            {"name": "odd", "title": "Odd", "kind": "text", "by": False},
        ]
        odd = [
            "=1+1",
            "a;=b",
            "x\n-y",
            "\t@z",
            "\r\nq",
            "\r",
            'say "hi"',
            "a,b",
            "\u2028+1",
            "\x85 =2",
            "＝1",
            "\ufeff=1",
            "x" * 40_000,
        ]
        odd += [
            "a\x00b",
            "\x1c=1",
            "\x1f",
            "-",
            5,
            2.5,
            True,
            False,
            None,
            "🙂" * 33_000,
            ["=a", "b"],
            "  =1",
            ";\u3000=1",
        ]
        for number, row in enumerate(made["rows"]):
            row["cells"] |= {"=up;": number * 3700 - 9, "odd": odd[number % len(odd)]}
        page = open_page(made, separator=SEPARATORS[delimiter])

        def download() -> bytes:
            with page.expect_download() as found:
                page.locator("#download").click()
            assert found.value.suggested_filename == "phones-of-example.csv"
            file = tmp_path / "report.csv"
            found.value.save_as(file)
            return file.read_bytes()

        assert download() == to_csv(made, delimiter, bom=True).encode()
        search(page, "site:wien")
        wien = {**made, "rows": [row for row in made["rows"] if row["cells"]["site"] == "wien"]}
        assert download() == to_csv(wien, delimiter, bom=True).encode()
        page.get_by_label(f"Select {wien['rows'][1]['cells']['host']}", exact=True).click()
        assert download() == to_csv({**wien, "rows": wien["rows"][1:2]}, delimiter, bom=True).encode()
        expect(page.locator("#said")).to_have_text("phones-of-example.csv is in your downloads.")

    @pytest.mark.parametrize(
        ("title", "name"),
        [("Köln / 2", "koln-2.csv"), ("../../x", "x.csv"), ("日本", "phones.csv"), (HOSTILE[0], None)],
    )
    def test_is_named_for_the_title(self, open_page: OpenPage, title: str, name: str | None) -> None:
        page = open_page(cockpit.report(2, title=title))
        with page.expect_download() as found:
            page.locator("#download").click()
        assert found.value.suggested_filename == (name or "script-img-src-x-onerror-alert-1.csv")
