# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report's history as small step lines, each with its first and its last number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

WIDTH, HEIGHT = 120, 24
_EDGE = 2
"""Room above and below a line for half its width."""

_LEAST = 0.02
"""The whole height is at least this share of the largest number."""

_SERIES = (
    ("Reachable", "reachable", 1),
    ("Registered", "registered", 1),
    ("On target", "on_target", 1),
    ("Parameters differ", "drifting", -1),
)
"""Title, name in the history, and 1 if more is better."""


def trend(history: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """``runs``: their number. ``since``: time of the first one. ``series``: for each its ``title``, ``first`` and
    ``last`` number, the ``path`` of an SVG line, and what became of it: ``better``, ``worse`` or nothing. No series
    without two runs."""
    if len(history) < 2:
        return {"runs": len(history), "since": None, "series": []}
    places = _places([run["time"] for run in history])
    return {
        "runs": len(history),
        "since": history[0]["time"],
        "series": [
            {
                "title": title,
                "first": values[0],
                "last": values[-1],
                "path": _steps(places, values),
                "became": _became((values[-1] - values[0]) * more),
            }
            for title, name, more in _SERIES
            for values in [[run[name] for run in history]]
        ],
    }


def _became(gain: int) -> str:
    return "better" if gain > 0 else "worse" if gain < 0 else ""


def _places(times: Sequence[str]) -> list[float]:
    """Where the runs stand from left to right."""
    moments = [datetime.fromisoformat(time.replace("Z", "+00:00")).timestamp() for time in times]
    span = moments[-1] - moments[0]
    return [WIDTH * (moment - moments[0]) / span if span > 0 else 0 for moment in moments]


def _steps(places: Sequence[float], values: Sequence[int]) -> str:
    """A number holds until the next run."""
    # A change of few among many phones stays small.
    span = max(max(values) - min(values), _LEAST * max(values), 1)
    low = (max(values) + min(values) - span) / 2

    def height(value: int) -> float:
        return HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * (value - low) / span

    path = f"M0 {height(values[0]):.1f}"
    for place, before, value in zip(places[1:], values, values[1:]):
        if value != before:
            path += f"H{place:.1f}V{height(value):.1f}"
    return f"{path}H{WIDTH}"
