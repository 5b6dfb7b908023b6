# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure what it costs to configure a fleet that is right already, or nearly. Start it with ``make benchmark``.

All figures are those of whole commands, ansible-playbook with all its processes, at Ansible's default of 5 forks. The
floor is a play with one task for each phone that does nothing at all.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table

from comparing import Exactly, Ratio, measure, verdicts
from measuring import Cost, Playground, console, machine, running_fleet, show
from sites import DESIRED, FORKS, Site

SLOW = {"handshake_seconds": 0.5, "latency": 0.2}
"""Seconds that real phones take for a TLS handshake, and for each reply."""
EACH = {"vvx_survey": "false"}
"""Variables with which each phone gets a task of its own, whether it differs or not."""

_TEXTS = {
    "nothing": "a task for each phone that does nothing",
    "same": "configure, none differs",
    "some": "configure, {drifting} differ",
    "each": "configure without a survey, none differs",
    "slow same": "slow phones: configure, none differs",
    "slow each": "slow phones: configure without a survey, none differs",
}


def cpu(cost: Cost) -> float:
    return cost.cpu


def seconds(cost: Cost) -> float:
    return cost.seconds


def quick(site: Site, options: argparse.Namespace) -> tuple[dict[str, list[Cost]], list[Ratio[Cost]]]:
    """Phones that answer at once: CPU."""

    def some() -> Cost:
        site.drift(options.drifting)
        return site.configure()

    ways: dict[str, Callable[[], Cost]] = {
        "nothing": site.nothing,
        "same": site.configure,
        "some": some,
        "each": lambda: site.configure(EACH),
    }
    ratios = [
        Ratio("CPU, none differs, to tasks that do nothing", ("same",), ("nothing",), cpu, "at most", 0.4),
        Ratio(
            f"CPU, {options.drifting} differ, to tasks that do nothing", ("some",), ("nothing",), cpu, "at most", 0.6
        ),
        Ratio("CPU, without a survey, to tasks that do nothing", ("each",), ("nothing",), cpu),
    ]
    site.configure()  # compiles what is not compiled yet
    return measure(ways, ratios, options.repeat, 3 * options.repeat), ratios


def slow(site: Site) -> tuple[dict[str, list[Cost]], list[Ratio[Cost]]]:
    """Phones as slow as real ones: wall time."""
    ways = {"slow same": site.configure, "slow each": lambda: site.configure(EACH)}
    ratios = [
        Ratio(
            "Wall time of slow phones, to that without a survey",
            ("slow same",),
            ("slow each",),
            seconds,
            "at most",
            0.1,
        )
    ]
    return measure(ways, ratios, 1, 3), ratios


def costs(runs: Mapping[str, Sequence[Cost]], options: argparse.Namespace) -> Table:
    caption = (
        f"{options.phones} phones, 40 parameters, TLS, whole commands, {FORKS} forks, best of {options.repeat} or "
    )
    caption += f"more; slow: {SLOW['handshake_seconds']:g} s a handshake, {SLOW['latency']:g} s a reply; "
    caption += f"{os.cpu_count()} cores, {machine()}"
    table = Table(box=SIMPLE_HEAD, collapse_padding=True, caption=caption, caption_justify="left")
    table.add_column("")
    for name in ("CPU s", "to nothing", "requests", "seconds", "peak MB", "runs"):
        table.add_column(name, justify="right", no_wrap=True)
    floor = min(map(cpu, runs["nothing"])) if "nothing" in runs else None
    for way, found in runs.items():
        least = min(found, key=cpu)
        cells = (
            f"{least.cpu:.1f}",
            f"{least.cpu / floor:.2f}" if floor else "",
            f"{least.requests:g}",
            f"{min(map(seconds, found)):.1f}",
            f"{least.memory / 1e6:.0f}",
            str(len(found)),
        )
        table.add_row(_TEXTS[way].format(drifting=options.drifting), *cells)
    return table


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmark-configure", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--phones", type=int, default=1000, metavar="N", help="phones (default: 1000)")
    parser.add_argument("--drifting", type=int, default=50, metavar="N", help="phones that differ (default: 50)")
    parser.add_argument(
        "--repeat", type=int, default=2, metavar="N", help="runs of each way; the best counts (default: 2)"
    )
    parser.add_argument("--only", choices=["quick", "slow"], help="phones that answer at once, or as real ones (both)")
    options = parser.parse_args()
    runs: dict[str, list[Cost]] = {}
    ratios: list[Ratio[Cost]] = []
    for pace in [options.only] if options.only else ["quick", "slow"]:
        switches = {"keep_alive": "keep", **(SLOW if pace == "slow" else {})}
        with (
            tempfile.TemporaryDirectory(prefix="vvx-benchmark-") as name,
            running_fleet(options.phones, switches, Path(name), DESIRED) as fleet,
        ):
            site = Site(Playground(Path(name)), fleet, options.phones)
            console.print(f"[dim]{pace} phones ...[/]")
            found, compared = slow(site) if pace == "slow" else quick(site, options)
            runs |= found
            ratios += compared
    console.print(costs(runs, options))
    written = 4 * options.drifting  # by the task of each phone that differs: 2 to read, 1 to write, 1 to read back
    predicted = {"same": 2 * options.phones, "some": 2 * options.phones + written}
    exact = [
        Exactly(f"requests: {_TEXTS[way].format(drifting=options.drifting)}", runs[way][0].requests, number)
        for way, number in predicted.items()
        if way in runs
    ]
    return 0 if show(verdicts(ratios, runs, exact)) else 1


if __name__ == "__main__":
    sys.exit(main())
