# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an audit prints: wanted and has, equal findings once, few lines for many phones, silence about nothing."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Difference
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.audit_text import MOST_LINES, text

from support.surveys import failed, read, readings


def test_wanted_and_has_and_where_the_wish_comes_from() -> None:
    shown = text(readings(b=read(), a=read()), 160, None)
    assert "parameter" in shown and "'Reception'" in shown and "'Desk'" in shown and "2 phones: b, a" in shown
    assert "vvx_parameters_site, group_vars/site_berlin/vars.yml:12" in shown and len(shown.splitlines()) == 2


def test_a_secret_that_is_left_alone_is_one_line() -> None:
    left = read(drift=[], secrets={"reg.1.auth.password": "something else has set it (source web)"})
    lines = text(readings(a=left, b=left), 200, None).splitlines()
    assert lines[0] == "Secrets that can't be compared and are left alone:" and len(lines) == 2
    assert "2 phones: a, b" in lines[1] and "reg.1.auth.password: something else" in lines[1]
    assert "vvx_update_secrets=always" in lines[1]


def test_a_cause_and_its_remedy_are_said_once() -> None:
    shown = text(readings(**{f"p{number}": failed("refused.", "Set it.") for number in range(30)}), 200, None)
    assert shown.count("refused.") == shown.count("Set it.") == 1
    assert "30 phones: p0" in shown and "and 20 more" in shown


def test_many_names_leave_the_cause_its_room() -> None:
    refused = failed("user name or password refused.", "To try it on every phone, set ansible_vvx_max_refusals to 0.")
    phones = {f"berlin-{number}": refused for number in range(1001, 1006)}
    lines = text(readings(**phones), 80, None).splitlines()
    assert lines[0] == "Could not be read:" and lines[1].startswith("5 phones: berlin-1001, ")
    assert "ansible_vvx_max_refusals" in lines[3] and len(lines) == 4
    assert lines[2].startswith("  ") and max(map(len, lines)) <= 80


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("details", [None, "drift.json"])
def test_thousands_of_phones_fit_the_screen(width: int, details: str | None) -> None:
    drifts = {f"phone-{n}": read(drift=[Difference("reg.1.label", f"Desk {n}", "", "web")]) for n in range(2000)}
    bad = {f"bad-{n}": failed(f"cause {n % 50}.", "Do this.") for n in range(400)}
    lines = text(readings(**drifts, **bad), width, details).splitlines()
    assert max(map(len, lines)) <= width and len(lines) <= 120
    more = next(line for line in lines if line.startswith(f"... and {2000 - MOST_LINES} more differences"))
    assert (details or "vvx_details") in more


def test_phones_as_desired_are_not_listed() -> None:
    assert text(readings(a=read(drift=[])), 80, None) == ""
    assert text(readings(a=read(drift=[], compared=0)), 80, None).startswith("Not compared:\na  the inventory")
