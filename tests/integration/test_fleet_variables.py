# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task that looks at all phones goes by the same variables as a task for each phone; and no phone gets another one's password."""

from __future__ import annotations

import json
from typing import Any

import pytest

from simulator import Fleet, PhoneSpec
from support.playbook import Playground, Run, inventory

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
    extra = keywords.pop("task_vars", None)
    for task in tasks:
        task.update({"vars": extra} if extra else {})
    tasks[:0] = keywords.pop("first", [])
    plays = [{"name": "Test", "hosts": "phones", "gather_facts": False, **keywords, "tasks": tasks}]
    return playground.run(
        str(playground.write("play.yml", plays)),
        "-i",
        str(playground.write("inventory.yml", document)),
        *arguments,
        **environment,
    )


def statuses(playground: Playground) -> dict[str, str]:
    document = json.loads((playground.folder / "r.json").read_text(encoding="utf-8"))
    return {row["cells"]["host"]: row["cells"]["status"] for row in document["rows"]}


BOTH = f"{{{{ {{'one': '{ONE}', 'two': '{TWO}'}}[inventory_hostname] }}}}"


@pytest.mark.parametrize(
    "where",
    [
        "play vars",
        "task vars",
        "vars_files",
        "set_fact",
        "include_vars",
        "extra vars",
        "group_vars",
        "set_fact over play vars",
        "vault in vars_files",
    ],
)
def test_wherever_the_password_is_said(fleet: Fleet, playground: Playground, where: str) -> None:
    said = {"ansible_password": BOTH}
    playground.write("passwords.yml", {"vault": BOTH} if where.startswith("vault") else said)
    keywords: dict[str, Any] = {
        "play vars": {"vars": said},
        "task vars": {"task_vars": said},
        "vars_files": {"vars_files": ["passwords.yml"]},
        "set_fact": {"first": [{"ansible.builtin.set_fact": said}]},
        "include_vars": {"first": [{"ansible.builtin.include_vars": "passwords.yml"}]},
        "set_fact over play vars": {
            "vars": {"ansible_password": "wrong-one"},
            "first": [{"ansible.builtin.set_fact": said}],
        },
    }.get(where, {})
    arguments: tuple[str, ...] = ()
    if where == "extra vars":
        arguments = ("-e", json.dumps(said))
    elif where == "group_vars":
        playground.write("group_vars/phones.yml", said)
    elif where.startswith("vault"):
        playground.write("group_vars/phones.yml", {"ansible_password": "{{ vault }}"})
        keywords = {"vars_files": ["passwords.yml"]}
    run = play(fleet, playground, keywords, *arguments)
    assert [run.state("each", name) for name in ("one", "two")] == ["ok", "ok"], run.output
    assert statuses(playground) == {"one": "ok", "two": "ok"}
    assert [phone.auth_failures for phone in fleet] == [0, 0]


def test_a_phone_without_a_password_does_not_get_its_neighbours(fleet: Fleet, playground: Playground) -> None:
    run = play(fleet, playground, {}, hosts={"one": {"ansible_password": ONE}})
    assert "password is not set" in run.of("each", "two")["msg"]
    assert statuses(playground) == {"one": "ok", "two": "settings"}
    assert fleet["two"].count() == 0


def test_nor_does_it_stand_before_the_environment(fleet: Fleet, playground: Playground) -> None:
    play(fleet, playground, {}, hosts={"one": {"ansible_password": ONE}}, VVX_PASSWORD=TWO)
    assert statuses(playground) == {"one": "ok", "two": "ok"} and fleet["two"].auth_failures == 0


def test_the_password_of_the_command_line(fleet: Fleet, playground: Playground) -> None:
    playground.write("password", TWO)
    fleet["one"].set_layer("device", {"device.auth.localAdminPassword": TWO})
    play(fleet, playground, {}, "--connection-password-file", "password")
    assert statuses(playground) == {"one": "ok", "two": "ok"}


@pytest.mark.parametrize("where", ["vars_files", "play vars", "task vars", "set_fact"])
def test_what_phones_should_be_is_found_wherever_it_is_said(
    start_fleet: Any, playground: Playground, where: str
) -> None:
    fleet = start_fleet(PhoneSpec(name="one"), tls=False)
    wishes = {"vvx_parameters_all": {"reg.1.label": "{{ 'Desk ' ~ inventory_hostname }}"}}
    playground.write("wishes.yml", wishes)
    task = {
        "name": "audit",
        "polycom.vvx.vvx_audit": {"fail_on": []},
        **({"vars": wishes} if where == "task vars" else {}),
    }
    first = [{"ansible.builtin.set_fact": wishes}] if where == "set_fact" else []
    keywords = {"vars_files": {"vars_files": ["wishes.yml"]}, "play vars": {"vars": wishes}}.get(where)
    run = playground.play(fleet, [*first, task], keywords=keywords)
    assert run.of("audit")["parameters"] == {"reg.1.label": 1}, run.output


def test_an_audit_that_compares_nothing_says_so(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(PhoneSpec(name="one"), PhoneSpec(name="two"), tls=False)
    tasks = [
        {"name": "typo", "polycom.vvx.vvx_audit": {"layers": ["vvx_paramters_all"]}},
        {"name": "strict", "polycom.vvx.vvx_audit": {"fail_on": ["not_compared"]}, "ignore_errors": True},
    ]
    run = playground.play(fleet, tasks, variables={"vvx_parameters_all": {}})
    assert run.of("typo", "one")["as_desired"] == 0 and "were not compared" in run.of("typo", "one")["msg"]
    assert "Nothing was compared" in run.output and "as desired" not in run.output.replace("as_desired", "")
    assert run.state("strict", "one") == "failed"


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


@pytest.mark.parametrize(
    "content",
    ['{"schema": 1}', '{"schema": 1, "rows": [{"cells": {}}], "columns": [], "changes": null}', "[]", "7", "{"],
)
def test_a_damaged_report_before_is_told(start_fleet: Any, playground: Playground, content: str) -> None:
    fleet = start_fleet(PhoneSpec(name="one"), tls=False)
    playground.write("r.json", content)
    run = playground.play(
        fleet, [{"name": "report", "polycom.vvx.vvx_report": {"json": "r.json"}, "ignore_errors": True}]
    )
    assert (
        run.of("report")["error"]["kind"] == "settings"
        and "r.json" in run.of("report")["msg"]
        and fleet["one"].count() == 0
    )


def test_empty_answers_of_a_survey(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(PhoneSpec(name="one"), tls=False)
    names = ("folder", "name", "title", "formats", "target_firmware", "columns", "layers", "gather_subset", "workers")
    hosts = str(playground.write("inventory.yml", inventory(fleet)))
    for empty in ("", None):
        run = playground.run(
            "polycom.vvx.report", "-i", hosts, "-e", json.dumps({f"report_{name}": empty for name in names})
        )
        assert run.code == 0, run.output
    assert len(list((playground.folder / "reports").iterdir())) == 4


def test_the_result_stays_small(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(*(PhoneSpec() for _number in range(400)), tls=False)
    task = {"name": "report", "polycom.vvx.vvx_report": {"json": "r.json", "gather_subset": ["device"]}}
    playground.play(fleet, [task])
    for phone in fleet:
        phone.offline = True
    result = playground.play(fleet, [task]).of("report", "phone-1")
    assert result["changes"]["counts"]["changed"] == 800 and len(result["changes"]["changed"]) == 200
    assert len(json.dumps(result)) < 100_000
