# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restarts and resets: the table of docs/restarts.md, in both doors; handlers; the playbooks."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator import Phone, PhoneSpec, Switches
from support.playbook import MODULE_DOOR, Playground, Run, inventory

DOCS = Path(__file__).parents[2] / "docs" / "restarts.md"


@dataclass
class Situation:
    """A phone, what happens to it, and what is told of it: state, changed, kind of error, part of the message."""

    expected: tuple[str, bool, str | None, str]
    options: dict[str, Any] = field(default_factory=dict)
    spec: PhoneSpec = field(default_factory=PhoneSpec)
    prepare: Callable[[Phone], Any] = lambda phone: None


def ring(phone: Phone) -> str:
    handle: str = phone.ring("5551000", "Ann")
    return handle


def ring_for_a_while(phone: Phone) -> None:
    threading.Timer(8.0, phone.hang_up, [ring(phone)]).start()


def fault(kind: str, **options: Any) -> Callable[[Phone], Any]:
    return lambda phone: phone.fault(kind, **options)


RESTARTS = {
    "plain": Situation(("ok", True, None, "")),
    "reboot": Situation(("ok", True, None, ""), {"mode": "reboot"}),
    "kept": Situation(
        ("ok", True, None, ""), spec=PhoneSpec(switches=Switches(restart_uptime="kept"), boot_seconds=6.0)
    ),
    "slow": Situation(
        ("ok", True, None, ""), spec=PhoneSpec(switches=Switches(starting_seconds=3.0), boot_seconds=6.0)
    ),
    "call-ends": Situation(("ok", True, None, ""), {"busy_timeout": 60}, prepare=ring_for_a_while),
    "call-goes-on": Situation(
        ("failed", False, "in_call", "and was not interrupted"), {"busy_timeout": 1}, prepare=ring
    ),
    "call-skipped": Situation(("skipped", False, None, "it was not restarted"), {"when_busy": "skip"}, prepare=ring),
    "stays-up": Situation(
        ("failed", False, "not_restarted", "did not go down within 8 s"), prepare=fault("never_down")
    ),
    "stays-away": Situation(
        ("failed", True, "", "The phone did not come back within 8 s"), prepare=fault("never_back")
    ),
    "password": Situation(
        ("failed", True, "authentication_failed", "refuses the password that it accepted before"),
        prepare=fault("back_default_password"),
    ),
    "rest-off": Situation(
        ("failed", True, "rest_disabled", "came back, but its REST API is off"), prepare=fault("back_rest_off")
    ),
    "other": Situation(
        ("failed", True, "other_phone", "00:04:f2:ff:ff:ff answers at the address of"),
        prepare=fault("back_other_mac", mac="0004f2ffffff"),
    ),
    "not-ready": Situation(
        ("failed", True, "not_ready", "not ready within 8 s"),
        spec=PhoneSpec(switches=Switches(starting_seconds=60.0), boot_seconds=61.0),
    ),
    "no-lines": Situation(
        ("failed", True, "not_registered", "did not register line 1 within 8 s"),
        {"wait_for_lines": True},
        prepare=fault("back_unregistered", lines=[1]),
    ),
}

RESETS = {
    "web": Situation(("ok", True, None, ""), {"scope": "web"}),
    "nothing": Situation(("ok", False, None, ""), {"scope": "local", "only_if_overridden": ["reg.1.label"]}),
    "unconfirmed": Situation(("failed", False, "settings", "requires confirm: true"), {"scope": "factory"}),
    "rest-goes": Situation(
        ("ok", True, None, "The REST API is turned on in layer web"),
        {"scope": "web"},
        spec=PhoneSpec(rest="web"),
    ),
    "password-goes": Situation(("ok", True, None, "the phone has its factory password"), {"scope": "device"}),
    "factory": Situation(("ok", True, None, "A factory reset turns"), {"scope": "factory", "confirm": True}),
    "call": Situation(
        ("failed", False, "in_call", "and was not interrupted"), {"scope": "web", "when_busy": "fail"}, prepare=ring
    ),
    "stays-away": Situation(
        ("failed", True, "", "The phone did not come back within 8 s"), {"scope": "web"}, prepare=fault("never_back")
    ),
    "no-cloud": Situation(("failed", False, "not_supported", "requires UC Software 6.0 or later"), {"scope": "cloud"}),
}


