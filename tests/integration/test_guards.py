# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a typo or a forgotten option must not do: each case was once sent to the whole fleet."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from simulator import Fleet, PhoneSpec
from support.playbook import Playground, Run, inventory

NAMES = [f"desk-{number}" for number in range(1, 4)]


@pytest.fixture
def fleet(start_fleet: Any, playground: Playground) -> Fleet:
    fleet: Fleet = start_fleet(*(PhoneSpec(name=name) for name in NAMES), tls=False)
    playground.write("hosts.yml", inventory(fleet, {"vvx_parameters_all": {"reg.1.label": "Desk"}}))
    return fleet


def words(run: Run) -> str:
    """What was printed, as one line."""
    return re.sub(r"\s+", " ", run.output)


def extra(**variables: Any) -> list[str]:
    return ["-e", json.dumps(variables)]


WAIT = extra(vvx_wait_timeout=8)
LIMIT = ["--limit", "phones"]
FACTORY = "-e", "vvx_scope=factory"
REFUSED: dict[str, tuple[str, list[str], list[str]]] = {
    "restart for all": (
        "restart",
        [],
        ["without --limit or vvx_hosts this would hit 3 phones: desk-1, desk-2, desk-3"],
    ),
    "restart, check mode": ("restart", ["--check"], ["would hit 3 phones"]),
    "restart, typo of the hosts": ("restart", ["-e", "vvx_host=desk-1"], ["vvx_host (did you mean vvx_hosts?)"]),
    "reset for all": ("reset", ["-e", "vvx_scope=web"], ["would hit 3 phones"]),
    "reset without a scope": ("reset", LIMIT, ["vvx_scope is not set."]),
    "reset, typo of the scope": ("reset", [*LIMIT, "-e", "vvx_scpe=web"], ["vvx_scpe (did you mean vvx_scope?)"]),
    "factory without a number": ("reset", [*LIMIT, *FACTORY], ["vvx_confirm is not set.", "-e vvx_confirm=3"]),
    "factory, number of a batch": (
        "reset",
        [*LIMIT, *FACTORY, "-e", "vvx_confirm=1", "-e", "vvx_serial=1"],
        ["vvx_confirm is 1, but this hits 3 phones: desk-1, desk-2, desk-3"],
    ),
    "factory, slice": (
        "reset",
        [*LIMIT, *FACTORY, *extra(vvx_confirm=3, awx_workflow_job_name="r", awx_job_template_name="r")],
        ["job slicing"],
    ),
    "configure, typo": ("configure", ["-e", "vvx_update_secret=always"], ["did you mean vvx_update_secrets?"]),
    "configure, no batch": ("configure", ["-e", "vvx_serial=many"], ["'many' is neither a number of hosts nor"]),
    "test call, no callee": ("test_call", ["-e", "vvx_caller=desk-1"], ["vvx_callee is not set."]),
}


def test_nothing_is_sent_where_a_guard_refuses(fleet: Fleet, playground: Playground) -> None:
    for case, (playbook, arguments, texts) in REFUSED.items():
        run = playground.run(f"polycom.vvx.{playbook}", "-i", "hosts.yml", *arguments)
        assert run.code != 0, f"{case}: {run.output}"
        assert all(text in words(run) for text in texts), f"{case}: {run.output}"
        assert "Traceback" not in run.output and "Unexpected Exception" not in run.output, f"{case}: {run.output}"
        assert sum(phone.count() for phone in fleet) == 0, f"{case}: {run.output}"


def test_a_scope_of_one_host_does_not_pass_for_all(fleet: Fleet, playground: Playground) -> None:
    """The guard sees the first host's scope; another host's still needs to be confirmed."""
    hosts = {"desk-1": {"vvx_scope": "web"}, "desk-2": {"vvx_scope": "factory"}}
    playground.write("more.yml", {"all": {"hosts": hosts}})
    names = ["--limit", "desk-1,desk-2"]
    run = playground.run("polycom.vvx.reset", "-i", "hosts.yml", "-i", "more.yml", *names, *WAIT)
    assert run.state("Reset", "desk-1") == "ok" and run.state("Reset", "desk-2") == "failed", run.output
    assert fleet["desk-1"].restarts == 1
    assert (
        fleet["desk-2"].restarts == fleet["desk-2"].count("configReset") == fleet["desk-2"].count("factoryReset") == 0
    )


