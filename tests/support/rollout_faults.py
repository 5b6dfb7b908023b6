# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the table of docs/rollouts.md share: each makes a fault and then goes on as the table says."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from .cases import shared_run
from .fixtures import StartFleet
from .playbook import Playground, Run
from .rollouts import Rollout, Row, planned

RESTARTS = {"call.shared.oneTouchResume": 1}
"""What needs a restart that a phone does not make by itself."""
MANY = {f"reg.{number}.label": f"Desk {number}" for number in range(1, 31)}
"""Two requests."""


def shared_rollouts(rows: dict[str, Row]) -> Any:
    """The fixture ``rollouts`` of a file: these rows, planned in one run."""

    @shared_run
    def rollouts(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> dict[str, Rollout]:
        return planned(rows, start_shared_fleet, shared_playground())

    return rollouts


@pytest.fixture
def row(rollouts: dict[str, Rollout], request: pytest.FixtureRequest) -> Rollout:
    """The one of the file's ``rollouts`` that the test is named after."""
    return rollouts[request.node.name.removeprefix("test_").replace("_", "-")]


def until(condition: Callable[[], object]) -> None:
    for _each in range(10_000):
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("it never came")


def flat(run: Run) -> str:
    """What was printed, without the breaks of lines."""
    return " ".join(run.output.split())


def result(run: Run, rollout: Rollout, number: int) -> dict[str, Any]:
    (found,) = [each for each in run.by("vvx_apply") if each.host == f"{rollout.name}-{number}"]
    return found.result


def finished(rollout: Rollout, *, untouched: list[int], **variables: Any) -> Run:
    """Go on once nothing is in the way: all phones get done, and these are not asked anything."""
    rollout.forget()
    run = rollout.apply(**variables)
    assert run.code == 0, run.output
    assert rollout.done() == [True] * len(rollout.phones), run.output
    asked = [number for number in untouched if rollout.phones[number - 1].count()]
    assert asked == [], run.output
    return run


def refused(rollout: Rollout, *arguments: str, said: str, **variables: Any) -> None:
    """A run that does not begin."""
    run = rollout.apply(*arguments, **variables)
    assert run.code == 2, run.output
    assert [phone.count() for phone in rollout.phones] == [0] * len(rollout.phones), run.output
    assert run.by("vvx_apply") == [], run.output
    assert said in flat(run), run.output
    assert "Traceback" not in run.output
    assert not list(rollout.folder.glob("*.journal"))
