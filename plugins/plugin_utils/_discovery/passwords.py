# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which password a phone gets, where phones have passwords of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._options.validate import kind_of
from ...module_utils._phone.errors import SettingsError
from ...module_utils._phone.mac import digits
from .addresses import Entry
from .sources import Expected

_SHAPE = 'Write it as {"0004f2aabbcc": password, name: password}, in a vault file; see docs/inventory.md.'


@dataclass(frozen=True)
class Passwords:
    """``own``: passwords by MAC address (twelve digits), name and address. ``usual``: of all other phones; None if
    these have none. ``names``: of the phones that have this MAC address. ``rows``: the MAC addresses and names that a
    source gives for an address or name."""

    own: Mapping[str, str] = field(repr=False)
    usual: str | None = field(repr=False, default=None)
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rows: Mapping[str, Sequence[tuple[str | None, Sequence[str]]]] = field(default_factory=dict)

    def of(self, mac: str | None, places: Sequence[str]) -> str | None:
        """The one password for the phone with this MAC address at these names and addresses; None if there is none.

        ``mac``: None if it is not known; then what the sources say of the places counts. With it, what they say of
        another phone at these places does not.
        """
        return next((self.own[key] for key in self._keys(mac, places) if key in self.own), self.usual)

    def _keys(self, mac: str | None, places: Sequence[str]) -> Iterator[str]:
        if mac:
            yield mac
            yield from self.names.get(mac, ())
        for place in places:
            for expected, names in self.rows.get(place, ()):
                if mac is None or expected in (None, mac):
                    yield from filter(None, [expected])
                    yield from names
        yield from places


def read_passwords(given: Any) -> dict[str, str]:
    """The option ``passwords`` with each key in one notation. A value may be a dictionary with the key ``password``;
    one without it is left out. Raises SettingsError, never with a password."""
    if not isinstance(given, Mapping):
        raise SettingsError(f"passwords must be a dictionary, not {kind_of(given)}.", remedy=_SHAPE)
    own: dict[str, str] = {}
    for key, value in given.items():
        if not isinstance(key, str):
            raise SettingsError(
                f"passwords: the key {key!r} is a number, and leading zeros are lost.",
                remedy="Put MAC addresses in quotes.",
            )
        if isinstance(value, Mapping):
            value = value.get("password")
        if value in (None, ""):
            continue
        if not isinstance(value, str):
            raise SettingsError(
                f"passwords: the password of {key} must be a text, not {kind_of(value)}.", remedy="Put it in quotes."
            )
        if not value.isprintable():
            raise SettingsError(
                f"passwords: the password of {key} contains a character that can't be sent.", remedy="Correct it."
            )
        if own.setdefault(_notation(key), value) != value:
            raise SettingsError(
                f"passwords: there are two passwords for {key}, in two notations.", remedy="Remove one of them."
            )
    return own


def _notation(key: str) -> str:
    """A MAC address as digits, an address as all others are written, a name as it is."""
    mac = digits(key)
    if mac:
        return mac
    try:
        return Entry.parse(key).text
    except SettingsError:
        return key


def with_sources(
    own: Mapping[str, str], usual: str | None, expected: Iterable[Expected], spell: Callable[[str], str | None]
) -> Passwords:
    """Passwords that phones get also by the names in a source. ``spell``: a name as a host bears it."""
    names: dict[str, list[str]] = {}
    rows: dict[str, list[tuple[str | None, Sequence[str]]]] = {}
    for phone in expected:
        called = [name for name in (phone.name, spell(phone.name) if phone.name else None) if name]
        if phone.mac and called:
            names.setdefault(phone.mac, []).extend(called)
        if phone.address and (phone.mac or called):
            rows.setdefault(phone.address, []).append((phone.mac, called))
    return Passwords(own, usual, names, rows)
