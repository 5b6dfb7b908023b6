# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Report and audit of a whole fleet: every phone has its row, nothing is written to phones, no secret gets out."""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, PhoneSpec
from support.cases import Case, SharedRun, shared_run
from support.playbook import Playground, Run, inventory

SECRET = "zq-fleet-secret-91"
WISHES = {
    "vvx_parameters_all": {
        "reg.1.label": "{{ 'Desk ' ~ inventory_hostname }}",
        "up.idleTimeout": 40,
        "reg.1.auth.password": SECRET,
    },
    "vvx_parameters_host": {"reg.1.lable": "x"},
}
SPECS = (
    PhoneSpec(name="good-2"),
    PhoneSpec(name="good-10", model="VVX 601", firmware="6.4.0.1"),
    PhoneSpec(name="unregistered"),
    PhoneSpec(name="old", firmware="5.4.0.1"),
    PhoneSpec(name="offline", offline=True),
    PhoneSpec(name="locked", admin_password="another"),
    PhoneSpec(name="rest-off", rest="off"),
    PhoneSpec(name="slow"),
    PhoneSpec(name="garbage"),
)
FORMATS = {"json": "json", "csv": "csv", "html": "html", "markdown": "md"}


@pytest.fixture
def fleet(start_fleet: Any) -> Fleet:
    fleet: Fleet = start_fleet(*SPECS, tls=False)
    fleet["unregistered"].fault("unregistered")
    fleet["slow"].fault("hang", times=0)
    fleet["garbage"].fault("html", times=0)
    return fleet


def report(fleet: Fleet, playground: Playground, *arguments: str, **options: Any) -> Run:
    task = {
        "name": "report",
        "polycom.vvx.vvx_report": {
            **{name: f"out/r.{suffix}" for name, suffix in FORMATS.items()},
            **options,
        },
    }
    return playground.play(
        fleet, [task], *arguments, variables={**WISHES, "ansible_vvx_timeout": 3, "ansible_vvx_lockout_time": 0}
    )


def rows(playground: Playground) -> dict[str, dict[str, Any]]:
    document = json.loads((playground.folder / "out" / "r.json").read_text(encoding="utf-8"))
    return {row["cells"]["host"]: row for row in document["rows"]}


def test_every_phone_has_its_row(fleet: Fleet, playground: Playground) -> None:
    columns = [{"name": "lldp", "title": "LLDP", "query": "running_config.network.lldp", "kind": "boolean"}]
    run = report(fleet, playground, target_firmware={"default": "5.9.3.1111", "VVX 601": "6.5"}, columns=columns)
    assert run.code == 0, run.output
    found = rows(playground)
    assert list(found) == [
        "garbage",
        "good-2",
        "good-10",
        "locked",
        "offline",
        "old",
        "rest-off",
        "slow",
        "unregistered",
    ]
    assert {host: row["cells"]["status"] for host, row in found.items()} == {
        "garbage": "error",
        "good-2": "managed",
        "good-10": "managed",
        "locked": "unauthorized",
        "offline": "unreachable",
        "old": "managed",
        "rest-off": "rest_off",
        "slow": "unreachable",
        "unregistered": "managed",
    }
    good = found["good-2"]["cells"]
    assert (good["model"], good["behind"], good["registered"], good["drift"], good["lldp"]) == (
        "VVX 411",
        False,
        [1, 1],
        1,
        True,
    )
    differs = found["good-2"]["detail"]["drift"][0]
    assert (differs["parameter"], differs["wanted"], differs["has"], differs["source"]) == (
        "reg.1.label",
        "Desk good-2",
        "1001",
        "config",
    )
    assert differs["layer"] == "vvx_parameters_all" and differs["file"] == "inventory.yml" and differs["line"] > 0
    assert found["good-10"]["cells"]["behind"] is True and found["old"]["cells"]["lldp"] is None
    assert "line 1 is not registered" in found["unregistered"]["cells"]["problems"]
    assert "unknown parameter reg.1.lable" in good["problems"]
    assert "apps.restapi.enabled" in found["rest-off"]["detail"]["remedy"]
    summary = run.of("report", "good-2")["summary"]
    assert summary["phones"] == 9 and summary["status"]["managed"] == 4 and summary["behind"] == 2
    assert fleet["locked"].auth_failures == 1
    assert all(
        request.method == "GET" or request.path.endswith("config/get") for phone in fleet for request in phone.log
    )
    assert max(phone.max_concurrent for phone in fleet) == 1
    written = "".join(path.read_text(encoding="utf-8") for path in (playground.folder / "out").iterdir())
    assert SECRET not in written + run.output + json.dumps([outcome.result for outcome in run.outcomes])
    with (playground.folder / "out" / "r.csv").open(encoding="utf-8", newline="") as file:
        assert [line["host"] for line in csv.DictReader(file)] == list(found)


