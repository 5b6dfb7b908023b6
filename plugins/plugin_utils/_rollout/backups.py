# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What phones had: the backups in a folder, and snapshots in a file."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...module_utils._parameters.names import is_companion
from ...module_utils._phone.errors import BadValues, SettingsError
from ...module_utils._steps import desired
from ...module_utils._text import clean, shows_hidden_login
from .._console.words import some

_KINDS = ("all", "web", "local", "device")
"""Of exports, in the order in which one wins over another. What the provisioning server says is not the phone's."""
_DATED = re.compile(r"_config\.(\d{4}-\d{2}-\d{2}@\d{2}:\d{2}:\d{2})(\.device)?\.cfg")
"""How vvx_config names its backups."""
_INSIDE = ("before", "parameters")
"""Where results of tasks and summaries of runs have the values."""
NO_LOGIN = "its URL had a login, which nobody has kept"
_REMEDY = "Name a folder of polycom.vvx.backup, or a JSON or YAML file with {host: {parameter: value}}."


def files_of(folder: str, hosts: Iterable[str]) -> dict[str, list[str]]:
    """The files of each host that has some in this folder, the strongest last. Raises SettingsError for a folder that
    has none."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise SettingsError(f"from: {clean(folder)} can't be read: {error.strerror}. Nothing was sent.") from error
    known, found = set(names), {}
    dated: dict[str, dict[str, list[str]]] = {}
    for name in names:
        if (match := _DATED.search(name)) and match.end() == len(name):
            dated.setdefault(name[: match.start()], {}).setdefault(match[1], []).append(name)
    for host in hosts:
        own = [name for name in (f"{host}.cfg", *(f"{host}.{kind}.cfg" for kind in _KINDS)) if name in known]
        if not own and host in dated:
            own = sorted(dated[host][max(dated[host])], key=lambda name: name.endswith(".device.cfg"))
        if own:
            found[host] = [os.path.join(folder, name) for name in own]
    if not found:
        days = [name for name in names if os.path.isdir(os.path.join(folder, name))]
        meant = f" Did you mean {clean(os.path.join(folder, days[-1]))}?" if days else ""
        raise SettingsError(f"from: {clean(folder)} has no backup of a phone of this play. Nothing was sent.{meant}")
    return found


def parameters_of(files: Sequence[str]) -> dict[str, str]:
    """What these files say, without switches. Raises BadValues."""
    wishes = desired.sources({"src": list(files)}).wishes
    return {str(wish.name): wish.value for wish in wishes if not is_companion(str(wish.name))}


def snapshot(content: Any, path: str) -> dict[str, dict[str, Any]]:
    """The values by host: of ``{host: {parameter: value}}``, of registered results (``before``), or of the file that
    vvx_summary_file has written. Raises SettingsError for anything else."""
    hosts = content.get("hosts", content) if isinstance(content, Mapping) else None
    if not isinstance(hosts, Mapping) or not hosts or not all(isinstance(each, Mapping) for each in hosts.values()):
        raise SettingsError(f"from: {clean(path)} is no snapshot of phones. Nothing was sent.", remedy=_REMEDY)
    return {str(host): _values(each) for host, each in hosts.items()}


def _values(found: Mapping[Any, Any]) -> dict[str, Any]:
    inside = next((found[name] for name in _INSIDE if isinstance(found.get(name), Mapping)), found)
    values = {
        str(name): value["before"] if isinstance(value, Mapping) and "before" in value else value
        for name, value in inside.items()
    }
    return {name: value for name, value in values.items() if value is not None and not is_companion(name)}


def texts(parameters: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """The values as a phone gets them, and why some can't be sent."""
    wrong = {name: NO_LOGIN for name, value in parameters.items() if shows_hidden_login(str(value))}
    whole = {name: value for name, value in parameters.items() if name not in wrong}
    if not whole:
        return {}, wrong
    try:
        return dict(desired.read({"parameters": whole}, keep=False).values), wrong
    except BadValues:
        pass
    good: dict[str, str] = {}
    for name, value in whole.items():
        try:
            good |= desired.read({"parameters": {name: value}}, keep=False).values
        except BadValues as error:
            wrong[name] = error.message.removeprefix("parameters: ").rstrip(".")
    return good, wrong


def identity(path: str) -> str:
    """What names the journal of a restore: 16 hexadecimal digits of names and sizes, and of no content."""
    whole = os.path.realpath(path)
    names = sorted(os.listdir(whole)) if os.path.isdir(whole) else [""]
    parts = [f"{name}\0{os.path.getsize(os.path.join(whole, name) if name else whole)}" for name in names]
    return hashlib.sha256("\n".join([os.path.basename(whole), *parts]).encode("utf-8", "surrogateescape")).hexdigest()[
        :16
    ]


def without(hosts: Sequence[str], found: Iterable[str]) -> list[str]:
    """The hosts of which nothing was found."""
    have = set(found)
    return [host for host in hosts if host not in have]


def nobody(path: str, hosts: Sequence[str]) -> SettingsError:
    """What is said where a file has no host of the play."""
    return SettingsError(
        f"from: {clean(path)} has none of the phones of this play: {some(map(clean, hosts), 5)}. Nothing was sent.",
        remedy="Its hosts need the names that they have in the inventory.",
    )
