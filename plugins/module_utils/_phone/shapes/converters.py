# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turn a phone's texts into real types, the same for all firmware; None if the phone gives no value.

Phones send every leaf as a string. Variants seen: letter case (enabled, Enabled), keys with stray blanks, several ways
to write a duration.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ..mac import colons

_ABSENT = {"", "::", "0.0.0.0", "(none)"}
_WORDS = {
    "enabled": True,
    "disabled": False,
    "true": True,
    "false": False,
    "yes": True,
    "no": False,
    "active": True,
    "inactive": False,
}

Convert = Callable[[Any], Any]
"""Returns None for what it can't read."""
NOTHING = object()
"""What a converter returns for a value that says that there is none."""


def text(value: Any) -> str | None:
    """Return the text, or None for one of the phone's ways to leave a value empty."""
    if isinstance(value, (bool, dict, list)) or value is None:
        return None
    plain = str(value).strip()
    return None if plain in _ABSENT else plain


def flag(value: Any) -> bool | None:
    """Return True or False for the phone's words (Enabled, True, yes, active and their opposites)."""
    if isinstance(value, bool):
        return value
    return _WORDS.get((text(value) or "").lower())


def number(value: Any) -> int | None:
    plain = text(value)
    return int(plain) if plain and re.fullmatch(r"-?[0-9]{1,18}", plain) else None


def real(value: Any) -> float | None:
    """A number, whole or not: 1, -3.5."""
    found = decimal(value)
    return int(found) if found is not None and found == int(found) else found


def percent(value: Any) -> int | None:
    """42 for ``42%``."""
    return number((text(value) or "").rstrip("% "))


def mapping(value: Any) -> Mapping[str, Any] | None:
    return value if isinstance(value, Mapping) else None


def mac(value: Any) -> str | None:
    """A MAC address in lower case with colons."""
    return colons(text(value))


def lower(value: Any) -> str | None:
    plain = text(value)
    return plain.lower() if plain else None


def uptime(value: Any) -> int | None:
    """Return seconds from ``{"Days": "3", "Hours": ...}`` (v2), ``3 Days 4:05:06`` (v1) or ``3.04:05:06`` (older)."""
    if isinstance(value, Mapping):
        parts = [number(value.get(unit, "0")) for unit in ("Days", "Hours", "Minutes", "Seconds")]
        if any(part is None for part in parts):
            return None
        days, hours, minutes, seconds = (part or 0 for part in parts)
        return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    match = re.fullmatch(
        r"(?:([0-9]{1,6})(?: +days? +|\.))?([0-9]{1,3}):([0-9]{2}):([0-9]{2})",
        text(value) or "",
        re.IGNORECASE | re.ASCII,
    )
    if not match:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


_UNITS = {"day": 86400, "hour": 3600, "min": 60, "sec": 1}


def duration(value: Any) -> int | None:
    """Return seconds from a form that ``uptime`` reads, or from ``4 mins 49 secs`` (call logs)."""
    plain = text(value) or ""
    parts = re.findall(r"([0-9]{1,6}) *(day|hour|min|sec)[a-z]*", plain, re.IGNORECASE | re.ASCII)
    total = sum(int(count) * _UNITS[unit.lower()] for count, unit in parts)
    whole = uptime(plain)
    return whole if whole is not None else total if parts else None


def decimal(value: Any) -> float | None:
    plain = text(value)
    return float(plain) if plain and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", plain) else None


def moment(value: Any) -> str | None:
    """Return a time in the phone's own time zone, ``2024-01-02T03:04:05``; phones send no offset."""
    plain = text(value)
    return plain if plain and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}", plain) else None


def one(value: Any) -> bool | None:
    """Return True for 1, False for 0, else as ``flag`` does."""
    return {"1": True, "0": False}.get(text(value) or "", flag(value))


def mappings(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects in a list, or an empty list for anything else."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def stripped(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key).strip(): value for key, value in raw.items()}


class Fields:
    """The members of an object, to take one by one; what nobody takes or can read is kept for ``other``."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._left = {key.lower(): (key, value) for key, value in stripped(raw).items()}

    def take(self, convert: Convert, *keys: str) -> Any:
        """The converted value of the first of these members that is there, in whatever letter case; else None."""
        left = self._left
        names = [name for name in map(str.lower, keys) if name in left]
        if not names:
            return None
        value = left[names[0]][1]
        converted = convert(value)
        if converted is not None or _is_nothing(value):
            for name in names:
                if left[name][1] == value:
                    del left[name]
        return None if converted is NOTHING else converted

    def other(self) -> dict[str, Any] | None:
        """What is left and says something, by the phone's names."""
        return {key: value for key, value in self._left.values() if not _is_nothing(value)} or None


def _is_nothing(value: Any) -> bool:
    return value in ({}, []) or (not isinstance(value, (bool, dict, list)) and text(value) is None)


def convert(raw: Mapping[str, Any], keys: Mapping[str, tuple[str, Convert]]) -> dict[str, Any]:
    """An object by a table: the phone's name to ours and a converter. ``other`` holds what the table does not."""
    fields = Fields(raw)
    converted: dict[str, Any] = {}
    for key, (name, how) in keys.items():
        value = fields.take(how, key)
        if value is not None:
            converted.setdefault(name, value)
    return present({**converted, "other": fields.other()})


def nested(keys: Mapping[str, tuple[str, Convert]]) -> Convert:
    """The converter of an object inside an object, by a table of its own."""
    return lambda value: convert(value, keys) if isinstance(value, Mapping) else None


def present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
