# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cases that share one ansible-playbook, because its start costs more than all that a case does.

    CASES = {"busy": Case([task], prepare=lambda phone: phone.fault("http")), "healthy": Case([task])}

    @shared_run
    def run(run_cases):
        return run_cases(CASES)

    @pytest.mark.parametrize("case", CASES)
    def test_case(run, case):
        assert run.of("task", case) ...

Each case has a phone and a play of its own, both named after it (so its name has no spaces).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from simulator import Fleet, Phone, PhoneSpec
from support.fixtures import StartFleet
from support.playbook import Playground, Run, inventory

shared_run = pytest.fixture(scope="module")
"""For what runs once for all tests of a file, which pytest-xdist keeps in one process (--dist loadfile)."""


def _as_usual(phone: Phone) -> dict[str, Any]:
    trusted = phone.fleet.ca_path if phone.fleet.tls else None
    variables: dict[str, Any] = inventory([phone], ca_path=trusted)["all"]["children"]["phones"]
    return {**variables["vars"], **variables["hosts"][phone.name]}


@dataclass(frozen=True)
class Case:
    """``keywords``: of its play. ``variables``: of its phone, besides the usual ones. ``host``: all variables of its
    phone, instead of the usual ones. Tasks that fail need ``ignore_errors``, or the plays of later cases don't run."""

    tasks: list[dict[str, Any]]
    spec: PhoneSpec = field(default_factory=PhoneSpec)
    prepare: Callable[[Phone], Any] = lambda phone: None
    keywords: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    host: Callable[[Phone], dict[str, Any]] = _as_usual


@dataclass
class SharedRun(Run):
    """A run with its fleet and its folder."""

    fleet: Fleet = field(kw_only=True)
    playground: Playground = field(kw_only=True)

    def again(self, *arguments: str, **environment: str) -> SharedRun:
        """Another run of the same playbook on the same phones."""
        run = self.playground.run("play.yml", "-i", "inventory.yml", *arguments, **environment)
        return SharedRun(run.code, run.output, run.outcomes, fleet=self.fleet, playground=self.playground)

    def passed(self, case: str) -> bool:
        """Whether tasks of the case ran and none failed."""
        states = {outcome.state for outcome in self.outcomes if outcome.host == case}
        return "ok" in states and states <= {"ok", "skipped"}


def run_cases(
    cases: Mapping[str, Case],
    start_fleet: StartFleet,
    playground: Playground,
    *arguments: str,
    before: Callable[[Playground], Any] = lambda playground: None,
    tls: bool = False,
    **environment: str,
) -> SharedRun:
    """Run all cases on phones of their own, one play after the other. ``before`` writes the files that they read.
    ``run.part(name)`` is what a case's play printed."""
    fleet = start_fleet(*(replace(case.spec, name=name) for name, case in cases.items()), tls=tls)
    before(playground)
    hosts = inventory([])
    plays = []
    for name, case in cases.items():
        case.prepare(fleet[name])
        hosts["all"]["hosts"][name] = {**case.host(fleet[name]), **case.variables}
        plays.append({"name": name, "hosts": name, "gather_facts": False, **case.keywords, "tasks": case.tasks})
    playground.write("inventory.yml", hosts)
    playground.write("play.yml", plays)
    return SharedRun(0, "", fleet=fleet, playground=playground).again(*arguments, **environment)
