# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a phone's replies must not give away: keys and passwords by their names, and logins inside URLs."""

from __future__ import annotations

import functools
import re
from typing import Any

from .._text import MASK, hide_logins, tame

DEEPEST = 40
"""Objects and lists inside each other. No known reply has more than six."""

_SECRET = re.compile(
    r"password|passwd|passphrase|passcode|secret|credential|private_?key|psk|token|"
    r"(?:^|_)(?:key|keys|pin|pwd|pw|cookie|keying|key_material)$",
)
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")


def is_secret(key: str) -> bool:
    """Whether the value of a member with this name is a secret: ``H235DHKey``, ``Password``, ``SRTP Master Key``."""
    return _SECRET.search(_WORDS.sub("_", key.strip()).lower().strip("_")) is not None


def without_secrets(value: Any, depth: int = 0) -> Any:
    """Data of a reply with ``***`` for each secret and each login inside a URL, without control characters. Raises
    ValueError for endless nesting.

    Not for config/get: its members are parameters, whose names follow other rules, and whose values are compared.
    """
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        return hide_logins(tame(value))
    if isinstance(value, dict):
        found = {}
        for key, part in ((str(key), part) for key, part in value.items()):
            name, secret = _known_member(key) if len(key) <= _LONGEST_KNOWN else _member(key)
            found[name] = (_masked if secret else without_secrets)(part, depth + 1)
        return found
    return [without_secrets(part, depth + 1) for part in value] if isinstance(value, list) else value


def _member(key: str) -> tuple[str, bool]:
    """The name of a member as it may be shown, and whether its value is a secret."""
    return tame(key), is_secret(key)


_LONGEST_KNOWN = 100
"""Characters. All phones have the same names, and strange ones must not fill the memory."""
_known_member = functools.lru_cache(1024)(_member)


def _masked(value: Any, depth: int) -> Any:
    """The same shape with nothing to read in it. What is empty says only that nothing is set."""
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, dict):
        return {key: _masked(part, depth + 1) for key, part in value.items()}
    if isinstance(value, list):
        return [_masked(part, depth + 1) for part in value]
    return value if value is None or value == "" or isinstance(value, bool) else MASK
