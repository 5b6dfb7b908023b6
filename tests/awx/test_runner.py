# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every playbook under a real ansible-runner, on a fleet in which not all is well."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import layout
from awx.jobs import Job, Runner
from simulator import Fleet, PhoneSpec, Switches
from simulator.auth import ADMIN
from support.certificates import made
from support.fixtures import StartFleet
from support.playbook import PASSWORD, inventory
from support.slices import of_a_slice

GOOD, OFF, WRONG, CLOSED = ("good-1", "good-2", "good-3"), "off-1", "wrong-1", "closed-1"
NEXT = "a-new-Password-26"
SECRETS = (PASSWORD, NEXT, "another-one", "a-sip-password", "the-key-of-all-plans")
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


ONLY_TELLING = ("diagnose", "report", "validate")


@pytest.mark.parametrize("name", ONLY_TELLING)
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


AT_ONCE = {"vvx_canary": 0, "vvx_lines_delay": 0, "vvx_max_failures": "100%"}


def test_jobs_in_waves(site: Site) -> None:
    """The phones that were asked have their results; those that can't be asked are told, and have no task."""
    jobs: dict[str, dict[str, Any]] = {
        "install_ca": {"vvx_ca_file": str(site.runner.write("project/ca.pem", made().pem))},
        "firmware": {"vvx_target_firmware": {"default": site.fleet[GOOD[0]].firmware}},
        "rotate_passwords": {"ansible_vvx_password_next": NEXT},
    }
    done = {name: site.run(name, **AT_ONCE, **variables) for name, variables in jobs.items()}
    for name, job in done.items():
        counts = job.artifacts["vvx_summary"]["counts"]
        assert (counts["failed"], counts["unreachable"]) == (2, 1), job.stdout
        assert counts["unchanged" if name == "firmware" else "changed"] == len(GOOD), job.stdout
    assert {site.fleet[name].password_of(ADMIN) for name in GOOD} == {NEXT}


def test_jobs_with_files(site: Site) -> None:
    folder = site.runner.folder
    vault = ("--vault-password-file", str(site.runner.write("vault.txt", "the-vault")))
    site.runner.write("provisioning/000000000000.cfg", '<APPLICATION CONFIG_FILES="all.cfg"/>')
    site.runner.write("provisioning/all.cfg", '<ALL up.idleTimeout="55"/>')
    for name, variables in {
        "find_passwords": {
            "ansible_vvx_password_candidates": [PASSWORD, "another-one"], "vvx_into": str(folder / "found.yml"),
        },
        "enroll": {
            "vvx_folder": str(folder / "provisioning"), "vvx_wait_timeout": 0, "vvx_hosts": CLOSED,
            "ansible_vvx_mac": site.fleet[CLOSED].mac,
        },
        "import_cfg": {"vvx_folder": str(folder / "provisioning"), "vvx_into": str(folder / "imported")},
        "test_call": {"vvx_caller": GOOD[0], "vvx_callee": GOOD[1], "vvx_seconds": 1},
    }.items():  # fmt: skip
        job = site.run(name, *vault, **variables)
        assert job.code == 0, job.stdout


def test_a_restore_from_the_backup_of_a_job(site: Site) -> None:
    backups = site.runner.folder / "backups"
    site.run("backup", vvx_receiver_address="127.0.0.1", vvx_folder=str(backups), vvx_name="monday")
    job = site.run("restore", vvx_from=str(backups / "monday"), **AT_ONCE)
    assert job.code == 0 and job.artifacts["vvx_summary"]["counts"]["unchanged"] == len(GOOD), job.stdout


def test_the_slices_of_an_audit_are_merged(site: Site) -> None:
    parts = {"vvx_part": str(site.runner.folder / "parts"), "vvx_fail_on": ["drift", "error"]}
    (site.runner.folder / "parts").mkdir()
    for hosts in (f"{GOOD[0]},{OFF}", f"{GOOD[1]},{GOOD[2]},{WRONG},{CLOSED}"):
        site.run("audit", "--limit", hosts, **parts, **of_a_slice("audit", 5))
    job = site.run("merge", **parts, vvx_merge="audit", vvx_part_run="5")
    assert job.hosts("runner_on_failed") == {*GOOD, WRONG, CLOSED}, job.stdout
    assert job.hosts("runner_on_unreachable") == {OFF}, job.stdout


TRIED_ALONE = (
    {"apply", "audit", "merge", "plan", "restore", "rollback"}
    | {"firmware", "install_ca", "rotate_passwords"}
    | {"enroll", "find_passwords", "import_cfg", "test_call"}
)


def test_every_playbook_is_tried_here() -> None:
    assert {*PHONE_BY_PHONE, *ONLY_TELLING, *TRIED_ALONE} == {
        file.stem for file in (layout.ROOT / "playbooks").glob("*.yml")
    }
