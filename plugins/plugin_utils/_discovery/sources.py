# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where to look for phones, and which to expect: address lists, CSV files, a provisioning server's folder."""

from __future__ import annotations

import csv
import keyword
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...module_utils._phone.errors import SettingsError
from ...module_utils._phone.mac import digits
from . import addresses
from .addresses import Entry, Span

MOST_ADDRESSES = 1_000_000


@dataclass(frozen=True)
class Expected:
    """A phone that a source names. ``address``: its address or host name. ``mac``: twelve lower-case digits."""

    address: str | None = None
    mac: str | None = None
    name: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Targets:
    """What to probe. ``spans``: of addresses, sorted, without overlaps and exclusions. ``names``: not resolved yet."""

    spans: Sequence[Span]
    names: Sequence[str]
    excluded: Sequence[Span]
    expected: Sequence[Expected]

    @classmethod
    def of(cls, entries: Iterable[Entry], expected: Iterable[Expected], exclude: Iterable[str]) -> Targets:
        """All sources combined. ``entries``: from lists. Raises SettingsError."""
        excluded: list[Span] = []
        for text in exclude:
            try:
                gap = Entry.parse(text, whole=True)
            except SettingsError as error:
                error.restate(f"exclude: {error.message}")
                raise
            if gap.span is None:
                raise SettingsError(f"exclude: {text!r} is a name.", remedy="Exclude addresses, ranges and CIDRs.")
            excluded.append(gap.span)
        gaps = addresses.merged(excluded)
        listed = list(entries)
        phones = [Expected(address=entry.text) for entry in listed if entry.single]
        for phone in expected:
            if phone.address is not None:
                entry = Entry.parse(phone.address)
                if not entry.single:
                    raise SettingsError(
                        f"{phone.address!r} is not the address of one phone.", remedy="List networks under addresses."
                    )
                phone = Expected(entry.text, phone.mac, phone.name, phone.variables)
                listed.append(entry)
            phones.append(phone)
        spans = addresses.without((entry.span for entry in listed if entry.span), gaps)
        total = addresses.count(spans)
        if total > MOST_ADDRESSES:
            raise SettingsError(
                f"{total} addresses are too many; the limit is {MOST_ADDRESSES}.",
                remedy="List only the networks that phones are in.",
            )
        names = dict.fromkeys(entry.text for entry in listed if not entry.span)
        return cls(spans, list(names), gaps, [phone for phone in phones if not _is_excluded(phone.address, gaps)])


def _is_excluded(address: str | None, gaps: Sequence[Span]) -> bool:
    span = Entry.parse(address).span if address else None
    return span is not None and not addresses.without([span], gaps)


def read_list(path: str) -> Iterator[str]:
    """The entries of a file, one per line; ``#`` starts a comment. Raises SettingsError."""
    for line in _lines(path):
        entry = line.partition("#")[0].strip()
        if entry:
            yield entry


def read_csv(path: str, columns: Mapping[str, str], delimiter: str = ",") -> Iterator[Expected]:
    """One phone per row, from a CSV file in UTF-8. Raises SettingsError.

    ``columns``: the headers of the columns ``address``, ``name`` and ``mac``. Other columns become variables; empty
    cells set nothing.
    """
    rows = csv.DictReader(_lines(path), delimiter=delimiter)
    headers = [str(header).strip() for header in rows.fieldnames or []]
    rows.fieldnames = headers
    places = {role: header for role, header in columns.items() if header in headers}
    if not {"address", "mac"} & set(places):
        raise SettingsError(
            f"{path} has neither a column {columns['address']} nor a column {columns['mac']}; "
            f"its columns are: {', '.join(headers) or 'none'}.",
            remedy="Set csv.address, csv.mac and csv.name to the columns' names, csv.delimiter to what separates them.",
        )
    variables = {header: _variable(path, header) for header in headers if header and header not in places.values()}
    twice = [header for header, count in Counter(headers).items() if header and count > 1]
    twice += [header for header, variable in variables.items() if list(variables.values()).count(variable) > 1]
    if twice:
        raise SettingsError(
            f"{path}: the columns {', '.join(twice)} would become the same variable.",
            remedy="Give each column a name of its own.",
        )
    for row in rows:
        cells = {header: (row.get(header) or "").strip() for header in headers}
        given = {role: cells[header] for role, header in places.items() if cells[header]}
        if not {"address", "mac"} & set(given):
            continue
        mac = digits(given.get("mac"))
        if "mac" in given and mac is None:
            raise SettingsError(
                f"{path}, line {rows.line_num}: {given['mac']!r} is not a MAC address.",
                remedy="Correct it, or leave it empty.",
            )
        yield Expected(
            given.get("address"),
            mac,
            given.get("name"),
            {variables[header]: cells[header] for header in variables if cells[header]},
        )


_RESERVED = {
    "vvx",
    "vvx_reason",
    "vvx_message",
    "inventory_hostname",
    "group_names",
    "groups",
    "hostvars",
    "ansible_host",
    "ansible_port",
    "ansible_vvx_mac",
}


def _variable(path: str, header: str) -> str:
    """The name of the variable for a column."""
    name = re.sub(r"\W+", "_", header).strip("_")
    if re.search(r"pass|pwd|secret|token|kennwort|(^|_)pin$", name.lower()):
        raise SettingsError(
            f"{path}: the column {header!r} looks like it holds passwords.",
            remedy="Remove it, and keep passwords in a vault file.",
        )
    if not name.isidentifier() or keyword.iskeyword(name) or name in _RESERVED:
        raise SettingsError(f"{path}: the column {header!r} can't become a variable.", remedy="Rename the column.")
    return name


def read_provisioning(folder: str, prefixes: Sequence[str]) -> Iterator[Expected]:
    """One phone for each MAC address that names of ``*.cfg`` files begin with, if it has one of the prefixes."""
    try:
        names = os.listdir(folder)
    except OSError as error:
        raise SettingsError(
            f"{folder} can't be read: {error.strerror}.",
            remedy="Set provisioning to the folder that the phones get their files from.",
        ) from error
    found = (re.fullmatch(r"([0-9a-f]{12})([-_.].*)?\.cfg", name.lower()) for name in names)
    for mac in sorted({match.group(1) for match in found if match}):
        if mac.startswith(tuple(prefixes)):
            yield Expected(mac=mac)


def _lines(path: str) -> list[str]:
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return file.read().splitlines(keepends=True)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not in UTF-8"
        raise SettingsError(
            f"{path} can't be read: {reason}.", remedy="Correct the path (relative to the inventory file) or the file."
        ) from error
