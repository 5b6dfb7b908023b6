# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each phone takes from a folder of provisioning files: the files that its master file lists, the first of which
wins (administrator guides: the parameter found first in the list is the one that counts)."""

from __future__ import annotations

import functools
import posixpath
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...module_utils._parameters import validation
from ...module_utils._parameters.cfg.decoding import MOST_BYTES, decode
from ...module_utils._parameters.cfg.document import MASTER, Document, Entry, parse
from ...module_utils._parameters.cfg.master import Phone, filled, listing, listings, names_in
from ...module_utils._parameters.cfg.merging import merge
from ...module_utils._parameters.knowledge import BUNDLED
from ...module_utils._parameters.markup import SourceError, load
from ...module_utils._text import clean
from .folder import DEFAULT, Folder, Place

WITHOUT_MASTER = "there is no master file, so only files with the phone's own MAC address in their names were read"
FLAT = (
    f"its own file lists no other files, as a master file would: it was read before those that {DEFAULT} lists, but "
    "what phones make of it is not documented"
)
LIST_FOR_ALL = "its model is not known, so CONFIG_FILES was read, not a list for its model"
UNKNOWN_MODEL = "the phone's model is not known: list the models in vvx_csv, or use an inventory that knows them"
_INERT = "is left out, as the phone ignores it"
"""How a remark about a ``device.*`` without its switches begins."""
_OF_MODEL = "[PHONE_MODEL]"
_MODEL = re.compile(r"(?<![a-z0-9])((?:vvx|trio|ccx|edge)[ _-]?[a-z]?[0-9]{2,4}[a-z]?)(?![0-9])")


@dataclass
class Taken:
    """What one phone takes. ``entries``: by parameter. ``chain``: the files, the strongest first. ``inert``:
    ``device.*`` that the phone ignores. ``emptied``: secrets without a value. ``refused``: what could not be sent, with
    the reason. ``missing``: files that a list names and that are not there; ``respelled``: those whose names it writes
    with other capitals. ``doubts``: what is not sure about how the
    phone reads its files, as sentences that are alike for all phones. ``problem``: why its files can't be read."""

    mac: str
    model: str | None = None
    entries: dict[str, Entry] = field(default_factory=dict)
    chain: tuple[str, ...] = ()
    inert: list[str] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    respelled: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    problem: str | None = None


