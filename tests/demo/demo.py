# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection at work on 25 simulated phones: look, change, look again, report. Run it with ``make demo``."""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import requests
import yaml
from report import Step, phone_table, steps_table
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.rule import Rule

sys.path.insert(0, str(Path(__file__).parents[1]))

from simulator import Fleet, PhoneSpec, running_fleet
from support.playbook import Playground, Run

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "example" / "inventory"
FOLDER = ROOT / ".build" / "demo"
FIRMWARES = ("5.9.3.2489", "6.4.3.1004", "5.8.0.12848", "5.7.0.11768", "5.9.3.2489", "5.4.0.10182")
OFFLINE, FACTORY_FRESH, IN_A_CALL = "berlin-1007", "lisbon-2005", "berlin-1003"
SHOWN = "berlin-1001"
"""The phone whose changes are shown; those of all others are in the log."""

console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)


def phones_of(inventory: dict[str, Any], password: str) -> list[PhoneSpec]:
    """A simulated phone for each host of the example inventory, of the model that its group says."""
    specs = []
    for group, content in inventory["phones"]["children"].items():
        if not group.startswith("model_"):
            continue
        model = f"VVX {group.removeprefix('model_vvx')}"
        specs += [PhoneSpec(name=name, model=model, admin_password=password) for name in content["hosts"]]
    specs.sort(key=lambda spec: spec.name)
    for index, spec in enumerate(specs):
        spec.firmware = FIRMWARES[index % len(FIRMWARES)]
        spec.offline = spec.name == OFFLINE
        spec.uptime = (index * 37 % 90 + 1) * 86400 + index * 5000
        if spec.name == FACTORY_FRESH:
            spec.admin_password = "456"
    return specs


def prepare(fleet: Fleet, playground: Playground) -> list[str]:
    """Copy the example inventory, encrypt its vault file, and write a second one with the phones' addresses."""
    shutil.copytree(EXAMPLE, FOLDER / "inventory")
    playground.write("vault-password", f"only for this demonstration, {time.time_ns()}")
    vault = [
        sys.executable,
        "-m",
        "ansible",
        "vault",
        "encrypt",
        "--vault-password-file",
        "vault-password",
        "inventory/group_vars/phones/vault.yml",
    ]
    playground.start(vault)
    hosts: dict[str, Any] = {phone.name: {"ansible_host": phone.host, "ansible_port": phone.port} for phone in fleet}
    # The phone that nobody has set up yet still answers to its factory password only.
    hosts[FACTORY_FRESH]["ansible_password"] = "456"
    common = {"ansible_vvx_ca_path": fleet.ca_path, "ansible_vvx_timeout": 10}
    playground.write("addresses.yml", {"all": {"hosts": hosts, "vars": common}})
    return ["-i", "inventory/hosts.yml", "-i", "addresses.yml", "--vault-password-file", "vault-password"]


def take_a_call(fleet: Fleet, password: str) -> None:
    phone = fleet[IN_A_CALL]
    phone.ring("+49305551000", "A customer")
    answer = f"{phone.url}/api/v1/callctrl/answerCall"
    requests.post(answer, json={}, auth=("Polycom", password), verify=fleet.ca_path, timeout=10).raise_for_status()
    phone.clear()


class Demonstration:
    """Runs playbooks one after the other, says what came of each, and keeps their whole output."""

    def __init__(self, playground: Playground, options: list[str]) -> None:
        self.playground = playground
        self.options = options
        self.steps: list[Step] = []

    def run(self, title: str, playbook: str, *arguments: str) -> Run:
        number = len(self.steps) + 1
        console.print(f"\n[bold]{number}. {title}[/]  [dim]ansible-playbook {' '.join((playbook, *arguments))}[/]")
        run = self.playground.run(playbook, *self.options, *arguments)
        (FOLDER / f"{number}.log").write_text(run.output, encoding="utf-8")
        self.steps.append(Step.of(" ".join((playbook, *arguments)), run))
        return run

    def tell(self, verb: str) -> None:
        log = (FOLDER / f"{len(self.steps)}.log").relative_to(ROOT)
        console.print(f"   {self.steps[-1].line(verb)}  [dim]({log})[/]")


def diff_of(run: Run, host: str) -> str:
    """What ansible-playbook printed as the diff of one host."""
    before = run.output.partition(f"changed: [{host}]")[0]
    return before[before.rfind("--- before") :].strip()


def show_diff(text: str) -> None:
    for line in text.splitlines():
        style = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "")
        console.print(f"   {line}", style="bold" if line[:3] in ("---", "+++") else style, markup=False)


def show_problems(step: Step) -> None:
    for host, error in sorted(step.problems.items()):
        console.print(Padding(f"[red]{host}[/]  {escape(error['msg'])}", (0, 0, 0, 3)))


def main() -> int:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    inventory = yaml.safe_load((EXAMPLE / "hosts.yml").read_text(encoding="utf-8"))
    password = yaml.safe_load((EXAMPLE / "group_vars" / "phones" / "vault.yml").read_text(encoding="utf-8"))[
        "vault_phone_password"
    ]
    with running_fleet(phones_of(inventory, password), control=False) as fleet:
        playground = Playground(FOLDER)
        take_a_call(fleet, password)
        demo = Demonstration(playground, [*prepare(fleet, playground), "--forks", "10"])
        console.print(Rule(f"[bold]{len(fleet)} simulated Polycom VVX phones"))

        check = demo.run("What would change?", "polycom.vvx.configure", "--check", "--diff")
        console.print(f"   [dim]{SHOWN} for one:[/]")
        show_diff(diff_of(check, SHOWN))
        demo.tell("would change")
        show_problems(demo.steps[-1])
        demo.run("Change that, and only that.", "polycom.vvx.configure")
        demo.tell("changed")
        demo.run("Once more: nothing is left to do.", "polycom.vvx.configure")
        demo.tell("changed again")
        demo.run("What is there now?", "polycom.vvx.facts", "-e", "vvx_facts_file=facts.json")

        facts = json.loads((FOLDER / "facts.json").read_text(encoding="utf-8"))
        console.print(phone_table(fleet, facts, demo.steps[1], demo.steps[3], console.width))
        console.print(steps_table(demo.steps, sum(phone.count() for phone in fleet)))
        problems = findings(fleet, demo.steps)
    for problem in problems:
        console.print(f"[bold red]{problem}")
    return 1 if problems else 0


def findings(fleet: Fleet, steps: list[Step]) -> list[str]:
    """What a demonstration must not show; empty if all is well."""
    check, apply, again, _facts = steps
    problems = list(fleet.violations)
    if not apply.changed or check.changed != apply.changed:
        problems.append(f"The check foresaw {check.changed} changes, {apply.changed} were made.")
    if again.changed:
        problems.append(f"{again.changed} phones changed again.")
    if any(step.unreachable != 1 or step.failed != 1 for step in steps):
        problems.append("Exactly one phone should be unreachable, and one fail.")
    return problems


if __name__ == "__main__":
    sys.exit(main())
