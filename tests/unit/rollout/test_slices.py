# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan in the slices of an AWX job: whoever walks through which phones, and wherever that is cut off."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout import journal, prepare, running, walking_text
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.journal import Journal, Step, slice_key
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan import Change, Entry, Options, Plan
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.prepare import Place
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.run import Run
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.walking import OF_THE_TASKS, Terms, Walk
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.waves import canary_elsewhere, rules
from hypothesis import given, settings
from hypothesis import strategies as st

from support.slices import dealt

HOSTS = [f"p-{number}" for number in range(1, 8)]
OLD, NEW = "40", "55"
CHANGE = Change("up.idleTimeout", False, OLD, "default", NEW)
PLAN = Plan(Options(("vvx_parameters_all",)), {host: Entry(host, changes=(CHANGE,), desired="5f") for host in HOSTS})
PARAMS = {name: option.get("default") for name, option in prepare.SPEC.argument_spec.items()}


def terms(folder: Path, part: str, canary: object = 1) -> Terms:
    options = {name: PARAMS[name] for name in OF_THE_TASKS}
    return Terms(rules(canary, "2", "10%"), None, "", str(folder), options, part)


def prepared(folder: Path, hosts: Sequence[str], part: str, canary: object = 1) -> Walk:
    steps = Journal(str(folder), PLAN.id, part).steps()
    return prepare.prepare(PLAN, terms(folder, part, canary), Place(hosts, hosts, None, steps), PARAMS)


class Phones:
    """What they have, and how often each was written to."""

    def __init__(self) -> None:
        self.values = dict.fromkeys(HOSTS, OLD)
        self.writes: Counter[str] = Counter()
        self.failing: dict[str, str] = {}

    def change(self, host: str, resumed: bool) -> str:
        """What vvx_apply does, and how it ends for the journal."""
        assert resumed or self.values[host] == OLD, "it would be stale: nobody remembers that it was changed"
        if self.failing.get(host) == "before":
            return journal.FAILED
        written = self.values[host] == OLD
        if written:
            self.values[host] = NEW
            self.writes[host] += 1
        if self.failing.get(host) == "after":
            return journal.FAILED
        return journal.DONE if written else journal.UNCHANGED


def walked(phones: Phones, place: Path, hosts: Sequence[str], part: str) -> Iterator[None]:
    """A run; it may be killed wherever it yields."""
    made = prepared(place, hosts, part)
    kept = Journal(str(place), PLAN.id, part)
    waves = made.rollout.waves
    run = Run(str(place / f"run of {hosts[0]} {len(os.listdir(place))}"))
    number = kept.open([host for wave in waves for host in wave.hosts]) if waves else 0
    wishes = {host: {} for wave in waves for host in wave.hosts}
    run.begin(dataclasses.replace(made.rollout, run=number), wishes, made.begun, made.lines)
    yield
    for host in run.hosts():
        job = run.of(host)
        assert job is not None
        run.note(host, journal.BEGUN)
        yield
        state = phones.change(host, job.resumed)
        yield
        run.note(host, state)
        yield


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whoever_walks_and_is_killed_each_phone_is_changed_once(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder, phones = tmp_path_factory.mktemp("slices"), Phones()
    for number in data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=3), label="jobs, in so many slices"):
        phones.failing = data.draw(st.dictionaries(st.sampled_from(HOSTS), st.sampled_from(["before", "after"])))
        parts = dealt(HOSTS, number)
        runs = [walked(phones, folder, hosts, slice_key(hosts) if number > 1 else "") for hosts in parts]
        for index in data.draw(st.lists(st.integers(0, number - 1), max_size=60), label="whose turn it is"):
            next(runs[index], None)  # all are killed after the last turn
    phones.failing = {}
    for _step in walked(phones, folder, HOSTS, ""):
        pass
    assert phones.values == dict.fromkeys(HOSTS, NEW) and phones.writes == dict.fromkeys(HOSTS, 1)
    unsliced, others = tmp_path_factory.mktemp("unsliced"), Phones()
    for _step in walked(others, unsliced, HOSTS, ""):
        pass
    assert finished(folder) == finished(unsliced) == set(HOSTS)
    assert prepared(folder, HOSTS, "").phones == 0


