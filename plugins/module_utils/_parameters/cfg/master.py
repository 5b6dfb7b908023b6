# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Master files (000000000000.cfg, or the MAC address): they list the files that a phone reads, the strongest first."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..markup import SourceError
from .decoding import Decoded, load_text
from .document import MASTER, Document, Entry, Remark, parse
from .merging import Group

Read = Callable[[str], Decoded]
_FILES = "CONFIG_FILES"
_VARIABLE = re.compile(r"\[(PHONE_[A-Z_]+)\]")
_MOST_FILES = 100


@dataclass(frozen=True)
class Phone:
    """What is known of the phone that the files are for. ``mac``: twelve lower-case digits. ``model``: ``VVX 411``."""

    mac: str | None = None
    model: str | None = None


def read_files(paths: Sequence[str], phone: Phone, read: Read = load_text) -> list[Group]:
    """The documents in these files; those that a master file lists are one group. ``read``: returns a file's text.

    Raises SourceError, also for a file that a master file lists and that does not exist.
    """
    return [_group(parse(read(path), path), phone, read) for path in paths]


def _group(document: Document, phone: Phone, read: Read) -> Group:
    if document.root != MASTER:
        return [document]
    entry = listing(document, phone)
    names = names_in(document, entry)
    if not names:
        raise SourceError(document.file, entry.line, f"is a master file (APPLICATION) whose {entry.name} is empty")
    group = [_listed(document.file, entry, name, phone, read) for name in names]
    group[0].remarks[:0] = document.remarks + _other_models(document, entry, phone)
    return group


def listing(document: Document, phone: Phone) -> Entry:
    """CONFIG_FILES, or the one of the phone's model. Raises SourceError if there is none."""
    found = listings(document)
    model = (phone.model or "").replace(" ", "").replace("-", "").upper()
    entry = found.get(f"{_FILES}_{model}") or found.get(_FILES)
    if entry is None:
        message = f"is a master file (APPLICATION) without {_FILES}, so it lists no files"
        raise SourceError(document.file, None, message)
    return entry


def listings(document: Document) -> dict[str, Entry]:
    """The lists in a master file, that for all models and those for single ones; names in upper case."""
    return {entry.name.upper(): entry for entry in document.entries if entry.name.upper().startswith(_FILES)}


def names_in(document: Document, entry: Entry) -> list[str]:
    """The names in a list, as written. Raises SourceError for more than a phone would take."""
    names = [name for name in (part.strip() for part in entry.value.split(",")) if name]
    if len(names) > _MOST_FILES:
        raise SourceError(document.file, entry.line, f"lists more than {_MOST_FILES} files in {entry.name}")
    return names


def _other_models(document: Document, used: Entry, phone: Phone) -> list[Remark]:
    """Where the model is not known, a list for one model may be the right one."""
    others = [entry for entry in document.entries if entry.name.upper().startswith(f"{_FILES}_")]
    if phone.model is not None:
        return []
    message = f"is not used but {used.name} is: the phone's model is not known here (list the files in src instead)"
    return [Remark(entry.name, message, document.file, entry.line) for entry in others if entry != used]


def _listed(master: str, entry: Entry, name: str, phone: Phone, read: Read) -> Document:
    if "://" in name:
        raise SourceError(master, entry.line, f"lists {name.partition('://')[0]}://..., which is not read: list a copy")
    path = _path(master, entry, name, phone)
    if not os.path.exists(path):
        message = f"lists {name}, but {path} does not exist (the names are relative to the master file)"
        raise SourceError(master, entry.line, message)
    document = parse(read(path), path)
    if document.root == MASTER:
        raise SourceError(master, entry.line, f"lists {name}, which is a master file itself")
    return document


def _path(master: str, entry: Entry, name: str, phone: Phone) -> str:
    """The path of a listed file, with what stands for the phone filled in."""
    path = os.path.join(os.path.dirname(master), filled(master, entry, name, phone))
    capital = path.replace(phone.mac, phone.mac.upper()) if phone.mac else path
    return capital if os.path.exists(capital) and not os.path.exists(path) else path


def filled(master: str, entry: Entry, name: str, phone: Phone) -> str:
    """A listed name, relative to the master file, with what stands for the phone filled in. Raises SourceError for
    what is not known of it."""
    known = {"PHONE_MAC_ADDRESS": phone.mac, "PHONE_MODEL": phone.model and phone.model.replace(" ", "")}

    def fill(variable: re.Match[str]) -> str:
        value = known.get(variable[1])
        if value is None:
            raise SourceError(master, entry.line, f"lists {name}, but {_needed(variable[1])}")
        return value

    return _VARIABLE.sub(fill, name).replace("\\", "/").lstrip("/")


def _needed(variable: str) -> str:
    if variable == "PHONE_MAC_ADDRESS":
        return "the phone's MAC address is not known here: set mac, or ansible_vvx_mac in the inventory"
    if variable == "PHONE_MODEL":
        return "the phone's model is not known here: use the collection's inventory, or list the files in src"
    return f"[{variable}] is not known: list the files in src instead"
