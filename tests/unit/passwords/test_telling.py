# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of a search for passwords: one screen for any fleet, numbers that are right, and never a password."""

from __future__ import annotations

import json

from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import DefaultPassword, Unreachable
from ansible_collections.polycom.vvx.plugins.plugin_utils._passwords import telling
from ansible_collections.polycom.vvx.plugins.plugin_utils._passwords.finding import STATES, Finding

SECRET = "Kestrel-old-41"


def of_all_kinds(each: int) -> list[Finding]:
    found = []
    for state in STATES:
        for number in range(each):
            error = None
            if state == "unreachable":
                error = Unreachable(f"connection refused by 192.0.2.{number}.")
            elif state in ("failed", "default_password"):
                error = DefaultPassword(f"trouble of the kind {number % 50}.")
            host = f"berlin-{state}-{number}"
            found.append(Finding(host, state, 1 + number % 3, 3, 2, 12.3, error, SECRET if state == "found" else None))
    return found


def test_a_large_fleet_fits_a_screen_of_80_columns() -> None:
    findings = of_all_kinds(200)
    lines = telling.text(findings, 80, "found-passwords.yml", 200, check_mode=False)
    assert len(lines) <= telling.MOST and max(map(len, lines)) <= 80
    shown = " ".join(" ".join(lines).split())
    assert shown.startswith("2000 phones: 200 take their password, 200 take a candidate, 200 would be tried")
    assert "Next: the same command again, in 13 s; at most 2 runs left." in shown
    assert SECRET not in shown and len(json.dumps(telling.result(findings, "f", 200))) < 200_000


def test_the_result_counts_all_and_names_some() -> None:
    result = telling.result(of_all_kinds(300), "found.yml", 300)
    assert set(result["counts"].values()) == {300} and set(result["counts"]) == set(STATES)
    assert {len(hosts) for hosts in result["hosts"].values()} == {telling.MOST_HOSTS}
    assert result["runs_left"] == 2 and result["wait"] == 13
    assert result["ansible_stats"]["data"][telling.STATISTIC]["phones"] == 3000
    assert SECRET not in json.dumps(result)


def test_verdicts_are_on_phones_without_a_password() -> None:
    verdicts = telling.verdicts(of_all_kinds(1))
    assert set(verdicts) == {f"berlin-{state}-0" for state in STATES if state not in ("known", "found")}
    assert verdicts["berlin-unreachable-0"][0] == "unreachable"
    assert verdicts["berlin-refused-0"] == ("failed", "berlin-refused-0: it refused candidate 1 of 3. 2 runs left.")
    assert all(text.count("berlin") == 1 for _state, text in verdicts.values())


def test_one_phone_is_told_in_the_singular() -> None:
    assert telling.head([Finding("a", "known")]) == "1 phone: 1 takes its password"
    assert telling.head([]) == "0 phones: none was asked"
    only = telling.text([Finding("a", "exhausted", 0, 1)], 80, "f", 0, check_mode=False)
    assert "All candidates refused: 1 phone: a." in " ".join(only)
