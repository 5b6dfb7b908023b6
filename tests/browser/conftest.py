# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real browser for each test: Chromium, headless, without a network.

support/chromium.py says where it is looked for. Without a browser every test fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.page.render import render
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, sync_playwright

from support.chromium import chromium as chromium_path
from support.cockpit import NOW


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            path = chromium_path(playwright)
        except FileNotFoundError as error:
            pytest.fail(str(error), pytrace=False)
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


class OpenPage:
    """Opens reports, each in a window of its own. ``unwanted``: messages, exceptions and requests of the pages."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.unwanted: list[str] = []
        self.contexts: list[BrowserContext] = []
        self._browser = browser
        self._folder = folder

    def __call__(self, report: dict[str, Any], fragment: str = "", separator: str = ",", **options: Any) -> Page:
        """``separator``: of ``render``. ``options``: of the browser's context. The browser's clock says when the
        made-up reports were made."""
        file = self._folder / f"report-{len(self.contexts)}.html"
        file.write_text(render(report, separator), encoding="utf-8")
        context = self._browser.new_context(**{"viewport": {"width": 1400, "height": 900}, "offline": True, **options})
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.clock.set_fixed_time(NOW)
        page.on("console", lambda message: self.unwanted.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.unwanted.append(f"error: {error}"))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith(file.as_uri()) else self.unwanted.append(f"request: {request.url}")
            ),
        )
        page.on("dialog", self._refuse)
        page.goto(f"{file.as_uri()}{fragment}")
        return page

    def _refuse(self, dialog: Dialog) -> None:
        self.unwanted.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[OpenPage]:
    """Fails the test if a page writes to the console, throws, opens a dialog or loads anything."""
    opener = OpenPage(chromium, tmp_path)
    yield opener
    for context in opener.contexts:
        context.close()
    assert opener.unwanted == []
