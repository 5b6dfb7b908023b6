# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Slices of a job, as AWX deals out hosts, leave parts, and what is merged of these has the bytes of a whole run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible_collections.polycom.vvx.plugins.plugin_utils._parts.part import dumps, loads
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.slices import KeySeal

from simulator import Fleet, PhoneSpec
from support.cases import shared_run
from support.fileserver import file_server
from support.playbook import Playground, Run, inventory
from support.slices import dealt, of_a_slice

SECRET = "zq-in-a-slice-44"
KEY = "zq-signs-plans-0123456789"
RUN = "7"
SLICE = of_a_slice("fleet", int(RUN))
KINDS = ("report", "audit", "plan")
SLICES = (1, 3, 20)
SPECS = (
    PhoneSpec(name="berlin-10"),
    PhoneSpec(name="berlin-9", model="VVX 601", firmware="6.4.0.1"),
    PhoneSpec(name="köln-1", layers={"web": {"reg.1.label": "<b>Empfang & Büro</b>"}}),
    PhoneSpec(name="köln-2"),
    PhoneSpec(name="lost"),
    PhoneSpec(name="locked", admin_password="another"),
    PhoneSpec(name="old", firmware="5.4.0.1"),
    PhoneSpec(name="typo"),
    PhoneSpec(name="right", layers={"config": {"reg.1.label": "Desk right"}}),
    PhoneSpec(name="back", offline=True),
)
COLUMNS = [
    {"name": "Site", "group": "site_*"},
    {"name": "Room", "variable": "room"},
    {"name": "Door", "variable": "door"},
    {"name": "lldp", "query": "running_config.network.lldp", "kind": "boolean"},
]
SEALED = VaultLib().encrypt(SECRET, VaultSecret(b"zq-vault")).decode().replace("\n", "\n  ")
PROJECT = {
    "group_vars/phones.yml": f"""---
vvx_parameters_all:
  reg.1.label: Desk {{{{ inventory_hostname }}}}
  reg.2.auth.password: {SECRET}
""",
    "host_vars/berlin-9.yml": f"door: !vault |\n  {SEALED}\n",
    "host_vars/köln-1.yml": "vvx_parameters_host: no dictionary\n",
    "host_vars/köln-2.yml": "room: '{{ 1 + 1 }}.17'\nvvx_parameters_host: {up.idleTimeout: 60}\n",
    "host_vars/typo.yml": "vvx_parameters_host: {reg.1.lable: x}\n",
    "vault": "zq-vault\n",
}
COMMON = {
    "vvx_columns": COLUMNS,
    "vvx_target_firmware": {"default": "5.9.3.1111"},
    "vvx_formats": ["json", "csv", "html", "markdown", "prometheus"],
    "vvx_details": "out/details.json",
    "vvx_folder": "out",
    "vvx_plan": "out/plan.json",
    "vvx_plan_markdown": "out/plan.md",
    "vvx_plan_key": KEY,
}


def hosts(fleet: Fleet, names: Sequence[str]) -> dict[str, Any]:
    """The inventory as a job has it that sees these hosts only."""
    document = inventory([fleet[name] for name in names], {"ansible_vvx_timeout": 3, "ansible_vvx_lockout_time": 0})
    children = document["all"]["children"]
    for site in ("berlin", "köln"):
        inside = {name: None for name in names if name.startswith(site)}
        if inside:
            children[f"site_{site}"] = {"hosts": inside}
    return document


@dataclass
class Sliced:
    fleet: Fleet
    playground: Playground
    whole: dict[str, Run]
    files: dict[str, bytes]

    @property
    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.files["phones.json"])
        return found

    def run(
        self,
        folder: str,
        names: Sequence[str],
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> Run:
        """In a folder of its own, as each job has one, with the project of all."""
        place = self.playground.folder / folder
        place.mkdir(exist_ok=True)
        playground = Playground(place)
        for name, text in PROJECT.items():
            playground.write(name, text)
        playground.write("inventory.yml", hosts(self.fleet, names))
        given = ("-i", "inventory.yml", "--vault-password-file", "vault", "-e", json.dumps({**COMMON, **extra}))
        return playground.run(*arguments, *given, **(environment or {}))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "out").iterdir())}


