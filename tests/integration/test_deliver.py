# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the playbooks find leaves the job: to a file server, a mounted folder and the artifact, whatever phones fail."""

from __future__ import annotations

import io
import json
import re
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, PhoneSpec
from support.fileserver import FileServer, file_server
from support.playbook import Playground, Run, inventory
from support.slices import dealt, of_a_slice

TOKEN = "t0ken-Of-Yore-42"
KEY = "signs-plans-of-this-test"
SPECS = (
    PhoneSpec(name="a-offline", offline=True),  # the first one: what is run once must not hang on it
    PhoneSpec(name="b-right", layers={"config": {"reg.1.label": "Desk"}}),
    PhoneSpec(name="c-differs"),
)
NAMES = [spec.name for spec in SPECS]
VARIABLES = {"vvx_parameters_all": {"reg.1.label": "Desk"}, "vvx_plan_key": KEY, "ansible_vvx_timeout": 5}


@pytest.fixture
def fleet(start_fleet: Any) -> Fleet:
    started: Fleet = start_fleet(*SPECS, tls=False)
    return started


@pytest.fixture
def server(tmp_path: Path) -> Iterator[FileServer]:
    with file_server(tmp_path) as running:
        running.wanted = f"Bearer {TOKEN}"
        yield running


@pytest.fixture
def play(fleet: Fleet, server: FileServer, playground: Playground) -> Any:
    """Run a playbook with places to deliver to. ``phones``: the only ones in the inventory."""
    hosts = str(playground.write("hosts.yml", inventory(fleet, VARIABLES)))
    environment = {"VVX_DELIVER_TOKEN": TOKEN, "VVX_DELIVER_CA_PATH": server.ca, "ANSIBLE_SHOW_CUSTOM_STATS": "true"}

    def run(name: str, *more: str, to: Any = None, phones: Sequence[str] = (), **variables: str) -> Run:
        some = str(playground.write("some.yml", inventory([fleet[phone] for phone in phones], VARIABLES)))
        places = {"vvx_deliver_to": [server.url] if to is None else to}
        arguments = ("-i", some if phones else hosts, "-e", json.dumps(places), *more)
        done = playground.run(f"polycom.vvx.{name}", *arguments, **environment | variables)
        assert TOKEN not in done.output + json.dumps([each.result for each in done.outcomes])
        return done

    return run


def delivered(run: Run) -> list[str]:
    """Names of what the run has delivered."""
    (outcome,) = run.by("vvx_deliver")
    return sorted(each["name"] for each in outcome.result["delivered"])


def test_report_audit_plan_and_facts_reach_the_server(play: Any, server: FileServer, playground: Playground) -> None:
    report = play("report")
    assert delivered(report) == server.names() == ["phones.csv", "phones.html", "phones.json", "phones.md"]
    for name in server.names():
        assert server.files[f"/vvx/{name}"] == (playground.folder / "reports" / name).read_bytes()
    audit = play("audit", "-e", "vvx_details=drift.json")
    assert audit.code != 0 and delivered(audit) == ["drift.json"]
    assert set(json.loads(server.files["/vvx/drift.json"])) == {"a-offline", "b-right", "c-differs"}
    (playground.folder / "mount").mkdir()
    plan = play("plan", "-e", "vvx_plan_markdown=plan.md", to=[server.url, str(playground.folder / "mount")])
    assert delivered(plan) == ["plan.json", "plan.json", "plan.md", "plan.md"]
    assert (playground.folder / "mount" / "plan.json").read_bytes() == server.files["/vvx/plan.json"]
    facts = play("facts", "-e", "vvx_facts_file=facts.json")
    assert delivered(facts) == ["facts.json"] and set(json.loads(server.files["/vvx/facts.json"])) == {
        "b-right",
        "c-differs",
    }


def test_a_backup_is_one_file(play: Any, server: FileServer) -> None:
    run = play("backup", "-e", "vvx_name=today")
    assert delivered(run) == server.names() == ["backup-today.tar.gz"]
    with tarfile.open(fileobj=io.BytesIO(server.files["/vvx/backup-today.tar.gz"])) as tar:
        names = [f"today/{phone}.{layer}.cfg" for phone in ("b-right", "c-differs") for layer in ("all", "device")]
        assert tar.getnames() == names
    refused = play("backup", "-e", "vvx_name=today", to="artifact")
    assert refused.code != 0 and "an archive is not put into an artifact" in refused.output


