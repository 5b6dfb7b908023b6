# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""configure looks at all phones first, in one process, and gives a task only to those that need one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from simulator import Fleet, PhoneSpec, Switches
from support.cases import shared_run
from support.fixtures import StartFleet
from support.playbook import Playground, Run, inventory

ROOT = Path(__file__).parents[2]
SIP, DEVICE = "reg.1.auth.password", "device.prov.password"
FORTY = {f"reg.{line}.label": "x" for line in range(1, 34)} | {f"reg.{line}.displayName": "x" for line in range(1, 8)}
CONVERGED = {"config": {name: str(value) for name, value in FORTY.items()}}
SURVEY = "Look at all phones"


def configure(playground: Playground, *arguments: str, **environment: str) -> Run:
    return playground.run("polycom.vvx.configure", "-i", "inventory.yml", *arguments, **environment)


def tasks(run: Run) -> list[str]:
    """The hosts that had a task of their own, in their order."""
    return [outcome.host for outcome in run.by("vvx_config")]


def summary(run: Run) -> list[str]:
    parts = run.output.split("\nSUMMARY ")
    assert len(parts) == 2, run.output
    return parts[1].split("\n", 1)[1].rstrip().splitlines()


def counts(run: Run) -> dict[str, int]:
    return {name: number for name, number in run.of(SURVEY)["counts"].items() if number}


def requests(fleet: Fleet) -> dict[str, int]:
    return {phone.name: phone.count() for phone in fleet}


def mixed(start_fleet: StartFleet) -> Fleet:
    """Two phones as desired, and one of each kind that is not."""
    return start_fleet(
        PhoneSpec(name="fine-1", layers=CONVERGED),
        PhoneSpec(name="old-1"),
        PhoneSpec(name="off-1", layers=CONVERGED, offline=True),
        PhoneSpec(name="wrong-1", layers=CONVERGED, admin_password="another-one"),
        PhoneSpec(name="fine-2", layers=CONVERGED),
        PhoneSpec(name="typo-1", layers=CONVERGED),
        PhoneSpec(name="odd-1", layers=CONVERGED),
        tls=False,
    )


def mixed_hosts(fleet: Fleet) -> dict[str, Any]:
    hosts = inventory(fleet, {"vvx_parameters_all": FORTY})
    phones = hosts["all"]["children"]["phones"]["hosts"]
    phones["typo-1"]["vvx_parameters_host"] = {"reg.1.lable": "x"}
    phones["odd-1"]["ansible_vvx_timeout"] = "long"
    return hosts


class ThreeRuns(NamedTuple):
    """Of the same fleet, each with the requests that the phones got."""

    playground: Playground
    check: tuple[Run, dict[str, int]]
    done: tuple[Run, dict[str, int]]
    again: tuple[Run, dict[str, int]]


