# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers in sentences."""

from __future__ import annotations

from collections.abc import Iterable


def count(number: int, noun: str, plural: str | None = None) -> str:
    """``1 phone``, ``2 phones``."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def some(names: Iterable[str], most: int = 10) -> str:
    """The first names, and how many more there are: ``a, b and 3 more``."""
    everything = list(names)
    shown = ", ".join(everything[:most])
    return f"{shown} and {len(everything) - most} more" if len(everything) > most else shown
