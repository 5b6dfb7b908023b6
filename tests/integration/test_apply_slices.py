# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""polycom.vvx.apply in the slices of an AWX job: several processes at once, each with phones of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from simulator import Phone
from support.fixtures import StartFleet
from support.playbook import Playground, Run
from support.rollouts import Rollout, Row, planned
from support.sliced_rollouts import Slices

PHONES = 9
NAME = "slices"


@pytest.fixture
def rollout(start_fleet: StartFleet, playground: Playground) -> Rollout:
    return planned({NAME: Row(phones=PHONES)}, start_fleet, playground)[NAME]


def flat(run: Run) -> str:
    """What was printed, without the breaks of lines."""
    return " ".join(run.output.split())


def summary(run: Run) -> str:
    return flat(run).rpartition("SUMMARY")[2]


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + Playground.LONGEST
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)


def named(rollout: Rollout) -> dict[str, Phone]:
    return {phone.name: phone for phone in rollout.phones}


def test_three_slices_at_once(rollout: Rollout) -> None:
    slices = Slices(rollout, 3)
    runs = slices.run(vvx_canary=1, vvx_wave=1)
    for run, part in zip(runs, slices.parts, strict=True):
        assert run.code == 0, run.output
        assert sorted(outcome.host for outcome in run.by("vvx_apply")) == part, "its own phones, and no others"
        assert "A slice of the job, with 3 of the plan's 9 phones: canary, waves and failures are its own." in flat(run)
        assert "6 phones of the plan in other slices, or not in the inventory" in flat(run)
        assert "Wave 1 of 3 (canary, 1 phone): " + part[0] in flat(run)
        assert "3 phones: 3 changed" in summary(run) and "This was a slice of the job." in summary(run), run.output
        found = run.of("Read the plan")
        assert found["phones"]["other_slices"] == 6 and "not_in_inventory" not in found["phones"]
        assert "with 3 of the plan's 9 phones" in found["msg"]
    assert rollout.done() == [True] * PHONES and rollout.sets() == [1] * PHONES
    assert {phone.max_concurrent for phone in rollout.phones} == {1}
    assert len(list(rollout.folder.glob("*.journal"))) == 3 and rollout.states() == ["done"] * PHONES

    for again in (Slices(rollout, 1), Slices(rollout, 2)):
        rollout.forget()
        for run in again.run():
            assert run.code == 0 and "no phone has anything to change" in flat(run), run.output
        assert [phone.count() for phone in rollout.phones] == [0] * PHONES, "all journals are read together"

    for run in Slices(rollout, 4).run("rollback"):
        assert run.code == 0, run.output
    assert rollout.done() == [False] * PHONES and rollout.sets() == [1] * PHONES
    rollout.forget()
    (run,) = Slices(rollout, 1).run()
    assert run.code == 0 and "9 phones: 9 changed" in summary(run), run.output
    assert rollout.done() == [True] * PHONES and rollout.sets() == [1] * PHONES


def test_killed_slices_go_on_in_others_and_in_none(rollout: Rollout) -> None:
    three = Slices(rollout, 3)
    first, second, third = ([named(rollout)[part[index]] for part in three.parts] for index in range(3))
    written, unwritten, another = second
    written.fault("hang", path="config/get", after=1)
    for phone in (unwritten, another):
        phone.fault("hang", path="config/set")
    three.run_until(
        lambda: written.count("config/get") == 2 and unwritten.count("config/set") and another.count("config/set"),
        vvx_wave=1,
    )
    assert [phone.count("config/set") for phone in (*first, *second, *third)] == [1] * 6 + [0] * 3
    assert sorted(rollout.states()) == [""] * 3 + ["begun"] * 3 + ["done"] * 3
    have = [phone for phone, done in zip(rollout.phones, rollout.done(), strict=True) if done]
    assert {*first, written} == set(have)

    rollout.forget()
    unwritten.fault("hang", path="config/set")
    Slices(rollout, 2).run_until(lambda: unwritten.count("config/set"), vvx_wave=1)
    assert [phone.count("config/set") for phone in have] == [0] * 4, "they have it already"
    assert [phone.count() for phone in first] == [0] * 3, "finished by a slice that was killed afterwards"
    have = [phone for phone, done in zip(rollout.phones, rollout.done(), strict=True) if done]

    rollout.forget()
    (run,) = Slices(rollout, 1).run(vvx_wave=1)
    assert run.code == 0 and rollout.done() == [True] * PHONES, run.output
    assert [phone.name for phone in rollout.phones if phone.count("config/set")] == [
        phone.name for phone in rollout.phones if phone not in have
    ]
    assert set(rollout.sets()) <= {0, 1} and [phone.count() for phone in first] == [0] * 3


def test_a_slice_that_stops_stops_no_other(rollout: Rollout) -> None:
    slices = Slices(rollout, 3)
    named(rollout)[slices.parts[1][0]].offline = True
    runs = slices.run(vvx_canary=1)
    assert [run.code for run in runs] == [0, 4, 0], runs[1].output
    assert "3 phones: 0 changed, 1 unreachable, 2 not begun" in summary(runs[1]), runs[1].output
    assert all("3 phones: 3 changed" in summary(run) for run in (runs[0], runs[2]))
    named(rollout)[slices.parts[1][0]].offline = False
    rollout.forget()
    (run,) = Slices(rollout, 1).run()
    assert run.code == 0 and rollout.done() == [True] * PHONES, run.output
    assert sorted(outcome.host for outcome in run.by("vvx_apply")) == slices.parts[1]
    assert sorted(phone.name for phone in rollout.phones if phone.count()) == slices.parts[1]


def test_a_second_job_at_the_same_time_is_refused(rollout: Rollout) -> None:
    slices, end = Slices(rollout, 2, first=1), threading.Event()
    hanging = named(rollout)[slices.parts[0][0]]
    hanging.fault("hang", path="config/set", times=0)
    running = threading.Thread(target=slices.run_until, args=(end.is_set,), kwargs={"vvx_wave": 1})
    running.start()
    try:
        until(lambda: hanging.count("config/set"))
        (run,) = Slices(rollout, 1).run()
        assert run.code == 2 and run.by("vvx_apply") == [], run.output
        assert "another run is changing" in run.of("Read the plan")["msg"], run.output
        (run,) = Slices(rollout, 1).run(check=True, vvx_hosts=slices.parts[0][-1])
        (warning,) = run.of("Read the plan")["warnings"]
        assert run.code == 0 and "Without --check this would be refused: journal: another run is chang" in warning
    finally:
        end.set()
        running.join()
    rollout.forget()
    (run,) = Slices(rollout, 1).run()
    assert run.code == 0 and rollout.done() == [True] * PHONES, run.output


def test_a_canary_that_no_slice_has_is_told(rollout: Rollout) -> None:
    """A job without a plan does not know the phones of other slices."""
    slices = Slices(rollout, 2)
    name = slices.parts[0][0]
    first, second = slices.run("install_ca", vvx_ca_state="absent", vvx_canary=name)
    assert first.code == second.code == 0, second.output
    told = f"canary: this slice has none of {name}, so its first phone goes first."
    assert told in flat(second) and told not in flat(first), second.output


def test_a_rotation_needs_all_phones(rollout: Rollout) -> None:
    for run in Slices(rollout, 2).run("rotate_passwords", ansible_vvx_password_next="a-next-one-26"):
        assert run.code == 2 and "this job is a slice: only a job with all phones can say" in flat(run), run.output
        assert "Set job slicing to 1" in flat(run)
    assert [phone.count() for phone in rollout.phones] == [0] * PHONES