def run_all(
    start_fleet: Any, playground: Playground, module: str, situations: dict[str, Situation], keywords: dict[str, Any]
) -> Run:
    for name, situation in situations.items():
        situation.spec.name = name
    fleet = start_fleet(*(situation.spec for situation in situations.values()), tls=False)
    for name, situation in situations.items():
        situation.prepare(fleet[name])
    hosts = inventory(fleet)
    for name, situation in situations.items():
        hosts["all"]["children"]["phones"]["hosts"][name]["options"] = {"wait_timeout": 8, **situation.options}
    names = sorted({name for situation in situations.values() for name in situation.options} | {"wait_timeout"})
    task = {
        "name": "go",
        f"polycom.vvx.{module}": {name: f"{{{{ options.{name} | default(omit) }}}}" for name in names},
        **keywords,
    }
    playground.write("hosts.yml", hosts)
    playground.write("play.yml", [{"name": "Test", "hosts": "phones", "gather_facts": False, "tasks": [task]}])
    return playground.run("play.yml", "-i", "hosts.yml", "--forks", "20", "-v")


def check(run: Run, situations: dict[str, Situation]) -> None:
    for name, situation in situations.items():
        state, changed, kind, text = situation.expected
        outcome = next(outcome for outcome in run.outcomes if outcome.host == name)
        result = outcome.result
        assert (outcome.state, result["changed"]) == (state, changed), f"{name}: {outcome}"
        if kind is None:
            assert "error" not in result, f"{name}: {result}"
        else:
            assert result["error"]["kind"] == kind or not kind, f"{name}: {result}"
        assert text in " ".join([result.get("msg", ""), *result.get("expected", [])]), f"{name}: {result}"
        if state == "failed":
            assert re.match(r"127\.\d+\.\d+\.\d+: ", result["msg"]), f"{name}: {result['msg']}"


@pytest.mark.parametrize("keywords", [{}, MODULE_DOOR], ids=["action", "module"])
def test_the_table_of_restarts(start_fleet: Any, playground: Playground, keywords: dict[str, Any]) -> None:
    run = run_all(start_fleet, playground, "vvx_restart", RESTARTS, keywords)
    check(run, RESTARTS)
    if not keywords:
        assert "waiting for the phone to go down" in run.output or "waiting for the phone to answer" in run.output
        assert "the phone is in a call" in run.output


@pytest.mark.parametrize("keywords", [{}, MODULE_DOOR], ids=["action", "module"])
def test_the_table_of_resets(start_fleet: Any, playground: Playground, keywords: dict[str, Any]) -> None:
    run = run_all(start_fleet, playground, "vvx_reset", RESETS, keywords)
    check(run, RESETS)
    assert run.output.count("A factory reset turns the REST API off") >= 1


def test_in_the_background_a_restart_is_awaited_where_there_is_a_host_for_it(
    start_fleet: Any, playground: Playground
) -> None:
    fleet = start_fleet(PhoneSpec(boot_seconds=2.0), tls=False)
    restart = {"polycom.vvx.vvx_restart": {"wait_timeout": 20}, "async": 60, "poll": 1}
    tasks = [
        {"name": "alone", **restart, "ignore_errors": True},
        {"name": "delegated", **restart, "delegate_to": "localhost"},
    ]
    run = playground.play(fleet, tasks, variables={"ansible_python_interpreter": "{{ ansible_playbook_python }}"})
    assert "a phone can't run a task in the background" in run.of("alone")["msg"]
    assert run.of("delegated")["changed"] is True and run.of("delegated")["uptime_after"] < 20
    assert fleet.phones[0].restarts == 1


