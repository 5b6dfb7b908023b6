# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in provisioning files and schemas gets to the phone, by both doors; filters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simulator import Phone, PhoneSpec, Switches
from support import firmware
from support.cases import Case, SharedRun, shared_run
from support.playbook import MODULE_DOOR, Playground, both_doors

BASE = """<PHONE_CONFIG>
<ALL reg.1.label="From base" up.idleTimeout="50"
  call.callWaiting.enable="false" device.set="1"
  device.prov.password.set="1" />
</PHONE_CONFIG>
"""
SITE = (
    '\ufeff<polycomConfig>\r\n<site reg.1.label="From &quot;site&quot;" reg.1.displayName=" Zürich ☎ " />\r\n'
    "</polycomConfig>"
)
WANTED = {
    "reg.1.label": 'From "site"',
    "reg.1.displayName": " Zürich ☎ ",
    "up.idleTimeout": "60",
    "call.callWaiting.enable": "0",
}


def failures(options: dict[str, Any]) -> list[dict[str, Any]]:
    return both_doors("set", "polycom.vvx.vvx_config", options, ignore_errors=True)


def values(phone: Phone, names: Any = None) -> dict[str, str]:
    return {name: phone.value(name)[0] for name in names or WANTED}


@pytest.fixture
def files(playground: Playground) -> Path:
    playground.write("files/base.cfg", BASE)
    playground.write("site.cfg", SITE)
    return playground.folder


def test_files_are_merged_below_parameters_in_both_doors(start_fleet: Any, playground: Playground, files: Path) -> None:
    fleet = start_fleet(PhoneSpec(name="one"), PhoneSpec(name="two"), tls=False)
    options = {"src": ["base.cfg", "site.cfg"], "parameters": {"up.idleTimeout": 60}}
    here = {"name": "here", "polycom.vvx.vvx_config": options, "when": "inventory_hostname == 'one'"}
    there = {"name": "there", "polycom.vvx.vvx_config": options, "when": "inventory_hostname == 'two'", **MODULE_DOOR}
    run = playground.play(fleet, [here, there])
    assert run.code == 0, run.output
    assert run.of("here")["after"] == run.of("there")["after"]
    for phone in fleet:
        assert values(phone) == WANTED
        assert all("device.prov.password" not in request.data for request in phone.log), (
            "a switch without its value is not sent"
        )
    # Older ansible-core breaks lines in the middle of a path.
    assert "base.cfg:4:device.prov.password.setisleftout" in "".join(run.output.split())


def test_what_is_wrong_with_files_is_told_and_nothing_is_sent(phone: Phone, playground: Playground) -> None:
    playground.write("files/master.cfg", '<APPLICATION CONFIG_FILES="a.cfg"/>')
    playground.write("files/broken.cfg", "<a>\n<b")
    tasks = [
        {"name": name, "polycom.vvx.vvx_config": {"src": f"{name}.cfg"}, "ignore_errors": True, **door}
        for name in ("master", "broken", "missing")
        for door in ({}, MODULE_DOOR)
    ]
    run = playground.play([phone], tasks)
    told = [outcome.result["msg"] for outcome in run.outcomes]
    for texts, expected in zip(
        (told[:2], told[2:4], told[4:]), ("lists a.cfg, but", "broken.cfg:2", "missing.cfg does not exist")
    ):
        assert texts[0] == texts[1] and expected in texts[0]
    assert phone.count() == 0


TYPO = {"parameters": {"reg.1.lable": "x", "pres.reg": 99}}
GATE = {"names": ["firmware.gate.secretWord", "reg.1.label"]}
WORD = PhoneSpec(layers={"web": {"firmware.gate.secretWord": "zq-word"}})
SCHEMA = "polycomConfig.xsd"


def ways(options: dict[str, Any], variables: dict[str, Any]) -> dict[str, Case]:
    """The same typo and the same secret, with a schema as an option or as a variable."""
    get = both_doors("get", "polycom.vvx.vvx_config_info", {**GATE, **options})
    return {
        "typo": Case(failures({**TYPO, **options}), variables=variables),
        "secret": Case(get, WORD, variables=variables),
    }


def schema_beside(playground: Playground) -> None:
    firmware.schema(playground.folder).rename(playground.folder / SCHEMA)


@shared_run
def by_way(run_cases: Any) -> dict[str, SharedRun]:
    """Options and variables of a case in one run; the environment is everybody's, and so has one of its own."""
    cases = {f"option-{name}": case for name, case in ways({"schema": SCHEMA}, {}).items()}
    variables = {"ansible_vvx_schema": "{{ playbook_dir }}/" + SCHEMA}
    cases |= {f"variable-{name}": case for name, case in ways({}, variables).items()}
    alone = {f"environment-{name}": case for name, case in ways({}, {}).items()}
    said = run_cases(cases, "-vvv", before=schema_beside)
    environment = run_cases(alone, "-vvv", before=schema_beside, VVX_SCHEMA=SCHEMA)
    return {"option": said, "variable": said, "environment": environment}


