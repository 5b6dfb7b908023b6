# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fleet task uses the same variables as a task for each phone, and no phone gets another phone's password."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from simulator import Fleet, PhoneSpec
from support.cases import Case, SharedRun, shared_run
from support.fixtures import StartFleet
from support.playbook import MODULE_DOOR, Playground, Run, inventory

ONE, TWO = "the-password-of-one", "the-password-of-two"


@pytest.fixture
def fleet(start_fleet: Any) -> Fleet:
    result: Fleet = start_fleet(
        PhoneSpec(name="one", admin_password=ONE), PhoneSpec(name="two", admin_password=TWO), tls=False
    )
    return result


def play(
    fleet: Fleet,
    playground: Playground,
    keywords: dict[str, Any],
    *arguments: str,
    hosts: dict[str, Any] | None = None,
    **environment: str,
) -> Run:
    document = inventory(fleet, {"ansible_password": None})
    del document["all"]["children"]["phones"]["vars"]["ansible_password"]
    for name, variables in (hosts or {}).items():
        document["all"]["children"]["phones"]["hosts"][name].update(variables)
    tasks = [
        {"name": "each", "polycom.vvx.vvx_info": {}, "ignore_errors": True, "ignore_unreachable": True},
        {"name": "all", "polycom.vvx.vvx_report": {"json": "r.json"}, "ignore_errors": True},
    ]
    extra = keywords.pop("tasks", {})
    for task in tasks:
        task.update(extra)
    tasks[:0] = keywords.pop("first", [])
    plays = [{"name": "Test", "hosts": "phones", "gather_facts": False, **keywords, "tasks": tasks}]
    return playground.run(
        str(playground.write("play.yml", plays)),
        "-i",
        str(playground.write("inventory.yml", document)),
        *arguments,
        **environment,
    )


def statuses(playground: Playground, name: str = "r.json") -> dict[str, str]:
    document = json.loads((playground.folder / name).read_text(encoding="utf-8"))
    return {row["cells"]["host"]: row["cells"]["status"] for row in document["rows"]}


SAID = {"ansible_password": f"{{{{ {{'one': '{ONE}', 'two': '{TWO}'}}[inventory_hostname.rpartition('-')[2]] }}}}"}
PASSWORDS: dict[str, dict[str, Any]] = {
    "play-vars": {"vars": SAID},
    "task-vars": {"task_vars": SAID},
    "vars_files": {"vars_files": ["passwords.yml"]},
    "set_fact": {"first": [{"ansible.builtin.set_fact": SAID}]},
    "include_vars": {"first": [{"ansible.builtin.include_vars": "passwords.yml"}]},
    "extra-vars": {},
    "group_vars": {},
    "set_fact-over-play-vars": {
        "vars": {"ansible_password": "wrong-one"},
        "first": [{"ansible.builtin.set_fact": SAID}],
    },
    "vault-in-vars_files": {"vars_files": ["vault.yml"]},
}
"""Where the passwords are, and what the play then says. Each has two phones of its own."""


def look(name: str, task_vars: Any = None, first: Any = (), **keywords: Any) -> dict[str, Any]:
    """A play that looks at each phone of a group and at all of them."""
    tasks = [
        {"name": "each", "polycom.vvx.vvx_info": {}, "ignore_errors": True, "ignore_unreachable": True},
        {"name": "all", "polycom.vvx.vvx_report": {"json": f"{name}.json"}, "ignore_errors": True},
    ]
    for task in tasks:
        task.update({"vars": task_vars} if task_vars else {})
    hosts = f"{name}-one:{name}-two"
    return {"name": name, "hosts": hosts, "gather_facts": False, **keywords, "tasks": [*first, *tasks]}


