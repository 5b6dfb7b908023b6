# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where connection options come from, and where the work is done."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest

from simulator import Phone, PhoneSpec
from support.cases import Case, SharedRun, shared_run
from support.playbook import MODULE_DOOR, PASSWORD, Playground

FACTS = {"name": "facts", "polycom.vvx.vvx_facts": {"gather_subset": "min"}}


def facts(**options: Any) -> list[dict[str, Any]]:
    return [{"name": "facts", "polycom.vvx.vvx_facts": {"gather_subset": "min", **options}}]


def only_address(phone: Phone) -> dict[str, Any]:
    return {"ansible_host": phone.host, "ansible_port": phone.port}


def own_variables(phone: Phone) -> dict[str, Any]:
    """Of a phone that shares its host with something else."""
    return {
        "ansible_vvx_host": phone.host,
        "ansible_vvx_port": phone.port,
        "ansible_vvx_use_ssl": False,
        "ansible_password": PASSWORD,
    }


def without_address(phone: Phone) -> dict[str, Any]:
    return {"ansible_port": phone.port, "ansible_password": PASSWORD, "ansible_vvx_use_ssl": False}


def port_in_a_role(playground: Playground) -> None:
    """Most of what a phone needs, in files and in a role."""
    playground.write("more.yml", {"ansible_user": "Polycom", "ansible_vvx_use_ssl": False})
    playground.write("roles/phones/vars/main.yml", {"ansible_port": "{{ role_port }}", "ansible_vvx_timeout": 7})
    playground.write("roles/phones/defaults/main.yml", {"ansible_password": PASSWORD})
    playground.write("roles/phones/tasks/main.yml", [FACTS])


BACKGROUND = {"async": 60, "poll": 1}
WORKING = {
    "the-task-wins-over-the-inventory": Case(
        facts(password=PASSWORD, username="Polycom"), variables={"ansible_password": "wrong", "ansible_user": "User"}
    ),
    "ansible_vvx-variables-win-over-the-usual-ones": Case(
        [FACTS], variables={"ansible_password": "wrong", "ansible_vvx_password": PASSWORD}
    ),
    "one-place-for-all-modules-of-a-play": Case(
        [FACTS],
        host=only_address,
        keywords={"module_defaults": {"group/polycom.vvx.vvx": {"password": PASSWORD, "use_ssl": False}}},
    ),
    "templated-variables": Case(
        [FACTS],
        variables={
            "ansible_password": "{{ vault_password }}",
            "vault_password": PASSWORD,
            "ansible_vvx_retries": "{{ 1 + 1 }}",
        },
    ),
    "a-number-as-password": Case([FACTS], PhoneSpec(admin_password="4711"), variables={"ansible_password": 4711}),
    "variables-of-the-play-count": Case(
        [FACTS], host=only_address, keywords={"vars": {"ansible_password": PASSWORD, "ansible_vvx_use_ssl": False}}
    ),
    "a-host-whose-own-variable-says-where-the-phone-is": Case([FACTS], host=own_variables),
    "variables-of-files-and-roles": Case(
        [],
        host=lambda phone: {"ansible_host": phone.host, "role_port": phone.port},
        keywords={"vars_files": ["more.yml", ["missing.yml", "more.yml"]], "roles": ["phones"]},
    ),
}
HERE: dict[str, dict[str, Any]] = {
    "delegated-to-localhost": {"delegate_to": "localhost"},
    "connection-local": {"connection": "local"},
    "become": {"become": True},
    "delegated-and-become": {"delegate_to": "localhost", "become": True},
}
SSH = {
    f"{name}-and-{where}": Case([FACTS], host=own_variables, variables={name: value}, keywords=keywords)
    for (name, value), (where, keywords) in itertools.product(
        {"ansible_ssh_port": 22, "ansible_ssh_user": "User", "ansible_ssh_host": "192.0.2.1"}.items(),
        {"nothing": {}, "port": {"port": 22}, "connection": {"connection": "local"}}.items(),
    )
}
"""What is meant for SSH, in variables and in the play."""