def test_with_the_right_number_it_goes_on(fleet: Fleet, playground: Playground) -> None:
    run = playground.run(
        "polycom.vvx.reset", "-i", "hosts.yml", "-e", "vvx_hosts=phones", *FACTORY, "-e", "vvx_confirm=3",
        "-e", "vvx_serial=1,2", *WAIT,
    )  # fmt: skip
    assert run.code == 0, run.output
    assert [phone.restarts for phone in fleet] == [1, 1, 1]
    assert run.output.count("PLAY [Reset phones]") == 2
    asked = run.output.partition("PLAY RECAP")[0]
    assert asked.count("3 phones: desk-1, desk-2, desk-3") == 1, "told once, not per batch"


@pytest.mark.parametrize("serial", ["1,100%", [1, "100%"], "1, 2"])
def test_batches_from_the_command_line(fleet: Fleet, playground: Playground, serial: Any) -> None:
    given = ["-e", f"vvx_serial={serial}"] if serial == "1,100%" else extra(vvx_serial=serial)
    run = playground.run("polycom.vvx.configure", "-i", "hosts.yml", "--check", *given)
    assert run.code == 0, run.output
    assert run.output.count("PLAY [Configure phones]") == 2


def test_playbooks_one_after_another_know_the_variables_of_all(fleet: Fleet, playground: Playground) -> None:
    site = [
        {"import_playbook": "polycom.vvx.configure"},
        {"import_playbook": "polycom.vvx.restart", "vars": {"vvx_hosts": "desk-1"}},
    ]
    playground.write("site.yml", site)
    variables = {"vvx_wait_for_lines": False, "vvx_verify": True, "vvx_of_mine": 1, "vvx_own": ["vvx_of_*"]}
    run = playground.run("site.yml", "-i", "hosts.yml", "--check", *extra(**variables))
    assert run.code == 0, run.output
    assert [outcome.host for outcome in run.outcomes if outcome.task == "Restart"] == ["desk-1"]
    assert "does not read it" not in run.output
    site[1]["vars"] = {"vvx_hosts": "desk-1", "vvx_mod": "reboot"}
    playground.write("site.yml", site)
    run = playground.run("site.yml", "-i", "hosts.yml", "--check")
    assert run.code == 2 and "vvx_mod (did you mean vvx_mode?)" in words(run), run.output


def test_a_variable_of_another_playbook_causes_a_warning(fleet: Fleet, playground: Playground) -> None:
    run = playground.run("polycom.vvx.facts", "-i", "hosts.yml", "-e", "vvx_serial=1")
    assert run.code == 0, run.output
    assert words(run).count("vvx_serial has no effect: polycom.vvx.facts does not read it.") == 1


def test_variables_without_effect_cause_one_warning_per_run(fleet: Fleet, playground: Playground) -> None:
    """In tasks of one's own, in the role and in tasks for all phones; in all processes."""
    wrong = {"ansible_vvx_tiemout": 7, "vvx_parameters_sit": {"reg.1.label": "Lost"}}
    used = {"vvx_parameters_mine": {"up.idleTimeout": 60}, "vvx_parameters_site": "{{ vvx_parameters_mine }}"}
    hosts = playground.write("hosts.yml", inventory(fleet, {**wrong, **used}))
    tasks: list[dict[str, Any]] = [
        {"name": "facts", "polycom.vvx.vvx_facts": {"gather_subset": "device"}},
        {"name": "role", "ansible.builtin.import_role": {"name": "polycom.vvx.configure"}},
        {"name": "audit", "polycom.vvx.vvx_audit": {"fail_on": []}},
    ]
    playground.write("play.yml", [{"hosts": "phones", "gather_facts": False, "tasks": tasks}])
    run = playground.run("play.yml", "-i", str(hosts))
    assert run.code == 0, run.output
    for text in (
        "ansible_vvx_tiemout is not a variable of polycom.vvx and has no effect (did you mean ansible_vvx_timeout?)",
        "vvx_parameters_sit is in no list of layers and has no effect (did you mean vvx_parameters_site?)",
    ):
        assert words(run).count(text) == 1, run.output
    assert "vvx_parameters_mine" not in run.output
