# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where to look for phones, and which to expect: address lists, a provisioning server's folder. tables.py reads CSV."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...module_utils._phone.errors import SettingsError
from ...module_utils._text import clean
from . import addresses
from .addresses import Entry, Span
from .texts import Remark, lines, read_text

MOST_ADDRESSES = 1_000_000


@dataclass(frozen=True)
class Expected:
    """A phone that a source names. ``address``: its address or host name. ``mac``: twelve lower-case digits. ``line``:
    of the CSV file."""

    address: str | None = None
    mac: str | None = None
    name: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    line: int | None = None


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
                phone = replace(phone, address=entry.text)
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


def read_list(path: str, remark: Remark) -> Iterator[str]:
    """The entries of a file, one per line; ``#`` starts a comment. Raises SettingsError."""
    for line in lines(read_text(path, remark)):
        entry = line.partition("#")[0].strip()
        if entry:
            yield entry


_MOST_TOLD = 5


def read_provisioning(folder: str, prefixes: Sequence[str], remark: Remark) -> list[Expected]:
    """One phone for each MAC address with one of the prefixes in names of ``*.cfg`` files and of folders.

    Phones load files whose names begin with their MAC address, or what CONFIG_FILES of a master file says.
    """
    try:
        entries = [(entry.name.lower(), entry.is_dir()) for entry in os.scandir(folder)]
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "this is no path"
        raise SettingsError(
            f"{clean(folder)} can't be read: {reason}.",
            remedy="Set provisioning to the folder that the phones get their files from.",
        ) from error
    macs: set[str] = set()
    doubtful: list[str] = []
    for name, is_folder in sorted(entries):
        stem = name if is_folder else name.removesuffix(".cfg")
        if is_folder or stem != name:
            found = macs_in(stem, prefixes)
            macs |= found or set()
            if found is None:
                doubtful.append(name)
    if doubtful:
        more = f" and {len(doubtful) - _MOST_TOLD} more" if len(doubtful) > _MOST_TOLD else ""
        listed = ", ".join(clean(name, 60) for name in doubtful[:_MOST_TOLD])
        remark(
            f"{clean(folder)}: it is not clear which MAC address is meant by {listed}{more}. Begin the names with the "
            "MAC address, or list these phones under csv."
        )
    return [Expected(mac=mac) for mac in sorted(macs)]


def macs_in(name: str, prefixes: Sequence[str]) -> set[str] | None:
    """The MAC address in a lower-case file name; none if there is none. None if it can't be told.

    Letters of a word before it may look like digits: ``phone0004f2aabbcc``.
    """
    found: set[str] = set()
    doubt = False
    joined = re.sub(r"(?<![0-9a-f])(?:[0-9a-f]{2}[-_:]){5}[0-9a-f]{2}(?![0-9a-f])", _joined, name)
    joined = re.sub(r"(?<![0-9a-f])(?:[0-9a-f]{4}[-_.]){2}[0-9a-f]{4}(?![0-9a-f])", _joined, joined)
    for run in re.findall(r"[0-9a-f]{8,}", joined):
        before, mac = run[:-12], run[-12:]
        if len(mac) == 12 and mac.startswith(tuple(prefixes)) and not re.search(r"[0-9]", before):
            found.add(mac)
        elif len(run) != 12:
            doubt = doubt or any(prefix in run for prefix in prefixes)
    return None if doubt or len(found) > 1 else found


def _joined(match: re.Match[str]) -> str:
    return re.sub(r"[-_:.]", "", match[0])
