# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hosts of a play that applies a plan, and its waves. The .yml files here document them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..plugin_utils import _ansible
from ..plugin_utils._rollout.run import Run
from ..plugin_utils._surveyed import NOBODY, pattern_of


def rollout_hosts(_anything: Any) -> list[str]:
    """Patterns for the hosts that the rollout of this run changes, wave by wave."""
    return list(map(pattern_of, Run().hosts())) or NOBODY


def rollout_batches(_anything: Any) -> list[str]:
    """The sizes of its waves, for ``serial``."""
    return list(map(str, Run().sizes())) or ["100%"]


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return _ansible.unless_old({"rollout_hosts": rollout_hosts, "rollout_batches": rollout_batches})
