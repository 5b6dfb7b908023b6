# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running ansible-playbook on a simulated fleet, and reading what came of it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from simulator import Fleet, Phone, PhoneSpec

from .returns import disagreements

PLUGINS = Path(__file__).parent / "plugins"
PASSWORD = PhoneSpec().admin_password
PLAYBOOK = [sys.executable, "-m", "ansible", "playbook"]
MODULE_DOOR = {"delegate_to": "jumphost"}
"""Task keywords that send a task to another host, where it runs as a module. Without them it runs as an action."""


@dataclass(frozen=True)
class Outcome:
    """One result of one task on one host. ``state``: ok, failed, unreachable or skipped. ``action``: the module."""

    host: str
    task: str
    action: str
    state: str
    result: dict[str, Any]


@dataclass
class Run:
    """A finished ansible-playbook."""

    code: int
    output: str
    outcomes: list[Outcome] = field(default_factory=list)

    def of(self, task: str, host: str | None = None) -> dict[str, Any]:
        """The result of a task, on the only host that has one or on the one that is named."""
        found = [
            outcome
            for outcome in self.outcomes
            if outcome.task == task and host in (None, outcome.host) and outcome.state != "skipped"
        ]
        assert len(found) == 1, f"{len(found)} results of {task!r}\n{self.output}"
        return found[0].result

    def by(self, module: str) -> list[Outcome]:
        """All results of a module of this collection, by its name without the collection's."""
        return [outcome for outcome in self.outcomes if outcome.action == f"polycom.vvx.{module}"]

    def part(self, play: str) -> str:
        """What was printed during the play of that name."""
        found = re.search(rf"^PLAY \[{re.escape(play)}\].*?(?=^PLAY )", self.output, re.DOTALL | re.MULTILINE)
        assert found, f"no play {play!r}\n{self.output}"
        return found[0]

    def state(self, task: str, host: str) -> str:
        return next(outcome.state for outcome in self.outcomes if outcome.task == task and outcome.host == host)


def inventory(
    phones: Iterable[Phone], variables: Mapping[str, Any] | None = None, ca_path: str | None = None
) -> dict[str, Any]:
    """Phones as inventory hosts in the group phones, and the stand-in of a jump host."""
    common = {"ansible_password": PASSWORD, "ansible_vvx_use_ssl": False, "ansible_vvx_retries": 0}
    if ca_path:
        common.update(ansible_vvx_use_ssl=True, ansible_vvx_ca_path=ca_path)
    hosts = {phone.name: {"ansible_host": phone.host, "ansible_port": phone.port} for phone in phones}
    jumphost = {
        "ansible_connection": "elsewhere",
        "ansible_python_interpreter": sys.executable,
        "ansible_password": "the-jump-hosts-own",
        "ansible_pipelining": True,
    }
    return {
        "all": {
            "hosts": {"jumphost": jumphost},
            "children": {"phones": {"hosts": hosts, "vars": {**common, **(variables or {})}}},
        }
    }


