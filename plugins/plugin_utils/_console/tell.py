# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines for people, printed from an action at any verbosity."""

from __future__ import annotations

import os
from typing import Any

from ...module_utils._text import tame
from .. import _ansible


def tell(display: Any, text: str) -> None:
    """Print the text, of one or more lines, whatever the verbosity, also from a worker process and under
    ansible-runner. Lines of one call stay together. ``display``: the ``_display`` of an action."""
    if text:
        _ansible.print_text(display, tame(text))


def columns(display: Any) -> int:
    """How wide the screen is: COLUMNS, else the terminal, else 79. A worker process has no terminal, but inherits the
    width."""
    stated = os.environ.get("COLUMNS", "")
    if stated.isascii() and stated.isdigit() and int(stated) > 0:
        return int(stated)
    found = getattr(display, "columns", None)
    return found if isinstance(found, int) and found > 0 else 79
