# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read of a certificate: the same as the library cryptography reads, and nothing of what is none."""

from __future__ import annotations

import ssl
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._certificates import Certificate, read
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from support.certificates import SERVES, Made, made, name

SHORT = {
    NameOID.COMMON_NAME: "CN", NameOID.ORGANIZATION_NAME: "O", NameOID.ORGANIZATIONAL_UNIT_NAME: "OU",
    NameOID.COUNTRY_NAME: "C", NameOID.LOCALITY_NAME: "L", NameOID.STATE_OR_PROVINCE_NAME: "ST",
    NameOID.SERIAL_NUMBER: "serialNumber", NameOID.DOMAIN_COMPONENT: "DC", NameOID.EMAIL_ADDRESS: "emailAddress",
}  # fmt: skip
"""Parts of a name that are shown."""
_SAMPLE = made()
SYSTEM = Path(ssl.get_default_verify_paths().cafile or "/etc/ssl/certs/ca-certificates.crt")


def as_cryptography_reads(encoded: bytes) -> dict[str, Any]:
    found = x509.load_der_x509_certificate(encoded)

    def text(name: x509.Name) -> str:
        parts = [f"{SHORT[part.oid]}={part.value}" for part in name if part.oid in SHORT]
        return ", ".join(reversed(parts))

    def common(name: x509.Name) -> str | None:
        values = [part.value for part in name if part.oid == NameOID.COMMON_NAME]
        return str(values[-1]) if values else None

    return {
        "fingerprint": found.fingerprint(hashes.SHA256()).hex(),
        "subject": text(found.subject),
        "issuer": text(found.issuer),
        "name": common(found.subject),
        "issuer_name": common(found.issuer),
        "not_before": found.not_valid_before_utc,
        "not_after": found.not_valid_after_utc,
    }


def as_read(encoded: bytes) -> dict[str, Any]:
    found = vars(read(encoded))
    return {key: found[key] for key in as_cryptography_reads(encoded)}


@pytest.mark.skipif(not SYSTEM.is_file(), reason="this system has no list of authorities")
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
def test_the_authorities_of_this_system() -> None:
    blocks = SYSTEM.read_text(encoding="utf-8").split("-----END CERTIFICATE-----")[:-1]
    encoded = [ssl.PEM_cert_to_DER_cert(f"{block.strip()}\n-----END CERTIFICATE-----\n") for block in blocks]
    assert [as_read(each) for each in encoded] == [as_cryptography_reads(each) for each in encoded]
    assert {read(each).authority for each in encoded} == {True}


@pytest.mark.parametrize(
    ("certificate", "authority"),
    [
        (made(), True),
        (made(usage=None), True),
        (made("phone", signer=made(), authority=False, usage=SERVES), False),
        (made("phone", authority=None, usage=None), False),
        (made("odd", authority=True, usage=SERVES), False),
        (made(x509.Name([])), True),
    ],
)
def test_who_may_sign_others(certificate: Made, authority: bool) -> None:
    assert as_read(certificate.der) == as_cryptography_reads(certificate.der)
    assert read(certificate.der).authority is authority


@given(
    st.text("aZ09 .-éßЖ漢😀", min_size=1, max_size=16).filter(lambda text: text.split() == [text]),
    st.datetimes(datetime(1950, 1, 1), datetime(9999, 12, 30)).map(lambda moment: moment.replace(microsecond=0)),
)
def test_any_name_and_any_date(text: str, start: datetime) -> None:
    builder = x509.CertificateBuilder(
        name(text), name(text, organization=text), _SAMPLE.key.public_key(), 7, start, start + timedelta(days=1)
    )
    encoded = builder.sign(_SAMPLE.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    found = as_read(encoded)
    assert found["name"] == text
    assert found == as_cryptography_reads(encoded)


def test_what_is_shown_of_a_name_can_not_harm() -> None:
    found = read(made(name("evil\x1b[31m\u202ename")).der)
    assert found.name == "evilname" and found.subject == "CN=evilname, O=Example, Inc."


def odd_version() -> bytes:
    """A certificate of X.509 version 6, which nobody has defined."""
    return made().der.replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x05", 1)


@pytest.mark.parametrize(
    "encoded",
    [None, b"", b"garbage", b"\x30\x82\xff\xff", b"\x30\x80\x00\x00", b"\x30\x00", b"\x30\x02\x30\x00", odd_version(),
     made().der + b"\0", made().der[:-1], b"\x30" * 100_000],
)  # fmt: skip
def test_a_certificate_that_can_not_be_read_has_a_fingerprint_only(encoded: bytes | None) -> None:
    found = read(encoded, "TLSv1.2")
    assert found == Certificate(found.fingerprint, protocol="TLSv1.2") and len(found.fingerprint) == 64


@given(st.data())
def test_a_damaged_certificate_never_raises(data: Any) -> None:
    encoded = bytearray(_SAMPLE.der)
    for _number in range(data.draw(st.integers(1, 5))):
        encoded[data.draw(st.integers(0, len(encoded) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(encoded[: data.draw(st.integers(0, len(encoded)))]))
    read(bytes(encoded))
