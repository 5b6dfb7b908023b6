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
from .spec import PhoneSpec

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
        self._authority = authority
        self._path = folder
        self._roots = {"": _Root(folder, "VVX simulator root", "factory-ca.pem")}
        self.factory_ca_path = self._roots[""].path
        self._contexts: dict[tuple[str, ...], ssl.SSLContext] = {}

    def ca_of(self, issuer: str) -> str:
        """PEM file of the root by that common name; "" for the one of factory-like certificates."""
        return self._root(issuer).path

    def context(self, phone: Phone) -> ssl.SSLContext:
        spec = phone.spec
        of_fleet = spec.certificate == "fleet" and spec.tls_max == "TLSv1.3" and not spec.issuer
        if of_fleet and not (spec.subject or spec.not_before or spec.not_after):
            return self._fleet
        key = (
            phone.mac, spec.certificate, spec.tls_max, spec.subject, spec.issuer, spec.not_before, spec.not_after,
        )  # fmt: skip
        context = self._contexts.get(key)
        if context is None:
            context = self._contexts[key] = (
                self._of_fleet(phone) if of_fleet else self._root(spec.issuer).context(phone)
            )
        return context

    def _of_fleet(self, phone: Phone) -> ssl.SSLContext:
        start, end = _validity(phone.spec)
        leaf = self._authority.issue_cert(
            phone.host, common_name=phone.spec.subject or None, not_before=start, not_after=end,
            key_type=trustme.KeyType.ECDSA,
        )  # fmt: skip
        context = _context("TLSv1.3")
        leaf.configure_cert(context)
        return context

    def _root(self, issuer: str) -> _Root:
        if issuer not in self._roots:
            self._roots[issuer] = _Root(self._path, issuer, f"root-{len(self._roots)}.pem")
        return self._roots[issuer]

    def close(self) -> None:
        self._folder.cleanup()


class _Root:
    """A private root as the vendor has one: CN is the MAC in capitals, O is Polycom, no SAN (factory certificates)."""

    def __init__(self, folder: Path, common_name: str, file: str) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(common_name)
        self._certificate = _certificate(self._name, self._key.public_key(), self._name, self._key)
        self.path = str(folder / file)
        Path(self.path).write_bytes(self._certificate.public_bytes(serialization.Encoding.PEM))

    def context(self, phone: Phone) -> ssl.SSLContext:
        spec = phone.spec
        weak = spec.tls_max == "TLSv1"
        key: _PrivateKey = rsa.generate_private_key(65537, 1024) if weak else ec.generate_private_key(ec.SECP256R1())
        issued = _certificate(
            _name(spec.subject or phone.mac.upper()), key.public_key(), self._name, self._key,
            validity=_validity(spec), host=phone.host if spec.certificate == "fleet" else None,
        )  # fmt: skip
        path = self._folder / f"{phone.mac}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.TraditionalOpenSSL,
                serialization.NoEncryption(),
            )
            + issued.public_bytes(serialization.Encoding.PEM)
        )
        context = _context(spec.tls_max)
        context.load_cert_chain(path)
        return context


def _validity(spec: PhoneSpec) -> tuple[datetime.datetime, datetime.datetime]:
    start, end = ("-400", "-35") if spec.certificate == "expired" or spec.not_after else ("-1", "7000")
    return _moment(spec.not_before or start), _moment(spec.not_after or end)


def _moment(text: str) -> datetime.datetime:
    """A date, or days from now."""
    now = datetime.datetime.now(datetime.timezone.utc)
    try:
        return now + datetime.timedelta(days=float(text))
    except ValueError:
        return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.timezone.utc)


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
    validity: tuple[datetime.datetime, datetime.datetime] | None = None,
    host: str | None = None,
) -> x509.Certificate:
    """A certificate with that validity, or that of a root."""
    authority = validity is None
    start, end = validity or (_moment("-1"), _moment("7300"))
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
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
