# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What phones were when they were read last, in a file, so that one that is off keeps its name, groups and variables.

No names are kept: they are made anew, of what is remembered, as those of phones that answer are.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from ...module_utils import _files
from ...module_utils._phone.errors import SettingsError
from ...module_utils._phone.mac import digits
from . import addresses
from .hosts import Host
from .sources import Expected, Targets

FORMAT = 1
MOST_DAYS = 3650
_LARGEST = 200_000_000
"""Bytes. A phone takes about one thousand."""


@dataclass(frozen=True)
class Remembered:
    """A phone. ``place``: the address or name that it was found at. ``facts``: as in a Finding. ``seen``: the day, in
    ISO format."""

    place: str
    facts: Mapping[str, Any]
    seen: str


class Roster:
    """The phones in a file, by MAC address. ``path``: None remembers nothing. ``days``: for which a phone is
    remembered that was not read again, at most MOST_DAYS. Raises SettingsError."""

    def __init__(self, path: str | None, days: int, today: datetime.date | None = None) -> None:
        self.path = path
        self._today = today or datetime.datetime.now(datetime.timezone.utc).date()
        self._oldest = (self._today - datetime.timedelta(days)).isoformat()
        self._phones = self._load()

    def among(self, targets: Targets) -> Targets:
        """The targets, with the phones that were found among them as expected ones."""
        found = [Expected(phone.place, mac) for mac, phone in self._phones.items() if _is_in(phone.place, targets)]
        return replace(targets, expected=[*targets.expected, *found])

    def recall(self, hosts: Iterable[Host]) -> None:
        """Give phones that could not be read what is remembered of them."""
        for host in hosts:
            known, finding = self._phones.get(host.mac or ""), host.finding
            if known and finding.reason is not None and finding.facts is None:
                finding.facts = dict(known.facts)
                finding.message = f"{finding.message} Its name and data are those of {known.seen}."

    def note(self, hosts: Iterable[Host]) -> None:
        """Remember the phones that were read, beside what others have written meanwhile. Raises FileError where
        that can't be written, and SettingsError."""
        if self.path is None:
            return
        read = {
            host.mac: Remembered(host.finding.host, host.finding.facts, self._today.isoformat())
            for host in hosts
            if host.mac and host.finding.reason is None and host.finding.facts is not None
        }
        phones = {mac: asdict(phone) for mac, phone in sorted({**self._load(), **read}.items())}
        content = json.dumps({"format": FORMAT, "phones": phones}, indent=1, sort_keys=True)
        _files.write({self.path: f"{content}\n".encode()})

    def _load(self) -> dict[str, Remembered]:
        """Those that are not too old. Raises SettingsError."""
        if self.path is None:
            return {}
        if not os.path.isdir(os.path.dirname(self.path)):
            raise SettingsError(
                f"{os.path.dirname(self.path)} is no folder.",
                remedy="Make it, or mount it into the container: without it, phones that are off lose their names.",
            )
        try:
            content = _files.read(self.path, _LARGEST)
            phones = {} if content is None else _phones(json.loads(content))
        except _files.FileError as error:
            raise SettingsError(f"{error}.", remedy="Correct its permissions, or set roster to another file.") from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise SettingsError(
                f"{self.path} is no roster, or damaged.",
                remedy="Put a copy of it back, or delete it: then phones that are off now lose their names.",
            ) from None
        return {mac: phone for mac, phone in phones.items() if phone.seen >= self._oldest}


def _phones(document: Any) -> dict[str, Remembered]:
    """Raises ValueError, KeyError, TypeError or AttributeError for what ``note`` does not write."""
    if document["format"] != FORMAT:
        raise ValueError("another format")
    phones = {mac: Remembered(**fields) for mac, fields in document["phones"].items()}
    for mac, phone in phones.items():
        datetime.date.fromisoformat(phone.seen)
        lines = phone.facts.get("lines", [])
        if (
            mac != digits(mac)
            or not isinstance(phone.place, str)
            or not isinstance(phone.facts["device"], Mapping)
            or not (isinstance(lines, list) and all(isinstance(line, Mapping) for line in lines))
        ):
            raise ValueError("a field has an unexpected value")
    return phones


def _is_in(place: str, targets: Targets) -> bool:
    if place in targets.names:
        return True
    try:
        return addresses.contains(targets.spans, place)
    except ValueError:
        return False