@shared_run
def sliced(start_shared_fleet: Any, shared_playground: Any) -> Sliced:
    """A fleet, what a whole report told of it, and what whole runs tell after something has happened."""
    fleet = start_shared_fleet(*SPECS, tls=False)
    made = Sliced(fleet, shared_playground(), {}, {})
    names = [phone.name for phone in fleet]
    assert made.run("before", names, "polycom.vvx.report").code == 0
    fleet["lost"].offline = True
    fleet["back"].offline = False
    fleet["berlin-10"].fault("unregistered")
    begin(made, "whole")
    for kind in KINDS:
        made.whole[kind] = made.run("whole", names, f"polycom.vvx.{kind}")
    made.files = files(made.playground.folder / "whole")
    return made


def begin(sliced: Sliced, folder: str) -> None:
    """With the report of the day before."""
    shutil.copytree(sliced.playground.folder / "before" / "out", sliced.playground.folder / folder / "out")


def at_the_same_time(parts: Path, report: dict[str, Any]) -> None:
    """As if the slices had read when the whole report did: when a phone has started follows from that. Plans say no
    time."""
    booted, seal = {row["cells"]["host"]: row["cells"]["booted"] for row in report["rows"]}, KeySeal(KEY)
    for path in parts.glob("report-part-*.json"):
        part = loads(path.read_bytes(), "report", path.name, seal)
        if "back" in part.phones:  # of all others, the report before knows
            part.phones["back"]["cells"]["booted"] = booted["back"]
        path.write_bytes(dumps(replace(part, made=report["time"]), seal))


@pytest.mark.parametrize("number", SLICES)
def test_parts_of_any_number_of_slices_give_the_bytes_of_a_whole_run(sliced: Sliced, number: int) -> None:
    parts = sliced.playground.folder / f"parts-{number}"
    parts.mkdir()
    names = [phone.name for phone in sliced.fleet]
    for index, part in enumerate(dealt(names, number)):
        run = sliced.run(
            f"slice-{number}-{index}", part, *(f"polycom.vvx.{kind}" for kind in KINDS), vvx_part=str(parts), **SLICE
        )
        assert run.code == 0, run.output
        assert not (sliced.playground.folder / f"slice-{number}-{index}" / "out").exists(), "a slice leaves parts only"
    assert len(list(parts.iterdir())) == min(number, len(names)) * len(KINDS)
    written = "".join(path.read_text(encoding="utf-8") for path in parts.iterdir())
    assert SECRET not in written and KEY not in written

    at_the_same_time(parts, sliced.report)
    requests = {phone.name: phone.count() for phone in sliced.fleet}
    begin(sliced, f"merged-{number}")
    for kind in KINDS:
        run = sliced.run(
            f"merged-{number}", names, "polycom.vvx.merge", vvx_merge=kind, vvx_part=str(parts), vvx_part_run=RUN
        )
        whole = sliced.whole[kind]
        assert run.code == whole.code, run.output
        (merged,), (one,) = run.by(f"vvx_{kind}"), whole.by(f"vvx_{kind}")
        assert told(merged.result) == told(one.result)
        which = merged.result["merged"]
        assert (which["run"], which["parts"]) == (RUN, min(number, len(names))) and which["first"] <= which["last"]
        said = f"Merged from {which['parts']} part{'s' * (which['parts'] > 1)} of run {RUN}, made "
        assert said in merged.result["msg"] and said in " ".join(run.output.split())
        assert marks(run) == marks(whole)
    assert files(sliced.playground.folder / f"merged-{number}") == sliced.files
    assert {phone.name: phone.count() for phone in sliced.fleet} == requests, "a merge asks no phone"


