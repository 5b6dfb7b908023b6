# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real browser for each test: Chromium, headless, without a network.

The first of these is used: the program that VVX_CHROMIUM names; chromium, google-chrome or chromium-browser on PATH;
the one that `playwright install chromium` has downloaded. Without a browser every test fails.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.page.render import render
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Playwright, sync_playwright

_MISSING = """\
These tests need Chromium, which was not found. Install it, for instance
    apt-get install chromium                                      (Debian; Ubuntu: snap install chromium)
    .nox/browser/bin/python -m playwright install chromium        (other systems)
or set VVX_CHROMIUM to the program of a Chromium or Chrome."""


def _chromium(playwright: Playwright) -> str:
    """The path of the browser; fails the test if there is none."""
    asked = os.environ.get("VVX_CHROMIUM")
    if asked:
        found = shutil.which(asked)
        if not found:
            pytest.fail(f"VVX_CHROMIUM is {asked}, which is not a program.\n{_MISSING}", pytrace=False)
        return found
    on_path = filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser")))
    path = next(on_path, playwright.chromium.executable_path)
    if not os.path.exists(path):
        pytest.fail(_MISSING, pytrace=False)
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(playwright))
        yield browser
        browser.close()


class OpenPage:
    """Opens reports, each in a window of its own. ``unwanted``: messages, exceptions and requests of the pages."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.unwanted: list[str] = []
        self.contexts: list[BrowserContext] = []
        self._browser = browser
        self._folder = folder

    def __call__(self, report: dict[str, Any], fragment: str = "", **options: Any) -> Page:
        """``options``: of the browser's context."""
        file = self._folder / f"report-{len(self.contexts)}.html"
        file.write_text(render(report), encoding="utf-8")
        context = self._browser.new_context(**{"viewport": {"width": 1400, "height": 900}, "offline": True, **options})
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
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
