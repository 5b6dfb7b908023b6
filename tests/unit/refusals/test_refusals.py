# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logins that phones refused: counted over processes, lifted by one acceptance, remembered for the lock-out time."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import NotTried
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.refusals import KeptRefusals
from ansible_collections.polycom.vvx.plugins.plugin_utils._refusals.run import RunRefusals
from ansible_collections.polycom.vvx.plugins.plugin_utils._refusals.table import Entry, Table, mark

LOGIN = ("Polycom", "stale-password")
KEY = "a-key-of-the-tests-own"


def url(number: int) -> str:
    return f"https://192.0.2.{number}:443"


def refuse(refusals: RunRefusals, number: int) -> None:
    refusals.admit(url(number), *LOGIN)
    refusals.refused(url(number), *LOGIN, remember=True)


def run_of(folder: Path, most: int = 3, lockout: float = 60.0) -> RunRefusals:
    """A run of its own, with the memory in this folder."""
    table = Table(64)
    return RunRefusals(most, lockout, KeptRefusals(str(folder), KEY, table), table)


def test_after_so_many_refusals_nobody_is_tried_with_this_login_but_with_another() -> None:
    refusals = RunRefusals(3, 60.0, table=Table(64))
    for number in range(3):
        refuse(refusals, number)
    with pytest.raises(NotTried, match="refused 3 times in this run and accepted by no phone"):
        refusals.admit(url(9), *LOGIN)
    refusals.admit(url(9), "Polycom", "right-password")
    refusals.admit(url(9), "User", LOGIN[1])


def test_one_acceptance_lifts_it_for_good() -> None:
    refusals = RunRefusals(3, 60.0, table=Table(64))
    refusals.admit(url(100), *LOGIN)
    refusals.accepted(url(100), *LOGIN)
    for number in range(10):
        refuse(refusals, number)
    refusals.admit(url(11), *LOGIN)


def test_zero_never_stops_but_no_phone_is_asked_twice() -> None:
    refusals = RunRefusals(0, 60.0, table=Table(64))
    for number in range(10):
        refuse(refusals, number)
    with pytest.raises(NotTried, match="this phone refused Polycom") as caught:
        refusals.admit(url(3), *LOGIN)
    assert "ansible_vvx_lockout_time" in caught.value.remedy and "60 s" in caught.value.remedy


def test_without_a_lock_out_time_the_same_phone_is_asked_again() -> None:
    refusals = RunRefusals(5, 0.0, table=Table(64))
    refuse(refusals, 1)
    refuse(refusals, 1)


def test_a_phone_that_accepts_is_no_longer_one_that_refused() -> None:
    refusals = RunRefusals(3, 60.0, table=Table(64))
    refuse(refusals, 1)
    refusals.accepted(url(1), *LOGIN)
    refusals.admit(url(1), *LOGIN)


def test_others_wait_for_the_answers_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    table = Table(64)
    refusals = RunRefusals(2, 60.0, table=table, sleep=waits.append)
    for number in (1, 2):
        refusals.admit(url(number), *LOGIN)

    def answer(pause: float) -> None:
        waits.append(pause)
        refusals.refused(url(len(waits)), *LOGIN, remember=True)

    waiting = RunRefusals(2, 60.0, table=table, sleep=answer)
    with pytest.raises(NotTried):
        waiting.admit(url(3), *LOGIN)
    assert len(waits) == 2


def test_an_attempt_without_an_answer_makes_room_for_another() -> None:
    refusals = RunRefusals(1, 60.0, table=Table(64), sleep=lambda pause: pytest.fail("it waits"))
    refusals.admit(url(1), *LOGIN)
    refusals.undecided(*LOGIN)
    refusals.admit(url(2), *LOGIN)


def test_phones_that_do_not_answer_hold_nobody_up_for_long() -> None:
    refusals = RunRefusals(1, 60.0, table=Table(64))
    refusals.admit(url(1), *LOGIN)
    started = time.monotonic()
    refusals.admit(url(2), *LOGIN)
    assert time.monotonic() - started < 30


