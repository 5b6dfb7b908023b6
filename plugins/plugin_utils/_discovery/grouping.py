# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups by what a host is, with names that also fit files in group_vars: ``model_vvx411``, ``site_berlin``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_OF_FACTS: Mapping[str, tuple[str, ...]] = {
    "model": ("vvx", "device", "model"),
    "firmware": ("vvx", "device", "firmware"),
    "subnet": ("vvx", "subnet"),
    "registration": ("vvx", "registration"),
    "reason": ("vvx_reason",),
}
"""Words that stand for what was found, and the way to it in the host's variables."""
KEYWORDS = tuple(_OF_FACTS)


def groups_of(words: Iterable[str], variables: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each word for which a host has a value, and the name of the group. A variable that is called like the word, in
    upper or lower case, counts before what was found."""
    for word in words:
        value = _variable(word, variables)
        if value is None:
            value = _found(_OF_FACTS.get(word, ()), variables)
        ending = spelled(value)
        if ending:
            yield word, f"{word}_{ending}"


def _variable(word: str, variables: Mapping[str, Any]) -> Any:
    if word in variables:
        return variables[word]
    return next((value for name, value in variables.items() if name.lower() == word.lower()), None)


def _found(way: tuple[str, ...], variables: Mapping[str, Any]) -> Any:
    value: Any = variables if way else None
    for step in way:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def spelled(value: Any) -> str:
    """A value as the end of a group's name: in lower case, without blanks before digits, ``_`` for all that a name
    can't hold. Empty if nothing is left, or the value is no text or number."""
    if not isinstance(value, (str, int, float)):
        return ""
    text = re.sub(r"(?<=[^\W\d_])\s+(?=\d)", "", str(value).strip().lower())
    return re.sub(r"\W+", "_", text).strip("_")
