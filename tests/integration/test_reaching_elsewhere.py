# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options from the environment and the command line, and jump hosts: what a process of its own is for."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from simulator import Phone
from support.cases import Case, SharedRun, shared_run
from support.playbook import MODULE_DOOR, PASSWORD, Playground, inventory
from support.sshd import running_sshd

FACTS = {"name": "facts", "polycom.vvx.vvx_facts": {"gather_subset": "min"}}
EMPTY = {"username": "", "password": None, "port": "", "timeout": "", "ca_path": None}
ITS_ADDRESS = "127.77.0.1"
"""Of the first phone of a fleet."""


def only_address(phone: Phone) -> dict[str, Any]:
    return {"ansible_host": phone.host, "ansible_port": phone.port}


def without_address(phone: Phone) -> dict[str, Any]:
    return {"ansible_port": phone.port, "ansible_password": PASSWORD, "ansible_vvx_use_ssl": False}


def run(
    playground: Playground,
    hosts: dict[str, Any],
    task: dict[str, Any],
    *arguments: str,
    keywords: dict[str, Any] | None = None,
    **environment: str,
) -> Any:
    play = {"name": "Test", "hosts": "all", "gather_facts": False, **(keywords or {}), "tasks": [task]}
    return playground.run(
        str(playground.write("play.yml", [play])),
        "-i",
        str(playground.write("hosts.yml", hosts)),
        *arguments,
        **environment,
    )


def test_the_environment_is_enough(phone: Phone, playground: Playground) -> None:
    hosts = {"all": {"hosts": {phone.name: only_address(phone)}}}
    result = run(playground, hosts, FACTS, "-vv", VVX_PASSWORD=PASSWORD, VVX_USE_HTTP="True")
    assert result.code == 0, result.output
    assert "host from ansible_host, port from ansible_port; the rest from VVX_* or defaults" in result.output
    assert PASSWORD not in result.output


OVER_THE_ENVIRONMENT = {
    ITS_ADDRESS: Case([FACTS], host=without_address),
    "the-inventory-wins": Case([FACTS]),
    "empty-and-null-count-as-unset": Case([{"name": "facts", "polycom.vvx.vvx_facts": EMPTY}]),
}


@shared_run
def over_the_environment(run_cases: Any) -> SharedRun:
    environment = {"VVX_PASSWORD": "wrong", "VVX_HOST": "192.0.2.1", "VVX_USERNAME": "", "VVX_TIMEOUT": "7"}
    return run_cases(OVER_THE_ENVIRONMENT, **environment)


@pytest.mark.parametrize("case", OVER_THE_ENVIRONMENT)
def test_the_inventory_wins_over_the_environment(over_the_environment: SharedRun, case: str) -> None:
    assert over_the_environment.passed(case), over_the_environment.output


def test_the_hosts_name_is_its_address_if_nothing_else_is_said(over_the_environment: SharedRun) -> None:
    assert over_the_environment.fleet[ITS_ADDRESS].host == ITS_ADDRESS
    assert over_the_environment.fleet[ITS_ADDRESS].count() > 0


def test_what_ansible_knows_of_another_connection_never_goes_to_the_phone(phone: Phone, playground: Playground) -> None:
    """The phone says neither address nor port nor user; the jump host, ansible.cfg and the SSH settings do."""
    hosts = inventory([])
    hosts["all"]["hosts"]["jumphost"].update(ansible_host="192.0.2.1", ansible_user="root", ansible_port=22)
    hosts["all"]["hosts"][phone.host] = {
        "ansible_password": PASSWORD,
        "ansible_vvx_use_ssl": False,
        "ansible_vvx_port": phone.port,
    }
    doors = {"here": {}, "localhost": {"delegate_to": "localhost"}, "jump host": MODULE_DOOR}
    plays = [
        {"name": name, "hosts": phone.host, "gather_facts": False, "tasks": [{**FACTS, **door}]}
        for name, door in doors.items()
    ]
    playground.write("hosts.yml", hosts)
    playground.write("play.yml", plays)
    result = playground.run("play.yml", "-i", "hosts.yml", "-vv", ANSIBLE_REMOTE_PORT="2222")
    assert result.code == 0, result.output
    sources = "host from inventory_hostname, password from ansible_password, port from ansible_vvx_port, "
    for name in doors:
        assert sources + "use_ssl from ansible_vvx_use_ssl;" in result.part(name), result.part(name)


CONNECTIONS = {
    name: Case(
        [FACTS],
        host=only_address,
        variables={"ansible_vvx_use_ssl": False},
        keywords={"connection": name},
    )
    for name in ("ssh", "local", "polycom.vvx.rest")
}