@shared_run
def three_runs(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> ThreeRuns:
    fleet, playground = mixed(start_shared_fleet), shared_playground()
    playground.write("inventory.yml", mixed_hosts(fleet))
    runs = []
    for arguments in (["--check", "--diff"], ["--diff", "-e", "vvx_summary_file=run.json"], ["--forks=1"]):
        for phone in fleet:
            phone.clear()
        fresh = str(playground.folder / f"state-{len(runs)}")  # no run knows which logins another one was refused
        runs.append((configure(playground, *arguments, COLUMNS="80", XDG_STATE_HOME=fresh), requests(fleet)))
    return ThreeRuns(playground, *runs)


def test_who_gets_a_task_and_what_is_sent(three_runs: ThreeRuns) -> None:
    check, done, again = (run for run, _requests in three_runs[1:])
    assert set(tasks(check)) == set(tasks(done)) == {"old-1", "typo-1", "odd-1", "off-1", "wrong-1", "fine-1"}
    assert tasks(again) == ["typo-1", "odd-1", "off-1", "wrong-1", "fine-1"], "one that is fine comes last"
    asked = {"old-1": 4, "off-1": 0, "wrong-1": 1, "fine-1": 4, "fine-2": 2, "typo-1": 6, "odd-1": 0}
    assert [sent for _run, sent in three_runs[1:]] == [asked, {**asked, "old-1": 8}, {**asked, "old-1": 2}]
    assert counts(check) == {"settled": 2, "differing": 2, "failed": 2, "unreachable": 1}
    assert counts(again) == {"settled": 3, "differing": 1, "failed": 2, "unreachable": 1}


def test_the_user_sees_what_he_has_always_seen(three_runs: ThreeRuns) -> None:
    check, done, again = (run for run, _requests in three_runs[1:])
    assert summary(check)[0] == "7 phones: 1 would change, 2 unchanged, 3 failed, 1 unreachable"
    assert summary(done)[0] == "7 phones: 1 changed, 2 unchanged, 3 failed, 1 unreachable"
    assert summary(again)[0] == "7 phones: 0 changed, 3 unchanged, 3 failed, 1 unreachable"
    assert {run.code for run in (check, done, again)} == {4}
    for run in (check, done):
        assert run.output.count("--- before") == run.output.count("-reg.33.label: ") == 1
        recap = run.output.split("PLAY RECAP")[1].split("\n\n")[0]
        assert "fine-2" not in recap and "old-1                      : ok=1    changed=1 " in recap
    hosts = json.loads((three_runs.playground.folder / "run.json").read_text())["hosts"]
    assert {host: phone["state"] for host, phone in hosts.items()} == {
        **{"fine-1": "unchanged", "fine-2": "unchanged", "odd-1": "failed", "off-1": "unreachable"},
        **{"old-1": "changed", "typo-1": "failed", "wrong-1": "failed"},
    }


def test_a_phone_that_could_not_be_asked_is_not_asked_again(three_runs: ThreeRuns) -> None:
    """Its task tells what it would have told."""
    results = {outcome.host: outcome for outcome in three_runs.done[0].by("vvx_config")}
    off, wrong = results["off-1"], results["wrong-1"]
    assert (off.state, off.result["error"]["kind"], off.result["requests"]) == ("unreachable", "unreachable", 0)
    assert off.result["msg"].startswith("127.77.0.3: ") and "nothing listens on this port. Check" in off.result["msg"]
    assert (wrong.state, wrong.result["requests"]) == ("failed", 0)
    assert wrong.result["error"] == {
        **{"kind": "authentication_failed", "host": "127.77.0.4", "http_status": 401, "status": None},
        "endpoint": "POST /api/v1/mgmt/config/get",
    }
    assert results["odd-1"].result["error"]["kind"] == "settings" and "timeout" in results["odd-1"].result["msg"]
    assert results["typo-1"].result["unknown"] == {"reg.1.lable": ["reg.1.label"]}


def site(
    playground: Playground, hosts: dict[str, Any], plays: list[dict[str, Any]], *arguments: str, **environment: str
) -> Run:
    playground.write("inventory.yml", hosts)
    playground.write("site.yml", plays)
    return playground.run("site.yml", "-i", "inventory.yml", *arguments, **environment)


CONFIGURE = {"import_playbook": "polycom.vvx.configure"}


def play(name: str, *tasks: dict[str, Any], **keywords: Any) -> dict[str, Any]:
    return {"name": name, "hosts": "phones", "gather_facts": False, "tasks": list(tasks), **keywords}


SAY = {"name": "told", "ansible.builtin.debug": {"msg": "still here"}}


def test_plays_of_your_own_as_the_documentation_has_them(start_fleet: StartFleet, playground: Playground) -> None:
    page = (ROOT / "docs" / "fleet.md").read_text(encoding="utf-8")
    example = page.partition("## How a converged fleet costs next to nothing")[2].partition("```yaml\n")[2]
    specs = [PhoneSpec(name=name, layers=CONVERGED) for name in ("fine-1", "fine-2", "fine-3")]
    fleet = start_fleet(*specs, PhoneSpec(name="old-1"), PhoneSpec(name="old-2"), tls=False)
    hosts = inventory(fleet, {"vvx_parameters_all": FORTY})
    plays = [*yaml.safe_load(example.partition("```")[0]), play("behind", SAY)]
    run = site(playground, hosts, plays, "-e", "vvx_summary_file=run.json")
    assert run.code == 0, run.output
    assert sorted(tasks(run)) == ["old-1", "old-2"] and counts(run) == {"settled": 3, "differing": 2}
    assert requests(fleet) == {"fine-1": 2, "fine-2": 2, "fine-3": 2, "old-1": 8, "old-2": 8}
    assert "5 phones: 2 changed, 3 unchanged" in summary(run)
    assert len([outcome for outcome in run.outcomes if outcome.task == "told"]) == 5, "no play ended"
    again = site(playground, hosts, plays)
    assert (tasks(again), counts(again)) == ([], {"settled": 5})
    assert "5 phones: 5 as desired" in again.output


def test_several_times_in_one_run(start_fleet: StartFleet, playground: Playground) -> None:
    """Each time anew, also behind plays that change phones; and dead phones do not end the run."""
    specs = [PhoneSpec(name=name, layers=CONVERGED) for name in ("fine-1", "fine-2")]
    fleet = start_fleet(*specs, PhoneSpec(name="off-1", offline=True), PhoneSpec(name="off-2", offline=True), tls=False)
    spoil = {"name": "spoil", "polycom.vvx.vvx_config": {"parameters": {"reg.1.label": "changed"}}}
    plays = [
        CONFIGURE,
        play("first", {**spoil, "when": "inventory_hostname == 'fine-2'"}),
        CONFIGURE,
        play("second", spoil),
        {**CONFIGURE, "vars": {"vvx_survey": False}},
        play("last", SAY),
    ]
    run = site(playground, inventory(fleet, {"vvx_parameters_all": FORTY}), plays, ANSIBLE_FORKS="1")
    mine = [outcome for outcome in run.by("vvx_config") if outcome.task != "spoil"]
    assert [(each.host, each.state, each.result["changed"]) for each in mine] == [
        *(("off-1", "unreachable", False), ("off-2", "unreachable", False), ("fine-1", "ok", False)),
        *(("fine-2", "ok", True), ("fine-1", "ok", True), ("fine-2", "ok", True)),
    ]
    assert [list(each.result["counts"].values()) for each in run.by("vvx_survey") if each.state == "ok"] == [
        [2, 0, 0, 0, 2],
        [1, 1, 0, 0, 0],
    ]
    assert [outcome.host for outcome in run.outcomes if outcome.task == "told"] == ["fine-1", "fine-2"]
    assert summary(run)[0] == "4 phones: 2 changed, 2 unreachable" and run.code == 4


BROKEN = """
from ansible.plugins.callback import CallbackBase
from ansible.vars.manager import VariableManager

get_vars = VariableManager.get_vars


def refuse(self, *args, **kwargs):
    if kwargs.get("include_hostvars") is False and "_hosts" in kwargs:
        raise TypeError("get_vars() got an unexpected keyword argument")
    return get_vars(self, *args, **kwargs)


class CallbackModule(CallbackBase):
    def __init__(self):
        super().__init__()
        VariableManager.get_vars = refuse
"""


def test_where_ansible_does_not_let_a_task_look_each_phone_has_its_own(
    start_fleet: StartFleet, playground: Playground
) -> None:
    fleet = mixed(start_fleet)
    playground.write("inventory.yml", mixed_hosts(fleet))
    callbacks = playground.write("broken/broken.py", BROKEN).parent
    paths = f"{playground.environment()['ANSIBLE_CALLBACK_PLUGINS']}:{callbacks}"
    run = configure(playground, ANSIBLE_CALLBACK_PLUGINS=paths, COLUMNS="500")
    assert sorted(tasks(run)) == sorted(phone.name for phone in fleet)
    assert run.of(SURVEY)["surveyed"] is False and run.of(SURVEY)["error"]["kind"] == "settings"
    said = " ".join(run.output.split())  # older versions of Ansible break warnings into lines
    assert said.count("[WARNING]: the phones can't be looked at beforehand, so each gets a task of its own: ") == 1
    assert summary(run)[0] == "7 phones: 1 changed, 2 unchanged, 3 failed, 1 unreachable"
    assert requests(fleet)["fine-1"] == 2


def test_keywords_and_arguments_that_a_run_may_have(start_fleet: StartFleet, playground: Playground) -> None:
    specs = [PhoneSpec(name=name, layers=CONVERGED) for name in ("fine-1", "fine-2")]
    fleet = start_fleet(*specs, *(PhoneSpec(name=f"old-{number}") for number in (1, 2, 3)), tls=False)
    hosts = inventory(fleet, {"vvx_parameters_all": FORTY})
    hosts["all"]["children"]["nobody"] = {"hosts": {}}
    playground.write("inventory.yml", hosts)
    names = configure(playground, "--list-hosts")
    assert names.output.count("fine-1") == names.output.count("old-3") == 2 and sum(requests(fleet).values()) == 0
    free = configure(playground, "--check", ANSIBLE_STRATEGY="free")
    assert sorted(tasks(free)) == ["old-1", "old-2", "old-3"] and free.code == 0
    assert summary(free)[0] == "5 phones: 3 would change, 2 unchanged"
    nobody = configure(playground, "-e", "vvx_hosts=nobody")
    assert nobody.code == 0 and nobody.outcomes == [] and summary(nobody)[0].startswith("0 phones: no host")
    limited = configure(playground, "--check", "--limit", "fine-1,old-2", "-e", "vvx_hosts=fine-*,old-*")
    assert (tasks(limited), counts(limited)) == (["old-2"], {"settled": 1, "differing": 1})
    skipped = configure(playground, "--check", "--tags", "nothing")
    assert tasks(skipped) == [] and not skipped.by("vvx_survey")
    without = configure(playground, "--check", "-e", '{"vvx_survey": false, "vvx_workers": ""}', ANSIBLE_FORKS="1")
    assert tasks(without) == [phone.name for phone in fleet]
    assert summary(without)[0] == "5 phones: 3 would change, 2 unchanged"
    odd = configure(playground, "--check", "-e", "vvx_workers=many", COLUMNS="500")
    assert len(tasks(odd)) == 5 and "workers" in odd.of(SURVEY)["msg"] and odd.code == 0


def test_batches_are_of_the_phones_that_have_a_task(start_fleet: StartFleet, playground: Playground) -> None:
    fleet = start_fleet(
        PhoneSpec(name="off-1", offline=True),
        PhoneSpec(name="fine-1", layers=CONVERGED),
        *(PhoneSpec(name=f"old-{number}") for number in (1, 2, 3)),
        PhoneSpec(name="off-2", offline=True),
        tls=False,
    )
    playground.write("inventory.yml", inventory(fleet, {"vvx_parameters_all": FORTY}))
    batches = configure(playground, "--check", "-e", "vvx_serial=1,100%", ANSIBLE_FORKS="1")
    plays = batches.output.split("\nPLAY [Configure phones]")[1:]
    assert [
        sorted(set(re.findall(r"\[((?:old|off|fine)-\d)\]", part.partition("PLAY RECAP")[0]))) for part in plays
    ] == [
        ["old-1"],
        ["old-2", "old-3"],
        ["fine-1", "off-1", "off-2"],
    ]
    assert summary(batches)[0] == "6 phones: 3 would change, 1 unchanged, 2 unreachable"
    fleet["old-1"].fault("http", status="500", path="config/set", times=0)
    stopped = configure(playground, "-e", "vvx_serial=1", "-e", "vvx_max_fail_percentage=0")
    assert tasks(stopped) == ["old-1"] and fleet["old-2"].count("config/set") == 0
    assert summary(stopped)[0] == "2 phones: 0 changed, 1 unchanged, 1 failed"


def test_secrets_that_phones_hide(start_fleet: StartFleet, playground: Playground) -> None:
    """One that something else has set is remembered once, one of which nothing is known is written once, and a new
    value gets to the phone."""
    hidden = Switches(secrets="empty")
    phones = [
        PhoneSpec(name="set-1", layers={"config": {SIP: "x"}}, switches=hidden),
        PhoneSpec(name="flash-1", layers={"device": {DEVICE: "x"}}, switches=hidden),
    ]
    fleet = start_fleet(*phones, tls=False)
    hosts = inventory(fleet)
    variables = hosts["all"]["children"]["phones"]["hosts"]
    variables["set-1"] |= {"vvx_parameters_host": {SIP: "zq-1"}, "ansible_vvx_mac": fleet["set-1"].mac}
    variables["flash-1"] |= {"vvx_parameters_host": {DEVICE: "zq-2"}}
    playground.write("inventory.yml", hosts)
    check = configure(playground, "--check")
    first = configure(playground)
    assert counts(check) == counts(first) == {"differing": 1, "remembering": 1}
    assert sorted(tasks(check)) == sorted(tasks(first)) == ["flash-1", "set-1"]
    assert "1 with secrets to remember" in first.output and first.output.count("the phone does not tell whether") == 1
    again = configure(playground)
    assert (tasks(again), counts(again)) == ([], {"settled": 2})
    assert summary(again)[0] == "2 phones: 0 changed, 2 unchanged"
    left = [line for line in summary(again) if SIP in line]
    assert len(left) == 1 and "1 phone: something else has set it (source config)" in left[0]
    variables["set-1"]["vvx_parameters_host"][SIP] = "zq-new"
    playground.write("inventory.yml", hosts)
    assert tasks(configure(playground)) == ["set-1"] and fleet["set-1"].value(SIP)[0] == "zq-new"
    for run in (check, first, again):
        assert "zq-" not in run.output + json.dumps([outcome.result for outcome in run.outcomes])


XSD = """<?xml version="1.0"?>
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
 <xsd:attribute name="up.labSwitch" type="xsd:boolean"/>
 <xsd:attribute name="up.idleTimeout" type="xsd:string"/>
</xsd:schema>
"""


def test_each_host_may_say_something_else(start_fleet: StartFleet, playground: Playground) -> None:
    """Layers, what to do about secrets and unknown names, the schema, and the variables of the role."""
    same = {"config": {"up.idleTimeout": "55", SIP: "x"}}
    fleet = start_fleet(
        *(
            PhoneSpec(name=name, layers=same)
            for name in ("plain-1", "own-1", "role-1", "always-1", "skip-1", "wrong-1", "empty-1")
        ),
        tls=False,
    )
    hosts = inventory(fleet, {"vvx_parameters_all": {"up.idleTimeout": 55, SIP: "y"}, "vvx_update_secrets": "never"})
    variables = hosts["all"]["children"]["phones"]["hosts"]
    variables["own-1"] |= {"lab": {"up.idleTimeout": 56}, "vvx_layers": ["lab"]}
    variables["role-1"] |= {"lab": {"up.idleTimeout": 57}, "vvx_layers": [], "configure_layers": "{{ ['lab'] }}"}
    variables["always-1"] |= {"configure_update_secrets": "always"}
    variables["skip-1"] |= {"vvx_unknown_parameters": "skip", "vvx_parameters_host": {"reg.1.lable": "x"}}
    variables["wrong-1"] |= {"vvx_update_secrets": "sometimes"}
    variables["empty-1"] |= {"vvx_parameters_host": {"up.idleTimeout": 58}, "vvx_layers": []}
    playground.write("inventory.yml", hosts)
    run = configure(playground, COLUMNS="200")
    assert counts(run) == {"settled": 2, "differing": 4, "failed": 1}
    own = ["always-1", "empty-1", "own-1", "plain-1", "role-1", "wrong-1"]
    assert sorted(tasks(run)) == own, "plain-1 keeps the play going"
    assert [fleet[name].value("up.idleTimeout")[0] for name in ("own-1", "role-1", "plain-1")] == ["56", "57", "55"]
    assert fleet["empty-1"].value("up.idleTimeout")[0] == "58", "an empty list is none"
    assert fleet["always-1"].value(SIP)[0] == "y" and fleet["plain-1"].value(SIP)[0] == "x"
    shown = "\n".join(summary(run))
    assert "Parameters that phones do not know, skipped:\n  1 phone: reg.1.lable (reg.1.label?)\n    skip-1" in shown
    assert run.output.count("Skipped, because the phone does not know it: reg.1.lable") == 1
    assert "3 phones" in shown and "update_secrets is never" in shown
    assert "value of update_secrets must be one of" in shown


def test_the_schema_of_a_host_tells_which_values_are_the_same(start_fleet: StartFleet, playground: Playground) -> None:
    spec = PhoneSpec(name="desk-1", layers={"config": {"up.labSwitch": "1"}})
    fleet = start_fleet(spec, tls=False)
    playground.write("lab.xsd", XSD)
    wish = {"vvx_parameters_all": {"up.labSwitch": "true"}}
    hosts = inventory(fleet, {**wish, "ansible_vvx_schema": str(playground.folder / "lab.xsd")})
    playground.write("inventory.yml", hosts)
    run = configure(playground, "--check")
    assert (tasks(run), counts(run)) == ([], {"settled": 1})
    hosts["all"]["children"]["phones"]["vars"]["ansible_vvx_schema"] = "nowhere.xsd"
    playground.write("inventory.yml", hosts)
    lost = configure(playground, "--check")
    assert tasks(lost) == ["desk-1"] and "nowhere.xsd does not exist" in lost.output and fleet["desk-1"].count() == 1
