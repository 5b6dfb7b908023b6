# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workflow check_and_change node by node under ansible-runner, with what the role gives to its jobs and no more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from awx.controller import surveys
from awx.jobs import Job, Runner
from awx.objects import DEFAULTS, JOB_TEMPLATES, WORKFLOWS
from simulator import Fleet, PhoneSpec
from support.fixtures import StartFleet
from support.playbook import inventory
from support.slices import dealt, of_a_slice

NAMES = ("desk-1", "desk-2", "desk-3", "desk-4")
NODES = {node["identifier"]: node for node in WORKFLOWS["check_and_change"]["nodes"]}
QUICK = {"vvx_canary": 0, "vvx_lines_delay": 0}
WANTED = {"vvx_parameters_all": {"up.idleTimeout": 55}}


class Workflow:
    """Jobs of one workflow: each gets the artifacts of those before."""

    def __init__(self, fleet: Fleet, folder: Path) -> None:
        self.fleet = fleet
        self.folder = folder
        self.artifacts: dict[str, Any] = {}
        self._jobs = 0

    def run(self, node: str, hosts: Sequence[str] = NAMES, **variables: Any) -> Job:
        """``hosts``: those of a slice."""
        template = NODES[node]["job_template"]
        known = inventory([self.fleet[name] for name in hosts], WANTED)
        del known["all"]["hosts"]
        self._jobs += 1
        runner = Runner(self.folder / str(self._jobs), known)
        sliced = of_a_slice(template, 5) if len(hosts) < len(NAMES) else {}
        assert DEFAULTS["awx_state_path"].startswith("/")
        given = {
            "ansible_vvx_state_path": str(self.folder / "mounted"),
            **surveys.defaults(JOB_TEMPLATES[template]["survey_spec"]),
            **NODES[node].get("extra_data", {}),
            **self.artifacts,
            **sliced,
            **variables,
        }
        job = runner.run(template, variables=given, VVX_PLAN_KEY="a key that nobody can guess")
        job.check()
        self.artifacts |= job.artifacts
        return job


@pytest.fixture
def workflow(start_fleet: StartFleet, tmp_path: Path) -> Workflow:
    return Workflow(start_fleet(*(PhoneSpec(name=name) for name in NAMES), tls=False), tmp_path)


def changed(workflow: Workflow) -> set[str]:
    return {name for name in NAMES if workflow.fleet[name].count("config/set")}


def test_what_was_approved_is_applied_in_slices(workflow: Workflow) -> None:
    assert workflow.run("audit").code != 0
    assert workflow.run("plan").code == 0 and changed(workflow) == set()
    for hosts in dealt(NAMES, 2):
        job = workflow.run("apply", hosts, **QUICK)
        assert job.code == 0, job.stdout
    assert changed(workflow) == {*NAMES}
    assert workflow.run("audit").code == 0
    nothing = workflow.run("plan")
    assert nothing.code != 0 and "nothing to approve" in nothing.stdout, nothing.stdout


def test_slices_of_audits_and_plans_lead_on_as_one_job_does(workflow: Workflow) -> None:
    """As the role makes it of ``awx_slices: {audit: 2, plan: 2}``."""
    parts = workflow.folder / "parts"
    parts.mkdir()
    for name in ("audit", "plan"):
        for hosts in dealt(NAMES, 2):
            job = workflow.run(name, hosts, vvx_part=str(parts))
            assert job.code == 0, job.stdout
        merge = workflow.run(f"merge_{name}", vvx_part=str(parts))
        assert (merge.code == 0) == (name == "plan"), merge.stdout
        assert merge.hosts("runner_on_failed") == ({*NAMES} if name == "audit" else set())
    job = workflow.run("apply", **QUICK)
    assert job.code == 0, job.stdout
    assert changed(workflow) == {*NAMES}


def test_phones_that_are_off_lead_to_no_approval(workflow: Workflow) -> None:
    """The node after an audit that succeeds is the report; after one that fails, a plan and the approval."""
    for phone in workflow.fleet:
        phone.offline = True
    job = workflow.run("audit")
    assert job.code == 0, job.stdout
    assert job.artifacts["polycom_vvx_audit"]["phones"] == len(NAMES)
    workflow.fleet[NAMES[0]].offline = False
    assert workflow.run("audit").code != 0


def test_a_slice_without_any_of_the_phones_does_nothing(workflow: Workflow) -> None:
    asked = {"vvx_hosts": NAMES[0]}
    assert workflow.run("plan", **asked).code == 0
    for hosts in reversed(dealt(NAMES, 2)):
        job = workflow.run("apply", hosts, **asked, **QUICK)
        assert job.code == 0, job.stdout
    assert changed(workflow) == {NAMES[0]}


def test_another_plan_than_the_approved_one_is_refused(workflow: Workflow) -> None:
    plan = {"vvx_plan": str(workflow.folder / "mounted" / "plan.json")}
    assert workflow.run("plan", vvx_hosts=NAMES[0], **plan).code == 0
    approved = dict(workflow.artifacts)
    assert workflow.run("plan", **plan).code == 0
    workflow.artifacts = approved
    refused = workflow.run("apply", **plan, **QUICK)
    assert refused.code != 0 and "which was approved" in refused.stdout, refused.stdout
    assert changed(workflow) == set()


@pytest.mark.parametrize("kept", ["state", "journal", "delivered"])
def test_the_same_difference_is_changed_again_another_day(workflow: Workflow, kept: str) -> None:
    """It is the same plan, and the journal of the other day says that it is done."""
    folder = workflow.folder / "files"
    folder.mkdir()
    planned, applied = {
        "state": ({}, {}),
        "journal": ({"vvx_journal": str(folder)}, {"vvx_journal": str(folder)}),
        "delivered": ({"vvx_deliver_to": f"artifact,{folder}"}, {"vvx_plan": str(folder / "plan.json")}),
    }[kept]
    for _day in range(2):
        plan = workflow.run("plan", **planned)
        assert plan.code == 0, plan.stdout
        job = workflow.run("apply", **applied, **QUICK)
        assert job.code == 0 and {phone.value("up.idleTimeout")[0] for phone in workflow.fleet} == {"55"}, job.stdout
        for phone in workflow.fleet:
            phone.reset("web")