def test_limited_slices_and_a_limited_merge_keep_the_rows_of_others(sliced: Sliced) -> None:
    names = sorted(phone.name for phone in sliced.fleet)
    limit = ("--limit", "berlin-*,lost,right")
    limited = [name for name in names if name.startswith("berlin") or name in ("lost", "right")]
    parts = sliced.playground.folder / "parts-limited"
    parts.mkdir()
    for number, part in enumerate(dealt(limited, 2)):
        run = sliced.run(f"limited-{number}", part, "polycom.vvx.report", *limit, vvx_part=str(parts), **SLICE)
        assert run.code == 0, run.output
    for folder in ("limited-whole", "limited-merged"):
        begin(sliced, folder)
    assert sliced.run("limited-whole", names, "polycom.vvx.report", *limit).code == 0
    whole = files(sliced.playground.folder / "limited-whole")
    at_the_same_time(parts, json.loads(whole["phones.json"]))
    merge = ("polycom.vvx.merge", *limit)
    run = sliced.run("limited-merged", names, *merge, vvx_merge="report", vvx_part=str(parts), vvx_part_run=RUN)
    assert run.code == 0, run.output
    assert files(sliced.playground.folder / "limited-merged") == whole
    after = {"vvx_merge": "report", "vvx_part": str(parts), "polycom_vvx_part_report": "8"}
    run = sliced.run("limited-merged", names, *merge, **after)
    assert "2 parts are stale, not of run 8" in run.by("vvx_report")[0].result["msg"], "the artifact of the slices"
    run = sliced.run("limited-merged", names, merge[0], vvx_merge="report", vvx_part=str(parts), vvx_part_run=RUN)
    assert "no part covers 6 phones: back" in run.by("vvx_report")[0].result["msg"], run.output


def test_parts_on_a_file_server(sliced: Sliced) -> None:
    names = [phone.name for phone in sliced.fleet]
    with file_server() as server:
        server.wanted = "Bearer zq-token-55"
        login = {"VVX_DELIVER_TOKEN": "zq-token-55", "VVX_DELIVER_TO": server.url}
        place = {"vvx_part": server.url, "environment": login, "vvx_plan_key": ""}
        for number, part in enumerate(dealt(names, 2)):
            run = sliced.run(f"sent-{number}", part, "polycom.vvx.audit", **place, **SLICE)
            assert run.code == 0, run.output
        assert len(server.files) == 2
        run = sliced.run("fetched", names, "polycom.vvx.merge", vvx_merge="audit", vvx_part_run=RUN, **place)
        assert run.code == sliced.whole["audit"].code, run.output
        assert files(sliced.playground.folder / "fetched") == {"details.json": sliced.files["details.json"]}
        run = sliced.run(
            "fetched", names, "polycom.vvx.merge", vvx_merge="audit", vvx_part_run=RUN, **{**place, "environment": {}}
        )
        assert "HTTP 401" in run.by("vvx_audit")[0].result["msg"], run.output


def test_parts_that_somebody_has_changed_are_refused(sliced: Sliced) -> None:
    parts = sliced.playground.folder / "parts-forged"
    parts.mkdir()
    playbooks = ("polycom.vvx.audit", "polycom.vvx.report")
    run = sliced.run("forged", ["right"], *playbooks, vvx_part=str(parts), **SLICE)
    assert run.code == 0, run.output
    merge = {"vvx_part": str(parts), "vvx_part_run": RUN}
    for kind in ("audit", "report"):
        run = sliced.run("forged", ["right"], "polycom.vvx.merge", vvx_merge=kind, vvx_plan_key="", **merge)
        told = run.by(f"vvx_{kind}")[0].result["msg"]
        assert run.code == 2 and "is signed, and this merge has no key" in told, run.output
        (path,) = parts.glob(f"{kind}-part-*.json")
        document = json.loads(path.read_text(encoding="utf-8"))
        document["made"] = "2026-11-27T08:00:00Z"
        path.write_text(json.dumps(document), encoding="utf-8")
        run = sliced.run("forged", ["right"], "polycom.vvx.merge", vvx_merge=kind, **merge)
        assert "was changed since a slice has written it" in run.by(f"vvx_{kind}")[0].result["msg"], run.output


def test_a_part_marks_no_phones_that_a_task_before_has_marked(sliced: Sliced) -> None:
    parts = sliced.playground.folder / "parts-own"
    parts.mkdir()
    tasks: list[dict[str, Any]] = [
        {"name": "Audit", "polycom.vvx.vvx_audit": {}},
        {"name": "Marked", "ansible.builtin.debug": {"msg": "{{ '' | polycom.vvx.marked_hosts }}"}, "run_once": True},
        {"name": "Part", "polycom.vvx.vvx_report": {"part": str(parts), "part_run": RUN}},
        {"name": "Not", "ansible.builtin.debug": {"msg": "{{ '' | polycom.vvx.marked_hosts }}"}, "run_once": True},
    ]
    folder = sliced.playground.folder / "own"
    folder.mkdir()
    Playground(folder).write("own.yml", [{"hosts": "phones", "gather_facts": False, "tasks": tasks}])
    run = sliced.run("own", ["berlin-9"], "own.yml")
    assert run.code == 0 and run.of("Marked")["msg"] == ["berlin-9"], run.output
    assert "berlin-9" not in run.of("Not")["msg"], run.output


