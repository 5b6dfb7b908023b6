# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fleet of 500 phones as AWX's nodes manage it: slices that are transmitted, worked off elsewhere and processed find
what one whole job finds, and a report that is merged of their parts has its bytes."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from awx.jobs import Job, Runner
from simulator import Fleet, PhoneSpec
from support.cases import shared_run
from support.fixtures import StartFleet
from support.playbook import inventory
from support.slices import dealt, of_a_slice

PHONES, DRIFTING, OFF = 500, 12, 5
SLICES = 3
WANTED = {"vvx_parameters_all": {"up.idleTimeout": 55}}
CONSTANT = 40
"""Events of a job that are not about a phone, at most: plays, tasks, lines for people."""
TIMES = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?|\b1\d{9}\b")
"""In text, and in seconds since 1970."""


class Site:
    """The fleet, and jobs on it, each on a node of its own. ``drifting``, ``off``: names of its phones."""

    def __init__(self, fleet: Fleet, folder: Path) -> None:
        self.fleet = fleet
        self.folder = folder
        self.names = [phone.name for phone in fleet]
        self.drifting = {*self.names[-DRIFTING - OFF : -OFF]}
        self.off = {*self.names[-OFF:]}
        self._nodes = 0
        # Reports name the file of a variable. In execution environments it is the same one for all.
        self._common = ("-i", str(folder / "common.json"))
        (folder / "common.json").write_text(json.dumps({"phones": {"vars": WANTED}}), encoding="utf-8")

    def run(self, hosts: Sequence[str], name: str, *arguments: str, **variables: Any) -> Job:
        """On this node, for an inventory with these phones only."""
        return self._node(hosts).run(name, *self._common, *arguments, variables=variables)

    def stream(self, hosts: Sequence[str], name: str, *arguments: str, **variables: Any) -> Job:
        """The same on another node."""
        return self._node(hosts).stream(name, *self._common, *arguments, variables=variables)

    def _node(self, hosts: Sequence[str]) -> Runner:
        self._nodes += 1
        found = inventory([self.fleet[name] for name in hosts])
        del found["all"]["hosts"]
        return Runner(self.folder / f"node-{self._nodes}", found)

    def slices(self, name: str, *arguments: str, **variables: Any) -> list[Job]:
        """A job in slices, one after the other."""
        given = {**variables, **of_a_slice(name)}
        return [self.stream(hosts, name, *arguments, **given) for hosts in dealt(self.names, SLICES)]


@shared_run
def site(start_shared_fleet: StartFleet, tmp_path_factory: Any) -> Site:
    """Most are as desired, some differ, a few are off."""
    right = [PhoneSpec(layers={"web": {"up.idleTimeout": "55"}})] * (PHONES - DRIFTING - OFF)
    specs = [*right, *[PhoneSpec()] * DRIFTING, *[PhoneSpec(offline=True)] * OFF]
    return Site(start_shared_fleet(*specs, tls=False), tmp_path_factory.mktemp("mesh"))


def check(job: Job, results: int) -> None:
    """``results``: of phones and tasks, each of which also has a start."""
    job.check()
    assert len(job.events) <= CONSTANT + 2 * results, len(job.events)


def marks(job: Job) -> dict[str, set[str]]:
    """The phones that the job marks, by how."""
    found: dict[str, set[str]] = {}
    for event in job.results():
        if event["event_data"]["task"] == "Give each phone its verdict":
            found.setdefault(event["event"].removeprefix("runner_on_"), set()).add(event["event_data"]["host"])
    return found


def without_times(text: str) -> str:
    return TIMES.sub("TIME", text)


def written(folder: Path) -> dict[str, str]:
    return {path.name: without_times(path.read_text(encoding="utf-8")) for path in sorted(folder.iterdir())}


def told(job: Job) -> str:
    """What a report hands over, apart from where its files are."""
    values = {**job.artifacts["polycom_vvx_report"], "files": "", "history": ""}
    return without_times(json.dumps(values))


def test_a_merged_report_is_that_of_a_whole_job(site: Site) -> None:
    parts = site.folder / "parts"
    parts.mkdir()
    formats = ["csv", "html", "json", "markdown", "prometheus"]
    wanted = {"vvx_fail_on": ["drift", "unreachable"], "vvx_formats": formats, "vvx_prometheus_phones": True}

    whole = site.run(site.names, "report", **wanted, vvx_folder=str(site.folder / "whole"))
    check(whole, DRIFTING + OFF)
    assert marks(whole) == {"failed": site.drifting, "unreachable": site.off}
    assert len(json.loads((site.folder / "whole" / "phones.json").read_text(encoding="utf-8"))["rows"]) == PHONES

    wanted |= {"vvx_folder": str(site.folder / "merged"), "vvx_part": str(parts)}
    slices = site.slices("report", **wanted)
    for job in slices:
        check(job, 0)
        assert job.code == 0 and marks(job) == {}, job.stdout
    assert len(list(parts.iterdir())) == SLICES and not (site.folder / "merged").exists()

    asked = [phone.count() for phone in site.fleet]
    handed_over = slices[0].artifacts  # AWX takes those of one slice
    merge = site.stream(site.names, "merge", **handed_over, **wanted, vvx_merge="report")
    check(merge, DRIFTING + OFF)
    ours, theirs = written(site.folder / "merged"), written(site.folder / "whole")
    assert ours.keys() == theirs.keys()
    for name, text in ours.items():
        assert text.splitlines() == theirs[name].splitlines(), name
    assert (merge.code, marks(merge), told(merge)) == (whole.code, marks(whole), told(whole))
    assert [phone.count() for phone in site.fleet] == asked, "a merge asks no phone"


def test_slices_would_configure_what_a_whole_job_would(site: Site) -> None:
    whole = site.stream(site.names, "configure", "--check")
    for jobs in ([whole], site.slices("configure", "--check")):
        counts: Counter[str] = Counter()
        changed: list[str] = []
        for job in jobs:
            check(job, DRIFTING + OFF)
            counts.update(job.artifacts["vvx_summary"]["counts"])
            changed += [each["host"] for each in results(job) if each["res"]["changed"]]
        assert (counts["changed"], counts["unreachable"]) == (DRIFTING, OFF)
        assert sorted(changed) == sorted(site.drifting)
        assert lost(jobs) == site.off


def test_each_phone_has_one_result_of_its_own(site: Site) -> None:
    jobs = site.slices("facts")
    found = []
    for job in jobs:
        tasks = {event["event_data"]["task_uuid"] for event in job.results()}
        check(job, len(site.names) // SLICES * len(tasks))
        read = [(each["host"], each["res"].get("ansible_facts")) for each in results(job)]
        found += [(host, facts["vvx"]["device"]["mac"].replace(":", "")) for host, facts in read if facts]
    assert lost(jobs) == site.off
    assert sorted(found) == sorted((phone.name, phone.mac) for phone in site.fleet if phone.name not in site.off)


def results(job: Job) -> list[dict[str, Any]]:
    """Of tasks that did not fail."""
    return [event["event_data"] for event in job.results("runner_on_ok")]


def lost(jobs: Sequence[Job]) -> set[str]:
    return {host for job in jobs for host in job.hosts("runner_on_unreachable")}
