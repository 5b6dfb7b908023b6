# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One listening socket for many phones: who is meant is decided before a byte is read."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import Callable
from functools import partial

from .phone import Phone
from .server import PhoneServer, serve

BACKLOG = 4096
_ACCEPT_AT_ONCE = 256
_RESET = struct.pack("ii", 1, 0)

FindPhone = Callable[[str], Phone | None]
FindContext = Callable[[Phone], ssl.SSLContext | None]


def bind(host: str, port: int) -> socket.socket:
    """A bound TCP socket; port 0 lets the system choose."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
    except (OSError, OverflowError):
        sock.close()
        raise
    return sock


class Listener:
    """Accepts connections and hands each to the phone that has its local address.

    A connection to an address without a phone, to an offline phone or to one that is down is reset before any
    byte goes, TLS or other: that is as near to a closed port as an accepted connection gets.
    """

    def __init__(self, sock: socket.socket, find_phone: FindPhone, find_context: FindContext) -> None:
        self._sock = sock
        self._find_phone = find_phone
        self._find_context = find_context
        self._handshakes: set[asyncio.Task[None]] = set()
        sock.setblocking(False)
        sock.listen(BACKLOG)
        self.port: int = sock.getsockname()[1]
        asyncio.get_running_loop().add_reader(sock.fileno(), self._accept)

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._sock.fileno())
        self._sock.close()
        for handshake in self._handshakes:
            handshake.cancel()

    def _accept(self) -> None:
        for _each in range(_ACCEPT_AT_ONCE):
            try:
                connection, _peer = self._sock.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            connection.setblocking(False)
            address: str = connection.getsockname()[0]
            phone = self._find_phone(address) if address.startswith("127.") else None
            if phone is None or not phone.reachable:
                _reset(connection)
                continue
            handshake = asyncio.ensure_future(self._connect(connection, phone))
            self._handshakes.add(handshake)
            handshake.add_done_callback(self._handshakes.discard)

    async def _connect(self, connection: socket.socket, phone: Phone) -> None:
        if phone.server is None:
            phone.server = PhoneServer(partial(serve, phone), access_log=None, keepalive_timeout=60)
        loop, context = asyncio.get_running_loop(), self._find_context(phone)
        if context is not None and phone.switches.handshake_seconds:
            await asyncio.sleep(phone.switches.handshake_seconds)
            if not phone.reachable:
                _reset(connection)
                return
        try:
            await loop.connect_accepted_socket(phone.server, connection, ssl=context)
        except (OSError, ssl.SSLError):
            connection.close()  # The client broke off the handshake.


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    connection.close()
