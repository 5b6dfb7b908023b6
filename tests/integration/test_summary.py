# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of a run, as a person reads it: the summary, its files, and what is handed over to other jobs."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from simulator import Fleet, Phone, PhoneSpec
from support.fixtures import StartFleet
from support.playbook import Playground, Run, inventory

SHOWN = {"ANSIBLE_SHOW_CUSTOM_STATS": "true"}

GOOD = [f"desk-{number}" for number in range(1, 29)]
WRONG = [f"wrong-{number}" for number in range(1, 6)]
OFF = [f"off-{number}" for number in range(1, 4)]
CLOSED = ["closed-1", "closed-2"]
BUSY = ["busy-1"]
GARBLED = ["garbled-1"]
COUNTS = {"changed": 28, "unchanged": 0, "skipped": 0, "failed": 9, "unreachable": 3, "not_begun": 0}
WANTED = {"vvx_parameters_all": {"up.idleTimeout": 55, "device.sntp.gmtOffset": 3600}}


def forty(start_fleet: StartFleet) -> Fleet:
    specs = [PhoneSpec(name=name) for name in GOOD]
    specs += [PhoneSpec(name=name, admin_password="another-one") for name in WRONG]
    specs += [PhoneSpec(name=name, offline=True) for name in OFF]
    specs += [PhoneSpec(name=name, rest="off") for name in CLOSED]
    specs += [PhoneSpec(name=name) for name in BUSY + GARBLED]
    fleet = start_fleet(*specs, tls=False)
    for name in BUSY:
        fleet[name].fault("status", status="4001", times=0)
    for name in GARBLED:
        fleet[name].fault("truncated", times=0)
    return fleet


def own_play(**keywords: Any) -> list[dict[str, Any]]:
    """A play of the user's own, with the role."""
    return [{"hosts": "phones", "gather_facts": False, "roles": ["polycom.vvx.configure"], **keywords}]


def summaries(run: Run) -> list[list[str]]:
    """The lines of each summary that a task prints."""
    return [part.split("\n", 1)[1].split("\n\n")[0].splitlines() for part in run.output.split("\nSUMMARY ")[1:]]


def summary(run: Run) -> list[str]:
    """Its lines, and that there is one only."""
    parts = run.output.split("\nSUMMARY ")
    assert len(parts) == 2, run.output
    return parts[1].split("\n", 1)[1].rstrip().splitlines()


def handed_over(run: Run) -> dict[str, Any]:
    """What AWX would store as an artifact."""
    found = re.search(r"^\tRUN: (\{.*\})$", run.output, re.MULTILINE)
    assert found, run.output
    stats: dict[str, Any] = json.loads(found[1])["vvx_summary"]
    return stats


def configure(playground: Playground, *arguments: str, **environment: str) -> Run:
    return playground.run("polycom.vvx.configure", "-i", "inventory.yml", *arguments, **{**SHOWN, **environment})


def written(fleet: Fleet) -> int:
    return sum(phone.count("config/set") for phone in fleet)


def test_forty_phones_with_all_kinds_of_failures(start_fleet: StartFleet, playground: Playground) -> None:
    fleet = forty(start_fleet)
    playground.write("inventory.yml", inventory(fleet, WANTED))
    check = configure(playground, "--check", "--diff", COLUMNS="80")
    assert written(fleet) == 0
    lines = summary(check)
    assert lines[0] == "40 phones: 28 would change, 9 failed, 3 unreachable"
    assert len(lines) <= 40 and max(map(len, lines)) <= 80
    assert lines[-1] == "Next: the same command without --check."
    # Equal differences once, behind the recap.
    assert check.output.count("--- before") == check.output.count("-up.idleTimeout: 40") == 1
    assert "--- before: 28 phones: desk-1, desk-2," in check.output.split("PLAY RECAP")[1]

    done = configure(playground, "-e", "vvx_summary_file=out/run.json", COLUMNS="120")
    lines = summary(done)
    assert done.code in (2, 4, 6) and written(fleet) == 28
    assert lines[0] == "40 phones: 28 changed, 9 failed, 3 unreachable"
    assert len(lines) <= 40
    assert any(line.startswith("Restart needed: 28 phones, because of device.sntp.gmtOffset") for line in lines)
    assert any(line.endswith("--limit @out/run.restart") for line in lines)
    shown = "\n".join(lines)
    for names in (WRONG, OFF, CLOSED, BUSY, GARBLED):
        assert shown.count(f"\n    {', '.join(names)}") == 1
    assert "Details of each phone: out/run.json" in lines
    assert lines[-1].endswith("the same command with --limit @out/run.failed")

    lost = (playground.folder / "out" / "run.failed").read_text().split()
    assert sorted(lost) == sorted(WRONG + OFF + CLOSED + BUSY + GARBLED)
    hosts = json.loads((playground.folder / "out" / "run.json").read_text())["hosts"]
    assert hosts["desk-3"]["parameters"]["up.idleTimeout"]["after"] == "55"
    assert hosts["off-1"]["failures"][0]["unreachable"] is True

    stats = handed_over(done)
    assert stats["counts"] == COUNTS
    assert stats["restart_needed"]["phones"] == 28 and sorted(stats["failed_hosts"]) == sorted(lost)

    again = configure(playground, "--limit", "desk-1", "-e", "vvx_summary_file=/dev/null/run.json")
    assert again.code == 0
    assert "vvx_summary_file: /dev/null/run.json" in again.output
    assert summary(again)[0] == "1 phone: 0 changed, 1 unchanged"


