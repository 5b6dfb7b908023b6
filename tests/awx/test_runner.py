# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every playbook under a real ansible-runner, on a fleet in which not all is well."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from awx.jobs import Job, Runner
from simulator import Fleet, PhoneSpec, Switches
from support.fixtures import StartFleet
from support.playbook import PASSWORD, inventory

GOOD, OFF, WRONG, CLOSED = ("good-1", "good-2", "good-3"), "off-1", "wrong-1", "closed-1"
SECRETS = (PASSWORD, "another-one", "a-sip-password", "the-key-of-all-plans")
WANTED = {"up.idleTimeout": 55, "reg.1.auth.password": "a-sip-password"}


@dataclass
class Site:
    """The fleet, and AWX in front of it."""

    fleet: Fleet
    runner: Runner

    def run(self, name: str, *arguments: str, **variables: Any) -> Job:
        """A job, and that nothing is wrong with how it talks to AWX and to the phones."""
        job = self.runner.run(name, *arguments, variables=variables)
        job.check()
        said = job.stdout + json.dumps(job.events)
        assert not [secret for secret in SECRETS if secret in said]
        assert {name: self.fleet[name].refused for name in GOOD} == dict.fromkeys(GOOD, {}), "AWX's user root"
        assert max(self.fleet[WRONG].refused.values(), default=0) <= 1
        return job


@pytest.fixture
def site(start_fleet: StartFleet, tmp_path: Path) -> Site:
    quick = Switches(poll_seconds=0.2, lockout="on")
    specs = [PhoneSpec(name=name, switches=quick) for name in GOOD]
    specs += [
        PhoneSpec(name=OFF, offline=True),
        PhoneSpec(name=WRONG, admin_password="another-one", switches=quick),
        PhoneSpec(name=CLOSED, rest="off", switches=quick),
    ]
    fleet = start_fleet(*specs, tls=False)
    hosts = inventory(fleet.phones, {"vvx_parameters_all": WANTED, "vvx_plan_key": "the-key-of-all-plans"})
    del hosts["all"]["hosts"]
    return Site(fleet, Runner(tmp_path, hosts))


PHONE_BY_PHONE = {
    "backup": {"vvx_receiver_address": "127.0.0.1"},
    "configure": {},
    "facts": {},
    "reset": {"vvx_hosts": "phones", "vvx_scope": "web"},
    "restart": {"vvx_hosts": "phones"},
}


@pytest.mark.parametrize("name", PHONE_BY_PHONE)
def test_each_phone_has_its_own_outcome(site: Site, name: str) -> None:
    job = site.run(name, **PHONE_BY_PHONE[name])
    assert job.code != 0
    assert job.hosts("runner_on_failed") == {WRONG, CLOSED}, job.stdout
    assert job.hosts("runner_on_unreachable") == {OFF}, job.stdout
    assert job.hosts("runner_on_ok") >= {*GOOD}, job.stdout
    assert job.artifacts["vvx_summary"]["counts"]["failed"] == 2, job.artifacts


def test_an_audit_marks_the_phones(site: Site) -> None:
    job = site.run("audit", vvx_fail_on=["drift", "error"])
    assert job.hosts("runner_on_failed") == {*GOOD, WRONG, CLOSED}, job.stdout
    assert job.hosts("runner_on_unreachable") == {OFF}, job.stdout
    job = site.run("audit", vvx_fail_on="drift")
    assert job.hosts("runner_on_failed") == {*GOOD}, job.stdout
    assert job.hosts("runner_on_unreachable") == set(), job.stdout


@pytest.mark.parametrize("name", ["diagnose", "report", "validate"])
def test_what_only_tells_fails_no_phone(site: Site, name: str) -> None:
    job = site.run(name)
    assert job.code == 0, job.stdout
    assert job.hosts("runner_on_failed", "runner_on_unreachable") == set(), job.stdout


def test_plan_apply_and_back(site: Site) -> None:
    job = site.run("plan")
    assert job.code == 0, job.stdout
    assert job.artifacts["polycom_vvx_plan"]["counts"]["change"] == len(GOOD), job.artifacts
    at_once = {"vvx_canary": 0, "vvx_lines_delay": 0}
    for name in ("apply", "rollback"):
        job = site.run(name, **at_once)
        assert job.code == 0, job.stdout
        assert job.artifacts["vvx_summary"]["counts"]["changed"] == len(GOOD), job.artifacts
        assert job.hosts("runner_on_ok") == {*GOOD}, "phones without a change have no task"
