# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists in messages."""

from __future__ import annotations

from collections.abc import Sequence


def listed(items: Sequence[str], most: int = 10, separator: str = ", ") -> str:
    """The first of the items, and how many more there are."""
    more = len(items) - most
    end = ("" if separator == ", " else separator.rstrip()) + f" and {more} more" if more > 0 else ""
    return separator.join(items[:most]) + end
