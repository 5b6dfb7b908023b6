# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the report's page for the documentation: ``python -m browser.screenshots``, or ``nox -s screenshots``.

The reports are made up, and the browser's clock stands still, so that equal pages give equal pictures."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from ansible_collections.polycom.vvx.plugins.plugin_utils._report.page.render import render
from playwright.sync_api import Browser, sync_playwright

from support import cockpit
from support.chromium import chromium

FOLDER = Path(__file__).parents[2] / "docs" / "images"


@dataclass(frozen=True)
class State:
    """One picture. ``report``: arguments of ``cockpit.report``. ``fragment``: of the address. ``media``: screen or
    print."""

    name: str
    report: dict[str, Any]
    fragment: str = ""
    size: tuple[int, int] = (1366, 768)
    scheme: str = "light"
    media: str = "screen"


_MANY = {"phones": 2400, "sick": 0.2}
STATES = (
    State("fine", {"sick": 0}, size=(1366, 500)),
    State("40", {"phones": 40}),
    State("2400", _MANY, size=(1440, 900)),
    State("filtered", _MANY, "#q=state:unregistered site:berlin,wien", size=(1366, 620)),
    State("panel", {"phones": 40}, "#phone=köln-1032", size=(1366, 700)),
    State("mobile", {"phones": 40}, size=(390, 844)),
    State("dark", _MANY, size=(1366, 680), scheme="dark"),
    State("print", {"phones": 40}, "#q=-state:ok", size=(1032, 700), media="print"),
)


def take(browser: Browser, state: State, folder: Path) -> None:
    file = folder / f"{state.name}.html"
    file.write_text(render(cockpit.report(**state.report)), encoding="utf-8")
    width, height = state.size
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=state.scheme, timezone_id="UTC")
    page.clock.set_fixed_time(cockpit.NOW + timedelta(hours=1))
    page.goto(f"{file.as_uri()}{state.fragment}")
    page.emulate_media(media=state.media)
    page.wait_for_timeout(500)
    page.screenshot(path=FOLDER / f"report-{state.name}.png", animations="disabled")
    page.close()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium(playwright))
        for state in STATES:
            take(browser, state, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
