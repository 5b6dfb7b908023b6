# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hosts of a play that marks phones. The .yml file here documents it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..plugin_utils import _ansible
from ..plugin_utils._surveyed import NOBODY, pattern_of
from ..plugin_utils._verdicts import Verdicts


def marked_hosts(_anything: Any) -> list[str]:
    """Patterns for the hosts that have a verdict of a task for all phones."""
    return [pattern_of(host) for host in Verdicts().hosts()] or NOBODY


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return _ansible.unless_old({"marked_hosts": marked_hosts})
