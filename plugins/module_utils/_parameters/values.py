# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of parameters: from YAML to the text that goes over the wire, and when two texts mean the same.

Source: clients of real phones (strings, booleans as 1 and 0), and the UC Software schema for types.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from .catalogue import Fact

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")


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
        raise ValueError("is read by YAML as a decimal number: put the value in quotes")
    if isinstance(value, (datetime.date, datetime.datetime)):
        raise ValueError("is read by YAML as a date: put the value in quotes")
    if isinstance(value, str):
        text = str(value)
        if not _encodable(text):
            raise ValueError("holds a character that can't be sent (half of a surrogate pair)")
        return _spelled(text, fact)
    kind = "a list" if isinstance(value, (list, tuple)) else "a dictionary" if isinstance(value, dict) else f"a {type(value).__name__}"
    raise ValueError(f"is {kind}; a parameter's value is a text, a number or a boolean")


def needs_quotes(value: Any, fact: Fact) -> bool:
    """Whether YAML may have changed what was written: a number or boolean for a parameter that is known to be a text.

    ``0123`` has become 83 and ``13:00`` has become 780 before anyone can see it.
    """
    return fact.type == "str" and isinstance(value, int)


def equal(one: str, other: str, fact: Fact) -> bool:
    """Whether two wire texts mean the same to the phone: by type where the type is known, to the letter otherwise."""
    return one == other or _key(one, fact) == _key(other, fact)


def _key(text: str, fact: Fact) -> Any:
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
    wanted = text.strip().lower()
    for choice in fact.choices:
        if wanted in (spelling.lower() for spelling in choice):
            return choice
    return None


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
