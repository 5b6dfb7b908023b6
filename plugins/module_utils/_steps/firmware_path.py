# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Versions of firmware, and the way from one to another. Without a phone.

Firmware is a version of UC Software such as 5.9.3.2489. A shorter one, 5.9.3, stands for all that begin with it. A
release may demand that another one is installed first; which does is said in its release notes, so users say it (hops).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._options.texts import dictionary, is_dictionary
from .._phone.errors import SettingsError
from .._text import clean

ALL_OTHERS = "default"
"""The key of a table by model, or by version, that is for all others."""
LONGEST_SERVER = 255
"""Characters of device.prov.upgradeServer (guides to UC Software: a text of 0 to 255 characters)."""


@dataclass(frozen=True)
class Hop:
    """``version``: what phones older than ``below`` install before anything newer. ``models``: which phones; all if
    empty."""

    version: str
    below: str
    models: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Leg:
    """``version``: what is installed next. ``server``: where it is; None if the phone knows."""

    version: str
    server: str | None = None


def numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"[0-9]{1,18}", version)]


def is_behind(firmware: str, target: str) -> bool:
    """Whether a version is older than another, part by part: 5.9.10 is newer than 5.9.9."""
    return numbers(firmware) < numbers(target)


def has(firmware: str, wanted: str) -> bool:
    """Whether firmware is what is wanted, of which the last parts may be missing."""
    parts = numbers(wanted)
    return bool(parts) and numbers(firmware)[: len(parts)] == parts


def is_newer(firmware: str, target: str) -> bool:
    """Whether the target would be a downgrade."""
    return not has(firmware, target) and not is_behind(firmware, target)


def check_version(option: str, version: object, what: str = "") -> str:
    """The version as a text. Raises SettingsError for what is none. ``what``: it is for, such as a model."""
    text = str(version)
    if not re.match(r"[0-9]+\.", text):
        raise SettingsError(
            f"{option}: {clean(text, 60)!r}{f' for {clean(what, 60)}' if what else ''} is not a version.",
            remedy="Write it like '5.9.3.1111', in quotes.",
        )
    return text


def targets(option: Mapping[Any, Any], name: str = "target_firmware", exact: bool = False) -> dict[str, str]:
    """Target firmware by model. ``name``: of the option. ``exact``: refuse what YAML may have changed: it reads 5.10 as
    5.1. Raises SettingsError for a value that is not a version."""
    for model, version in option.items():
        if exact and isinstance(version, (int, float)):
            raise SettingsError(
                f"{name}: {version} for {clean(model, 60)} is a number for YAML, which reads 5.10 as 5.1.",
                remedy="Put the version in quotes. Nothing was sent.",
            )
    return {str(model): check_version(name, version, str(model)) for model, version in option.items()}


def target_of(model: str, table: Mapping[str, str]) -> str | None:
    """What phones of this model should have; None if the table does not say."""
    return table.get(model, table.get(ALL_OTHERS))


def refuse_misspelled(model: str, table: Mapping[str, str], hops: Iterable[Hop]) -> None:
    """Who writes VVX411 for a VVX 411 would give it what is for all others. Raises SettingsError."""
    for option, names in (("target_firmware", table), *(("hops", hop.models) for hop in hops)):
        near = [name for name in names if _letters(name) == _letters(model)]
        if model and near and model not in near:
            raise SettingsError(
                f"{option}: {clean(near[0], 60)!r} is no model; phones call it {clean(model, 60)!r}.",
                remedy="Correct the name. Nothing was written to any phone.",
            )


def _letters(model: str) -> str:
    """What is left of a model however it is written."""
    return re.sub("^(polycom|poly)?(vvx)?", "", re.sub("[^a-z0-9]", "", model.lower()))


def read_hops(option: Iterable[Mapping[str, Any]] | None) -> list[Hop]:
    """The option ``hops``, oldest first. Raises SettingsError."""
    found = []
    for each in option or ():
        version = check_version("hops", each["version"])
        below = check_version("hops", each.get("below") or version)
        if is_behind(version, below):
            raise SettingsError(
                f"hops: phones older than {below} can't be helped by the older {version}.",
                remedy="below must not be newer than version. Nothing was sent.",
            )
        found.append(Hop(version, below, frozenset(map(str, each.get("models") or ()))))
    return sorted(found, key=lambda hop: numbers(hop.version))


def versions(model: str, firmware: str, target: str, hops: Sequence[Hop]) -> list[str]:
    """What a phone installs, one after another, until it has the target; nothing if it has it. Hops are for upgrades
    only: to a phone with newer firmware, the target comes at once."""
    if has(firmware, target):
        return []
    found, now = [], firmware
    for hop in hops:
        fits = not hop.models or model in hop.models
        if fits and is_behind(now, hop.below) and is_behind(hop.version, target) and not has(target, hop.version):
            found.append(hop.version)
            now = hop.version
    return [*found, target]


def read_servers(option: object) -> str | dict[str, str] | None:
    """The option ``server``: one for all versions, or a table by version, also as a text. Raises SettingsError."""
    if isinstance(option, str) and is_dictionary(option):
        option = dictionary("server", option)
    if option is None or option == "":
        return None
    if isinstance(option, Mapping):
        return {str(version): _server(address, f" for {clean(version, 60)}") for version, address in option.items()}
    return _server(option, "")


def legs(path: Sequence[str], servers: str | Mapping[str, str] | None) -> list[Leg]:
    """The path with the server of each version. Raises SettingsError if a version has none, or if two versions would
    have to come from the same one, which can offer one to a model only."""
    if len(path) > 1 and not isinstance(servers, Mapping):
        raise SettingsError(
            f"server: {', '.join(path)} are installed one after another, and each needs a server of its own.",
            remedy="Give a table by version, such as {'5.5.4.2255': 'http://192.0.2.10/5.5.4', ...}. Nothing was sent.",
        )
    found = [Leg(version, _server_for(version, servers)) for version in path]
    if len({leg.server for leg in found}) < len(found):
        raise SettingsError(
            f"server: {', '.join(path)} can't come from the same server: it offers a phone one firmware.",
            remedy="Give each version a folder of its own. Nothing was sent.",
        )
    return found


def _server_for(version: str, servers: str | Mapping[str, str] | None) -> str | None:
    if not isinstance(servers, Mapping):
        return servers
    near = [key for key in servers if key != ALL_OTHERS and has(version, key)]
    key = version if version in servers else max(near, key=len, default=ALL_OTHERS)
    if key not in servers:
        raise SettingsError(
            f"server: the table has none for {version}.", remedy="Add it to the table. Nothing was sent."
        )
    return servers[key]


def _server(address: object, where: str) -> str:
    """Raises SettingsError for what is no address. The text is not repeated: it may have a login."""
    if not isinstance(address, str) or not address:
        raise _wrong(f"what stands{where} is not a text", "Write it like 'http://192.0.2.10/vvx'.")
    if len(address) > LONGEST_SERVER or not address.isascii() or not address.isprintable() or " " in address:
        raise _wrong(
            f"the address{where} has blanks, or letters beyond ASCII, or more than {LONGEST_SERVER} characters",
            "Write it like 'http://192.0.2.10/vvx'.",
        )
    if "@" in address.partition("://")[2].partition("/")[0]:
        raise _wrong(
            f"the address{where} has a login, which everybody could read in results and on phones",
            "Let the server give firmware without one.",
        )
    return address


def _wrong(what: str, remedy: str) -> SettingsError:
    return SettingsError(f"server: {what}.", remedy=f"{remedy} Nothing was sent.")
