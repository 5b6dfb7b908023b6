# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure the cost of a look at a whole fleet. Start it with ``make benchmark-fleet``.

Compares the report and the inventory plugin, in one run, with a bare script that makes the same three requests per
phone and with a playbook that has one task per phone.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table

from measuring import Cost, Fleet, Playground, console, cost_of, machine, run, running_fleet

WORKERS = 64
REPORT = [{"name": "Report", "polycom.vvx.vvx_report": {"json": "report.json", "workers": WORKERS}}]
TASKS = [{"name": "Gather facts", "polycom.vvx.vvx_facts": {"gather_subset": ["device", "lines"]}}]
MOST_MEMORY = 400e6
"""Bytes."""


def bare(playground: Playground, fleet: Fleet, phones: int) -> Cost:
    return cost_of(
        playground,
        fleet,
        [sys.executable, str(Path(__file__).parent / "bare.py"), str(hosts(playground, fleet, phones)), str(WORKERS)],
    )


def report(playground: Playground, fleet: Fleet, phones: int) -> Cost:
    return run(playground, fleet, REPORT, phones, 5)


def tasks(playground: Playground, fleet: Fleet, phones: int) -> Cost:
    return run(playground, fleet, TASKS, phones, 10)


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


def hosts(playground: Playground, fleet: Fleet, phones: int) -> Path:
    return playground.write(f"hosts-{phones}.json", json.dumps(fleet.inventory(phones)))


WAYS = {"bare script": bare, "vvx_report": report, "inventory plugin": inventory, "a task for each phone": tasks}


def best(playground: Playground, fleet: Fleet, way: str, phones: int, repeat: int) -> Cost:
    return min((WAYS[way](playground, fleet, phones) for _round in range(repeat)), key=lambda cost: cost.cpu)


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmark-fleet", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--phones", type=int, default=1000, metavar="N", help="phones (default: 1000)")
    parser.add_argument(
        "--many", type=int, default=10_000, metavar="N", help="phones to see how the cost grows (default: 10000)"
    )
    parser.add_argument(
        "--repeat", type=int, default=3, metavar="N", help="runs of each way; the best counts (default: 3)"
    )
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="vvx-benchmark-") as name,
        running_fleet(options.many, "keep", Path(name)) as fleet,
    ):
        playground = Playground(Path(name))
        report(playground, fleet, 10)  # compiles what is not compiled yet
        inventory(playground, fleet, 10)
        few = {way: best(playground, fleet, way, options.phones, options.repeat) for way in WAYS}
        many = {way: best(playground, fleet, way, options.many, 1) for way in ("vvx_report", "inventory plugin")}
    console.print(costs(few, many, options))
    table, all_hold = ratios(few, many, options)
    console.print(table)
    return 0 if all_hold else 1


def costs(few: dict[str, Cost], many: dict[str, Cost], options: argparse.Namespace) -> Table:
    caption = f"TLS, {WORKERS} threads, whole commands, best of {options.repeat}; {os.cpu_count()} cores, {machine()}"
    table = Table(box=SIMPLE_HEAD, caption=caption, caption_justify="left")
    table.add_column("", no_wrap=True)
    for name in ("phones", "CPU s", "CPU ms a phone", "requests a phone", "seconds", "peak MB"):
        table.add_column(name, justify="right")
    for phones, found in ((options.phones, few), (options.many, many)):
        for way, cost in found.items():
            cells = (
                f"{cost.cpu:.2f}",
                f"{cost.cpu / phones * 1000:.2f}",
                f"{cost.requests / phones:g}",
                f"{cost.seconds:.1f}",
                f"{cost.memory / 1e6:.0f}",
            )
            table.add_row(way, str(phones), *cells)
    return table


def ratios(few: dict[str, Cost], many: dict[str, Cost], options: argparse.Namespace) -> tuple[Table, bool]:
    table = Table(box=SIMPLE_HEAD)
    for name in ("", "measured", "to hold", ""):
        table.add_column(name, justify="left" if not name else "right")
    rows: list[tuple[str, float, str, float]] = []
    growth = options.many / options.phones
    for way in many:
        rows.append((f"{way}, to the bare script", few[way].cpu / few["bare script"].cpu, "at most", 4.0))
        rows.append(
            (f"a task for each phone, to {way}", few["a task for each phone"].cpu / few[way].cpu, "at least", 4.0)
        )
        rows.append(
            (
                f"{way}, growth of a phone's cost at {growth:g} times the phones",
                many[way].cpu / few[way].cpu / growth,
                "at most",
                1.0,
            )
        )
        rows.append((f"{way}, peak MB at {options.many} phones", many[way].memory / 1e6, "at most", MOST_MEMORY / 1e6))
    all_hold = True
    rows += [(f"{way}, requests a phone", few[way].requests / options.phones, "at least", 3.0) for way in few]
    for text, value, word, limit in rows:
        holds = value <= limit if word == "at most" else value >= limit
        all_hold = all_hold and holds
        table.add_row(
            text, f"{value:.2f}", f"{word} {limit:g}", "[green]holds[/]" if holds else "[bold red]does not hold[/]"
        )
    return table, all_hold


if __name__ == "__main__":
    sys.exit(main())
