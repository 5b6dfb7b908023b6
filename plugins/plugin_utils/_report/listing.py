# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What vvx_list prints: a line for each phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._console.order import natural
from .._console.table import aligned, wrapped
from .._console.words import count

MOST = 200
"""Phones that are listed; the rest is counted."""
_NONE = "-"


def text(phones: Mapping[str, Mapping[str, Any]], width: int) -> str:
    """``phones``: facts (``ansible_facts.vvx``) by host; empty for a phone without facts."""
    heads = ["host", "model", "firmware", "MAC"]
    with_lines = any("lines" in facts for facts in phones.values())
    if with_lines:
        heads.append("first line")
    hosts = sorted(phones, key=natural)
    rows = [_row(host, phones[host])[: len(heads)] for host in hosts[:MOST]]
    lines = aligned(rows, heads, width)
    if len(hosts) > MOST:
        more = count(len(hosts) - MOST, "more phone")
        lines += wrapped(f"... and {more}; -e vvx_facts_file=facts.json writes all to a file.", width)
    return "\n".join(lines)


def _row(host: str, facts: Mapping[str, Any]) -> list[str]:
    device = facts.get("device") or {}
    cells = [str(device.get(key) or _NONE) for key in ("model", "firmware", "mac")]
    return [host, *cells, _first(facts.get("lines") or [])]


def _first(lines: list[Mapping[str, Any]]) -> str:
    if not lines:
        return _NONE
    line = lines[0]
    registered = line.get("registered")
    state = "unknown" if registered is None else "registered" if registered else "not registered"
    return f"{line.get('label') or line.get('address') or line.get('line') or _NONE}: {state}"
