# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is brought back to phones, what is not and why, and what stays on them, as lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from ...module_utils._text import clean
from .._console.sections import Section, folded
from .._console.words import count, some
from .reverting import Reversal, overrides, reasons

_NAMED = 3
_CLEAR = (
    "They were inherited, from the provisioning server or the firmware. As overrides of the phone they hide what the "
    "server says from then on. Over REST no single one can be cleared: delete it in the phone's web interface, or "
    "clear all of them with polycom.vvx.reset and vvx_scope=web."
)


def sections(made: Mapping[str, Reversal], width: int) -> Iterator[Section]:
    """``made``: by host."""
    written = Counter(name for each in made.values() if each.stale is None for name in [*each.values, *each.secrets])
    if written:
        items = [
            folded(f"{clean(name)}{_value(made, name)}: {count(phones, 'phone')}", width, 2)
            for name, phones in sorted(written.items(), key=lambda item: (-item[1], item[0]))
        ]
        yield Section(6, ["Values that are written back:"], items, more="more parameter")
    stay = overrides({host: each for host, each in made.items() if each.stale is None})
    if stay:
        phones = len({host for hosts in stay.values() for host in hosts})
        head = folded(f"Stay as overrides on {count(phones, 'phone')}: {some(map(clean, sorted(stay)), _NAMED)}", width)
        yield Section(5, head, [folded(_CLEAR, width, 2, 4)])
    left = reasons(made)
    if left:
        items = []
        for why, names in left.items():
            hosts = {host for found in names.values() for host in found}
            what = f"{some(map(clean, sorted(names)), _NAMED)}: {count(len(hosts), 'phone')}: {why}"
            items.append(folded(what, width, 2, 3))
        yield Section(6, ["Can't be brought back:"], items, more="more reason")


def _value(made: Mapping[str, Reversal], name: str) -> str:
    """What phones get, if it is not another one for each."""
    given = {each.values[name] for each in made.values() if name in each.values and each.stale is None}
    if len(given) > 1:
        return f" ({len(given)} values)"
    return f" = {clean(given.pop(), 60)!r}" if given else ""
