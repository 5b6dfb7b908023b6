# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of parameters: the text to send for a YAML value, when two texts mean the same, and which do not fit.

Source: clients of real phones (strings, booleans as 1 and 0), and the UC Software schema for types.
"""

from __future__ import annotations

import datetime
import functools
import re
from typing import Any

from .fact import Fact
from .listing import listed

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_MOST_CHOICES = 12
_PEM = "-----BEGIN "
"""Files turn line ends of certificates into blanks, which the phone takes as well; see authorities.py."""
QUOTE = "put the value in quotes"


def canonical(value: Any, fact: Fact) -> str:
    """The wire text of a YAML value. Raises ValueError with the reason (never with the value) if there is none.

    Strings stay untouched unless the parameter is known to be a boolean, an integer or an enumeration and the text is
    one; those are sent in the phone's own spelling.
    """
    if value is None:
        raise ValueError("is null; write '' for an empty text")
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return _wire_text(str(int(value)), fact)
    if isinstance(value, float):
        raise ValueError(f"is read by YAML as a decimal number: {QUOTE}")
    if isinstance(value, (datetime.date, datetime.datetime)):
        raise ValueError(f"is read by YAML as a date: {QUOTE}")
    if isinstance(value, str):
        text = str(value)
        if not _encodable(text):
            raise ValueError("contains a character that can't be sent (half of a surrogate pair)")
        return _wire_text(text, fact)
    kind = (
        "a list"
        if isinstance(value, (list, tuple))
        else "a dictionary"
        if isinstance(value, dict)
        else f"a {type(value).__name__}"
    )
    raise ValueError(f"is {kind}; a value must be a text, a number or a boolean")


def doubt(value: Any, fact: Fact) -> str | None:
    """Why YAML may have changed the value, or None: a number or boolean where the parameter takes something else.

    YAML silently turns ``0123`` into 83, ``13:00`` into 780 and ``off`` into 0.
    """
    if isinstance(value, bool) and (
        fact.type in ("str", "enum") or (fact.type == "int" and (fact.lowest, fact.highest) != (0, 1))
    ):
        return f"is read by YAML as a boolean and sent as 1 or 0: {QUOTE}"
    if isinstance(value, int) and fact.type == "str":
        return f"is a text, but YAML reads a number and may change it (0123 becomes 83, 13:00 becomes 780): {QUOTE}"
    return None


def misfit(text: str, fact: Fact) -> str | None:
    """Why the wire text does not fit (never with the value), or None if it fits or the type is unknown.

    The empty text always fits: the vendor's own templates write it for "the default".
    """
    if fact.type is None or text == "":
        return None
    if fact.type == "str":
        return _out_of_limits(len(text), fact, "shorter than {} characters", "longer than {} characters")
    key = _key(text, fact)
    if fact.type == "bool":
        return None if isinstance(key, bool) else "is not a boolean (1 or 0, true or false)"
    if fact.type == "int":
        return (
            "is not a whole number"
            if isinstance(key, str)
            else _out_of_limits(key, fact, "below the minimum of {}", "above the maximum of {}")
        )
    return None if isinstance(key, tuple) else f"must be one of: {_choices(fact)}"


def means_default(text: str, fact: Fact) -> bool:
    """Whether the text stands for the phone's default: an empty one for a parameter that can't be empty itself."""
    return text == "" and fact.type in ("bool", "int", "enum") and not fact.may_be_empty


def equal(one: str, other: str, fact: Fact) -> bool:
    """Whether two wire texts mean the same to the phone: by type where the type is known, without white space where it
    is a certificate in PEM, and to the letter otherwise."""
    return one == other or _key(one, fact) == _key(other, fact)


def _key(text: str, fact: Fact) -> Any:
    """What texts of the same meaning share: a bool, an int or a tuple of spellings; otherwise the text itself."""
    if fact.type == "bool":
        word = text.strip().lower()
        return True if word in _TRUE else False if word in _FALSE else text
    if fact.type == "int" and _INTEGER.fullmatch(text.strip()):
        return int(text)
    if fact.type == "enum":
        return _choice(text, fact) or text
    return "".join(text.split()) if text.lstrip().startswith(_PEM) else text


def _wire_text(text: str, fact: Fact) -> str:
    key = _key(text, fact)
    if isinstance(key, bool):
        return "1" if key else "0"
    if isinstance(key, tuple):
        return str(key[0])
    return str(key) if isinstance(key, int) else text


def _choice(text: str, fact: Fact) -> tuple[str, ...] | None:
    return _spellings(fact.choices).get(text.strip().lower())


@functools.lru_cache(maxsize=512)
def _spellings(choices: tuple[tuple[str, ...], ...]) -> dict[str, tuple[str, ...]]:
    """Each spelling in lower case, and the (first) value that it belongs to."""
    return {spelling.lower(): choice for choice in reversed(choices) for spelling in choice}


def _choices(fact: Fact) -> str:
    choices = listed(["=".join(choice) for choice in fact.choices], _MOST_CHOICES)
    return f"{choices}, or empty" if fact.may_be_empty else choices


def _out_of_limits(size: int, fact: Fact, below: str, above: str) -> str | None:
    if fact.lowest is not None and size < fact.lowest:
        return f"is {below.format(fact.lowest)}"
    if fact.highest is not None and size > fact.highest:
        return f"is {above.format(fact.highest)}"
    return None


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