def test_a_backup_has_the_files_of_its_run_only(play: Any, server: FileServer, playground: Playground) -> None:
    playground.write("backups/today/gone.all.cfg", "of an earlier run")
    run = play("backup", "-e", "vvx_name=today", "-e", "vvx_serial=2", "-e", 'vvx_types=["all"]')
    with tarfile.open(fileobj=io.BytesIO(server.files["/vvx/backup-today.tar.gz"])) as tar:
        assert tar.getnames() == ["today/b-right.cfg", "today/c-differs.cfg"]
    assert len(delivered(run)) == 1
    assert play("backup", "-e", "vvx_serial=2").by("vvx_deliver")
    assert len([name for name in server.names() if re.fullmatch(r"backup-20[0-9-]{8}\.tar\.gz", name)]) == 1
    check = play("backup", "-e", "vvx_name=other", "--check")
    assert delivered(check) == ["backup-other.tar.gz"] and "backup-other.tar.gz" not in server.names()


def test_a_place_for_all_playbooks_may_name_the_artifact(play: Any, server: FileServer) -> None:
    run = play("backup", "-e", "vvx_name=both", to=[server.url, "artifact"])
    assert delivered(run) == server.names() == ["backup-both.tar.gz"]
    assert "an archive is not put into an artifact" in run.output
    run = play("backup", "-e", "vvx_name=both", to="", VVX_DELIVER_TO="artifact")
    assert run.by("vvx_deliver")[0].state == "skipped" and "an archive is not put into an artifact" in run.output


def test_slices_and_limited_runs_deliver_beside_each_other(play: Any, server: FileServer) -> None:
    slice_ = ("-e", json.dumps(of_a_slice("backup")))
    jobs: list[tuple[tuple[str, ...], list[str]]] = [
        *((slice_, hosts) for hosts in dealt(NAMES, 2)),
        (("--limit", "c-differs"), NAMES),
        (("-e", json.dumps({"vvx_hosts": '["b-right", "c-differs"]'})), NAMES),
    ]
    delivered = []
    for number, (arguments, phones) in enumerate(jobs):
        before = {*server.files}
        folder = ("-e", f"vvx_folder={number}")
        assert play("backup", "-e", "vvx_name=today", *folder, *arguments, phones=phones).by("vvx_deliver")
        assert play("facts", "-e", "vvx_facts_file=facts.json", *arguments, phones=phones).by("vvx_deliver")
        backup, facts = sorted({*server.files} - before)
        assert re.fullmatch(r"/vvx/backup-today\.[0-9a-f]{16}\.tar\.gz", backup), backup
        assert re.fullmatch(r"/vvx/facts\.[0-9a-f]{16}\.json", facts), facts
        with tarfile.open(fileobj=io.BytesIO(server.files[backup])) as tar:
            saved = sorted({Path(member).name.partition(".")[0] for member in tar.getnames()})
        assert saved == sorted(json.loads(server.files[facts]))
        delivered.append(saved)
    assert delivered == [["c-differs"], ["b-right"], ["c-differs"], ["b-right", "c-differs"]]


@pytest.mark.parametrize("playbook", ["audit", "report", "plan"])
def test_a_server_that_fails_does_not_hide_the_phones(play: Any, server: FileServer, playbook: str) -> None:
    server.answers = {"PUT": 500}
    marks = {"audit": ["drift"], "report": ["drift"], "plan": ["change"]}[playbook]
    run = play(playbook, "-e", json.dumps({"vvx_fail_on": marks, "vvx_details": "drift.json"}))
    told = {each.host: each.state for each in run.by("vvx_verdict")}
    assert run.code != 0 and told == {"c-differs": "failed"}, run.output
    assert "the server has failed" in run.output
    unmarked = play(playbook, "-e", json.dumps({"vvx_fail_on": [], "vvx_details": "drift.json"}))
    last = [each.state for each in unmarked.outcomes if each.task == "See whether all files were delivered"]
    assert unmarked.code != 0 and last == ["failed"] and not unmarked.by("vvx_verdict"), unmarked.output


