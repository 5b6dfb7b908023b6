# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a write reports: what it predicts, what it could confirm, and what it took back."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters import packing
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.knowledge import BUNDLED
from ansible_collections.polycom.vvx.plugins.module_utils._phone import api
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import InCall, InvalidParameters, NotApplied
from ansible_collections.polycom.vvx.plugins.module_utils._steps import waiting
from ansible_collections.polycom.vvx.plugins.module_utils._steps.config_plan import (
    Plan,
    Verdict,
    WriteOptions,
    compare,
    read_settings,
)
from ansible_collections.polycom.vvx.plugins.module_utils._steps.config_write import carry_out, predict

from simulator import Phone
from support.reach import reach

LABEL, SECRET = "reg.1.label", "reg.1.auth.password"
WANTED = {LABEL: "Desk", "reg.1.address": "1001-new", SECRET: "zq-new"}
MANY = {f"reg.{n}.label": f"Desk {n}" for n in range(1, 25)}
"""Two requests."""


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "FIRST_PAUSE", 0.02)
    monkeypatch.setattr(waiting, "LONGEST_PAUSE", 0.05)


def how(**changes: Any) -> WriteOptions:
    return WriteOptions(
        **{
            "verify": True,
            "restart": False,
            "when_busy": "wait",
            "rollback_on_failure": False,
            "timeout": 1.0,
            "busy_timeout": 1.0,
            **changes,
        }
    )


def planned(one: api.Phone, wanted: dict[str, str]) -> Plan:
    return compare(wanted, read_settings(one, list(wanted)), "always", BUNDLED)


def write(phone: Phone, wanted: dict[str, str], options: WriteOptions) -> Verdict:
    with api.Phone(reach(phone)) as one:
        plan = planned(one, wanted)
        return carry_out(one, plan, packing.pack(plan.wanted), options)


def predicted(phone: Phone, options: WriteOptions) -> Verdict:
    with api.Phone(reach(phone)) as one:
        return predict(one, Plan(WANTED), packing.pack(WANTED), options)


def test_without_a_restart_a_prediction_asks_nothing(phone: Phone) -> None:
    assert predicted(phone, how()) == Verdict(WANTED, 1) and phone.count() == 0


@pytest.mark.parametrize("when_busy", ["wait", "proceed", "skip", "fail"])
def test_a_call_decides_whether_a_restart_is_predicted(phone: Phone, when_busy: str) -> None:
    assert predicted(phone, how(restart=True, when_busy=when_busy)) == Verdict(WANTED, 1, True)
    phone.ring("5551000")
    verdict = predicted(phone, how(restart=True, when_busy=when_busy))
    assert verdict.after == WANTED and verdict.restarted is (when_busy in ("wait", "proceed"))
    assert isinstance(verdict.error, InCall) is (when_busy == "fail")
    assert [warning.startswith("the phone is in a call") for warning in verdict.warnings] == (
        [True] if when_busy == "skip" else []
    )


def test_all_of_it_is_confirmed(phone: Phone) -> None:
    verdict = write(phone, WANTED, how())
    assert sorted(verdict.applied) == sorted(WANTED) and verdict.error is None
    assert (verdict.failed, verdict.unconfirmed, verdict.rolled_back) == ([], [], None)
    assert verdict.after == {**WANTED, SECRET: ""}, "what the phone returns; a secret counts as accepted"


def test_without_verify_the_answer_is_enough(phone: Phone) -> None:
    assert write(phone, WANTED, how(verify=False)) == Verdict(WANTED, 1, applied=[*WANTED], sent=[*WANTED])
    assert phone.count("config/get") == 1, "for the plan"


def test_a_value_that_did_not_take_is_failed_and_unchanged(phone: Phone) -> None:
    phone.fault("ignore_set", names=[LABEL])
    verdict = write(phone, WANTED, how())
    assert isinstance(verdict.error, NotApplied) and verdict.failed == [LABEL] and LABEL not in verdict.after


def test_a_request_that_fails_leaves_the_later_names_unsent(phone: Phone) -> None:
    phone.fault("status", status="4000", path="config/set", after=1)
    verdict = write(phone, MANY, how())
    assert isinstance(verdict.error, InvalidParameters) and "The request was to set reg." in verdict.error.message
    assert len(verdict.applied) == 20 and set(verdict.applied) == set(verdict.after) and verdict.batches == 2
    assert verdict.failed == [name for name in MANY if name not in verdict.applied]


def test_without_an_answer_nothing_is_claimed(phone: Phone) -> None:
    phone.fault("drop", path="config/set", times=0)
    phone.fault("drop", path="config/get", after=2, times=0)  # the plan reads twice
    verdict = write(phone, MANY, how(rollback_on_failure=True, timeout=0.2))
    assert verdict.error is not None and (verdict.applied, verdict.after) == ([], {})
    assert len(verdict.unconfirmed) == 20 and len(verdict.failed) == 4 and verdict.rolled_back is None


def test_a_rollback_moves_what_was_applied_to_failed(phone: Phone) -> None:
    phone.fault("ignore_set", names=["reg.1.address"])
    verdict = write(phone, WANTED, how(rollback_on_failure=True))
    assert verdict.rolled_back == [LABEL] and verdict.batches == 2
    assert verdict.failed == [LABEL, "reg.1.address"] and verdict.applied == [SECRET], "in the order of the plan"
    assert verdict.after == {SECRET: ""} and verdict.error is not None
    assert verdict.error.message.endswith(f"The previous values were written back, except for {SECRET}.")