def config(parameters: Any = None, **options: Any) -> list[dict[str, Any]]:
    task = {"name": "set", "polycom.vvx.vvx_config": options or {"parameters": parameters}, "ignore_errors": True}
    return [task]


OTHERS = {
    "delegated": Case([{**FACTS, **MODULE_DOOR}]),
    "background": Case(
        [
            {**FACTS, **BACKGROUND, "ignore_errors": True},
            {**FACTS, "name": "delegated", **BACKGROUND, "delegate_to": "localhost"},
        ],
        variables={"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
    ),
    "unknown-option": Case(config(paramaters={"up.idleTimeout": 60})),
    "a-date": Case(config({"reg.1.label": datetime.date(2026, 11, 25)})),
    "no-phones": Case([FACTS], keywords={"hosts": "phones"}),
}


@shared_run
def run(run_cases: Any) -> SharedRun:
    here = {name: Case([{**FACTS, **keywords}]) for name, keywords in HERE.items()}
    return run_cases({**WORKING, **here, **SSH, **OTHERS}, "-vvv", before=port_in_a_role)


@shared_run
def quiet(run_cases: Any) -> SharedRun:
    return run_cases(SSH)


@pytest.mark.parametrize("case", WORKING)
def test_options_are_found_wherever_they_are(run: SharedRun, case: str) -> None:
    assert run.passed(case), run.part(case)
    assert "EXEC" not in run.part(case)


@pytest.mark.parametrize(
    ("case", "sources"),
    [
        ("the-task-wins-over-the-inventory", ["password from task", "username from task"]),
        ("a-host-whose-own-variable-says-where-the-phone-is", ["host from ansible_vvx_host"]),
        (
            "variables-of-files-and-roles",
            [
                "port from ansible_port",
                "timeout from ansible_vvx_timeout",
                "use_ssl from ansible_vvx_use_ssl",
                "username from ansible_user",
            ],
        ),
    ],
)
def test_where_options_were_found_is_shown(run: SharedRun, case: str, sources: list[str]) -> None:
    assert all(source in run.part(case) for source in sources), run.part(case)


@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("case", SSH)
def test_what_is_meant_for_ssh_never_goes_to_the_phone(
    run: SharedRun, quiet: SharedRun, case: str, verbose: bool
) -> None:
    shared = run if verbose else quiet
    assert shared.passed(case), shared.part(case)
    assert {request.user for request in shared.fleet[case].log} == {"Polycom"}


@pytest.mark.parametrize("case", HERE)
def test_the_work_is_done_in_the_controller_without_any_connection(run: SharedRun, case: str) -> None:
    assert run.passed(case), run.part(case)
    assert "EXEC" not in run.part(case) and "AnsiballZ" not in run.part(case)


def test_a_delegated_task_runs_over_there(run: SharedRun) -> None:
    assert run.passed("delegated") and "EXEC" in run.part("delegated"), run.output


def test_in_the_background_only_where_there_is_a_host_for_it(run: SharedRun) -> None:
    assert "delegate_to: localhost" in run.of("facts", "background")["msg"]
    assert run.of("delegated", "background")["ansible_facts"]["vvx"]["device"]["model"] == "VVX 411"


def test_options_that_do_not_exist_are_named(run: SharedRun) -> None:
    told = run.of("set", "unknown-option")["msg"]
    assert "paramaters. Supported parameters include: " in told and " parameters, " in told


def test_a_date_among_the_parameters_is_named(run: SharedRun) -> None:
    assert "reg.1.label is read by YAML as a date: put the value in quotes" in run.of("set", "a-date")["msg"]


def test_no_phones_is_no_failure(run: SharedRun) -> None:
    assert run.code == 0 and "no hosts matched" in run.part("no-phones"), run.output
