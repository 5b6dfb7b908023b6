# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses as people write them: single ones, ranges, CIDRs, host names.

Sets of IP addresses are lists of spans (first and last number), so a /8 takes no more memory than a /32.
"""

from __future__ import annotations

import bisect
import ipaddress
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Union

from ...module_utils._phone.errors import SettingsError
from ...module_utils._phone.settings import is_host
from ...module_utils._text import visible

Address = Union[ipaddress.IPv4Address, ipaddress.IPv6Address]
Span = tuple[int, int, int]
"""IP version, first and last number, both included. Spans sort as their addresses do, IPv4 first."""


@dataclass(frozen=True)
class Entry:
    """One entry of a list. ``span``: its addresses; None for a name. ``single``: one phone, not a range or network."""

    text: str
    span: Span | None
    single: bool

    @classmethod
    def parse(cls, text: str, whole: bool = False) -> Entry:
        """Read an address, a range (``10.1.20.11-40``, ``10.1.20.11-10.1.21.40``), a CIDR or a name.

        A CIDR stands for its hosts; with ``whole``, for its network and broadcast address, too. Raises SettingsError.
        """
        text = visible(text).strip()
        address = _address(text)
        if address is not None:
            return cls(str(address), (address.version, int(address), int(address)), single=True)
        if "/" in text:
            return cls(text, _network(text, whole), single=False)
        span = _range(text)
        if span is not None:
            return cls(text, span, single=False)
        if not is_host(text) or re.fullmatch(r"[0-9.]*", text):
            raise SettingsError(f"{text[:80]!r} is not an address, range, CIDR or host name.", remedy=_EXAMPLES)
        return cls(text, None, single=True)


_EXAMPLES = (
    "Examples: 10.1.20.11, 10.1.20.11-40, 10.1.20.11-10.1.21.40, 10.1.20.0/24, 2001:db8::11, phone-7.example.org."
)


def _address(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _network(text: str, whole: bool) -> Span:
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise SettingsError(f"{text[:80]!r} is not a CIDR.", remedy=_EXAMPLES) from error
    first, last = int(network.network_address), int(network.broadcast_address)
    if network.num_addresses > 2 and not whole:
        first += 1
        last -= network.version == 4
    return network.version, first, last


def _range(text: str) -> Span | None:
    start, dash, end = (part.strip() for part in text.partition("-"))
    first = _address(start)
    if not dash or first is None:
        return None
    if first.version == 4 and re.fullmatch(r"[0-9]{1,3}", end):
        end = f"{start.rpartition('.')[0]}.{int(end)}"
    last = _address(end)
    if last is None or last.version != first.version or int(last) < int(first):
        raise SettingsError(
            f"{text[:80]!r} is not a range: it must end with a higher address than it begins with.", remedy=_EXAMPLES
        )
    return first.version, int(first), int(last)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same addresses as sorted spans that neither overlap nor touch."""
    result: list[Span] = []
    for version, first, last in sorted(spans):
        if result and result[-1][0] == version and first <= result[-1][2] + 1:
            result[-1] = (version, result[-1][1], max(last, result[-1][2]))
        else:
            result.append((version, first, last))
    return result


def without(spans: Iterable[Span], excluded: Iterable[Span]) -> list[Span]:
    """The addresses of ``spans`` that are not in ``excluded``, merged."""
    result: list[Span] = []
    gaps = merged(excluded)
    for version, first, last in merged(spans):
        for other, start, end in gaps:
            if other == version and start <= last and end >= first:
                if start > first:
                    result.append((version, first, start - 1))
                first = end + 1
        if first <= last:
            result.append((version, first, last))
    return result


def count(spans: Iterable[Span]) -> int:
    return sum(last - first + 1 for _version, first, last in spans)


def contains(spans: Sequence[Span], address: str) -> bool:
    """``spans``: sorted, without overlaps. Raises ValueError for what is no address."""
    known = ipaddress.ip_address(address)
    place = bisect.bisect_right(spans, (known.version, int(known), math.inf)) - 1
    return place >= 0 and spans[place][0] == known.version and int(known) <= spans[place][2]


def addresses(spans: Iterable[Span]) -> Iterator[str]:
    """Every address as text, in order."""
    for version, first, last in spans:
        kind = ipaddress.IPv4Address if version == 4 else ipaddress.IPv6Address
        for number in range(first, last + 1):
            yield str(kind(number))
