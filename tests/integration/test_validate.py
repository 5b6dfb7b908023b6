# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory is checked without phones: each problem once, with its place and its hosts, and an exit code for CI."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from ansible.release import __version__

from simulator import Fleet, PhoneSpec
from support import firmware
from support.cases import shared_run
from support.fixtures import StartFleet
from support.playbook import Playground, Run, inventory

KEEPS_ORIGINS = tuple(int(part) for part in __version__.split(".")[:2]) >= (2, 19)
SECRET = "zq-validate-secret-17"
WRONG = {
    "group_vars/phones.yml": f"""---
vvx_parameters_all:
  reg.1.label: "{{{{ inventory_hostname }}}}"
  reg.1.lable: x
  up.idleTimeout:
  reg.1.auth.password: {SECRET}
vvx_parameters_site:
  up.idleTimeout: 60
  pres.reg: 99
vvx_parameters_sit:
  up.idleTimeout: 60
""",
    "host_vars/desk-1.yml": f"""---
ansible_vvx_tiemout: 5
vvx_parameters_host:
  reg.1.address: "{SECRET}{{{{ nowhere }}}}"
  pres.reg: 77
""",
    "host_vars/desk-2.yml": """---
vvx_parameters_site:
  up.idleTimeout: 2026-01-31
  reg.1.auth.password: 123
vvx_parameters_host: no dictionary
""",
}
RIGHT = {"vvx_parameters_all": {"reg.1.label": "{{ inventory_hostname }}", "up.idleTimeout": 60}}


def words(run: Run) -> str:
    return " ".join(run.output.split())


def console(run: Run) -> list[str]:
    """The lines that the task has printed."""
    lines = run.output.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("TASK [Validate]"))
    ends = ("fatal:", "ok:", "[ERROR]", "PLAY RECAP")
    return [line for line in lines[start + 1 : _first(lines, start, ends)] if line]


def _first(lines: list[str], start: int, ends: tuple[str, ...]) -> int:
    return next(number for number, line in enumerate(lines) if number > start and line.startswith(ends))


@dataclass
class Project:
    fleet: Fleet
    playground: Playground

    def run(self, *arguments: str, playbook: str = "polycom.vvx.validate", columns: int = 120) -> Run:
        run = self.playground.run(playbook, "-i", "hosts.yml", *arguments, COLUMNS=str(columns))
        assert sum(phone.count() for phone in self.fleet) == 0, run.output
        assert SECRET not in run.output + json.dumps([outcome.result for outcome in run.outcomes])
        assert "Traceback" not in run.output
        assert run.output.count("SUMMARY") == run.output.count("\n0 phones: "), "a summary of nothing else"
        return run


def made(fleet: Fleet, playground: Playground, files: Mapping[str, str]) -> Project:
    for path, text in files.items():
        playground.write(path, text)
    hosts = inventory(fleet)
    del hosts["all"]["children"]["phones"]["vars"]["ansible_password"]  # none is needed
    playground.write("hosts.yml", hosts)
    return Project(fleet, playground)


