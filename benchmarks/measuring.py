# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Simulated phones in a process of their own, and what a command costs that talks to them."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import requests
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from comparing import Verdict

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.playbook import Playground

PLUGINS = Path(__file__).parent / "plugins" / "action"
console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)


@dataclass
class Cost:
    """Per phone: seconds of CPU, and requests. Of the whole run: seconds, and peak bytes of memory."""

    cpu: float
    requests: float
    seconds: float
    memory: int


class Fleet:
    """Simulated phones in a process of their own."""

    def __init__(self, ready: dict[str, Any], inventory: dict[str, Any]) -> None:
        self._control = ready["control_url"].removesuffix("/phones")
        self._inventory = inventory
        self.ca_path: str = ready["ca_path"]
        del inventory["all"]["children"]["phones"]["vars"]["ansible_vvx_ca_path"]

    def inventory(self, phones: int) -> dict[str, Any]:
        """The first phones, and the controller under another name, where tasks run as modules."""
        group = self._inventory["all"]["children"]["phones"]
        hosts = dict(list(group["hosts"].items())[:phones])
        # Connected to by a stand-in that is not called local: what is delegated there runs as a module.
        elsewhere = {"ansible_connection": "elsewhere", "ansible_python_interpreter": sys.executable}
        return {"all": {"hosts": {"elsewhere": elsewhere}, "children": {"phones": {**group, "hosts": hosts}}}}

    def requests_and_violations(self) -> tuple[int, int]:
        total = requests.get(f"{self._control}/counters", timeout=30).json()["total"]
        return int(total["requests"]), int(total["violations"])


@contextlib.contextmanager
def running_fleet(
    phones: int, switches: Mapping[str, Any], folder: Path, parameters: Mapping[str, str] | None = None
) -> Iterator[Fleet]:
    """Simulated phones until the block ends. ``switches``: of each of them, see the simulator's README.
    ``parameters``: what has been set on them."""
    ready, inventory, scenario = folder / "ready.json", folder / "phones.json", folder / "scenario.json"
    scenario.write_text(json.dumps([{"switches": switches, "layers": {"web": parameters or {}}}] * phones))
    command = [
        sys.executable,
        "-m",
        "simulator",
        "--port",
        "0",
        "--control-port",
        "0",
        "--scenario",
        str(scenario),
        "--inventory",
        str(inventory),
        "--ready-file",
        str(ready),
    ]
    with (folder / "simulator.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        while not ready.exists():
            if process.poll() is not None:
                sys.exit((folder / "simulator.log").read_text())
            time.sleep(0.1)
        yield Fleet(json.loads(ready.read_text()), json.loads(inventory.read_text()))
    finally:
        process.terminate()
        process.wait(30)


def run(playground: Playground, fleet: Fleet, tasks: list[dict[str, Any]], phones: int, forks: int) -> Cost:
    """Run the tasks once on so many phones. The cost is that of the whole run, requests included."""
    hosts = playground.write(f"hosts-{phones}.json", json.dumps(fleet.inventory(phones)))
    play = playground.write(
        "play.yml", [{"name": "Benchmark", "hosts": "phones", "gather_facts": False, "tasks": tasks}]
    )
    return cost_of(
        playground,
        fleet,
        [sys.executable, "-m", "ansible", "playbook", str(play), "-i", str(hosts), "--forks", str(forks)],
    )


def cost_of(playground: Playground, fleet: Fleet, command: list[str]) -> Cost:
    """Run a command and return what it and its processes cost. Ends the benchmark on a failure or a violation."""
    return costs_of(fleet, [(playground, command)], playground.folder / "compiled")[0]


def costs_of(fleet: Fleet, commands: Sequence[tuple[Playground, list[str]]], compiled: Path) -> list[Cost]:
    """Run commands at the same time, each in a folder of its own, and return what each and its processes cost.

    The requests are those of all, for each command its equal share. ``compiled``: where Python keeps what it has
    compiled, as on any controller. The first run, which is not counted, compiles.
    """
    before, started = fleet.requests_and_violations()[0], time.monotonic()
    running = {
        _start(playground, command, fleet, compiled): number for number, (playground, command) in enumerate(commands)
    }
    costs = [Cost(0, 0, 0, 0) for _command in commands]
    while running:
        for process in list(running):
            cost = costs[running[process]]
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if not pid:
                cost.memory = max(cost.memory, memory_of(process.pid))
                continue
            cost.cpu, cost.seconds = usage.ru_utime + usage.ru_stime, time.monotonic() - started
            if status:
                sys.exit((commands[running[process]][0].folder / "output.log").read_text()[-4000:])
            del running[process]
        time.sleep(0.25 if running else 0)
    sent, violations = fleet.requests_and_violations()
    if violations:
        sys.exit(f"{violations} violations: a phone saw what it must not see")
    for cost in costs:
        cost.requests = (sent - before) / len(costs)
    return costs


def _start(playground: Playground, command: list[str], fleet: Fleet, compiled: Path) -> subprocess.Popen[bytes]:
    environment = playground.environment(ANSIBLE_ACTION_PLUGINS=str(PLUGINS))
    del environment["ANSIBLE_CALLBACKS_ENABLED"]  # it records results for the tests
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["VVX_CA_PATH"] = fleet.ca_path
    environment["PYTHONPYCACHEPREFIX"] = str(compiled)
    with (playground.folder / "output.log").open("w") as log:
        return subprocess.Popen(
            command,
            cwd=playground.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def memory_of(pid: int) -> int:
    """Bytes that a process and its descendants take, what they share counted once."""
    total = 0
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        for member in [process, *process.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                total += getattr(member.memory_full_info(), "pss", 0)
    return total


def machine() -> str:
    core = subprocess.run(
        [sys.executable, "-c", "import ansible; print(ansible.__version__)"], capture_output=True, text=True, check=True
    ).stdout.strip()
    return f"Python {sys.version.split()[0]}, ansible-core {core}"


def show(verdicts: Sequence[Verdict]) -> bool:
    """Print a table of them. Returns whether all of it holds."""
    words = {None: "", True: "[green]holds[/]", False: "[bold red]does not hold[/]"}
    table = Table(box=SIMPLE_HEAD, collapse_padding=True)
    table.add_column("")
    for name in ("measured", "to hold", ""):
        table.add_column(name, justify="right", no_wrap=True)
    for verdict in verdicts:
        word = "[yellow]rounds disagree[/]" if verdict.undecided else words[verdict.holds]
        table.add_row(verdict.text, verdict.measured, verdict.to_hold, word)
    console.print(table)
    return all(verdict.holds is not False for verdict in verdicts)
