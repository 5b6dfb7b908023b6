# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_import without Ansible: its options, the import itself, and its result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._parameters import suggestions
from ...module_utils._phone.errors import SettingsError
from ...module_utils._text import clean
from .._console.words import count, some
from .._discovery.names import usable
from .._discovery.sources import Expected
from .chains import Reader, Taken
from .folder import Folder
from .grouping import WORDS, kinds
from .lifting import Kind, Layers, lift
from .variables import Inventory, Known, inventory

MOST = 200
"""The task's result stays small: it lists so many of everything."""
_MOST_TOLD = 20
SPEC = ArgumentSpec(
    {
        "folder": {"type": "path", "required": True},
        "into": {"type": "path", "required": True},
        "csv": {"type": "path"},
        "overwrite": {"type": "bool", "default": False},
        "skip_bad_files": {"type": "bool", "default": False},
    }
)


@dataclass(frozen=True)
class Present:
    """A host that the run's inventory has already. ``groups``: it is in."""

    name: str
    groups: Sequence[str] = ()
    model: str | None = None


@dataclass
class Import:
    """``phones``: by host. ``skipped``: why phones are left out, by MAC address. ``unused``: configuration files that
    no phone reads."""

    folder: Folder
    reader: Reader
    phones: dict[str, Taken] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    layers: Layers = field(default_factory=Layers)
    inventory: Inventory = field(default_factory=Inventory)
    without_address: int = 0

    def grouped(self, attribute: str) -> dict[str, list[str]]:
        """What an attribute lists of each phone, with the phones."""
        found: dict[str, list[str]] = {}
        for host, taken in self.phones.items():
            for each in dict.fromkeys(getattr(taken, attribute)):
                found.setdefault(each, []).append(host)
        return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))

    def refused(self) -> dict[tuple[str, str], list[str]]:
        """Parameters that could not be sent, with the reason."""
        found: dict[tuple[str, str], list[str]] = {}
        for host, taken in self.phones.items():
            for each in taken.refused.items():
                found.setdefault(each, []).append(host)
        return found

    def misspelled(self) -> dict[str, str]:
        """Names that are probably wrong, with the right ones."""
        names = {name: None for taken in self.phones.values() for name in taken.entries}
        meant = ((name, suggestions.with_numbers(name) or suggestions.near_miss(name)) for name in sorted(names))
        return {name: near for name, near in meant if near}


def read(folder: str, listed: Iterable[Expected], present: Mapping[str, Present], skip: bool) -> Import:
    """Read the folder, and work out the inventory. ``listed``: phones from a CSV file. ``present``: hosts of the run,
    by MAC address. ``skip``: whether to go on without phones whose files can't be read. Raises SettingsError."""
    found = Folder.scan(folder)
    phones = {phone.mac: phone for phone in listed if phone.mac}
    found.add(list(phones))
    made = Import(found, Reader(found))
    _refuse_without_phones(made)
    taken = _take(made, phones, present)
    _judge(made, skip)
    names = _names(taken, phones, present)
    made.phones = {names[mac]: each for mac, each in sorted(taken.items())}
    if not any(each.entries for each in made.phones.values()):
        raise SettingsError(
            f"{clean(folder)}: the files of {count(len(taken), 'phone')} set no parameters. Nothing was written.",
            remedy="Set vvx_folder to the folder that the phones get their files from.",
        )
    made.unused = [name for name in found.configurations if name not in made.reader.read]
    made.kinds = kinds(
        made.phones,
        {names[mac]: _said(phones[mac]) for mac in taken if mac in phones},
        {names[mac]: found.places[mac].root for mac in taken},
        {names[mac]: _in_groups(present[mac].groups) for mac in taken if mac in present},
    )
    made.layers = lift(
        {host: {name: entry.value for name, entry in each.entries.items()} for host, each in made.phones.items()},
        made.kinds,
    )
    known = {names[mac]: Known(phone.address, phone.variables) for mac, phone in phones.items() if mac in names}
    made.without_address = sum(not known.get(names[mac], Known()).address and mac not in present for mac in taken)
    made.inventory = inventory(made.phones, made.layers, made.kinds, known)
    return made


def _take(made: Import, phones: Mapping[str, Expected], present: Mapping[str, Present]) -> dict[str, Taken]:
    """What the phones take, by MAC address."""
    taken = {}
    for mac, place in sorted(made.folder.places.items()):
        model = _variable(phones[mac], "model") if mac in phones else None
        known = present.get(mac)
        one = made.reader.take(place, model or (known.model if known else None))
        if one.problem is None:
            taken[mac] = one
        else:
            made.skipped[mac] = one.problem
    return taken


def _refuse_without_phones(made: Import) -> None:
    if not made.folder.places and not made.folder.problems:
        doubtful = some(map(clean, made.folder.doubtful), 5)
        told = f" It is not clear which MAC address is meant by {doubtful}." if doubtful else ""
        raise SettingsError(
            f"{clean(made.folder.path)}: no name of a configuration file holds the MAC address of a phone.{told} "
            "Nothing was written.",
            remedy="Set vvx_folder to the folder that the phones get their files from. If all phones share their "
            "files, list the phones in vvx_csv.",
        )