@shared_run
def looked(
    start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]
) -> tuple[dict[str, Run], Fleet, Playground]:
    """Extra variables are every play's, and so have a run of their own."""
    playground = shared_playground()
    specs = [
        PhoneSpec(name=f"{name}-{which}", admin_password=password)
        for name in PASSWORDS
        for which, password in (("one", ONE), ("two", TWO))
    ]
    fleet = start_shared_fleet(*specs, tls=False)
    document = inventory(fleet)
    del document["all"]["children"]["phones"]["vars"]["ansible_password"]
    for group in ("group_vars", "vault-in-vars_files"):
        members = {f"{group}-one": {}, f"{group}-two": {}}
        document["all"]["children"][group.replace("-", "_")] = {"hosts": members}
    playground.write("inventory.yml", document)
    playground.write("passwords.yml", SAID)
    playground.write("vault.yml", {"vault": SAID["ansible_password"]})
    playground.write("group_vars/group_vars.yml", SAID)
    playground.write("group_vars/vault_in_vars_files.yml", {"ansible_password": "{{ vault }}"})
    plays = {name: look(name, **keywords) for name, keywords in PASSWORDS.items()}
    playground.write("extra.yml", [plays.pop("extra-vars")])
    playground.write("play.yml", list(plays.values()))
    run = playground.run("play.yml", "-i", "inventory.yml")
    extra = playground.run("extra.yml", "-i", "inventory.yml", "-e", json.dumps(SAID))
    return {**dict.fromkeys(plays, run), "extra-vars": extra}, fleet, playground


@pytest.mark.parametrize("where", PASSWORDS)
def test_wherever_the_password_is_said(looked: tuple[dict[str, Run], Fleet, Playground], where: str) -> None:
    runs, fleet, playground = looked
    names = [f"{where}-one", f"{where}-two"]
    assert [runs[where].state("each", name) for name in names] == ["ok", "ok"], runs[where].output
    assert statuses(playground, f"{where}.json") == dict.fromkeys(names, "managed")
    assert [fleet[name].auth_failures for name in names] == [0, 0]


def test_a_phone_without_a_password_does_not_get_its_neighbours(fleet: Fleet, playground: Playground) -> None:
    run = play(fleet, playground, {}, hosts={"one": {"ansible_password": ONE}})
    assert "password is not set" in run.of("each", "two")["msg"]
    assert statuses(playground) == {"one": "managed", "two": "settings"}
    assert fleet["two"].count() == 0


@pytest.mark.parametrize("name", ["ansible_ssh_pass", "ansible_vvx_password"])
def test_a_password_under_another_name_wins_over_the_neighbors(fleet: Fleet, playground: Playground, name: str) -> None:
    run = play(fleet, playground, {}, hosts={"one": {"ansible_password": ONE}, "two": {name: TWO}})
    assert run.state("each", "two") == "ok" and statuses(playground) == {"one": "managed", "two": "managed"}
    assert all(phone.count() for phone in fleet) and [phone.auth_failures for phone in fleet] == [0, 0]


def test_phones_do_not_get_the_password_of_a_jump_host(fleet: Fleet, playground: Playground) -> None:
    run = play(fleet, playground, {"tasks": MODULE_DOOR}, hosts={"two": {"ansible_password": TWO}})
    assert "password is not set" in run.of("each", "one")["msg"]
    assert statuses(playground) == {"one": "settings", "two": "managed"}
    assert fleet["one"].count() == 0 and fleet["two"].auth_failures == 0


def test_nor_does_it_stand_before_the_environment(fleet: Fleet, playground: Playground) -> None:
    play(fleet, playground, {}, hosts={"one": {"ansible_password": ONE}}, VVX_PASSWORD=TWO)
    assert statuses(playground) == {"one": "managed", "two": "managed"} and fleet["two"].auth_failures == 0


def test_the_password_of_the_command_line(fleet: Fleet, playground: Playground) -> None:
    playground.write("password", TWO)
    fleet["one"].set_layer("device", {"device.auth.localAdminPassword": TWO})
    play(fleet, playground, {}, "--connection-password-file", "password")
    assert statuses(playground) == {"one": "managed", "two": "managed"}


WISHES = {"vvx_parameters_all": {"reg.1.label": "{{ 'Desk ' ~ inventory_hostname }}"}}
AUDIT = {"name": "audit", "polycom.vvx.vvx_audit": {"fail_on": []}}
WISHED = {
    "vars_files": Case([AUDIT], keywords={"vars_files": ["wishes.yml"]}),
    "play-vars": Case([AUDIT], keywords={"vars": WISHES}),
    "task-vars": Case([{**AUDIT, "vars": WISHES}]),
    "set_fact": Case([{"ansible.builtin.set_fact": WISHES}, AUDIT]),
}