def test_check_mode_leaves_no_part_and_says_so(sliced: Sliced) -> None:
    parts = sliced.playground.folder / "parts-checked"
    parts.mkdir()
    for place in (parts, parts / "no-mount"):
        in_awx = {"AWX_HOST": "https://awx.example.org", "AWX_ISOLATED_DATA_DIR": str(parts.parent / "artifacts" / "1")}
        run = sliced.run(
            "checked", ["right"], "polycom.vvx.audit", "--check", vvx_part=str(place), environment=in_awx, **SLICE
        )
        result = run.by("vvx_audit")[0].result
        if place == parts:
            (warning,) = result["warnings"]
            assert warning.startswith(f"part (vvx_part): {parts} does not last, because AWX deletes it after the job.")
            assert "would be left in" in result["msg"] and not result["ansible_stats"]["data"], run.output
        else:
            assert run.code == 2 and "there is no folder" in result["msg"], run.output
    assert not list(parts.iterdir())


def test_what_can_not_be_merged_is_refused(sliced: Sliced) -> None:
    names = [phone.name for phone in sliced.fleet]
    for kind in KINDS:
        run = sliced.run("refused", names, f"polycom.vvx.{kind}", **SLICE)
        told = run.by(f"vvx_{kind}")[0].result["msg"]
        assert run.code == 2 and told.startswith("this job is a slice") and "vvx_part" in told, run.output
    empty = str(sliced.playground.folder / "nothing")
    run = sliced.run("refused", names, "polycom.vvx.report", vvx_part=empty)
    assert "nothing says which run this is" in run.by("vvx_report")[0].result["msg"], run.output
    another = {"polycom_vvx_part_plan": RUN, "awx_workflow_job_id": 12, "polycom_vvx_part": {"kind": "plan"}}
    run = sliced.run("refused", names, "polycom.vvx.merge", vvx_merge="audit", vvx_part=empty, **another)
    told = run.by("vvx_audit")[0].result["msg"]
    assert told.startswith("parts: nothing says which run to merge") and "vvx_part_run" in told, run.output
    run = sliced.run("refused", names, "polycom.vvx.merge", vvx_merge="audit", vvx_part=empty, vvx_part_run=RUN)
    assert run.by("vvx_audit")[0].result["msg"].startswith("there is no part of an audit"), run.output
    run = sliced.run("refused", names, "polycom.vvx.merge", vvx_merge="audit", vvx_part=empty, **SLICE)
    assert run.by("vvx_audit")[0].result["msg"].startswith("this job is a slice: parts"), run.output
    run = sliced.run("refused", names, "polycom.vvx.merge", vvx_merge="reports", vvx_part=empty)
    assert run.code == 2 and "vvx_merge is reports." in run.output
    assert not (sliced.playground.folder / "refused" / "out").exists() and not Path(empty).exists()


def marks(run: Run) -> list[tuple[str, str, Any]]:
    """The phones that the run marks, in whatever order they were done."""
    return sorted((each.host, each.state, each.result.get("msg")) for each in run.by("vvx_verdict"))


def told(result: dict[str, Any]) -> dict[str, Any]:
    """All but the folder."""
    handed_over = {
        statistic: {name: value for name, value in values.items() if name not in ("files", "history")}
        if isinstance(values, dict)
        else values
        for statistic, values in result["ansible_stats"]["data"].items()
    }
    return {
        **{
            name: value
            for name, value in result.items()
            if name not in ("files", "history", "ansible_stats", "merged", "msg")
        },
        "msg": result.get("msg", "").partition("Merged from")[0].strip(),
        "handed_over": handed_over,
        "files": [(Path(file["path"]).name, file["changed"]) for file in result["files"]],
    }
