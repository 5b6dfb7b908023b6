# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where phones are looked for, and which phones ought to be there: lists of addresses, CSV files, a provisioning server's folder."""

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
    """A phone that a source names. ``address``: address or name to reach it by. ``mac``: twelve lower-case digits."""

    address: str | None = None
    mac: str | None = None
    name: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What is to be looked through: spans of addresses (sorted, without overlap, nothing excluded in them), and names yet to be resolved."""

    spans: Sequence[Span]
    names: Sequence[str]
    excluded: Sequence[Span]
    expected: Sequence[Expected]


def plan(entries: Iterable[Entry], expected: Iterable[Expected], exclude: Iterable[str]) -> Plan:
    """All sources in one. ``entries``: from lists. Raises SettingsError for what is no address, and for too many of them."""
    excluded: list[Span] = []
    for text in exclude:
        gap = addresses.parse(text, whole=True)
        if gap.span is None:
            raise SettingsError(f"exclude: {text!r} is a name.", remedy="Exclude addresses, ranges and CIDRs.")
        excluded.append(gap.span)
    gaps = addresses.merged(excluded)
    listed = list(entries)
    phones = [Expected(address=entry.text) for entry in listed if entry.single]
    for phone in expected:
        if phone.address is not None:
            entry = addresses.parse(phone.address)
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
            f"{total} addresses are too many to look through; {MOST_ADDRESSES} is the most.",
            remedy="Name the networks that phones are in.",
        )
    names = dict.fromkeys(entry.text for entry in listed if not entry.span)
    kept = [phone for phone in phones if not _is_excluded(phone.address, gaps)]
    return Plan(spans, list(names), gaps, kept)


def _is_excluded(address: str | None, gaps: Sequence[Span]) -> bool:
    span = addresses.parse(address).span if address else None
    return span is not None and not addresses.without([span], gaps)


def read_list(path: str) -> Iterator[str]:
    """The entries of a file, one a line; what follows a ``#`` is a comment. Raises SettingsError."""
    for line in _lines(path):
        entry = line.partition("#")[0].strip()
        if entry:
            yield entry


def read_csv(path: str, columns: Mapping[str, str], delimiter: str = ",") -> Iterator[Expected]:
    """One phone a row. ``columns``: which columns hold ``address``, ``name`` and ``mac``; the others become variables, empty cells none.

    Raises SettingsError.
    """
    rows = csv.DictReader(_lines(path), delimiter=delimiter)
    headers = [str(header).strip() for header in rows.fieldnames or []]
    rows.fieldnames = headers
    places = {role: header for role, header in columns.items() if header in headers}
    if not {"address", "mac"} & set(places):
        raise SettingsError(
            f"{path} has neither a column {columns['address']} nor a column {columns['mac']}; it has {', '.join(headers) or 'none'}.",
            remedy="Say with csv.address, csv.mac and csv.name what the columns are called, and with csv.delimiter what is between them.",
        )
    variables = {header: _variable(path, header) for header in headers if header and header not in places.values()}
    twice = [header for header, count in Counter(headers).items() if header and count > 1]
    twice += [header for header, variable in variables.items() if list(variables.values()).count(variable) > 1]
    if twice:
        raise SettingsError(
            f"{path}: the columns {', '.join(twice)} become one variable.", remedy="Give each a name of its own."
        )
    for row in rows:
        cells = {header: (row.get(header) or "").strip() for header in headers}
        given = {role: cells[header] for role, header in places.items() if cells[header]}
        if not {"address", "mac"} & set(given):
            continue
        mac = digits(given.get("mac"))
        if "mac" in given and mac is None:
            raise SettingsError(
                f"{path}, line {rows.line_num}: {given['mac']!r} is no MAC address.",
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
    """The name of the variable that a column becomes."""
    name = re.sub(r"\W+", "_", header).strip("_")
    if re.search(r"pass|pwd|secret|token|kennwort|(^|_)pin$", name.lower()):
        raise SettingsError(
            f"{path}: the column {header!r} looks like passwords.",
            remedy="Take it out, and keep passwords in a vault file.",
        )
    if not name.isidentifier() or keyword.iskeyword(name) or name in _RESERVED:
        raise SettingsError(
            f"{path}: the column {header!r} can't become a variable.", remedy="Call the column something else."
        )
    return name


def read_provisioning(folder: str, prefixes: Sequence[str]) -> Iterator[Expected]:
    """One phone for each MAC address that ``*.cfg`` files in the folder begin with; files of other vendors' devices don't count."""
    try:
        names = os.listdir(folder)
    except OSError as error:
        raise SettingsError(
            f"{folder} can't be read: {error.strerror}.",
            remedy="Name the folder that the phones fetch their files from.",
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
