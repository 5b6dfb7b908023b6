# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What vvx_diagnose prints about a phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .table import aligned, wrapped
from .words import count

INDENT = "  "
_TROUBLE = {"failed": "FAILED", "warning": "warning"}


def text(name: str, result: Mapping[str, Any], width: int, brief: bool = False) -> str:
    """The steps as a table. ``name``: the inventory host, or what else the phone is known by. ``result``: the task's,
    with its steps. ``brief``: one line for a phone without failures and warnings."""
    host, steps = result["host"], result["steps"]
    who = name if name == host else f"{name} ({host})"
    trouble = [step for step in steps if step["outcome"] in _TROUBLE]
    if brief and not trouble:
        return f"{who}: ok, {result['msg'].removeprefix(f'{host}: ')}"
    warnings = sum(step["outcome"] == "warning" for step in steps)
    verdict = "can be managed" if result["manageable"] else "can't be managed"
    if warnings:
        verdict += f" ({count(warnings, 'warning')})"
    rows = []
    for step in steps:
        rows.append((step["name"], _TROUBLE.get(step["outcome"], step["outcome"]), step["found"]))
        if step["remedy"]:
            rows.append(("", "", f"To do: {step['remedy']}"))
    return "\n".join(
        [
            *wrapped(f"{who} {verdict}.", width),
            *(f"{INDENT}{line}" for line in aligned(rows, ("step", "result", "found"), width - len(INDENT))),
        ]
    )
