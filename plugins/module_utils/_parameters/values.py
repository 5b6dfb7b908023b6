# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of parameters: from YAML to the text that goes over the wire, when two texts mean the same, and which do not fit.

Source: clients of real phones (strings, booleans as 1 and 0), and the UC Software schema for types.
"""

from __future__ import annotations

import datetime
import functools
import re
from typing import Any

from .fact import Fact

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_MOST_CHOICES = 12
QUOTE = "put the value in quotes"


def canonical(value: Any, fact: Fact) -> str:
    """The wire text of a YAML value. Raises ValueError with the reason (never with the value) if there is none.

    Strings go untouched unless the parameter is known to be a boolean, an integer or an enumeration and the text is one:
    then it goes in the phone's own spelling.
    """
    if value is None:
        raise ValueError("has no value (null); an empty text is written as ''")
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return _spelled(str(int(value)), fact)
    if isinstance(value, float):
        raise ValueError(f"is read by YAML as a decimal number: {QUOTE}")
    if isinstance(value, (datetime.date, datetime.datetime)):
        raise ValueError(f"is read by YAML as a date: {QUOTE}")
    if isinstance(value, str):
        text = str(value)
        if not _encodable(text):
            raise ValueError("holds a character that can't be sent (half of a surrogate pair)")
        return _spelled(text, fact)
    kind = (
        "a list"
        if isinstance(value, (list, tuple))
        else "a dictionary"
        if isinstance(value, dict)
        else f"a {type(value).__name__}"
    )
    raise ValueError(f"is {kind}; a parameter's value is a text, a number or a boolean")


def doubt(value: Any, fact: Fact) -> str | None:
    """Why YAML may have changed what was written, or None: a number or boolean for a parameter that is known to be something else.

    ``0123`` has become 83, ``13:00`` has become 780 and ``off`` has become 0 before anyone can see it.
    """
    if isinstance(value, bool) and (
        fact.type in ("str", "enum") or (fact.type == "int" and (fact.lowest, fact.highest) != (0, 1))
    ):
        return f"is read by YAML as a boolean, which is sent as 1 or 0: {QUOTE}"
    if isinstance(value, int) and fact.type == "str":
        return f"is a text, and YAML reads a number and may change it (0123 becomes 83, 13:00 becomes 780): {QUOTE}"
    return None


def misfit(text: str, fact: Fact) -> str | None:
    """Why the wire text is none that the parameter takes (never with the value), or None if it fits or nobody knows."""
    if fact.type is None or (text == "" and fact.may_be_empty):
        return None
    if fact.type == "str":
        return _out_of_limits(len(text), fact, "shorter than {} characters", "longer than {} characters")
    if text == "":
        return "is empty, and needs a value"
    key = _key(text, fact)
    if fact.type == "bool":
        return None if isinstance(key, bool) else "is no boolean (1 or 0, true or false)"
    if fact.type == "int":
        return (
            "is no whole number"
            if isinstance(key, str)
            else _out_of_limits(key, fact, "below {}, the lowest value", "above {}, the highest value")
        )
    return None if isinstance(key, tuple) else f"is none of the values it can have: {_listed(fact)}"


def equal(one: str, other: str, fact: Fact) -> bool:
    """Whether two wire texts mean the same to the phone: by type where the type is known, to the letter otherwise."""
    return one == other or _key(one, fact) == _key(other, fact)


def _key(text: str, fact: Fact) -> Any:
    """What texts of the same meaning have in common: a bool, an int, a tuple of spellings; the text itself where it is of no such type."""
    if fact.type == "bool":
        word = text.strip().lower()
        return True if word in _TRUE else False if word in _FALSE else text
    if fact.type == "int" and _INTEGER.fullmatch(text.strip()):
        return int(text)
    if fact.type == "enum":
        return _choice(text, fact) or text
    return text


def _spelled(text: str, fact: Fact) -> str:
    key = _key(text, fact)
    if isinstance(key, bool):
        return "1" if key else "0"
    if isinstance(key, tuple):
        return str(key[0])
    return str(key)


def _choice(text: str, fact: Fact) -> tuple[str, ...] | None:
    return _spellings(fact.choices).get(text.strip().lower())


@functools.lru_cache(maxsize=512)
def _spellings(choices: tuple[tuple[str, ...], ...]) -> dict[str, tuple[str, ...]]:
    """Each spelling in lower case, and the value that it is one of; the first one, if there are several."""
    return {spelling.lower(): choice for choice in reversed(choices) for spelling in choice}


def _listed(fact: Fact) -> str:
    told = ["=".join(choice) for choice in fact.choices]
    more = len(told) - _MOST_CHOICES
    return (
        ", ".join(told[:_MOST_CHOICES])
        + (f" and {more} more" if more > 0 else "")
        + (", or empty" if fact.may_be_empty else "")
    )


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
