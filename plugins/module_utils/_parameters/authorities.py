# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates of authorities (CA) that a phone shall trust, as its parameters take them.

Source for the form: provisioning files of public projects hold PEM with its line ends inside an attribute
(FS PBX for device.sec.TLS.customCaCert2, a PHP provisioning server for customCaCert1 and 2), where every XML parser
turns line ends into blanks. So phones are known to take PEM on one line with blanks. A client of real phones
(Mividas) sends it with line ends over REST. Source for the length: the UC Software 4.0.15 schema.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from .._certificates import Certificate, read
from .listing import listed

SLOTS = {
    **{f"platform{number}": f"device.sec.TLS.customCaCert{number}" for number in (1, 2)},
    **{f"application{number}": f"sec.TLS.customCaCert.{number}" for number in range(1, 7)},
}
"""Where a phone keeps certificates of authorities, and the parameter of each place."""
LONGEST = 12_288
"""Characters that such a parameter holds."""
_LINE = 64
"""Characters on a line of PEM (RFC 7468)."""
_BEGIN, _END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
_BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]{1,60})-----(.*?)-----END \1-----", re.DOTALL)
_ANY_BEGIN = re.compile(r"-----BEGIN ([A-Z0-9 ]{1,60})-----")
_CERTIFICATE = ("CERTIFICATE", "X509 CERTIFICATE")
_OTHERS = {
    "TRUSTED CERTIFICATE": "is in OpenSSL's own format: convert it with openssl x509 -in FILE -out ca.pem",
    "PKCS7": "is a PKCS #7 container: convert it with openssl pkcs7 -print_certs -in FILE -out ca.pem",
    "CMS": "is a CMS container: convert it with openssl pkcs7 -print_certs -in FILE -out ca.pem",
    "CERTIFICATE REQUEST": "is a request for a certificate, not the certificate",
    "NEW CERTIFICATE REQUEST": "is a request for a certificate, not the certificate",
}
"""What else may be in a PEM file that is mistaken for a certificate, and what to do about it."""


@dataclass(frozen=True)
class Authority:
    """A certificate that may sign others. ``line``: PEM on one line. ``text``: the same with line ends."""

    certificate: Certificate
    line: str

    @property
    def text(self) -> str:
        body = self.line.removeprefix(_BEGIN).removesuffix(_END).split()
        return "\n".join((_BEGIN, *body, _END))

    @property
    def title(self) -> str:
        return self.certificate.subject or f"(without a name) {self.certificate.fingerprint[:16]}"

    @property
    def remark(self) -> str | None:
        """What may keep phones from using it; None if nothing is known."""
        if self.certificate.is_root:
            return None
        return (
            f"{self.title} is an intermediate authority, signed by {self.certificate.issuer}. Phones want the whole "
            "chain up to the root, so give the root's certificate, too"
        )


def authorities(text: str, now: datetime | None) -> list[Authority]:
    """The certificates in a PEM text, each once. Takes what files of the field have: text between the certificates,
    any line ends, or blanks or a written ``\\n`` instead of them. ``now``: None for those that no phone is to get.

    Raises ValueError with the reason, which shows nothing of the text, if there is none, if one of them is not an
    authority's or not valid now, if it is too long for a phone, and if there is anything else, above all a private key.
    """
    text = text.replace("\\r", "").replace("\\n", "\n")
    if "PRIVATE KEY" in text:
        raise ValueError("contains a private key, which no other computer may get: give the certificate only")
    found: dict[str, Authority] = {}
    for number, encoded in enumerate(_encoded(text), 1):
        authority = _authority(number, encoded)
        if now is not None:
            _check(authority, now)
        found.setdefault(authority.certificate.fingerprint, authority)
    return list(found.values())


def presented(value: str) -> Certificate | None:
    """The certificate that a parameter's value holds; None if it is none that can be read."""
    block = _BLOCK.search(value)
    try:
        found = read(_decoded(block[2])) if block else None
    except ValueError:
        return None
    return found if found and found.subject is not None else None


def _encoded(text: str) -> Iterator[str]:
    """The Base64 of each certificate."""
    labels = [match[1] for match in _ANY_BEGIN.finditer(text)]
    if not labels:
        raise ValueError(
            "is not a certificate in PEM format, which begins with -----BEGIN CERTIFICATE-----: convert DER with "
            "openssl x509 -inform der -in FILE -out ca.pem"
        )
    for label in labels:
        if label not in _CERTIFICATE:
            raise ValueError(_OTHERS.get(label, f"contains {label}, not only certificates"))
    blocks = [match[2] for match in _BLOCK.finditer(text)]
    if len(blocks) < len(labels):
        raise ValueError("is cut off: a certificate has no end")
    yield from blocks


def _decoded(body: str) -> bytes:
    return base64.b64decode("".join(body.split()), validate=True)


def _authority(number: int, body: str) -> Authority:
    which = f"holds a certificate (number {number}) that can't be read"
    try:
        encoded = _decoded(body)
    except binascii.Error:
        raise ValueError(f"{which}: it is no Base64") from None
    found = read(encoded)
    if found.subject is None:
        raise ValueError(which)
    digits = base64.b64encode(encoded).decode()
    lines = [digits[at : at + _LINE] for at in range(0, len(digits), _LINE)]
    return Authority(found, " ".join((_BEGIN, *lines, _END)))


def _check(authority: Authority, now: datetime) -> None:
    found, title = authority.certificate, authority.title
    if not found.authority:
        raise ValueError(
            f"{title} may not sign other certificates: give the certificate of the authority that signed it"
        )
    if found.not_after and found.not_after < now:
        raise ValueError(f"{title} has expired on {found.not_after:%Y-%m-%d}")
    if found.not_before and found.not_before > now:
        raise ValueError(f"{title} is not valid before {found.not_before:%Y-%m-%d}")
    if len(authority.line) > LONGEST:
        raise ValueError(f"{title} is longer than the {LONGEST} characters that a phone takes")


def titles(found: Sequence[Authority]) -> str:
    """Their names, in a sentence."""
    return listed([authority.title for authority in found], 5)
