# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan says exactly what would change, in the same bytes everywhere, and changes nothing itself."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ansible.release import __version__
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout import plan as plans

from simulator import Fleet, PhoneSpec
from support.cases import shared_run
from support.playbook import Playground, Run, inventory

KEY = "zq-signs-plans-0123456789"
SECRET = "zq-plan-secret-17"
KEEPS_ORIGINS = tuple(int(part) for part in __version__.split(".")[:2]) >= (2, 19)
HOSTILE = "a|b`c <img src=x> @all\n# [x](http://x)"
SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "plan.schema.json").read_text(encoding="utf-8"))
SPECS = (
    PhoneSpec(name="p10", layers={"web": {"reg.1.label": HOSTILE}}),
    PhoneSpec(name="p2"),
    PhoneSpec(name="right", layers={"config": {"reg.1.label": "Desk", "reg.2.auth.password": SECRET}}),
    PhoneSpec(name="typo"),
    PhoneSpec(name="offline", offline=True),
    PhoneSpec(name="locked", admin_password="another"),
    PhoneSpec(name="wrong"),
)
PROJECT = {
    "group_vars/phones/vars.yml": f"""---
vvx_parameters_all:
  reg.1.label: Desk
  reg.2.auth.password: {SECRET}
vvx_plan_key: {KEY}
ansible_vvx_timeout: 3
""",
    "host_vars/p2.yml": """---
vvx_parameters_host:
  device.sntp.serverName: ntp.example.org
""",
    "host_vars/typo.yml": """---
vvx_parameters_host:
  reg.1.lable: x
""",
    "host_vars/wrong.yml": """---
vvx_parameters_host: Desk
""",
}


def write(playground: Playground, fleet: Fleet, folder: str, backwards: bool = False) -> str:
    """A project; the path of its inventory."""
    for name, text in PROJECT.items():
        playground.write(f"{folder}/{name}", text)
    hosts = inventory(list(fleet)[:: -1 if backwards else 1])
    return str(playground.write(f"{folder}/hosts.yml", hosts).relative_to(playground.folder))


@dataclass
class Planned:
    fleet: Fleet
    playground: Playground
    hosts: str
    run: Run
    requests: dict[str, int]

    @property
    def result(self) -> dict[str, Any]:
        return self.run.by("vvx_plan")[0].result

    def file(self, name: str = "plan.json") -> bytes:
        return (self.playground.folder / name).read_bytes()


@shared_run
def planned(start_shared_fleet: Any, shared_playground: Any) -> Planned:
    fleet = start_shared_fleet(*SPECS, tls=False)
    playground = shared_playground()
    hosts = write(playground, fleet, "inventory")
    run = playground.run("polycom.vvx.plan", "-i", hosts, "-e", "vvx_plan_markdown=plan.md", COLUMNS="80")
    return Planned(fleet, playground, hosts, run, {phone.name: phone.count() for phone in fleet})


def test_the_file_says_exactly_what_would_change(planned: Planned) -> None:
    document = json.loads(planned.file())
    jsonschema.validate(document, SCHEMA)
    plan = plans.loads(planned.file(), KEY, "plan.json")
    assert plan.hosts == {
        "change": ["p2", "p10"],
        "same": ["right"],
        "unknown": ["typo"],
        "error": ["locked", "offline", "wrong"],
    }
    changes = {change.parameter: change for change in plan.phones["p2"].changes}
    assert list(changes) == ["device.sntp.serverName", "reg.1.label", "reg.2.auth.password"]
    label = plan.phones["p10"].changes[0]
    assert (label.before, label.source, label.after, label.layer) == (HOSTILE, "web", "Desk", "vvx_parameters_all")
    if KEEPS_ORIGINS:
        assert (label.file, label.line) == ("inventory/group_vars/phones/vars.yml", 3)
    password = changes["reg.2.auth.password"]
    assert password.secret and password.after == "(secret)" and password.because
    assert plan.phones["p2"].restart == "reboot" and "device.sntp.serverName" in plan.phones["p2"].restart_reasons
    assert {host: (each.error or {}).get("kind") for host, each in plan.phones.items() if each.error} == {
        "locked": "authentication_failed",
        "offline": "unreachable",
        "wrong": "settings",
    }
    assert plan.options == plans.Options(
        (
            "vvx_parameters_all",
            "vvx_parameters_model",
            "vvx_parameters_site",
            "vvx_parameters_group",
            "vvx_parameters_host",
        )
    )


