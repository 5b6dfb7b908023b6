# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rollouts of many tests on one simulated fleet: each has phones, a plan and a journal of its own. All plans are made
in one run of ansible-playbook, because its start costs more than a plan."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from simulator import Fleet, Phone, PhoneSpec

from .fixtures import StartFleet
from .playbook import Playground, Run, inventory

KEY = "a key that nobody can guess"
QUICK = {"vvx_canary": 0, "vvx_lines_delay": 0, "vvx_max_failures": "50%"}
"""Options of all rollouts that have no others."""


@dataclass(frozen=True)
class Row:
    """What stands in the inventory: ``phones`` alike phones, and what they are to be. ``hosts``: more variables of
    single phones, by number from 1."""

    phones: int = 5
    parameters: Mapping[str, Any] = field(default_factory=lambda: {"up.idleTimeout": 55})
    spec: PhoneSpec = field(default_factory=PhoneSpec)
    variables: Mapping[str, Any] = field(default_factory=dict)
    hosts: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


@dataclass
class Rollout:
    """The phones of one row, and the runs on them."""

    name: str
    row: Row
    playground: Playground
    phones: list[Phone]

    @property
    def folder(self) -> Path:
        return self.playground.folder / self.name

    @property
    def plan(self) -> Path:
        return self.folder / "plan.json"

    def write_inventory(self, **changes: Any) -> None:
        """``changes``: of the row."""
        self.row = replace(self.row, **changes)
        group = inventory(self.phones, ca_path=self.phones[0].fleet.ca_path if self.phones[0].fleet.tls else None)
        known = group["all"]["children"]["phones"]
        for number, variables in self.row.hosts.items():
            known["hosts"][self.phones[number - 1].name] |= variables
        known["vars"] |= {
            "vvx_parameters_all": dict(self.row.parameters), "vvx_plan_key": KEY, **self.row.variables,
        }  # fmt: skip
        group["all"]["children"]["phones"] = {"children": {self.group: known}}
        self.playground.write(f"{self.name}/hosts.yml", group)

    @property
    def group(self) -> str:
        return self.name.replace("-", "_")

    def arguments(self, *arguments: str, **variables: Any) -> list[str]:
        extra = {"vvx_plan": f"{self.name}/plan.json", **QUICK, **variables}
        return ["polycom.vvx.apply", "-i", f"{self.name}/hosts.yml", "-e", json.dumps(extra), *arguments]

    def apply(self, *arguments: str, **variables: Any) -> Run:
        return self.playground.run(*self.arguments(*arguments, **variables), COLUMNS="80")

    def check(self, *arguments: str, **variables: Any) -> Run:
        """The same in check mode, in which nothing is written."""
        before = self.values()
        run = self.apply("--check", *arguments, **variables)
        assert self.values() == before and self.sets() == [0] * len(self.phones), run.output
        return run

    def apply_until(self, condition: Callable[[], object], *arguments: str, **variables: Any) -> str:
        """A run whose controller is killed as soon as the condition is met."""
        return self.playground.run_until(condition, *self.arguments(*arguments, **variables), COLUMNS="80")

    def values(self) -> list[dict[str, str]]:
        """What each phone has of what it is to be."""
        return [{name: phone.value(name)[0] for name in self.row.parameters} for phone in self.phones]

    def done(self) -> list[bool]:
        """Which phones have all that they are to have."""
        return [
            all(phone.value(name)[0] == str(value) for name, value in self.row.parameters.items())
            for phone in self.phones
        ]

    def sets(self) -> list[int]:
        return [phone.count("config/set") for phone in self.phones]

    def forget(self) -> None:
        """Clear what phones have logged, and their faults."""
        for phone in self.phones:
            phone.clear()

    def journal(self) -> list[dict[str, Any]]:
        texts = [path.read_text(encoding="utf-8") for path in sorted(self.folder.glob("*.journal"))]
        lines = (json.loads(line) for text in texts for line in text.splitlines())
        return [line for line in lines if "host" in line]

    def states(self) -> list[str]:
        """The last state of each phone in the journal; "" for phones that never began."""
        last = {line["host"]: line["state"] for line in self.journal()}
        return [last.get(phone.name, "") for phone in self.phones]


def planned(
    rows: Mapping[str, Row], start_fleet: StartFleet, playground: Playground, requests: int | None = None
) -> dict[str, Rollout]:
    """All rows with their plans made. ``requests``: as many has each phone got for it."""
    specs = [
        replace(row.spec, name=f"{name}-{number}", switches=replace(row.spec.switches))
        for name, row in rows.items()
        for number in range(1, row.phones + 1)
    ]
    fleet: Fleet = start_fleet(*specs, tls=False)
    rollouts = {}
    for name, row in rows.items():
        phones = [phone for phone in fleet if re.fullmatch(rf"{name}-[0-9]+", phone.name)]
        rollouts[name] = Rollout(name, row, playground, phones)
        rollouts[name].write_inventory()
    plays = [
        {
            "import_playbook": "polycom.vvx.plan",
            "vars": {"vvx_hosts": rollout.group, "vvx_plan": f"{name}/plan.json"},
        }
        for name, rollout in rollouts.items()
    ]
    inventories = [argument for name in rows for argument in ("-i", f"{name}/hosts.yml")]
    playground.write("plan.yml", plays)
    run = playground.run("plan.yml", *inventories)
    assert run.code == 0, run.output
    for rollout in rollouts.values():
        assert rollout.plan.exists(), run.output
        assert requests is None or {phone.count() for phone in rollout.phones} == {requests}
        rollout.forget()
    return rollouts
