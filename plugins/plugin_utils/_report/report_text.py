# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What vvx_report prints: the summary in a line, what has changed, and the files."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from .._console.table import wrapped
from .._console.words import count

_CHANGES = {"appeared": "phone", "disappeared": "phone", "changed": "cell"}


def text(report: Mapping[str, Any], files: Sequence[Mapping[str, Any]], width: int, check_mode: bool = False) -> str:
    """``report``: of ``report.build``. ``files``: ``path`` and ``changed`` of each. Paths are shown from the working
    folder where they are inside of it, and never broken."""
    lines = wrapped(_summary(report["summary"]), width)
    changes = report["changes"]
    if changes is not None:
        numbers = [f"{count(len(entries), _CHANGES[kind])} {kind}" for kind, entries in changes.items() if entries]
        lines += wrapped(f"Since the last report: {', '.join(numbers) or 'nothing has changed'}", width)
    changed = "would change" if check_mode else "written"
    lines += [f"  {_shown(file['path'])}  {changed if file['changed'] else 'unchanged'}" for file in files]
    return "\n".join(lines)


def _summary(numbers: Mapping[str, Any]) -> str:
    states = ", ".join(f"{number} {state}" for state, number in numbers["status"].items())
    unregistered = sum(numbers["registration"].get(share, 0) for share in ("some", "none"))
    more = {
        "behind their target firmware": numbers["behind"],
        "differ from the inventory": numbers["drifting"],
        "with lines that are not registered": unregistered,
    }
    parts = [states, *(f"{number} {words}" for words, number in more.items() if number)]
    return f"{count(numbers['phones'], 'phone')}: {'; '.join(parts)}"


def _shown(path: str) -> str:
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative
