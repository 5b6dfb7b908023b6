# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of provisioning files: what each file is, by its name, and which phones the files are for.

A phone fetches ``<its MAC address>.cfg`` from the folder that it is provisioned from, or else ``000000000000.cfg``
(administrator guides, "Master Configuration Files"). Phones of several sites often have a folder each, so a folder of
folders is read, too.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ...module_utils._parameters.cfg.decoding import load_text
from ...module_utils._parameters.markup import SourceError
from ...module_utils._phone.errors import SettingsError
from ...module_utils._text import clean
from .._discovery.probe import MAC_PREFIXES
from .._discovery.sources import macs_in

DEFAULT = "000000000000.cfg"
"""The master file of phones that have none of their own."""
MOST_FILES = 200_000
_OWN = re.compile(r"(?!0{12})[0-9a-f]{12}")
_IGNORED = {
    "override file": r"[0-9a-f]{12}-(?:phone|web|system)\.cfg",
    "license": r".*-license\.cfg",
    "directory or call list": r".*-(?:directory|calls|contacts)\.xml",
    "log": r".*\.log(?:\.\d+)?",
    "firmware file": r".*\.(?:ld|ver|tar|zip)",
}
"""What is no configuration of the admin's: phones upload the first ones (FAQ "What files does my phone download or
upload", community.poly.com). An override file that a master file lists is read all the same."""


@dataclass(frozen=True)
class Place:
    """Where a phone's files are. ``root``: the folder that it is provisioned from, relative to the whole folder; empty
    for that itself. ``own``: files that only this phone uses, by their names. ``others``: further folders with files
    of this phone, which are not read."""

    mac: str
    root: str
    own: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass
class Folder:
    """``files``: paths relative to the folder, with ``/``. ``ignored``: how many of each kind of file. ``doubtful``:
    names that may hold a MAC address. ``problems``: phones that are in several folders side by side, as sentences."""

    path: str
    files: set[str]
    ignored: Counter[str] = field(default_factory=Counter)
    places: dict[str, Place] = field(default_factory=dict)
    doubtful: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _lower: dict[str, str] = field(default_factory=dict)

    @classmethod
    def scan(cls, path: str) -> Folder:
        """Raises SettingsError for what is no folder, can't be read, or has too many files."""
        folder = cls(path, set(_walk(path)))
        for name in sorted(folder.files):
            folder._lower.setdefault(name.lower(), name)
        folder._find_phones()
        return folder

    def find(self, name: str) -> str | None:
        """The file of this name, relative to the folder; upper and lower case count only where both exist, because
        many provisioning servers don't tell them apart. None for what is not in the folder."""
        path = posixpath.normpath(name)
        return path if path in self.files else self._lower.get(path.lower())

    def absolute(self, name: str) -> str:
        return os.path.join(self.path, name)

    @property
    def configurations(self) -> Iterator[str]:
        """The files that may hold what an admin wrote."""
        return (name for name in sorted(self.files) if name.lower().endswith(".cfg") and _kind(name) is None)

    def add(self, macs: Sequence[str]) -> None:
        """Phones that have no files of their own, but use a default master file, if there is only one."""
        roots = [posixpath.dirname(name) for name in self.files if posixpath.basename(name) == DEFAULT]
        if len(roots) == 1:
            for mac in macs:
                self.places.setdefault(mac, Place(mac, roots[0]))

    def _find_phones(self) -> None:
        by_mac: dict[str, list[str]] = {}
        for name in sorted(self.files):
            kind = _kind(name)
            if not name.lower().endswith(".cfg"):
                self.ignored[kind or "other file"] += 1
                continue
            self.ignored[kind or ""] += 1
            mac = self._mac_of(name)
            if mac:
                by_mac.setdefault(mac, []).append(name)
        del self.ignored[""]
        for mac, names in sorted(by_mac.items()):
            self._place(mac, names)

    def _mac_of(self, name: str) -> str | None:
        """The phone that a file is for, by its name or else that of a folder that it is in."""
        stem, _ending = posixpath.splitext(name.lower())
        for part in reversed(stem.split("/")):
            if _OWN.fullmatch(part):
                return part
            found = macs_in(part, MAC_PREFIXES)
            if found is None:
                self.doubtful.append(name)
            elif found:
                return next(iter(found))
        return None

    def _place(self, mac: str, names: Sequence[str]) -> None:
        roots: dict[str, list[str]] = {}
        for name in names:
            roots.setdefault(self._root(mac, name), []).append(name)
        own, default = (
            [root for root in roots if self.find(posixpath.join(root, each))] for each in (f"{mac}.cfg", DEFAULT)
        )
        chosen = own or default or list(roots)
        top = min(chosen, key=len)
        if any(not _is_inside(root, top) for root in chosen):
            shown = ", ".join(clean(root, 60) for root in sorted(chosen))
            self.problems.append(f"{mac} has files in several folders ({shown}), and it is not known which one it uses")
            return
        used = tuple(name for name in roots[top] if _kind(name) is None)
        self.places[mac] = Place(mac, top, used, tuple(root for root in roots if root != top))

    def _root(self, mac: str, name: str) -> str:
        """The nearest folder above the file that has a master file for the phone; else that of the file. A file that
        has the name of a master file and lists nothing is one of those that a master file above it lists."""
        folder = here = posixpath.dirname(name)
        plain: str | None = None
        while True:
            own = self.find(posixpath.join(folder, f"{mac}.cfg"))
            if self.find(posixpath.join(folder, DEFAULT)) or (own and self._lists(own)):
                return folder
            plain = folder if own and plain is None else plain
            if not folder:
                return here if plain is None else plain
            folder = posixpath.dirname(folder)

    def _lists(self, name: str) -> bool:
        """Whether a file looks like a master file. In the folder itself that does not matter."""
        if "/" not in name:
            return True
        try:
            return "CONFIG_FILES" in load_text(self.absolute(name)).text.upper()
        except SourceError:
            return True  # it is told when it is read


def _walk(path: str) -> Iterator[str]:
    """The files in a folder and those below it, without hidden ones, such as ``.git``."""

    def refuse(error: OSError) -> None:
        raise SettingsError(
            f"{clean(error.filename)} can't be read: {error.strerror}.",
            remedy="Set vvx_folder to the folder that the phones get their files from, or to a copy of it.",
        ) from error

    count = 0
    for here, folders, files in os.walk(path, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        relative = os.path.relpath(here, path)
        for name in files:
            if name.startswith("."):
                continue
            count += 1
            if count > MOST_FILES:
                raise SettingsError(
                    f"{clean(path)} has more than {MOST_FILES} files.",
                    remedy="Set vvx_folder to the folder that the phones get their files from.",
                )
            yield name if relative == "." else f"{relative.replace(os.sep, '/')}/{name}"


def _kind(name: str) -> str | None:
    """What kind of file is not read."""
    last = posixpath.basename(name).lower()
    return next((kind for kind, pattern in _IGNORED.items() if re.fullmatch(pattern, last)), None)


def _is_inside(folder: str, other: str) -> bool:
    return other in ("", folder) or folder.startswith(f"{other}/")
