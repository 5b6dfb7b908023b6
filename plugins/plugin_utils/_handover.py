# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run hands over to other jobs and to AWX, as ``set_stats`` does: small and plain, whatever phones say.

AWX gives it to the next job of a workflow as extra variables, where Ansible would run a template that a phone's label
holds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

LARGEST = 60_000
"""Bytes of a statistic."""
_LONGEST = 300
"""Characters of a text in it, if not said otherwise."""
_MOST = 1000
"""Entries of a list."""
_TEMPLATE = re.compile(r"\{(?=[{%#])|[%#}](?=\})")


def harmless(value: Any, longest: int = _LONGEST) -> Any:
    """The same, with nothing in it that is a template, and with short texts."""
    if isinstance(value, str):
        return _TEMPLATE.sub(r"\g<0> ", value[:longest]).encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {harmless(str(name)): harmless(each, longest) for name, each in value.items()}
    return [harmless(each, longest) for each in value] if isinstance(value, (list, tuple)) else value


def bounded(
    make: Callable[[int], Mapping[str, Any]], largest: int = LARGEST, most: int = _MOST, longest: int = _LONGEST
) -> dict[str, Any]:
    """What ``make`` gives with as many entries in each list and mapping as fit. With 0 it has numbers only.
    ``most``: entries to begin with. ``longest``: characters of a text."""
    while True:
        made: dict[str, Any] = harmless(make(most), longest)
        if most < 1 or len(json.dumps(made).encode()) <= largest:
            return made
        most //= 2


def first(entries: Mapping[str, Any], most: int) -> dict[str, Any]:
    """The first entries of a mapping."""
    return dict(list(entries.items())[:most])


def stats(**statistics: Any) -> dict[str, Any]:
    """``ansible_stats`` of a task's result."""
    return {"data": statistics, "per_host": False, "aggregate": False}
