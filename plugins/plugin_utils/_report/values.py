# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of cells: what a cell can hold, how people read it. text() in page/values.js shows the same."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ...module_utils._steps.text import duration

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def cell(value: Any) -> Any:
    """Any JSON value as a cell: a text, a number, a boolean, None, or a list of texts."""
    if isinstance(value, list):
        return [shown(part) for part in value]
    if isinstance(value, Mapping) or (isinstance(value, float) and not math.isfinite(value)):
        return shown(value)
    return value


def of_kind(cell: Any, kind: str) -> Any:
    """A cell as its column's kind wants it, if it is a text that says so: templates make texts of numbers before
    ansible-core 2.19, and people quote them."""
    if kind == "list":
        return cell if cell is None or isinstance(cell, list) else [shown(cell)]
    if not isinstance(cell, str):
        return cell
    text = cell.strip().lower()
    if kind in ("number", "duration") and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", text, re.ASCII):
        return float(text) if "." in text else int(text)
    if kind == "boolean" and text in ("true", "yes", "false", "no"):
        return text in ("true", "yes")
    return cell


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


def day(moment: datetime | None) -> str | None:
    """The date of a time."""
    return None if moment is None else f"{moment:%Y-%m-%d}"


def moment(time: datetime | None) -> str | None:
    """A time in UTC, to the second: ``2026-11-27T08:00:00Z``."""
    return None if time is None else f"{time:%Y-%m-%dT%H:%M:%SZ}"


def at(time: str) -> datetime:
    """Such a time, without its zone: to compare it with others."""
    return datetime.fromisoformat(time[:-1])  # Python before 3.11 does not know Z


def is_time(value: Any) -> bool:
    """Whether it is such a time."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return False
    try:
        at(value)
    except ValueError:
        return False
    return True


def registration(registered: list[int] | None) -> str:
    """How many of a phone's lines are registered: all, some, none or unknown. ``registered``: that cell."""
    if registered is None:
        return "unknown"
    count, lines = registered
    return "none" if count == 0 else "all" if count == lines else "some"


def writable(value: Any) -> Any:
    """JSON without halves of surrogate pairs, which no file can hold. A phone may cut a label within an emoji."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {writable(key): writable(part) for key, part in value.items()}
    return [writable(part) for part in value] if isinstance(value, list) else value
