# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan in Markdown, for the description of a merge request: what is alike for many phones is one line of a table.

Values come from phones and people. Each stands in a code span, where Markdown shows it as it is and where GitHub and
GitLab look for no mentions, links or commands.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...module_utils._text import escaped
from .._console.order import grouped, natural
from .._console.words import count
from .._summary.digest import shared
from .._summary.phones import Where
from .making import head
from .plan import Change, Entry, Plan

SIZES = (2_000, 100_000_000)
"""The smallest and the largest size of the text."""
_MOST_NAMED = 10
"""So many phones are named in a line of a table; more make a group, which is listed at the end."""
_LONGEST_VALUE = 300
_LONGEST_TEXT = 800
_CHANGES = ("Parameter", "Now", "Planned", "Set in", "Phones")


class _Room:
    """Counts the characters that are left, and keeps the groups of phones."""

    def __init__(self, size: int, path: str) -> None:
        self.left = size
        self.path = path
        self.groups: dict[tuple[str, ...], int] = {}

    def phones(self, hosts: Sequence[str]) -> str:
        """The cell that names these phones."""
        if len(hosts) <= _MOST_NAMED:
            return _listed(hosts)
        return f"{count(len(hosts), 'phone')}: group {self.groups.setdefault(tuple(hosts), len(self.groups) + 1)}"

    def table(
        self,
        share: float,
        title: str,
        heads: Sequence[str],
        groups: Mapping[Any, Sequence[str]],
        cells: Callable[[Any], Sequence[str]],
    ) -> str:
        """A line for each group of hosts, as many as there is room for; those that are left out are counted.
        ``share``: of the room that is left. ``cells``: from the key of a group, all but those of its hosts."""
        if not groups:
            return ""
        lines = [f"## {title}", "", f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
        room = int(self.left * share) - sum(map(len, lines)) - 100
        for number, (what, hosts) in enumerate(groups.items()):
            known = len(self.groups)
            line = f"| {' | '.join((*cells(what), self.phones(hosts)))} |"
            room -= len(line) + 1
            if room < 0:
                lines += ["", f"... and {count(len(groups) - number, 'more line')}: see {self.path}."]
                if len(self.groups) > known:
                    self.groups.popitem()
                break
            lines.append(line)
        self.left -= sum(map(len, lines)) + len(lines) + 1
        return "\n".join(lines)

    def lists(self) -> str:
        """The groups, as far as there is room."""
        parts = []
        for hosts, number in self.groups.items():
            part = (
                f"<details><summary>Group {number}: {count(len(hosts), 'phone')}</summary>\n\n"
                f"{_listed(hosts)}\n\n</details>"
            )
            if len(part) + 2 <= self.left:
                self.left -= len(part) + 2
                parts.append(part)
        left_out = len(self.groups) - len(parts)
        rest = [f"... and {count(left_out, 'more group')}: see {self.path}."] if left_out else []
        return "\n\n".join(["## Groups of phones", *parts, *rest]) if self.groups else ""


def markdown(plan: Plan, path: str, size: int) -> str:
    """``path``: the file of the plan. ``size``: about how many characters a merge request can hold."""
    name = os.path.basename(path)
    command = f"ansible-playbook polycom.vvx.apply -e vvx_plan={shlex.quote(escaped(name))}"
    ending = f"Apply it with:\n\n```console\n{command}\n```" if plan.targets else "There is nothing to apply."
    first = f"# Plan {plan.id}\n\n{head(plan)}."
    room = _Room(size - len(ending) - len(first) - 500, code(name))
    targets = [plan.phones[host] for host in plan.targets]
    skips = plan.options.unknown_parameters == "skip"
    unknown = "Unknown parameters, skipped" if skips else "Phones left out because of unknown parameters"
    rare = [
        room.table(0.15, "Could not be read", ("Why", "Phones"), _errors(plan), lambda why: [code(why, _LONGEST_TEXT)]),
        room.table(0.15, "Restarts", ("Restart", "Because of", "Phones"), _restarts(targets), _restart_cells),
        room.table(0.15, "Secrets", ("Parameter", "Plan", "Why", "Phones"), _secrets(plan, targets), _secret_cells),
        room.table(0.15, unknown, ("Parameter", "Did you mean", "Phones"), _unknown(plan), _unknown_cells),
    ]
    wanted, places = _changes(targets)
    changes = room.table(0.8, "Changes", _CHANGES, wanted, lambda change: _change_cells(change, places[change]))
    return "\n\n".join(filter(None, (first, changes, *rare, room.lists(), ending))) + "\n"


def code(text: str, most: int = _LONGEST_VALUE) -> str:
    """Any text as a code span on one line."""
    text = escaped(text)
    if len(text) > most:
        text = f"{text[: most - 3]}..."
    if not text:
        return "empty"
    if not re.search(r"[`|\\]|^ | $", text):
        return f"`{text}`"
    return f"<code>{''.join(char if char.isalnum() else f'&#{ord(char)};' for char in text)}</code>"


def _changes(targets: Iterable[Entry]) -> tuple[dict[Change, list[str]], dict[Change, Where]]:
    """Changes without their places, the most frequent first, and where each is written as far as all agree: phones with
    a file each may share a value."""
    places: dict[Change, set[Where]] = {}
    found: list[tuple[Change, str]] = []
    for each in targets:
        for change in each.changes:
            bare = replace(change, layer=None, file=None, line=None, because="")
            places.setdefault(bare, set()).add(Where(change.layer or "", change.file or "", change.line or 0))
            found.append((bare, each.host))
    groups = sorted(grouped(found).items(), key=lambda item: (-len(item[1]), natural(item[0].parameter)))
    return dict(groups), {change: shared(each) for change, each in places.items()}


def _change_cells(change: Change, place: Where) -> list[str]:
    where = str(place)
    return [code(change.parameter), _now(change), _planned(change), code(where) if where else ""]


def _now(change: Change) -> str:
    value = change.before if change.secret and change.before else code(change.before)
    return f"{value} ({change.source})" if re.fullmatch("[a-z]+", change.source) else value


def _planned(change: Change) -> str:
    if change.secret:
        return change.after
    return code(change.after) + (" (another login)" if change.after == change.before else "")


def _restarts(targets: Iterable[Entry]) -> dict[tuple[str, tuple[tuple[str, str], ...]], list[str]]:
    return grouped(
        ((each.restart, tuple(each.restart_reasons.items())), each.host) for each in targets if each.restart != "no"
    )


def _restart_cells(what: tuple[str, tuple[tuple[str, str], ...]]) -> list[str]:
    kind, reasons = what
    return [kind, "; ".join(code(f"{name}: {why}") for name, why in reasons) or "not documented"]


def _secrets(plan: Plan, targets: Iterable[Entry]) -> dict[tuple[str, str, str], list[str]]:
    written = (
        ((change.parameter, "written", change.because), each.host)
        for each in targets
        for change in each.changes
        if change.secret
    )
    left = (
        ((name, "left alone", why), host)
        for host, each in plan.phones.items()
        for name, why in each.secrets_left.items()
    )
    return grouped([*written, *left])


def _secret_cells(what: tuple[str, str, str]) -> list[str]:
    name, plan, why = what
    return [code(name), plan, code(why, _LONGEST_TEXT)]


def _unknown(plan: Plan) -> dict[tuple[str, tuple[str, ...]], list[str]]:
    return grouped(
        ((name, tuple(near)), host) for host, each in plan.phones.items() for name, near in each.unknown.items()
    )


def _unknown_cells(what: tuple[str, tuple[str, ...]]) -> list[str]:
    name, near = what
    return [code(name), ", ".join(map(code, near))]


def _errors(plan: Plan) -> dict[str, list[str]]:
    phones = ((host, each.error) for host, each in plan.phones.items() if each.error)
    return grouped((f"{error['kind']}: {error['message']}", host) for host, error in phones)


def _listed(hosts: Iterable[str]) -> str:
    return ", ".join(map(code, hosts))
