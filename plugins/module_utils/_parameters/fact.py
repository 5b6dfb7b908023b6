# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known about one parameter, and how a line of the bundled table says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_LIMITS = re.compile(r"(-?[0-9]*)\.\.(-?[0-9]*)")
_EFFECT = re.compile(r"(no|yes|restart|reboot)@(\S+)")


@dataclass(frozen=True)
class Fact:
    """What is known about one parameter.

    ``type``: bool, int, str, enum, or None if unknown. ``choices``: for an enum, the spellings of each value; the first
    one is sent. ``lowest`` and ``highest``: limits of a number, or of the length of a text. ``default``: what the phone
    uses where nothing is set. ``restart``: no, yes, restart, reboot or unknown; ``basis``: how that is known. ``firm``:
    from the schema of the user's own firmware, so a value that does not fit is wrong; otherwise it is doubtful.
    ``firmware``: of UC Software, which the type and the limits are from, where the table names it.
    """

    type: str | None = None
    choices: tuple[tuple[str, ...], ...] = ()
    lowest: int | None = None
    highest: int | None = None
    may_be_empty: bool = False
    secret: bool = False
    file_only: bool = False
    default: str | None = None
    restart: str = "unknown"
    basis: str = ""
    firm: bool = False
    firmware: str = ""


def parse_line(line: str) -> tuple[str, Fact]:
    """Pattern and fact of a line of the table; bundled.py explains the format. Raises ValueError."""
    name, kind, *words = line.split()
    kind, _colon, listed = kind.partition(":")
    if kind not in ("bool", "int", "str", "enum", "?") or (kind == "enum") is not bool(listed):
        raise ValueError(f"{name}: {kind} is not a type")
    choices = tuple(tuple(choice.split("=")) for choice in listed.split("|")) if listed else ()
    properties: dict[str, Any] = dict(_properties(name, kind, words))
    return name, Fact(None if kind == "?" else kind, choices, **properties)


def _properties(name: str, kind: str, words: list[str]) -> Iterator[tuple[str, str | int | bool]]:
    for word in words:
        limits, effect = _LIMITS.fullmatch(word), _EFFECT.fullmatch(word)
        if word.startswith("="):
            yield "default", word[1:]
        elif word.startswith("@"):
            yield "firmware", word[1:]
        elif word in ("empty", "secret", "file-only"):
            yield {"empty": "may_be_empty"}.get(word, word.replace("-", "_")), True
        elif effect:
            yield "restart", effect[1]
            yield "basis", effect[2]
        elif limits and kind in ("int", "str"):
            yield from ((bound, int(text)) for bound, text in zip(("lowest", "highest"), limits.groups()) if text)
        else:
            raise ValueError(f"{name}: {word} does not apply to {kind}")
