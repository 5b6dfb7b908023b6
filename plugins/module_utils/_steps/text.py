# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How values are shown in messages and diffs."""

from __future__ import annotations

import json
from collections.abc import Mapping


def quoted(value: str, most: int = 60) -> str:
    """The value in quotes, shortened to ``most`` characters."""
    return repr(value if len(value) <= most else value[: most - 3] + "...")


def text_diff(before: Mapping[str, str], after: Mapping[str, str], header: str) -> dict[str, str]:
    """A diff for Ansible with one ``name: value`` per line, sorted by name."""
    return {"before": _lines(before), "after": _lines(after), "before_header": header, "after_header": header}


def _lines(values: Mapping[str, str]) -> str:
    return "".join(f"{name}: {_one_line(values[name])}\n" for name in sorted(values))


def _one_line(value: str) -> str:
    """Quoted where it would otherwise be invisible or need several lines."""
    plain = value.isprintable() and value == value.strip() != ""
    return value if plain else json.dumps(value, ensure_ascii=False)
