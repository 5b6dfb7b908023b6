# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What vvx_import prints: what was read, lifted and left out, on one screen, and the next command."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from ...module_utils._text import clean
from .._console.sections import Section, fitted, folded
from .._console.words import count, some
from .importing import Import, remarks, told_once
from .variables import NAME, PHONES

MOST_LINES = 40
_FEW = 4


def text(made: Import, into: str, width: int, check_mode: bool, written: int, stale: Sequence[str]) -> str:
    """``into``: the folder as the user gave it. ``written``: how many files have changed, or would."""
    sections = [
        _outcome(made, into, width, check_mode, written),
        _section("Left out:", _left_out(made), width),
        _section("Look at these names:", _misspelled(made), width),
        _section("Not sure:", _doubts(made), width),
        _section("Probable mistakes in the files:", remarks(made), width),
        _section("Phones that are left out:", told_once(made.skipped), width),
        _section("Not read:", _not_read(made), width),
        _section("Of an earlier import, and not used any more:", [some(stale, 5)] if stale else [], width),
        Section(8, tail=["", *_next(made, into, width)]),
    ]
    return "\n".join(fitted([section for section in sections if section.wanted], MOST_LINES))


def summary(made: Import) -> str:
    """``300 phones, 912 files read: 38 parameters for all, 12 for groups, 1480 for single phones, 301 secrets``."""
    groups = sum(len(values) for found in made.layers.groups.values() for values in found.values())
    hosts = sum(map(len, made.layers.phones.values()))
    return (
        f"{count(len(made.phones), 'phone')}, {count(len(made.reader.read), 'file')} read: "
        f"{count(len(made.layers.all), 'parameter')} for all, {groups} for groups, {hosts} for single phones, "
        f"{count(made.inventory.hidden, 'secret')}"
    )


def _outcome(made: Import, into: str, width: int, check_mode: bool, written: int) -> Section:
    verb = "would be written" if check_mode else "written"
    state = f"{count(written, 'file')} {verb}" if written else "all files are there already"
    head = folded(f"{summary(made)}. {state[0].upper()}{state[1:]}, in {_shown(into)}:", width, most=3)
    lines = [f"group_vars/{PHONES}/{NAME}: {count(len(made.layers.all), 'parameter')} that all phones share"]
    for kind in made.kinds:
        found = made.layers.groups.get(kind.word, {})
        groups = sorted(set(kind.of.values()))
        if groups:
            number = sum(map(len, found.values()))
            lines.append(f"{count(len(groups), f'group {kind.word}_*', f'groups {kind.word}_*')}: "
                         f"{count(number, 'parameter')} ({some(groups, _FEW)})")  # fmt: skip
    with_own = [host for host, values in made.layers.phones.items() if values]
    own = sum(map(len, made.layers.phones.values()))
    lines.append(f"host_vars of {count(len(with_own), 'phone')}: {count(own, 'parameter')} of their own")
    if made.inventory.hidden:
        lines.append(f"{made.inventory.vault}: {count(made.inventory.hidden, 'secret')}, encrypted")
    lines.append(f"{NAME}: the phones and their groups")
    return Section(12, head, [folded(line, width, 2) for line in lines])


def _section(title: str, lines: Sequence[str], width: int) -> Section:
    items = [folded(line, width, 2) for line in lines]
    return Section(4, ["", title], items, more="more line") if items else Section(0)


def _left_out(made: Import) -> list[str]:
    together: dict[tuple[str, ...], list[str]] = {}
    for name, hosts in made.grouped("inert").items():
        together.setdefault(tuple(hosts), []).append(name)
    why = 'the phones ignore it, as device.set or its own .set is not "1" in the files'
    lines = [f"{some(names, _FEW)} ({_phones(hosts, made)}): {why}" for hosts, names in together.items()]
    lines += [f"{name} ({_phones(hosts, made)}): {reason}" for (name, reason), hosts in made.refused().items()]
    emptied = made.grouped("emptied")
    if emptied:
        lines.append(f"{count(len(emptied), 'secret')} without a value: {some(emptied, _FEW)}")
    return lines


def _misspelled(made: Import) -> list[str]:
    return [f"{name} (did you mean {near}?)" for name, near in made.misspelled().items()]


def _doubts(made: Import) -> list[str]:
    lines = [f"{_phones(hosts, made)}: {doubt}" for doubt, hosts in made.grouped("doubts").items()]
    for attribute, what in (
        ("missing", "their lists name files that are not there"),
        ("respelled", "their lists write names with other capitals, which some servers would not find"),
    ):
        if found := made.grouped(attribute):
            users = {host for hosts in found.values() for host in hosts}
            listed = some((clean(name, 60) for name in found), _FEW)
            lines.append(f"{_phones(sorted(users), made)}: {what}: {listed}")
    elsewhere = [place for place in made.folder.places.values() if place.others]
    if elsewhere:
        folders = sorted({clean(folder, 60) for place in elsewhere for folder in place.others})
        macs = [place.mac for place in elsewhere]
        lines.append(f"{_phones(macs, made)}: files in further folders were not read: {some(folders, _FEW)}")
    if made.folder.doubtful:
        names = some((clean(name, 60) for name in made.folder.doubtful), _FEW)
        lines.append(f"it is not clear which MAC address is meant by {names}")
    return lines


def _not_read(made: Import) -> list[str]:
    ignored = [count(number, kind, _plural(kind)) for kind, number in sorted(made.folder.ignored.items())]
    lines = [f"{', '.join(ignored)}"] if ignored else []
    if made.folder.ignored["override file"]:
        lines.append("Override files hold what was set on phones and in their web interface: it wins over the files.")
    if made.unused:
        files = some((clean(name, 60) for name in made.unused), _FEW)
        lines.append(f"{count(len(made.unused), 'configuration file')} that no phone reads: {files}")
    return lines


def _plural(kind: str) -> str:
    return "directories and call lists" if kind.startswith("directory") else f"{kind}s"


def _phones(hosts: Iterable[str], made: Import) -> str:
    listed = list(hosts)
    if len(listed) == len(made.phones) > 1:
        return "all phones"
    return listed[0] if len(listed) == 1 else f"{count(len(listed), 'phone')}: {some(listed, 2)}"


def _shown(folder: str) -> str:
    """The folder as one would write it here."""
    return clean(min(folder, os.path.relpath(folder), key=len) if os.path.isabs(folder) else folder)


def _next(made: Import, into: str, width: int) -> list[str]:
    folder, vault = _shown(into), " --ask-vault-pass" if made.inventory.secrets else ""
    lines = []
    if made.without_address:
        lines.append(
            f"{count(made.without_address, 'phone')} without an address: list addresses in vvx_csv, or "
            f"add an inventory that finds phones by their MAC address to {folder} (docs/inventory.md)."
        )
    lines.append(f"Next: ansible-playbook polycom.vvx.validate -i {folder}{vault}")
    lines.append(f"then: ansible-playbook polycom.vvx.configure -i {folder}{vault} --check --diff")
    return [part for line in lines for part in folded(line, width, most=3)]
