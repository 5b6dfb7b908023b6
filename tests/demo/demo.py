# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks of the collection at work on 25 simulated phones. Run it with ``make demo``."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import requests
import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from simulator import Fleet, PhoneSpec, running_fleet
from support.playbook import Outcome, Playground

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "example" / "inventory"
FIRMWARES = ("5.9.3.2489", "6.4.3.1004", "5.8.0.12848", "5.7.0.11768", "5.9.3.2489", "5.4.0.10182")
OFFLINE, FACTORY_FRESH, IN_A_CALL = "berlin-1007", "lisbon-2005", "berlin-1003"
SETTINGS = """\
[defaults]
inventory = inventory/hosts.yml,addresses.yml
vault_password_file = vault-password
forks = 10
# The default output, which counts in its last line on a terminal.
stdout_callback = polycom.vvx.progress
# Only phones that change or fail get a line of their own.
display_ok_hosts = false
"""
STEPS = (
    ("What would change?", "configure", "--check", "--diff"),
    ("Change that, and only that.", "configure"),
    ("Once more: nothing is left to do.", "configure"),
    ("Does each phone have what it should have?", "audit"),
    ("Which phones are there?", "facts"),
    ("A report for the browser.", "report"),
)
"""A headline, the playbook and its arguments."""
REPORT = Path("reports", "phones.html")


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


def prepare(fleet: Fleet, playground: Playground) -> None:
    """Copy the example inventory, encrypt its vault file, and write a second one with the phones' addresses."""
    shutil.copytree(EXAMPLE, playground.folder / "inventory")
    playground.write("ansible.cfg", SETTINGS)
    playground.write("vault-password", f"only for this demonstration, {time.time_ns()}")
    vault = "inventory/group_vars/phones/vault.yml"
    hosts: dict[str, Any] = {phone.name: {"ansible_host": phone.host, "ansible_port": phone.port} for phone in fleet}
    # The phone that nobody has set up yet still answers to its factory password only.
    hosts[FACTORY_FRESH]["ansible_password"] = "456"
    common = {"ansible_vvx_ca_path": fleet.ca_path, "ansible_vvx_timeout": 10}
    playground.write("addresses.yml", {"all": {"hosts": hosts, "vars": common}})
    playground.start([sys.executable, "-m", "ansible", "vault", "encrypt", vault])


def take_a_call(fleet: Fleet, password: str) -> None:
    phone = fleet[IN_A_CALL]
    phone.ring("+49305551000", "A customer")
    answer = f"{phone.url}/api/v1/callctrl/answerCall"
    requests.post(answer, json={}, auth=("Polycom", password), verify=fleet.ca_path, timeout=10).raise_for_status()
    phone.clear()


def say(text: str) -> None:
    bold = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    print(f"\033[1m{text}\033[0m" if bold else text, flush=True)


def main(folder: Path) -> int:
    """Work in this folder, which is made."""
    folder.mkdir(parents=True)
    shown = os.path.relpath(folder)
    inventory = yaml.safe_load((EXAMPLE / "hosts.yml").read_text(encoding="utf-8"))
    password = yaml.safe_load((EXAMPLE / "group_vars" / "phones" / "vault.yml").read_text(encoding="utf-8"))[
        "vault_phone_password"
    ]
    runs: list[list[Outcome]] = []
    with running_fleet(phones_of(inventory, password), control=False) as fleet:
        playground = Playground(folder.resolve())
        prepare(fleet, playground)
        take_a_call(fleet, password)
        say(f"{len(fleet)} simulated phones. Folder with inventory and ansible.cfg: {shown}")
        for number, (title, playbook, *arguments) in enumerate(STEPS, 1):
            command = [f"polycom.vvx.{playbook}", *arguments]
            say(f"\n{number}. {title}\n   $ ansible-playbook {' '.join(command)}")
            runs.append(playground.show(*command))
        problems = findings(fleet, runs)
    if not (folder / REPORT).is_file():
        problems.append(f"There is no {REPORT}.")
    for problem in problems:
        say(problem)
    if problems:
        return 1
    say(f"\nNext, open the report in a browser: {shown}/{REPORT}")
    say('Then try a phone of your own: "Your first phone" in README.md')
    return 0


def findings(fleet: Fleet, runs: list[list[Outcome]]) -> list[str]:
    """What a demonstration must not show; empty if all is well."""
    check, apply, again, *_looks = (sum(bool(each.result.get("changed")) for each in run) for run in runs)
    problems = list(fleet.violations)
    if not apply or check != apply:
        problems.append(f"The check foresaw {check} changes, {apply} were made.")
    if again:
        problems.append(f"{again} phones changed again.")
    for (_title, playbook, *_arguments), run in zip(STEPS, runs):
        lost = sorted({each.host for each in run if each.state in ("failed", "unreachable")})
        # A report has rows for phones that don't answer, and doesn't fail because of them.
        expected = [] if playbook == "report" else [OFFLINE, FACTORY_FRESH]
        if lost != expected:
            problems.append(f"{playbook}: failed or unreachable are {lost}, not {expected}.")
    return problems


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(main(Path(sys.argv[1])))
    usual = ROOT / ".build" / "demo"
    shutil.rmtree(usual, ignore_errors=True)
    sys.exit(main(usual))
