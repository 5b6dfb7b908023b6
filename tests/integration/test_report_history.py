# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports day after day: what each takes over from the one before, its history, and what is asked of phones."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

import pytest

from simulator import Fleet, PhoneSpec
from support.cases import Case, SharedRun, shared_run
from support.playbook import Playground, inventory

VARIABLES = {
    "vvx_parameters_all": {"up.idleTimeout": 40},
    "ansible_vvx_timeout": 3,
    "ansible_vvx_lockout_time": 0,
}


class Days:
    """The same report again and again."""

    def __init__(self, fleet: Fleet, playground: Playground) -> None:
        self.fleet, self.playground, self.folder = fleet, playground, playground.folder / "out"
        self.output = ""

    def run(self, *arguments: str, phones: Any = None, variables: Any = None, **options: Any) -> dict[str, Any]:
        task = {"name": "report", "polycom.vvx.vvx_report": {"json": "out/r.json", "html": "out/r.html", **options}}
        run = self.playground.play(
            phones or self.fleet, [task], *arguments, variables={**VARIABLES, **(variables or {})}
        )
        assert run.code == 0, run.output
        self.output = " ".join(run.output.split())
        return run.of("report")

    @property
    def report(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self.folder / "r.json").read_text(encoding="utf-8"))
        return document

    @property
    def files(self) -> tuple[bytes, bytes]:
        return (self.folder / "r.json").read_bytes(), (self.folder / "r.html").read_bytes()

    @property
    def lines(self) -> list[dict[str, Any]]:
        text = (self.folder / "r.history.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def row(self, host: str) -> dict[str, Any]:
        found: dict[str, Any] = next(row for row in self.report["rows"] if row["cells"]["host"] == host)
        return found

    def sent(self) -> int:
        return sum(phone.count() for phone in self.fleet)


@pytest.fixture
def days(start_fleet: Any, playground: Playground) -> Days:
    fleet = start_fleet(*(PhoneSpec(name=name) for name in "abc"), tls=False)
    for phone in fleet:
        phone.set_layer("web", {"up.idleTimeout": "40"})
    return Days(fleet, playground)


def test_day_after_day(days: Days) -> None:
    fleet = days.fleet
    checked = days.run("--check")
    assert checked["changed"] is True and not days.folder.exists(), "check mode writes nothing"
    first = days.run()
    assert first["history"] == {"path": str(days.folder / "r.history.jsonl"), "runs": 1}
    assert [os.path.basename(file["path"]) for file in first["files"]] == ["r.json", "r.html"]
    asked = days.sent()
    files, line = days.files, days.lines
    again = days.run()
    assert again["changed"] is False and days.files == files
    assert len(days.lines) == 1 and days.lines[0]["time"] > line[0]["time"], "the line says when phones were last read"
    assert days.sent() - asked == asked // 2, "nothing is asked because of the report before"

    fleet["a"].offline = True
    fleet["b"].set_layer("web", {"up.idleTimeout": "10"})
    seen = days.lines[-1]["time"]
    result = days.run()
    gone = days.row("a")
    assert (gone["cells"]["model"], gone["cells"]["last_seen"]) == ("VVX 411", seen) and gone["detail"]["known"] is True
    assert {(each["host"], each["cause"]) for each in result["changes"]["broken"]} == {
        ("a", "unmanaged"),
        ("b", "drifting"),
    }
    assert days.report["history"][-1]["reachable"] == 2 and days.report["history"][-1]["drifting"] == 1

    fleet["a"].offline = False
    fleet["b"].set_layer("web", {"up.idleTimeout": "40"})
    fleet["c"].restart()
    result = days.run()
    assert {(each["host"], each["cause"]) for each in result["changes"]["repaired"]} == {
        ("a", "unmanaged"),
        ("b", "drifting"),
    }
    assert days.row("c")["cells"]["state"] == "rebooted" and days.row("a")["cells"]["last_seen"] is None
    assert {each["column"] for each in result["changes"]["changed"]} >= {"status", "drift", "booted"}
    files, before = days.files, days.lines
    assert days.run("--check")["changed"] is False and days.lines == before
    assert days.run()["changed"] is False and days.files == files

    limited = days.run("--limit", "b")
    assert limited["changed"] is True and days.lines[-1]["limited"] is True and "as_of" not in days.row("b")["cells"]
    result = days.run(phones=[fleet["a"], fleet["b"]])
    assert result["changes"]["disappeared"] == ["c"]
    assert [len(each["events"]) > 0 for each in days.report["history"]] == [True] * 3
    assert result["history"]["runs"] == len(days.lines)
    assert days.run(phones=[fleet["a"], fleet["b"]], timestamp=True)["changed"] is True


def test_a_wrong_password_that_is_not_tried_again_changes_nothing(days: Days) -> None:
    refused = {"ansible_password": "wrong-horse", "ansible_vvx_lockout_time": 3600}
    days.run(variables=refused)
    files, sent = days.files, days.sent()
    assert days.run(variables=refused)["changed"] is False and days.files == files
    assert days.sent() == sent, "no phone is asked"


def test_a_damaged_history_is_told_and_a_lost_one_begins_with_the_report(days: Days) -> None:
    days.run()
    days.fleet["a"].offline = True
    days.run()
    path, files = days.folder / "r.history.jsonl", days.files
    good = days.lines
    path.write_text("{torn\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    result = days.run()
    assert any(f"{path}: line 1 can't be read as a run, and is left out." in text for text in result["warnings"])
    assert [line["events"] for line in days.lines if line["events"]] == [
        line["events"] for line in good if line["events"]
    ]
    path.unlink()
    assert days.run()["changed"] is False and days.files == files and days.lines[0]["events"]
    assert days.run(history_runs=0)["history"] is None and days.report["history"] == []


def test_the_variables_of_the_playbook_take_effect(days: Days) -> None:
    playground, folder = days.playground, days.playground.folder
    hosts = str(playground.write("hosts.yml", inventory(days.fleet, VARIABLES)))

    def report(*variables: str) -> tuple[dict[str, Any], str]:
        extra = [argument for variable in variables for argument in ("-e", variable)]
        run = playground.run("polycom.vvx.report", "-i", hosts, *extra)
        assert run.code == 0, run.output
        text = (folder / "reports" / "phones.json").read_text(encoding="utf-8")
        return run.of("polycom.vvx.report : Report"), json.loads(text)["time"]

    kept = folder / "kept" / "h.jsonl"
    result, first = report("vvx_history=kept/h.jsonl")
    assert result["history"] == {"path": str(kept), "runs": 1} and kept.exists()
    line = kept.read_bytes()
    result, second = report("vvx_history=kept/h.jsonl", "vvx_history_runs=0", "vvx_timestamp=true")
    assert result["history"] is None and kept.read_bytes() == line
    assert result["changed"] is True and second > first
    assert not (folder / "reports" / "phones.history.jsonl").exists()


@contextmanager
def other_report(days: Days) -> Iterator[None]:
    """As long as another process writes its report there."""
    folder = os.open(days.folder, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    yield
    os.close(folder)


def test_what_another_report_writes_meanwhile_stays(days: Days) -> None:
    days.run()
    path, document, lines = days.folder / "r.history.jsonl", days.report, days.lines
    document["rows"][0]["cells"]["model"] = "VVX 601"
    other = {**lines[0], "limited": True, "events": [["a", "changed", "model", "VVX 411", "VVX 601"]]}
    days.fleet["b"].set_layer("web", {"up.idleTimeout": "10"})
    with ThreadPoolExecutor() as pool:
        with other_report(days):
            run = pool.submit(days.run, "--limit", "b")
            wait([run], timeout=8)
            path.write_text("".join(f"{json.dumps(line)}\n" for line in [*lines, other]), encoding="utf-8")
            (days.folder / "r.json").write_text(json.dumps(document), encoding="utf-8")
        run.result()
    assert [[event[:2] for event in line["events"]] for line in days.lines if line["events"]] == [
        [["a", "changed"]],
        [["b", "broken"], ["b", "changed"]],
    ]
    assert days.row("a")["cells"]["model"] == "VVX 601" and days.row("b")["cells"]["state"] == "drifting"


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "folder": ({"history": "there"}, "is a folder"),
    "pipe": ({"history": "pipe"}, "is no regular file, but a pipe"),
    "no-place": ({"history": "/proc/no/such.jsonl"}, "/proc/no/such.jsonl can't be written"),
    "something-else": ({"history": "play.yml"}, "is not a history of this collection's reports"),
    "report": ({"history": "r.json"}, "two of them are the same file"),
    "runs": ({"history_runs": -1}, "history_runs must be between 0 and 10000"),
    "old": ({"json": "old.json"}, "is a report of another version of this collection (schema 1, not 2)"),
}


@shared_run
def refused(run_cases: Any) -> SharedRun:
    def make(playground: Playground) -> None:
        os.mkfifo(playground.folder / "pipe")
        (playground.folder / "there").mkdir()
        playground.write("old.json", '{"schema": 1, "rows": []}')

    def case(options: dict[str, Any]) -> Case:
        task = {"name": "report", "polycom.vvx.vvx_report": {"json": "r.json", **options}, "ignore_errors": True}
        return Case([task])

    return run_cases({name: case(options) for name, (options, _told) in REFUSED.items()}, before=make)


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_history_is_refused_before_phones_are_asked(refused: SharedRun, case: str) -> None:
    assert refused.state("report", case) == "failed" and REFUSED[case][1] in refused.of("report", case)["msg"]
    assert "Traceback" not in refused.part(case)
    assert case == "no-place" or refused.fleet[case].count() == 0, "only writing finds out about that place"
