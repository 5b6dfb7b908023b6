# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks of jobs that have no plan."""

from __future__ import annotations

from pathlib import Path

from ansible_collections.polycom.vvx.plugins.plugin_utils._console.sections import Section
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout import walking, walking_text
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.journal import Step
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.run import Looked, Rollout, Run, journal_name
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.walking import Errand, Note, Terms
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.waves import Wave, rules
from ansible_collections.polycom.vvx.plugins.plugin_utils._summary.collect import Collector
from ansible_collections.polycom.vvx.plugins.plugin_utils._summary.digest import digest

ERRAND = Errand("firmware", "5f0c", "Firmware 6.4.1", "to update", "updated by an earlier run")
TERMS = Terms(rules(1, "2", "10%"), None, "", "/journals", {"when_busy": "wait"})
HOSTS = [f"p-{number}" for number in range(1, 7)]


def test_a_phone_that_needs_it_gets_it_whatever_the_journal_says() -> None:
    steps = {"p-1": Step("p-1", "done"), "p-2": Step("p-2", "done"), "p-4": Step("p-4", "begun", lines=(1,))}
    made = walking.walk(
        ERRAND, HOSTS, TERMS, steps, notes=[Note("right", ["a"], "as they should be")], open_hosts=HOSTS[1:]
    )
    assert [wave.hosts for wave in made.rollout.waves] == [("p-4", "p-2"), ("p-3", "p-5"), ("p-6",)]
    assert made.done == ["p-1"] and not made.rollout.waves[0].canary, "the canary phone was p-1"
    assert made.begun == ["p-4"] and made.lines == {"p-4": (1,)}
    said = walking_text.text(made, 80, "", "x.journal", [Section(2, ["VVX 411: 5.9.5 -> 6.4.1"])])
    assert said[:5] == [
        "Firmware 6.4.1: 5 phones to update in 3 waves.",
        "  1 phone updated by an earlier run (x.journal)",
        "  1 phone begun or failed in an earlier run, first in their wave: p-4",
        "  1 phone as they should be: a",
        "VVX 411: 5.9.5 -> 6.4.1",
    ]
    assert walking.result(made)["phones"] == {"to_change": 5, "done": 1, "resumed": 1, "right": 1}


def test_a_phone_that_an_earlier_run_has_finished_is_said_once() -> None:
    steps = {host: Step(host, "done") for host in HOSTS[:2]}
    notes = [Note("as_desired", HOSTS[:3], "up to date", named=False), Note("not_read", HOSTS[3:], "not read")]
    made = walking.walk(ERRAND, HOSTS[:2], TERMS, steps, notes=notes)
    assert walking_text.text(made, 80, "", "x.journal") == [
        "Firmware 6.4.1: no phone has anything to update.",
        "  2 phones updated by an earlier run (x.journal)",
        "  1 phone up to date",
        "  3 phones not read: p-4, p-5, p-6",
    ]


def test_each_kind_of_job_has_journals_of_its_own(tmp_path: Path) -> None:
    assert (journal_name("apply", "5f"), journal_name("firmware", "5f")) == ("5f", "firmware-5f")
    run = Run(str(tmp_path / "run"))
    assert run.kind() == "" and not run.is_prepared()
    run.begin(Rollout("", (), kind="firmware"), {})
    assert run.kind() == "firmware" and not run.is_prepared(), "its preparation has failed"
    waves = (Wave(1, ("a",), 0),)
    looked = Looked(["b"], {"c": {"kind": "unreachable", "text": "no answer."}})
    run.begin(Rollout("5f", waves, str(tmp_path), kind="firmware"), {"a": {"to": "6.4.1"}}, looked=looked)
    job, journal = run.of("a"), run.journal()
    assert job is not None and (job.kind, job.wish) == ("firmware", {"to": "6.4.1"}) and run.is_prepared()
    assert journal is not None and journal.path == str(tmp_path / "firmware-5f.journal")
    assert run.looked() == looked


def test_the_summary_counts_phones_that_are_in_no_wave() -> None:
    collector = Collector()
    collector.look(
        ["b", "d"], {"c": {"kind": "unreachable", "text": "c: no answer."}, "e": {"kind": "stale", "text": "x"}}
    )
    collector.leave_out([], "", "rollback")
    collector.finish(set(), set())
    made = digest(collector)
    assert {state: number for state, number in made.counts.items() if number} == {
        "unchanged": 2, "unreachable": 1, "failed": 1,
    }  # fmt: skip
    assert made.lost == ["c", "e"] and made.rollout == "rollback" and made.ignored == []
    assert {group.text for group in made.failures} == {"no answer.", "x"}