def test_it_is_hopeless_only_if_every_login_was_refused_too_often() -> None:
    refusals = RunRefusals(2, 60.0, table=Table(64))
    for number in range(2):
        refuse(refusals, number)
    other = ("Polycom", "new-password")
    refusals.hopeless([LOGIN, other])
    for number in range(2):
        refusals.refused(url(number), *other, remember=False)
    with pytest.raises(NotTried):
        refusals.hopeless([LOGIN, other])


def test_the_next_run_knows_the_phones_and_the_login(tmp_path: Path) -> None:
    first = run_of(tmp_path)
    refuse(first, 1)
    assert "another one is tried at once" in told(run_of(tmp_path), 1)
    run_of(tmp_path).admit(url(2), *LOGIN)
    refuse(first, 2)
    refuse(first, 3)
    assert "in the run before this one" in told(run_of(tmp_path), 99)
    run_of(tmp_path).admit(url(99), "Polycom", "right-password")
    run_of(tmp_path, lockout=0.0).admit(url(1), *LOGIN)
    content = (tmp_path / "refusals").read_text()
    assert (tmp_path / "refusals").stat().st_mode & 0o077 == 0
    assert content.count("\n") == 4 and "stale" not in content and "192.0" not in content and "Polycom" not in content


def told(refusals: RunRefusals, number: int) -> str:
    with pytest.raises(NotTried) as caught:
        refusals.admit(url(number), *LOGIN)
    return f"{caught.value.message} {caught.value.remedy}"


def test_an_acceptance_is_remembered_too(tmp_path: Path) -> None:
    first = run_of(tmp_path)
    for number in (1, 2, 3):
        refuse(first, number)
    run_of(tmp_path, lockout=0.0).accepted(url(1), *LOGIN)
    run_of(tmp_path).admit(url(1), *LOGIN)
    run_of(tmp_path).admit(url(99), *LOGIN)
    assert "this phone refused" in told(run_of(tmp_path), 2)


def test_after_the_lock_out_time_it_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(run_of(tmp_path), 1)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 61)
    run_of(tmp_path).admit(url(1), *LOGIN)


@pytest.mark.parametrize(
    "torn", [b"", b"\xff\n", b"+x y\n", b"+" + b"9" * 400 + b" " + b"a" * 32 + b"\n", b"\0" * 600_000]
)
def test_a_torn_memory_remembers_nothing_and_is_written_on(tmp_path: Path, torn: bytes) -> None:
    (tmp_path / "refusals").write_bytes(torn)
    (tmp_path / "refusals").chmod(0o600)
    refuse(run_of(tmp_path), 1)
    assert torn.startswith(b"\xff") or "this phone refused" in told(run_of(tmp_path), 1)


def test_without_a_place_it_lasts_for_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refuse(run_of(tmp_path / "file" / "below"), 1)
    run_of(tmp_path / "file" / "below").admit(url(1), *LOGIN)


def test_when_all_is_well_the_memory_is_looked_at_once_in_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = Table(64)
    looks: list[str] = []
    monkeypatch.setattr(
        KeptRefusals, "_path", property(lambda kept: looks.append("looked") or str(tmp_path / "none")), raising=True
    )
    for number in range(20):
        refusals = RunRefusals(5, 60.0, KeptRefusals(str(tmp_path), KEY, table), table)
        refusals.admit(url(number), *LOGIN)
        refusals.accepted(url(number), *LOGIN)
    assert looks == ["looked"] and not any(tmp_path.iterdir())


def count_up(table: Table, times: int) -> None:
    def up(entry: Entry) -> None:
        entry.refused += 1

    for _round in range(times):
        table.change(mark("x"), up)


def test_forked_workers_count_together() -> None:
    table = Table(64)
    workers = [multiprocessing.get_context("fork").Process(target=count_up, args=(table, 500)) for _each in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert table.read(mark("x")).refused == 2000


def test_a_lock_that_a_killed_worker_left_behind_is_taken_over() -> None:
    table = Table(64)
    table._lock.acquire()
    count_up(table, 3)
    assert table.read(mark("x")).refused == 3


def test_a_full_table_loses_entries_and_fails_nobody() -> None:
    table = Table(4)
    for number in range(20):
        table.change(mark(str(number)), lambda entry: None)
    count_up(table, 1)
    refuse(RunRefusals(1, 60.0, table=table), 1)
