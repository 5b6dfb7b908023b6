# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Work on many phones at once: every item, a bounded number at a time, in order on request, and never stuck."""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
import threading
import time

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._threads import gather, sweep
from hypothesis import given, settings
from hypothesis import strategies as st


@settings(max_examples=50)
@given(st.lists(st.integers()), st.integers(1, 8))
def test_gather_is_map(items: list[int], workers: int) -> None:
    assert gather(iter(items), lambda item: item * 2, workers) == [item * 2 for item in items]


@settings(max_examples=50)
@given(st.lists(st.integers()), st.integers(1, 8))
def test_sweep_yields_every_item_once_with_its_index(items: list[int], workers: int) -> None:
    swept = list(sweep(items, str, workers))
    assert sorted(swept) == [(index, item, str(item)) for index, item in enumerate(items)]


def test_an_endless_source_is_taken_only_as_far_as_needed() -> None:
    taken = itertools.count()
    highest = 0

    def items() -> itertools.count[int]:
        nonlocal highest
        for number in taken:
            highest = number
            yield number

    swept = sweep(items(), lambda item: item, workers=4)
    for seen, _each in enumerate(itertools.islice(swept, 1000), 1):
        assert highest < seen + 8
    swept.close()


def test_no_more_than_the_workers_run_at_once_and_all_of_them_do() -> None:
    running, most, lock = 0, 0, threading.Lock()

    def work(_item: int) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1

    gather(range(40), work, workers=5)
    assert most == 5


def test_a_slow_one_does_not_hold_up_the_others() -> None:
    release = threading.Event()
    swept = sweep(range(500), lambda item: release.wait(30) if item == 0 else None, workers=4)
    assert [index for index, _item, _outcome in itertools.islice(swept, 499)] != []
    release.set()
    assert [index for index, _item, _outcome in swept] == [0]


def test_an_error_is_raised_where_the_outcome_would_be_and_ends_the_sweep() -> None:
    begun: list[int] = []

    def work(item: int) -> int:
        begun.append(item)
        return 1 // (5 - item)

    with pytest.raises(ZeroDivisionError) as caught:
        gather(range(10_000), work, workers=2)
    assert "work" in [entry.name for entry in caught.traceback], "the traceback leads to where it happened"
    time.sleep(0.05)
    assert len(begun) < 20


def test_an_error_of_the_source_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        gather((1 // (3 - number) for number in range(10)), str, workers=2)


def test_a_closed_sweep_begins_nothing_and_its_threads_end() -> None:
    begun: list[int] = []

    def work(item: int) -> None:
        begun.append(item)
        time.sleep(0.02)

    others = set(threading.enumerate())
    swept = sweep(range(1000), work, workers=3)
    next(swept)
    swept.close()
    seen = len(begun)
    for thread in set(threading.enumerate()) - others:
        thread.join(10)
        assert not thread.is_alive()
    assert len(begun) <= seen + 3


def test_nothing_to_do() -> None:
    assert list(sweep([], str)) == []


def test_no_workers_are_refused_at_once() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        sweep([1], str, workers=0)


PROGRAM = """
import signal, time
from ansible_collections.polycom.vvx.plugins.plugin_utils._threads import gather

signal.signal(signal.SIGINT, signal.default_int_handler)  # background jobs of a shell inherit an ignored SIGINT
print("started", flush=True)
gather(range(1000), lambda item: time.sleep(60), workers=8)
"""


def test_ctrl_c_ends_the_program_although_work_is_being_done() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None and process.stdout.readline() == "started\n"
            time.sleep(0.2)
            process.send_signal(signal.SIGINT)
            _output, errors = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode != 0 and "KeyboardInterrupt" in errors
