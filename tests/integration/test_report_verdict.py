# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a report says is wrong with phones, from simulated phones to its files; and restarts that phones still need."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, PhoneSpec
from support.playbook import Playground, Run, inventory

CLOCK = "device.sntp.serverName"
"""Needs a restart."""
SPECS = (
    PhoneSpec(name="well"),
    PhoneSpec(name="offline", offline=True),
    PhoneSpec(name="locked", admin_password="another"),
    PhoneSpec(name="rest-off", rest="off"),
    PhoneSpec(name="unregistered"),
    PhoneSpec(name="drifting"),
    PhoneSpec(name="behind", firmware="5.8.0.12848"),
    PhoneSpec(name="pending"),
    PhoneSpec(name="expiring", not_after="20"),
    PhoneSpec(name="misspelled"),
    PhoneSpec(name="several", firmware="5.8.0.12848", not_after="-3"),
)
OPTIONS = {
    "ansible_vvx_timeout": 3,
    "ansible_vvx_lockout_time": 0,
    "ansible_vvx_use_ssl": True,
    "ansible_vvx_validate_certs": False,
}
STATES = {
    "well": [],
    "offline": ["unmanaged"],
    "locked": ["unmanaged"],
    "rest-off": ["unmanaged"],
    "unregistered": ["unregistered"],
    "drifting": ["drifting"],
    "behind": ["behind"],
    "pending": ["restart"],
    "expiring": ["certificate"],
    "misspelled": ["other"],
    "several": ["drifting", "behind", "certificate"],
}


def config(**options: Any) -> dict[str, Any]:
    return {
        "name": "write",
        "polycom.vvx.vvx_config": {"parameters": {CLOCK: "ntp.example.com"}, "warn": False, **options},
    }


def rows(playground: Playground) -> dict[str, dict[str, Any]]:
    document = json.loads((playground.folder / "reports" / "phones.json").read_text(encoding="utf-8"))
    return {row["cells"]["host"]: row for row in document["rows"]}


def test_each_phone_says_what_is_wrong_with_it(start_fleet: Any, playground: Playground) -> None:
    fleet: Fleet = start_fleet(*SPECS, tls=True)
    fleet["unregistered"].fault("unregistered")
    assert playground.play([fleet["pending"]], [config()], variables=OPTIONS).code == 0
    document = inventory(fleet, OPTIONS)
    hosts = document["all"]["children"]["phones"]["hosts"]
    for name in ("drifting", "several"):
        hosts[name]["vvx_parameters_host"] = {"up.idleTimeout": 41}
    hosts["misspelled"]["vvx_parameters_host"] = {"reg.1.lable": "x"}
    playground.write("inventory.yml", document)
    target = ("-e", json.dumps({"vvx_target_firmware": {"default": "5.9.3.1111"}}))
    run = playground.run("polycom.vvx.report", "-i", "inventory.yml", *target, COLUMNS="100")
    assert run.code == 0, run.output
    found = rows(playground)
    assert {host: [each["cause"] for each in row["causes"]] for host, row in found.items()} == STATES
    assert {host: row["cells"]["state"] for host, row in found.items()} == {
        host: next(iter(names), "ok") for host, names in STATES.items()
    }
    phone = fleet["well"]
    assert found["well"]["detail"]["url"] == f"https://{phone.host}:{phone.port}/"
    assert found["well"]["detail"]["lines"][0]["server"]
    assert found["pending"]["detail"]["restart"]["parameters"] == [CLOCK]
    assert found["well"]["cells"]["booted"][-1] == "Z" and found["offline"]["cells"]["booted"] is None

    report = json.loads((playground.folder / "reports" / "phones.json").read_text(encoding="utf-8"))
    result = run.of("polycom.vvx.report : Report")
    assert result["attention"] == report["summary"]["attention"] == 10 and result["causes"] == report["causes"]
    assert {each["cause"]: each["phones"] for each in report["causes"]} == {
        "unmanaged": 3,
        "unregistered": 1,
        "drifting": 2,
        "behind": 2,
        "restart": 1,
        "certificate": 2,
        "other": 1,
    }
    assert {each["status"] for each in report["causes"][0]["statuses"]} == {"unreachable", "unauthorized", "rest_off"}
    said = run.output[run.output.index("10 of 11 phones need attention.\n") :].splitlines()
    assert said[1].split() == ["3", "Cannot", "be", "managed"]
    assert [line.split()[0] for line in said[5:11]] == ["1", "2", "2", "1", "2", "1"]
    assert said[8].split() == ["1", "Restart", "pending", "polycom.vvx.restart"]