def test_the_same_fleet_gives_the_same_bytes_and_a_change_is_told(fleet: Fleet, playground: Playground) -> None:
    def content() -> dict[str, bytes]:
        files = (playground.folder / "out" / f"r.{suffix}" for suffix in FORMATS.values())
        return {path.name: path.read_bytes() for path in files}

    assert (
        report(fleet, playground, "--check").of("report", "good-2")["changed"] is True
        and not (playground.folder / "out").exists()
    )
    first = report(fleet, playground).of("report", "good-2")
    before = content()
    assert first["changed"] is True and first["changes"] is None and len(before) == 4
    again = report(fleet, playground).of("report", "good-2")
    assert again["changed"] is False and content() == before
    fleet["good-2"].set_layer("web", {"reg.1.label": "Desk good-2"})
    after = report(fleet, playground).of("report", "good-2")
    assert after["changed"] is True
    assert {change["column"] for change in after["changes"]["changed"]} == {"lines", "drift", "problems"}
    told = content()
    assert b"* repaired: parameters differ (1 phone): `good-2`" in told["r.md"]
    assert report(fleet, playground).of("report", "good-2")["changed"] is False, "the last changes are still told"
    assert content() == told


def test_another_report_to_compare_with(fleet: Fleet, playground: Playground) -> None:
    report(fleet, playground)
    (playground.folder / "out" / "r.json").rename(playground.folder / "march.json")
    result = report(fleet, playground, previous="march.json").of("report")
    assert set(result["changes"]["counts"].values()) == {0}


def test_a_limited_run_changes_only_the_rows_of_its_phones(fleet: Fleet, playground: Playground) -> None:
    first = report(fleet, playground, "--limit", "good-10")
    assert "no earlier JSON report has the other 8 phones" in first.output and list(rows(playground)) == ["good-10"]
    full = report(fleet, playground).of("report", "good-2")
    assert full["summary"]["phones"] == 9
    before = rows(playground)
    counts = {phone.name: phone.count() for phone in fleet}
    fleet["good-2"].set_layer("web", {"reg.1.label": "Desk good-2"})
    limited = report(fleet, playground, "--limit", "good-2")
    assert [phone.name for phone in fleet if phone.count() != counts[phone.name]] == ["good-2"]
    result = limited.of("report", "good-2")
    assert (result["summary"]["phones"], result["changes"]["disappeared"]) == (
        9,
        [],
    ) and "WARNING" not in limited.output
    assert {change["host"] for change in result["changes"]["changed"]} == {"good-2"}
    after = rows(playground)
    assert list(after) == list(before) and after["good-2"]["cells"]["drift"] == 0
    assert after["good-2"]["cells"].get("as_of") is None and after["offline"]["cells"]["as_of"][:2] == "20"
    assert {**after["good-10"]["cells"], "as_of": None} == {**before["good-10"]["cells"], "as_of": None}
    assert report(fleet, playground, "--limit", "good-2").of("report", "good-2")["changed"] is False


def test_files_for_excel(fleet: Fleet, playground: Playground) -> None:
    run = report(fleet, playground, "--limit", "good-2", csv_bom=True, csv_delimiter="semicolon", xlsx="out/r.xlsx")
    assert run.of("report")["changed"] is True
    content = (playground.folder / "out" / "r.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfhost;state;address;status;")
    assert 'data-separator=";"' in (playground.folder / "out" / "r.html").read_text(encoding="utf-8")
    assert (playground.folder / "out" / "r.xlsx").read_bytes().startswith(b"PK")


