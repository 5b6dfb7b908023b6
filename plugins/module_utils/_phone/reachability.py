# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check a phone from outside, without logging in: its name in DNS, its TCP port, its certificate."""

from __future__ import annotations

import socket
from dataclasses import replace

from .._certificates import Certificate, read
from . import bounds, tls

unreachable = bounds.unreachable


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


def _dial(host: str, port: int, timeout: float) -> socket.socket:
    return bounds.dial(bounds.resolve(host, port), timeout)