def finished(folder: Path) -> set[str]:
    return {host for host, step in Journal(str(folder), PLAN.id).steps().items() if step.state in journal.FINISHED}


def test_slices_have_files_of_their_own_that_are_read_together(tmp_path: Path) -> None:
    first, second = (Journal(str(tmp_path), "5f", slice_key(hosts)) for hosts in dealt(HOSTS, 2))
    assert os.path.basename(first.path) == f"5f.{slice_key(['p-3', 'p-1'])}.journal" and len(slice_key(HOSTS)) == 16
    assert (first.open(["p-1"]), second.open(["p-2"])) == (1, 2)
    first.add(Step("p-1", "begun", 1, run=1))
    second.add(Step("p-2", "done", 1, run=2))
    whole = Journal(str(tmp_path), "5f")
    run = whole.open(["p-1"])
    whole.add(Step("p-1", "done", 1, when="1970-01-01T00:00:00Z", run=run))
    first.add(Step("p-1", "failed", 1, "a worker of a run that was killed", run=1))
    for each in (whole, first, second):
        assert {host: step.state for host, step in each.steps().items()} == {"p-1": "done", "p-2": "done"}
    assert (first.phones(), whole.phones()) == ({"p-1"}, {"p-1"})
    Journal(str(tmp_path), "5f0c").open()
    first.roll_back(["p-2"])
    assert whole.steps()["p-2"].state == "rolled_back", "whose file it was does not matter"
    whole.begin_anew()
    assert first.steps() == second.steps() == whole.steps() == {}


def test_a_plan_that_only_slices_have_walked_through_is_begun_anew(tmp_path: Path) -> None:
    part = Journal(str(tmp_path), "5f", slice_key(HOSTS))
    part.open(HOSTS)
    part.add(Step("p-1", "done", 1, run=1))
    Journal(str(tmp_path), "5f").begin_anew()
    assert part.steps() == {}
    part.add(Step("p-1", "done", 1, run=part.open(HOSTS)))
    assert part.steps()["p-1"].state == "done"


def test_what_a_slice_says_of_itself(tmp_path: Path) -> None:
    hosts = dealt(HOSTS, 2)[1]
    made = prepared(tmp_path, hosts, slice_key(hosts))
    said = walking_text.text(made, 80, "", "5f.journal")
    assert said[:4] == [
        f"Plan {PLAN.id}: 3 phones to change in 2 waves, canary phones first.",
        "A slice of the job, with 3 of the plan's 7 phones: canary, waves and failures",
        "  are its own.",
        "  4 phones of the plan in other slices, or not in the inventory",
    ]
    assert made.rollout.part == slice_key(hosts)
    assert {note.name: len(note.hosts) for note in made.notes if note.hosts} == {"other_slices": 4}


def test_a_slice_without_a_named_canary_takes_its_first_phone(tmp_path: Path) -> None:
    ours, others = dealt(HOSTS, 2)
    assert [wave.hosts for wave in prepared(tmp_path, ours, slice_key(ours), "p-7").rollout.waves][0] == ("p-7",)
    assert prepared(tmp_path, others, slice_key(others), "p-7").rollout.waves[0].canary
    with pytest.raises(SettingsError, match="p-9 is no phone of the plan"):
        prepared(tmp_path, others, slice_key(others), "p-9")


def test_a_run_that_changes_the_same_phones_at_the_same_time_is_noticed(tmp_path: Path) -> None:
    folder = str(tmp_path)
    kept = Journal(folder, "5f", "0123456789abcdef")
    kept.open(["p-1", "p-2"])
    with Elsewhere(kept, ["p-1", "p-2"]):
        assert running.trouble(kept) == "", "it is taken, not unusable"
        for mine in (Journal(folder, "5f"), Journal(folder, "firmware-6a")):
            mine.open(["p-2", "p-3"])
            with pytest.raises(SettingsError, match=r"another run is changing 1 phone \(p-2\): 5f\.0123"):
                running.refuse_running(folder, ["p-2", "p-3"], mine)
            with pytest.raises(SettingsError, match="another run is changing"):
                running.hold(mine, ["p-2", "p-3"])
            running.refuse_running(folder, ["p-3"], mine)
        with pytest.raises(SettingsError, match="another run writes to .*0123456789abcdef.journal now"):
            running.refuse_running(folder, ["p-3"], kept)
        with pytest.raises(SettingsError, match="another run writes to"):
            running.hold(kept, ["p-3"])
    running.refuse_running(folder, ["p-1", "p-2"], kept)
    running.hold(kept, ["p-1"])
    running.hold(kept, ["p-1"])
    running.refuse_running(folder, ["p-1"], kept)  # it is our own


