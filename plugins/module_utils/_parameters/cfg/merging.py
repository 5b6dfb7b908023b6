# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What several provisioning files set together, and which of it counts on a phone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from os.path import basename
from types import MappingProxyType
from typing import Any

from .. import table, values
from ..names import DEVICE_SET, companion, is_companion, switch_is_off
from .document import EXPORT, Document, Entry, Remark

Group = Sequence[Document]
"""The files of one entry in a list of files: one, or those of a master file, of which the first wins."""


@dataclass
class Merged:
    """``entries``: what counts, by parameter, without ``.set`` switches. ``overridden``: what another file, or a later
    place in the same one, replaces. ``remarks``: probable mistakes."""

    entries: dict[str, Entry] = field(default_factory=dict)
    overridden: list[Entry] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def values(self) -> dict[str, str]:
        return {name: entry.value for name, entry in self.entries.items()}


def merge(
    groups: Sequence[Group], *, first_wins: bool = False, parameters: Mapping[Any, Any] = MappingProxyType({})
) -> Merged:
    """Merge files in their order. ``first_wins``: as on the phone; otherwise the last file that sets a parameter wins.
    ``parameters``: set besides the files and win over them; their ``.set`` switches count for the files, too.

    A ``device.*`` counts only with ``device.set`` and its own ``.set`` at 1; otherwise the phone ignores it, and it is
    left out with a remark. An empty one with a ``.set`` of 0 is left out silently: templates are full of them.
    """
    result = Merged()
    found: dict[str, Entry] = {}
    for document in _weakest_first(groups, first_wins):
        result.remarks += document.remarks
        result.overridden += [entry for entry in document.overridden if not is_companion(entry.name)]
        for entry in document.entries:
            earlier = found.pop(entry.name, None)  # so that the last one also stands last
            found[entry.name] = entry
            if earlier is not None and not is_companion(entry.name):
                result.overridden.append(earlier)
                result.remarks += _differing(entry, earlier)
    switched_on = {name for name, value in parameters.items() if not switch_is_off(str(value))}
    result.remarks += _count(found, result, switched_on)
    result.remarks += _lone_switches(found, groups)
    result.remarks = [remark for remark in result.remarks if remark.subject not in parameters]
    result.overridden = [entry for entry in result.overridden if entry.name in result.entries]
    return result


def _weakest_first(groups: Sequence[Group], first_wins: bool) -> Iterator[Document]:
    for group in reversed(groups) if first_wins else groups:
        yield from reversed(group)


def _differing(entry: Entry, earlier: Entry) -> Iterator[Remark]:
    if not values.equal(entry.value, earlier.value, table.fact(entry.name)):
        message = f"is also in {basename(earlier.file)} with another value; {basename(entry.file)} counts"
        yield Remark(entry.name, message, entry.file, entry.line)


def _count(found: Mapping[str, Entry], result: Merged, switched_on: Collection[str]) -> Iterator[Remark]:
    """Add what counts; remarks about the rest."""
    for name, entry in found.items():
        if is_companion(name):
            continue
        switch = companion(name)
        needed = [] if switch is None else [one for one in (DEVICE_SET, switch) if one not in switched_on]
        off = [found[one] for one in needed if one in found and switch_is_off(found[one].value)]
        missing = [one for one in needed if one not in found]
        if off and entry.value:
            where = "" if off[0].file == entry.file else f" of {basename(off[0].file)}"
            message = f"is left out, as the phone ignores it: {off[0].name} is 0 in line {off[0].line}{where}"
            yield Remark(name, message, entry.file, entry.line)
        elif missing and not off:
            message = (
                'is left out, as the phone ignores it without device.set="1" and its own .set="1" in the files: '
                "add these, or set it in parameters"
            )
            yield Remark(name, message, entry.file, entry.line)
        elif not off:
            result.entries[name] = entry


def _lone_switches(found: Mapping[str, Entry], groups: Sequence[Group]) -> Iterator[Remark]:
    """Switches whose value is missing. Phones export them for the secrets that they leave out."""
    used = {companion(name) for name in found} | {DEVICE_SET}
    used |= {entry.name for group in groups for one in group if one.root == EXPORT for entry in one.entries}
    for name, entry in found.items():
        if is_companion(name) and name not in used and not switch_is_off(entry.value):
            yield Remark(name, "is left out: the value it belongs to is missing", entry.file, entry.line)
