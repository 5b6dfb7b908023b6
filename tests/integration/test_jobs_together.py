# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One story: six new phones come into a house, and all that happens to phones in some years happens to them in one day.
Each job runs in check mode first, and a second run changes nothing."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from simulator import Fleet, Image, PhoneSpec, Switches
from simulator.auth import ADMIN
from support.fixtures import StartFleet
from support.playbook import Playground, Run

FIRST, SECOND, SIP = "first-Spring-26", "then-Autumn-26", "sip-Winter-26"
OLD, NEW = "5.9.3.1111", "6.4.2.3456"
UPDATES = "http://updates.example.org/vvx"
PARAMETERS = {
    "reg.1.address": "{{ inventory_hostname }}",
    "reg.1.auth.password": SIP,
    "reg.1.server.1.address": "sip.example.org",
    "up.idleTimeout": 55,
}
AT_ONCE = {"vvx_canary": 0, "vvx_lines_delay": 0}


@dataclass
class House:
    """The phones, what the admin has written down of them, and the jobs."""

    fleet: Fleet
    playground: Playground
    variables: dict[str, Any] = field(default_factory=dict)

    def write_down(self, **variables: Any) -> None:
        self.variables |= variables
        hosts = {
            phone.name: {"ansible_host": phone.host, "ansible_port": phone.port, "ansible_vvx_mac": phone.mac}
            for phone in self.fleet
        }
        shared = {"ansible_vvx_use_ssl": False, "vvx_plan_key": "a key of the house", **self.variables}
        self.playground.write("hosts.yml", {"phones": {"hosts": hosts, "vars": shared}})

    def run(self, *jobs: str, check: bool = False) -> Run:
        """These playbooks, one after the other."""
        before = self.state() if check else []
        names = [f"polycom.vvx.{job}" for job in jobs]
        arguments = [*names, "-i", "hosts.yml", "-e", json.dumps(AT_ONCE), *(["--check"] if check else [])]
        run = self.playground.run(*arguments, COLUMNS="80")
        said = run.output + json.dumps([outcome.result for outcome in run.outcomes])
        assert not [secret for secret in (FIRST, SECOND, SIP) if secret in said], run.output
        assert run.code == 0 and "Traceback" not in run.output, run.output
        assert self.state() == before or not check, run.output
        return run

    def state(self) -> list[tuple[Any, ...]]:
        """What each phone has, and whether it was disturbed."""
        return [
            (phone.firmware, phone.restarts, phone.count("config/set"), json.dumps(phone.parameters.layers))
            for phone in self.fleet
        ]

    def all_have(self, name: str) -> set[str]:
        return {phone.value(name)[0] for phone in self.fleet}


def summaries(run: Run) -> list[str]:
    """The first line of each summary."""
    return re.findall(r"^SUMMARY \*+\n(.*)$", run.output, re.MULTILINE)


def test_the_life_of_six_phones(start_fleet: StartFleet, playground: Playground) -> None:
    provisioning = playground.folder / "provisioning"
    provisioning.mkdir()
    new = PhoneSpec(
        rest="off", lines=0, admin_password="456", firmware=OLD, switches=Switches(poll_seconds=0.2, lockout="on")
    )
    fleet = start_fleet(*[new] * 6, tls=False, provisioning=provisioning, images={UPDATES: {"*": Image(NEW)}})
    house = House(fleet, playground)
    house.write_down(
        ansible_password=FIRST, vvx_parameters_all=PARAMETERS, vvx_folder=str(provisioning), vvx_wait_timeout=60
    )
    run = house.run("enroll", check=True)
    assert summaries(run) == ["6 phones: 6 would change"] and not any(provisioning.iterdir()), run.output
    run = house.run("enroll", "configure")
    assert summaries(run) == ["6 phones: 6 changed", "6 phones: 0 changed, 6 unchanged"], run.output
    assert {phone.password_of(ADMIN) for phone in fleet} == {FIRST}
    assert house.all_have("up.idleTimeout") == {"55"}

    house.write_down(
        vvx_parameters_all={**PARAMETERS, "up.idleTimeout": 70},
        ansible_vvx_password_next=SECOND,
        vvx_target_firmware={"VVX 411": NEW},
        vvx_firmware_server=UPDATES,
    )
    run = house.run("configure", "rotate_passwords", "firmware", check=True)
    assert summaries(run) == ["6 phones: 6 would change"] * 3, run.output
    run = house.run("plan", "apply", "rotate_passwords", "firmware")
    assert house.all_have("up.idleTimeout") == {"70"}, run.output
    assert {phone.password_of(ADMIN) for phone in fleet} == {SECOND}, run.output
    assert {phone.firmware for phone in fleet} == {NEW}, run.output
    assert {len(phone.downloads) for phone in fleet} == {1}

    house.write_down(ansible_password=SECOND)
    before = house.state()
    run = house.run("configure", "rotate_passwords", "firmware")
    assert summaries(run) == ["6 phones: 0 changed, 6 unchanged"] * 3, run.output
    assert house.state() == before, run.output

    run = house.run("rollback", check=True)
    assert summaries(run) == ["6 phones: 6 would change"], run.output
    run = house.run("rollback", "rollback")
    assert summaries(run) == ["6 phones: 6 changed", "6 phones: 0 changed, 6 unchanged"], run.output
    assert house.all_have("up.idleTimeout") == {"55"}
    assert {phone.password_of(ADMIN) for phone in fleet} == {SECOND}
    assert {phone.firmware for phone in fleet} == {NEW}
    assert [phone.refused for phone in fleet if any(count > 1 for count in phone.refused.values())] == []
