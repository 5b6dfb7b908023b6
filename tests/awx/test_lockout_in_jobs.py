# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scheduled jobs with a wrong password, in containers that remember nothing: no phone is locked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from awx.jobs import Job, Runner
from simulator import Fleet, PhoneSpec, Switches
from support.fixtures import StartFleet
from support.playbook import PASSWORD, inventory

PHONES, MOST = 60, 5
"""Phones lock after as many refusals in a minute as a job may meet."""
WANTED = {"vvx_parameters_all": {"up.idleTimeout": 55}}


def fleet_of(start_fleet: StartFleet) -> Fleet:
    return start_fleet(*[PhoneSpec(switches=Switches(lockout="on"))] * PHONES, tls=False)


def runner(folder: Path, fleet: Fleet, *, part: int = 0, parts: int = 1, **variables: Any) -> Runner:
    """Of the job for one slice of the fleet; all of it by default."""
    phones = sorted(fleet, key=lambda phone: phone.name)[part::parts]
    found = inventory(phones, {"ansible_password": "no-longer-right", **WANTED, **variables})
    del found["all"]["hosts"]
    return Runner(folder, found)


def run(awx: Runner, name: str) -> Job:
    """In an execution environment, whose files go away with it."""
    return awx.run(name, LAUNCHED_BY_RUNNER="1")


def refusals(fleet: Fleet) -> list[int]:
    """How often each phone has refused a password."""
    return [sum(phone.refused.values()) for phone in fleet]


def lost(job: Job) -> set[str]:
    return job.hosts("runner_on_failed", "runner_on_unreachable")


def test_jobs_in_a_row_begin_with_other_phones(start_fleet: StartFleet, tmp_path: Path) -> None:
    fleet, jobs = fleet_of(start_fleet), 4
    awx = runner(tmp_path, fleet)
    for _job in range(jobs):
        before = refusals(fleet)
        assert len(lost(run(awx, "audit"))) == PHONES
        once = [after - earlier for earlier, after in zip(before, refusals(fleet))]
        assert max(once) == 1 and sum(once) <= 2 * MOST, "at most one attempt at a phone, and at few phones"
    tried = sum(count > 0 for count in refusals(fleet))
    assert tried > MOST + 1, "not always the same phones"
    right = run(runner(tmp_path / "right", fleet, ansible_password=PASSWORD, vvx_fail_on=["error"]), "audit")
    assert right.code == 0, "none is locked"


def test_a_job_that_asks_phone_by_phone(start_fleet: StartFleet, tmp_path: Path) -> None:
    fleet = fleet_of(start_fleet)
    for name in ("facts", "configure"):
        before = refusals(fleet)
        assert len(lost(run(runner(tmp_path / name, fleet), name))) == PHONES
        once = [after - earlier for earlier, after in zip(before, refusals(fleet))]
        assert max(once) == 1 and sum(once) <= 3 * MOST


def test_slices_at_once(start_fleet: StartFleet, tmp_path: Path) -> None:
    fleet, parts = fleet_of(start_fleet), 3
    runners = [runner(tmp_path / str(part), fleet, part=part, parts=parts) for part in range(parts)]
    with ThreadPoolExecutor(parts) as pool:
        jobs = list(pool.map(lambda each: run(each, "facts"), runners))
    assert set.union(*map(lost, jobs)) == {phone.name for phone in fleet}
    assert max(refusals(fleet)) == 1 and sum(refusals(fleet)) <= parts * 3 * MOST
