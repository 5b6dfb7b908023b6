# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_diagnose at the console, without -v: as action, as module, as playbook; read as a person would."""

from __future__ import annotations

import re

import pytest

from simulator import Phone, PhoneSpec
from support.fixtures import StartFleet
from support.playbook import PASSWORD, Playground, both_doors, inventory

STEPS = (
    *("DNS name", "TCP connection", "TLS", "certificate", "REST API", "login", "default password", "clock"),
    *("last boot", "firmware"),
)
SPECS = (
    PhoneSpec(name="fine"),
    PhoneSpec(name="stranger", admin_password="another"),
    PhoneSpec(name="off", offline=True),
    PhoneSpec(name="closed", rest="off"),
    PhoneSpec(name="lost", layers={"config": {"reg.1.server.1.address": "sip.example.org"}}),
)


def tables(output: str) -> dict[str, list[str]]:
    """The lines of each phone's table, by its name; of the last one, where there are several."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in output.splitlines():
        head = re.match(r"(\w+) \(127\.[\d.]+\) (can|can't) be managed", line)
        if head:
            current = found[head[1]] = [line]
        elif current is not None and line.startswith("  "):
            current.append(line)
        else:
            current = None
    return found


def named(table: list[str]) -> dict[str, str]:
    """The result of each step, as printed."""
    rows = (re.match(r"  (\S.*?) {2,}(ok|warning|FAILED|not checked)(  |$)", line) for line in table)
    return {row[1]: row[2] for row in rows if row}


def logins(phone: Phone) -> int:
    return sum(1 for request in phone.log if request.auth)


@pytest.mark.parametrize("width", [80, 120])
def test_each_phone_gets_a_table_through_both_doors(
    start_fleet: StartFleet, playground: Playground, width: int
) -> None:
    fleet = start_fleet(*SPECS, tls=True)
    fleet["lost"].fault("unregistered")
    action, module = both_doors("why", "polycom.vvx.vvx_diagnose")
    # Each door in a run of its own: a phone that refused is not asked again so soon.
    for door in (action, module):
        before = logins(fleet["stranger"])
        run = playground.play(
            fleet,
            [door],
            variables={"ansible_vvx_state_path": str(playground.folder / door["name"].replace(" ", "_"))},
            ca_path=fleet.ca_path,
            COLUMNS=str(width),
        )
        assert run.code == 0, run.output
        printed = tables(run.output)
        assert set(printed) == {spec.name for spec in SPECS}, run.output
        assert max(len(line) for table in printed.values() for line in table) <= width
        assert set(named(printed["fine"])) == {*STEPS, "line 1"}, run.output
        assert set(named(printed["fine"]).values()) == {"ok"}
        assert {name: step for name, step in named(printed["stranger"]).items() if step != "ok"} == {
            "login": "FAILED",
            **dict.fromkeys(("default password", "last boot", "firmware", "lines"), "not checked"),
        }
        assert named(printed["off"]) == {
            "DNS name": "ok",
            "TCP connection": "FAILED",
            **dict.fromkeys((*STEPS[2:], "lines"), "not checked"),
        }
        assert named(printed["closed"])["REST API"] == "FAILED"
        lost = " ".join(line.strip() for line in printed["lost"])
        assert named(printed["lost"])["line 1"] == "warning" and "can be managed (1 warning)" in lost
        assert "To do: Check that the phone reaches this server" in re.sub(r" +", " ", lost)
        assert logins(fleet["stranger"]) - before == 1, "one attempt"
        assert PASSWORD not in run.output and max(phone.max_concurrent for phone in fleet) == 1
    assert sum(phone.auth_failures for phone in fleet) == 2


def test_the_playbook_tells_and_fails_phones_only_on_request(start_fleet: StartFleet, playground: Playground) -> None:
    specs = [PhoneSpec(name=f"fine{number}") for number in range(5)]
    fleet = start_fleet(*specs, PhoneSpec(name="closed", rest="off"), tls=False)
    hosts = ["-i", str(playground.write("hosts.yml", inventory(fleet, {"ansible_vvx_use_ssl": False})))]
    told = playground.run("polycom.vvx.diagnose", *hosts, COLUMNS="80")
    assert told.code == 0 and "failed=1" not in told.output, told.output
    # Plain HTTP is a warning, so each gets its table.
    assert set(tables(told.output)) == {phone.name for phone in fleet}, told.output
    assert "can't be managed" in tables(told.output)["closed"][0]

    failed = playground.run("polycom.vvx.diagnose", *hosts, "-e", "vvx_fail=true", COLUMNS="80")
    assert failed.code == 2 and failed.output.count("failed=1") == 1, failed.output
    assert re.search(r"closed +: .*failed=1", failed.output), failed.output
    for text in ("vvx_fial=true", "vvx_scpoe=x"):
        before = sum(phone.count() for phone in fleet)
        wrong = playground.run("polycom.vvx.diagnose", *hosts, "-e", text)
        assert wrong.code != 0 and "unknown variable" in wrong.output
        assert sum(phone.count() for phone in fleet) == before, "nothing was sent"


def test_a_phone_in_good_order_among_many_gets_one_line(start_fleet: StartFleet, playground: Playground) -> None:
    fleet = start_fleet(*(PhoneSpec(name=f"p{number}") for number in range(6)), PhoneSpec(name="closed", rest="off"))
    task = {"name": "why", "polycom.vvx.vvx_diagnose": {}}
    run = playground.play(fleet, [task], ca_path=fleet.ca_path, COLUMNS="120")
    assert list(tables(run.output)) == ["closed"]
    assert len(re.findall(r"^p\d \(127\.[\d.]+\): ok, VVX 411 with UC Software", run.output, re.MULTILINE)) == 6


def test_a_restart_that_the_controller_knows_to_be_pending_is_a_warning(
    start_fleet: StartFleet, playground: Playground
) -> None:
    fleet = start_fleet(PhoneSpec(name="a", boot_seconds=0.5), PhoneSpec(name="other"), tls=False)
    parameters = {"device.sntp.serverName": "ntp.example.com", "reg.1.address": "1777"}
    config = {"name": "write", "polycom.vvx.vvx_config": {"parameters": parameters, "warn": False}}
    tasks = [{**config, "when": "inventory_hostname == 'a'"}, *both_doors("why", "polycom.vvx.vvx_diagnose")]
    run = playground.play(fleet, tasks)
    assert run.code == 0, run.output
    for door in ("action", "module"):
        steps = run.of(f"why ({door})", "a")["steps"]
        (restart,) = [step for step in steps if step["name"] == "restart"]
        assert steps[steps.index(restart) - 1]["name"] == "last boot" and restart["outcome"] == "warning"
        assert re.match(r"pending since 20[-\d]+ [\d:]+ UTC, for device.sntp.serverName", restart["found"])
        assert restart["remedy"].startswith("Run the playbook restart")
        assert "restart" not in [step["name"] for step in run.of(f"why ({door})", "other")["steps"]]
    assert run.output.count("To do: Run the playbook restart") == 2

    restart = {"name": "restart", "polycom.vvx.vvx_restart": {}, "when": "inventory_hostname == 'a'"}
    after = playground.play(fleet, [restart, {"name": "why", "polycom.vvx.vvx_diagnose": {}}])
    assert after.code == 0 and "restart" not in [step["name"] for step in after.of("why", "a")["steps"]]
