# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read what a phone is and how it is set up, in one shape for all firmwares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .._phone import shapes
from .._phone.api import Phone
from .._phone.errors import NotSupported, SettingsError
from .result import Result

SUBSETS: dict[str, Callable[[Phone], Any]] = {
    "device": lambda phone: shapes.device(phone.device_info()),
    "running_config": lambda phone: shapes.running_config(phone.running_config()),
    "network": lambda phone: shapes.network(phone.network_info()),
    "lines": lambda phone: shapes.lines(*phone.line_info()),
}
DEFAULT_SUBSETS = ("device", "running_config")
SMALLEST_SUBSETS = ("device",)


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """``params``: ``gather_subset``, a list of names, ``!names``, ``all`` and ``min``.

    Returns ``ansible_facts.vvx`` and nothing else. What this firmware does not have is named in ``unsupported``.
    """
    facts: dict[str, Any] = {}
    unsupported: list[str] = []
    for name in chosen(params["gather_subset"]):
        try:
            facts[name] = SUBSETS[name](phone)
        except NotSupported:
            unsupported.append(name)
    if unsupported:
        facts["unsupported"] = unsupported
    return Result(values={"ansible_facts": {"vvx": facts}})


def chosen(subset: Sequence[str]) -> list[str]:
    """The names to gather, in their fixed order. Raises SettingsError for a name that is none.

    Only exclusions (``!lines``) count from ``all``.
    """
    wanted: set[str] = set()
    excluded: set[str] = set()
    groups = {"all": set(SUBSETS), "min": set(SMALLEST_SUBSETS), **{name: {name} for name in SUBSETS}}
    for item in subset:
        name = item.lstrip("!")
        if name not in groups:
            raise SettingsError(f"gather_subset: {name!r} is no subset.", remedy=f"Choose among all, min, {', '.join(SUBSETS)}, each also with ! in front.")
        (excluded if item.startswith("!") else wanted).update(groups[name])
    if not wanted and excluded:
        wanted = set(SUBSETS)
    return [name for name in SUBSETS if name in wanted - excluded]
