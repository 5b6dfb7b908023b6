# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make a plan from what was read, and tell about it: the task's result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._options.connection import from_environment
from ...module_utils._parameters.table import restart_mode, restart_reasons, restart_required
from ...module_utils._phone.errors import NO_ANSWER, PhoneError
from ...module_utils._steps.survey import Survey
from .._console.order import natural
from .._console.words import count, some
from .._handover import bounded, first, stats
from .plan import STATES, Change, Entry, Options, Plan, desired_mark
from .plan_source import PACKED

MOST = 200
"""The task's result stays small: it lists so many hosts and parameters of each kind."""
_LONGEST = 2500
"""Characters of a text that is handed over: the longest is the summary."""
_MOST_WARNINGS = 20
STATISTIC = "polycom_vvx_plan"
"""The custom statistic, in AWX the artifact. AWX makes it a variable of the next job of a workflow, so it must not be
one that a playbook reads."""
FAIL_ON = ("change", "unknown", "error")
NOTHING = "nothing"
"""Fails the run where no phone would change."""
NO_PHONE = "localhost"
"""The host that then has failed: the controller, because no phone has."""
_NO_CHANGE = "No phone would change, so there is nothing to approve."
_REFUSED = {
    "kind": "authentication_failed",
    "message": "the phone refused the login, or was not asked because it or other phones had just refused it.",
    "remedy": "Correct the user name and the password (ansible_user, ansible_password).",
}
SPEC = ArgumentSpec(
    {
        "path": {"type": "path", "default": "plan.json"},
        "markdown": {"type": "path"},
        "markdown_size": {"type": "int", "default": 1_000_000},
        "key": {"type": "str", "no_log": True, "fallback": (from_environment, ["VVX_PLAN_KEY"])},
        "timestamp": {"type": "bool", "default": False},
        "project": {"type": "path"},
        "journal": {"type": "path"},
        "update_secrets": {"type": "str", "choices": ["always", "on_create", "never"], "default": "on_create"},
        "unknown_parameters": {"type": "str", "choices": ["fail", "skip"], "default": "fail"},
        "fail_on": {"type": "list", "elements": "str", "choices": [*FAIL_ON, NOTHING], "default": []},
        "mode": {"type": "raw"},
    }
)


def entry(host: str, address: str, parameters: Mapping[str, Any], found: Survey, key: str, project: str) -> Entry:
    """What would be done with one phone. ``parameters``: desired, as the inventory has them. ``project``: the folder
    that paths in messages are relative to."""
    if found.error is not None:
        mark = desired_mark(key, host, parameters) if parameters else ""
        return Entry(host, address, desired=mark, error=_told(found.error, project))
    names = [each.parameter for each in found.changes]
    changes = tuple(
        Change(
            each.parameter,
            each.parameter in found.written_because,
            each.has,
            each.source,
            each.wanted,
            *each.origin,
            because=found.written_because.get(each.parameter, ""),
        )
        for each in found.changes
    )
    effect = restart_required(names)
    return Entry(
        host,
        address if changes or found.unknown else "",
        changes,
        restart_mode(names) if effect == "yes" else effect,
        restart_reasons(names),
        found.unknown,
        {name: _relative(why, project) for name, why in found.secrets_left.items()},
        desired_mark(key, host, parameters),
    )


def make(entries: Iterable[Entry], params: Mapping[str, Any], made: str | None) -> Plan:
    """``params``: the options of vvx_plan."""
    options = Options(
        tuple(params["layers"]),
        tuple(params["sensitive"] or ()),
        params["update_secrets"],
        params["unknown_parameters"],
    )
    return Plan(options, {each.host: each for each in sorted(entries, key=lambda each: natural(each.host))}, made)


def head(plan: Plan) -> str:
    """The plan in a sentence, without its end."""
    counted = {state: len(hosts) for state, hosts in plan.hosts.items()}
    told = [f"{number} {_singular(STATES[state], number)}" for state, number in counted.items() if number]
    return f"{count(len(plan.phones), 'phone')}: {', '.join(told) or 'nothing to plan'}"


def _singular(words: str, number: int) -> str:
    verbs = {"change": "changes", "are": "is", "do": "does"}
    first, space, rest = words.partition(" ")
    return f"{verbs.get(first, first) if number == 1 else first}{space}{rest}"


