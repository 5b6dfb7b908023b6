# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure the report's page in a browser, beside a plain page with the same table. Start: ``make benchmark-page``.

The plain page is what one would write without thinking of large fleets: an HTML table with a row for each phone, and a
box that hides the rows without the text in it. Both are opened from a file in the same headless Chromium.
"""

from __future__ import annotations

import argparse
import html
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible_collections.polycom.vvx.plugins.plugin_utils._report.page.render import render
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.values import shown
from playwright.sync_api import Browser, sync_playwright
from rich.box import SIMPLE_HEAD
from rich.table import Table

from comparing import Ratio, measure, verdicts
from measuring import console, show
from support import cockpit
from support.chromium import chromium

TYPED = ("w", "wi", "wie", "wien", "wien r", "wien re", "wien rec", "wien", "", "9", "99", "999", "1 411 5.9")
"""What stands in the box after each keystroke; the plain page finds it as one text."""
FILTERED = ("site:wien", "site:wien state:ok", "fw:<5.9.3", "label~recep -state:ok", "drift:*", "booted:>2026-11-01")
"""The same for the filters that only the report's page has."""

_WATCH = """
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (entry.name === "first-contentful-paint") window.seen = entry.startTime;
}).observe({ type: "paint", buffered: true });
addEventListener("load", () => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => { window.complete = performance.now(); };
  channel.port2.postMessage(0);
}));
"""
"""Notes when something was painted first, and when the frame after the page's load was."""

_PAINTED = """async () => {
  while (!window.complete || !window.seen) await new Promise((done) => setTimeout(done, 50));
  return [window.seen, window.complete];
}"""

_KEYSTROKES = """async ([typed, id]) => {
  const box = document.getElementById(id);
  const costs = [];
  for (const text of typed) {
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
    const start = performance.now();
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    document.documentElement.getBoundingClientRect();
    await new Promise((done) => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = done;
      channel.port2.postMessage(0);
    }));
    costs.push(performance.now() - start);
  }
  return costs;
}"""
"""Milliseconds from each keystroke until the frame with its result was painted."""

_FILTER = """
const rows = [...document.querySelectorAll("tbody tr")];
const texts = rows.map((row) => row.textContent.toLowerCase());
document.getElementById("search").addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase();
  rows.forEach((row, index) => { row.hidden = !texts[index].includes(wanted); });
});
"""


@dataclass
class Cost:
    """Milliseconds. ``first``: until something was painted, ``complete``: the whole page. ``at_once``: a
    keystroke right after that, when nothing is prepared. ``key``: the slowest of the others. ``filter``: the slowest of
    FILTERED."""

    first: float
    complete: float
    at_once: float
    key: float
    filter: float = 0.0


RATIOS: tuple[Ratio[Cost], ...] = (
    Ratio("the page is complete, to the plain page", ("page",), ("plain",), lambda cost: cost.complete, "at most", 0.5),
    Ratio("slowest keystroke, to the plain page", ("page",), ("plain",), lambda cost: cost.key, "at most", 0.5),
    Ratio("first keystroke, to the plain page", ("page",), ("plain",), lambda cost: cost.at_once, "at most", 0.5),
    Ratio("something is seen, to the plain page", ("page",), ("plain",), lambda cost: cost.first),
)


def plain_page(report: Mapping[str, Any]) -> str:
    """The phones of a report as an HTML table, with a box that hides rows."""
    heads = "".join(f"<th>{html.escape(column['title'])}</th>" for column in report["columns"])
    rows = "\n".join(
        "<tr>"
        + "".join(
            f"<td>{html.escape(shown(row['cells'][column['name']], column['kind']))}</td>"
            for column in report["columns"]
        )
        + "</tr>"
        for row in report["rows"]
    )
    return (
        f'<!DOCTYPE html><meta charset="utf-8"><title>Phones</title><input id="search">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table><script>{_FILTER}</script>"
    )


def measured(browser: Browser, file: Path, filtered: Sequence[str] = ()) -> Cost:
    """Open a page in a window of its own, and type."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.add_init_script(_WATCH)
    page.goto(file.as_uri())
    first, complete = page.evaluate(_PAINTED)
    keys = page.evaluate(_KEYSTROKES, [TYPED, "search"])
    filters = page.evaluate(_KEYSTROKES, [filtered, "search"])
    context.close()
    return Cost(first, complete, keys[0], max(keys[1:]), max(filters, default=0.0))


def costs(runs: Mapping[str, Sequence[Cost]], sizes: Mapping[str, int], options: argparse.Namespace) -> Table:
    caption = f"{options.phones:,} phones, headless Chromium, best of {options.repeat} or more; {os.cpu_count()} cores"
    table = Table(box=SIMPLE_HEAD, collapse_padding=True, caption=caption, caption_justify="left")
    table.add_column("")
    for name in (
        "MB",
        "something seen ms",
        "complete ms",
        "first keystroke ms",
        "slowest other ms",
        "slowest filter ms",
        "runs",
    ):
        table.add_column(name, justify="right")
    for way, found in runs.items():
        figures: list[Callable[[Cost], float]] = [
            lambda cost: cost.first,
            lambda cost: cost.complete,
            lambda cost: cost.at_once,
            lambda cost: cost.key,
            lambda cost: cost.filter,
        ]
        best = [min(map(figure, found)) for figure in figures]
        cells = [f"{sizes[way] / 1e6:.1f}", *(f"{one:.0f}" if one else "" for one in best), str(len(found))]
        table.add_row({"page": "the report's page", "plain": "a plain page"}[way], *cells)
    return table


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmark-page", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--phones", type=int, default=10_000, metavar="N", help="phones (default: 10000)")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="runs of each; the best counts (default: 3)")
    options = parser.parse_args()
    report = cockpit.report(options.phones)
    with tempfile.TemporaryDirectory(prefix="vvx-benchmark-") as name, sync_playwright() as playwright:
        files = {"page": Path(name) / "page.html", "plain": Path(name) / "plain.html"}
        files["page"].write_text(render(report), encoding="utf-8")
        files["plain"].write_text(plain_page(report), encoding="utf-8")
        sizes = {way: file.stat().st_size for way, file in files.items()}
        browser = playwright.chromium.launch(executable_path=chromium(playwright))
        ways: dict[str, Callable[[], Cost]] = {
            "page": lambda: measured(browser, files["page"], FILTERED),
            "plain": lambda: measured(browser, files["plain"]),
        }
        runs = measure(ways, RATIOS, options.repeat, 3 * options.repeat)
        browser.close()
    console.print(costs(runs, sizes, options))
    return 0 if show(verdicts(RATIOS, runs)) else 1


if __name__ == "__main__":
    sys.exit(main())
