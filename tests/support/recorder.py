# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A TLS server that is not a phone, and records whatever is sent to it."""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass
class Recorder:
    """``received``: for each connection over TLS, what was then sent. ``ca_path``: its own certificate, to trust."""

    host: str
    port: int
    ca_path: str
    received: list[bytes] = field(default_factory=list)


@contextlib.contextmanager
def recording(
    folder: Path, common_name: str | None, host: str = "127.78.0.1", port: int = 0, reply: bytes = b""
) -> Iterator[Recorder]:
    """A server that answers ``reply``. Its certificate has ``common_name`` (None: none) and its address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    path = folder / f"recorder-{host}.pem"
    path.write_bytes(_certificate(common_name, host))
    context.load_cert_chain(path)
    listening = socket.create_server((host, port))
    recorder = Recorder(host, listening.getsockname()[1], str(path))
    thread = threading.Thread(target=_serve, args=(listening, context, recorder, reply), daemon=True)
    thread.start()
    try:
        yield recorder
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(10)


def _serve(listening: socket.socket, context: ssl.SSLContext, recorder: Recorder, reply: bytes) -> None:
    while True:
        try:
            connection, _address = listening.accept()
        except OSError:
            return
        with contextlib.suppress(OSError), connection:
            connection.settimeout(5)
            with context.wrap_socket(connection, server_side=True) as secured:
                received = b""
                with contextlib.suppress(OSError):
                    while b"\r\n\r\n" not in received and (part := secured.recv(65536)):
                        received += part
                recorder.received.append(received)
                if received:
                    secured.sendall(reply)


def _certificate(common_name: str | None, host: str) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)] if common_name else [])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), critical=common_name is None
        )
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)