def result(plan: Plan, files: Sequence[Mapping[str, Any]], summary: str = "", packed: str = "") -> dict[str, Any]:
    """The task's return values. ``files``: ``path`` and ``changed`` of each file. ``summary``: for people.
    ``packed``: the plan itself, to hand over."""
    targets = [plan.phones[host] for host in plan.targets]
    parameters = Counter(change.parameter for each in targets for change in each.changes)
    restarts = Counter(each.restart for each in targets)
    values = {
        "plan": plan.id,
        "summary": summary,
        "phones": len(plan.phones),
        "counts": {state: len(hosts) for state, hosts in plan.hosts.items()},
        "hosts": {state: plan.hosts[state][:MOST] for state in FAIL_ON},
        "parameters": dict(sorted(parameters.items(), key=lambda item: (-item[1], natural(item[0])))[:MOST]),
        "restarts": {kind: restarts[kind] for kind in ("reboot", "restart", "unknown")},
    }
    told = bounded(lambda most: _at_most(values, most), longest=_LONGEST)
    handed_over = {STATISTIC: told} | ({PACKED: packed} if packed else {})
    return {"msg": f"{head(plan)}.", **values, "files": list(files), "ansible_stats": stats(**handed_over)}


def _at_most(values: Mapping[str, Any], most: int) -> dict[str, Any]:
    """With as many hosts of each state, and as many parameters."""
    hosts = {state: found[:most] for state, found in values["hosts"].items()}
    return {**values, "hosts": hosts, "parameters": first(values["parameters"], most)}


def verdicts(plan: Plan, fail_on: Sequence[str], limited: bool = False) -> dict[str, tuple[str, str]]:
    """The phones that vvx_verdict marks, ``failed`` or ``unreachable``, and why. ``limited``: whether --limit leaves
    out all hosts but phones."""
    marked = {
        host: (
            "unreachable" if (plan.phones[host].error or {}).get("kind") in NO_ANSWER else "failed",
            f"{host}: {line(plan, plan.phones[host])}",
        )
        for state in FAIL_ON
        if state in fail_on
        for host in plan.hosts[state]
    }
    if NOTHING not in fail_on or plan.targets or not plan.phones:
        return marked
    if not limited:
        return {**marked, NO_PHONE: ("failed", _NO_CHANGE)}
    host = next(iter(plan.phones))
    stands = f"{host} stands for all phones here, because --limit leaves out {NO_PHONE}"
    return {host: ("failed", f"{_NO_CHANGE} {stands}."), **marked}


def line(plan: Plan, found: Entry) -> str:
    """One line about a phone, without its host."""
    if found.error:
        return " ".join(filter(None, (f"{found.error['kind']}: {found.error['message']}", found.error["remedy"])))
    if plan.state(found) == "unknown":
        return f"unknown: {', '.join(found.unknown)}"
    return f"would change: {some((change.parameter for change in found.changes), 5)}" if found.changes else "as desired"


class Remarks:
    """What to warn of: problems with the desired parameters, each once, and phones that have none."""

    def __init__(self, layers: Sequence[str]) -> None:
        self._layers = layers
        self._warnings: dict[str, None] = {}
        self._without: list[str] = []

    def add(self, host: str, wished: bool, warnings: Iterable[str], failed: bool) -> None:
        """``wished``: whether the inventory sets parameters for the phone. ``failed``: whether it could not be read."""
        if wished:
            self._warnings.update(dict.fromkeys(warnings))
        elif not failed:
            self._without.append(host)

    def texts(self) -> list[str]:
        texts = list(self._warnings)
        if self._without:
            hosts = sorted(self._without, key=natural)
            number = f"{count(len(hosts), 'phone has', 'phones have')} no desired parameters"
            texts.append(f"{number}: none of the variables {', '.join(self._layers)} sets one: {some(hosts)}.")
        return texts[:_MOST_WARNINGS]


def _told(error: PhoneError, project: str) -> dict[str, str]:
    if error.kind in ("authentication_failed", "not_tried"):  # which of them it is may be another one in each run
        return dict(_REFUSED)
    return {
        "kind": error.kind,
        "message": _relative(error.message, project),
        "remedy": _relative(error.remedy, project),
    }


def _relative(text: str, project: str) -> str:
    """Without the folder of the project, which is another one on each computer."""
    return text.replace(f"{project.rstrip('/')}/", "") if project.strip("/") else text
