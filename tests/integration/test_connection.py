# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection plugin polycom.vvx.rest: phones are phones, and commands are refused with a word about why."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from ansible_collections.polycom.vvx.plugins.connection import rest
from ansible_collections.polycom.vvx.plugins.module_utils._options import connection

from simulator import Phone
from support.playbook import PASSWORD, Playground, both_doors

OURS = {"ansible_connection": "polycom.vvx.rest"}
FACTS = {"name": "facts", "polycom.vvx.vvx_facts": {"gather_subset": "min"}}


def test_it_documents_every_connection_option_with_its_variables() -> None:
    options = yaml.safe_load(rest.DOCUMENTATION)["options"]
    names = {("remote_user" if name == "username" else name): name for name in connection.CONNECTION.argument_spec}
    assert set(options) == set(names)
    for option, name in names.items():
        assert f"ansible_vvx_{name}" in [variable["name"] for variable in options[option]["vars"]]


@pytest.mark.parametrize(
    "variables", [{}, {"ansible_vvx_retries": "", "ansible_vvx_timeout": None, "ansible_user": ""}]
)
def test_phones_are_managed_over_it_without_any_process(
    phone: Phone, playground: Playground, variables: dict[str, Any]
) -> None:
    run = playground.play([phone], [FACTS], "-vvv", variables={**OURS, **variables})
    assert run.code == 0, run.output
    assert "EXEC" not in run.output and "ESTABLISH" not in run.output


def test_user_and_password_of_the_command_line(phone: Phone, playground: Playground) -> None:
    hosts = {
        "all": {
            "hosts": {
                "phone": {"ansible_host": phone.host, "ansible_port": phone.port, "ansible_vvx_use_ssl": False, **OURS}
            }
        }
    }
    playground.write("hosts.yml", hosts)
    playground.write("play.yml", [{"name": "Test", "hosts": "all", "gather_facts": False, "tasks": [FACTS]}])
    arguments = ["-u", "Polycom", "--connection-password-file", str(playground.write("password", PASSWORD)), "-vv"]
    run = playground.run("play.yml", "-i", "hosts.yml", *arguments)
    assert run.code == 0, run.output
    assert "password from connection password" in run.output and "username from remote_user" in run.output


def test_both_doors(phone: Phone, playground: Playground) -> None:
    """A task that is delegated to a computer runs there, whatever connects to the phone."""
    run = playground.play(
        [phone], both_doors("facts", "polycom.vvx.vvx_facts", {"gather_subset": "min"}), variables=OURS
    )
    assert run.code == 0, run.output
    assert run.of("facts (action)")["ansible_facts"].keys() == run.of("facts (module)")["ansible_facts"].keys()


@pytest.mark.parametrize(
    "task",
    [
        {"ansible.builtin.command": "id"}, {"ansible.builtin.copy": {"content": "x", "dest": "/tmp/x"}}, {"ansible.builtin.setup": {}},
        {"ansible.builtin.fetch": {"src": "/etc/hosts", "dest": "x"}}, {"ansible.builtin.raw": "id"},
    ],
    ids=lambda task: next(iter(task)),
)  # fmt: skip
def test_what_is_meant_for_computers_is_refused(phone: Phone, playground: Playground, task: dict[str, Any]) -> None:
    run = playground.play([phone], [{"name": "stray", **task}], variables=OURS)
    assert run.code == 2, run.output
    assert f"{phone.host}: a phone runs no commands" in run.output
    assert "polycom.vvx.vvx_facts" in run.output and "delegate_to: localhost" in run.output
    assert "Traceback" not in run.output
    assert phone.count() == 0


def test_gathering_facts_of_computers_is_refused_with_what_to_write_instead(
    phone: Phone, playground: Playground
) -> None:
    run = playground.play([phone], [FACTS], keywords={"gather_facts": True}, variables=OURS)
    assert run.code == 2 and "gather_facts: false in the play and polycom.vvx.vvx_facts as a task" in run.output, (
        run.output
    )


def test_a_stray_task_on_the_controller_still_works(phone: Phone, playground: Playground) -> None:
    tasks = [{"name": "here", "ansible.builtin.command": "echo {{ inventory_hostname }}", "delegate_to": "localhost"}]
    run = playground.play([phone], tasks, variables=OURS)
    assert run.of("here")["stdout"] == phone.name


def test_in_the_background_it_is_refused(phone: Phone, playground: Playground) -> None:
    run = playground.play([phone], [{**FACTS, "async": 60, "poll": 1}], variables=OURS)
    assert (
        run.of("facts")["msg"]
        == f"{phone.host}: a phone can't run a task in the background. Add delegate_to: localhost to the task."
    )


@pytest.mark.parametrize("become", [True, False])
def test_play_level_become_changes_nothing(phone: Phone, playground: Playground, become: bool) -> None:
    run = playground.play([phone], [FACTS], keywords={"become": become}, variables=OURS)
    assert run.code == 0, run.output


def test_facts_at_the_start_of_a_play(phone: Phone, playground: Playground) -> None:
    """gather_facts runs modules, not actions, so that their options come from module_defaults, and their process is started here."""
    defaults = {"host": phone.host, "port": phone.port, "password": PASSWORD, "use_ssl": False}
    keywords = {"gather_facts": True, "connection": "local", "module_defaults": {"group/polycom.vvx.vvx": defaults}}
    variables = {
        "ansible_facts_modules": "polycom.vvx.vvx_facts",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
    }
    shown = {"name": "shown", "ansible.builtin.debug": {"msg": "{{ ansible_facts.vvx.device.model }}"}}
    run = playground.play([phone], [shown], keywords=keywords, variables=variables)
    assert run.of("shown")["msg"] == "VVX 411", run.output


@pytest.mark.parametrize("connection", ["polycom.vvx.rest", "ansible.builtin.local", "local"])
def test_the_address_may_be_an_argument_of_the_task(phone: Phone, playground: Playground, connection: str) -> None:
    task = {"name": "facts", "polycom.vvx.vvx_facts": {"gather_subset": "min", "host": phone.host}}
    hosts = {
        "all": {
            "hosts": {
                "192.0.2.1": {
                    "ansible_vvx_port": phone.port,
                    "ansible_vvx_use_ssl": False,
                    "ansible_password": PASSWORD,
                }
            }
        }
    }
    playground.write("hosts.yml", hosts)
    playground.write(
        "play.yml", [{"name": "Test", "hosts": "all", "gather_facts": False, "connection": connection, "tasks": [task]}]
    )
    run = playground.run("play.yml", "-i", "hosts.yml", "-vvv")
    assert run.code == 0, run.output
    assert "EXEC" not in run.output, "in the controller's own process"


def test_a_jump_host_is_not_reached_over_it(phone: Phone, playground: Playground) -> None:
    task = {**FACTS, "delegate_to": "192.0.2.9"}
    run = playground.play([phone], [task], keywords={"connection": "polycom.vvx.rest"})
    assert "192.0.2.9, which the task is delegated to, is not reached over polycom.vvx.rest" in run.of("facts")["msg"]
    assert "Set ansible_connection in the variables of the phones" in run.of("facts")["msg"]
