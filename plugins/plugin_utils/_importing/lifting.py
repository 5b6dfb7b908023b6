# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What phones have in common, lifted out of them: each value stands once, and each phone gets exactly its own back.

A layer can't take away what a weaker one sets. So a parameter is lifted to a layer only if *every* phone of the layer
has it. Its value there is that of more than half of these phones, and of two at least; phones with another value keep
theirs in a stronger layer. What all phones agree on is for all. For anything else there are several ways: for all
phones, for the groups of each kind, or for none, and any of these together. That with the fewest lines is taken, of
equal ones that with the fewest layers.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Values = Mapping[str, str]
_LEAST = 2


@dataclass
class Kind:
    """``word``: model, site or group. ``of``: the group of each phone; phones may be without one."""

    word: str
    of: Mapping[str, str]

    def members(self) -> dict[str, list[str]]:
        """The phones of each group, in the order of the phones."""
        found: dict[str, list[str]] = {}
        for phone, group in self.of.items():
            found.setdefault(group, []).append(phone)
        return dict(sorted(found.items()))


@dataclass
class Layers:
    """``groups``: values by kind and group, only where there are some. ``phones``: what is left for each phone."""

    all: dict[str, str] = field(default_factory=dict)
    groups: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    phones: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass
class _Way:
    """One way to place a parameter. ``groups``: a value by kind and group. ``left``: the phones that have it in a layer
    of their own."""

    all: str | None = None
    groups: dict[str, dict[str, str]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    @property
    def cost(self) -> tuple[int, int]:
        """Lines, then layers."""
        lines = (self.all is not None) + sum(map(len, self.groups.values())) + len(self.left)
        return lines, (self.all is not None) + len(self.groups)


def lift(phones: Mapping[str, Values], kinds: Sequence[Kind]) -> Layers:
    """The layers of these phones. ``kinds``: the weakest first."""
    layers = Layers(phones={phone: {} for phone in phones})
    members = {kind.word: {group: len(listed) for group, listed in kind.members().items()} for kind in kinds}
    for name in dict.fromkeys(name for values in phones.values() for name in values):
        wanted = {phone: values[name] for phone, values in phones.items() if name in values}
        way = min(_ways(wanted, len(phones), kinds, members), key=lambda each: each.cost)
        if way.all is not None:
            layers.all[name] = way.all
        for word, groups in way.groups.items():
            for group, value in groups.items():
                layers.groups.setdefault(word, {}).setdefault(group, {})[name] = value
        for phone in way.left:
            layers.phones[phone][name] = wanted[phone]
    return layers


def _ways(
    wanted: Mapping[str, str], total: int, kinds: Sequence[Kind], members: Mapping[str, Mapping[str, int]]
) -> Iterator[_Way]:
    """All ways to place a parameter. ``wanted``: its value on each phone that has it. ``total``: of all phones.
    ``members``: how many phones are in each group, by kind."""
    common = _common(wanted.values(), total)
    if common is not None and len(set(wanted.values())) == 1:
        yield _Way(common)
        return
    yield _Way(left=list(wanted))
    if len(set(wanted.values())) == len(wanted):
        return  # nothing is shared
    for number in range(len(kinds) + 1):
        for chosen in itertools.combinations(kinds, number):
            if chosen:
                yield _placed(wanted, None, chosen, members)
            if common is not None:
                yield _placed(wanted, common, chosen, members)


def _placed(
    wanted: Mapping[str, str], common: str | None, kinds: Sequence[Kind], members: Mapping[str, Mapping[str, int]]
) -> _Way:
    """The parameter in the layers of these kinds, on top of the value for all phones."""
    way = _Way(common)
    has = dict.fromkeys(wanted, common)
    for kind in kinds:
        of_group: dict[str, list[str]] = {}
        for phone in wanted:
            if phone in kind.of:
                of_group.setdefault(kind.of[phone], []).append(phone)
        for group, listed in of_group.items():
            value = _common([wanted[phone] for phone in listed], members[kind.word][group])
            if value is None or all(has[phone] == wanted[phone] for phone in listed):
                continue
            gained = sum((wanted[phone] == value) - (has[phone] == wanted[phone]) for phone in listed)
            if gained >= _LEAST:
                way.groups.setdefault(kind.word, {})[group] = value
                has.update(dict.fromkeys(listed, value))
    way.left = [phone for phone, value in wanted.items() if has[phone] != value]
    return way


def _common(values: Collection[str], total: int) -> str | None:
    """The value of more than half of the phones, if all of them have one."""
    if len(values) < total:
        return None
    value, number = Counter(values).most_common(1)[0]
    return value if number >= _LEAST and number * 2 > total else None
