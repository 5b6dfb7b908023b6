# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the page share."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page


def phones(page: Page) -> Locator:
    """The rows of phones that are in the document."""
    return page.locator("#table tbody tr[data-index]")


def column(page: Page, title: str) -> list[str]:
    """A column's texts in the rows that are in the document."""
    place = page.locator("#table thead th").all_inner_texts()
    index = next(index for index, text in enumerate(place) if text.strip() == title)
    texts: list[str] = phones(page).evaluate_all(
        "(rows, index) => rows.map((row) => row.cells[index].textContent)", index
    )
    return texts


def sort_by(page: Page, title: str) -> None:
    page.locator("#table thead").get_by_role("button", name=title, exact=True).click()


def search(page: Page, text: str) -> None:
    page.locator("#search").fill(text)


def filter_by(page: Page, query: str) -> Locator:
    button = page.locator(f'button[data-query="{query}"]').first
    button.click()
    return button


def announced(page: Page) -> Locator:
    """The number of rows, as a screen reader announces it."""
    return page.locator("#count")


def violations(page: Page) -> list[str]:
    """What axe, with all its rules, finds wrong."""
    found = Axe().run(page, options={"resultTypes": ["violations", "passes"]}).response
    assert len(found["passes"]) > 10, "axe has looked at the page"
    return [f"{violation['id']}: {node['html']}" for violation in found["violations"] for node in violation["nodes"]]
