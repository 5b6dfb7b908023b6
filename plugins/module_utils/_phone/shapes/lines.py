# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines and their registrations, from lineInfo and sipStatus."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .converters import NOTHING, Convert, convert, flag, lower, mappings, number, present, stripped, text

MOST_ASKED = 20
"""Registrations whose addresses are asked for: as many as fit into one request, more than any VVX has."""


class LineInfo(NamedTuple):
    """Raw lineInfo: v1, v2, and ``reg.x.address`` by name where these leave the numbers of registrations in doubt."""

    first: Sequence[Mapping[str, Any]]
    second: Sequence[Mapping[str, Any]]
    addresses: Mapping[str, str]


@dataclass
class _Registration:
    """What lineInfo says of one registration. ``keys``: the line keys that show it, where v1 counts keys."""

    first: dict[str, Any] = field(default_factory=dict)
    second: dict[str, Any] = field(default_factory=dict)
    keys: list[int] = field(default_factory=list)
    number: int | None = None


def lines(raw: LineInfo) -> list[dict[str, Any]]:
    """Normalize what ``Phone.line_info`` returns."""
    first, second, addresses = raw
    return merged(first, second, {int(name.split(".")[1]): address for name, address in addresses.items()})


def merged(
    first: Sequence[Mapping[str, Any]], second: Sequence[Mapping[str, Any]], addresses: Mapping[int, str] | None = None
) -> list[dict[str, Any]]:
    """Merge lineInfo v1 and v2: one entry per registration, by its number (the x of ``reg.x``).

    ``LineNumber`` of v1 counts line keys (a recording of two registrations on two keys each has four entries); the rest
    of an entry tells which registration it shows. Where it repeats, it counts registrations. ``addresses``:
    ``reg.x.address`` by x, if the phone was asked.
    """
    found = _of_first(first)
    count_registrations = _counts_registrations(first, second)
    for ids, line in _of_second(second):
        one = _described_by(ids[0], line, found, count_registrations)
        if one is None:
            one = _Registration()
            found.append(one)
        one.second = line
        if count_registrations and one.number is None:
            one.number = ids[0]
    _number(found, addresses or {})
    return [_line(one) for one in sorted(found, key=lambda one: one.number or 0)]


def in_doubt(first: Sequence[Mapping[str, Any]], second: Sequence[Mapping[str, Any]]) -> list[str]:
    """The parameters that would tell which registration is which; none if the replies say it."""
    entries = _numbered(first, "LineNumber")
    if len(entries) < 2 or _repeat(entries) or _counts_registrations(first, second):
        return []
    return [f"reg.{index}.address" for index in range(1, MOST_ASKED + 1)]


def _numbered(raw: Sequence[Mapping[str, Any]], key: str) -> list[tuple[int, dict[str, Any]]]:
    lines = [stripped(line) for line in raw]
    return [(index, line) for line in lines if (index := number(line.get(key))) is not None]


def _repeat(entries: Sequence[tuple[int, Any]]) -> bool:
    return len({index for index, _line in entries}) < len(entries)


def _counts_registrations(first: Sequence[Mapping[str, Any]], second: Sequence[Mapping[str, Any]]) -> bool:
    """Whether ``ID`` of v2 counts registrations for certain, not line keys."""
    ids = [index for index, _line in _numbered(second, "ID")]
    return bool(ids) and (ids != list(range(1, len(ids) + 1)) or len(ids) < len(_numbered(first, "LineNumber")))


def _of_first(raw: Sequence[Mapping[str, Any]]) -> list[_Registration]:
    """The registrations of v1, in the order of their first keys."""
    entries = _numbered(raw, "LineNumber")
    repeat = _repeat(entries)
    found: dict[Any, _Registration] = {}
    for index, line in entries:
        one = found.setdefault(index if repeat else _identity(line), _Registration(line))
        if repeat:
            one.number = index
        else:
            one.keys.append(index)
    return list(found.values())


def _identity(line: Mapping[str, Any]) -> tuple[str | None, ...]:
    """What tells registrations apart. Labels don't if there is more: each key may have one of its own."""
    address, user = text(line.get("SIPAddress")), _user(line)
    if address is None and user is None:
        return (text(line.get("Label")),)
    return address, user, text(line.get("ProxyAddress")), text(line.get("Port"))


def _of_second(raw: Sequence[Mapping[str, Any]]) -> list[tuple[list[int], dict[str, Any]]]:
    """The lines of v2, each with its IDs. A line's further keys have an empty CallServers (seen in a public client)."""
    found: list[tuple[list[int], dict[str, Any]]] = []
    for index, line in _numbered(raw, "ID"):
        same = next((entry for entry in found if index in entry[0]), None)
        if same is None and found and line.get("CallServers") == [] and _named(line) == _named(found[-1][1]):
            same = found[-1]
        if same is None:
            found.append(([index], line))
        else:
            same[0].append(index)
    return found


