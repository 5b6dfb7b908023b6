# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks from outside: names, ports, certificates."""

from __future__ import annotations

import socket
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone import reachability
from ansible_collections.polycom.vvx.plugins.module_utils._phone.tls import TlsSettings
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from simulator import PhoneSpec


def test_names() -> None:
    assert reachability.resolve("localhost")[0] in ("127.0.0.1", "::1")
    assert reachability.resolve("127.77.0.1") == ["127.77.0.1"]


@pytest.mark.parametrize("name", ["nowhere.invalid", "x" * 80])
def test_a_name_without_an_address_is_an_os_error(name: str) -> None:
    for ask in (
        lambda: reachability.resolve(name),
        lambda: reachability.connect(name, 443, 1.0),
        lambda: reachability.certificate(name, 443, TlsSettings(), 1.0),
    ):
        with pytest.raises(OSError, match="name|Name") as caught:
            ask()
        assert reachability.unreachable(caught.value).message


def test_why_there_is_no_connection() -> None:
    with socket.create_server(("127.78.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(ConnectionRefusedError) as caught:
        reachability.connect("127.78.0.1", port, 1.0)
    assert reachability.unreachable(caught.value).message == "connection refused."
    for timeout in (TimeoutError(), socket.timeout("timed out")):
        assert reachability.unreachable(timeout).message == "no answer to the connection attempt."


@pytest.mark.parametrize(
    "settings", [TlsSettings(), TlsSettings(fingerprint="ab" * 32), TlsSettings(ca_path="none.pem")]
)
def test_a_certificate_is_read_whoever_signed_it(start_fleet: Any, settings: TlsSettings) -> None:
    phone = start_fleet(PhoneSpec(certificate="factory")).phones[0]
    found = reachability.certificate(phone.host, phone.port, settings, 5.0)
    assert str(found.name).lower() == phone.mac and found.not_before and found.not_after and phone.log == []


def odd_version() -> bytes:
    """A certificate of X.509 version 6, which nobody has defined."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "0004f2aabbcc")])
    start = datetime(2020, 1, 1, tzinfo=timezone.utc)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, start, start + timedelta(days=1))
    encoded = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    return encoded.replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x05", 1)


@pytest.mark.parametrize("encoded", [None, b"", b"garbage", b"\x30\x82\xff\xff", odd_version()])
def test_a_certificate_that_can_not_be_read_has_no_name(encoded: bytes | None) -> None:
    found = reachability.read(encoded)
    assert found.name is None and len(found.fingerprint) == 64
