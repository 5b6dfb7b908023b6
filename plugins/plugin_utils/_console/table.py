# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text tables for a screen of a given width."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator, Sequence

from ...module_utils._text import clean

GAP = "  "
LEAST = 20
"""What the last column gets even if others have to shrink for it."""
NARROWEST = 2
"""What a wide character takes."""
_LONGEST_CELL = 10_000


def aligned(
    rows: Sequence[Sequence[object]], heads: Sequence[str] | None = None, width: int | None = None
) -> list[str]:
    """The rows as lines with aligned columns, none wider than ``width`` characters (default: the screen).

    The last column gets the room that is left and wraps; only if even that is too narrow, the widest of the others
    wrap, too. All rows have equally many cells. Cells are made safe to show. Without rows there are no lines.
    """
    if not rows:
        return []
    width = width or shutil.get_terminal_size().columns
    cells = [[clean(cell, _LONGEST_CELL) for cell in row] for row in ([heads] if heads else []) + list(rows)]
    widths = [max(map(screen_width, column)) for column in zip(*cells)]
    _fit(widths, width - len(GAP) * (len(widths) - 1))
    return [line for row in cells for line in _lines(row, widths)]


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` characters on the screen, broken at spaces where possible."""
    lines, line = [], ""
    for word in text.split(" "):
        candidate = f"{line} {word}" if line else word
        if screen_width(candidate) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width)
        lines += full
    return [*lines, line]


def screen_width(text: str) -> int:
    """How many columns of the screen the text takes: East Asian characters are wide, combining ones have no width."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _fit(widths: list[int], room: int) -> None:
    """Shrink the last column, then the widest of the others, until they fit."""
    others = widths[:-1]
    last = min(widths[-1], max(room - sum(others), LEAST))
    while sum(others) + last > room and max([last, *others]) > NARROWEST:
        if max(others, default=0) > NARROWEST:
            others[others.index(max(others))] -= 1
        else:
            last -= 1
    widths[:] = [*others, last]


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    columns = [wrapped(cell, width) for cell, width in zip(row, widths)]
    for number in range(max(map(len, columns))):
        parts = [column[number] if number < len(column) else "" for column in columns]
        padded = (part + " " * (width - screen_width(part)) for part, width in zip(parts, widths))
        yield GAP.join(padded).rstrip()


def _pieces(word: str, width: int) -> list[str]:
    """A word cut into pieces that fit."""
    pieces, piece, used = [], "", 0
    for character in word:
        needed = _character_width(character)
        if piece and used + needed > width:
            pieces.append(piece)
            piece, used = "", 0
        piece += character
        used += needed
    return [*pieces, piece]