def test_a_merge_that_is_not_delivered_marks_the_phones_and_fails(
    play: Any, server: FileServer, playground: Playground
) -> None:
    parts = {"vvx_part": str(playground.folder / "parts"), "vvx_part_run": "today", "vvx_fail_on": ["drift"]}
    (playground.folder / "parts").mkdir()
    assert play("audit", "-e", json.dumps(parts)).code == 0 and not server.seen, "a part is not delivered"
    server.answers = {"PUT": 500}
    merge = {**parts, "vvx_merge": "audit", "vvx_details": "drift.json"}
    run = play("merge", "-e", json.dumps(merge))
    assert {each.host: each.state for each in run.by("vvx_verdict")} == {"c-differs": "failed"}, run.output
    assert run.code != 0 and "the server has failed" in run.output
    run = play("merge", "-e", json.dumps({**merge, "vvx_fail_on": []}))
    assert run.code != 0 and not run.by("vvx_verdict"), run.output
    server.answers = {}
    assert play("merge", "-e", json.dumps({**merge, "vvx_fail_on": []})).code == 0
    assert server.names() == ["drift.json"]


def test_validate_delivers_what_makes_it_fail(play: Any, server: FileServer, playground: Playground) -> None:
    playground.write("host_vars/b-right.yml", {"vvx_parameters_host": {"up.idleTimeout": "5x"}})
    run = play("validate", "-e", "vvx_details=problems.json", "-e", "vvx_fail_on=warning")
    assert run.code != 0 and "b-right" in json.loads(server.files["/vvx/problems.json"])


def test_an_artifact_and_check_mode(play: Any, server: FileServer, playground: Playground) -> None:
    run = play("report", "-e", '{"vvx_formats": ["markdown", "json"]}', to="artifact", VVX_DELIVER_TO="/never")
    stats = run.by("vvx_deliver")[0].result["ansible_stats"]["data"]
    assert stats["polycom_vvx_delivered_files"]["phones.md"]["content"].startswith("# Phones")
    assert [each["to"] for each in stats["polycom_vvx_delivered"]] == ["artifact"] * 2
    assert "polycom_vvx_delivered_files" in run.output
    check = play("report", "--check")
    assert check.code == 0 and delivered(check) and not server.seen
    assert check.by("vvx_deliver")[0].result["msg"].startswith("Would deliver phones.csv, ")


def test_an_artifact_is_handed_over_although_a_server_fails(play: Any, server: FileServer) -> None:
    server.answers = {"PUT": 500}
    run = play("report", "-e", '{"vvx_formats": ["markdown"]}', to=[server.url, "artifact"])
    assert run.code != 0 and "ansible_stats" not in run.by("vvx_deliver")[0].result
    assert '"polycom_vvx_delivered_files": {' in run.output and '"encoding": "text"' in run.output


def test_several_tasks_of_a_run_hand_over_together(play: Any, server: FileServer, playground: Playground) -> None:
    playground.write("Berlin/phones.md", "# Berlin")
    playground.write("Lisbon/phones.md", "# Lisbon")
    one = {"polycom.vvx.vvx_deliver": {"files": ["Berlin/phones.md"], "to": ["artifact", "{{ server }}"]}}
    other = {"polycom.vvx.vvx_deliver": {"files": ["Lisbon/phones.md"], "to": ["artifact"]}, "ignore_errors": True}
    noise = {
        "ansible.builtin.copy": {
            "content": "{{ range(4000) | map('string') | map('hash', 'sha1') | join }}",
            "dest": "{{ playbook_dir }}/noise.txt",
        },
        "delegate_to": "localhost",
    }
    more = {"polycom.vvx.vvx_deliver": {"files": ["noise.txt"], "to": "artifact"}}
    tasks = [one, one, other, noise, more, {"ansible.builtin.set_stats": {"data": {"mine": "{{ 'x' * 600000 }}"}}}]
    file = playground.write("own.yml", [{"hosts": "b-right", "gather_facts": False, "tasks": tasks}])
    hosts = str(playground.folder / "hosts.yml")
    environment = {"VVX_DELIVER_TOKEN": TOKEN, "VVX_DELIVER_CA_PATH": server.ca, "VVX_DELIVER_TO": server.url}
    arguments = (str(file), "-i", hosts, "-e", f"server={server.url}")
    run = playground.run(*arguments, **environment, ANSIBLE_SHOW_CUSTOM_STATS="true")
    first, again, refused, last = run.by("vvx_deliver")
    assert "another file of this name" in refused.result["msg"] and refused.state == "failed"
    handed_over = last.result["ansible_stats"]["data"]
    assert first.result["ansible_stats"] == again.result["ansible_stats"]
    assert sorted(handed_over["polycom_vvx_delivered_files"]) == ["noise.txt", "phones.md"]
    assert len(handed_over["polycom_vvx_delivered"]) == 3
    assert '"polycom_vvx_delivered_files": {' in run.output
    enabled = playground.run(*arguments, **environment, ANSIBLE_CALLBACKS_ENABLED="record,polycom.vvx.summary")
    assert "polycom_vvx_delivered_files is not handed over: what this run" in enabled.output.replace("\n", " ")


