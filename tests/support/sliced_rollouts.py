# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A job of AWX in slices: processes of ansible-playbook at the same time, each with its own part of the inventory."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import yaml

from .playbook import Playground, Run
from .rollouts import QUICK, Rollout
from .slices import dealt, of_a_slice

Outcome = TypeVar("Outcome")


class Slices:
    """The slices of a job on the phones of a rollout; no slice knows of the others, nor how many there are. Plan and
    journals are in the folder of the rollout, as in one that is mounted. ``number``: 1 for a job without slices.
    ``first``: so many slices run, and the others never begin."""

    def __init__(self, rollout: Rollout, number: int, first: int | None = None) -> None:
        self.rollout = rollout
        self.parts = dealt([phone.name for phone in rollout.phones], number)[:first]
        self._variables = of_a_slice("Apply") if number > 1 else {}
        self._playgrounds = [self._playground(f"{number}-{index}", part) for index, part in enumerate(self.parts, 1)]

    def run(self, playbook: str = "apply", *, check: bool = False, **variables: Any) -> list[Run]:
        """All at once."""
        arguments = [*self._arguments(playbook, variables), *(["--check"] if check else [])]
        return self._at_once(lambda each: each.run(*arguments, COLUMNS="80"))

    def run_until(self, condition: Callable[[], object], playbook: str = "apply", **variables: Any) -> None:
        """The same, and all are killed as soon as the condition is met."""
        arguments = self._arguments(playbook, variables)
        self._at_once(lambda each: each.run_until(condition, *arguments, COLUMNS="80"))

    def _at_once(self, start: Callable[[Playground], Outcome]) -> list[Outcome]:
        with ThreadPoolExecutor(len(self._playgrounds)) as threads:
            return list(threads.map(start, self._playgrounds))

    def _arguments(self, playbook: str, variables: dict[str, Any]) -> list[str]:
        extra = {"vvx_plan": str(self.rollout.plan), **QUICK, **self._variables, **variables}
        return [f"polycom.vvx.{playbook}", "-i", "hosts.yml", "-e", json.dumps(extra)]

    def _playground(self, name: str, part: Sequence[str]) -> Playground:
        folder: Path = self.rollout.playground.folder / f"slice-{name}"
        folder.mkdir(exist_ok=True)
        made = Playground(folder)
        document = yaml.safe_load((self.rollout.folder / "hosts.yml").read_text(encoding="utf-8"))
        group = document["all"]["children"]["phones"]["children"][self.rollout.group]
        group["hosts"] = {host: variables for host, variables in group["hosts"].items() if host in part}
        made.write("hosts.yml", document)
        return made
