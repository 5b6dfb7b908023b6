# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What vvx_diagnose prints, as a person reads it."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._steps.diagnosis import ORDER, Step, complete
from ansible_collections.polycom.vvx.plugins.plugin_utils._console.diagnosis import text

FIRMWARE = Step("firmware", "ok", "VVX 411 with UC Software 5.9.3.")


def result(*steps: Step) -> dict[str, Any]:
    failed = [step for step in steps if step.outcome == "failed"]
    return {
        "host": "192.0.2.11",
        "manageable": not failed,
        "msg": f"192.0.2.11: {(failed or [FIRMWARE])[0].found}",
        "steps": [step._asdict() for step in complete(steps)],
    }


def test_a_table_with_what_to_do_beneath() -> None:
    found = result(Step("DNS name", "failed", "no such name.", "Correct it."))
    assert text("berlin-1", found, 80).splitlines()[:4] == [
        "berlin-1 (192.0.2.11) can't be managed.",
        "  step              result       found",
        "  DNS name          FAILED       no such name.",
        "                                 To do: Correct it.",
    ]
    assert text("berlin-1", found, 80).count("not checked") == len(ORDER) - 1


def test_warnings_are_counted() -> None:
    slow = result(FIRMWARE, Step("clock", "warning", "the phone's clock is 2 d 3 h behind.", "Set its time server."))
    assert text("192.0.2.11", slow, 80).startswith("192.0.2.11 can be managed (1 warning).\n")


def test_a_phone_in_good_order_among_many_gets_one_line() -> None:
    assert text("b1", result(FIRMWARE), 80, brief=True) == "b1 (192.0.2.11): ok, VVX 411 with UC Software 5.9.3."
    slow = result(FIRMWARE, Step("clock", "warning", "slow.", "Set it."))
    assert text("b1", slow, 80, brief=True) == text("b1", slow, 80)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_it_fits_the_screen(width: int) -> None:
    steps = [Step(name, "warning", f"{'x' * 70} {'found ' * 30}.", "do this " * 30) for name in ORDER[:-1]]
    steps += [Step(f"line {number}", "ok", "registered") for number in range(1, 30)]
    lines = text("berlin-1001.example.org", result(*steps), width).splitlines()
    assert max(map(len, lines)) <= width
