# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What vvx_report prints: whether phones need attention, why, what has changed, and the files."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from .._console.table import aligned, wrapped
from .._console.words import count
from . import causes

_CHANGES = {
    "appeared": ("phone", "appeared"),
    "disappeared": ("phone", "disappeared"),
    "broken": ("problem", "began"),
    "repaired": ("problem", "ended"),
    "changed": ("cell", "changed"),
}
_MARGIN = "  "


def text(report: Mapping[str, Any], files: Sequence[Mapping[str, Any]], width: int, check_mode: bool = False) -> str:
    """``report``: of ``report.build``. ``files``: ``path`` and ``changed`` of each. Paths are shown from the working
    folder where they are inside of it, and never broken."""
    numbers, changes = report["summary"], report["changes"]
    lines = wrapped(f"{causes.verdict(numbers['phones'], numbers['attention'])}.", width)
    rows = [row for cause in report["causes"] for row in _rows(cause)]
    lines += [f"{_MARGIN}{line}".rstrip() for line in aligned(rows, width=width - len(_MARGIN))]
    if changes is not None:
        lines += wrapped(f"Since the last report: {_changes(changes) or 'nothing has changed'}.", width)
    changed = "would change" if check_mode else "written"
    lines += [f"{_MARGIN}{_shown(file['path'])}  {changed if file['changed'] else 'unchanged'}" for file in files]
    return "\n".join(lines)


def _rows(cause: Mapping[str, Any]) -> list[list[str]]:
    """How many phones have it, what it is, for how many it is new, and the playbook that mends it. Where that depends
    on the status, each has a row of its own."""
    statuses = cause["statuses"]
    new = f"{cause['new']:,} new" if cause["new"] else ""
    rows = [[f"{cause['phones']:,}", cause["title"], new, "" if statuses else _playbook(cause)]]
    for each in statuses:
        rows.append(["", f"- {each['phones']:,} {each['status'].replace('_', ' ')}", "", _playbook(each)])
    return rows


def _playbook(entry: Mapping[str, Any]) -> str:
    return f"polycom.vvx.{entry['playbook']}" if entry["playbook"] else ""


def _changes(changes: Mapping[str, Any]) -> str:
    known = [(len(changes.get(kind) or ()), *words) for kind, words in _CHANGES.items()]
    return ", ".join(f"{count(number, noun)} {verb}" for number, noun, verb in known if number)


def _shown(path: str) -> str:
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative
