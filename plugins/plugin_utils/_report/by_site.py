# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phones of a report counted by what the user groups them by, such as sites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .._console.order import natural
from .causes import CRITICAL, NOTICE
from .columns import COLUMNS
from .values import shown

_STANDARD = {column.name for column in COLUMNS}


@dataclass
class Site:
    """``attention``: phones with more than a notice. ``critical``: phones that can't be managed or used. ``causes``:
    phones by the name of the cause; a phone with several counts for each."""

    name: str
    phones: int = 0
    attention: int = 0
    critical: int = 0
    causes: Counter[str] = field(default_factory=Counter)


def columns(report: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The columns of the user's own by which phones are grouped."""
    return [column for column in report["columns"] if column["by"] and column["name"] not in _STANDARD]


def sites(report: Mapping[str, Any], column: Mapping[str, Any]) -> list[Site]:
    """Those with the most phones that need attention come first. Phones with several values count for each, those
    without a value are the site ``""``."""
    severity = {cause["cause"]: cause["severity"] for cause in report["causes"]}
    found: dict[str, Site] = {}
    for row in report["rows"]:
        cell = row["cells"].get(column["name"])
        severities = {severity[entry["cause"]] for entry in row["causes"]}
        for name in {shown(value, column["kind"]) for value in (cell if isinstance(cell, list) and cell else [cell])}:
            site = found.setdefault(name, Site(name))
            site.phones += 1
            site.attention += bool(severities - {NOTICE})
            site.critical += CRITICAL in severities
            site.causes.update(entry["cause"] for entry in row["causes"])
    return sorted(found.values(), key=lambda site: (-site.attention, natural(site.name)))
