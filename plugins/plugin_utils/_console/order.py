# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of names for people, and what has the same names."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from typing import Any


def natural(text: str) -> list[Any]:
    """A sort key by which phone-2 comes before phone-10."""
    return [
        (0, len(digits := part.lstrip("0")), digits) if re.match("[0-9]", part) else (1, 0, part.lower())
        for part in re.split(r"([0-9]+)", text)
        if part
    ] + [(2, 0, text)]


def grouped(found: Iterable[tuple[Hashable, str]]) -> dict[Any, list[str]]:
    """Hosts by what was found; what most phones have in common comes first."""
    groups: dict[Any, list[str]] = {}
    for what, host in found:
        groups.setdefault(what, []).append(host)
    return dict(sorted(groups.items(), key=lambda item: -len(item[1])))
