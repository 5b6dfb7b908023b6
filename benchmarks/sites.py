# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A site whose phones are as their variables say, and what it costs to configure them all."""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import plays
from measuring import Cost, Fleet, Playground, cost_of

FORKS = 5
"""Ansible's default."""
COMMON = {
    f"attendant.resourceList.{key}.{part}": f"{part} {key}" for key in range(1, 19) for part in ("address", "label")
}
del COMMON["attendant.resourceList.18.label"]


def own(version: str) -> dict[str, str]:
    """The parameters of one phone, with new values for each version."""
    return {f"attendant.resourceList.{key}.label": f"Key {key}, {version}" for key in range(41, 46)}


DESIRED = {**COMMON, **own("first")}
"""What the phones have at the beginning: 40 parameters, none of which decides what a report asks for."""
_NOTHING = [{"name": "Benchmark", "hosts": "phones", "gather_facts": False, "tasks": plays.nothing()}]


class Site:
    """Phones with 40 desired parameters: 35 that all have in common, and 5 of their own."""

    def __init__(self, playground: Playground, fleet: Fleet, phones: int) -> None:
        self._playground, self._fleet, self.phones = playground, fleet, phones
        self._inventory = copy.deepcopy(fleet.inventory(phones))
        group = self._inventory["all"]["children"]["phones"]
        self._hosts: list[dict[str, Any]] = list(group["hosts"].values())
        group["vars"]["vvx_parameters_all"] = COMMON
        for host in self._hosts:
            host["vvx_parameters_host"] = own("first")
        self._changes = 0

    def drift(self, phones: int) -> None:
        """Desire new values of so many phones, spread over the fleet."""
        self._changes += 1
        for host in self._hosts[:: max(1, self.phones // phones)][:phones]:
            host["vvx_parameters_host"] = own(f"change-{self._changes}")

    def slice(self, number: int, of: int) -> dict[str, Any]:
        """The inventory of one slice of a job, as AWX computes it: hosts by name, every n-th. ``number``: from 1."""
        group = self._inventory["all"]["children"]["phones"]
        hosts = dict(sorted(group["hosts"].items())[number - 1 :: of])
        return {"all": {"children": {"phones": {**group, "hosts": hosts}}}}

    def configure(self, variables: Mapping[str, str] | None = None) -> Cost:
        extra = [part for name, value in (variables or {}).items() for part in ("-e", f"{name}={value}")]
        return self._run(["polycom.vvx.configure", *extra])

    def nothing(self) -> Cost:
        return self._run([str(self._playground.write("nothing.yml", _NOTHING))])

    def _run(self, arguments: Sequence[str]) -> Cost:
        hosts = self._playground.write("hosts.json", json.dumps(self._inventory))
        command = [sys.executable, "-m", "ansible", "playbook", *arguments, "-i", str(hosts), "--forks", str(FORKS)]
        return cost_of(self._playground, self._fleet, command)
