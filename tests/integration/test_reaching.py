# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where connection options come from, and where the work is done."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from simulator import Fleet, Phone, PhoneSpec
from support.playbook import MODULE_DOOR, PASSWORD, Playground, inventory
from support.sshd import running_sshd

FACTS = {"name": "facts", "polycom.vvx.vvx_facts": {"gather_subset": "min"}}


def only_address(fleet: Fleet | list[Phone]) -> dict[str, Any]:
    """An inventory that knows where the phones are, and nothing else."""
    return {"all": {"hosts": {phone.name: {"ansible_host": phone.host, "ansible_port": phone.port} for phone in fleet}}}


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
    result = run(playground, only_address([phone]), FACTS, "-vv", VVX_PASSWORD=PASSWORD, VVX_USE_HTTP="True")
    assert result.code == 0, result.output
    assert "host from ansible_host, port from ansible_port; the rest from VVX_* or defaults" in result.output
    assert PASSWORD not in result.output


def test_the_inventory_wins_over_the_environment(phone: Phone, playground: Playground) -> None:
    hosts = inventory([phone])
    result = run(
        playground, hosts, FACTS, "--limit", "phones", VVX_PASSWORD="wrong", VVX_HOST="192.0.2.1", VVX_USERNAME=""
    )
    assert result.code == 0, result.output


def test_the_task_wins_over_the_inventory(phone: Phone, playground: Playground) -> None:
    task = {
        "name": "facts",
        "polycom.vvx.vvx_facts": {"gather_subset": "min", "password": PASSWORD, "username": "Polycom"},
    }
    result = playground.play([phone], [task], "-vv", variables={"ansible_password": "wrong", "ansible_user": "User"})
    assert result.code == 0, result.output
    assert "password from task" in result.output and "username from task" in result.output


def test_ansible_vvx_variables_win_over_the_usual_ones(phone: Phone, playground: Playground) -> None:
    """For phones that share their host variables with something else."""
    result = playground.play(
        [phone], [FACTS], variables={"ansible_password": "wrong", "ansible_vvx_password": PASSWORD}
    )
    assert result.code == 0, result.output


def test_one_place_for_all_modules_of_a_play(phone: Phone, playground: Playground) -> None:
    defaults = {"group/polycom.vvx.vvx": {"password": PASSWORD, "use_ssl": False}}
    result = run(playground, only_address([phone]), FACTS, keywords={"module_defaults": defaults})
    assert result.code == 0, result.output


def test_empty_and_null_count_as_unset(phone: Phone, playground: Playground) -> None:
    task = {
        "name": "facts",
        "polycom.vvx.vvx_facts": {"username": "", "password": None, "port": "", "timeout": "", "ca_path": None},
    }
    result = playground.play([phone], [task], VVX_TIMEOUT="7")
    assert result.code == 0, result.output


def test_the_hosts_name_is_its_address_if_nothing_else_is_said(phone: Phone, playground: Playground) -> None:
    hosts = {
        "all": {
            "hosts": {
                phone.host: {"ansible_port": phone.port, "ansible_password": PASSWORD, "ansible_vvx_use_ssl": False}
            }
        }
    }
    assert run(playground, hosts, FACTS, VVX_HOST="192.0.2.1").code == 0


def test_templated_variables(phone: Phone, playground: Playground) -> None:
    variables = {
        "ansible_password": "{{ vault_password }}",
        "vault_password": PASSWORD,
        "ansible_vvx_retries": "{{ 1 + 1 }}",
    }
    assert playground.play([phone], [FACTS], variables=variables).code == 0


