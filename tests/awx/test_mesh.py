# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of 500 phones through ``transmit | worker | process``: whole or in slices, they find the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from awx.jobs import Job, Runner
from simulator import Fleet, Phone, PhoneSpec
from support.cases import shared_run
from support.fixtures import StartFleet
from support.playbook import inventory

PHONES, DRIFTING, OFF = 500, 12, 5
SLICES = 4
WANTED = {"vvx_parameters_all": {"up.idleTimeout": 55}}
CONSTANT = 40
"""Events of a job that are not about a phone, at most: plays, tasks, lines for people."""


@shared_run
def fleet(start_shared_fleet: StartFleet) -> Fleet:
    """Most are as desired, some differ, a few are off."""
    right = [PhoneSpec(layers={"web": {"up.idleTimeout": "55"}})] * (PHONES - DRIFTING - OFF)
    return start_shared_fleet(*right, *[PhoneSpec()] * DRIFTING, *[PhoneSpec(offline=True)] * OFF, tls=False)


def runner_for(folder: Path, phones: Sequence[Phone]) -> Runner:
    found = inventory(phones, WANTED)
    del found["all"]["hosts"]
    return Runner(folder, found)


def parts_of(phones: Sequence[Phone], sliced: bool) -> list[list[Phone]]:
    """The phones of each job, as AWX deals them: in the order of their names, every n-th."""
    ordered = sorted(phones, key=lambda phone: phone.name)
    return [ordered[number::SLICES] for number in range(SLICES)] if sliced else [ordered]


def extra(sliced: bool) -> dict[str, Any]:
    """Extra variables by which a job is a slice."""
    names = dict.fromkeys(("awx_job_template_name", "awx_workflow_job_name"), "Phones")
    return {**names, "awx_workflow_job_id": 40} if sliced else {}


def state_of(job: Job, task: str) -> dict[str, str]:
    """What became of each phone in a task."""
    found = [(event["event"], event["event_data"]) for event in job.results() if event["event_data"]["task"] == task]
    return {data["host"]: event.removeprefix("runner_on_") for event, data in found}


def check(job: Job, phones: int) -> None:
    """``phones``: with a task of their own. Each has a start and a result."""
    job.check()
    assert len(job.events) <= CONSTANT + 2 * phones, len(job.events)


def test_an_audit(fleet: Fleet, tmp_path: Path) -> None:
    path = tmp_path / "details.json"
    job = runner_for(tmp_path / "job", fleet.phones).stream("audit", variables={"vvx_details": str(path)})
    check(job, DRIFTING + OFF)
    details: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    marked = state_of(job, "Give each phone its verdict")
    assert len(details) == PHONES
    assert {host for host, found in details.items() if found["drift"]} == _names(fleet.phones[-DRIFTING - OFF : -OFF])
    assert {host for host, state in marked.items() if state == "failed"} == _names(fleet.phones[-DRIFTING - OFF : -OFF])
    assert {host for host, state in marked.items() if state == "unreachable"} == _names(fleet.phones[-OFF:])


@pytest.mark.parametrize("sliced", [False, True])
def test_what_would_be_configured(fleet: Fleet, tmp_path: Path, sliced: bool) -> None:
    states: dict[str, str] = {}
    counts = {"changed": 0, "unreachable": 0}
    for number, phones in enumerate(parts_of(fleet.phones, sliced)):
        job = runner_for(tmp_path / str(number), phones).stream("configure", "--check", variables=extra(sliced))
        check(job, DRIFTING + OFF)
        states |= state_of(job, "Set the parameters of the phone")
        for name in counts:
            counts[name] += job.artifacts["vvx_summary"]["counts"][name]
    assert counts["changed"] == DRIFTING and counts["unreachable"] == OFF
    assert {host for host, state in states.items() if state == "unreachable"} == _names(fleet.phones[-OFF:])
    firsts = {phones[0].name for phones in parts_of(fleet.phones, sliced)}  # which also speak for the others
    assert {host for host, state in states.items() if state == "ok"} - firsts == _names(
        fleet.phones[-DRIFTING - OFF : -OFF]
    )


def _names(phones: Sequence[Phone]) -> set[str]:
    return {phone.name for phone in phones}