def test_the_summary_is_there_when_no_phone_is_left(start_fleet: StartFleet, playground: Playground) -> None:
    offline = start_fleet(*(PhoneSpec(name=f"off-{number}", offline=True) for number in range(4)), tls=False)
    refusing = start_fleet(*(PhoneSpec(name=f"no-{number}", admin_password="x" * 9) for number in range(4)), tls=False)
    playground.write("inventory.yml", inventory(offline, WANTED))
    unreachable = configure(playground, "-e", "vvx_serial=2")
    assert unreachable.code == 4
    assert summary(unreachable)[0] == "4 phones: 0 changed, 4 unreachable"  # one batch
    assert handed_over(unreachable)["counts"]["unreachable"] == 4
    playground.write("inventory.yml", inventory(refusing, WANTED))
    stopped = configure(playground, "-e", "vvx_max_fail_percentage=10", ANSIBLE_FORKS="1")
    assert stopped.code != 0
    assert handed_over(stopped)["counts"]["failed"] == int(summary(stopped)[0].split(" changed, ")[1].split()[0]) > 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "no host of the inventory matches phones"),
        (["-e", "vvx_hosts=berln"], "no host of the inventory matches berln"),
        (["--limit", "desk-1", "-e", "vvx_hosts=berln"], "no host within the limit matches berln"),
    ],
)
def test_a_run_without_phones_says_so(arguments: list[str], said: str, playground: Playground) -> None:
    hosts = {"desk-1": {}} if arguments else {}
    playground.write("inventory.yml", {"all": {"children": {"phones": {"hosts": hosts}}}})
    run = configure(playground, *arguments, "-e", "vvx_summary_file=run.json")
    assert run.code == 0 and handed_over(run)["phones"] == 0
    assert json.loads((playground.folder / "run.json").read_text())["phones"] == 0, "not what the run before has left"
    assert summary(run)[0] == f"0 phones: {said}. Nothing was done." and "vvx_hosts" in summary(run)[1]
    quiet = configure(playground, *arguments, "-e", "vvx_summary=false")
    assert quiet.code == 0 and "SUMMARY" not in quiet.output and "vvx_summary" not in quiet.output.split("RECAP")[1]


@pytest.mark.parametrize(
    ("play", "ours"),
    [
        ({"tasks": [{"block": [{"polycom.vvx.vvx_facts": {}}]}]}, True),
        ({"tasks": [{"import_role": {"name": "polycom.vvx.configure"}}]}, True),
        ({"roles": ["polycom.vvx.configure"]}, True),
        ({"tasks": [{"ansible.builtin.ping": {}}]}, False),
    ],
)
def test_only_runs_about_phones_miss_them(play: dict[str, Any], ours: bool, playground: Playground) -> None:
    playground.write("inventory.yml", {"all": {"children": {"switches": {"hosts": {}}}}})
    playground.write("play.yml", [{"hosts": "switches", "gather_facts": False, **play}])
    run = playground.run("play.yml", "-i", "inventory.yml", ANSIBLE_CALLBACKS_ENABLED="record,polycom.vvx.summary")
    assert run.code == 0 and ("matches switches" in run.output) is ours, run.output


