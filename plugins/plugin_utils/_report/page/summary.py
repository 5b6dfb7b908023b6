# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of the page that needs no script: the verdict, the trend, and what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .changed import windows
from .symbols import SYMBOLS
from .syntax import SYNTAX
from .trend import HEIGHT, WIDTH, trend
from .verdict import verdict
from .words import absolute, count, number

_VIEWS = (
    ("phones", "Phones"),
    ("sites", "Sites"),
    ("parameters", "Parameters"),
    ("firmware", "Firmware"),
    ("changes", "Changes"),
)
"""Names and titles of the tabs. The script draws the views, apart from that of the changes."""


def view(report: Mapping[str, Any]) -> dict[str, Any]:
    """The variables of page.html, apart from its title and the embedded data."""
    phones = report["summary"]["phones"]
    return {
        "phones": phones,
        "time": report["time"],
        "verdict": verdict(report) if phones else None,
        "trend": {**trend(report["history"]), "width": WIDTH, "height": HEIGHT},
        "windows": windows(report),
        "views": _VIEWS,
        "symbols": SYMBOLS,
        "known": [name for name, _path in SYMBOLS],
        "syntax": SYNTAX,
        "count": count,
        "number": number,
        "absolute": absolute,
    }
