# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What hostile texts must not do to the page, and what it shows without its script."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from support.fleet_report import HOSTILE, changes, report, row

from .conftest import OpenPage
from .using import announced, phones, search


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
            changes={"appeared": list(HOSTILE), "disappeared": list(HOSTILE), "changed": changed}
            | {"broken": [], "repaired": []},
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
            assert label in page.locator("#panel").text_content()
            page.keyboard.press("Escape")
            search(page, page.evaluate("(label) => term('problems', label)", label))
            expect(announced(page)).to_have_text(f"1 of {len(HOSTILE)} phones")
            search(page, "")
        expect(page).not_to_have_url(re.compile("q=problems:"))
        asked = page.evaluate("(label) => term('problems', label)", HOSTILE[0])
        search(page, asked)
        expect(announced(page)).to_have_text(f"1 of {len(HOSTILE)} phones")
        expect(page).to_have_url(re.compile("q=problems:"))
        page.reload()
        expect(page.locator("#search")).to_have_value(asked)
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
    expect(page.get_by_text("12 of 25 phones need attention")).to_be_visible()
    expect(page.locator("#phones")).to_be_hidden()
    assert page.locator("button:enabled:visible").count() == 0


def test_looks_as_it_should(open_page: OpenPage) -> None:
    """Nothing overlaps or is cut off in the summary, at three widths."""
    for width in (360, 900, 1600):
        page = open_page(report(10_000, changes=changes(3000)), viewport={"width": width, "height": 900})
        cut = page.evaluate("""() => [...document.querySelectorAll("main :not(#phones) > :is(button, h2, h3, p)")]
            .filter((element) => !element.matches(".unseen"))
            .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
            .map((element) => element.outerHTML)""")
        assert cut == []