def test_a_number_as_password(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(PhoneSpec(admin_password="4711"), tls=False)
    assert playground.play(fleet, [FACTS], variables={"ansible_password": 4711}).code == 0


@pytest.mark.parametrize("verbosity", [[], ["-vv"]])
@pytest.mark.parametrize(
    "ssh", [{"ansible_ssh_port": 22}, {"ansible_ssh_user": "User"}, {"ansible_ssh_host": "192.0.2.1"}]
)
@pytest.mark.parametrize("keywords", [{}, {"port": 22}, {"connection": "local"}])
def test_what_is_meant_for_ssh_never_goes_to_the_phone(
    phone: Phone, playground: Playground, ssh: dict[str, Any], keywords: dict[str, Any], verbosity: list[str]
) -> None:
    own = {
        "ansible_vvx_host": phone.host,
        "ansible_vvx_port": phone.port,
        "ansible_vvx_use_ssl": False,
        "ansible_password": PASSWORD,
    }
    result = run(playground, {"all": {"hosts": {"phone": {**own, **ssh}}}}, FACTS, *verbosity, keywords=keywords)
    assert result.code == 0, result.output
    assert {request.user for request in phone.log} == {"Polycom"}


@pytest.mark.parametrize("keywords", [{}, {"delegate_to": "localhost"}, MODULE_DOOR])
def test_what_ansible_knows_of_another_connection_never_goes_to_the_phone(
    phone: Phone, playground: Playground, keywords: dict[str, Any]
) -> None:
    """The phone says neither address nor port nor user; the jump host, ansible.cfg and the SSH settings do."""
    hosts = inventory([])
    hosts["all"]["hosts"]["jumphost"].update(ansible_host="192.0.2.1", ansible_user="root", ansible_port=22)
    hosts["all"]["hosts"][phone.host] = {
        "ansible_password": PASSWORD,
        "ansible_vvx_use_ssl": False,
        "ansible_vvx_port": phone.port,
    }
    result = run(playground, hosts, {**FACTS, **keywords}, "--limit", phone.host, "-vv", ANSIBLE_REMOTE_PORT="2222")
    assert result.code == 0, result.output
    assert (
        "host from inventory_hostname, password from ansible_password, port from ansible_vvx_port, use_ssl from ansible_vvx_use_ssl;"
        in result.output
    )


def test_variables_of_the_play_count(phone: Phone, playground: Playground) -> None:
    keywords = {"vars": {"ansible_password": PASSWORD, "ansible_vvx_use_ssl": False}}
    assert run(playground, only_address([phone]), FACTS, keywords=keywords).code == 0


@pytest.mark.parametrize("connection", ["ssh", "local"])
def test_user_and_password_of_the_command_line(phone: Phone, playground: Playground, connection: str) -> None:
    """As AWX passes a Machine credential: -u, and the password on standard input."""
    keywords = {"vars": {"ansible_vvx_use_ssl": False}, "connection": connection}
    arguments = ["-u", "Polycom", "--connection-password-file", str(playground.write("password", PASSWORD)), "-vv"]
    result = run(playground, only_address([phone]), FACTS, *arguments, keywords=keywords)
    assert result.code == 0, result.output
    assert "password from connection password" in result.output and "username from remote_user" in result.output


@pytest.mark.parametrize(
    "keywords",
    [
        {"delegate_to": "localhost"},
        {"connection": "local"},
        {"become": True},
        {"delegate_to": "localhost", "become": True},
    ],
)
def test_the_work_is_done_in_the_controller_without_any_connection(
    phone: Phone, playground: Playground, keywords: dict[str, Any]
) -> None:
    result = playground.play([phone], [{**FACTS, **keywords}], "-vvv")
    assert result.code == 0, result.output
    assert "EXEC" not in result.output and "AnsiballZ" not in result.output


def test_a_delegated_task_runs_over_there(phone: Phone, playground: Playground) -> None:
    result = playground.play([phone], [{**FACTS, **MODULE_DOOR}], "-vvv")
    assert result.code == 0, result.output
    assert "EXEC" in result.output


def test_hosts_that_are_no_phones_can_name_one(phone: Phone, playground: Playground) -> None:
    """hosts: localhost, with the phone as an argument, or as VVX_HOST."""
    task = {
        "name": "facts",
        "polycom.vvx.vvx_facts": {"port": phone.port, "password": PASSWORD, "use_ssl": False, "gather_subset": "min"},
    }
    play = [{"name": "Test", "hosts": "localhost", "gather_facts": False, "tasks": [task]}]
    path = str(playground.write("play.yml", play))
    assert playground.run(path, VVX_HOST=phone.host).code == 0
    assert "no phone is named" in playground.run(path).of("facts")["msg"]


def test_in_the_background_only_where_there_is_a_host_for_it(phone: Phone, playground: Playground) -> None:
    background = {"async": 60, "poll": 1}
    tasks = [
        {**FACTS, **background, "ignore_errors": True},
        {**FACTS, "name": "delegated", **background, "delegate_to": "localhost"},
    ]
    result = playground.play([phone], tasks, variables={"ansible_python_interpreter": "{{ ansible_playbook_python }}"})
    assert "delegate_to: localhost" in result.of("facts")["msg"]
    assert result.of("delegated")["ansible_facts"]["vvx"]["device"]["model"] == "VVX 411"


def test_no_phones_is_no_failure(playground: Playground) -> None:
    result = playground.play([], [FACTS])
    assert result.code == 0 and "no hosts matched" in result.output


def test_a_host_whose_own_variable_says_where_the_phone_is_needs_no_connection(
    phone: Phone, playground: Playground
) -> None:
    own = {
        "ansible_vvx_host": phone.host,
        "ansible_vvx_port": phone.port,
        "ansible_vvx_use_ssl": False,
        "ansible_password": PASSWORD,
    }
    result = run(playground, {"all": {"hosts": {"reception": own}}}, FACTS, "-vvv")
    assert result.code == 0, result.output
    assert "EXEC" not in result.output and "host from ansible_vvx_host" in result.output


def test_variables_of_files_and_roles_count(phone: Phone, playground: Playground) -> None:
    playground.write("more.yml", {"ansible_user": "Polycom", "ansible_vvx_use_ssl": False})
    playground.write("roles/phones/vars/main.yml", {"ansible_port": phone.port, "ansible_vvx_timeout": 7})
    playground.write("roles/phones/defaults/main.yml", {"ansible_password": PASSWORD})
    playground.write("roles/phones/tasks/main.yml", [FACTS])
    play = {
        "name": "Test",
        "hosts": "all",
        "gather_facts": False,
        "vars_files": ["more.yml", ["missing.yml", "more.yml"]],
        "roles": ["phones"],
    }
    hosts = playground.write("hosts.yml", {"all": {"hosts": {"phone": {"ansible_host": phone.host}}}})
    result = playground.run(str(playground.write("play.yml", [play])), "-i", str(hosts), "-vv")
    assert result.code == 0, result.output
    for told in (
        "port from ansible_port",
        "timeout from ansible_vvx_timeout",
        "use_ssl from ansible_vvx_use_ssl",
        "username from ansible_user",
    ):
        assert told in result.output


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


def test_options_that_do_not_exist_are_named(phone: Phone, playground: Playground) -> None:
    result = playground.play(
        [phone], [{"name": "set", "polycom.vvx.vvx_config": {"paramaters": {"up.idleTimeout": 60}}}]
    )
    assert (
        "paramaters. Supported parameters include: " in result.of("set")["msg"]
        and " parameters, " in result.of("set")["msg"]
    )


def test_a_date_among_the_parameters_is_named(phone: Phone, playground: Playground) -> None:
    play = "- hosts: phones\n  gather_facts: false\n  tasks:\n    - name: set\n      polycom.vvx.vvx_config:\n"
    play += "        parameters:\n          reg.1.label: 2026-11-25\n"
    hosts = playground.write("hosts.yml", inventory([phone]))
    result = playground.run(str(playground.write("play.yml", play)), "-i", str(hosts))
    assert "reg.1.label is read by YAML as a date: put the value in quotes" in result.of("set")["msg"]


def test_a_jump_host_over_ssh(phone: Phone, playground: Playground) -> None:
    """Over there it runs as a module, with all that is said of the phone, and with nothing of what is said of the jump host."""
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