@pytest.mark.parametrize("way", ["option", "variable", "environment"])
def test_a_typo_never_reaches_a_phone_where_there_is_a_schema(by_way: dict[str, SharedRun], way: str) -> None:
    run, case = by_way[way], f"{way}-typo"
    for door in ("action", "module"):
        result = run.of(f"set ({door})", case)
        assert result["error"]["kind"] == "bad_values"
        assert (
            "reg.1.lable is not in the schema (did you mean reg.1.label?)" in result["msg"]
            and "pres.reg: '99' is above the maximum of 34" in result["msg"]
        )
    assert run.fleet[case].count() == 0


@pytest.mark.parametrize("way", ["option", "variable", "environment"])
def test_a_secret_that_only_the_schema_knows_is_never_read_out(by_way: dict[str, SharedRun], way: str) -> None:
    run, case = by_way[way], f"{way}-secret"
    for door in ("action", "module"):
        assert run.of(f"get ({door})", case)["parameters"]["firmware.gate.secretWord"] == {
            "value": None,
            "source": "web",
            "secret": True,
        }
    assert "zq-word" not in run.output + json.dumps([outcome.result for outcome in run.outcomes])


@pytest.mark.parametrize("with_schema", [False, True])
def test_each_warning_is_given_once(phone: Phone, playground: Playground, with_schema: bool) -> None:
    playground.write(
        "files/site.cfg",
        '<a\n up.idleTimeout="many"/>'
        if not with_schema
        else '<a device.set="1" device.prov.serverType="9" device.prov.serverType.set="1"/>',
    )
    options = {"src": "site.cfg", **({"schema": _lenient_schema(playground)} if with_schema else {})}
    run = playground.play(
        [phone], [{"name": "there", "polycom.vvx.vvx_config": options, "check_mode": True, **MODULE_DOOR}]
    )
    assert run.code == 0, run.output
    told = "".join(run.output.split())
    assert (
        told.count("up.idleTimeoutis") == (0 if with_schema else 1) and told.count("device.prov.serverTypeis") == 0
    ), run.output
    assert with_schema or "site.cfg:2:up.idleTimeoutis" in told


def _lenient_schema(playground: Playground) -> str:
    """One that takes more than the bundled table does."""
    attribute = '<xsd:attribute name="device.prov.serverType" type="xsd:integer"/>'
    return str(
        playground.write(
            "lenient.xsd", f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">{attribute}</xsd:schema>'
        )
    )


def test_values_are_compared_as_the_schema_knows_them(start_fleet: Any, playground: Playground) -> None:
    phone = start_fleet(
        PhoneSpec(layers={"config": {"call.callWaiting.enable": "true", "up.idleTimeout": "060"}}), tls=False
    ).phones[0]
    schema = str(firmware.schema(playground.folder))
    options = {"parameters": {"call.callWaiting.enable": "YES", "up.idleTimeout": "60"}, "schema": schema}
    run = playground.play([phone], both_doors("set", "polycom.vvx.vvx_config", options))
    assert run.code == 0 and "WARNING" not in run.output, run.output
    assert phone.count("config/set") == 0


