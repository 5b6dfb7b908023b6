# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of the simulator's switches in its README, made from the comments in switches.py."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from simulator import Switches

PAGE = Path(__file__).parents[1] / "simulator" / "README.md"

_BEGIN = "<!-- `nox -s generate` writes this table. -->\n"
_FIELD = re.compile(r"((?:    #: .*\n)+)    (\w+): (.*) = ")


def page() -> str:
    """The README with its table of switches."""
    head, rest = PAGE.read_text(encoding="utf-8").split(_BEGIN)
    _old_table, gap, tail = rest.partition("\n\n")
    return f"{head}{_BEGIN}{_table()}{gap}{tail}"


def _table() -> str:
    lines = ["| Switch | Alternatives | |", "|---|---|---|"]
    for comment, name, kind in _FIELD.findall(inspect.getsource(Switches)):
        alternatives = " ".join(f"`{each}`" for each in re.findall(r'"(.+?)"', kind)) or kind
        lines.append(f"| `{name}` | {alternatives} | {' '.join(comment.replace('#:', '').split())} |")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