def test_nothing_is_changed_on_phones(planned: Planned) -> None:
    assert planned.run.code == 0, planned.run.output
    assert [phone.count("config/set") for phone in planned.fleet] == [0] * len(SPECS)
    assert planned.requests == {"p10": 2, "p2": 2, "right": 2, "typo": 2, "offline": 0, "locked": 1, "wrong": 0}


def test_no_secret_gets_out(planned: Planned) -> None:
    everything = planned.run.output + json.dumps(planned.result) + (planned.file() + planned.file("plan.md")).decode()
    assert SECRET not in everything and KEY not in everything
    marks = [phone["desired"] for phone in json.loads(planned.file())["phones"].values() if "desired" in phone]
    assert len(set(marks)) == len(marks) == 6


def test_the_screen_says_it_and_the_next_step(planned: Planned) -> None:
    lines = planned.run.output[planned.run.output.index("\nPlan ") + 1 :].splitlines()
    shown = lines[: next(index for index, line in enumerate(lines) if "vvx_plan=plan.json" in line) + 1]
    assert len(shown) <= 40 and max(map(len, shown)) <= 80
    text = " ".join(" ".join(shown).replace("\\", "").split())
    assert "7 phones: 2 change, 1 is as desired, 1 does not know some parameters, 3 could not be read." in text
    assert f"Next: ansible-playbook polycom.vvx.apply -i {planned.hosts} -e vvx_plan=plan.json" in text
    assert "reg.1.lable (did you mean reg.1.label?)" in text and "connection refused" in text


def test_the_result_is_small_and_goes_to_awx(planned: Planned) -> None:
    result = planned.result
    assert result["counts"] == {"change": 2, "same": 1, "unknown": 1, "error": 3} and result["changed"]
    assert result["hosts"]["change"] == ["p2", "p10"] and result["restarts"] == {
        "reboot": 1,
        "restart": 0,
        "unknown": 1,
    }
    handed_over = result["ansible_stats"]["data"]["polycom_vvx_plan"]
    assert handed_over == {
        name: result[name] for name in ("plan", "summary", "phones", "counts", "hosts", "parameters", "restarts")
    }


def test_the_text_for_a_merge_request(planned: Planned) -> None:
    text = planned.file("plan.md").decode()
    assert text.startswith(f"# Plan {planned.result['plan']}\n\n7 phones: 2 change,")
    assert "<img" not in text and "](http" not in text
    assert "| `reg.1.label` | <code>a&#124;b" in text


def test_another_computer_writes_the_same_bytes(planned: Planned, tmp_path: Path) -> None:
    """Another folder, another working folder, another order of hosts, other forks."""
    playground = Playground(tmp_path / "elsewhere" / "deep")
    hosts = write(playground, planned.fleet, "project/inventory", backwards=True)
    playground.write("project/ansible.cfg", "")
    more = ("-e", "vvx_plan=new/plan.json", "-e", "vvx_plan_markdown=new/plan.md", "--forks", "1")
    run = playground.run("polycom.vvx.plan", "-i", hosts, *more, "-e", "vvx_workers=2")
    assert run.code == 0
    for name in ("plan.json", "plan.md"):
        assert (playground.folder / "new" / name).read_bytes() == planned.file(name)
    again = playground.run("polycom.vvx.plan", "-i", hosts, *more, "--limit", "p2,p10,right,typo,offline,locked,wrong")
    assert not again.by("vvx_plan")[0].result["changed"]
    shutil.rmtree(playground.folder / "new")
    check = playground.run("polycom.vvx.plan", "-i", hosts, *more, "--check")
    assert not (playground.folder / "new").exists() and check.by("vvx_plan")[0].result["changed"]
    assert "new/plan.json and new/plan.md not written" in " ".join(check.output.split())
    assert f"Plan {planned.result['plan']}: 7 phones: 2 change" in check.output


@pytest.mark.parametrize("key", ["", "short"])
def test_without_a_key_nothing_is_read(planned: Planned, key: str) -> None:
    before = [phone.count() for phone in planned.fleet]
    run = planned.playground.run(
        "polycom.vvx.plan", "-i", planned.hosts, "-e", f"vvx_plan_key={key}", "-e", "vvx_plan=x.json"
    )
    result = run.by("vvx_plan")[0].result
    assert run.code == 2 and result["error"]["kind"] == "settings" and "vvx_plan_key" in result["msg"]
    assert [phone.count() for phone in planned.fleet] == before and not (planned.playground.folder / "x.json").exists()


