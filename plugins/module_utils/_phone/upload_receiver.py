# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A web server that runs while a phone uploads one file.

It accepts one file by HTTP PUT, under a path that nobody can guess, up to a size limit, and keeps it in memory.
"""

from __future__ import annotations

import contextlib
import errno
import hmac
import http.server
import secrets
import socket
import socketserver
import threading
from collections.abc import Iterator
from typing import Any

from .bounds import resolve
from .errors import NothingReceived, PhoneError, SettingsError, TooLarge

_SLOWEST = 30.0
"""Seconds without data after which an upload is closed."""
_MOST_AT_ONCE = 32
"""Connections that are served at a time; others are closed."""


class Receiver:
    """Waits for one file. ``url``: where the phone must send it."""

    def __init__(self, address: str, server: _Server) -> None:
        self._server = server
        shown = f"[{address}]" if ":" in address else address
        self.url = f"http://{shown}:{server.server_port}{server.path}"

    def content(self, timeout: float, otherwise: PhoneError | None = None) -> bytes:
        """Return the file. Raises NothingReceived or ``otherwise`` after ``timeout`` seconds, and TooLarge."""
        arrived = self._server.arrived.wait(timeout)
        if self._server.too_large:
            raise TooLarge(
                f"the file that the phone sent is larger than {self._server.limit} bytes.",
                remedy="Raise max_size.",
            )
        if not arrived or self._server.content is None:
            if otherwise is not None:
                raise otherwise
            seen = " Something else arrived: under a wrong path, or incomplete." if self._server.strays else ""
            raise NothingReceived(
                f"the phone accepted the order, but no file arrived at {self.url} within {timeout:g} s.{seen}"
            )
        return self._server.content


@contextlib.contextmanager
def receiver(host: str, address: str | None, port: int, limit: int, suffix: str) -> Iterator[Receiver]:
    """Receive a file from the phone ``host`` while the context lasts.

    ``address``: where the phone sends it; by default the address from which this computer reaches the phone.
    ``port``: 0 for any free one. ``limit``: bytes. ``suffix``: the end of the file's name in the URL.
    Raises SettingsError if the port is not available.
    """
    own = address or own_address(host)
    path = f"/{secrets.token_urlsafe(24)}{suffix}"
    try:
        # The phone may need an address that is not this computer's own (NAT): then listen on all.
        server = _listen(own, port, path, limit) or _listen("::" if ":" in own else "", port, path, limit)
    except OSError as error:
        raise SettingsError(
            f"can't receive a file on port {port}: {error.strerror}.",
            remedy="Choose another receiver_port, or 0.",
        ) from error
    if server is None:
        raise SettingsError(f"can't receive a file on the address {own!r}.", remedy="Correct receiver_address.")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Receiver(own, server)
    finally:
        server.shutdown()
        server.server_close()
        server.hang_up()
        thread.join()


def own_address(host: str) -> str:
    """Return the address from which this computer reaches a host; sends nothing. Raises SettingsError if none does."""
    try:
        family, _kind, _protocol, _name, address = resolve(host, 9)[0]
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect(address)
            return str(probe.getsockname()[0])
    except OSError as error:
        raise SettingsError(
            f"there is no route to the phone: {error.strerror}.",
            remedy="Check the address, or set receiver_address.",
        ) from error


def _listen(address: str, port: int, path: str, limit: int) -> _Server | None:
    """Return a server on this address, or None if the address is not local. Raises OSError if the port is taken."""
    try:
        family = resolve(address or "0.0.0.0", port)[0][0]
        return _Server(family, (address, port), path, limit)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            return None
        raise


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, family: socket.AddressFamily, address: tuple[str, int], path: str, limit: int) -> None:
        self.address_family = family
        self.path = path
        self.limit = limit
        self.content: bytes | None = None
        self.too_large = False
        self.strays = 0
        self.arrived = threading.Event()
        self._one = threading.Lock()
        self._open: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Bind without looking up the host name as the base class does, which may take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def take(self, content: bytes) -> bool:
        """Keep the file if it is the first."""
        with self._one:
            if self.content is not None:
                return False
            self.content = content
            self.arrived.set()
            return True

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection in a thread of its own."""
        with self._one:
            crowded = len(self._open) >= _MOST_AT_ONCE
            if not crowded:
                self._open.add(request)
        if crowded:
            self.shutdown_request(request)
        else:
            super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        self.heard(request)
        super().shutdown_request(request)

    def heard(self, connection: socket.socket) -> None:
        """Note that nothing more is expected from a connection: its answer may take as long as it needs."""
        with self._one:
            self._open.discard(connection)

    def hang_up(self) -> None:
        """Close the connections that have not sent all, however slowly they do."""
        with self._one:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Count a broken connection as a stray; print nothing into Ansible's output."""
        self.strays += 1


class _TooLarge(Exception):
    """The file exceeds the limit."""


class _Handler(http.server.BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"  # answers "Expect: 100-continue"
    timeout = _SLOWEST

    def do_PUT(self) -> None:
        self.close_connection = True
        if not hmac.compare_digest(self.path.encode(), self.server.path.encode()):
            self.server.strays += 1
            self.send_error(404)
            return
        try:
            content = self._body()
        except _TooLarge:
            self.server.too_large = True
            self.server.arrived.set()
            self.send_error(413)
            return
        except ValueError:
            self.server.strays += 1
            self.send_error(400)
            return
        self.server.heard(self.connection)
        self.send_response(201 if self.server.take(content) else 409)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_PUT

    def _body(self) -> bytes:
        """Read the body. Raises _TooLarge, and ValueError if it is incomplete."""
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return self._chunks()
        length = int(self.headers.get("Content-Length", ""))
        return self._read(length, 0)

    def _chunks(self) -> bytes:
        content = bytearray()
        while True:
            length = int(self.rfile.readline(100).partition(b";")[0], 16)
            if length == 0:
                return bytes(content)
            content += self._read(length, len(content))
            if self.rfile.readline(3) != b"\r\n":
                raise ValueError("torn chunk")

    def _read(self, length: int, before: int) -> bytes:
        if length < 0:
            raise ValueError("negative length")
        if before + length > self.server.limit:
            raise _TooLarge
        content = self.rfile.read(length)
        if len(content) < length:
            raise ValueError("torn body")
        return content

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing into Ansible's output."""
