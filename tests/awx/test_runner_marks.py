# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks for all phones at once under ansible-runner: what they find is the outcome of the phones, where it is asked
for, and never that of the first host for all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from awx.jobs import Runner
from simulator import Fleet, PhoneSpec, Switches
from support.fixtures import StartFleet
from support.playbook import inventory

FIRST, DIFFERS, OFF, REFUSES = "a-first", "b-differs", "c-off", "d-refuses"
KEY = "a key that nobody can guess"
RIGHT = {"web": {"up.idleTimeout": "55"}}
CASES: dict[str, tuple[dict[str, Any], set[str], set[str]]] = {
    "report": ({"vvx_fail_on": ["unreachable", "error", "drift"]}, {DIFFERS, REFUSES}, {OFF}),
    "audit": ({}, {DIFFERS, REFUSES}, {OFF}),
    "plan": (
        {"vvx_plan_key": KEY, "vvx_fail_on": ["change", "error"]},
        {DIFFERS, REFUSES},
        {OFF},
    ),
    "diagnose": ({"vvx_fail": True}, {REFUSES, OFF}, set()),
}
"""Extra variables, and the phones that fail and that are unreachable."""


@pytest.fixture
def fleet(start_fleet: StartFleet) -> Fleet:
    locking = Switches(lockout="on")
    return start_fleet(
        PhoneSpec(name=FIRST, layers=RIGHT, switches=locking),
        PhoneSpec(name=DIFFERS, switches=locking),
        PhoneSpec(name=OFF, offline=True),
        PhoneSpec(name=REFUSES, admin_password="another-horse", switches=locking),
        tls=False,
    )


@pytest.mark.parametrize("name", CASES)
def test_each_phone_is_marked_as_what_it_is(fleet: Fleet, tmp_path: Path, name: str) -> None:
    more, failed, unreachable = CASES[name]
    hosts = inventory(fleet, {"vvx_parameters_all": {"up.idleTimeout": 55}})
    del hosts["all"]["hosts"]
    job = Runner(tmp_path, hosts).run(name, variables=more)
    job.check()
    assert job.code != 0
    assert job.hosts("runner_on_failed") == failed, job.stdout
    assert job.hosts("runner_on_unreachable") == unreachable, job.stdout
    assert all(set(phone.refused) <= {"correct-horse"} for phone in fleet)
    assert not {request.user for phone in fleet for request in phone.log} & {"root"}