def test_nothing_is_delivered_unless_it_is_asked_for(play: Any, server: FileServer) -> None:
    run = play("report", to="")
    assert run.code == 0 and run.by("vvx_deliver")[0].state == "skipped" and not server.seen
    never = play("report", to="nowhere", VVX_DELIVER_TO=f"{server.url}, ")
    assert never.code == 0 and never.by("vvx_deliver")[0].state == "skipped" and not server.seen
    assert "files go nowhere" in never.by("vvx_deliver")[0].result["msg"]
    named = play("report", to="", VVX_DELIVER_TO=f"{server.url}, ")
    assert named.code == 0 and "phones.html" in server.names()


def test_what_can_not_be_delivered_fails_the_job_and_says_why(play: Any, server: FileServer) -> None:
    server.answers = {"PUT": 405}
    run = play("report", to=[server.url.replace("://", "://svc:Hidden-99@")])
    result = run.by("vvx_deliver")[0].result
    assert run.code != 0 and result["error"]["kind"] == "not_delivered" and result["error"]["host"] is None
    assert "HTTP 405, the server takes no PUT there. 3 more failed. Set vvx_deliver_method: POST" in result["msg"]
    assert "Hidden-99" not in run.output + json.dumps(result)
    again = play("report", "-e", "vvx_deliver_method=POST")
    assert again.code == 0 and {method for method, _path, _headers in server.seen[4:]} == {"POST"}


def test_a_plan_reaches_apply_by_artifact_or_url(play: Any, server: FileServer, playground: Playground) -> None:
    handed_over = play("plan").by("vvx_plan")[0].result["ansible_stats"]["data"]
    playground.write("artifacts.json", json.dumps(handed_over))
    (playground.folder / "plan.json").unlink()
    arguments = ("-e", "@artifacts.json", "-e", "vvx_plan=", "-e", "vvx_canary=")
    refused = play("apply", *arguments, to="")
    (result,) = (each.result for each in refused.by("vvx_rollout"))
    assert "journal: the plan comes from polycom_vvx_plan_file, so" in result["msg"] and refused.code != 0
    foretold = play("apply", *arguments, "--check", to="")
    assert foretold.by("vvx_rollout")[0].result["plan_from"] == "polycom_vvx_plan_file"
    done = play("apply", *arguments, "-e", "vvx_journal=journals", to="")
    assert done.code == 0 and "The plan comes from polycom_vvx_plan_file." in done.output
    assert [each.host for each in done.by("vvx_apply")] == ["c-differs"]
    url = f"{server.url}plan.json"
    again = play("apply", "-e", f"vvx_plan={url}", "-e", "vvx_journal=journals", to="")
    assert again.code == 0 and f"The plan comes from {url}." in again.output and not again.by("vvx_apply")


def test_numbers_are_handed_over_even_if_every_phone_failed(play: Any, server: FileServer) -> None:
    for name, key in (("facts", "polycom_vvx_facts"), ("backup", "polycom_vvx_backup")):
        run = play(name, "--limit", "a-offline")
        assert run.code != 0 and not server.seen and f'"{key}": {{' in run.output
        assert '"failed_hosts": [   "a-offline"  ]' in run.output.replace("\n", "")
    done = play("configure", "--limit", "c-differs")
    assert done.code == 0 and '"polycom_vvx_configure": {' in done.output


def test_a_folder_that_goes_away_with_the_job_is_told(play: Any, tmp_path: Path) -> None:
    to = tmp_path / "runner" / "vvx"
    to.mkdir(parents=True)
    artifacts = str(tmp_path / "runner" / "artifacts" / "7")
    run = play("plan", to=[str(to)], AWX_HOST="https://awx.example.org", AWX_ISOLATED_DATA_DIR=artifacts)
    (warning,) = run.by("vvx_deliver")[0].result["warnings"]
    assert run.code == 0 and (to / "plan.json").exists(), run.output
    assert warning.startswith(f"to (vvx_deliver_to): {to} does not last, because AWX deletes it after the job.")
