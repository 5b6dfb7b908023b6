# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a generated file is, and what must be said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "encoding",
    "something before the declaration",
    "unfinished",
    "outer blanks",
    "no effect on the phone",
    "twice",
    "not read",
    "typo",
    "not permitted",
    "secret without value",
]
Cause = Literal[
    "raw ampersand",
    "unknown entity",
    "unquoted value",
    "missing quote",
    "curly quotes",
    "< in a value",
    "no value",
    "comment in a tag",
    "dashes in a comment",
    "comment not closed",
    "element not closed",
    "wrong end tag",
    "text outside",
    "no XML",
    "web page",
    "empty",
    "two roots",
    "DOCTYPE",
    "undeclared encoding",
    "control character",
]


@dataclass(frozen=True, order=True)
class Remark:
    """Something that has to be said of a readable file. ``name``: a parameter or ``<element>``, "" for the file."""

    kind: Kind
    name: str
    line: int | None = None


@dataclass(frozen=True)
class Refusal:
    """Why a file can't be read, where, and the parameter or element concerned ("": none)."""

    cause: Cause
    line: int | None
    name: str = ""


@dataclass(frozen=True)
class Sample:
    """``values``: what the phone would take from the file. ``secrets``: values that nobody may print."""

    name: str
    content: bytes
    values: dict[str, str] = field(default_factory=dict)
    remarks: frozenset[Remark] = frozenset()
    refusal: Refusal | None = None
    secrets: tuple[str, ...] = ()
    habits: tuple[str, ...] = ()