def test_what_the_user_calls_a_secret_is_never_shown(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(PhoneSpec(name="one", switches=Switches(secrets="real")), tls=False)
    options = {
        "parameters": {"reg.1.displayName": "my-Secret-Name", "reg.1.label": "shown"},
        "sensitive": ["*.displayname"],
        "update_secrets": "always",
    }
    run = playground.play(fleet, both_doors("set", "polycom.vvx.vvx_config", options), "-vvv", "--diff")
    assert run.code == 0, run.output
    assert run.of("set (action)")["secrets_written"] == ["reg.1.displayName"]
    assert values(fleet.phones[0], ["reg.1.displayName"]) == {"reg.1.displayName": "my-Secret-Name"}
    shown = json.dumps([outcome.result for outcome in run.outcomes])
    assert "my-Secret-Name" not in shown and "shown" in shown


def test_parameters_are_checked_without_a_phone(playground: Playground) -> None:
    playground.write("files/site.cfg", '<a>\n  <b reg.1.lable="x"\n     pres.reg="99" up.idleTimeout="60"/>\n</a>')
    schema = str(firmware.schema(playground.folder))
    task = "polycom.vvx.vvx_config_validate"
    play = {
        "name": "Check",
        "hosts": "localhost",
        "gather_facts": False,
        "module_defaults": {"group/polycom.vvx.vvx": {"timeout": 5}},
        "tasks": [
            {"name": "bundled", task: {"src": "site.cfg"}},
            {"name": "strict", task: {"src": "site.cfg", "schema": schema}, "ignore_errors": True},
            {"name": "lenient", task: {"src": "site.cfg", "schema": schema, "fail_on": "never"}},
            {
                "name": "warnings",
                task: {"parameters": {"up.idleTimout": 60}, "fail_on": "warning"},
                "ignore_errors": True,
            },
            {"name": "nothing", task: {}, "ignore_errors": True},
        ],
    }
    run = playground.run(str(playground.write("check.yml", [play])))
    file = str(playground.folder / "files" / "site.cfg")
    warned = run.of("bundled")
    assert [(problem["severity"], problem["parameter"], problem["line"]) for problem in warned["problems"]] == [
        ("warning", "reg.1.lable", 2),
        ("warning", "pres.reg", 3),
    ]
    assert warned["changed"] is False and warned["checked"] == 3
    strict = run.of("strict")
    assert run.state("strict", "localhost") == "failed" and "2 errors and 0 warnings in 3 parameters" in strict["msg"]
    assert strict["problems"] == run.of("lenient")["problems"]
    assert strict["problems"][0] == {
        "severity": "error",
        "parameter": "reg.1.lable",
        "message": "is not in the schema",
        "file": file,
        "line": 2,
        "suggestion": "reg.1.label",
        "layer": None,
        "value": None,
    }
    assert f"{file}:2: reg.1.lable is not in the schema (did you mean reg.1.label?)" in strict["msg"]
    assert "up.idleTimeout" in run.of("warnings")["msg"]
    assert "neither parameters nor src" in run.of("nothing")["msg"]


def test_filters_go_both_ways_without_loss(playground: Playground) -> None:
    parameters = {
        "reg.1.label": " <Zürich> & \"☎\" 'x' ",
        "dialplan.digitmap": "[2-9]11|0T\n\t",
        "up.x": "",
        "device.prov.user": "u",
        "n.n": "{{ 60 }}",
        "b.b": True,
    }
    tasks = [
        {"name": "there", "ansible.builtin.set_fact": {"text": "{{ parameters | polycom.vvx.to_cfg }}"}},
        {"name": "back", "ansible.builtin.set_fact": {"back": "{{ text | polycom.vvx.from_cfg }}"}},
        {"name": "again", "ansible.builtin.assert": {"that": ["text == back | polycom.vvx.to_cfg"]}},
        {
            "name": "file",
            "ansible.builtin.copy": {"content": "{{ text }}", "dest": "{{ playbook_dir }}/out.cfg", "mode": "0600"},
        },
        {
            "name": "read",
            "ansible.builtin.set_fact": {
                "read": "{{ lookup('ansible.builtin.file', 'out.cfg') | polycom.vvx.from_cfg }}"
            },
        },
    ]
    play = {
        "name": "Filters",
        "hosts": "localhost",
        "gather_facts": False,
        "vars": {"parameters": parameters},
        "tasks": tasks,
    }
    run = playground.run(str(playground.write("play.yml", [play])))
    assert run.code == 0, run.output
    back = run.of("back")["ansible_facts"]["back"]
    assert back == {**parameters, "n.n": "60", "b.b": "1"} == run.of("read")["ansible_facts"]["read"]
    assert 'device.prov.user.set="1"' in (playground.folder / "out.cfg").read_text(encoding="utf-8")


IMPOSSIBLE = {
    "'<APPLICATION/>' | polycom.vvx.from_cfg": "master file",
    "[1] | polycom.vvx.from_cfg": "takes the text",
    "'x' | polycom.vvx.to_cfg": "takes a dictionary",
    "{'a.b': [1]} | polycom.vvx.to_cfg": "a.b is a list",
    "{'a.b': 1.1} | polycom.vvx.to_cfg": "a.b is read by YAML as a decimal number",
    "{'a b': 1} | polycom.vvx.to_cfg": "not a parameter name",
    "{'device.foo': 'x', 'device.foo.set': '0'} | polycom.vvx.to_cfg": "device.foo.set is not 1",
    "['no.such.name', 'up.idleTimeout'] | polycom.vvx.parameter_defaults": "no default is known for no.such.name",
    "'up.idleTimeout' | polycom.vvx.parameter_defaults": "takes a list",
    "['x.y'] | polycom.vvx.parameter_defaults(schema='none.xsd')": "No such file",
}
"""What a filter can't do, and what it says."""


@shared_run
def impossible(run_cases: Any) -> SharedRun:
    def case(expression: str) -> Case:
        task = {"name": "go", "ansible.builtin.debug": {"msg": f"{{{{ {expression} }}}}"}, "ignore_errors": True}
        return Case([task])

    return run_cases({f"case-{number}": case(expression) for number, expression in enumerate(IMPOSSIBLE)})


@pytest.mark.parametrize("expression", IMPOSSIBLE)
def test_what_a_filter_can_not_do_it_says(impossible: SharedRun, expression: str) -> None:
    case = f"case-{list(IMPOSSIBLE).index(expression)}"
    assert impossible.state("go", case) == "failed"
    assert IMPOSSIBLE[expression] in " ".join(impossible.part(case).split()), impossible.part(case)


def test_a_default_is_a_schemas_where_there_is_one(playground: Playground) -> None:
    schema = str(firmware.schema(playground.folder))
    names = "['firmware.new.volume', 'reg.1.address']"
    task = {
        "name": "go",
        "ansible.builtin.debug": {"msg": f"{{{{ {names} | polycom.vvx.parameter_defaults(schema='{schema}') }}}}"},
    }
    play = {"name": "Filters", "hosts": "localhost", "gather_facts": False, "tasks": [task]}
    run = playground.run(str(playground.write("play.yml", [play])))
    assert run.of("go")["msg"] == {"firmware.new.volume": "-10", "reg.1.address": ""}, run.output