@shared_run
def command_line(run_cases: Any) -> SharedRun:
    """As AWX passes a Machine credential: -u, and the password on standard input."""
    arguments = ["-u", "Polycom", "--connection-password-file", "password", "-vv"]
    return run_cases(CONNECTIONS, *arguments, before=lambda playground: playground.write("password", PASSWORD))


@pytest.mark.parametrize("connection", CONNECTIONS)
def test_user_and_password_of_the_command_line(command_line: SharedRun, connection: str) -> None:
    part = command_line.part(connection)
    assert command_line.passed(connection), part
    assert "password from connection password" in part and "username from remote_user" in part


def test_hosts_that_are_no_phones_can_name_one(phone: Phone, playground: Playground) -> None:
    """hosts: localhost, with the phone as an argument, or as VVX_HOST."""
    task = {
        "name": "facts",
        "polycom.vvx.vvx_facts": {"port": phone.port, "password": PASSWORD, "use_ssl": False, "gather_subset": "min"},
    }
    play = [{"name": "Test", "hosts": "localhost", "gather_facts": False, "tasks": [task]}]
    path = str(playground.write("play.yml", play))
    assert playground.run(path, VVX_HOST=phone.host).code == 0
    assert "host is not set" in playground.run(path).of("facts")["msg"]


@pytest.mark.parametrize("door", [{}, MODULE_DOOR], ids=["action", "module"])
def test_a_dead_phone_in_a_loop_fails_its_item_only(phone: Phone, playground: Playground, door: dict[str, Any]) -> None:
    """hosts: localhost, with many phones: if localhost were unreachable, the rest of the play would be skipped."""
    options = {"port": phone.port, "password": PASSWORD, "use_ssl": False, "gather_subset": "min", "retries": 0}
    loop = {
        "name": "facts",
        "polycom.vvx.vvx_facts": {"host": "{{ item }}", **options},
        "loop": ["127.77.0.250", phone.host],
        "register": "found",
        "ignore_errors": True,
        **door,
    }
    after = {
        "name": "told",
        "ansible.builtin.debug": {"msg": "{{ found.results | map(attribute='msg', default='read') | list }}"},
    }
    play = [{"name": "Test", "hosts": "localhost", "gather_facts": False, "tasks": [loop, after]}]
    hosts = str(playground.write("hosts.yml", inventory([phone])))
    result = playground.run(str(playground.write("play.yml", play)), "-i", hosts)
    assert result.code == 0, result.output
    dead, alive = result.of("told")["msg"]
    assert dead.startswith("127.77.0.250: ") and alive == "read"
    assert "unreachable=0" in result.output


def test_the_phone_that_the_host_is_stays_unreachable(phone: Phone, playground: Playground) -> None:
    """Also if the task repeats its address."""
    hosts = {"all": {"hosts": {"dead": {**without_address(phone), "ansible_host": "127.77.0.250"}}}}
    options = {"host": "{{ ansible_host }}", "retries": 0}
    result = run(playground, hosts, {"name": "facts", "polycom.vvx.vvx_facts": options})
    assert result.code == 4 and "unreachable=1" in result.output


def test_a_become_password_is_no_connection_password(phone: Phone, playground: Playground) -> None:
    hosts = {
        "all": {
            "hosts": {
                "phone": {"ansible_host": phone.host, "ansible_port": phone.port},
                "localhost": {"ansible_connection": "local"},
            }
        }
    }
    hosts["all"]["vars"] = {"ansible_become_password": "another", "ansible_vvx_use_ssl": False}
    arguments = ["--limit", "phone", "--connection-password-file", str(playground.write("password", PASSWORD))]
    result = run(playground, hosts, {**FACTS, "delegate_to": "localhost"}, *arguments)
    assert result.code == 0, result.output


def test_a_jump_host_over_ssh(phone: Phone, playground: Playground) -> None:
    """It runs there as a module, with the options of the phone and none of the jump host's."""
    hosts = inventory([phone])
    with running_sshd(playground.folder) as jumphost:
        hosts["all"]["hosts"]["jumphost"] = {**jumphost, "ansible_python_interpreter": sys.executable}
        task = {
            "name": "set",
            "polycom.vvx.vvx_config": {"parameters": {"reg.1.label": "Tür"}},
            "delegate_to": "jumphost",
        }
        result = run(playground, hosts, task, "--limit", "phones", "-vvv", "--diff")
    assert result.code == 0, result.output
    assert "ESTABLISH SSH CONNECTION FOR USER: somebody" in result.output
    assert result.of("set")["after"] == {"reg.1.label": "Tür"} and phone.value("reg.1.label") == ("Tür", "web")
    assert {request.user for request in phone.log} == {"Polycom"}
