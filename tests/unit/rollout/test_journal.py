# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal survives whatever kills its writers: torn lines, lines of others, many writers at once."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import stat
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.journal import STATES, Journal, Step
from hypothesis import given, settings
from hypothesis import strategies as st

STEPS = st.lists(
    st.builds(
        Step,
        st.text(min_size=1, max_size=12),
        st.sampled_from(STATES),
        st.integers(0, 99),
        st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=20),
        st.just("2026-11-27T00:00:00Z"),
    ),
    max_size=8,
)
JUNK = st.one_of(
    st.binary(max_size=30).map(lambda data: data.replace(b"\n", b"")),
    st.sampled_from([b"[]", b"null", b"7", b'{"host": 5, "state": "done"}', b'{"host": "x", "state": "flown"}',
                     b"{" * 9, b'{"host": "x", "state": ["done"]}',
                     b'{"host": "x", "state": "done", "wave": "1"}',
                     b'{"host": "x", "state": "failed", "lines": ["1"]}', b"[" * 99_999]),
)  # fmt: skip


def test_the_last_step_of_a_phone_counts(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path / "a" / "b"), "0123456789abcdef")
    assert journal.steps() == {}
    assert journal.open(["berlin-1002", "berlin-1001"]) == 1
    journal.add(Step("berlin-1001", "begun", 1))
    journal.add(Step("berlin-1002", "begun", 1))
    journal.add(Step("berlin-1001", "done", 1, "all\x1b[2J fine"))
    assert {host: step.state for host, step in journal.steps().items()} == {
        "berlin-1001": "done",
        "berlin-1002": "begun",
    }
    assert "\x1b" not in journal.steps()["berlin-1001"].text
    path = tmp_path / "a" / "b" / "0123456789abcdef.journal"
    assert journal.path == str(path) and stat.S_IMODE(path.stat().st_mode) == 0o600
    first = json.loads(path.read_text().splitlines()[0])
    assert first == {"format": 1, "plan": "0123456789abcdef", "run": 1, "phones": ["berlin-1001", "berlin-1002"]}
    assert all(json.loads(line)["time"].endswith("Z") for line in path.read_text().splitlines()[1:])


def test_a_plan_that_is_made_once_more_begins_it_anew(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path), "0123456789abcdef")
    journal.begin_anew()
    assert not os.path.exists(journal.path), "there is nothing to begin anew"
    journal.open()
    journal.add(Step("berlin-1001", "done", 1))
    journal.begin_anew()
    journal.add(Step("berlin-1002", "done", 1))
    assert list(journal.steps()) == ["berlin-1002"]


@settings(max_examples=60, deadline=None)
@given(STEPS, st.lists(JUNK, max_size=4), STEPS, st.data())
def test_whatever_stands_between_the_lines_only_they_count(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[Step],
    junk: list[bytes],
    after: list[Step],
    data: st.DataObject,
) -> None:
    journal = Journal(str(tmp_path_factory.mktemp("journal")), "plan")
    for step in before:
        journal.add(step)
    torn = b""
    if before:
        whole = Path(journal.path).read_bytes().splitlines(keepends=True)[-1]
        torn = whole[: data.draw(st.integers(0, len(whole) - 3))]
    with open(journal.path, "ab") as file:
        file.write(b"".join(line + b"\n" for line in junk) + torn)
    for step in after:
        journal.add(step)
    assert journal.steps() == {step.host: step for step in [*before, *after]}


def test_lines_are_remembered_until_the_phone_is_finished(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path), "plan")
    seen = []
    for state, lines in [("begun", ()), ("failed", (1, 2)), ("begun", ()), ("skipped", ()), ("begun", ()),
                         ("failed", (3,)), ("begun", ()), ("done", ()), ("begun", ())]:  # fmt: skip
        journal.add(Step("a", state, 1, lines=lines))
        seen.append(journal.steps()["a"].lines)
    assert seen == [(), *[(1, 2)] * 4, *[(1, 2, 3)] * 2, (), ()]


def test_two_writers_at_once(tmp_path: Path) -> None:
    workers = [
        multiprocessing.get_context("fork").Process(target=_write, args=(str(tmp_path), name)) for name in ("a", "b")
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    steps = Journal(str(tmp_path), "plan").steps()
    assert len(steps) == 400 and all(step.text == step.host * 40 for step in steps.values())


def _write(folder: str, name: str) -> None:
    for number in range(200):
        Journal(folder, "plan").add(Step(f"{name}{number}", "skipped", 1, f"{name}{number}" * 40))


def test_a_journal_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "plan.journal").mkdir()
    os.symlink("/dev/null", tmp_path / "other.journal")
    for folder, plan in ((tmp_path / "file", "plan"), (tmp_path, "plan"), (tmp_path, "other")):
        with pytest.raises(SettingsError, match="journal: ") as refused:
            Journal(str(folder), plan).open()
        assert "vvx_journal" in refused.value.remedy
    with pytest.raises(SettingsError):
        Journal(str(tmp_path), "plan").steps()


def test_a_full_disk_costs_the_step_that_did_not_fit_and_no_other(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path), "plan")
    journal.open()
    for host in ("a", "b"):
        journal.add(Step(host, "begun", 1))
    worker = multiprocessing.get_context("fork").Process(target=_write_to_a_full_disk, args=(journal,))
    worker.start()
    worker.join()
    assert worker.exitcode == 0, "it was refused, with the path"
    assert Path(journal.path).read_bytes().endswith(b'{"host": "a"'), "a part of the line did fit"
    assert {host: step.state for host, step in journal.steps().items()} == {"a": "begun", "b": "begun"}
    journal.add(Step("b", "done", 1))
    assert {host: step.state for host, step in journal.steps().items()} == {"a": "begun", "b": "done"}


def _write_to_a_full_disk(journal: Journal) -> None:
    size = os.stat(journal.path).st_size + len(b'{"host": "a"')
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    with pytest.raises(SettingsError, match=r"plan\.journal can't be written"):
        journal.add(Step("a", "done", 1))
