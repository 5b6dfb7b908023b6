# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""In the middle of a rotation: every door reaches each phone with the password that it takes, tried once at most."""

from __future__ import annotations

from simulator import PhoneSpec, Switches
from support.discovery import FILE, listed, write
from support.fixtures import StartFleet
from support.playbook import MODULE_DOOR, PASSWORD, Playground

NEXT = "N3xt-and-better"
NAMES = ["before", "after", "after-jump", "neither"]


def test_configure_report_and_tasks_on_jump_hosts(start_fleet: StartFleet, playground: Playground) -> None:
    switches = Switches(lockout="on")
    passwords = dict(zip(NAMES, (PASSWORD, NEXT, NEXT, "a-third-one"), strict=True))
    fleet = start_fleet(
        *(PhoneSpec(name=name, admin_password=each, switches=switches) for name, each in passwords.items()), tls=False
    )
    known, unknown = [phone for phone in fleet if phone.name != "neither"], fleet["neither"]
    facts = {"gather_subset": "min"}
    variables = {"ansible_vvx_password_next": NEXT, "vvx_parameters_all": {"reg.1.label": "Desk"}}
    jump = {"hosts": "after-jump:before", "gather_facts": False, "tasks": [
        {"name": "jump", "polycom.vvx.vvx_facts": facts, **MODULE_DOOR},
        {"name": "jump again", "polycom.vvx.vvx_facts": facts, **MODULE_DOOR}]}  # fmt: skip
    own = {"hosts": "phones", "gather_facts": False, "tasks": [
        {"name": "report", "polycom.vvx.vvx_report": {"json": "phones.json"}, "ignore_errors": True},
        {"name": "facts", "polycom.vvx.vvx_facts": facts}]}  # fmt: skip
    plays = [jump, {"import_playbook": "polycom.vvx.configure"}, own]
    run = playground.plays(fleet, plays, variables=variables)
    assert run.code == 4 or run.code == 2, run.output
    assert [phone.value("reg.1.label")[0] for phone in known] == ["Desk"] * 3, run.output
    assert run.of("facts", "after")["ansible_facts"]["vvx"] and run.of("jump again", "after-jump")
    assert "refused with ansible_password and with ansible_vvx_password_next" in " ".join(run.output.split())
    assert {phone.name: phone.auth_failures for phone in fleet} == dict(zip(NAMES, (0, 1, 1, 2), strict=True))
    assert NEXT not in run.output and PASSWORD not in run.output

    for phone in fleet:
        phone.clear()
    again = playground.plays(fleet, plays, "-vvvv", variables=variables)
    assert [phone.auth_failures for phone in known] == [0, 0, 0], "what they take is known from the run before"
    assert unknown.auth_failures <= 2 and NEXT not in again.output and PASSWORD not in again.output
    stored = [path for path in (playground.folder / "state").rglob("*") if path.is_file()]
    assert stored and not any(NEXT in path.read_text() for path in stored)


def test_a_scan(start_fleet: StartFleet, playground: Playground) -> None:
    fleet = start_fleet(
        *(PhoneSpec(certificate="factory", admin_password=each) for each in (PASSWORD, NEXT, "for-this-one"))
    )
    write(playground, fleet, passwords_next={fleet.phones[2].mac: "for-this-one"}, password_next=NEXT)
    for failures in (1, 0):
        found = listed(playground)
        assert len(found["_meta"]["hostvars"]) == 3, FILE
        assert [phone.auth_failures for phone in fleet] == [0, failures, failures]
        for phone in fleet:
            phone.clear()