BAD_OPTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "existing-column": ({"columns": [{"name": "model", "query": "x"}]}, "already has a column model"),
    "secret-column": (
        {"columns": [{"name": "Code", "variable": "ansible_password"}]},
        "the variable ansible_password is a secret by its name",
    ),
    "column-of-nothing": ({"columns": [{"name": "Room"}]}, "Room sets none of query, variable and group"),
    "broken-query": ({"columns": [{"name": "x", "query": "["}]}, "columns: "),
    "subset": ({"gather_subset": ["hardware"]}, "'hardware' is not a subset"),
    "mode-text": ({"mode": "rw"}, "can't be used for a report"),
    "mode-open": ({"mode": "0666"}, "can't be used for a report"),
    "one-file": ({"csv": "out/r.json"}, "the same file"),
    "folder": ({"html": "."}, "is a folder"),
    "pipe": ({"csv": "pipe"}, "is no regular file, but a pipe"),
    "compare-pipe": ({"previous": "pipe"}, "is no regular file, but a pipe"),
    "one-file-by-link": ({"csv": "r.csv", "json": "r.json"}, "the same file"),
    "version": ({"target_firmware": {"default": "latest"}}, "is not a version"),
    "no-report": ({"previous": "play.yml"}, "can't be read as a report"),
    "no-place": ({"json": "/proc/no/such.json"}, "can't be written"),
    "unknown-option": ({"unknown_option": 1}, "unknown_option"),
    "workers": ({"workers": 0}, "between 1 and 1000"),
}


@shared_run
def refused(run_cases: Any) -> SharedRun:
    def case(options: dict[str, Any]) -> Case:
        files = {name: f"out/r.{suffix}" for name, suffix in FORMATS.items()}
        task = {"name": "report", "polycom.vvx.vvx_report": {**files, **options}, "ignore_errors": True}
        return Case([task], variables={**WISHES, "ansible_vvx_timeout": 3, "ansible_vvx_lockout_time": 0})

    def make(playground: Playground) -> None:
        os.mkfifo(playground.folder / "pipe")
        (playground.folder / "r.json").symlink_to("shared.csv")
        (playground.folder / "r.csv").symlink_to("shared.csv")

    return run_cases({name: case(options) for name, (options, _told) in BAD_OPTIONS.items()}, before=make)


@pytest.mark.parametrize("case", BAD_OPTIONS)
def test_bad_options_are_told_once(refused: SharedRun, case: str) -> None:
    options, told = BAD_OPTIONS[case]
    assert refused.state("report", case) == "failed" and told in refused.of("report", case)["msg"]
    assert "Traceback" not in refused.part(case)
    assert "json" in options or refused.fleet[case].count() == 0


def test_a_host_whose_variables_are_broken_is_a_row_like_others(fleet: Fleet, playground: Playground) -> None:
    hosts = inventory(list(fleet)[:3], WISHES)
    # Not the first host: with that one's connection Ansible itself gets ready.
    hosts["all"]["children"]["phones"]["hosts"]["unregistered"]["ansible_password"] = "{{ no_such_variable }}"
    hosts["all"]["children"]["phones"]["hosts"]["good-10"]["vvx_parameters_host"] = "no dictionary"
    path = playground.write("inventory.yml", hosts)
    play = [
        {
            "hosts": "phones",
            "gather_facts": False,
            "tasks": [{"name": "report", "polycom.vvx.vvx_report": {"json": "out/r.json"}}],
        }
    ]
    run = playground.run(str(playground.write("play.yml", play)), "-i", str(path))
    assert run.code == 0, run.output
    found = rows(playground)
    assert [row["cells"]["status"] for row in found.values()] == ["managed", "settings", "settings"]
    assert (
        "no_such_variable" in found["unregistered"]["cells"]["reason"]
        and "vvx_parameters_host" in found["good-10"]["cells"]["reason"]
    )


def test_the_playbook_and_the_role(fleet: Fleet, playground: Playground) -> None:
    hosts = playground.write("inventory.yml", inventory(fleet, {"ansible_vvx_timeout": 3}))
    run = playground.run(
        "polycom.vvx.report",
        "-i",
        str(hosts),
        "-e",
        "vvx_folder=there",
        "-e",
        '{"vvx_formats": ["html", "json"]}',
    )
    assert run.code == 0, run.output
    assert sorted(path.name for path in (playground.folder / "there").iterdir()) == [
        "phones.history.jsonl", "phones.html", "phones.json",
    ]  # fmt: skip


