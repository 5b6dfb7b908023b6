# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a plan to the phones: polycom.vvx.plan, a look at the file, polycom.vvx.apply."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, PhoneSpec, Switches
from support.fixtures import StartFleet
from support.playbook import MODULE_DOOR, Playground, Run, inventory

KEY = "zq-a-key-that-both-of-them-share"
SECRET = "reg.2.auth.password"
VALUE = "zq-of-line-2"
NAMES = ("hall", "desk", "attic")
WANTED: dict[str, Any] = {"up.idleTimeout": 55, "reg.1.label": "{{ inventory_hostname }}", SECRET: VALUE}
AS_DESIRED = {"config": {"up.idleTimeout": "55", "reg.1.label": "attic", SECRET: VALUE}}

SAME = ("changed", "before", "after", "secrets_written", "secrets_skipped", "restart_required", "batches", "wave")
"""What check mode foretells."""


class Project:
    """Three phones, of which the attic's is as desired, and the playbooks that people run on them."""

    def __init__(self, fleet: Fleet, playground: Playground) -> None:
        self.fleet = fleet
        self.playground = playground
        self.say({"vvx_parameters_all": WANTED})

    def say(self, variables: Mapping[str, Any], **hosts: Mapping[str, Any]) -> None:
        """Write the inventory."""
        document = inventory(self.fleet, {"vvx_plan_key": KEY, **variables})
        for host, more in hosts.items():
            document["all"]["children"]["phones"]["hosts"][host] |= more
        self.playground.write("inventory.yml", document)

    def plan(self, *arguments: str) -> dict[str, Any]:
        run = self.playground.run("polycom.vvx.plan", "-i", "inventory.yml", *arguments)
        assert run.code == 0, run.output
        self.forget()
        found: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return found

    def apply(self, *arguments: str, **environment: str) -> Run:
        self.forget()
        return self.playground.run("polycom.vvx.apply", "-i", "inventory.yml", *arguments, **environment)

    def forget(self) -> None:
        """Count requests from here on."""
        self.earlier = {phone.name: len(phone.log) for phone in self.fleet}

    def values(self, parameter: str) -> list[str]:
        return [phone.value(parameter)[0] for phone in self.fleet]

    def sent(self) -> dict[str, int]:
        return {phone.name: len(phone.log) - self.earlier[phone.name] for phone in self.fleet}

    def written(self) -> list[str]:
        return [
            phone.name
            for phone in self.fleet
            if any(request.path.endswith("config/set") for request in phone.log[self.earlier[phone.name] :])
        ]

    @property
    def path(self) -> Path:
        return self.playground.folder / "plan.json"

    def journals(self) -> list[Path]:
        return sorted(self.playground.folder.glob("*.journal"))


def states(run: Run) -> dict[str, str]:
    """What became of each phone that had a task."""
    return {outcome.host: outcome.state for outcome in run.by("vvx_apply")}


@pytest.fixture
def project(start_fleet: StartFleet, playground: Playground) -> Project:
    specs = [PhoneSpec(name=name, layers=AS_DESIRED if name == "attic" else {}) for name in NAMES]
    return Project(start_fleet(*specs, tls=False), playground)


def test_what_the_plan_says_is_done_once(project: Project) -> None:
    plan = project.plan()
    changes = {host: [each["parameter"] for each in said.get("changes", ())] for host, said in plan["phones"].items()}
    assert changes == {"attic": [], "desk": sorted(WANTED), "hall": sorted(WANTED)}

    checked = project.apply("--check", "--diff")
    assert checked.code == 0 and project.written() == [] and project.journals() == [], checked.output
    done = project.apply("--diff")
    assert done.code == 0, done.output
    assert states(done) == {"desk": "ok", "hall": "ok"} and project.sent()["attic"] == 0
    assert project.values("up.idleTimeout") == ["55"] * 3 and project.values(SECRET) == [VALUE] * 3
    assert [phone.count("config/set") for phone in project.fleet] == [1, 1, 0]
    foreseen, became = ({each.host: each.result for each in run.by("vvx_apply")} for run in (checked, done))
    for host in ("desk", "hall"):
        assert {key: foreseen[host][key] for key in SAME} == {key: became[host][key] for key in SAME}
        assert became[host]["changed"] is True and became[host]["secrets_written"] == [SECRET]
        assert became[host]["lines_after"] == became[host]["lines_before"] == [1]
    assert done.output.count("-up.idleTimeout: 40") == 1, "equal differences are shown once, for both phones"
    assert len(project.journals()) == 1

    again = project.apply()
    assert again.code == 0 and project.sent() == dict.fromkeys(NAMES, 0), again.output

    everything = (
        done.output + checked.output + again.output + project.path.read_text() + project.journals()[0].read_text()
    )
    assert "zq-" not in everything + json.dumps([each.result for each in done.outcomes])


