# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fleet of 500 phones as AWX's nodes manage it: jobs that are transmitted, worked off elsewhere and processed, whole
and in slices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from awx.jobs import Job, Runner
from simulator import PhoneSpec
from support.fixtures import StartFleet
from support.playbook import inventory

PHONES, SLICES = 500, 4
OFF = {f"desk-{number:03}" for number in (7, 44, 130, 301, 499)}


def slice_of(hosts: dict[str, Any], number: int, slices: int) -> dict[str, Any]:
    """The hosts of one slice, from 1, as AWX picks them (source: awx, models/inventory.py, get_script_data)."""
    return {name: hosts[name] for name in sorted(hosts)[number - 1 :: slices]}


def found(job: Job) -> dict[str, Any]:
    """What each phone said, without what is another moment's."""
    facts = {}
    for event in job.results("runner_on_ok"):
        vvx = event["event_data"]["res"].get("ansible_facts", {}).get("vvx")
        if vvx:
            facts[event["event_data"]["host"]] = (vvx["device"]["mac"], vvx["device"]["model"], vvx["lines"])
    return facts


def test_five_hundred_phones_whole_and_in_slices(start_fleet: StartFleet, tmp_path: Path) -> None:
    specs = [PhoneSpec(name=f"desk-{number:03}", offline=f"desk-{number:03}" in OFF) for number in range(PHONES)]
    all_ = inventory(start_fleet(*specs, tls=False).phones)
    del all_["all"]["hosts"]
    group = all_["all"]["children"]["phones"]
    hosts = group["hosts"]

    whole = Runner(tmp_path / "whole", all_).stream("facts")
    whole.check()
    assert whole.hosts("runner_on_unreachable") == OFF, whole.stdout[-2000:]
    assert found(whole).keys() == hosts.keys() - OFF
    assert whole.artifacts["vvx_summary"]["counts"]["unreachable"] == len(OFF)
    # Ansible tells of each task on a phone when it begins and when it ends, and we add nothing to that.
    tasks = {event["event_data"]["task_uuid"] for event in whole.results()}
    assert len(whole.events) <= 2 * PHONES * len(tasks) + 40, len(whole.events)

    together: dict[str, Any] = {}
    lost: set[str] = set()
    for number in range(1, SLICES + 1):
        group["hosts"] = slice_of(hosts, number, SLICES)
        sliced = Runner(tmp_path / f"slice-{number}", all_).stream(
            "facts", variables={"awx_workflow_job_id": 3, "awx_workflow_job_name": "facts"}
        )
        sliced.check()
        assert not together.keys() & found(sliced).keys()
        together |= found(sliced)
        lost |= sliced.hosts("runner_on_unreachable")
    assert together == found(whole) and lost == OFF
