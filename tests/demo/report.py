# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables at the end of the demonstration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from simulator import Fleet
from support.playbook import Run

REASONS = {
    "unreachable": "offline",
    "default_password": "factory password",
    "authentication_failed": "wrong password",
    "rest_disabled": "REST is off",
}

COLUMNS = {
    "phone": 0,
    "model": 0,
    "firmware": 0,
    "MAC": 112,
    "label": 90,
    "up": 112,
    "changed": 0,
    "restart": 0,
    "state": 0,
}
"""Each with the least width of the screen on which it is shown."""

RESTARTS = {"no": "no", "unknown": "[dim]unknown[/]", "yes": "[yellow]needed[/]"}


@dataclass
class Step:
    """One playbook run, counted.

    ``problems``: host to error. ``changes``: host to number of parameters. ``restarts``: host to what the change needs.
    """

    command: str
    unchanged: int = 0
    changed: int = 0
    failed: int = 0
    unreachable: int = 0
    problems: dict[str, dict[str, Any]] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)
    restarts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, command: str, run: Run) -> Step:
        step = cls(command)
        for outcome in run.outcomes:
            error = outcome.result.get("error")
            if error:
                step.problems[outcome.host] = {**error, "msg": outcome.result["msg"]}
                step.unreachable += outcome.state == "unreachable"
                step.failed += outcome.state == "failed"
            elif "restart_required" in outcome.result or "ansible_facts" in outcome.result:
                changed = bool(outcome.result["changed"])
                step.changed += changed
                step.unchanged += not changed
                step.changes[outcome.host] = len(outcome.result.get("after", ()))
                step.restarts[outcome.host] = outcome.result.get("restart_required", "")
        return step

    def line(self, verb: str) -> str:
        """The step in one line."""
        parameters = sum(self.changes.values())
        parts = [
            f"[yellow]{self.changed} phones {verb}[/], {parameters} parameters in all"
            if self.changed
            else f"[green]{self.unchanged} phones unchanged[/]"
        ]
        parts += [
            f"[red]{number} {name}[/]"
            for name, number in (("unreachable", self.unreachable), ("failed", self.failed))
            if number
        ]
        return "; ".join(parts)


def steps_table(steps: Sequence[Step], requests: int) -> Table:
    caption = f"{requests} requests in all, never two at once to one phone"
    table = Table(box=SIMPLE_HEAD, collapse_padding=True, caption=caption, caption_justify="left")
    table.add_column("playbook", no_wrap=True)
    for name in ("unchanged", "changed", "failed", "unreachable"):
        table.add_column(name, justify="right")
    for step in steps:
        numbers = ((step.unchanged, ""), (step.changed, "yellow"), (step.failed, "red"), (step.unreachable, "red"))
        table.add_row(
            step.command, *(f"[{style}]{number}[/]" if style and number else str(number) for number, style in numbers)
        )
    return table


def phone_table(fleet: Fleet, facts: Mapping[str, Mapping[str, Any]], apply: Step, gathered: Step, width: int) -> Table:
    """A row for every phone, whether it could be read or not; fewer columns on a narrow screen."""
    shown = [name for name, least in COLUMNS.items() if width >= least]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for name in shown:
        table.add_column(name, no_wrap=True, justify="right" if name in ("up", "changed") else "left")
    for phone in sorted(fleet, key=lambda phone: phone.name):
        cells = dict.fromkeys(COLUMNS, "[dim]-[/]")
        if phone.name in facts:
            cells.update(described(facts[phone.name]))
            cells.update(
                changed=str(apply.changes.get(phone.name) or "-"),
                restart=RESTARTS.get(apply.restarts.get(phone.name, ""), "-"),
            )
        else:
            kind = gathered.problems.get(phone.name, {}).get("kind", "unknown")
            cells["state"] = f"[bold red]{REASONS.get(kind, kind)}[/]"
        cells["phone"] = phone.name
        table.add_row(*(cells[name] for name in shown))
    return table


def described(facts: Mapping[str, Any]) -> dict[str, str]:
    """The cells that the facts of a phone fill."""
    device, line = facts["device"], facts["lines"][0]
    return {
        "model": device["model"],
        "firmware": device["firmware"],
        "MAC": device["mac"],
        "label": line.get("label", ""),
        "up": days(device["uptime_seconds"]),
        "state": state(line),
    }


def state(line: Mapping[str, Any]) -> str:
    if not line["registered"]:
        return "[red]not registered[/]"
    return "[cyan]in a call[/]" if line.get("active") else "[green]registered[/]"


def days(seconds: int) -> str:
    return f"{seconds // 86400} d {seconds % 86400 // 3600:2} h"