def test_a_phone_that_has_changed_since_is_left_alone(project: Project) -> None:
    project.plan()
    project.fleet["desk"].set_layer("web", {"up.idleTimeout": "41"})
    for arguments in (["--check"], []):
        run = project.apply("-e", "vvx_canary=0 vvx_max_failures=1", *arguments)
        assert run.code == 2, run.output
        result = next(each.result for each in run.by("vvx_apply") if each.host == "desk")
        assert result["error"]["kind"] == "stale" and result["changed"] is False
        assert "up.idleTimeout" in result["msg"] and "41" in result["msg"] and "40" in result["msg"]
        assert "desk" not in project.written() and project.sent()["desk"] <= 2
        assert states(run)["hall"] == "ok"
    assert project.values("up.idleTimeout") == ["55", "41", "55"]
    project.plan()
    assert project.apply().code == 0 and project.values("up.idleTimeout") == ["55"] * 3


REFUSED: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "another value": ({}, {"vvx_parameters_all": {**WANTED, "up.idleTimeout": 56}}, "of 3 phones have changed"),
    "another secret": ({}, {"vvx_parameters_all": {**WANTED, SECRET: "zq-new"}}, "of 3 phones have changed"),
    "one parameter more": ({}, {"vvx_parameters_host": {"reg.3.label": "x"}}, "of 3 phones have changed"),
    "one parameter less": ({}, {"vvx_parameters_all": {"up.idleTimeout": 55}}, "of 3 phones have changed"),
    "another key": ({"key": "zq-the-key-of-somebody-else"}, {}, "not signed with this vvx_plan_key"),
    "changed by hand": ({"plan": "altered.json"}, {}, "was changed since"),
    "not there": ({"plan": "nowhere.json"}, {}, "nowhere.json"),
}
"""Options of the task, its variables, and what it says."""


def test_a_plan_that_no_longer_holds_is_refused_before_anything_is_sent(project: Project) -> None:
    project.plan()
    text = project.path.read_text(encoding="utf-8")
    project.playground.write("altered.json", text.replace('"55"', '"99"', 1))
    tasks: list[dict[str, Any]] = [
        {
            "name": name,
            "polycom.vvx.vvx_rollout": {"plan": "plan.json", "key": KEY, **options},
            "vars": variables,
            "run_once": True,
            "ignore_errors": True,
        }
        for name, (options, variables, _said) in {"fine": ({}, {}, ""), **REFUSED}.items()
    ]
    apply = {"name": "apply", "polycom.vvx.vvx_apply": {}, "ignore_errors": True}
    project.playground.write("play.yml", [{"hosts": "phones", "gather_facts": False, "tasks": [*tasks, apply]}])
    run = project.playground.run("play.yml", "-i", "inventory.yml")
    for name, (_options, _variables, said) in REFUSED.items():
        result = run.of(name)
        assert result["error"]["kind"] == "settings" and said in result["msg"], f"{name}: {result}"
        assert "Nothing was sent" in result["msg"] and "zq-" not in json.dumps(result), f"{name}: {result}"
    assert run.state("fine", "hall") == "ok" and set(states(run).values()) == {"failed"}
    assert "is being rolled out" in run.output, "what was fine before a refusal is not rolled out after it"
    assert project.sent() == dict.fromkeys(NAMES, 0) and len(project.journals()) == 1


def test_a_limit_leaves_the_others_for_later(project: Project) -> None:
    project.plan()
    first = project.apply("--limit", "desk")
    assert first.code == 0 and project.written() == ["desk"], first.output
    rest = project.apply()
    assert rest.code == 0 and project.written() == ["hall"] and project.sent()["desk"] == 0, rest.output


def test_a_failure_ends_in_the_journal_and_is_tried_again(project: Project) -> None:
    project.plan()
    project.fleet["hall"].fault("http", status="500", path="config/set", times=0)
    first = project.apply()
    assert first.code == 2 and states(first) == {"desk": "ok", "hall": "failed"}, first.output
    (journal,) = project.journals()
    lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    last = {line["host"]: line["state"] for line in lines if "host" in line}
    assert last == {"desk": "done", "hall": "failed"}
    project.fleet["hall"].clear()
    again = project.apply()
    assert again.code == 0 and project.written() == ["hall"] and states(again) == {"hall": "ok"}, again.output


