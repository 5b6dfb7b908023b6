# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check a phone from outside, without logging in: its name in DNS, its TCP port, its certificate."""

from __future__ import annotations

import hashlib
import socket
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from . import bounds, tls

try:
    from cryptography import x509
    from cryptography.x509.oid import NameOID
except ImportError:  # ansible-core requires it; without it only the fingerprint of a certificate is known
    x509 = None  # type: ignore[assignment]


unreachable = bounds.unreachable


@dataclass(frozen=True)
class Certificate:
    """The certificate of a server.

    ``protocol``: TLS version of the connection. ``fingerprint``: SHA-256 in hexadecimal digits. The other fields are
    None where the certificate can't be read. Times are in UTC.
    """

    protocol: str
    fingerprint: str
    name: str | None = None
    issuer: str | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None


def resolve(host: str) -> list[str]:
    """All addresses of a name, each once. Raises OSError if it has none, or the name servers do not answer in time."""
    return list(dict.fromkeys(str(entry[4][0]) for entry in bounds.resolve(host, None)))


def connect(host: str, port: int, timeout: float) -> None:
    """Open a TCP connection and close it. Raises OSError; ``unreachable`` puts it into words."""
    _dial(host, port, timeout).close()


def certificate(host: str, port: int, settings: tls.TlsSettings, timeout: float) -> Certificate:
    """Return the server's certificate without checking who signed it. Sends no request.

    Raises OSError if there is no connection; ssl.SSLError, one of its kinds, if TLS fails.
    """
    context = tls.context(replace(settings, validate_certs=False, ca_path=None, fingerprint=None))
    with _dial(host, port, timeout) as connection, context.wrap_socket(connection, server_hostname=host) as secured:
        return read(secured.getpeercert(binary_form=True), secured.version() or "unknown")


def permissive(settings: tls.TlsSettings) -> tls.TlsSettings:
    """The same settings, with old TLS versions and weak ciphers allowed."""
    return replace(settings, tls_min_version="1.0", ciphers=None)


def read(encoded: bytes | None, protocol: str = "") -> Certificate:
    """The fields of a certificate in DER."""
    encoded = encoded or b""
    fingerprint = hashlib.sha256(encoded).hexdigest()
    if x509 is None:
        return Certificate(protocol, fingerprint)
    try:
        found = x509.load_der_x509_certificate(encoded)
        return Certificate(
            protocol,
            fingerprint,
            _common_name(found.subject),
            _common_name(found.issuer),
            _moment(found, "not_valid_before"),
            _moment(found, "not_valid_after"),
        )
    except (ValueError, x509.InvalidVersion):
        return Certificate(protocol, fingerprint)


def _dial(host: str, port: int, timeout: float) -> socket.socket:
    return bounds.dial(bounds.resolve(host, port), timeout)


def _common_name(name: Any) -> str | None:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else None


def _moment(found: Any, name: str) -> datetime:
    """Newer releases of cryptography have aware times under another name, and warn about the old one."""
    moment: datetime = getattr(found, f"{name}_utc", None) or getattr(found, name).replace(tzinfo=timezone.utc)
    return moment
