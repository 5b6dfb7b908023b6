# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A provisioning server as a folder, and how a phone reads it.

Evidence (administrator guides of SIP 1.4 to 3.1, unchanged in UC Software; public master files): the master file is the
phone's own, <MAC address>.cfg with hexadecimal digits in either letter case, or else 000000000000.cfg. Its CONFIG_FILES
are comma-separated, read from left to right, and the value found first is the effective one. [PHONE_MAC_ADDRESS] and
[PHONE_MODEL] stand for the phone's own. A phone that finds no master file goes on with what it has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree

from . import catalogue, software
from .effects import goes_down
from .lines import register_anew

if TYPE_CHECKING:
    from .phone import Phone

DEFAULT_MASTER = "000000000000.cfg"
_MASTER = "APPLICATION"
_TRUE = ("1", "true")
_LINE_PARAMETERS = ("reg.", "voIpProt.")

Outcome = Literal["read", "missing", "malformed", "not_a_master"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that a phone asked for when it was provisioned last."""

    file: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _File:
    root: str
    #: The attributes of all its elements, as they stand there.
    attributes: tuple[tuple[str, str], ...]


def ask(phone: Phone) -> None:
    """Ask the provisioning server as updateConfiguration and polling do; a change that needs it restarts the phone."""
    new, path = _look(phone)

    def take() -> None:
        _take(phone, new, path)

    ways = {goes_down(phone.switches, name) for name in new}
    if ways - {""}:
        phone.lifecycle.go_down("reboot" if "reboot" in ways else "restart", safely=True, change=take)
    else:
        take()
        software.update_in_use(phone, "update")


def boot(phone: Phone) -> bool:
    """Ask it as a phone does that boots; whether it boots again, because settings in its flash have changed."""
    if phone.fleet.provisioning is None:
        return False
    new, path = _look(phone)
    _take(phone, new, path)
    return any(name.startswith("device.") and goes_down(phone.switches, name) for name in new)


def _take(phone: Phone, new: dict[str, str | None], software_path: str) -> None:
    if any(name.startswith(_LINE_PARAMETERS) for name in new):
        register_anew(phone)
    phone.parameters.set_layer("config", new)
    phone.software_path = software_path


def _look(phone: Phone) -> tuple[dict[str, str | None], str]:
    """What is new on the server (None: no longer there), and where the master file says that software is."""
    new, phone.provisioned = phone.provisioned, {}
    folder = phone.fleet.provisioning
    if folder is None or not phone.knows_server:
        return new, phone.software_path
    phone.fetched = []
    found = _master(phone, folder)
    if found is None:
        return new, phone.software_path
    master, bare = found
    values = _merged(phone, [master] if bare else _listed(phone, folder, master))
    before = phone.parameters.layers
    new |= {name: None for name in before["config"] if name not in values}
    for name, value in values.items():
        if before["device" if name.startswith("device.") else "config"].get(name) != value:
            new[name] = value
    return new, "" if bare else _of_model(phone, master, "APP_FILE_PATH").rpartition("/")[0]


def _master(phone: Phone, folder: Path) -> tuple[_File, bool] | None:
    """The phone's master file; whether it is one of parameters that stands for one."""
    for name in (f"{phone.mac}.cfg", DEFAULT_MASTER):
        file = _read(phone, folder, name)
        if file is None or file.root == _MASTER:
            if file is not None:
                return file, False
            continue
        phone.fetched[-1] = Fetched(name, "not_a_master")
        if phone.switches.own_file == "parameters":
            return file, True
        if phone.switches.own_file == "empty_master":
            return file, False
    return None


def _listed(phone: Phone, folder: Path, master: _File) -> list[_File]:
    """The files of a master file that can be read, the strongest first."""
    names = [name.strip() for name in _of_model(phone, master, "CONFIG_FILES").split(",")]
    files = [_read(phone, folder, name) for name in names if name]
    return [file for file in files if file is not None and file.root != _MASTER]


def _of_model(phone: Phone, master: _File, name: str) -> str:
    """An attribute of a master file, the one for the phone's model before the common one."""
    attributes = dict(reversed(master.attributes)) if master.root == _MASTER else {}
    text = attributes.get(f"{name}_{_model(phone)}", attributes.get(name, ""))
    return text.replace("[PHONE_MAC_ADDRESS]", phone.mac).replace("[PHONE_MODEL]", _model(phone))


def _model(phone: Phone) -> str:
    return phone.model.replace(" ", "")


def _merged(phone: Phone, files: list[_File]) -> dict[str, str]:
    """What these files say: the first value of each parameter, without what a phone does not take."""
    values: dict[str, str] = {}
    for file in files:
        for name, value in file.attributes:
            values.setdefault(name, value)
    return {name: value for name, value in values.items() if "." in name and _taken(values, name, value)}


def _taken(values: dict[str, str], name: str, value: str) -> bool:
    if name == "device.set" or (name.startswith("device.") and name.endswith(".set")):
        return False  # They say what to do with others, and are no settings themselves.
    companion = catalogue.companion(name)
    if companion is not None and not all(values.get(needed) in _TRUE for needed in (companion, "device.set")):
        return False
    parameter = catalogue.find(name)
    return parameter is None or parameter.allows(value)


def _read(phone: Phone, folder: Path, name: str) -> _File | None:
    """A file, and a note of what became of it."""
    outcome: Outcome = "missing"
    file = None
    path = _path(folder, name)
    if path is not None:
        status = path.stat()
        file = _parsed(path, status.st_mtime_ns, status.st_size)
        outcome = "malformed" if file is None else "read"
    phone.fetched.append(Fetched(name, outcome))
    return file


def _path(folder: Path, name: str) -> Path | None:
    """Where a file is; a MAC address in its name may be written in either letter case."""
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts or "://" in name:
        return None
    for spelled in (name, re.sub("[0-9a-f]{12}", lambda mac: mac[0].upper(), name)):
        path = folder / spelled
        if path.is_file():
            return path
    return None


@lru_cache(maxsize=4096)
def _parsed(path: Path, _modified: int, _size: int) -> _File | None:
    """Strictly, as a phone does that logs a malformed file and goes on without it (a guess)."""
    try:
        root = ElementTree.fromstring(path.read_bytes().lstrip())
    except (ElementTree.ParseError, LookupError, ValueError):
        return None
    return _File(root.tag, tuple(item for element in root.iter() for item in element.items()))
