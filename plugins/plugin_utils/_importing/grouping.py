# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which phones belong together: by a list of phones, by the folder that they are provisioned from, or by the files that
they share.

The groups are named as those of the inventory plugin: ``model_vvx411``, ``site_berlin``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .._discovery.grouping import spelled
from .chains import Taken
from .lifting import Kind

WORDS = ("model", "site", "group")
"""The kinds of groups, the weakest first, as configure merges their variables."""
_SITE = r"sites?|locations?|locs?|offices?|branch(?:es)?|standorte?|buildings?|city|country|region"
_GROUP = r"groups?|dept|departments?|departement|teams?|roles?|profiles?|types?|abteilung"
_ALONE = re.compile(rf"(?P<site>{_SITE})|(?P<group>{_GROUP})")
_BEFORE = re.compile(rf"(?:{_ALONE.pattern})[-_. ]+(?=.)")
_AFTER = re.compile(rf"(?<=.)[-_. ]+(?:{_ALONE.pattern})$")


@dataclass
class Family:
    """Files of which no phone uses two, such as those of the sites. ``phones``: of all of them."""

    files: dict[str, frozenset[str]] = field(default_factory=dict)
    phones: set[str] = field(default_factory=set)

    def add(self, file: str, phones: frozenset[str]) -> None:
        self.files[file] = phones
        self.phones |= phones


def kinds(
    phones: Mapping[str, Taken],
    listed: Mapping[str, Mapping[str, str]],
    roots: Mapping[str, str],
    present: Mapping[str, Mapping[str, str]],
) -> list[Kind]:
    """The groups of the phones, by host. ``listed``: what a list of phones says, by word. ``roots``: the folders of
    the phones. ``present``: what the run's inventory says of hosts, which counts where nothing else does."""
    found = {word: {host: said[word] for host, said in listed.items() if said.get(word)} for word in WORDS}
    for host, taken in phones.items():
        if taken.model:
            found["model"].setdefault(host, taken.model)
    found["model"] = {host: _joined(model) for host, model in found["model"].items()}
    for host, root in _sites(roots).items():
        found["site"].setdefault(host, root)
    for word, family in _by_files(phones, {word for word in WORDS if found[word]}):
        for file, hosts in family.files.items():
            for host in hosts:
                found[word].setdefault(host, _stem(file))
    for host, said in present.items():
        for word, text in said.items():
            found[word].setdefault(host, text)
    made = []
    for word in WORDS:
        named = {host: spelled(found[word][host]) for host in phones if host in found[word]}
        made.append(Kind(word, {host: f"{word}_{ending}" for host, ending in named.items() if ending}))
    return made


def _joined(model: str) -> str:
    """``vvx411`` for ``VVX 411`` and ``VVX-411``."""
    return re.sub(r"[ _-]", "", model).lower()


def _sites(roots: Mapping[str, str]) -> dict[str, str]:
    """The folders of the phones as sites, if there are several."""
    folders = {root for root in roots.values() if root}
    if len(set(roots.values())) < 2:
        return {}
    last = [posixpath.basename(folder) for folder in folders]
    return {
        host: posixpath.basename(root) if last.count(posixpath.basename(root)) == 1 else root
        for host, root in roots.items()
        if root
    }


def _by_files(phones: Mapping[str, Taken], known: set[str]) -> Iterable[tuple[str, Family]]:
    """The families that stand for sites and groups. ``known``: the kinds that are known already."""
    families = _families(_shared(phones))
    for word in ("site", "group"):
        if word in known:
            continue
        hinted = [family for family in families if _hint(family) == word]
        # Without a word in the names, what is the same for some and another one for others is taken for a site.
        plain = [family for family in families if _hint(family) is None and (word == "group" or len(family.files) > 1)]
        chosen = next(iter(hinted or plain), None)
        if chosen is not None:
            families.remove(chosen)
            yield word, chosen


def _shared(phones: Mapping[str, Taken]) -> dict[str, frozenset[str]]:
    """Files that several phones use but not all, or that are for a site or group by their names; with their phones.
    Files about a model are left out."""
    users: dict[str, list[str]] = {}
    for host, taken in phones.items():
        for file in taken.chain:
            users.setdefault(file, []).append(host)
    models = {_joined(taken.model) for taken in phones.values() if taken.model}
    return {
        file: frozenset(hosts)
        for file, hosts in users.items()
        if (len(hosts) > 1 or _hint_of(file))
        and len(hosts) < len(phones)
        and not any(model in _joined(posixpath.basename(file)) for model in models)
    }


def _families(shared: Mapping[str, frozenset[str]]) -> list[Family]:
    """Files of which no phone uses two, and whose names don't say that they are for something else, belong together;
    the largest family first."""
    families: list[Family] = []
    for file, phones in sorted(shared.items(), key=lambda item: (_hint_of(item[0]) is None, -len(item[1]), item[0])):
        hint = _hint_of(file)
        for family in families:
            if hint in (None, _hint(family)) and not family.phones & phones:
                family.add(file, phones)
                break
        else:
            made = Family()
            made.add(file, phones)
            families.append(made)
    return sorted(families, key=lambda family: (-len(family.phones), sorted(family.files)))


def _hint(family: Family) -> str | None:
    return _hint_of(next(iter(family.files)))


def _hint_of(file: str) -> str | None:
    """What a file is for, by a word in its name, or by the name of its folder."""
    stem = posixpath.splitext(posixpath.basename(file))[0].lower()
    above = posixpath.basename(posixpath.dirname(file)).lower()
    found = _BEFORE.match(stem) or _AFTER.search(stem) or _ALONE.fullmatch(above)
    return found.lastgroup if found else None


def _stem(file: str) -> str:
    """``berlin`` for ``site-berlin.cfg``."""
    stem = posixpath.splitext(posixpath.basename(file))[0].lower()
    return _AFTER.sub("", _BEFORE.sub("", stem, count=1)) or stem