def test_all_phones_are_as_they_should_be(start_fleet: Any, playground: Playground) -> None:
    fleet: Fleet = start_fleet(PhoneSpec(name="a"), PhoneSpec(name="b"), tls=False)
    playground.write("inventory.yml", inventory(fleet))
    run = playground.run("polycom.vvx.report", "-i", "inventory.yml")
    assert "\nAll 2 phones are as they should be.\n" in run.output
    assert run.of("polycom.vvx.report : Report")["causes"] == []


class Site:
    """One phone, which says when it has started, and reports on it."""

    def __init__(self, fleet: Fleet, playground: Playground, **variables: Any) -> None:
        self.phone = fleet["a"]
        self.playground = playground
        self.variables = variables
        playground.write("inventory.yml", inventory(fleet, variables))

    def do(self, task: dict[str, Any], *arguments: str) -> Run:
        run = self.playground.play([self.phone], [task], *arguments, variables=self.variables)
        assert run.code == 0, run.output
        return run

    def pending(self) -> list[str]:
        """The parameters that need a restart, as a report tells them."""
        run = self.playground.run("polycom.vvx.report", "-i", "inventory.yml")
        row = rows(self.playground)["a"]
        restart = row["detail"]["restart"]
        assert ("restart" in [each["cause"] for each in row["causes"]]) == (restart is not None)
        assert ("Restart pending" in run.output) == (restart is not None), run.output
        return restart["parameters"] if restart else []

    @property
    def kept(self) -> list[str]:
        return sorted(path.name for path in self.playground.folder.glob("state/polycom.vvx/restarts/*"))


@pytest.fixture
def site(start_fleet: Any, playground: Playground) -> Site:
    return Site(start_fleet(PhoneSpec(name="a", boot_seconds=0.5), tls=False), playground)


def test_a_restart_is_pending_until_a_task_restarts_the_phone(site: Site) -> None:
    site.do(config(), "--check")
    assert site.kept == [] and site.pending() == []
    site.do(config())
    assert len(site.kept) == 1 and site.pending() == [CLOCK]
    site.do({"name": "restart", "polycom.vvx.vvx_restart": {}}, "--check")
    assert site.pending() == [CLOCK], "check mode forgets nothing"
    site.do({"name": "again", "polycom.vvx.vvx_config": {"parameters": {"reg.1.label": "x"}}})
    assert site.pending() == [CLOCK]
    site.do({"name": "restart", "polycom.vvx.vvx_restart": {}})
    assert site.kept == [] and site.pending() == []


def test_a_restart_by_hand_ends_it(site: Site) -> None:
    site.do(config())
    assert site.pending() == [CLOCK]
    site.phone.restart()
    deadline = time.monotonic() + 60
    while site.phone.restarts == 0 or not site.phone.lifecycle.ready:
        assert time.monotonic() < deadline, "the phone does not come back"
        time.sleep(0.05)
    assert site.pending() == []


def test_a_task_that_restarts_the_phone_leaves_none(site: Site) -> None:
    site.do(config())
    site.do(config(parameters={CLOCK: "ntp2.example.com"}, restart="if_required"))
    assert site.kept == [] and site.pending() == []


def test_a_task_on_a_jump_host_is_remembered_by_the_controller(site: Site) -> None:
    site.do({**config(), "delegate_to": "jumphost"})
    assert site.pending() == [CLOCK]


def test_where_the_state_is_kept_can_be_said(start_fleet: Any, playground: Playground, tmp_path: Path) -> None:
    site = Site(start_fleet(PhoneSpec(name="a"), tls=False), playground, ansible_vvx_state_path=str(tmp_path / "kept"))
    site.do(config())
    assert site.kept == [] and len(list((tmp_path / "kept" / "restarts").iterdir())) == 1
    assert site.pending() == [CLOCK]
    assert "ntp.example.com" not in next((tmp_path / "kept" / "restarts").iterdir()).read_text()
