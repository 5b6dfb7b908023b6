# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The results of a run from what its hosts have registered, where no callback has collected them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from .collect import Collector
from .results import DONE, SETS_PARAMETERS, state_of

MODULES = sorted([*DONE, *SETS_PARAMETERS])
"""Those whose results say what became of a phone."""


def fill(
    collector: Collector,
    results: Mapping[str, Mapping[str, Any]],
    action: str,
    *,
    going_on: Collection[str],
    check_mode: bool,
) -> None:
    """Add the results by host, and finish. ``going_on``: the hosts that are still in the play; those that failed and
    are among them were rescued, or their failure was ignored."""
    lost: dict[str, set[str]] = {"failed": set(), "unreachable": set()}
    for host, result in results.items():
        rounds = result.get("results")
        states = [state_of(each) for each in rounds if isinstance(each, Mapping)] if isinstance(rounds, list) else []
        state = state_of(result)
        if state == "ok":
            state = next((each for each in lost if each in states), state)
        collector.add(host, action, state, result, ignored=host in going_on, check_mode=check_mode)
        if host not in going_on and state in lost:
            lost[state].add(host)
    collector.finish(lost["failed"], lost["unreachable"])
