# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS as phones use it: private root certificates, the MAC address as common name, old protocol versions.

All connections with the same settings share one ``ssl.SSLContext``: loading the system's certificates for each
connection costs ten times more than the requests themselves.
"""

from __future__ import annotations

import errno
import functools
import os
import ssl
import stat
from dataclasses import dataclass

from .._text import clean
from .bounds import TlsSocket
from .errors import SettingsError, TlsFailed

VERSIONS = {
    "1.0": ssl.TLSVersion.TLSv1,
    "1.1": ssl.TLSVersion.TLSv1_1,
    "1.2": ssl.TLSVersion.TLSv1_2,
    "1.3": ssl.TLSVersion.TLSv1_3,
}


@dataclass(frozen=True)
class TlsSettings:
    """How to check the phone's certificate. ``fingerprint`` (SHA-256, hexadecimal) replaces the check of the chain."""

    validate_certs: bool = True
    ca_path: str | None = None
    verify_hostname: str = "name"
    fingerprint: str | None = None
    tls_min_version: str = "1.2"
    ciphers: str | None = None

    @property
    def checks_chain(self) -> bool:
        return self.validate_certs and not self.fingerprint


@functools.lru_cache(maxsize=32)
def context(settings: TlsSettings) -> ssl.SSLContext:
    """Return the shared context for these settings. Raises SettingsError for an unusable ca_path or cipher list."""
    result = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    result.sslsocket_class = TlsSocket
    result.check_hostname = settings.checks_chain and settings.verify_hostname == "name"
    result.verify_mode = ssl.CERT_REQUIRED if settings.checks_chain else ssl.CERT_NONE
    minimum = VERSIONS[settings.tls_min_version]
    result.minimum_version = minimum
    if minimum < ssl.TLSVersion.TLSv1_2:
        # OpenSSL 3 refuses TLS 1.0 and 1.1 and their short keys unless its security level is lowered.
        result.set_ciphers("DEFAULT:@SECLEVEL=0")
        result.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    if settings.ciphers:
        try:
            result.set_ciphers(settings.ciphers)
        except ssl.SSLError as exc:
            raise SettingsError(
                f"OpenSSL does not know any of the ciphers {settings.ciphers!r}.", remedy="Correct ansible_vvx_ciphers."
            ) from exc
    if settings.checks_chain:
        _load_authorities(result, settings.ca_path)
    return result


def _load_authorities(result: ssl.SSLContext, ca_path: str | None) -> None:
    if not ca_path:
        result.load_default_certs(ssl.Purpose.SERVER_AUTH)
        return
    path = os.path.expanduser(ca_path)
    try:
        if os.path.isdir(path):
            result.load_verify_locations(capath=path)
        elif not stat.S_ISREG(os.stat(path).st_mode):  # OpenSSL would wait for a pipe, and read a device for ever
            raise OSError(errno.EINVAL, "is no regular file")
        else:
            result.load_verify_locations(cafile=path)
    except OSError as exc:
        reason = (
            "does not contain a certificate in PEM format"
            if isinstance(exc, ssl.SSLError)
            else (exc.strerror or "can't be read")
        )
        raise SettingsError(
            f"ansible_vvx_ca_path {ca_path}: {reason}.",
            remedy="Set it to a PEM file, or to a folder prepared with 'openssl rehash', where this task runs.",
        ) from exc


_FAILURES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("ingerprint",),
        "the fingerprint of the certificate does not match",
        "If the certificate was replaced on purpose, set ansible_vvx_fingerprint to the new SHA-256. Otherwise find "
        "out who answers at this address.",
    ),
    (
        ("certificate has expired", "certificate is not yet valid"),
        "the certificate is expired or not yet valid",
        "Check this computer's clock and the certificate's dates; replace the certificate, or pin it with "
        "ansible_vvx_fingerprint.",
    ),
    (
        ("Hostname mismatch", "IP address mismatch", "doesn't match", "match either"),
        "the certificate is for another name",
        "Factory certificates contain the MAC address, not the host name: set ansible_vvx_verify_hostname to "
        "mac (and ansible_vvx_mac to the phone's), or to none.",
    ),
    (
        (
            "self-signed",
            "self signed",
            "unable to get local issuer",
            "unable to get issuer",
            "unable to verify the first",
        ),
        "this computer does not trust the authority that signed the certificate",
        "Set ansible_vvx_ca_path to the authority's certificate (for factory certificates: Polycom's root), or pin the "
        "phone with ansible_vvx_fingerprint. ansible_vvx_validate_certs: false turns the check off.",
    ),
    (
        (
            "WRONG_VERSION_NUMBER",
            "wrong version number",
            "HTTP_REQUEST",
            "UNEXPECTED_MESSAGE",
            "RECORD_LAYER_FAILURE",
            "record layer failure",
        ),
        "the server on this port does not speak TLS",
        "Check the port. For a phone that serves plain HTTP, set ansible_vvx_use_ssl: false.",
    ),
    (
        ("PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "unsupported protocol", "protocol version"),
        "only older TLS versions are supported there",
        "Set ansible_vvx_tls_min_version: '1.0' for this phone, or update its firmware.",
    ),
    (
        (
            "KEY_TOO_SMALL",
            "MD_TOO_WEAK",
            "HANDSHAKE_FAILURE",
            "NO_CIPHERS",
            "NO_SHARED_CIPHER",
            "handshake failure",
            "key too small",
            "UNSAFE_LEGACY",
        ),
        "key, signature or ciphers are too weak for this OpenSSL",
        "Set ansible_vvx_tls_min_version: '1.0', or ansible_vvx_ciphers: 'DEFAULT:@SECLEVEL=0', for this phone, or "
        "update its firmware.",
    ),
)


def explain(error: BaseException, endpoint: str) -> TlsFailed:
    """Turn a TLS failure of requests, urllib3 or ssl into an error that names the variable that helps."""
    text = str(error)
    for marks, reason, remedy in _FAILURES:
        if any(mark in text for mark in marks):
            return TlsFailed(f"no TLS connection: {reason}.", endpoint=endpoint, remedy=remedy)
    detail = clean(text.rsplit("(_ssl", 1)[0].rsplit("SSLError(", 1)[-1].strip(" ('\""))
    return TlsFailed(
        f"no TLS connection: {detail}.",
        endpoint=endpoint,
        remedy="See ansible_vvx_ca_path, ansible_vvx_verify_hostname, ansible_vvx_fingerprint, "
        "ansible_vvx_tls_min_version and ansible_vvx_ciphers.",
    )
