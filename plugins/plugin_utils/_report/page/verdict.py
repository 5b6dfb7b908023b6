# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the page says first: whether all is well, and if not, why and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .words import count


def verdict(report: Mapping[str, Any]) -> dict[str, Any]:
    """``words`` in one line, their ``severity`` ("good" if all is well), the ``causes``, and on how many phones
    nothing is wrong (``fine``)."""
    phones, attention = report["summary"]["phones"], report["summary"]["attention"]
    causes = report["causes"]
    return {
        "words": _words(phones, attention),
        "severity": causes[0]["severity"] if attention else "good",
        "causes": [{**cause, **_sentences(cause["remedy"])} for cause in causes],
        "fine": sum(not row["causes"] for row in report["rows"]),
    }


def _words(phones: int, attention: int) -> str:
    if phones == 1:
        return "The phone needs attention" if attention else "The phone is fine"
    if attention == 0:
        return f"All {count(phones)} are fine"
    return f"{attention:,} of {count(phones)} {'needs' if attention == 1 else 'need'} attention"


def _sentences(remedy: str) -> dict[str, str]:
    """The first one, and the others, which are shown where there is room. All of them are the row's tooltip."""
    short, *rest = re.split(r"(?<=[.!?]) ", remedy, maxsplit=1)
    return {"short": short, "rest": "".join(rest)}