def _described_by(
    index: int, line: Mapping[str, Any], found: Sequence[_Registration], counts_registrations: bool
) -> _Registration | None:
    """The registration of v1 that an entry of v2 describes: of the same user and label, of either, or by its number."""
    free = [one for one in found if one.first and not one.second]
    user, label = _named(line)
    of_user = [one for one in free if user and user == _user(one.first)]
    of_label = [one for one in free if label and label == _named(one.first)[1]]
    by_number = [one for one in free if index == one.number or (index in one.keys and not counts_registrations)]
    both = [one for one in of_user if one in of_label]
    ranked = free if counts_registrations and not by_number else []
    return next(iter([*both, *of_user, *of_label, *by_number, *ranked]), None)


def _number(found: Sequence[_Registration], addresses: Mapping[int, str]) -> None:
    """Number those whose number is not known: by address, by the only key, or in order."""
    taken = {one.number for one in found}
    one_key_each = all(len(one.keys) <= 1 for one in found)
    left = {index: address for index, address in addresses.items() if address and index not in taken}
    for exactly in (True, False):
        for one in found:
            if one.number is None:
                mine = _bare(text(one.first.get("SIPAddress")), exactly)
                one.number = next((index for index in left if mine and mine == _bare(left[index], exactly)), None)
                left.pop(one.number or 0, None)
    taken = {one.number for one in found}
    rank = 0
    for one in found:
        if one.number is None:
            own = one.keys[0] if one.keys and one_key_each and not addresses else None
            free = (index for index in itertools.count(rank + 1) if index not in taken and not addresses.get(index))
            one.number = own if own is not None and own not in taken else next(free)
            taken.add(one.number)
        rank = one.number


def _bare(address: str | None, exactly: bool) -> str | None:
    """An address in one spelling; without its domain if it need not match exactly."""
    if address is None:
        return None
    plain = re.sub(r"^sips?:", "", address.strip().lower())
    return plain if exactly else plain.partition("@")[0]


def _named(line: Mapping[str, Any]) -> tuple[str | None, str | None]:
    return _user(line), text(line.get("Label"))


def _user(line: Mapping[str, Any]) -> str | None:
    return text(line.get("UserID", line.get("Username")))


def _line(one: _Registration) -> dict[str, Any]:
    first, second = convert(one.first, _FIRST), convert(one.second, _SECOND)
    other = {**first.pop("other", {}), **second.pop("other", {})}
    return present({"line": one.number, "line_keys": one.keys or None, **first, **second, "other": other or None})


def _registered(value: Any) -> bool | None:
    registration = lower(value)
    return registration == "registered" if registration else None


def _servers(value: Any) -> list[dict[str, Any]] | None:
    return [convert(server, _SERVER) for server in mappings(value)] if isinstance(value, list) else None


def _forwarding(value: Any) -> Any:
    return convert(value, _FORWARDING) or NOTHING if isinstance(value, Mapping) else None


def _known(_value: Any) -> Any:
    """What is told elsewhere: the numbers."""
    return NOTHING


def _handles(value: Any) -> Any:
    return [found for found in map(text, value) if found] or NOTHING if isinstance(value, list) else None


_FIRST: dict[str, tuple[str, Convert]] = {
    "LineNumber": ("", _known),
    "Label": ("label", text),
    "UserID": ("user", text),
    "Username": ("user", text),
    "SIPAddress": ("sip_address", text),
    "Protocol": ("protocol", text),
    "ProxyAddress": ("proxy", text),
    "Port": ("port", number),
    "AutoDiscovery": ("auto_discovery", flag),
    "LineType": ("type", lower),
    "RegistrationStatus": ("registered", _registered),
}
_SECOND: dict[str, tuple[str, Convert]] = {
    "ID": ("", _known),
    "Label": ("label", text),
    "Username": ("user", text),
    "Assigned": ("assigned", flag),
    "RegistrationStatus": ("registered", _registered),
    "Type": ("type", lower),
    "Active": ("active", flag),
    "DoNotDisturb": ("do_not_disturb", flag),
    "CallAppearances": ("calls", _handles),
    "CallServers": ("servers", _servers),
    "ForwardingConfig": ("forwarding", _forwarding),
}
_SERVER: dict[str, tuple[str, Convert]] = {
    "ID": ("server", number),
    "Address": ("address", text),
    "Port": ("port", number),
    "Transport": ("transport", text),
    "Expires": ("expires_seconds", number),
    "RegistrationStatus": ("registered", _registered),
    "Working": ("working", flag),
}
_FORWARDING: dict[str, tuple[str, Convert]] = {
    "Always": ("always", text),
    "DoNotDisturb": ("do_not_disturb", text),
    "Busy": ("busy", text),
    "NoAnswer": ("no_answer", text),
}
