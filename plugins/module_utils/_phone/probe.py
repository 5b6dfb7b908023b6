# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Look at a phone from outside, step by step: its name, its port, its certificate. No login."""

from __future__ import annotations

import hashlib
import socket
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from . import tls

try:
    from cryptography import x509
    from cryptography.x509.oid import NameOID
except ImportError:  # ansible-core brings it along; on other computers a certificate is told by its fingerprint alone
    x509 = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Certificate:
    """``protocol``: of the connection. ``fingerprint``: SHA-256 in hexadecimal digits. The rest is None where it can't be read. Times in UTC."""

    protocol: str
    fingerprint: str
    name: str | None = None
    issuer: str | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None


def addresses(host: str) -> list[str]:
    """All addresses of a name. Raises OSError if there is none."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)))


def connect(host: str, port: int, timeout: float) -> None:
    """Open a connection and close it. Raises OSError."""
    socket.create_connection((host, port), timeout).close()


def certificate(host: str, port: int, settings: tls.TlsSettings, timeout: float) -> Certificate:
    """The certificate that is shown, whoever signed it. Raises OSError (ssl.SSLError among them) where no TLS connection comes about."""
    context = tls.context(replace(settings, validate_certs=False, ca_path=None))
    with (
        socket.create_connection((host, port), timeout) as raw,
        context.wrap_socket(raw, server_hostname=host) as secured,
    ):
        encoded = secured.getpeercert(binary_form=True) or b""
        return read(encoded, secured.version() or "unknown")


def oldest(settings: tls.TlsSettings) -> tls.TlsSettings:
    """The same, with all that is too old and too weak admitted."""
    return replace(settings, tls_min_version="1.0", ciphers=None)


def read(encoded: bytes, protocol: str = "") -> Certificate:
    """What a certificate (DER) says."""
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
    except ValueError:
        return Certificate(protocol, fingerprint)


def _common_name(name: Any) -> str | None:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else None


def _moment(found: Any, name: str) -> datetime:
    """Newer releases of cryptography have aware times under another name, and warn of the old one."""
    moment: datetime = getattr(found, f"{name}_utc", None) or getattr(found, name).replace(tzinfo=timezone.utc)
    return moment
