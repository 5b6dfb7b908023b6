# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tasks of a rollout share, through files: who changes when, failures, and why it has stopped."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan import Change, Entry, entry_as_dict
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.run import Rollout, Run
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.waves import Wave

ODD = ("berlin-1001", "..", "a/b", "empfang ü", "*", "x" * 300, "half \ud800", "Berlin-1001", "BERLIN-1001")


def entry(host: str) -> Entry:
    change = Change("up.idleTimeout", False, "40", "default", "50", "vvx_parameters_site", "group_vars/b.yml", 7)
    return Entry(host, "192.0.2.1", (change,), restart="restart", restart_reasons={"a": "b"}, desired="5f")


def wish(host: str) -> dict[str, object]:
    return entry_as_dict(entry(host))


def begun(root: Path, **options: object) -> Run:
    run = Run(str(root))
    waves = (Wave(1, ODD[:1], 0, canary=True), Wave(2, ODD[1:], 2, site="b"))
    run.begin(
        Rollout("0123", waves, options={"when_busy": "wait"}, **options),
        {host: wish(host) for host in ODD},
        ODD[2:3],
        {"a/b": [1, 3]},
    )  # type: ignore[arg-type]
    return run


def test_what_a_phone_gets(tmp_path: Path) -> None:
    assert Run(str(tmp_path)).rollout() is None and Run(str(tmp_path)).of("a") is None
    assert Run(str(tmp_path)).hosts() == [] and Run(str(tmp_path)).stopped() is None and Run.all(str(tmp_path)) == []
    begun(tmp_path, folder=str(tmp_path / "journal"), closes=2_000_000_000.0, window="22:00-05:00")
    run = Run(str(tmp_path))
    assert run.hosts() == list(ODD) and run.sizes() == [1, 8] and run.of("another") is None
    for host in ODD:
        job = run.of(host)
        assert job is not None and (job.host, job.wish, job.kind) == (host, wish(host), "apply")
        assert job.options == {"when_busy": "wait"}
        assert job.lines == ((1, 3) if host == "a/b" else ())
        assert (job.wave, job.resumed) == (1 if host == ODD[0] else 2, host == "a/b")
    rollout = run.rollout()
    assert rollout is not None and rollout.waves[1] == Wave(2, ODD[1:], 2, site="b") and rollout.window == "22:00-05:00"


def test_a_second_rollout_of_the_run_leaves_the_first_alone(tmp_path: Path) -> None:
    begun(tmp_path)
    Run(str(tmp_path)).count_failure(1)
    second = Run(str(tmp_path))
    second.begin(Rollout("4567", (Wave(1, ("z",), 0),)), {"z": wish("z")})
    assert Run(str(tmp_path)).hosts() == ["z"] and Run(str(tmp_path)).stopped() is None
    assert Run(str(tmp_path)).of(ODD[0]) is None
    assert [run.hosts()[0] for run in Run.all(str(tmp_path))] == [ODD[0], "z"]
    assert Run.all(str(tmp_path))[0].stopped() == "1 of 1 phone failed in wave 1, where none may"


def test_failures_are_counted_by_all_workers(tmp_path: Path) -> None:
    begun(tmp_path)
    workers = [multiprocessing.get_context("fork").Process(target=_fail, args=(str(tmp_path),)) for _each in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    run = Run(str(tmp_path))
    assert run.failed(2) == 2 and run.failed(1) == 0 and run.stopped() is None, "that many may fail"
    _fail(str(tmp_path))
    assert run.stopped() == "3 of 8 phones failed in wave 2, where more than 2 may not"
    _fail(str(tmp_path))
    assert "3 of 8" in str(Run(str(tmp_path)).stopped()), "the first reason stays"


def _fail(folder: str) -> None:
    Run(folder).count_failure(2)


def test_a_wave_in_which_all_fail_stops_whatever_is_allowed(tmp_path: Path) -> None:
    run = Run(str(tmp_path))
    run.begin(Rollout("0123", (Wave(1, ("a", "b"), 5),)), {"a": wish("a"), "b": wish("b")})
    run.count_failure(1)
    assert run.stopped() is None
    run.count_failure(1)
    assert run.stopped() == "all 2 phones of wave 1 failed"


def test_the_window_closes(tmp_path: Path) -> None:
    run = begun(tmp_path, closes=1_000.0, window="22:00-05:00")
    assert run.stopped(now=999.9) is None
    assert run.stopped(now=1_000.0) == "the maintenance window (22:00-05:00) has closed"
    assert Run(str(tmp_path)).stopped(now=0.0) is not None, "and stays closed"


def test_what_became_of_a_phone_gets_into_the_journal(tmp_path: Path) -> None:
    run = begun(tmp_path / "run", folder=str(tmp_path / "journals"))
    journal = run.journal()
    assert journal is not None and journal.path == str(tmp_path / "journals" / "0123.journal")
    journal.open()
    run.note("a/b", "begun")
    run.note("a/b", "failed", "no way:\n  gone")
    run.note("nobody", "done")
    steps = [(step.host, step.state, step.wave, step.text) for step in journal.steps().values()]
    assert steps == [("a/b", "failed", 2, "no way: gone")]


@pytest.mark.parametrize("state", ["skipped", "stale"])
def test_a_phone_that_is_half_written_stays_so_where_nothing_was_written(tmp_path: Path, state: str) -> None:
    run = begun(tmp_path / "run", folder=str(tmp_path / "journals"))
    journal = run.journal()
    assert journal is not None
    journal.open()
    for host in ("a/b", "*"):
        run.note(host, "begun")
        run.note(host, state, "the phone is in a call")
    steps = journal.steps()
    assert (steps["a/b"].state, steps["*"].state) == ("begun", state), "of them, a/b was begun by an earlier run"
    assert steps["a/b"].text == "the phone is in a call"


def test_names_that_differ_in_case_alone_have_files_that_differ_in_more(tmp_path: Path) -> None:
    begun(tmp_path)
    names = os.listdir(tmp_path / "0001" / "phones")
    assert len({name.lower() for name in names}) == len(ODD)


def test_check_mode_keeps_no_journal(tmp_path: Path) -> None:
    run = begun(tmp_path / "run")
    run.note("a/b", "begun")
    assert run.journal() is None and os.listdir(tmp_path) == ["run"]


@pytest.mark.parametrize("name", ["shared", "waves"])
def test_a_rollout_without_its_files_is_none(tmp_path: Path, name: str) -> None:
    begun(tmp_path)
    (tmp_path / "0001" / name).unlink()
    assert Run(str(tmp_path)).rollout() is None
