# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How values are shown in messages and diffs."""

from __future__ import annotations

import json
from collections.abc import Mapping

from .._text import escaped, hide_logins, tame


def quoted(value: str, most: int = 60) -> str:
    """The value in quotes, shortened to ``most`` characters, without a login inside a URL."""
    value = hide_logins(value)
    return repr(value if len(value) <= most else value[: most - 3] + "...")


def value_shown(value: str) -> str:
    """A parameter's value as results show it: without a login inside a URL, and without control characters."""
    return hide_logins(tame(value))


def text_diff(before: Mapping[str, str], after: Mapping[str, str], header: str) -> dict[str, str]:
    """A diff for Ansible with one ``name: value`` per line, sorted by name. Logins inside URLs are hidden."""
    old, new = ({name: hide_logins(value) for name, value in values.items()} for values in (before, after))
    for name, value in new.items():
        if old.get(name) == value and before[name] != after[name]:
            new[name] = f"{value} (with another login)"
    return {"before": _lines(old), "after": _lines(new), "before_header": header, "after_header": header}


def _lines(values: Mapping[str, str]) -> str:
    return "".join(f"{name}: {shown_line(values[name])}\n" for name in sorted(values))


def shown_line(value: str) -> str:
    """Quoted where it would otherwise be invisible or need several lines."""
    plain = value.isprintable() and value == value.strip() != "" and value == escaped(value)
    return value if plain else escaped(json.dumps(value, ensure_ascii=False))


def duration(seconds: float) -> str:
    """In the two largest units, rounded down: ``3 d 4 h``, ``4 h 12 min``, ``12 min``, ``45 s``."""
    rest = int(seconds)
    if rest < 60:
        return f"{rest} s"
    days, hours, minutes = rest // 86_400, rest // 3_600 % 24, rest // 60 % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
