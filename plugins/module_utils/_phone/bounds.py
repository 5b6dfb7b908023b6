# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bounds of what a phone may cost: the time until its last byte, the bytes, and the time that a name takes.

A time limit of a socket starts anew with each byte, so a phone that sends slowly enough would never reach it. The
sockets here ask before each wait how much time is left of the whole exchange.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from typing import Any

from .errors import PhoneTimeout, ProtocolError, Unreachable

LARGEST_HEADER = 64 * 1024
"""Bytes of a reply's header, with all interim replies before it. Phones send about 300."""
LARGEST_REPLY = 4 * 1024 * 1024
"""Bytes of a reply's body. The largest known one, the XML of the screen, has about 100 KB."""
LONGEST_LOOKUP = 10.0
"""Seconds to look up a name. A resolver asks its second server after 5."""
HANDSHAKE = 3.0
"""Seconds that a TLS handshake may take even if connecting may take fewer. A phone takes about one."""

UNRESOLVED = "Correct the name in DNS or in the inventory, or set ansible_host to the phone's address."
_REFUSED = (
    "There is a computer at this address, but nothing listens on this port. Check address, port and "
    "ansible_vvx_use_ssl, and that the phone is not just starting; its web server may be off (httpd.enabled)."
)


class Bounds:
    """What one exchange may take. It lasts for one conversation and begins anew with each exchange. ``largest``: bytes
    of a reply's body."""

    def __init__(self, largest: int = LARGEST_REPLY) -> None:
        self._largest = largest
        self.begin("", 0.0)

    def begin(self, endpoint: str, seconds: float) -> None:
        """Start the time of one exchange."""
        self.endpoint = endpoint
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._most = LARGEST_HEADER
        self._received = 0
        self._in_body = False

    def extend(self, seconds: float) -> None:
        """Allow this much more: for what is bounded apart."""
        self._deadline += seconds

    def body(self) -> None:
        """From now on the body of the reply comes in. The sizes of small chunks may take as much as what is in them."""
        self._in_body = True
        self._most = LARGEST_HEADER + 2 * self._largest

    def left(self) -> float:
        """Return the seconds that are left, more than 0. Raises PhoneTimeout if there are none."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise self.overdue()
        return left

    def overdue(self) -> PhoneTimeout:
        """Return the error that says what was waited for."""
        seconds = f"{self._seconds:g} s"
        if self._in_body:
            message = f"the reply was not complete after {seconds}."
        elif self._received:
            message = f"the header of the reply was not complete after {seconds}."
        else:
            message = f"connected, but no reply within {seconds}."
        return PhoneTimeout(message, endpoint=self.endpoint)

    def count(self, size: int) -> None:
        """Count bytes that came in. Raises ProtocolError if there are too many."""
        self._received += size
        if self._received > self._most:
            raise self.too_large()

    def too_large(self) -> ProtocolError:
        """Return the error that says what was too large."""
        what, most = ("reply", self._largest) if self._in_body else ("header of the reply", LARGEST_HEADER)
        return ProtocolError(f"the {what} is larger than {most} bytes.", endpoint=self.endpoint)


class _Bounded:
    """The waits of a socket, within ``bounds`` if there are any."""

    bounds: Bounds | None = None

    def recv_into(self: Any, *arguments: Any) -> int:
        if self.bounds is None:
            return super().recv_into(*arguments)  # type: ignore[misc, no-any-return]
        self.settimeout(self.bounds.left())
        try:
            size: int = super().recv_into(*arguments)  # type: ignore[misc]
        except TimeoutError:
            raise self.bounds.overdue() from None
        self.bounds.count(size)
        return size


class PlainSocket(_Bounded, socket.socket):
    """A TCP socket. Sends all within what is left of the bounds, too."""

    def sendall(self, *arguments: Any) -> None:
        if self.bounds is None:
            return super().sendall(*arguments)
        self.settimeout(self.bounds.left())
        try:
            super().sendall(*arguments)
        except TimeoutError:
            raise self.bounds.overdue() from None


class TlsSocket(_Bounded, ssl.SSLSocket):
    """A TLS socket; its ``sendall`` sends in pieces. A handshake is bounded by the socket's time limit as a whole."""

    def recv(self, *arguments: Any) -> bytes:
        try:
            return super().recv(*arguments)
        except ConnectionError:
            # The connection was reset before the handshake: the ssl module reads once, and leaves the socket open.
            self.close()
            raise

    def send(self, *arguments: Any) -> int:
        if self.bounds is None:
            return super().send(*arguments)
        self.settimeout(self.bounds.left())
        try:
            return super().send(*arguments)
        except TimeoutError:
            raise self.bounds.overdue() from None


def resolve(host: str, port: int | None) -> list[Any]:
    """Return what ``socket.getaddrinfo`` knows of a host, in ``LONGEST_LOOKUP``. Raises OSError if that is nothing."""
    with contextlib.suppress(socket.gaierror, UnicodeError):
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    found: list[list[Any] | Exception] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except Exception as error:
            found.append(error)

    # Nothing else ends a lookup early: name servers that do not answer hold it for a minute or more.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(LONGEST_LOOKUP)
    if not found:
        raise socket.gaierror(socket.EAI_AGAIN, f"no answer from the name servers in {LONGEST_LOOKUP:g} s")
    answer = found[0]
    if isinstance(answer, UnicodeError):  # a name that DNS can't hold, such as one of 80 letters
        raise OSError("not a valid name") from answer
    if isinstance(answer, Exception):
        raise answer
    return answer


def dial(found: Sequence[Any], seconds: float) -> PlainSocket:
    """Open a TCP connection to the first address that answers, of those that ``resolve`` found. Raises OSError.

    ``seconds``: for all addresses together.
    """
    deadline = time.monotonic() + seconds
    failure: OSError = OSError("the name has no address")
    for tried, (family, kind, protocol, _name, address) in enumerate(found):
        opened = PlainSocket(family, kind, protocol)
        try:
            opened.settimeout(max(0.001, (deadline - time.monotonic()) / (len(found) - tried)))
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened.connect(address)
            return opened
        except OSError as error:
            opened.close()
            failure = error
        except BaseException:
            opened.close()
            raise
    raise failure


def unreachable(error: OSError, endpoint: str | None = None) -> Unreachable:
    """The error for a connection that could not be made, with a remedy for what happened and nothing else."""
    if isinstance(error, socket.gaierror):
        why = f" ({reason(error)})" if error.errno == socket.EAI_AGAIN else ""
        return Unreachable(f"the name can't be resolved{why}.", endpoint=endpoint, remedy=UNRESOLVED)
    remedy = _REFUSED if isinstance(error, ConnectionRefusedError) else None
    if error.errno is None and not isinstance(error, TimeoutError):  # no error of a connection, but of the name
        remedy = UNRESOLVED
    return Unreachable(f"{reason(error)}.", endpoint=endpoint, remedy=remedy)


def reason(error: OSError) -> str:
    """Say in a few words why a connection failed."""
    if isinstance(error, TimeoutError):
        return "no answer to the connection attempt"
    return (error.strerror or str(error)).lower()