@pytest.mark.parametrize("columns", [80, 120])
def test_a_report_says_what_it_found_and_where_it_is(fleet: Fleet, playground: Playground, columns: int) -> None:
    hosts = str(
        playground.write("inventory.yml", inventory(fleet, {"ansible_vvx_timeout": 3, "ansible_vvx_lockout_time": 0}))
    )
    quiet = {"COLUMNS": str(columns), "ANSIBLE_DISPLAY_OK_HOSTS": "false"}
    run = playground.run("polycom.vvx.report", "-i", hosts, "--check", **quiet)
    assert "  reports/phones.html  would change\n" in run.output and not (playground.folder / "reports").exists()
    for state in ("written", "unchanged"):
        run = playground.run("polycom.vvx.report", "-i", hosts, **quiet)
        said = run.output[run.output.index("6 of 9 phones need attention.\n") :].splitlines()
        assert said[1].split() == ["5", "Cannot", "be", "managed"] and "- 1 rest off" in " ".join(said[4].split())
        assert said[6].split() == ["1", "Not", "registered", "polycom.vvx.diagnose"]
        assert max(map(len, said[:8])) <= columns
        for name in ("html", "csv", "json", "md"):
            assert run.output.count(f"\n  reports/phones.{name}  {state}\n") == 1, run.output
    assert "Since the last report: nothing has changed.\n" in run.output
    assert run.of("polycom.vvx.report : Report")["summary"]["phones"] == 9


def audit(fleet: Fleet, playground: Playground, *arguments: str) -> Run:
    hosts = playground.write("inventory.yml", inventory(fleet, {**WISHES, "ansible_vvx_timeout": 3}))
    return playground.run("polycom.vvx.audit", "-i", str(hosts), *arguments)


def test_the_audit_says_a_line_about_each_phone(fleet: Fleet, playground: Playground) -> None:
    run = audit(fleet, playground, "-e", "vvx_details=drift.json")
    assert run.code == 4, "Ansible's code for phones that are unreachable, and 2 if some only fail"
    assert run.state("Audit", "good-2") == "ok", "the task itself is"
    marks = {outcome.host: outcome.state for outcome in run.outcomes if "vvx_verdict" in outcome.action}
    assert marks["offline"] == "unreachable" and marks["good-2"] == marks["locked"] == "failed" and len(marks) == 9
    result = run.of("Audit", "good-2")
    assert result["msg"] == "9 phones: 4 differ from the inventory; 4 do not know some parameters; 5 could not be read."
    assert (result["phones"], result["as_desired"], result["drifting"], result["parameters"]) == (
        9,
        0,
        4,
        {"reg.1.label": 4},
    )
    assert re.search(r"^reg.1.label +'Desk good-2' +'\d+' +good-2", run.output, re.MULTILINE)
    assert (
        "(did you mean reg.1.label?; vvx_parameters_" in " ".join(run.output.split())
        and "connection refused" in run.output
    )
    assert f"\n{result['msg']}\n" in run.output
    details = json.loads((playground.folder / "drift.json").read_text(encoding="utf-8"))
    assert (
        details["good-2"]["drift"][0]["wanted"] == "Desk good-2"
        and details["locked"]["error"]["kind"] == "authentication_failed"
    )
    assert SECRET not in run.output + json.dumps(details)
    assert all(phone.count("config/set") == 0 for phone in fleet)


@pytest.mark.parametrize(("fail_on", "code"), [("[]", 0), ('["error"]', 4), ('["drift"]', 2)])
def test_what_lets_an_audit_fail_can_be_chosen(fleet: Fleet, playground: Playground, fail_on: str, code: int) -> None:
    assert audit(fleet, playground, "-e", f'{{"vvx_fail_on": {fail_on}}}').code == code


def test_an_audit_after_configure_is_content(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(PhoneSpec(name="one"), PhoneSpec(name="two"), tls=False)
    wishes = {"vvx_parameters_all": WISHES["vvx_parameters_all"]}
    hosts = str(playground.write("inventory.yml", inventory(fleet, wishes)))
    assert playground.run("polycom.vvx.configure", "-i", hosts).code == 0
    run = playground.run("polycom.vvx.audit", "-i", hosts)
    assert run.code == 0 and run.of("Audit", "one")["msg"] == "2 phones: all as desired."
    assert "\n2 phones: all as desired.\n" in run.output and "vvx_verdict" not in str(run.outcomes)


def test_a_large_fleet_has_a_small_result(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(*(PhoneSpec() for _number in range(300)), tls=False)
    run = audit(fleet, playground, "-e", f"vvx_details={Path('drift.json')}")
    assert run.of("Audit", "phone-1")["drifting"] == 300
    assert len(json.dumps(run.of("Audit", "phone-1"))) < 20_000
    assert max(phone.max_concurrent for phone in fleet) == 1
