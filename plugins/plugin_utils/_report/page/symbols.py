# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The icons of the page: one line each, drawn on 16 by 16."""

from __future__ import annotations

SYMBOLS = (
    ("ok", "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M5 8.2l2.2 2.2L11.2 6"),
    ("unmanaged", "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M5.5 5.5l5 5M10.5 5.5l-5 5"),
    (
        "unregistered",
        "M4.5 2.5l2 3.2L5 7.2a8 8 0 0 0 3.8 3.8l1.5-1.5l3.2 2v2a1 1 0 0 1-1 1A10 10 0 0 1 2.5 3.5a1 1 0 0 1 1-1z"
        "M10 2l4 4M14 2l-4 4",
    ),
    ("drifting", "M2.5 6h11M2.5 10h11M10.5 2.5l-5 11"),
    ("behind", "M8 14V6M4.5 9L8 5.5L11.5 9M3 2.5h10"),
    ("restart", "M13.5 8a5.5 5.5 0 1 1-1.8-4.1M13.5 1.5v3h-3"),
    ("certificate", "M8 1.5l5.5 2v4c0 3.5-2.5 5.8-5.5 7c-3-1.2-5.5-3.5-5.5-7v-4zM8 5v3.5M8 11v.1"),
    ("rebooted", "M8 1.5v6M4.6 4a5.5 5.5 0 1 0 6.8 0"),
    ("new", "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M8 5v6M5 8h6"),
    ("gone", "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M5 8h6"),
    ("changed", "M2.5 5.5h10M10 3l2.5 2.5L10 8M13.5 10.5h-10M6 8l-2.5 2.5L6 13"),
    ("ahead", "M8 14V3M4 7l4-4l4 4"),
    ("other", "M8 1.8l6.5 12h-13zM8 6.5v3.2M8 11.8v.1"),
)
"""Name and path. The names are those of the causes, ``ok``, and those of changes; ``ahead`` of the target."""
