# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a certificate (X.509, RFC 5280) says of itself: names, dates, and whether it may sign others.

Read here, in 0.1 ms: the library cryptography takes 0.15 s of CPU to import, which every worker of Ansible would pay
for every phone, and other hosts may not have it. Nothing here checks a signature; OpenSSL does that as it connects.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from ._text import clean

LARGEST = 64 * 1024
"""Bytes of a certificate that is looked at. Real ones have one or two thousand."""
DAY = 86_400
_LONGEST_NAME = 100
_BOOLEAN, _INTEGER, _BITS, _SEQUENCE, _SET = 0x01, 0x02, 0x03, 0x30, 0x31
_UTC_TIME, _LONG_TIME = 0x17, 0x18
_VERSION, _EXTENSIONS = 0xA0, 0xA3
_ENCODINGS = {0x0C: "utf-8", 0x1E: "utf-16-be", 0x1C: "utf-32-be"}
"""Of texts, by their tag. All others are read as Latin-1."""
_CONSTRAINTS, _KEY_USAGE = b"\x55\x1d\x13", b"\x55\x1d\x0f"
_SIGNS_CERTIFICATES = 0x04
_COMMON_NAME = b"\x55\x04\x03"
_NAMES = {
    _COMMON_NAME: "CN",
    b"\x55\x04\x05": "serialNumber",
    b"\x55\x04\x06": "C",
    b"\x55\x04\x07": "L",
    b"\x55\x04\x08": "ST",
    b"\x55\x04\x0a": "O",
    b"\x55\x04\x0b": "OU",
    b"\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x19": "DC",
    b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01": "emailAddress",
}
"""Parts of a name, by the bytes of their object identifiers. Others are left out."""


@dataclass(frozen=True)
class Certificate:
    """A certificate. Where it can't be read, all but the fingerprint is None.

    ``fingerprint``: SHA-256 in hexadecimal digits. ``subject``, ``issuer``: like ``CN=0004F2000001, O=Polycom``.
    ``name``, ``issuer_name``: the common names in these; None if there is none. Times are in UTC. ``authority``:
    whether it may sign others. ``protocol``: TLS version of the connection that it came over; may be empty.
    """

    fingerprint: str
    subject: str | None = None
    issuer: str | None = None
    name: str | None = None
    issuer_name: str | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None
    authority: bool = False
    protocol: str = ""

    @property
    def is_root(self) -> bool:
        """Whether it names itself as its issuer."""
        return self.subject is not None and self.subject == self.issuer

    def trouble(self, now: datetime, days: int) -> str | None:
        """What is wrong with its dates: that it has expired, or does so within ``days``; None if nothing is."""
        left = self.seconds_left(now)
        if left is None:
            return None
        if left < 0:
            return "has expired"
        if self.not_before and self.not_before > now:
            return "is not valid yet"
        return f"expires within {days} days" if left < days * DAY else None

    def seconds_left(self, now: datetime) -> float | None:
        """Until it ends; below 0 if it has ended, None if nobody knows."""
        return None if self.not_after is None else (self.not_after - now).total_seconds()


def read(encoded: bytes | None, protocol: str = "") -> Certificate:
    """The fields of a certificate in DER; never fails."""
    encoded = encoded or b""
    found = Certificate(hashlib.sha256(encoded).hexdigest(), protocol=protocol)
    try:
        return _read(encoded, found)
    except (ValueError, IndexError, OverflowError):
        return found


def _read(encoded: bytes, found: Certificate) -> Certificate:
    """Raises ValueError, IndexError or OverflowError if this is no certificate, and nothing else."""
    if len(encoded) > LARGEST:
        raise ValueError("too large")
    (whole,) = _contents(encoded, _SEQUENCE)
    (_tag, body), *_signature = _parts(whole)
    fields = list(_parts(body))
    version = 1
    if fields[0][0] == _VERSION:
        (number,) = _contents(fields.pop(0)[1], _INTEGER)
        version = number[0] + 1
        if len(number) != 1 or version > 3:
            raise ValueError("no version of X.509")
    issuer, validity, subject = (content for _tag, content in fields[2:5])
    start, end = (_time(tag, content) for tag, content in _parts(validity))
    subject_text, name = _name(subject)
    issuer_text, issuer_name = _name(issuer)
    return replace(
        found,
        subject=subject_text,
        issuer=issuer_text,
        name=name,
        issuer_name=issuer_name,
        not_before=start,
        not_after=end,
        authority=_is_authority(_extensions(fields[5:])) if version == 3 else subject == issuer,
    )


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each value in DER. Raises ValueError or IndexError where it is none."""
    at = 0
    while at < len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if tag & 0x1F == 0x1F or length == 0x80:
            raise ValueError("no DER")
        if length > 0x80:
            size = length - 0x80
            length = int.from_bytes(data[at : at + size], "big")
            at += size
        content = data[at : at + length]
        if len(content) < length:
            raise ValueError("cut off")
        at += length
        yield tag, content


def _contents(data: bytes, tag: int) -> Iterator[bytes]:
    """The contents of values that all have this tag."""
    for found, content in _parts(data):
        if found != tag:
            raise ValueError("another tag")
        yield content


def _time(tag: int, content: bytes) -> datetime:
    text = content.decode("ascii")
    if tag == _UTC_TIME:  # two digits of the year: 50 is 1950, 49 is 2049
        text = f"{'19' if text >= '50' else '20'}{text}"
    elif tag != _LONG_TIME:
        raise ValueError("no time")
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=timezone.utc)


def _name(data: bytes) -> tuple[str, str | None]:
    """The name as a text, its last part first, and its common name."""
    known: list[tuple[bytes, str]] = []
    for part in _contents(data, _SET):
        for pair in _contents(part, _SEQUENCE):
            (_tag, kind), (encoding, content) = _parts(pair)
            if kind in _NAMES:
                text = content.decode(_ENCODINGS.get(encoding, "latin-1"), "replace")
                known.insert(0, (kind, clean(text, _LONGEST_NAME)))
    common = next((text for kind, text in known if kind == _COMMON_NAME), None)
    return ", ".join(f"{_NAMES[kind]}={text}" for kind, text in known), common


def _extensions(fields: Sequence[tuple[int, bytes]]) -> dict[bytes, bytes]:
    """By their object identifiers."""
    found = {}
    for tag, content in fields:
        if tag != _EXTENSIONS:
            continue
        (listed,) = _contents(content, _SEQUENCE)
        for each in _contents(listed, _SEQUENCE):
            (_tag, kind), *_critical, (_octets, value) = _parts(each)
            found[kind] = value
    return found


def _is_authority(extensions: Mapping[bytes, bytes]) -> bool:
    """Whether it may sign other certificates, as its basic constraints and its key usage say."""
    if _CONSTRAINTS not in extensions:
        return False
    (constraints,) = _contents(extensions[_CONSTRAINTS], _SEQUENCE)
    may = any(tag == _BOOLEAN and content != b"\0" for tag, content in _parts(constraints))
    if _KEY_USAGE in extensions:
        (usage,) = _contents(extensions[_KEY_USAGE], _BITS)
        may = may and bool(usage[1] & _SIGNS_CERTIFICATES)
    return may
