# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates and TLS contexts of a fleet, made anew for each run."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
import tempfile
import warnings
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from .phone import Phone

#: A certificate with more addresses than this would be larger than what phones send.
MOST_ADDRESSES = 200
_VERSIONS = {"TLSv1.2": ssl.TLSVersion.TLSv1_2, "TLSv1.3": ssl.TLSVersion.TLSv1_3}
_ISSUES_CERTIFICATES = x509.KeyUsage(
    digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
    key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
)  # fmt: skip
_PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class Certificates:
    """The fleet's own certificate, and factory-like ones for the phones that ask for it."""

    def __init__(self, hosts: list[str]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="vvx-simulator-")
        folder = Path(self._folder.name)
        authority = trustme.CA(organization_name="VVX simulator", key_type=trustme.KeyType.ECDSA)
        self.ca_path = str(folder / "ca.pem")
        authority.cert_pem.write_to_path(self.ca_path)
        addresses = ["127.0.0.1", *(hosts if len(hosts) <= MOST_ADDRESSES else [])]
        leaf = authority.issue_cert(*dict.fromkeys([*addresses, "localhost"]), key_type=trustme.KeyType.ECDSA)
        self._fleet = _context("TLSv1.3")
        leaf.configure_cert(self._fleet)
        self._factory = _FactoryRoot(folder)
        self.factory_ca_path = self._factory.path
        self._contexts: dict[str, ssl.SSLContext] = {}

    def context(self, phone: Phone) -> ssl.SSLContext:
        spec = phone.spec
        if spec.certificate == "fleet" and spec.tls_max == "TLSv1.3":
            return self._fleet
        context = self._contexts.get(phone.mac)
        if context is None:
            context = self._contexts[phone.mac] = self._factory.context(
                phone.mac, phone.host, spec.certificate, spec.tls_max
            )
        return context

    def close(self) -> None:
        self._folder.cleanup()


class _FactoryRoot:
    """A private root as the vendor has one: CN is the MAC in capitals, O is Polycom, no SAN (factory certificates)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name("VVX simulator root")
        self._certificate = _certificate(self._name, self._key.public_key(), self._name, self._key, authority=True)
        self.path = str(folder / "factory-ca.pem")
        Path(self.path).write_bytes(self._certificate.public_bytes(serialization.Encoding.PEM))

    def context(self, mac: str, host: str, certificate: str, tls_max: str) -> ssl.SSLContext:
        weak = tls_max == "TLSv1"
        key: _PrivateKey = rsa.generate_private_key(65537, 1024) if weak else ec.generate_private_key(ec.SECP256R1())
        subject = _name(mac.upper())
        issued = _certificate(
            subject, key.public_key(), self._name, self._key,
            expired=certificate == "expired", host=host if certificate == "fleet" else "",
        )  # fmt: skip
        path = self._folder / f"{mac}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.TraditionalOpenSSL,
                serialization.NoEncryption(),
            )
            + issued.public_bytes(serialization.Encoding.PEM)
        )
        context = _context(tls_max)
        context.load_cert_chain(path)
        return context


def _name(common_name: str) -> x509.Name:
    return x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Polycom"),
        x509.NameAttribute(NameOID.COMMON_NAME, common_name),
    ])  # fmt: skip


def _certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    authority: bool = False,
    expired: bool = False,
    host: str = "",
) -> x509.Certificate:
    now = datetime.datetime.now(datetime.timezone.utc)
    start, end = (-400, -35) if expired else (-1, 7000)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + datetime.timedelta(days=start))
        .not_valid_after(now + datetime.timedelta(days=end))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if authority:
        builder = builder.add_extension(_ISSUES_CERTIFICATES, critical=True)
    if host:
        address = x509.IPAddress(ipaddress.ip_address(host))
        builder = builder.add_extension(x509.SubjectAlternativeName([address]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _context(tls_max: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if tls_max == "TLSv1":
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    else:
        context.maximum_version = _VERSIONS[tls_max]
    return context