def test_through_a_jump_host(project: Project) -> None:
    """In a play of one's own; the module there gets neither the plan nor its key."""
    project.plan()
    prepare = {"name": "prepare", "polycom.vvx.vvx_rollout": {"plan": "plan.json", "key": KEY}, "run_once": True}
    project.playground.write(
        "play.yml",
        [
            {"hosts": "phones", "gather_facts": False, "tasks": [prepare]},
            {
                "hosts": "phones",
                "gather_facts": False,
                "tasks": [{"name": "apply", "polycom.vvx.vvx_apply": {}, **MODULE_DOOR}],
            },
        ],
    )
    run = project.playground.run("play.yml", "-i", "inventory.yml", "-vvvv")
    assert run.code == 0, run.output
    assert project.written() == ["hall", "desk"] and project.values(SECRET) == [VALUE] * 3, run.output
    assert states(run) == {"hall": "ok", "desk": "ok", "attic": "skipped"} and project.sent()["attic"] == 0
    assert "zq-" not in json.dumps([each.result for each in run.by("vvx_apply")]) and KEY not in run.output


def test_without_a_rollout_nothing_is_sent(project: Project) -> None:
    project.forget()
    run = project.playground.play(project.fleet, [{"name": "apply", "polycom.vvx.vvx_apply": {}}])
    assert run.code == 2 and project.sent() == dict.fromkeys(NAMES, 0)
    assert "polycom.vvx.apply" in run.of("apply", "desk")["msg"]


def test_the_same_plan_once_more_is_not_taken_for_done(project: Project) -> None:
    first = project.plan()
    assert project.apply().code == 0 and len(project.written()) == 2
    for phone in project.fleet:
        if phone.name != "attic":
            phone.reset("web")
    again = project.plan("--check")
    assert again["id"] == first["id"] and "planned" not in project.journals()[0].read_text()
    assert project.plan()["id"] == first["id"], "the phones are as they were"
    run = project.apply()
    assert run.code == 0 and project.written() == ["hall", "desk"], run.output
    assert project.apply().by("vvx_apply") == [] and project.sent() == dict.fromkeys(NAMES, 0)


XSD = """<?xml version="1.0"?>
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
 <xsd:simpleType name="StringPassword"><xsd:restriction base="xsd:string"/></xsd:simpleType>
 <xsd:attribute name="up.labSwitch" type="xsd:boolean"/>
 <xsd:attribute name="up.labWord" type="StringPassword"/>
</xsd:schema>
"""


@pytest.mark.parametrize("elsewhere", [False, True])
def test_what_only_the_schema_knows_holds_for_both(
    start_fleet: StartFleet, playground: Playground, elsewhere: bool
) -> None:
    """Which texts are the same value, and which values are secrets."""
    had = {"config": {"up.labSwitch": "0", "up.labWord": "zq-old-word"}}
    project = Project(start_fleet(PhoneSpec(name="desk", layers=had), tls=False), playground)
    playground.write("lab.xsd", XSD)
    wish = {"up.labSwitch": "true", "up.labWord": "zq-new-word"}
    project.say({"vvx_parameters_all": wish, "ansible_vvx_schema": str(playground.folder / "lab.xsd")})
    changes = {each["parameter"]: each for each in project.plan()["phones"]["desk"]["changes"]}
    assert changes["up.labSwitch"]["after"] == "1" and changes["up.labWord"]["secret"] is True
    play = {"hosts": "phones", "gather_facts": False}
    rollout = {"polycom.vvx.vvx_rollout": {"plan": "plan.json", "key": KEY}, "run_once": True}
    apply = {"polycom.vvx.vvx_apply": {}, **(MODULE_DOOR if elsewhere else {})}
    playground.write("play.yml", [{**play, "tasks": [rollout]}, {**play, "tasks": [apply]}])
    run = playground.run("play.yml", "-i", "inventory.yml", "--diff")
    (outcome,) = run.by("vvx_apply")
    assert outcome.result["secrets_written"] == ["up.labWord"] and outcome.result["after"] == {"up.labSwitch": "1"}
    assert project.values("up.labSwitch") == ["1"] and project.values("up.labWord") == ["zq-new-word"]
    assert "zq-" not in run.output + json.dumps(outcome.result) + project.journals()[0].read_text()


def test_the_secrets_that_it_writes_are_remembered_where_the_inventory_says(
    start_fleet: StartFleet, playground: Playground
) -> None:
    hidden = PhoneSpec(name="desk", switches=Switches(secrets="empty"))
    project = Project(start_fleet(hidden, tls=False), playground)
    memory = {
        "ansible_vvx_state_path": str(playground.folder / "mounted"),
        "ansible_vvx_secrets_key": "zq-key-of-the-memory",
    }
    project.say({"vvx_parameters_all": {SECRET: VALUE}, **memory})
    project.plan()
    assert project.apply().code == 0 and project.written() == ["desk"]
    assert project.plan()["phones"]["desk"].get("changes", []) == [] and (playground.folder / "mounted").is_dir()
    project.say({"vvx_parameters_all": {SECRET: "zq-another"}, **memory})
    (change,) = project.plan()["phones"]["desk"]["changes"]
    assert project.apply().code == 0 and project.values(SECRET) == ["zq-another"], change
