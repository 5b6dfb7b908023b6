# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What vvx_report prints."""

from __future__ import annotations

import os
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import causes, report_text
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.report import build
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import row

from support import cockpit
from support.surveys import DRIFT, INFO, failed, read, readings

WELL = read(info={**INFO, "lines": INFO["lines"][:1]}, drift=[])


def made(changes: dict[str, list[Any]] | None = None, **surveys: Any) -> dict[str, Any]:
    return {
        **build("T", [row(phone) for phone in readings(**surveys)], time="2026-11-27T08:00:00Z"),
        "changes": changes,
    }


def test_the_verdict_comes_first_then_the_causes_and_the_files() -> None:
    drifting = read(info=WELL.info, drift=[DRIFT])
    files = [
        {"path": os.path.join(os.getcwd(), "reports", "r.html"), "changed": True},
        {"path": "/elsewhere/r.csv", "changed": False},
    ]
    report = made(a=WELL, b=drifting, c=drifting, d=failed(), e=failed(kind="rest_disabled"), f=failed(kind="busy"))
    report["causes"][1]["new"] = 1
    assert report_text.text(report, files, 80).splitlines() == [
        "5 of 6 phones need attention.",
        "  3  Cannot be managed",
        "     - 1 busy",
        "     - 1 rest off              polycom.vvx.enroll",
        "     - 1 unreachable           polycom.vvx.diagnose",
        "  2  Parameters differ  1 new  polycom.vvx.configure",
        "  reports/r.html  written",
        "  /elsewhere/r.csv  unchanged",
    ]
    assert "  reports/r.html  would change" in report_text.text(report, files, 80, check_mode=True)


def test_all_is_well() -> None:
    assert report_text.text(made(a=WELL, b=WELL), [], 80) == "All 2 phones are as they should be."
    rebooted = made(a=WELL, b=WELL)
    rebooted["causes"] = causes.tally([{"cells": {}, "causes": [{"cause": "rebooted", "since": None}]}])
    assert report_text.text(rebooted, [], 80).splitlines() == [
        "All 2 phones are as they should be.",
        "  1  Rebooted since the last report",
    ]


@pytest.mark.parametrize(
    ("phones", "attention", "verdict"),
    [
        (0, 0, "There are no phones"),
        (1, 0, "The phone is as it should be"),
        (1, 1, "The phone needs attention"),
        (2, 0, "All 2 phones are as they should be"),
        (2400, 0, "All 2,400 phones are as they should be"),
        (2400, 1, "1 of 2,400 phones needs attention"),
        (2400, 1092, "1,092 of 2,400 phones need attention"),
        (2, 2, "2 of 2 phones need attention"),
    ],
)
def test_the_verdict_in_words(phones: int, attention: int, verdict: str) -> None:
    assert causes.verdict(phones, attention) == verdict


def test_what_has_changed() -> None:
    changes: dict[str, list[Any]] = {"appeared": ["a"], "disappeared": [], "changed": [{}, {}]}
    changes |= {"broken": [{}, {}, {}], "repaired": [{}]}
    told = report_text.text(made(changes, a=WELL), [], 200).splitlines()[-1]
    assert told == "Since the last report: 1 phone appeared, 3 problems began, 1 problem ended, 2 cells changed."
    nothing = dict.fromkeys(changes, [])
    assert report_text.text(made(nothing, a=WELL), [], 80).endswith("Since the last report: nothing has changed.")


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    lines = report_text.text(cockpit.report(2_400, sick=1), [], width).splitlines()
    assert len(lines) < 20 and max(map(len, lines)) <= width