def _judge(made: Import, skip: bool) -> None:
    """Raises SettingsError for what can't be read, unless it is to be skipped and something is left."""
    problems = [*made.folder.problems, *told_once(made.skipped)]
    if not problems or (skip and len(made.skipped) < len(made.folder.places)):
        return
    number = len(made.skipped) + len(made.folder.problems)
    total = len(made.folder.places) + len(made.folder.problems)
    more = f"; and {len(problems) - _MOST_TOLD} more" if len(problems) > _MOST_TOLD else ""
    raise SettingsError(
        f"the files of {number} of {count(total, 'phone')} can't be read. {'; '.join(problems[:_MOST_TOLD])}{more}. "
        "Nothing was written.",
        remedy="Correct the files, or set vvx_skip_bad_files=true to go on without these phones.",
    )


def told_once(skipped: Mapping[str, str]) -> list[str]:
    """Each reason with the phones that have it."""
    by_reason: dict[str, list[str]] = {}
    for mac, reason in skipped.items():
        by_reason.setdefault(reason.rstrip("."), []).append(mac)
    return [f"{reason} ({some(macs, 3)})" for reason, macs in by_reason.items()]


def _names(taken: Iterable[str], phones: Mapping[str, Expected], present: Mapping[str, Present]) -> dict[str, str]:
    """The host of each phone: as the run's inventory or the list of phones calls it; else its MAC address."""
    used = {known.name: mac for mac, known in present.items()}
    wanted = {mac: usable(phones[mac].name) or mac if mac in phones else mac for mac in taken}
    often = Counter(wanted.values())
    names = {}
    for mac, name in wanted.items():
        shared = often[name] > 1 or used.get(name, mac) != mac
        names[mac] = present[mac].name if mac in present else f"{name}-{mac}" if shared else name
    return names


def _said(phone: Expected) -> dict[str, str]:
    """The groups of a phone in the list of phones, by the kind of group."""
    return {word: value for word in WORDS if (value := _variable(phone, word))}


def _in_groups(groups: Sequence[str]) -> dict[str, str]:
    """The groups of a host of the run, by the kind of group; without kinds of which it has several."""
    found = {word: [group for group in groups if group.startswith(f"{word}_")] for word in WORDS}
    return {word: named[0].removeprefix(f"{word}_") for word, named in found.items() if len(named) == 1}


def _variable(phone: Expected, word: str) -> str | None:
    return next((value for name, value in phone.variables.items() if name.lower() == word and value), None)


def result(made: Import, files: Sequence[Mapping[str, Any]], stale: Sequence[str]) -> dict[str, Any]:
    """What the task returns. ``files``: ``path`` and ``changed`` of each."""
    groups = {group: values for groups in made.layers.groups.values() for group, values in groups.items()}
    return {
        "phones": len(made.phones),
        "parameters": {
            "all": len(made.layers.all),
            "groups": sum(map(len, groups.values())),
            "hosts": sum(map(len, made.layers.phones.values())),
        },
        "groups": sorted({group for kind in made.kinds for group in kind.of.values()})[:MOST],
        "secrets": made.inventory.hidden,
        "files_read": len(made.reader.read),
        "ignored": dict(made.folder.ignored),
        "unused": made.unused[:MOST],
        "missing": _listed(made.grouped("missing"), "file"),
        "respelled": _listed(made.grouped("respelled"), "file"),
        "left_out": [*_left_out(made)][:MOST],
        "misspelled": [
            {"parameter": name, "suggestion": near} for name, near in list(made.misspelled().items())[:MOST]
        ],
        "doubts": _listed(made.grouped("doubts"), "text"),
        "remarks": remarks(made)[:MOST],
        "skipped_phones": [
            {"phone": mac, "reason": clean(reason)} for mac, reason in list(made.skipped.items())[:MOST]
        ],
        "stale": list(stale)[:MOST],
        "written": sum(bool(file["changed"]) for file in files),
        "files": [file["path"] for file in files if file["changed"]][:MOST],
    }


def remarks(made: Import) -> list[str]:
    """Probable mistakes in the files, equal ones of several files once."""
    lines = []
    for message, places in made.reader.remarks.items():
        others = f" and {count(len(places) - 1, 'other place')}" if len(places) > 1 else ""
        lines.append(f"{clean(places[0])}{others}: {message}")
    return lines


def _listed(groups: Mapping[str, Sequence[str]], word: str) -> list[dict[str, Any]]:
    return [{word: clean(text), "count": len(hosts)} for text, hosts in list(groups.items())[:MOST]]


def _left_out(made: Import) -> Iterator[dict[str, Any]]:
    for name, hosts in made.grouped("inert").items():
        yield {"parameter": name, "reason": "inert", "text": "the phones ignore it", "count": len(hosts)}
    for (name, reason), hosts in made.refused().items():
        yield {"parameter": name, "reason": "refused", "text": reason, "count": len(hosts)}
    for name, hosts in made.grouped("emptied").items():
        yield {"parameter": name, "reason": "empty", "text": "it is a secret without a value", "count": len(hosts)}