class Playground:
    """A folder in which playbooks run, with the collection, the test plugins and nothing of the user's own settings."""

    LONGEST = 230
    """Seconds after which a command hangs: four times what the longest one takes while other tests fill the machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.results = folder / "results.jsonl"
        self.write("ansible.cfg", "[defaults]\n")

    def environment(self, **extra: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "VVX_"))}
        return {
            **kept,
            "ANSIBLE_COLLECTIONS_PATH": os.environ["ANSIBLE_COLLECTIONS_PATH"],
            "ANSIBLE_HOME": str(self.folder / "ansible"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "ANSIBLE_LOCAL_TEMP": str(self.folder / "ansible" / "tmp"),
            "ANSIBLE_CONFIG": str(self.folder / "ansible.cfg"),
            "ANSIBLE_CALLBACK_PLUGINS": str(PLUGINS / "callback"),
            "ANSIBLE_CALLBACKS_ENABLED": "record",
            "ANSIBLE_CONNECTION_PLUGINS": str(PLUGINS / "connection"),
            "ANSIBLE_NOCOLOR": "1",
            "ANSIBLE_REMOTE_TEMP": str(self.folder / "ansible" / "tmp"),
            "RESULTS": str(self.results),
            **extra,
        }

    def write(self, name: str, document: Any) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            document if isinstance(document, str) else yaml.safe_dump(document, sort_keys=False, allow_unicode=True),
            encoding="utf-8",
        )
        return path

    def start(self, command: list[str], check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the folder, with nothing on its standard input, and catch all it prints in one text."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=self.LONGEST,
            check=check,
        )

    def run_until(self, condition: Callable[[], object], playbook: str, *arguments: str, **environment: str) -> str:
        """``ansible-playbook`` that is killed with all its processes, without a chance to clean up, once the condition
        is met; what it has printed."""
        self.results.unlink(missing_ok=True)
        printed = self.folder / "killed.txt"
        with printed.open("wb") as output, subprocess.Popen(
            [*PLAYBOOK, playbook, *arguments],
            cwd=self.folder,
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process:  # fmt: skip
            deadline = time.monotonic() + self.LONGEST
            while not condition() and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.02)
            in_time = process.poll() is None and bool(condition())
            kill_all(process.pid)
        text = printed.read_text(encoding="utf-8", errors="replace")
        assert in_time, f"the playbook ended before what was to happen\n{text}"
        return text

    def run(self, playbook: str, *arguments: str, **environment: str) -> Run:
        """``ansible-playbook``; ``playbook`` is a path or the name of one in the collection.

        Results of this collection's modules that differ from their RETURN fail the test.
        """
        self.results.unlink(missing_ok=True)
        process = self.start([*PLAYBOOK, playbook, *arguments], check=False, **environment)
        outcomes = self.outcomes()
        problems = sorted({text for each in outcomes for text in disagreements(each.action, each.state, each.result)})
        assert not problems, "\n".join([*problems, process.stdout])
        return Run(process.returncode, process.stdout, outcomes)

    def show(self, playbook: str, *arguments: str) -> list[Outcome]:
        """``ansible-playbook`` with its output as it comes, in the colors and the width of the screen."""
        self.results.unlink(missing_ok=True)
        subprocess.run(
            [*PLAYBOOK, playbook, *arguments],
            cwd=self.folder,
            env=self.environment(ANSIBLE_NOCOLOR="false"),
            stdin=subprocess.DEVNULL,
            timeout=self.LONGEST,
            check=False,
        )
        return self.outcomes()

    def outcomes(self) -> list[Outcome]:
        """The results of the last playbook."""
        lines = self.results.read_text(encoding="utf-8").splitlines() if self.results.exists() else []
        return [Outcome(**json.loads(line)) for line in lines]

    def play(
        self,
        fleet: Fleet | Iterable[Phone],
        tasks: list[dict[str, Any]],
        *arguments: str,
        keywords: Mapping[str, Any] | None = None,
        variables: Mapping[str, Any] | None = None,
        ca_path: str | None = None,
        **environment: str,
    ) -> Run:
        """Run tasks on all phones of a fleet in one play."""
        play = {"name": "Test", "hosts": "phones", "gather_facts": False, **(keywords or {}), "tasks": tasks}
        return self.plays(fleet, [play], *arguments, variables=variables, ca_path=ca_path, **environment)

    def plays(
        self,
        fleet: Fleet | Iterable[Phone],
        plays: list[dict[str, Any]],
        *arguments: str,
        variables: Mapping[str, Any] | None = None,
        ca_path: str | None = None,
        **environment: str,
    ) -> Run:
        """Run whole plays, with the phones of a fleet as the inventory."""
        hosts = self.write("inventory.yml", inventory(fleet, variables, ca_path))
        return self.run(str(self.write("play.yml", plays)), "-i", str(hosts), *arguments, **environment)


def kill_all(parent: int) -> None:
    """Kill a process and all that it has started (workers of newer ansible-core have sessions of their own)."""
    os.kill(parent, signal.SIGSTOP)  # It starts no more.
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(pid): int(ppid) for pid, ppid in (line.split() for line in listed.splitlines())}
    family = {parent}
    while more := {pid for pid, ppid in parents.items() if ppid in family} - family:
        family |= more
    for pid in family:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def both_doors(
    name: str, module: str, arguments: Mapping[str, Any] | None = None, **keywords: Any
) -> list[dict[str, Any]]:
    """The same task through the action and through the module; their names end in (action) and (module)."""
    return [
        {"name": f"{name} (action)", module: dict(arguments or {}), **keywords},
        {"name": f"{name} (module)", module: dict(arguments or {}), **keywords, **MODULE_DOOR},
    ]
