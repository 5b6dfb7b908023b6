# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line that says what a scan saw."""

from __future__ import annotations

from typing import Any

from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.probe import Finding
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.tally import Tally


def tally_of(**numbers: int) -> Tally:
    """A tally after so many findings with each reason; ``read``: phones."""
    tally = Tally()
    for outcome, number in numbers.items():
        for last in range(number):
            reason: Any = None if outcome == "read" else "unreachable" if outcome == "closed" else outcome
            closed = outcome == "closed"
            tally.note(
                Finding(f"10.0.0.{last}", reason=reason, message=f"{outcome}.", closed=closed), outcome == "read"
            )
    return tally


def test_a_scan_in_one_line() -> None:
    tally = tally_of(unreachable=214, not_a_phone=39, authentication_failed=2, read=39)
    assert str(tally) == (
        "294 addresses: 39 phones, 2 refused the password, 39 with another certificate (nothing was sent: see ca_path, "
        "mac_prefixes), 214 silent"
    )


def test_one_of_each() -> None:
    line = str(
        tally_of(read=1, closed=1, no_password=1, default_password=1, rest_disabled=1, odd_kind=1, unreachable=1)
    )
    assert line == (
        "7 addresses: 1 phone, 1 without a password (nothing was sent: see passwords), 1 with the factory password, "
        "1 with the REST API off, 1 refused the connection (see port), 1 with the error odd_kind, 1 silent"
    )


def test_nothing_at_all_is_told_too() -> None:
    assert str(Tally()) == "no address was searched (see addresses)"
    assert str(tally_of(unreachable=1)) == "1 address: 0 phones, 1 silent"


def test_where_something_answered_is_told_on_request() -> None:
    assert list(tally_of(not_a_phone=12, unreachable=3, read=1).details()) == [
        ", ".join(f"10.0.0.{last}" for last in range(10)) + " and 2 more: not_a_phone."
    ]


def test_the_first_address_is_the_example_whichever_answered_first() -> None:
    tally = Tally()
    for last in (20, *range(19, 7, -1), 100):
        tally.note(Finding(f"10.0.0.{last}", reason="busy", message=f"{last} is busy."), False, last)
    assert tally.explain() == "14 busy, as 10.0.0.8: 8 is busy."
    first = ", ".join(f"10.0.0.{last}" for last in range(8, 18))
    assert list(tally.details()) == [f"{first} and 4 more: 8 is busy."]


def test_equally_rare_outcomes_are_told_in_one_order() -> None:
    findings = [Finding("10.0.0.1", reason="timeout", message="t."), Finding("10.0.0.2", reason="busy", message="b.")]
    for order in (findings, findings[::-1]):
        tally = Tally()
        for finding in order:
            tally.note(finding, False)
        assert tally.explain() == "1 busy, as 10.0.0.2: b. 1 timeout, as 10.0.0.1: t."
