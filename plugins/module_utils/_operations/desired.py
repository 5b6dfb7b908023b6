# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desired parameters as the user wrote them, checked without a phone: every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .._parameters import groups, values
from .._parameters.catalogue import DEVICE_SET, companion, fact, is_companion
from .._phone.errors import BadValues


@dataclass
class Desired:
    """``values``: parameter to wire text, companions taken out. ``warnings``: texts without any value in them."""

    values: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def read(parameters: Mapping[Any, Any]) -> Desired:
    """Raises BadValues that names every parameter which can't be sent as it stands, and why."""
    result = Desired()
    problems: list[str] = []
    doubtful: list[str] = []
    switched_off: list[str] = []
    for name, value in parameters.items():
        if not isinstance(name, str) or not name or not name.isascii() or not name.isprintable() or " " in name:
            problems.append(f"{str(name)!r} is no parameter name")
            continue
        known = fact(name)
        try:
            text = values.canonical(value, known)
        except ValueError as exc:
            problems.append(f"{name} {exc}")
            continue
        if is_companion(name):
            if not values.equal(text, "1", known) and text.strip().lower() not in ("true", "yes"):
                switched_off.append(str(name))
            continue
        result.values[str(name)] = text
        if values.needs_quotes(value, known):
            doubtful.append(str(name))
    problems += _twice(result.values)
    problems += _contradictions(switched_off, result.values)
    problems += [f"{name} is larger than the 20 KB that one request may have" for name in groups.oversized(result.values)]
    if problems:
        raise BadValues(f"parameters: {'; '.join(problems)}.", remedy="Nothing was sent. Correct the parameters; they apply to every phone that has them.")
    if doubtful:
        result.warnings.append(
            f"{', '.join(sorted(doubtful))}: a text that is written without quotes, so YAML reads a number or a boolean and may change it "
            "(0123 becomes 83, 13:00 becomes 780). Put the value in quotes."
        )
    if not result.values:
        result.warnings.append("parameters is empty: nothing was compared and nothing changed.")
    return result


def _twice(desired: Mapping[str, str]) -> list[str]:
    """Some firmware may not tell names apart that differ in letter case only."""
    seen: dict[str, str] = {}
    return [f"{name} and {seen[name.lower()]} differ in letter case only" for name in desired if seen.setdefault(name.lower(), name) != name]


def _contradictions(switched_off: list[str], desired: Mapping[str, str]) -> list[str]:
    """A ``.set`` of 0 says that the value beside it is not to be used."""
    return [
        f"{switch} is 0, which says that {name} is not to be set: leave both out"
        for switch in switched_off
        for name in desired
        if switch in (companion(name), DEVICE_SET) and companion(name)
    ]
