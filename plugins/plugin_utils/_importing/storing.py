# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the imported files go: what is there already is compared, and never lost.

Everything is decided before anything is written. A file that holds something else than would be written stops the
import, unless it may be overwritten. So does what Ansible would make of the files together with others: it no longer
reads ``host_vars/NAME.yml`` once there is a folder ``host_vars/NAME``, and of two files that set a variable the last
one counts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ...module_utils import _files
from ...module_utils._phone.errors import SettingsError
from ...module_utils._text import clean
from .._console.words import count, some
from .texts import HEAD, document
from .variables import NAME, VAULT, Inventory

_LARGEST = 64_000_000
_LAYER = re.compile(rb"""^["']?(vvx_parameters_(?:all|model|site|group|host))["']?[ \t]*:""", re.MULTILINE)
_ENDINGS = (".yml", ".yaml", ".json")
_MARKS = (HEAD.encode(), b"$ANSIBLE_VAULT")
_MOST_TOLD = 10

Seal = Callable[[str, bytes | None], bytes]
"""Encrypts a text. Gets what the file holds now, and returns that if it is the same text."""


@dataclass
class Ready:
    """``contents``: of all files, by path. ``stale``: files of an earlier import for hosts and groups that are no
    more."""

    contents: dict[str, bytes] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)


def prepare(into: str, made: Inventory, seal: Seal, overwrite: bool) -> Ready:
    """What to write into the folder. Raises SettingsError where that would lose something, or have no effect.

    A file of an earlier import that would not be written any more is emptied if its host or group still exists: what
    it sets would count on.
    """
    ready = Ready()
    before = _present(into)
    texts = dict(made.plain)
    secrets = {made.vault: made.secrets} if made.secrets else {}
    for path in before:
        if path not in texts and path not in secrets:
            if os.path.dirname(path) in made.owners:
                texts[path] = document({})
            else:
                ready.stale.append(path)
    first = {path: text.encode() for path, text in texts.items() if path != NAME}
    sealed = {path: seal(text, before.get(path)) for path, text in secrets.items()}
    wanted = {**sealed, **first, NAME: texts[NAME].encode()}
    _refuse(list(_blocked(into, made, before)), "Move what they hold elsewhere, or import into another folder.")
    differing = [path for path, content in wanted.items() if path in before and before[path] != content]
    if differing and not overwrite:
        raise SettingsError(
            f"{count(len(differing), 'file')} of an earlier import would change: {some(differing, _MOST_TOLD)}. "
            "Nothing was written.",
            remedy="Set vvx_overwrite=true to replace them, or import into another folder and compare.",
        )
    ready.contents = {os.path.join(into, path): content for path, content in wanted.items()}
    return ready


def _present(into: str) -> dict[str, bytes]:
    """The files that an import writes, as far as they are there, by path below the folder."""
    names = [NAME]
    for kind in ("group_vars", "host_vars"):
        for owner in _entries(os.path.join(into, kind)):
            names += [f"{kind}/{owner}/{name}" for name in (NAME, VAULT)]
    found = {}
    for name in names:
        content = _read(os.path.join(into, name))
        if content is not None:
            found[name] = content
    return found


def _blocked(into: str, made: Inventory, before: dict[str, bytes]) -> Iterator[str]:
    """What stands in the way, as sentences."""
    for path in sorted(before):
        if not before[path].startswith(_MARKS):
            yield f"{path} was not written by an import"
    for folder in sorted({os.path.dirname(path) for path in (*made.plain, made.vault)} - {""}):
        if not os.path.isdir(os.path.join(into, folder)):
            for ending in _ENDINGS:
                if os.path.isfile(os.path.join(into, folder + ending)):
                    yield f"{folder}{ending} would have no effect beside a folder {folder}"
    of_groups = {layer for path, layer in made.layers.items() if path.startswith("group_vars/")}
    for path in _files_below(into, "group_vars"):
        yield from _twice(into, path, of_groups)
    for owner in sorted(path for path in made.layers if path.startswith("host_vars/")):
        for path in _files_below(into, os.path.dirname(owner)):
            yield from _twice(into, path, {made.layers[owner]})


def _twice(into: str, path: str, layers: set[str]) -> Iterator[str]:
    """A file of somebody else's that sets what the import would set."""
    content = _read(os.path.join(into, path)) or b""
    for name in {match.decode() for match in _LAYER.findall(content)} & layers:
        yield f"{path} sets {name}, too"


def _files_below(into: str, folder: str) -> list[str]:
    """The files of variables in a folder, without those of an import."""
    found = []
    for here, _folders, files in os.walk(os.path.join(into, folder)):
        relative = os.path.relpath(here, into)
        found += [os.path.join(relative, name) for name in sorted(files) if name not in (NAME, VAULT)]
    return sorted(name for name in found if name.endswith(_ENDINGS) or "." not in os.path.basename(name))


def _entries(folder: str) -> list[str]:
    try:
        return sorted(entry.name for entry in os.scandir(folder) if entry.is_dir())
    except OSError:
        return []


def _read(path: str) -> bytes | None:
    try:
        return _files.read(path, _LARGEST)
    except _files.FileError as error:
        raise SettingsError(f"{error}.", remedy="Remove it, or import into another folder.") from None


def _refuse(problems: list[str], remedy: str) -> None:
    if problems:
        told = some(map(clean, problems), _MOST_TOLD)
        raise SettingsError(f"{told}. Nothing was written.", remedy=remedy)
