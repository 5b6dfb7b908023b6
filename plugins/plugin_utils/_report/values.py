# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of cells: what a cell can hold, how people read it, how it sorts. text() in page/values.js shows the same."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from ...module_utils._steps.text import duration


def cell(value: Any) -> Any:
    """Any JSON value as a cell: a text, a number, a boolean, None, or a list of texts."""
    if isinstance(value, list):
        return [shown(part) for part in value]
    if isinstance(value, Mapping) or (isinstance(value, float) and not math.isfinite(value)):
        return shown(value)
    return value


def shown(value: Any, kind: str = "") -> str:
    """A cell as people read it: ``yes``, ``1 | 2``, ``1/2`` for a pair, ``3 d 4 h`` for a duration. ``kind``: its
    column's. A bar separates the parts of a list, since a comma may be part of one."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {shown(part)}" for key, part in value.items())
    if isinstance(value, (list, tuple)):
        return ("/" if kind == "pair" else " | ").join(map(shown, value))
    if kind == "duration":
        return duration(value)
    return str(value)


def registration(registered: list[int] | None) -> str:
    """How many of a phone's lines are registered: all, some, none or unknown. ``registered``: that cell."""
    if registered is None:
        return "unknown"
    count, lines = registered
    return "none" if count == 0 else "all" if count == lines else "some"


def natural(text: str) -> list[Any]:
    """A sort key by which phone-2 comes before phone-10."""
    return [
        (0, int(part), "") if re.match("[0-9]", part) else (1, 0, part.lower())
        for part in re.split(r"([0-9]+)", text)
        if part
    ] + [(2, 0, text)]


def writable(value: Any) -> Any:
    """JSON without halves of surrogate pairs, which no file can hold. A phone may cut a label within an emoji."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {writable(key): writable(part) for key, part in value.items()}
    return [writable(part) for part in value] if isinstance(value, list) else value
