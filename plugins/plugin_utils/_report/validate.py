# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_validate without Ansible: its options, equal problems of many hosts as one, the result and what it prints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from ...module_utils._operations.config_validate import FAILING
from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._parameters.validation import ERROR, WARNING, Problem
from ...module_utils._phone.errors import BadValues, PhoneError
from ...module_utils._steps.desired import LAYERED, SCHEMA
from .._console.table import wrapped
from .._console.words import count, some

MOST = 200
"""The task's result stays small: it lists so many problems and hosts. The file ``details`` has all."""
MOST_LINES = 40
"""What is printed of problems; the rest is counted."""

SPEC = SCHEMA.merge(LAYERED).merge(
    ArgumentSpec(
        {
            "fail_on": {"type": "str", "choices": list(FAILING), "default": "error"},
            "details": {"type": "path"},
            "mode": {"type": "raw"},
        }
    )
)


@dataclass
class Found:
    """Of one host. ``parameters``: how many it has. ``troubles``: its variables can't be used. ``doubts``: about names
    of its variables, as sentences."""

    host: str
    parameters: int = 0
    problems: list[Problem] = field(default_factory=list)
    troubles: list[PhoneError] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


@dataclass
class Group:
    """One problem of several hosts. ``problem``: that of the first of them; None for a text that is no problem of one
    parameter. ``values`` and ``places``: all that differ from host to host."""

    severity: str
    problem: Problem | None
    text: str
    hosts: list[str] = field(default_factory=list)
    values: set[str | None] = field(default_factory=set)
    places: set[tuple[str | None, int | None]] = field(default_factory=set)

    def __str__(self) -> str:
        """The problem with what all hosts have in common of its value and place."""
        if self.problem is None:
            return self.text
        shown = self.problem if len(self.values) == 1 else replace(self.problem, value=None)
        values = f" [{len(self.values)} values, such as {self.problem.value}]" if shown is not self.problem else ""
        others = len(self.places) - 1
        places = f" and {count(others, 'other place')}" if others else ""
        return f"{shown}{values}{places}"


def groups(found: Iterable[Found]) -> list[Group]:
    """All problems, each once: errors first, then by the number of hosts."""
    made: dict[Any, Group] = {}
    for host in found:
        for problem in dict.fromkeys(host.problems):
            key = replace(problem, value=None, file=None, line=None)
            group = made.setdefault(key, Group(problem.severity, problem, ""))
            group.values.add(problem.value)
            group.places.add((problem.file, problem.line))
            _add(group, host.host)
        for error in host.troubles:
            text = f"{error.message} {error.remedy}".strip().rstrip(".")
            _add(made.setdefault((ERROR, text), Group(ERROR, None, text)), host.host)
        for doubt in host.doubts:
            text = doubt.rstrip(".")
            _add(made.setdefault((WARNING, text), Group(WARNING, None, text)), host.host)
    return sorted(made.values(), key=lambda group: (group.severity != ERROR, -len(group.hosts)))


def _add(group: Group, host: str) -> None:
    if not group.hosts or group.hosts[-1] != host:
        group.hosts.append(host)


def summary(found: Sequence[Found], problems: Sequence[Group]) -> str:
    """``25 hosts: 2 problems, 1 warning``."""
    errors = sum(group.severity == ERROR for group in problems)
    warnings = len(problems) - errors
    parts = [count(number, noun) for number, noun in ((errors, "problem"), (warnings, "warning")) if number]
    set_none = sum(not host.parameters and not host.troubles for host in found)
    if set_none and set_none == len(found):
        outcome = "the inventory sets no parameters"
    elif errors:
        outcome = ", ".join(parts)
    else:
        outcome = ", ".join(["all parameters can be sent", *parts])
    return f"{count(len(found), 'host')}: {outcome}"


def text(found: Sequence[Found], problems: Sequence[Group], width: int, details: str | None) -> str:
    """What is printed, the summary last. ``details``: the file that has everything, if there is one."""
    lines: list[str] = []
    severity, shown = "", 0
    for group in problems:
        block = ["", "Problems:" if group.severity == ERROR else "Warnings:"] if group.severity != severity else []
        block += _indented(str(group), width, 2) + _indented(_hosts(group.hosts), width, 4)
        if lines and len(lines) + len(block) > MOST_LINES:
            break
        lines += block
        severity, shown = group.severity, shown + 1
    if shown < len(problems):
        where = f"{details} has all" if details else "the option details (vvx_details) writes all to a file"
        lines += wrapped(f"... and {len(problems) - shown} more; {where}.", width)
    without = [host.host for host in found if not host.parameters and not host.troubles]
    if without and len(without) < len(found):
        lines += ["", *wrapped(f"Without parameters: {_hosts(without)}", width)]
    return "\n".join([*lines, *([""] if lines else []), summary(found, problems)]).lstrip("\n")


def _indented(line: str, width: int, indent: int) -> list[str]:
    return [" " * indent + part for part in wrapped(line, width - indent)]


def _hosts(hosts: Sequence[str]) -> str:
    return hosts[0] if len(hosts) == 1 else f"{count(len(hosts), 'host')}: {some(hosts)}"


def details(found: Iterable[Found]) -> str:
    """The file of details: everything by host, as JSON. Hosts without problems are left out."""
    document = {
        host.host: {
            "parameters": host.parameters,
            "problems": [asdict(problem) for problem in host.problems],
            "errors": [f"{error.message} {error.remedy}".strip() for error in host.troubles],
            "warnings": host.doubts,
        }
        for host in found
        if host.problems or host.troubles or host.doubts
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def result(
    found: Sequence[Found], problems: Sequence[Group], fail_on: str, files: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, Any], BadValues | None]:
    """The task's return values, and the error if it fails. The problems have been printed then, and Ansible shows the
    whole result of a failed task, so it does not have them again."""
    error = None
    if any(group.severity in FAILING[fail_on] for group in problems):
        error = BadValues(f"{summary(found, problems)}.", remedy="The task has printed them above.")
    values: dict[str, Any] = {
        "hosts": len(found),
        "errors": sum(group.severity == ERROR for group in problems),
        "warned": sum(group.severity == WARNING for group in problems),
        "files": files,
    }
    if error is None:
        values |= {
            "msg": f"{summary(found, problems)}.",
            "problems": [
                {"severity": group.severity, "text": str(group), "hosts": group.hosts[:MOST], "count": len(group.hosts)}
                for group in problems[:MOST]
            ],
        }
    return values, error
