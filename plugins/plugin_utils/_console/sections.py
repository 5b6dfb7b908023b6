# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sections of a text that has to fit a screen: each gets its share of the lines, and what is left out is counted."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from .words import count


@dataclass
class Section:
    """``head``, ``items`` and ``tail`` are lines; each item stays whole. ``least``: lines that it always gets.
    ``more``: what is counted where items are left out."""

    least: int
    head: list[str] = field(default_factory=list)
    items: list[list[str]] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    more: str = ""

    @property
    def wanted(self) -> int:
        return len(self.head) + sum(map(len, self.items)) + len(self.tail)

    def lines(self, most: int) -> list[str]:
        """At most this many: items are left out from the end, then counted."""
        if self.wanted <= most:
            return [*self.head, *(line for item in self.items for line in item), *self.tail]
        room = most - len(self.head) - len(self.tail) - bool(self.more)
        shown: list[str] = []
        kept = 0
        for item in self.items:
            if len(shown) + len(item) > room:
                if not kept and room > 0:
                    shown, kept = item[:room], 1
                break
            shown += item
            kept += 1
        left = len(self.items) - kept
        rest = [f"  ... and {count(left, self.more)}"] if left and self.more else []
        return [*self.head, *shown, *rest, *self.tail][:most]


def fitted(sections: Sequence[Section], most: int) -> list[str]:
    """The lines of all sections, at most this many. What a section does not need, others get."""
    shares = [min(section.least, section.wanted) for section in sections]
    left = most - sum(shares)
    while left > 0:
        hungry = [index for index, section in enumerate(sections) if shares[index] < section.wanted]
        if not hungry:
            break
        for index in hungry[:left]:
            shares[index] += 1
        left -= len(hungry[:left])
    return [line for section, share in zip(sections, shares) for line in section.lines(share)][:most]


def folded(line: str, width: int, indent: int = 0, most: int = 2) -> list[str]:
    """As lines that fit; the last one ends with ... where the text goes on."""
    return textwrap.wrap(
        line,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        max_lines=most,
        placeholder=" ...",
        break_on_hyphens=False,
    )
