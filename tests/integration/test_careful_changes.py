# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes with care: unknown parameters skipped, plans held to, calls left alone, lines awaited; by either door."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import Phone, PhoneSpec, Switches
from support.cases import Case, SharedRun, shared_run
from support.playbook import Playground, both_doors, inventory

CONFIG = "polycom.vvx.vvx_config"
SERVER, IDLE = "reg.1.server.1.address", "up.idleTimeout"
TYPO = "typo.example.org"
STALE = {IDLE: {"value": "45", "source": "web"}}


def both(**options: Any) -> list[dict[str, Any]]:
    """Both doors to the same phone; the module finds what the action has done."""
    return both_doors("set", CONFIG, options, ignore_errors=True)


def foreseen_and_done(**options: Any) -> list[dict[str, Any]]:
    task = {CONFIG: options, "ignore_errors": True}
    return [{"name": "foreseen", **task, "check_mode": True}, {"name": "done", **task}]


UNKNOWN = {"parameters": {IDLE: 60, "reg.1.adress": "1001", "odd.secret.password": "zq-odd"}}
LINES = {"wait_for_lines": True, "lines_delay": 0.6, "wait_timeout": 2, "rollback_on_failure": True}


def _no_registration(phone: Phone) -> None:
    phone.fault("unregistered", servers=[TYPO])


CASES = {
    "unknown": Case(both(**UNKNOWN, unknown_parameters="skip")),
    "unknown-twice": Case(foreseen_and_done(**UNKNOWN, unknown_parameters="skip")),
    "stale": Case(both(parameters={IDLE: 60}, expected=STALE)),
    "stale-twice": Case(foreseen_and_done(parameters={IDLE: 60}, expected=STALE)),
    "planned": Case(both(parameters={IDLE: 60}, expected={IDLE: {"value": "40", "source": "default"}})),
    "busy": Case(
        both(parameters={IDLE: 60}, check_busy="before_write", when_busy="skip"),
        prepare=lambda phone: phone.ring("5551000", "Ann"),
    ),
    "busy-twice": Case(
        foreseen_and_done(parameters={IDLE: 60}, check_busy="before_write", when_busy="fail"),
        prepare=lambda phone: phone.ring("5551000", "Ann"),
    ),
    "lines": Case(
        both(parameters={SERVER: TYPO}, **LINES),
        PhoneSpec(switches=Switches(registering_seconds=0.3)),
        prepare=_no_registration,
    ),
}


@shared_run
def run(run_cases: Any) -> SharedRun:
    return run_cases(CASES)


def sets(run: SharedRun, case: str) -> list[Any]:
    return [request.data for request in run.fleet[case].log if request.path.endswith("config/set")]


DOORS = pytest.mark.parametrize("door", ["action", "module"])


@DOORS
def test_unknown_parameters_are_skipped_and_said(run: SharedRun, door: str) -> None:
    result = run.of(f"set ({door})", "unknown")
    assert not result.get("failed") and sorted(result["unknown"]) == ["odd.secret.password", "reg.1.adress"]
    assert result["changed"] is (door == "action"), "the second finds it done"
    [warning] = result["warnings"]
    assert warning.startswith("Skipped, because the phone does not know them: odd.secret.password")
    assert "reg.1.adress (did you mean reg.1.address" in warning
    assert sets(run, "unknown") == [{IDLE: "60"}] and "zq-odd" not in run.output


@DOORS
def test_a_stale_phone_is_not_touched(run: SharedRun, door: str) -> None:
    result = run.of(f"set ({door})", "stale")
    assert result["error"]["kind"] == "stale" and result["changed"] is False
    assert result["stale"] == {IDLE: {"expected": STALE[IDLE], "found": {"value": "40", "source": "default"}}}
    assert f"{IDLE} (planned '45', source web, is '40', source default)" in result["msg"]
    assert sets(run, "stale") == []


@DOORS
def test_a_phone_as_planned_is_changed_once(run: SharedRun, door: str) -> None:
    result = run.of(f"set ({door})", "planned")
    assert not result.get("failed") and result["changed"] is (door == "action")
    assert sets(run, "planned") == [{IDLE: "60"}]


@DOORS
def test_nothing_is_written_during_a_call(run: SharedRun, door: str) -> None:
    [outcome] = [each for each in run.outcomes if (each.task, each.host) == (f"set ({door})", "busy")]
    assert outcome.state == "skipped" and outcome.result["msg"].endswith("; nothing was written.")
    assert sets(run, "busy") == []


@DOORS
def test_a_change_after_which_lines_do_not_register_is_undone(run: SharedRun, door: str) -> None:
    result = run.of(f"set ({door})", "lines")
    assert result["error"]["kind"] == "not_registered" and result["changed"] is False
    assert result["rolled_back"] == [SERVER] and result["lines_before"] == result["lines_after"] == [1]
    assert sets(run, "lines") == [{SERVER: TYPO}, {SERVER: "sip.example.org"}] * 2


@pytest.mark.parametrize("case", ["unknown-twice", "stale-twice", "busy-twice"])
def test_check_mode_equals_reality(run: SharedRun, case: str) -> None:
    foreseen, done = run.of("foreseen", case), run.of("done", case)
    same = {"changed", "before", "after", "unknown", "stale", "error", "msg", "secrets_skipped", "origins", "diff"}
    assert {key: foreseen.get(key) for key in same} == {key: done.get(key) for key in same}
    assert len(sets(run, case)) == (case == "unknown-twice")


def test_configure_skips_what_phones_do_not_know_and_says_so_once(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(*(PhoneSpec(name=f"desk-{number}") for number in (1, 2, 3)), tls=False)
    playground.write("inventory.yml", inventory(fleet))
    playground.write(
        "group_vars/phones.yml",
        {"vvx_parameters_all": {IDLE: 60, "reg.1.adress": "1"}, "vvx_parameters_host": {"reg.1.label": "Desk"}},
    )
    refused = playground.run("polycom.vvx.configure", "-i", "inventory.yml")
    assert refused.code != 0 and sum(phone.count("config/set") for phone in fleet) == 0
    skipping = ("polycom.vvx.configure", "-i", "inventory.yml", "-e", "vvx_unknown_parameters=skip")
    foreseen = playground.run(*skipping, "--check")
    assert foreseen.code == 0 and sum(phone.count("config/set") for phone in fleet) == 0, foreseen.output
    done = playground.run(*skipping)
    assert done.code == 0, done.output
    assert all(phone.value(IDLE)[0] == "60" and phone.value("reg.1.label")[0] == "Desk" for phone in fleet)
    for phone in fleet:
        phone.clear()
    again = playground.run(*skipping)
    assert again.code == 0 and "3 unchanged" in again.output, again.output
    assert [phone.count() for phone in fleet] == [1] * 3 and again.by("vvx_config") == [], "nobody needs a task"
    for output in (foreseen.output, done.output, again.output):
        shown = " ".join(output.split())
        assert "Parameters that phones do not know, skipped: 3 phones: reg.1.adress (reg.1.address?) desk-1" in shown
        assert shown.count("Skipped, because the phone does not know it: reg.1.adress") == 1, output