@shared_run
def wrong(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> Project:
    fleet = start_shared_fleet(*(PhoneSpec(name=f"desk-{number}") for number in range(1, 4)), tls=False)
    return made(fleet, shared_playground(), WRONG)


@pytest.fixture
def right(start_fleet: Any, playground: Playground) -> Project:
    fleet = start_fleet(*(PhoneSpec(name=f"desk-{number}") for number in range(1, 4)), tls=False)
    project = made(fleet, playground, {})
    playground.write("group_vars/phones.yml", RIGHT)
    return project


@pytest.mark.parametrize("columns", [80, 120])
def test_each_problem_is_said_once_with_its_place_and_hosts(wrong: Project, columns: int) -> None:
    run = wrong.run("-e", "vvx_details=problems.json", columns=columns)
    assert run.code == 2, run.output
    shown = console(run)
    assert max(map(len, shown)) <= columns and len(shown) <= 44, run.output
    told = " ".join(" ".join(shown).split())
    place = ", group_vars/phones.yml:9" if KEEPS_ORIGINS else ""
    high = (
        f"pres.reg: '99' is above the maximum of 34 (built-in table; set schema to be sure; vvx_parameters_site{place})"
    )
    assert told.count("pres.reg") == 1 and f"{high} 2 hosts: desk-1, desk-3" in told
    assert "looks like a typo (did you mean reg.1.label?; vvx_parameters_all" in told
    assert "3 hosts: desk-1, desk-2, desk-3" in told
    assert "reg.1.address in the variable vvx_parameters_host (host_vars/desk-1.yml:4) can't be templated" in told
    assert "because 'nowhere' is undefined. Correct the variables of this host desk-1" in told
    assert "the variable vvx_parameters_host must be a dictionary of parameters" in told
    assert "up.idleTimeout is read by YAML as a date" in told and "reg.1.auth.password is a secret" in told
    assert told.count("vvx_parameters_sit is in no list of layers") == 1
    assert told.count("ansible_vvx_tiemout is not a variable") == 1
    assert shown[-1] == "3 hosts: 4 problems, 4 warnings", run.output
    result = run.of("Validate")
    assert result["error"]["kind"] == "bad_values" and "problems" not in result
    assert "[WARNING]" not in run.output, "doubtful variables are among the problems"
    details = json.loads((wrong.playground.folder / "problems.json").read_text(encoding="utf-8"))
    assert list(details) == ["desk-1", "desk-2", "desk-3"] and len(details["desk-2"]["errors"]) == 1


def test_some_hosts_only(wrong: Project) -> None:
    run = wrong.run("--limit", "desk-3")
    assert run.code == 0 and "desk-1" not in run.output, run.output
    assert console(run)[-1].startswith("1 host: all parameters can be sent, "), run.output
    strict = wrong.run("--limit", "desk-3", "-e", "vvx_fail_on=warning")
    assert strict.code == 2 and console(strict) == console(run)


def test_a_play_of_ones_own_gets_the_problems_as_data(wrong: Project) -> None:
    task = {"name": "Validate", "polycom.vvx.vvx_validate": {"fail_on": "never"}, "register": "checked"}
    wrong.playground.write("own.yml", [{"hosts": "phones", "gather_facts": False, "tasks": [task]}])
    run = wrong.run(playbook="own.yml")
    result = run.of("Validate")
    assert run.code == 0 and result["msg"] == f"{console(run)[-1]}."
    assert {each["severity"] for each in result["problems"]} == {"error", "warning"}
    assert result["errors"] + result["warned"] == len(result["problems"])


def test_what_can_be_sent_passes_and_a_schema_finds_more(right: Project) -> None:
    run = right.run("-e", "vvx_fail_on=warning")
    assert run.code == 0 and console(run) == ["3 hosts: all parameters can be sent"], run.output
    right.playground.write("host_vars/desk-2.yml", {"vvx_parameters_host": {"reg.1.adress": "1", "reg.77.label": "x"}})
    schema = (firmware.PACKAGE / "Config" / "polycomConfig.xsd").read_text(encoding="utf-8")
    right.playground.write("polycomConfig.xsd", schema)
    for variable in ("vvx_schema", "ansible_vvx_schema"):
        path = "polycomConfig.xsd" if variable == "vvx_schema" else str(right.playground.folder / "polycomConfig.xsd")
        checked = right.run("-e", f"{variable}={path}")
        assert checked.code == 2 and "reg.1.adress is not in the schema (did you mean reg.1.address?" in words(checked)
        assert console(checked)[-1].startswith("3 hosts: "), checked.output
    lost = right.run("-e", "ansible_vvx_schema=lost.xsd")
    assert lost.code == 2 and words(lost).count("schema: lost.xsd does not exist.") == 1, lost.output


def test_a_wrong_variable_stops_it_and_no_host_is_no_error(right: Project) -> None:
    run = right.run("-e", "vvx_shema=x")
    assert run.code == 2 and "vvx_shema (did you mean vvx_schema?)" in words(run)
    nobody = right.run("-e", "vvx_hosts=phones:!all")
    assert nobody.code == 0 and "0 phones: no host of the inventory matches phones:!all" in nobody.output


def test_hosts_without_parameters_are_named(right: Project) -> None:
    right.playground.write("group_vars/phones.yml", {})
    assert console(right.run())[-1] == "3 hosts: the inventory sets no parameters"
    right.playground.write("host_vars/desk-2.yml", RIGHT)
    assert console(right.run())[-2:] == [
        "Without parameters: 2 hosts: desk-1, desk-3", "3 hosts: all parameters can be sent",
    ]  # fmt: skip


def test_two_thousand_hosts_fit_the_screen(playground: Playground) -> None:
    hosts = {
        f"phone-{number}": {
            "extension": str(number),
            "vvx_parameters_host": {"reg.1.lable": "x", "up.idleTimeout": f"{number}x", f"x.{number % 100}.y": None},
        }
        for number in range(2000)
    }
    variables = {"vvx_parameters_all": {"reg.1.address": "{{ extension }}"}, "ansible_host": "192.0.2.1"}
    playground.write("hosts.yml", {"phones": {"hosts": hosts, "vars": variables}})
    run = playground.run("polycom.vvx.validate", "-i", "hosts.yml", COLUMNS="80")
    shown = console(run)
    assert run.code == 2 and len(shown) <= 44 and max(map(len, shown)) <= 80, "\n".join(shown)
    assert "more; the option details (vvx_details) writes all to a file." in " ".join(shown)
    assert shown[-1] == "2000 hosts: 100 problems, 2 warnings"
    assert len(json.dumps(run.of("Validate"))) < 5_000
