# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure what a sliced job of AWX costs. Start it with ``make benchmark-slices``.

The slices are computed as AWX does. Each is an ansible-playbook with an inventory, a home and a memory of its own, and
all start at the same time. They share the cores of one machine here, while nodes have their own.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table

from comparing import Exactly, Ratio, measure, verdicts
from configure import SLOW
from measuring import Fleet, Playground, console, costs_of, machine, running_fleet, show
from sites import DESIRED, FORKS, Site

JOBS = {"report": 5, "configure": 2}
"""Playbooks, and how many requests each makes to a phone that is as desired."""


@dataclass
class Sliced:
    """Of all slices of a job: ``cpu`` in seconds, ``requests``, and ``seconds`` until the last one ends. ``memory``:
    peak bytes of the largest slice; ``together``: of all, added."""

    cpu: float
    requests: float
    seconds: float
    memory: int
    together: int


class Jobs:
    """Jobs on one fleet, which is as its variables say."""

    def __init__(self, folder: Path, fleet: Fleet, phones: int) -> None:
        self._folder, self._fleet = folder, fleet
        self._site = Site(Playground(folder), fleet, phones)

    def run(self, playbook: str, slices: int) -> Sliced:
        commands = []
        for number in range(1, slices + 1):
            folder = self._folder / f"{playbook}-{number}-of-{slices}"
            folder.mkdir(exist_ok=True)
            playground = Playground(folder)
            hosts = playground.write("hosts.json", json.dumps(self._site.slice(number, slices)))
            command = [sys.executable, "-m", "ansible", "playbook", f"polycom.vvx.{playbook}", "-i", str(hosts)]
            commands.append((playground, [*command, "--forks", str(FORKS)]))
        costs = costs_of(self._fleet, commands, self._folder / "compiled")
        return Sliced(
            sum(cost.cpu for cost in costs),
            round(sum(cost.requests for cost in costs)),
            max(cost.seconds for cost in costs),
            max(cost.memory for cost in costs),
            sum(cost.memory for cost in costs),
        )


def cpu(cost: Sliced) -> float:
    return cost.cpu


def seconds(cost: Sliced) -> float:
    return cost.seconds


def named(pace: str, playbook: str, slices: int) -> str:
    return f"{pace} phones: {playbook}, {slices} {'slice' if slices == 1 else 'slices'}"


def ratios(pace: str, options: argparse.Namespace) -> list[Ratio[Sliced]]:
    """Of each number of slices to the first one."""
    first, *others = options.slices
    return [
        Ratio(f"{what}, {named(pace, playbook, each)}, to {first}", (way(each),), (way(first),), figure)
        for playbook in options.playbooks
        for way in [functools.partial(named, pace, playbook)]
        for each in others
        for what, figure in (("Wall time", seconds), ("CPU", cpu))
    ]


def costs(runs: Mapping[str, Sequence[Sliced]], options: argparse.Namespace) -> Table:
    caption = (
        f"{options.phones} phones, 40 parameters, TLS, whole commands at the same time, {FORKS} forks, best of "
        f"{options.repeat}; slow: {SLOW['handshake_seconds']:g} s a handshake, {SLOW['latency']:g} s a reply; "
        f"{os.cpu_count()} cores for slices and simulator, {machine()}"
    )
    table = Table(box=SIMPLE_HEAD, collapse_padding=True, caption=caption, caption_justify="left")
    table.add_column("")
    for name in ("seconds", "CPU s", "requests", "peak MB a slice", "peak MB, all"):
        table.add_column(name, justify="right")
    for way, found in runs.items():
        cells = (
            f"{min(map(seconds, found)):.1f}",
            f"{min(map(cpu, found)):.1f}",
            f"{found[0].requests:g}",
            f"{min(cost.memory for cost in found) / 1e6:.0f}",
            f"{min(cost.together for cost in found) / 1e6:.0f}",
        )
        table.add_row(way, *cells)
    return table


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmark-slices", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--phones", type=int, default=2000, metavar="N", help="phones (default: 2000)")
    parser.add_argument(
        "--slices", type=int, nargs="+", default=[1, 2, 4], metavar="N", help="numbers of slices (default: 1 2 4)"
    )
    parser.add_argument(
        "--playbooks",
        nargs="+",
        choices=list(JOBS),
        default=["report", "configure"],
        help="(default: report configure)",
    )
    parser.add_argument("--repeat", type=int, default=2, metavar="N", help="rounds; the best counts (default: 2)")
    parser.add_argument("--only", choices=["quick", "slow"], help="phones that answer at once, or as real ones (both)")
    options = parser.parse_args()
    runs: dict[str, list[Sliced]] = {}
    compared: list[Ratio[Sliced]] = []
    for pace in [options.only] if options.only else ["quick", "slow"]:
        switches = {"keep_alive": "keep", **(SLOW if pace == "slow" else {})}
        with (
            tempfile.TemporaryDirectory(prefix="vvx-benchmark-") as name,
            running_fleet(options.phones, switches, Path(name), DESIRED) as fleet,
        ):
            jobs = Jobs(Path(name), fleet, options.phones)
            console.print(f"[dim]{pace} phones ...[/]")
            for playbook in options.playbooks:
                jobs.run(playbook, max(options.slices))  # compiles what is not compiled yet
            ways = {
                named(pace, playbook, slices): functools.partial(jobs.run, playbook, slices)
                for playbook in options.playbooks
                for slices in options.slices
            }
            compared += ratios(pace, options)
            runs |= measure(ways, ratios(pace, options), options.repeat, options.repeat)
    console.print(costs(runs, options))
    exact = [
        Exactly(f"requests: {way}", found[0].requests, requests * options.phones)
        for playbook, requests in JOBS.items()
        for way, found in runs.items()
        if f": {playbook}," in way
    ]
    return 0 if show(verdicts(compared, runs, exact)) else 1


if __name__ == "__main__":
    sys.exit(main())
