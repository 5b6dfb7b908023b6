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
from support.cases import Case, SharedRun, shared_run
from support.playbook import PASSWORD, Playground, both_doors

OURS = {"ansible_connection": "polycom.vvx.rest"}
FACTS = {"name": "facts", "polycom.vvx.vvx_facts": {"gather_subset": "min"}}


def another_host(phone: Phone) -> dict[str, Any]:
    """The variables of a host at whose address there is no phone."""
    return {
        "ansible_vvx_port": phone.port,
        "ansible_vvx_use_ssl": False,
        "ansible_password": PASSWORD,
        "phone": phone.host,
    }


ADDRESS_IN_TASK = [{"name": "facts", "polycom.vvx.vvx_facts": {"gather_subset": "min", "host": "{{ phone }}"}}]
HERE = {
    "ours": Case([FACTS], variables=OURS),
    "empty": Case(
        [FACTS], variables={**OURS, "ansible_vvx_retries": "", "ansible_vvx_timeout": None, "ansible_user": ""}
    ),
    "become": Case([FACTS], variables=OURS, keywords={"become": True}),
    "no-become": Case([FACTS], variables=OURS, keywords={"become": False}),
    "192.0.2.1": Case(ADDRESS_IN_TASK, host=another_host, keywords={"connection": "polycom.vvx.rest"}),
    "192.0.2.2": Case(ADDRESS_IN_TASK, host=another_host, keywords={"connection": "ansible.builtin.local"}),
    "192.0.2.3": Case(ADDRESS_IN_TASK, host=another_host, keywords={"connection": "local"}),
}
"""What is done in the controller's own process."""
STRAY = {
    name.rpartition(".")[2]: {"name": "stray", name: arguments, "ignore_errors": True}
    for name, arguments in {
        "ansible.builtin.command": "id",
        "ansible.builtin.copy": {"content": "x", "dest": "/tmp/x"},
        "ansible.builtin.setup": {},
        "ansible.builtin.fetch": {"src": "/etc/hosts", "dest": "x"},
        "ansible.builtin.raw": "id",
    }.items()
}
ELSEWHERE = {"name": "facts", "polycom.vvx.vvx_facts": {"gather_subset": "min"}, "ignore_errors": True}
OTHERS = {name: Case([task], variables=OURS) for name, task in STRAY.items()} | {
    "doors": Case(both_doors("facts", "polycom.vvx.vvx_facts", {"gather_subset": "min"}), variables=OURS),
    "on-the-controller": Case(
        [{"name": "here", "ansible.builtin.command": "echo {{ inventory_hostname }}", "delegate_to": "localhost"}],
        variables=OURS,
    ),
    "background": Case([{**ELSEWHERE, "async": 60, "poll": 1}], variables=OURS),
    "jump": Case([{**ELSEWHERE, "delegate_to": "192.0.2.9"}], keywords={"connection": "polycom.vvx.rest"}),
    # The last one, because no play follows one that has failed on all hosts.
    "gathering": Case([FACTS], variables=OURS, keywords={"gather_facts": True}),
}


@shared_run
def loud(run_cases: Any) -> SharedRun:
    return run_cases(HERE, "-vvv")


@shared_run
def run(run_cases: Any) -> SharedRun:
    return run_cases(OTHERS)


def test_it_documents_every_connection_option_with_its_variables() -> None:
    options = yaml.safe_load(rest.DOCUMENTATION)["options"]
    names = {("remote_user" if name == "username" else name): name for name in connection.CONNECTION.argument_spec}
    assert set(options) == set(names)
    for option, name in names.items():
        assert f"ansible_vvx_{name}" in [variable["name"] for variable in options[option]["vars"]]


@pytest.mark.parametrize("case", HERE)
def test_phones_are_managed_over_it_without_any_process(loud: SharedRun, case: str) -> None:
    """Whatever become says, and where the address is an argument of the task."""
    assert loud.passed(case), loud.part(case)
    assert "EXEC" not in loud.part(case) and "ESTABLISH" not in loud.part(case)


def test_both_doors(run: SharedRun) -> None:
    """A task that is delegated to a computer runs there, whatever connects to the phone."""
    assert run.passed("doors"), run.part("doors")
    assert run.of("facts (action)")["ansible_facts"].keys() == run.of("facts (module)")["ansible_facts"].keys()


@pytest.mark.parametrize("case", STRAY)
def test_what_is_meant_for_computers_is_refused(run: SharedRun, case: str) -> None:
    phone, part = run.fleet[case], run.part(case)
    assert run.state("stray", case) == "failed"
    assert f"{phone.host}: a phone runs no commands" in part
    assert "polycom.vvx.vvx_facts" in part and "delegate_to: localhost" in part
    assert "Traceback" not in part
    assert phone.count() == 0


def test_gathering_facts_of_computers_is_refused_with_what_to_write_instead(run: SharedRun) -> None:
    assert run.code == 2
    assert "gather_facts: false in the play and polycom.vvx.vvx_facts as a task" in run.part("gathering")


def test_a_stray_task_on_the_controller_still_works(run: SharedRun) -> None:
    assert run.of("here")["stdout"] == "on-the-controller"


def test_in_the_background_it_is_refused(run: SharedRun) -> None:
    phone = run.fleet["background"]
    assert (
        run.of("facts", "background")["msg"]
        == f"{phone.host}: a phone can't run a task in the background. Add delegate_to: localhost to the task."
    )


def test_a_jump_host_is_not_reached_over_it(run: SharedRun) -> None:
    told = run.of("facts", "jump")["msg"]
    assert (
        "the task is delegated to 192.0.2.9, which can't be reached over polycom.vvx.rest" in told
        and "Set ansible_connection in the variables of the phones" in told
    )


def test_facts_at_the_start_of_a_play(phone: Phone, playground: Playground) -> None:
    """gather_facts runs modules, so their options come from module_defaults, and their process is started here."""
    defaults = {"host": phone.host, "port": phone.port, "password": PASSWORD, "use_ssl": False}
    keywords = {"gather_facts": True, "connection": "local", "module_defaults": {"group/polycom.vvx.vvx": defaults}}
    variables = {
        "ansible_facts_modules": "polycom.vvx.vvx_facts",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
    }
    shown = {"name": "shown", "ansible.builtin.debug": {"msg": "{{ ansible_facts.vvx.device.model }}"}}
    run = playground.play([phone], [shown], keywords=keywords, variables=variables)
    assert run.of("shown")["msg"] == "VVX 411", run.output


def test_facts_at_the_start_of_a_play_over_it_are_refused_with_what_to_write_instead(
    phone: Phone, playground: Playground
) -> None:
    variables = {**OURS, "ansible_facts_modules": "polycom.vvx.vvx_facts"}
    run = playground.play([phone], [FACTS], keywords={"gather_facts": True}, variables=variables)
    assert run.code == 2 and "gather_facts: false in the play and polycom.vvx.vvx_facts as a task" in run.output
    assert "Traceback" not in run.output and phone.count() == 0
