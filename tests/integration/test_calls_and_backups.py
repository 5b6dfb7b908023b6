# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks test_call and backup, by name."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import Fleet, PhoneSpec
from support.playbook import Playground, Run, inventory

CALL = ("-e", "vvx_caller=berlin", "-e", "vvx_callee=lisbon", "-e", "vvx_wait_timeout=2", "-e", "vvx_seconds=1")


def hosts(fleet: Fleet, playground: Playground) -> tuple[str, str]:
    return "-i", str(playground.write("inventory.yml", inventory(fleet)))


@pytest.fixture
def fleet(start_fleet: Any) -> Fleet:
    result: Fleet = start_fleet(PhoneSpec(name="berlin"), PhoneSpec(name="lisbon", firmware="5.8.0.1234"), tls=False)
    return result


def orders(fleet: Fleet, name: str) -> list[str]:
    return [request.path.rpartition("/")[2] for request in fleet[name].log if "/callctrl/" in request.path]


def report(run: Run, host: str) -> str:
    return str(run.of("Report", host)["msg"])


def test_one_phone_calls_another(fleet: Fleet, playground: Playground) -> None:
    run = playground.run("polycom.vvx.test_call", *hosts(fleet, playground), *CALL)
    assert run.code == 0, run.output
    assert orders(fleet, "berlin") == ["dial", "endCall"] and orders(fleet, "lisbon") == ["answerCall"]
    assert report(run, "berlin").startswith("berlin called 1002: ") and " 0.0 % lost, codec G.722, MOS 4.1" in report(
        run, "berlin"
    )
    assert report(run, "lisbon").startswith("lisbon was called: ")
    assert all(phone.calls == [] for phone in fleet)


def test_a_number_that_leads_nowhere(fleet: Fleet, playground: Playground) -> None:
    run = playground.run("polycom.vvx.test_call", *hosts(fleet, playground), *CALL, "-e", "vvx_number=9999")
    assert run.code != 0
    assert "no call was ringing" in run.of("Wait until the other phone rings", "lisbon")["msg"]
    assert orders(fleet, "berlin") == ["dial", "endCall"], "it has hung up"
    assert orders(fleet, "lisbon") == []
    assert all(phone.calls == [] for phone in fleet)


def test_phones_in_use_are_left_alone(fleet: Fleet, playground: Playground) -> None:
    fleet["lisbon"].ring("2002")
    run = playground.run("polycom.vvx.test_call", *hosts(fleet, playground), *CALL)
    assert run.code != 0 and "lisbon is in a call. Nothing was tested." in run.output
    assert orders(fleet, "berlin") == orders(fleet, "lisbon") == []


def test_a_line_that_is_not_registered(fleet: Fleet, playground: Playground) -> None:
    fleet["berlin"].fault("unregistered")
    run = playground.run("polycom.vvx.test_call", *hosts(fleet, playground), *CALL)
    assert run.code != 0
    assert run.of("Dial", "berlin")["error"]["kind"] == "line_not_registered"


def test_firmware_that_tells_no_media(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(PhoneSpec(name="berlin", firmware="5.4.0.1"), PhoneSpec(name="lisbon"), tls=False)
    run = playground.run("polycom.vvx.test_call", *hosts(fleet, playground), *CALL)
    assert run.code == 0, run.output
    assert report(run, "berlin") == "berlin called 1002: this firmware does not report media"


@pytest.mark.parametrize("missing", ["vvx_caller", "vvx_callee"])
def test_both_phones_have_to_be_named(fleet: Fleet, playground: Playground, missing: str) -> None:
    other = {"vvx_caller": "vvx_callee=lisbon", "vvx_callee": "vvx_caller=berlin"}[missing]
    for answer, told in (
        (other, f"{missing} is not set"),
        (f"{other} {missing}=rome", "rome is not an inventory host"),
    ):
        run = playground.run("polycom.vvx.test_call", *hosts(fleet, playground), "-e", answer)
        assert run.code != 0 and told in run.output, run.output
    assert all(phone.count() == 0 for phone in fleet)


def test_backups_of_all_phones(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(
        PhoneSpec(name="berlin"),
        PhoneSpec(name="lisbon"),
        PhoneSpec(name="old", firmware="5.7.0.1"),
        PhoneSpec(name="off", offline=True),
        tls=False,
    )
    arguments = (
        *hosts(fleet, playground),
        "-e",
        "vvx_name=monday",
        "-e",
        '{"vvx_receiver_port": null, "vvx_receiver_address": ""}',
    )
    run = playground.run("polycom.vvx.backup", *arguments)
    assert run.code != 0, "two phones have no backup"
    names = sorted(path.name for path in (playground.folder / "backups" / "monday").iterdir())
    assert names == ["berlin.all.cfg", "berlin.device.cfg", "lisbon.all.cfg", "lisbon.device.cfg"]
    assert (
        run.of("Back up", "old")["error"]["kind"] == "not_supported" and "since 5.8" in run.of("Back up", "old")["msg"]
    )
    assert run.state("Back up", "off") == "unreachable"
    again = playground.run("polycom.vvx.backup", *arguments, "--limit", "berlin")
    assert again.code == 0 and again.of("Back up")["changed"] is False
