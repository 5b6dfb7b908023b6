# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold a phone against the plan that was reviewed: write what the plan says, and nothing if the phone has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from .._parameters.knowledge import Knowledge
from .._parameters.listing import listed
from .._phone.api import Setting
from .._phone.errors import SettingsError, Stale
from .config_plan import Plan
from .config_report import SECRET
from .secrets import UNSET, Judgement
from .text import quoted, value_shown

_REST_LAYER = "web"
"""The source of a value that was written over REST, also of one that was written back."""
_LEFT_ALONE = ("set", "undecided")
"""Judgements of secrets that a plan may overrule."""


@dataclass(frozen=True)
class Expected:
    """What a parameter was when the plan was made. ``value``: as results show it; nothing is compared for secrets."""

    value: str
    source: str


@dataclass(frozen=True)
class Deviation:
    """A parameter that is not as planned. ``expected``: None if the plan leaves it alone. ``found``: None if the phone
    does not know it. ``done``: it has the desired value already."""

    expected: Expected | None
    found: Expected | None
    done: bool = False


def read_expected(option: Mapping[str, Any] | None, wanted: Mapping[str, str]) -> dict[str, Expected] | None:
    """The option ``expected``. ``wanted``: the desired parameters. Raises SettingsError."""
    if option is None:
        return None
    found = {}
    for name, fields in option.items():
        if not isinstance(fields, Mapping) or set(fields) != {"value", "source"}:
            raise SettingsError(f"expected: {name} needs value and source.", remedy="Nothing was sent.")
        found[name] = Expected(str(fields["value"]), str(fields["source"]))
    strange = sorted(set(found) - set(wanted))
    if strange:
        raise SettingsError(
            f"expected: {listed(strange)} {'is' if len(strange) == 1 else 'are'} not among the desired parameters.",
            remedy="Nothing was sent. Make a new plan.",
        )
    return found


def follow(
    plan: Plan,
    desired: Mapping[str, str],
    current: Mapping[str, Setting],
    planned: Mapping[str, Expected],
    resume: bool,
) -> None:
    """Add to ``plan.wanted`` the secrets that were planned and that only a controller with another memory would leave
    alone. ``desired``: the desired values. ``current``: what the phone has."""
    for name, expected in planned.items():
        judged = plan.judgements.get(name)
        if judged is None or judged.kind not in _LEFT_ALONE:
            continue
        if resume or current[name].source == expected.source:
            plan.judgements[name] = Judgement("ordered", "the plan says so")
            plan.wanted[name], plan.before[name] = desired[name], current[name]


def deviations(
    plan: Plan, current: Mapping[str, Setting], planned: Mapping[str, Expected], resume: bool
) -> dict[str, Deviation]:
    """What keeps the plan from being carried out, by parameter. Nothing where there is nothing to write.

    ``resume``: an earlier run has begun: some parameters may be as desired already, and others written back.
    """
    if not plan.wanted:
        return {}
    found: dict[str, Deviation] = {}
    pending = any(not plan.known.is_secret(name) for name in plan.wanted)
    for name in sorted({*plan.wanted, *planned}):
        expected, have = planned.get(name), current.get(name)
        secret = plan.known.is_secret(name)
        now = None if have is None else _state(have, secret)
        if expected is None or now is None:
            found[name] = Deviation(expected, now)
        elif name not in plan.wanted:
            set_by_others = secret and plan.judgements[name].kind in _LEFT_ALONE and now.source != expected.source
            if not resume and (set_by_others or (pending and not secret)):
                found[name] = Deviation(expected, now, done=not secret)
        elif not _as_planned(now, expected, secret, resume):
            found[name] = Deviation(expected, now)
    return found


def _state(setting: Setting, secret: bool) -> Expected:
    if secret:
        return Expected("" if setting.source == UNSET else SECRET, setting.source)
    return Expected(value_shown(setting.value), setting.source)


def _as_planned(now: Expected, expected: Expected, secret: bool, resume: bool) -> bool:
    if secret:
        return resume or now.source == expected.source
    if resume and now.source == _REST_LAYER:
        now = replace(now, source=expected.source)
    return now == expected


def stale(found: Mapping[str, Deviation], known: Knowledge) -> Stale:
    """The error. ``known``: which parameters are secrets."""
    texts = [f"{name} {_told(each, known.is_secret(name))}" for name, each in sorted(found.items())]
    return Stale(f"the phone is no longer as it was when the plan was made: {listed(texts)}. Nothing was written.")


def as_result(found: Mapping[str, Deviation]) -> dict[str, dict[str, Any]]:
    """The return value ``stale``."""
    return {
        name: {
            "expected": None if each.expected is None else asdict(each.expected),
            "found": None if each.found is None else asdict(each.found),
        }
        for name, each in sorted(found.items())
    }


def _told(each: Deviation, secret: bool) -> str:
    if each.expected is None:
        return f"(not planned, is {_shown(each.found, secret)})"
    if each.found is None:
        return "(planned, but the phone does not know it)"
    done = ", as desired already" if each.done else ""
    return f"(planned {_shown(each.expected, secret)}, is {_shown(each.found, secret)}{done})"


def _shown(state: Expected | None, secret: bool) -> str:
    if state is None:
        return "unknown"
    source = f"source {state.source or 'unknown'}"
    return source if secret else f"{quoted(state.value)}, {source}"