class Reader:
    """Reads each file once. ``remarks``: probable mistakes in the files, as sentences, with the places of each."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._kept: dict[str, Document | SourceError] = {}
        self.read: set[str] = set()
        self.remarks: dict[str, list[str]] = {}

    def take(self, place: Place, model: str | None) -> Taken:
        """What the phone takes. ``model``: if it is known from elsewhere."""
        taken = Taken(place.mac, model or _model_of(place.own))
        try:
            files = list(dict.fromkeys(self._files(place, taken)))
            documents = [self._document(name) for name in files]
        except SourceError as error:
            taken.problem = str(error)
            return taken
        taken.chain = tuple(files)
        taken.model = taken.model or _model_of(files)
        self._merge(documents, taken)
        self._forget(place.own)
        return taken

    def _files(self, place: Place, taken: Taken) -> Iterator[str]:
        """The files that the phone reads, the strongest first. Raises SourceError."""
        own, default = (self._folder.find(posixpath.join(place.root, name)) for name in (f"{place.mac}.cfg", DEFAULT))
        if own is None and default is None:
            taken.doubts.append(WITHOUT_MASTER)
            yield from place.own
            return
        first = own or default or ""
        if own is not None and not listings(self._document(own)):
            taken.doubts.append(FLAT)
            yield own
            first = default or ""
        if first:
            yield from self._listed(first, place, taken)

    def _listed(self, name: str, place: Place, taken: Taken) -> Iterator[str]:
        """The files that a master file lists, and the file itself if it holds parameters as well."""
        master = self._document(name)
        if master.root != MASTER:
            yield name
        elif found := [entry for entry in master.entries if "." in entry.name]:
            message = f"{found[0].name} is not read: it stands in a master file (APPLICATION)"
            places = self.remarks.setdefault(message, [])
            places += [place for place in (f"{name}:{found[0].line}",) if place not in places]
        lists = listings(master)
        if not lists:
            return
        entry = _chosen(master, lists, taken)
        for each in names_in(master, entry):
            path = self._path(master, entry, each, place, taken)
            if path is None:
                taken.missing.append(posixpath.join(posixpath.dirname(name), each))
            elif path == name:
                continue
            elif self._document(path).root == MASTER:
                taken.doubts.append(f"{name} lists {path}, which is a master file itself and was not read")
            else:
                if _other_capitals(each, path, taken):
                    taken.respelled.append(path)
                yield path

    def _path(self, master: Document, entry: Entry, name: str, place: Place, taken: Taken) -> str | None:
        """The file in the folder that a list names; None if there is none. Raises SourceError."""
        here = posixpath.dirname(master.file)
        phone = Phone(taken.mac, taken.model)
        if _OF_MODEL in name and phone.model is None:
            path = filled(master.file, entry, name, Phone(taken.mac, "*"))
            among = place.own if place.mac in path.lower() else tuple(self._folder.configurations)
            if not _any_like(posixpath.normpath(posixpath.join(here, path)).lower(), among):
                return None
            raise SourceError(master.file, entry.line, f"lists {name}, and {UNKNOWN_MODEL}")
        path = filled(master.file, entry, name, phone)
        paths = [path]
        if "://" in path:  # what a server has below its address is often a folder like this one
            parts = path.partition("://")[2].split("/")[1:]
            paths = ["/".join(parts[start:]) for start in range(len(parts))]
        return next((found for each in paths if (found := self._folder.find(posixpath.join(here, each)))), None)

    def _document(self, name: str) -> Document:
        """A file of the folder. Raises SourceError, the same each time."""
        known = self._kept.get(name)
        if known is None:
            self.read.add(name)
            try:
                known = parse(decode(load(self._folder.absolute(name), MOST_BYTES), name), name)
                known.entries = [Entry(sys.intern(entry.name), *entry[1:]) for entry in known.entries]
            except SourceError as error:
                known = SourceError(name, error.line, error.message, error.column)
            else:
                for remark in known.remarks:
                    place = name if remark.line is None else f"{name}:{remark.line}"
                    self.remarks.setdefault(f"{clean(remark.subject)} {remark.message}", []).append(place)
            self._kept[name] = known
        if isinstance(known, SourceError):
            raise known
        return known

    def _forget(self, names: Sequence[str]) -> None:
        """Files that no other phone uses, so that memory does not fill up with them."""
        for name in names:
            if isinstance(self._kept.get(name), Document):
                del self._kept[name]

    def _merge(self, documents: Sequence[Document], taken: Taken) -> None:
        # Remarks of the files themselves are told once, not with each phone.
        merged = merge([[replace(document, remarks=[]) for document in documents]] if documents else [])
        taken.inert = [remark.subject for remark in merged.remarks if remark.message.startswith(_INERT)]
        wishes, _remarks = validation.gather({}, merged)
        wished = {wish.name for wish in wishes}
        taken.emptied = [name for name in merged.entries if name not in wished]
        wishes = [wish for wish in wishes if not _of_a_master(wish.name)]
        checked = validation.check(wishes, BUNDLED)
        for problem in checked.problems:
            if problem.severity == validation.ERROR:
                taken.refused[problem.parameter] = problem.message
        for wish in wishes:
            if "." not in wish.name:
                taken.refused[clean(wish.name)] = "is not the name of a parameter"
            elif wish.name in checked.values and wish.name not in taken.refused:
                taken.entries[wish.name] = merged.entries[wish.name]


def _chosen(master: Document, lists: Mapping[str, Entry], taken: Taken) -> Entry:
    """The list for the phone's model. Raises SourceError if that is not known, and there is no list for all."""
    alike = len({entry.value for entry in lists.values()}) == 1
    if taken.model is None and alike:
        return next(iter(lists.values()))
    if taken.model is None and "CONFIG_FILES" not in lists:
        first = next(iter(lists.values()))
        raise SourceError(master.file, first.line, f"lists files for single models only, and {UNKNOWN_MODEL}")
    if taken.model is None:
        taken.doubts.append(LIST_FOR_ALL)
    return listing(master, Phone(taken.mac, taken.model))


def _other_capitals(listed: str, path: str, taken: Taken) -> bool:
    """Whether a server that heeds capitals would not find the file under its name in the list. Those of a MAC address
    don't matter."""
    name = listed.replace("[PHONE_MAC_ADDRESS]", taken.mac).replace(_OF_MODEL, (taken.model or "").replace(" ", ""))
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(taken.mac, taken.mac, posixpath.basename(path), flags=re.IGNORECASE) != re.sub(
        taken.mac, taken.mac, last, flags=re.IGNORECASE
    )


def _of_a_master(name: str) -> bool:
    """Whether this is an attribute of a master file, such as CONFIG_FILES."""
    return "." not in name and name.upper() == name


@functools.lru_cache(maxsize=1000)
def _any_like(pattern: str, names: tuple[str, ...]) -> bool:
    """Whether a name fits the pattern, in which ``*`` stands for the model."""
    wanted = re.compile(re.escape(pattern).replace(re.escape("*"), "[^/]+"))
    return any(wanted.fullmatch(name.lower()) for name in names)


def _model_of(files: Sequence[str]) -> str | None:
    """The model that the names of files tell, if it is one."""
    found = {
        re.sub(r"[ _-]", "", match).upper()
        for name in files
        for match in _MODEL.findall(posixpath.basename(name).lower())
    }
    return found.pop() if len(found) == 1 else None
