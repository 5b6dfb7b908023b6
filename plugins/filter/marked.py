# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hosts of a play that marks phones. The .yml file here documents it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..plugin_utils import _ansible
from ..plugin_utils._verdicts import Verdicts

NOBODY = ["all:!all"]
"""A pattern without hosts, of which Ansible does not warn."""


def marked_hosts(_anything: Any) -> list[str]:
    """Patterns for the hosts that have a verdict of a task for all phones."""
    return [_pattern(host) for host in Verdicts().hosts()] or NOBODY


def _pattern(host: str) -> str:
    """The name itself, unless Ansible would read it as a pattern."""
    if re.fullmatch(r"\w[\w.-]*", host):
        return host
    return "~^" + "".join(char if re.match(r"[\w-]", char) else "." for char in host) + "$"


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return _ansible.unless_old({"marked_hosts": marked_hosts})
