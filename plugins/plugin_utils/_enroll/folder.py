# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What has to be written to a provisioning folder so that new phones can be managed, and what is left alone there."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ...module_utils import _files
from ...module_utils._parameters.cfg.decoding import decode
from ...module_utils._parameters.cfg.document import parse
from ...module_utils._parameters.cfg.writing import write
from ...module_utils._parameters.markup import SourceError
from ...module_utils._parameters.names import is_companion
from .masters import DEFAULT, NEW, SUFFIX, Master, NotAMaster, default_master, is_ours, marked

_MOST_BYTES = 8_000_000
Read = Callable[[str, int], "bytes | None"]


@dataclass
class Wanted:
    """Names are relative to the folder. ``phones``: the file of each phone, by MAC address, with its content.
    ``masters``: master files to write. ``backups``: copies of files that are replaced. ``refused``: by MAC address, why
    it gets no file, as a sentence."""

    phones: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    masters: dict[str, bytes] = field(default_factory=dict)
    backups: dict[str, bytes] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


class Folder:
    """A folder from which phones fetch their files. ``overwrite``: replace files of others, and keep a copy of them.
    ``unreadable``: files of ours that ``settled`` has left as they are, and why."""

    def __init__(self, path: str, overwrite: bool = False, read: Read = _files.read) -> None:
        self._path, self._overwrite, self._read = path, overwrite, read
        self.unreadable: dict[str, str] = {}
        self._known: dict[str, bytes | None] = {}
        self._masters: dict[str, Master] = {}

    def wanted(self, phones: Mapping[str, Mapping[str, str]]) -> Wanted:
        """What to write for these phones. ``phones``: the parameters, by MAC address (twelve lower-case digits). Raises
        FileError for what can't be read."""
        wanted = Wanted()
        for mac, parameters in phones.items():
            try:
                wanted.phones[mac] = (self._file_of(mac, parameters, wanted), content(mac, parameters))
            except (NotAMaster, ValueError) as problem:
                wanted.refused[mac] = f"{problem}."
        return wanted

    def settled(self, macs: Mapping[str, str | None]) -> dict[str, bytes]:
        """The files of phones that can be managed now, without the values that are in their memory, as far as they are
        ours: name to content. ``macs``: to the names of the files; None: to be found."""
        found: dict[str, bytes] = {}
        for mac, given in macs.items():
            for name in [given] if given else self._names(mac):
                data = self._file(name)
                if data is not None and is_ours(data):
                    try:
                        found[name] = settled(data, mac)
                    except SourceError as error:
                        self.unreadable[name] = str(error).removeprefix(f"{mac}:")
        return found

    def _names(self, mac: str) -> list[str]:
        """Where a phone's file may be."""
        names = [f"{mac}{SUFFIX}"]
        for master in (f"{mac}.cfg", DEFAULT):
            if self._file(master) is not None:
                with contextlib.suppress(NotAMaster):
                    names += [name for name in self._parsed(master).own(mac) if name not in names]
        return names

    def _file_of(self, mac: str, parameters: Mapping[str, str], wanted: Wanted) -> str:
        """The name of the phone's file. Adds master files to ``wanted``. Raises NotAMaster with a sentence."""
        own = self._present(f"{mac}.cfg", f"{mac.upper()}.cfg")
        default = self._present(DEFAULT)
        if own is None and default is None:
            wanted.masters[DEFAULT] = default_master()
            return self._free(f"{mac}{SUFFIX}", parameters, wanted)
        master = self._master(own, default)
        for name in master.own(mac) if master else ():
            if self._is_free(name):
                return name
        name = self._free(f"{mac}{SUFFIX}", parameters, wanted)
        if own is None or is_ours(self._file(own)):
            template = self._required(default or own or DEFAULT)
        elif self._overwrite:
            self._back_up(own, wanted)
            template = master or (self._required(default) if default else NEW)
        elif master is None:
            raise NotAMaster(
                f"{own} has parameters, but phones look for a master file under this name. Rename it and list it in "
                f"CONFIG_FILES of {default or DEFAULT}, or set overwrite (vvx_overwrite)"
            )
        else:
            raise NotAMaster(
                f"{own} lists no file for this phone that could be written. Put {name} in front of its CONFIG_FILES, "
                "or set overwrite (vvx_overwrite)"
            )
        target = own or f"{mac}.cfg"
        wanted.masters[target] = marked(template.with_first(name, mac), f"for {mac}")
        return name

    def _master(self, own: str | None, default: str | None) -> Master | None:
        """The master file that the phone reads; None if its own is none. Raises NotAMaster for the default one."""
        if own is None:
            return self._required(default or DEFAULT)
        try:
            return self._parsed(own)
        except NotAMaster:
            return None

    def _required(self, name: str) -> Master:
        try:
            return self._parsed(name)
        except NotAMaster as problem:
            raise NotAMaster(f"{name} {problem}. Phones take it for a master file: correct it") from None

    def _parsed(self, name: str) -> Master:
        if name not in self._masters:
            self._masters[name] = Master.of(self._file(name) or b"", name)
        return self._masters[name]

    def _free(self, name: str, parameters: Mapping[str, str], wanted: Wanted) -> str:
        """The name, which another's file may have. Raises NotAMaster."""
        if not self._is_free(name):
            if not self._overwrite:
                raise NotAMaster(
                    f"{name} was not written by this playbook, and sets {self._differing(name, parameters)}. Remove "
                    "it, or set overwrite (vvx_overwrite)"
                )
            self._back_up(name, wanted)
        return name

    def _is_free(self, name: str) -> bool:
        data = self._file(name)
        return data is None or is_ours(data)

    def _differing(self, name: str, parameters: Mapping[str, str]) -> str:
        """What another's file says otherwise, without values."""
        try:
            entries = {entry.name: entry.value for entry in parse(decode(self._file(name) or b"", name), name).entries}
        except SourceError:
            return "what can't be read"
        differing = [each for each, value in parameters.items() if entries.get(each) != value]
        return (
            f"{len(differing)} of {len(parameters)} parameters otherwise, such as {differing[0]}"
            if differing
            else ("what this phone needs, and perhaps more")
        )

    def _back_up(self, name: str, wanted: Wanted) -> None:
        data = self._file(name) or b""
        wanted.backups[f"{name}.{hashlib.sha256(data).hexdigest()[:8]}.bak"] = data

    def _present(self, *names: str) -> str | None:
        return next((name for name in names if self._file(name) is not None), None)

    def _file(self, name: str) -> bytes | None:
        if name not in self._known:
            self._known[name] = self._read(os.path.join(self._path, name), _MOST_BYTES)
        return self._known[name]


def content(mac: str, parameters: Mapping[str, str]) -> bytes:
    """A phone's file. Raises ValueError for what XML can't hold."""
    return marked(write(parameters), f"for {mac}")


def settled(data: bytes, mac: str) -> bytes:
    """A file of ours without ``device.*``: the phone keeps these values in its memory, and a file that goes on setting
    them would undo every later change (administrator guides: device.set only for the initial installation). With them
    goes the admin password. Raises SourceError for what can't be read."""
    entries = parse(decode(data, mac), mac).entries
    return content(mac, {entry.name: entry.value for entry in entries if not _is_kept(entry.name)})


def _is_kept(name: str) -> bool:
    return name.startswith("device.") or is_companion(name)