def test_a_handler_restarts_once(phone: Phone, playground: Playground) -> None:
    """The play of docs/restarts.md."""
    play = next(
        block
        for block in re.findall(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
        if "handlers:" in block
    )
    assert yaml.safe_load(play)[0]["handlers"][0]["name"] == "Restart phone"
    playground.write("play.yml", play)
    playground.write("hosts.yml", inventory([phone]))
    for restarts in (1, 1):
        run = playground.run("play.yml", "-i", "hosts.yml", "--limit", "phones")
        assert run.code == 0, run.output
        assert phone.restarts == restarts, "the second run changes nothing, and so notifies nobody"


def test_the_playbooks_by_name(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(PhoneSpec(layers={"web": {"reg.1.label": "Desk"}}), PhoneSpec(), tls=False)
    playground.write("hosts.yml", inventory(fleet))
    hosts = ["-i", "hosts.yml", "-e", "vvx_wait_timeout=20", "-e", "vvx_hosts=phones"]
    run = playground.run("polycom.vvx.restart", *hosts, "--check")
    assert run.code == 0 and [phone.restarts for phone in fleet] == [0, 0], run.output
    assert "Would be restarted: 2 phones: phone-1, phone-2" in run.output
    run = playground.run(
        "polycom.vvx.restart", *hosts, "-e", '{"vvx_mode": "", "vvx_when_busy": null, "vvx_serial": 1}'
    )
    assert run.code == 0 and [phone.restarts for phone in fleet] == [1, 1], run.output
    assert run.output.count("\nRestarted: 2 phones: phone-1, phone-2\n") == 1
    only = '{"vvx_scope": "web", "vvx_only_if_overridden": ["reg.1.label"]}'
    run = playground.run("polycom.vvx.reset", *hosts, "-e", only)
    assert run.code == 0 and [phone.restarts for phone in fleet] == [2, 1], run.output
    assert fleet.phones[0].value("reg.1.label")[1] != "web"
    assert "\nReset: 1 phone: phone-1\n" in run.output
    call = ring(fleet.phones[1])
    run = playground.run("polycom.vvx.restart", *hosts, "-e", "vvx_when_busy=skip", COLUMNS="120")
    assert run.code == 0 and [phone.restarts for phone in fleet] == [3, 1], run.output
    said = run.output.split("\nSUMMARY ")[1]
    assert "2 phones: 1 changed, 1 skipped\nRestarted: 1 phone: phone-1\nLeft alone:\n  1 phone: " in said
    assert "it was not restarted.\n    phone-2\n" in said
    fleet.phones[1].hang_up(call)
    run = playground.run("polycom.vvx.reset", *hosts)
    assert run.code == 2 and "vvx_scope" in run.output


@pytest.mark.parametrize("name", ["vvx_busy_timeout", "vvx_wait_timeout"])
@pytest.mark.parametrize("value", ["0", "null", '""'])
def test_zero_is_a_number_and_null_is_none(phone: Phone, playground: Playground, name: str, value: str) -> None:
    """AWX sends both: a number of a survey as such, an unanswered question as null or an empty text."""
    if name == "vvx_busy_timeout" and value == "0":
        ring(phone)
    playground.write("hosts.yml", inventory([phone]))
    answers = f'{{"vvx_wait_for_lines": null, "{name}": {value}}}'
    run = playground.run(
        "polycom.vvx.restart",
        "-i",
        "hosts.yml",
        "--limit",
        "phones",
        "-e",
        answers,
        *([] if name == "vvx_busy_timeout" else ["--check"]),
    )
    result = run.of("Restart")
    if name == "vvx_busy_timeout" and value == "0":
        assert result["error"]["kind"] == "in_call" and "after 0 s" in result["msg"]
    else:
        assert "error" not in result, run.output
        assert phone.count("lineInfo") > 0, "wait_for_lines is true if nothing is said"
