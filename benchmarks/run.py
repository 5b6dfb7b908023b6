# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure the cost of managing a phone in several ways, in one run. Start it with ``make benchmark``.

CPU counts ansible-playbook with all its processes, minus an empty play on the same inventory. The simulated phones run
in a process of their own, which does not count. Ratios compare within the run; milliseconds depend on the machine.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

import plays
from measuring import Cost, Fleet, Playground, console, machine, run, running_fleet


@dataclass
class Case:
    """One way to do the work. ``tasks`` gets a text that is new in each run. ``slow``: measured on fewer phones."""

    name: str
    tasks: Callable[[str], list[plays.Task]]
    changes: bool = False
    slow: bool = False


CASES = {
    "nothing": Case("a task that does nothing", lambda _version: plays.nothing()),
    "floor": Case(
        "the same with 40 parameters as arguments", lambda version: plays.nothing(parameters=plays.parameters(version))
    ),
    "facts": Case("vvx_facts", lambda _version: plays.facts()),
    "same": Case("vvx_config, 40 parameters, none differs", plays.config),
    "changed": Case("vvx_config, 5 of 40 differ", plays.config, changes=True),
    "module same": Case(
        "the same as a module (AnsiballZ), none differs",
        lambda version: plays.through_a_module(plays.config(version)),
        slow=True,
    ),
    "module changed": Case(
        "the same as a module, 5 of 40 differ",
        lambda version: plays.through_a_module(plays.config(version)),
        changes=True,
        slow=True,
    ),
    "uri same": Case("a play of uri tasks, none differs", plays.uri, slow=True),
    "uri changed": Case("a play of uri tasks, 5 of 40 differ", plays.uri, changes=True, slow=True),
}

RATIOS = (
    ("none differs, to a task that does nothing with them", "same", "floor", "at most", 1.8),
    ("none differs, to a task that does nothing at all", "same", "nothing", "", 0.0),
    ("none differs, module to action", "module same", "same", "at least", 10.0),
    ("5 of 40 differ, module to action", "module changed", "changed", "at least", 10.0),
    ("none differs, uri to action", "uri same", "same", "", 0.0),
    ("5 of 40 differ, uri to action", "uri changed", "changed", "at least", 40.0),
)
"""What must hold: text, case, the case to compare with, and the limit (0: only shown)."""


def measure(playground: Playground, fleet: Fleet, options: argparse.Namespace) -> dict[str, Cost]:
    """Return the best of several rounds per phone, minus an empty play. All cases take turns in each round, so that
    other load on the machine affects all of them."""
    sizes = {
        key: min(options.slow_phones, options.phones) if CASES[key].slow else options.phones for key in options.only
    }
    empty: dict[int, Cost] = {}
    best: dict[str, Cost] = {}
    run(playground, fleet, plays.config("first"), options.phones, options.forks)
    for number in range(options.repeat):
        console.print(f"[dim]round {number + 1} of {options.repeat} ...[/]")
        for phones in set(sizes.values()):
            keep_best(empty, phones, run(playground, fleet, [], phones, options.forks))
        for key, phones in sizes.items():
            case = CASES[key]
            tasks = case.tasks(f"{key}-{number}") if case.changes else case.tasks("first")
            if not case.changes and any(CASES[other].changes for other in options.only):
                run(playground, fleet, plays.config("first"), phones, options.forks)
            keep_best(best, key, run(playground, fleet, tasks, phones, options.forks))
    return {
        key: Cost(
            (cost.cpu - empty[sizes[key]].cpu) / sizes[key], cost.requests / sizes[key], cost.seconds, cost.memory
        )
        for key, cost in best.items()
    }


def keep_best(costs: dict[Any, Cost], key: Any, cost: Cost) -> None:
    costs[key] = min(costs.get(key, cost), cost, key=lambda one: one.cpu)


def costs_table(costs: dict[str, Cost], options: argparse.Namespace) -> Table:
    how = f"TLS (phones {options.connections} connections), {options.forks} forks, best of {options.repeat}"
    caption = f"{how}; {os.cpu_count()} cores, {machine()}"
    table = Table(box=SIMPLE_HEAD, collapse_padding=True, caption=caption, caption_justify="left")
    table.add_column("for each phone", no_wrap=True)
    for name in ("CPU ms", "to nothing", "requests", "phones", "seconds", "peak MB"):
        table.add_column(name, justify="right")
    for key, cost in costs.items():
        case = CASES[key]
        floor = costs["nothing"].cpu if "nothing" in costs else cost.cpu
        phones = options.slow_phones if case.slow else options.phones
        cells = (
            f"{cost.cpu * 1000:.1f}",
            f"{cost.cpu / floor:.2f}",
            f"{cost.requests:g}",
            str(phones),
            f"{cost.seconds:.1f}",
            f"{cost.memory / 1e6:.0f}",
        )
        table.add_row(case.name, *cells)
    return table


def ratios_table(costs: dict[str, Cost]) -> tuple[Table, bool]:
    table = Table(box=SIMPLE_HEAD, collapse_padding=True)
    table.add_column("ratio", no_wrap=True)
    for name in ("measured", "to hold", ""):
        table.add_column(name, justify="right")
    all_hold = True
    for text, case, base, word, limit in RATIOS:
        if case in costs and base in costs:
            ratio = costs[case].cpu / costs[base].cpu
            holds = not word or (ratio <= limit if word == "at most" else ratio >= limit)
            all_hold = all_hold and holds
            verdict = "[green]holds[/]" if holds else "[bold red]does not hold[/]"
            table.add_row(text, f"{ratio:.2f}", *((f"{word} {limit:g}", verdict) if word else ("", "")))
    if "same" in costs:
        exact = costs["same"].requests == 2
        all_hold = all_hold and exact
        table.add_row(
            "requests when none of 40 differs",
            f"{costs['same'].requests:g}",
            "2",
            "[green]holds[/]" if exact else "[bold red]does not hold[/]",
        )
    return table, all_hold


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmark", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--phones", type=int, default=200, metavar="N", help="phones for what is fast (default: 200)")
    parser.add_argument(
        "--slow-phones", type=int, default=30, metavar="N", help="phones for what is slow (default: 30)"
    )
    parser.add_argument("--forks", type=int, default=10, metavar="N", help="forks of ansible-playbook (default: 10)")
    parser.add_argument(
        "--connections",
        choices=["keep", "close"],
        default="keep",
        help="what phones do with a connection after a reply (default: keep)",
    )
    parser.add_argument(
        "--repeat", type=int, default=3, metavar="N", help="runs of each case; the best counts (default: 3)"
    )
    parser.add_argument(
        "--only",
        nargs="*",
        choices=list(CASES),
        default=list(CASES),
        metavar="CASE",
        help=f"some of the cases: {', '.join(CASES)}",
    )
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="vvx-benchmark-") as name,
        running_fleet(options.phones, {"keep_alive": options.connections}, Path(name)) as fleet,
    ):
        costs = measure(Playground(Path(name)), fleet, options)
    console.print(costs_table(costs, options))
    table, all_hold = ratios_table(costs)
    console.print(table)
    return 0 if all_hold else 1


if __name__ == "__main__":
    sys.exit(main())