def test_where_it_comes_by_itself_and_where_not(phone: Phone, playground: Playground) -> None:
    def run(plays: Any, *arguments: str, **environment: str) -> Run:
        playground.write("inventory.yml", inventory([phone], WANTED))
        playground.write("play.yml", plays)
        return playground.run("play.yml", "-i", "inventory.yml", "--check", "--diff", *arguments, **environment)

    play = {"hosts": "phones", "gather_facts": False}
    task = {"polycom.vvx.vvx_config": {"parameters": {"up.idleTimeout": 55}}}
    enabled = {"ANSIBLE_CALLBACKS_ENABLED": "record,polycom.vvx.summary"}
    imported = [{"import_playbook": "polycom.vvx.configure"}]
    first = "1 phone: 1 would change"
    assert summary(run(imported))[0] == first
    assert summary(run(imported, **enabled))[0] == first  # once
    assert summary(run([{**play, "roles": ["polycom.vvx.configure"]}], **enabled))[0] == first
    assert summary(run([{**play, "tasks": [task]}], **enabled))[0] == first
    for silent in (
        run([{**play, "roles": ["polycom.vvx.configure"]}], "-e", "vvx_summary=false"),
        run([{**play, "strategy": "free", "roles": ["polycom.vvx.configure"]}]),
        run([{**play, "tasks": [task]}]),
        run(imported, "-e", "vvx_summary=false"),
    ):
        assert "SUMMARY" not in silent.output and "-up.idleTimeout: 40" in silent.output.split("PLAY RECAP")[0]
    for roles in ("roles", "tasks"):
        role = {"ansible.builtin.include_role": {"name": "polycom.vvx.configure"}}
        made = run([{**play, roles: ["polycom.vvx.configure"] if roles == "roles" else [role]}])
        assert summaries(made)[0][0] == first and len(summaries(made)) == 1
    each = run(imported, "-e", "vvx_diff=each")
    assert summary(each)[0] == first and "-up.idleTimeout: 40" in each.output.split("PLAY RECAP")[0]
    assert "DIFFERENCES" not in each.output
    assert phone.count("config/set") == 0


def test_the_role_summarizes_in_plays_of_your_own(start_fleet: StartFleet, playground: Playground) -> None:
    fleet = forty(start_fleet)
    playground.write("inventory.yml", inventory(fleet, WANTED))
    playground.write("play.yml", own_play())
    playground.write("batches.yml", own_play(serial=[20, 10, 10]))

    check = playground.run("play.yml", "-i", "inventory.yml", "--check", **SHOWN)
    assert written(fleet) == 0
    assert [lines[0] for lines in summaries(check)] == ["40 phones: 28 would change, 9 failed, 3 unreachable"]

    done = playground.run("batches.yml", "-i", "inventory.yml", "-e", "vvx_summary_file=out/run.json", **SHOWN)
    assert done.code in (2, 4, 6) and written(fleet) == 28
    first, second, last = summaries(done)
    assert first == ["20 phones: 20 changed"] and len(second) == 1 and second[0].startswith("30 phones: 28 changed, ")
    assert last[0] == "40 phones: 28 changed, 9 failed, 3 unreachable" and 10 < len(last) <= 40
    assert done.output.count("TASK [polycom.vvx.configure : Say what happened]") == 3
    assert len(done.by("vvx_summary")) == 3  # not one a phone
    assert handed_over(done)["counts"] == COUNTS
    lost = (playground.folder / "out" / "run.failed").read_text().split()
    assert sorted(lost) == sorted(WRONG + OFF + CLOSED + BUSY + GARBLED)

    failing = playground.run("batches.yml", "-i", "inventory.yml", "--limit", "wrong-*,closed-*", **SHOWN)
    assert failing.code == 2 and summaries(failing)[-1][0] == "7 phones: 0 changed, 7 failed"
    assert handed_over(failing)["failures"]
    assert "ok=1 " in failing.output.split("PLAY RECAP")[1].split("wrong-2")[1].split("\n")[0]
    gone = playground.run("play.yml", "-i", "inventory.yml", "--limit", "off-*", **SHOWN)
    assert gone.code == 4 and "SUMMARY" not in gone.output

    unwritable = playground.run(
        "play.yml", "-i", "inventory.yml", "--limit", "desk-1", "-e", "vvx_summary_file=/dev/null/run.json"
    )
    assert unwritable.code == 0 and "path: /dev/null/run.json" in unwritable.output


def test_a_task_summarizes_what_its_hosts_have_registered(start_fleet: StartFleet, playground: Playground) -> None:
    fleet = start_fleet(*(PhoneSpec(name=f"desk-{number}") for number in (1, 2)), tls=False)
    fleet["desk-2"].ring("5551000", "Ann")
    restart = {"polycom.vvx.vvx_restart": {"when_busy": "skip"}, "register": "restarted"}
    say = {"polycom.vvx.vvx_summary": {"results": "restarted", "module": "vvx_restart"}, "run_once": True}
    run = playground.play(fleet, [restart, say])
    assert run.code == 0
    assert summaries(run)[0][:2] == ["2 phones: 1 changed, 1 skipped", "Restarted: 1 phone: desk-1"]
    assert fleet["desk-2"].restarts == 0 and any("it was not restarted" in line for line in summaries(run)[0])
    forgotten = playground.play(fleet, [{"polycom.vvx.vvx_summary": {"results": "nothing"}}])
    assert forgotten.code == 2 and "Add run_once: true" in forgotten.output


def test_a_restart_says_what_it_did(phone: Phone, playground: Playground) -> None:
    playground.write("inventory.yml", inventory([phone]))
    run = playground.run("polycom.vvx.restart", "-i", "inventory.yml", "--limit", phone.name)
    assert run.code == 0 and phone.restarts == 1
    assert summary(run)[:2] == ["1 phone: 1 changed", f"Restarted: 1 phone: {phone.name}"]
