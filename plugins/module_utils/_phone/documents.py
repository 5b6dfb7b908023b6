# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON from a phone, in bounds: nothing in it may hold up or upset what reads it later."""

from __future__ import annotations

import json
import math
from typing import Any

DEEPEST = 32
"""Levels of lists and objects. Replies have 7 at most."""
LONGEST_NUMBER = 20
"""Characters of a number. The longest known is a time in milliseconds, 13 digits."""


class Unreadable(ValueError):
    """What is wrong with a document, as the end of the sentence "the reply ..."."""


def read(content: bytes) -> dict[str, Any]:
    """Return a JSON object. Raises Unreadable."""
    try:
        text = content.decode("utf-8-sig")
        document = json.loads(text, parse_int=_integer, parse_float=_fraction, parse_constant=_constant)
    except RecursionError as error:
        raise Unreadable("is nested too deeply") from error
    except Unreadable:
        raise
    except ValueError as error:
        raise Unreadable("is not a JSON object") from error
    if not isinstance(document, dict):
        raise Unreadable("is not a JSON object")
    if text.count("{") + text.count("[") > DEEPEST and _is_deeper(document, DEEPEST):
        raise Unreadable("is nested too deeply")
    if "\\ud" in text.lower():
        # Half of a surrogate pair: no file and no terminal takes such a text.
        whole: dict[str, Any] = json.loads(
            json.dumps(document, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
        return whole
    return document


def _is_deeper(document: Any, levels: int) -> bool:
    """Whether a document has more levels. Goes through it level by level, because recursion has limits of its own."""
    level = [document]
    for _each in range(levels):
        level = [
            part
            for whole in level
            for part in (whole.values() if isinstance(whole, dict) else whole)
            if isinstance(part, (dict, list))
        ]
        if not level:
            return False
    return True


def _integer(text: str) -> int:
    """Reading a long number takes time that grows with the square of its length."""
    if len(text) > LONGEST_NUMBER:
        raise Unreadable(f"holds a number of {len(text)} digits")
    return int(text)


def _fraction(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None


def _constant(_text: str) -> None:
    """NaN and Infinity are not JSON: the phone does not know the number."""