def test_of_two_that_begin_at_once_at_most_one_goes_on(tmp_path: Path) -> None:
    made = [Journal(str(tmp_path), "5f", part) for part in ("a", "b", "c", "")]
    for each in made:
        each.open(["p-1"])
    together = multiprocessing.get_context("fork")
    barrier, going, end = together.Barrier(len(made)), together.Value("i", 0), together.Barrier(len(made))

    def run(own: Journal) -> None:
        barrier.wait(60)
        try:
            running.hold(own, ["p-1"])
            with going.get_lock():
                going.value += 1
        except SettingsError:
            pass
        end.wait(60)

    workers = [together.Process(target=run, args=(each,), daemon=True) for each in made]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(150)
    assert [worker.exitcode for worker in workers] == [0] * len(made)
    assert going.value <= 1
    running.hold(made[0], ["p-1"])  # once it is alone


def test_a_drive_without_locks_is_told(tmp_path: Path) -> None:
    kept = Journal(str(tmp_path), "5f")
    os.mkdir(kept.lock)
    assert running.trouble(kept).startswith(f"{kept.lock} can't be locked: ")
    running.hold(kept, ["p-1"])
    running.refuse_running(str(tmp_path), ["p-1"], kept)


def test_locks_that_nobody_can_look_at_are_told(tmp_path: Path) -> None:
    """Those of another user, in the same folder: root can look at all, so these are broken in another way."""
    kept = Journal(str(tmp_path), "5f")
    kept.open(["p-1"])
    assert running.trouble(kept) == ""
    for name in ("others", "more"):
        (tmp_path / f"{name}.lock").symlink_to("nowhere")
    said = running.trouble(kept)
    assert said.startswith(f"{tmp_path}/more.lock can't be locked: ") and said.endswith(", and 1 more")
    running.refuse_running(str(tmp_path), ["p-1"], kept)


def test_a_journal_that_can_not_be_written_is_told_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Journal(str(tmp_path / "not" / "there"), "5f").refuse_unwritable()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="file is no folder"):
        Journal(str(tmp_path / "file" / "below"), "5f").refuse_unwritable()
    kept = Journal(str(tmp_path), "5f")
    kept.open()
    kept.refuse_unwritable()
    monkeypatch.setattr(os, "access", lambda path, mode: path != kept.path)
    with pytest.raises(SettingsError, match=r"5f.journal can't be written: Permission denied.*"):
        kept.refuse_unwritable()


def test_a_slice_without_any_named_canary_says_so() -> None:
    ours, others = dealt(HOSTS, 2)
    assert canary_elsewhere(rules("p-7,p-typo", "2", "10%"), ours) == []
    (said,) = canary_elsewhere(rules("p-7,p-typo", "2", "10%"), others)
    assert "none of p-7, p-typo" in said and "vvx_canary" in said
    assert canary_elsewhere(rules(3, "2", "10%"), others) == []


class Elsewhere:
    """Another process that holds a lock while the block runs; it does not end by itself, but is killed."""

    def __init__(self, kept: Journal, phones: Sequence[str]) -> None:
        context = multiprocessing.get_context("fork")
        self._ready = context.Event()
        self._process = context.Process(target=_holding, args=(kept, phones, self._ready.set))

    def __enter__(self) -> None:
        self._process.start()
        assert self._ready.wait(60)

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.join(60)


def _holding(kept: Journal, phones: Sequence[str], ready: Callable[[], None]) -> None:
    running.hold(kept, phones)
    ready()
    multiprocessing.get_context("fork").Event().wait(600)