def test_a_slice_of_a_job_is_refused(planned: Planned) -> None:
    sliced = json.dumps({"awx_workflow_job_name": "a", "awx_job_template_name": "a", "vvx_plan": "x.json"})
    before = [phone.count() for phone in planned.fleet]
    run = planned.playground.run("polycom.vvx.plan", "-i", planned.hosts, "-e", f"vvx_plan_key={KEY}", "-e", sliced)
    assert run.code == 2 and run.by("vvx_plan")[0].result["msg"].startswith("this job is a slice"), run.output
    assert [phone.count() for phone in planned.fleet] == before and not (planned.playground.folder / "x.json").exists()


def test_a_pipeline_may_want_to_fail_and_may_skip_what_phones_lack(planned: Planned) -> None:
    more = json.dumps(
        {
            "vvx_fail_on": ["change", "error"],
            "vvx_unknown_parameters": "skip",
            "vvx_update_secrets": "never",
            "vvx_plan_timestamp": True,
            "vvx_plan": "other.json",
        }
    )
    run = planned.playground.run("polycom.vvx.plan", "-i", planned.hosts, "-e", more)
    plan = plans.loads(planned.file("other.json"), KEY, "other.json")
    jsonschema.validate(json.loads(planned.file("other.json")), SCHEMA)
    assert plan.made and plan.hosts["change"] == ["p2", "p10", "typo"] and plan.hosts["unknown"] == []
    assert not [change for each in plan.phones.values() for change in each.changes if change.secret]
    assert run.code == 4
    marks = {outcome.host: outcome.state for outcome in run.by("vvx_verdict")}
    assert marks["offline"] == "unreachable" and marks["p2"] == marks["locked"] == "failed" and "right" not in marks


def test_nothing_to_change_fails_the_run_and_no_phone(planned: Planned, tmp_path: Path) -> None:
    more = {"vvx_fail_on": "nothing", "vvx_plan": "same.json", "vvx_deliver_to": str(tmp_path), "vvx_hosts": "right"}
    arguments = ("polycom.vvx.plan", "-i", planned.hosts, "-e")
    run = planned.playground.run(*arguments, json.dumps(more))
    (made,), (mark,) = run.by("vvx_plan"), run.by("vvx_verdict")
    assert run.code == 2 and made.state == "ok", run.output
    assert {"polycom_vvx_plan", "polycom_vvx_plan_file"} <= made.result["ansible_stats"]["data"].keys()
    assert plans.loads((tmp_path / "same.json").read_bytes(), KEY, "same.json").hosts["same"] == ["right"]
    assert (mark.host, mark.state) == ("localhost", "failed")
    assert mark.result["msg"] == "No phone would change, so there is nothing to approve."

    run = planned.playground.run(*arguments, json.dumps({**more, "vvx_hosts": "phones"}), "--limit", "right")
    (mark,) = run.by("vvx_verdict")
    assert run.code == 2 and (mark.host, mark.state) == ("right", "failed"), run.output
    assert "because --limit leaves out localhost" in mark.result["msg"]

    run = planned.playground.run(*arguments, json.dumps({**more, "vvx_hosts": "right,p2"}))
    assert run.code == 0 and run.by("vvx_verdict") == [], run.output


@pytest.mark.parametrize("given", ["", "vvx_journal", "ansible_vvx_state_path"])
def test_a_plan_that_apply_will_refuse_says_so_before_the_approval(planned: Planned, given: str) -> None:
    more = {"vvx_plan": "handed-over.json", "vvx_hosts": "p2", given or "vvx_layers": "/shared/vvx" if given else ""}
    run = planned.playground.run(
        "polycom.vvx.plan", "-i", planned.hosts, "-e", json.dumps(more), AWX_HOST="https://awx.example.org"
    )
    assert run.code == 0, run.output
    result, told = run.by("vvx_plan")[0].result, "Neither vvx_journal nor ansible_vvx_state_path is set"
    assert any(warning.startswith(told) for warning in result.get("warnings", [])) is not bool(given), run.output
    handed_over = result["ansible_stats"]["data"]["polycom_vvx_plan"]["summary"]
    assert (told in " ".join(handed_over.split())) is not bool(given), "the notification of the approval shows this"
