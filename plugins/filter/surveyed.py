# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hosts of a play behind a survey. The .yml file here documents it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ..plugin_utils import _ansible
from ..plugin_utils._surveyed import Surveyed, unsettled
from ..plugin_utils._values import plain


def unsettled_hosts(pattern: Any) -> list[str]:
    """Patterns for the hosts of this pattern that the survey of this run has not found as desired."""
    given = plain(pattern)
    parts = given if isinstance(given, list) else [given]
    if not parts or not all(isinstance(part, str) and part for part in parts):
        raise AnsibleFilterError("polycom.vvx.unsettled_hosts takes a pattern of hosts, or a list of them.")
    return unsettled(Surveyed().found(), parts)


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return _ansible.unless_old({"unsettled_hosts": unsettled_hosts})
