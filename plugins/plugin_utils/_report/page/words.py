# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers and times as the page writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable


def count(number: int, one: str = "phone", many: str = "phones") -> str:
    """``1 phone``, ``10,000 phones``."""
    return f"{number:,} {one if number == 1 else many}"


def number(value: int) -> str:
    """``10,000``."""
    return f"{value:,}"


def absolute(time: str) -> str:
    """``2026-11-27 08:00 UTC`` for ``2026-11-27T08:00:00Z``. The script says how long ago that is."""
    return f"{time[:16].replace('T', ' ')} UTC"


def term(field: str, values: Iterable[str]) -> str:
    """What finds the phones with one of these values, in the language of filter.js: ``host:a,"b c"``."""
    return f"{field}:{','.join(map(_quoted, values))}"


def _quoted(value: str) -> str:
    if re.fullmatch(r"\w[\w./-]*", value):
        return value
    escaped = re.sub(r'(["\\*\u201c-\u201e])', r"\\\1", value)
    return f'"{escaped}"'
