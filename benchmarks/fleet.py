# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure the cost of a look at a whole fleet, and how it grows. Start it with ``make benchmark-fleet``.

Compares the report, the inventory plugin and the configure playbook with a bare script that makes three requests to
each phone, on fleets of the same size, and with a playbook that has one task for each phone.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table

from comparing import Exactly, Ratio, measure, verdicts
from measuring import Cost, Fleet, Playground, console, cost_of, machine, run, running_fleet, show
from sites import DESIRED, Site

WORKERS = 64
REPORT = [{"name": "Report", "polycom.vvx.vvx_report": {"json": "report.json", "workers": WORKERS}}]
TASKS = [{"name": "Gather facts", "polycom.vvx.vvx_facts": {"gather_subset": ["device", "lines"]}}]
MOST_MEMORY = 400e6
"""Bytes."""
MOST_OF_BARE = 4.0
"""What a look may cost more than the bare script."""
REQUESTS = 3
"""For each phone, by all but configure."""


def bare(playground: Playground, fleet: Fleet, phones: int) -> Cost:
    hosts = playground.write(f"hosts-{phones}.json", json.dumps(fleet.inventory(phones)))
    return cost_of(
        playground, fleet, [sys.executable, str(Path(__file__).parent / "bare.py"), str(hosts), str(WORKERS)]
    )


def report(playground: Playground, fleet: Fleet, phones: int) -> Cost:
    return run(playground, fleet, REPORT, phones, 5)


def tasks(playground: Playground, fleet: Fleet, phones: int) -> Cost:
    return run(playground, fleet, TASKS, phones, 10)


def configure(playground: Playground, fleet: Fleet, phones: int) -> Cost:
    """Nothing differs: two requests to each phone."""
    return Site(playground, fleet, phones).configure()


def inventory(playground: Playground, fleet: Fleet, phones: int) -> Cost:
    """The plugin finds the phones by their addresses and reads the same of them."""
    group = fleet.inventory(phones)["all"]["children"]["phones"]
    addresses = [host["ansible_host"] for host in group["hosts"].values()]
    first = next(iter(group["hosts"].values()))
    source = {
        "plugin": "polycom.vvx.vvx", "addresses": addresses,
        "port": first["ansible_port"], "password": first["ansible_password"],
        "ca_path": fleet.ca_path, "verify_hostname": "none", "gather_subset": ["device", "lines"], "workers": WORKERS,
        "probe": "trusting",  # their certificates are the fleet's, and not addressed to each
    }  # fmt: skip
    path = playground.write("fleet.vvx.yml", source)
    return cost_of(
        playground,
        fleet,
        [sys.executable, "-m", "ansible", "inventory", "-i", str(path), "--list", "--output", "found.json"],
    )


BARE, EACH = "bare script", "a task for each phone"
LOOKS = {"vvx_report": report, "inventory plugin": inventory, "configure, none differs": configure}
WAYS = {BARE: bare, **LOOKS, EACH: tasks}


def at(way: str, phones: int) -> str:
    return f"{way}, {phones} phones"


def cpu(cost: Cost) -> float:
    return cost.cpu


def ratios(few: int, many: int) -> list[Ratio[Cost]]:
    found = []
    for look in LOOKS:
        for phones in (few, many):
            text = f"{at(look, phones)}, to the bare script"
            found.append(Ratio(text, (at(look, phones),), (at(BARE, phones),), cpu, "at most", MOST_OF_BARE))
        growth = Ratio(
            f"{look}, growth to {many / few:g} times the phones, to that of the bare script",
            (at(look, many), at(BARE, few)), (at(BARE, many), at(look, few)), cpu, "at most", 1.0,
        )  # fmt: skip
        found.append(growth)
    for look in ("vvx_report", "inventory plugin"):
        found.append(Ratio(f"{EACH}, to {look}", (at(EACH, few),), (at(look, few),), cpu, "at least", 4.0))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmark-fleet", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--phones", type=int, default=1000, metavar="N", help="phones (default: 1000)")
    parser.add_argument(
        "--many", type=int, default=10_000, metavar="N", help="phones to see how the cost grows (default: 10000)"
    )
    parser.add_argument(
        "--repeat", type=int, default=1, metavar="N", help="runs of each way; the best counts (default: 1, and more "
        "where a result is near its limit)",
    )  # fmt: skip
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="vvx-benchmark-") as name,
        running_fleet(options.many, {"keep_alive": "keep"}, Path(name), DESIRED) as fleet,
    ):
        playground = Playground(Path(name))
        for look in LOOKS.values():
            look(playground, fleet, 10)  # compiles what is not compiled yet
        ways = {
            at(way, phones): functools.partial(cost, playground, fleet, phones)
            for phones in (options.phones, options.many)
            for way, cost in WAYS.items()
            if way != EACH or phones == options.phones
        }
        compared = ratios(options.phones, options.many)
        runs = measure(ways, compared, options.repeat, 3 * options.repeat)
    console.print(costs(runs, options))
    all_hold = show(verdicts(compared, runs, exact(runs, options)))
    largest = max(cost.memory for each in runs.values() for cost in each)
    console.print(f"largest memory: {largest / 1e6:.0f} MB, to hold: at most {MOST_MEMORY / 1e6:.0f} MB")
    return 0 if all_hold and largest <= MOST_MEMORY else 1


def exact(runs: Mapping[str, Sequence[Cost]], options: argparse.Namespace) -> list[Exactly]:
    found = []
    for way in WAYS:
        each = runs[at(way, options.phones)][0].requests / options.phones
        found.append(
            Exactly(f"{way}, requests a phone", each, 2 if way in LOOKS and LOOKS[way] is configure else REQUESTS)
        )
    return found


def costs(runs: Mapping[str, Sequence[Cost]], options: argparse.Namespace) -> Table:
    caption = f"TLS, {WORKERS} threads, whole commands, best run; {os.cpu_count()} cores, {machine()}"
    table = Table(box=SIMPLE_HEAD, caption=caption, caption_justify="left")
    table.add_column("", no_wrap=True)
    for name in ("CPU s", "CPU ms a phone", "requests a phone", "seconds", "peak MB", "runs"):
        table.add_column(name, justify="right")
    for phones in (options.phones, options.many):
        for way in WAYS:
            found = runs.get(at(way, phones))
            if not found:
                continue
            least = min(found, key=cpu)
            cells = (
                f"{least.cpu:.2f}",
                f"{least.cpu / phones * 1000:.2f}",
                f"{least.requests / phones:g}",
                f"{least.seconds:.1f}",
                f"{least.memory / 1e6:.0f}",
                str(len(found)),
            )
            table.add_row(at(way, phones), *cells)
    return table


if __name__ == "__main__":
    sys.exit(main())