@shared_run
def wished(run_cases: Any) -> SharedRun:
    return run_cases(WISHED, before=lambda playground: playground.write("wishes.yml", WISHES))


@pytest.mark.parametrize("where", WISHED)
def test_what_phones_should_be_is_found_wherever_it_is_said(wished: SharedRun, where: str) -> None:
    assert wished.of("audit", where)["parameters"] == {"reg.1.label": 1}, wished.output


def test_an_audit_that_compares_nothing_says_so(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(PhoneSpec(name="one"), PhoneSpec(name="two"), tls=False)
    tasks = [
        {"name": "typo", "polycom.vvx.vvx_audit": {"layers": ["vvx_paramters_all"]}},
        {"name": "strict", "polycom.vvx.vvx_audit": {"fail_on": ["not_compared"]}},
        {"name": "mark", "polycom.vvx.vvx_verdict": {}},
    ]
    run = playground.play(fleet, tasks, variables={"vvx_parameters_all": {}})
    assert run.of("typo", "one")["as_desired"] == 0 and "were not compared" in run.of("typo", "one")["msg"]
    assert "Nothing was compared" in run.output and "as desired" not in run.output.replace("as_desired", "")
    assert run.of("strict", "one")["hosts"]["not_compared"] == ["one", "two"]
    assert [run.state("mark", host) for host in ("one", "two")] == ["failed", "failed"]


def test_serial_is_refused_and_a_mode_without_quotes_means_what_it_says(
    start_fleet: Any, playground: Playground
) -> None:
    fleet = start_fleet(PhoneSpec(name="one"), PhoneSpec(name="two"), tls=False)
    run = playground.play(
        fleet, [{"name": "report", "polycom.vvx.vvx_report": {"json": "r.json"}}], keywords={"serial": 1}
    )
    assert "serial" in run.of("report", "one")["msg"] and sum(phone.count() for phone in fleet) == 0
    for mode, meant in ((0o640, 0o640), ("0600", 0o600)):
        run = playground.play(fleet, [{"name": "report", "polycom.vvx.vvx_report": {"json": "r.json", "mode": mode}}])
        assert run.of("report", "one")["changed"] is True
        assert (playground.folder / "r.json").stat().st_mode & 0o777 == meant


DAMAGED = ('{"schema": 1}', '{"schema": 1, "rows": [{"cells": {}}], "columns": [], "changes": null}', "[]", "7", "{")


@shared_run
def damaged(run_cases: Any) -> SharedRun:
    def before(playground: Playground) -> None:
        for number, content in enumerate(DAMAGED):
            playground.write(f"phone-{number}.json", content)

    report = {"name": "report", "polycom.vvx.vvx_report": {"json": "{{ inventory_hostname }}.json"}}
    cases = {f"phone-{number}": Case([{**report, "ignore_errors": True}]) for number in range(len(DAMAGED))}
    return run_cases(cases, before=before)


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_report_before_is_told(damaged: SharedRun, content: str) -> None:
    case = f"phone-{DAMAGED.index(content)}"
    result = damaged.of("report", case)
    assert result["error"]["kind"] == "settings" and f"{case}.json" in result["msg"]
    assert damaged.fleet[case].count() == 0


def test_empty_answers_of_a_survey(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(PhoneSpec(name="one"), tls=False)
    names = ("folder", "name", "title", "formats", "target_firmware", "columns", "layers", "gather_subset", "workers")
    names += ("certificate_warn_days",)
    hosts = str(playground.write("inventory.yml", inventory(fleet)))
    for empty in ("", None):
        run = playground.run(
            "polycom.vvx.report", "-i", hosts, "-e", json.dumps({f"report_{name}": empty for name in names})
        )
        assert run.code == 0, run.output
    assert len(list((playground.folder / "reports").iterdir())) == 5  # html, csv, json, md and the history


def test_the_result_stays_small(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(*(PhoneSpec() for _number in range(400)), tls=False)
    task = {"name": "report", "polycom.vvx.vvx_report": {"json": "r.json", "gather_subset": ["device"]}}
    playground.play(fleet, [task])
    for phone in fleet:
        phone.offline = True
    result = playground.play(fleet, [task]).of("report", "phone-1")
    assert result["changes"]["counts"]["changed"] == 800 and len(result["changes"]["changed"]) == 200
    assert len(json.dumps(result)) < 100_000
