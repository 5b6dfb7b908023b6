# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The example of a project for AWX works as AWX uses it: an inventory update without vault, and jobs with one."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from simulator import Fleet, PhoneSpec
from support.playbook import Playground, Run

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "awx-project"
PHONES = {"berlin-1001": "VVX 250", "berlin-1002": "VVX 411", "lisbon-2001": "VVX 601"}
NOT_IN_AWX = {"import_cfg"}
"""It makes the files of an inventory, which belong into the project, where no job writes."""
WRAPPERS = sorted(
    path.name for path in EXAMPLE.glob("*.yml") if path.name not in ("awx.yml", "execution-environment.yml")
)
PASSWORD = "a-better-one"
SECRET = "staple"
INVENTORY = "awx/inventory/hosts"
"""Apart from the project, as in a job."""


class Controller:
    """What AWX does with a project: it updates the inventory, keeps what comes of it, and runs playbooks on that."""

    def __init__(self, fleet: Fleet, playground: Playground) -> None:
        self.fleet = fleet
        self.playground = playground
        shutil.copytree(EXAMPLE, playground.folder, dirs_exist_ok=True)
        self._name_the_phones()
        playground.write("vault-password", "only for this test")
        key = ("--vault-password-file", "vault-password")
        secret = self._ansible("vault", "encrypt_string", "--name", "vault_sip_secret", SECRET, *key)
        playground.write("inventory/group_vars/phones/vault.yml", secret.partition("\nEncryption")[0] + "\n")

    def _name_the_phones(self) -> None:
        head, *rows = (EXAMPLE / "inventory" / "phones.csv").read_text(encoding="utf-8").splitlines()
        for row, phone in zip(rows, self.fleet.phones):
            _mac, _address, *rest = row.split(",")
            assert rest[0] == phone.name
            head += "\n" + ",".join([phone.mac, phone.host, *rest])
        self.playground.write("inventory/phones.csv", head)

    @property
    def credential(self) -> dict[str, str]:
        """What a credential of the type VVX phones puts into the environment."""
        return {
            "VVX_USERNAME": "",
            "VVX_PASSWORD": PASSWORD,
            "VVX_INSECURE": "False",
            "VVX_CA_PATH": self.fleet.factory_ca_path,
            "VVX_VERIFY_HOSTNAME": "mac",
            "VVX_PLAN_KEY": "a key for plans, long enough",
            "VVX_SECRETS_KEY": "",
            "VVX_PORT": str(self.fleet.phones[0].port),
        }

    def _ansible(self, program: str, *arguments: str) -> str:
        command = [sys.executable, "-m", "ansible", program, *arguments]
        return self.playground.start(command, **self.credential).stdout

    def update(self) -> dict[str, list[str]]:
        """The groups, without those of Ansible itself, and their hosts."""
        source = "inventory/phones.vvx.yml"
        self._ansible(
            "inventory", "-i", source, "--playbook-dir", "inventory", "--list", "--export", "--output", "all.json"
        )
        exported = (self.playground.folder / "all.json").read_text(encoding="utf-8")
        assert SECRET not in exported
        script = self.playground.write(INVENTORY, f"#!/bin/sh\ncat <<'EOF'\n{exported}\nEOF\n")
        script.chmod(0o755)
        groups = json.loads(exported)
        return {name: sorted(group["hosts"]) for name, group in groups.items() if group.get("hosts")}

    def run(self, playbook: str, *arguments: str) -> Run:
        run = self.launch(playbook, *arguments)
        assert run.code == 0, run.output
        return run

    def launch(self, playbook: str, *arguments: str) -> Run:
        options = ("-i", INVENTORY, "-u", "root", "--vault-password-file", "vault-password")
        return self.playground.run(playbook, *options, *arguments, **self.credential)


@pytest.fixture
def controller(start_fleet: Callable[..., Fleet], playground: Playground) -> Controller:
    specs = [
        PhoneSpec(name=name, model=model, admin_password=PASSWORD, certificate="factory")
        for name, model in PHONES.items()
    ]
    return Controller(start_fleet(*specs), playground)


def test_each_playbook_has_its_wrapper() -> None:
    wanted = {path.name for path in (ROOT / "playbooks").glob("*.yml") if path.stem not in NOT_IN_AWX}
    assert set(WRAPPERS) == wanted
    for name in WRAPPERS:
        (play,) = yaml.safe_load((EXAMPLE / name).read_text(encoding="utf-8"))
        assert play["ansible.builtin.import_playbook"] == f"polycom.vvx.{name.removesuffix('.yml')}"


def test_each_wrapper_can_be_started(playground: Playground) -> None:
    shutil.copytree(EXAMPLE, playground.folder, dirs_exist_ok=True)
    run = playground.run("--syntax-check", *WRAPPERS)
    assert run.code == 0, run.output


def test_from_an_update_of_the_inventory_to_a_report(controller: Controller) -> None:
    fleet = controller.fleet
    assert controller.update() == {
        "phones": sorted(PHONES),
        "site_berlin": ["berlin-1001", "berlin-1002"],
        "site_lisbon": ["lisbon-2001"],
        "model_vvx250": ["berlin-1001"],
        "model_vvx411": ["berlin-1002"],
        "model_vvx601": ["lisbon-2001"],
    }
    checked = controller.run("validate.yml")
    assert "the inventory sets no parameters" not in checked.output, checked.output
    drift = controller.run("audit.yml", "-e", '{"vvx_fail_on": []}')
    assert SECRET not in drift.output
    controller.run("plan.yml", "-e", "vvx_update_secrets=always")
    assert fleet["berlin-1001"].count("config/set") == 0
    controller.run("apply.yml")
    assert fleet["berlin-1002"].value("reg.1.label")[0] == "Ada"
    assert fleet["lisbon-2001"].value("reg.1.server.1.address")[0] == "sip.lisbon.example.org"
    assert fleet["lisbon-2001"].value("reg.1.lineKeys")[0] == "4"
    assert fleet["lisbon-2001"].value("reg.1.auth.password")[0] == f"{SECRET}-2001"
    controller.run("audit.yml")
    controller.run("report.yml")
    assert (controller.playground.folder / "reports" / "phones.html").exists()
    assert fleet.violations == []


def test_other_jobs_of_the_example(controller: Controller) -> None:
    controller.update()
    for playbook in ("facts.yml", "diagnose.yml"):
        controller.run(playbook)
    restarted = controller.run("restart.yml", "-e", "vvx_hosts=site_lisbon")
    assert [outcome.host for outcome in restarted.by("vvx_restart")] == ["lisbon-2001"]
    assert controller.fleet.violations == []


def test_the_pattern_reports_and_fails_where_phones_differ(controller: Controller) -> None:
    controller.update()
    pattern = ROOT / "extensions" / "patterns" / "audit_and_report" / "playbooks" / "audit_and_report.yml"
    shutil.copy(pattern, controller.playground.folder)
    answers = {"vvx_hosts": "", "vvx_fail_on": ["drift"], "vvx_deliver_to": "artifact"}
    run = controller.launch(pattern.name, "-e", json.dumps(answers))
    assert run.code == 2, run.output
    failed = {outcome.host for outcome in run.outcomes if outcome.state == "failed"}
    assert failed == set(PHONES), run.output
    assert (controller.playground.folder / "reports" / "phones.html").exists()
    assert sum(phone.count("config/set") for phone in controller.fleet) == 0
