# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that no phone should be: slow, endless, torn and lying ones, on loopback; and a generator of more of them."""

from __future__ import annotations

import contextlib
import gzip
import json
import random
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

PAUSE = 0.02
"""Seconds between the bytes of a slow server: often enough that no time limit of a single wait is ever reached."""
Outcome = TypeVar("Outcome")


class Line:
    """One connection, as the server sees it. Any of its methods raises OSError when the client or the test goes."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection

    def hear(self) -> bytes:
        """Read one request, at most 1 MB."""
        heard = b""
        while b"\r\n\r\n" not in heard:
            heard += self._more()
        header, _end, body = heard.partition(b"\r\n\r\n")
        for field_ in header.lower().split(b"\r\n"):
            if field_.startswith(b"content-length:"):
                while len(body) < int(field_.partition(b":")[2]):
                    body += self._more()
        return header

    def say(self, *parts: bytes) -> None:
        self.connection.sendall(b"".join(parts))

    def drip(self, *parts: bytes, pause: float = PAUSE) -> None:
        for byte in b"".join(parts):
            self.say(bytes([byte]))
            time.sleep(pause)

    def forever(self, part: bytes, pause: float = 0.0) -> None:
        while True:
            self.say(part)
            if pause:
                time.sleep(pause)

    def wait(self) -> None:
        """Say nothing until the client goes."""
        self._more()

    def reset(self) -> None:
        """Break the connection."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _more(self) -> bytes:
        received = self.connection.recv(65536)
        if not received:
            raise OSError("the client went")
        return received


Script = Callable[[Line], None]
"""What a server does on each connection. It closes the connection when it returns."""


@dataclass
class Server:
    host: str
    port: int
    heard: list[bytes] = field(default_factory=list)


@contextlib.contextmanager
def misbehaving(
    script: Script, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
) -> Iterator[Server]:
    """Run a server. All its connections end with the context."""
    connections: list[socket.socket] = []
    listener = socket.create_server((host, port), backlog=64)
    listener.settimeout(0.02)
    ended = threading.Event()

    def serve(connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), contextlib.closing(connection):
            secured = tls.wrap_socket(connection, server_side=True) if tls else connection
            connections.append(secured)
            with contextlib.closing(secured):
                script(Line(secured))

    def accept() -> None:
        while not ended.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _peer = listener.accept()
                connection.settimeout(30)
                connections.append(connection)
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield Server(host, listener.getsockname()[1])
    finally:
        ended.set()
        thread.join()
        listener.close()
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()


def within(seconds: float, work: Callable[[], Outcome]) -> Outcome:
    """Do the work, and fail if it does not end: a hang must not hold up all tests."""
    results: list[Outcome] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    assert not thread.is_alive(), f"not over after {seconds:g} s"
    if failures:
        raise failures[0]
    return results[0]


# -- what is said

BODY = json.dumps({"Status": "2000", "data": {"MACAddress": "0004f2aabbcc", "ModelNumber": "VVX 411"}}).encode()
OK = b"HTTP/1.1 200 OK\r\n"
JSON = b"Content-Type: application/json\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
END = b"\r\n"


def length(size: int) -> bytes:
    return b"Content-Length: %d\r\n" % size


def whole(body: bytes = BODY, *headers: bytes, start: bytes = OK) -> bytes:
    """A whole reply."""
    return b"".join([start, JSON, *headers, length(len(body)), END, body])


def chunk(part: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(part), part)


def bomb(levels: int = 2) -> bytes:
    """A few KB that decode to 64 MB and more, with one level less."""
    content = zlib.compress(bytes(1 << 20), 9) if levels == 0 else gzip.compress(bytes(1 << 26), 9)
    for _each in range(levels - 1):
        content = gzip.compress(content, 9)
    return content


def after_request(*steps: Callable[[Line], Any]) -> Script:
    """A server that hears one request, then does these steps."""

    def script(line: Line) -> None:
        line.hear()
        for step in steps:
            step(line)

    return script


def say(*parts: bytes) -> Callable[[Line], None]:
    return lambda line: line.say(*parts)


def drip(*parts: bytes) -> Callable[[Line], None]:
    return lambda line: line.drip(*parts)


def forever(part: bytes, pause: float = 0.0) -> Callable[[Line], None]:
    return lambda line: line.forever(part, pause)


def wait(line: Line) -> None:
    line.wait()


def again_and_again(reply: bytes) -> Script:
    """A server that answers every request of a connection alike."""

    def script(line: Line) -> None:
        while True:
            line.hear()
            line.say(reply)

    return script


SLOW = "timeout"
LARGE = "protocol"
SLOW_OR_LARGE = "timeout or protocol"
GONE = "connection_lost"

BEHAVIORS: dict[str, tuple[Script, str | None]] = {
    "says nothing": (after_request(wait), SLOW),
    "never hears": (lambda line: time.sleep(30), SLOW),
    "interim replies, slowly": (after_request(forever(b"HTTP/1.1 100 Continue\r\n\r\n", PAUSE)), SLOW),
    "interim replies, fast": (after_request(forever(b"HTTP/1.1 100 Continue\r\n\r\n")), LARGE),
    "interim replies with headers": (
        after_request(forever(b"HTTP/1.1 100 Continue\r\nA: 1\r\nB: 2\r\n\r\n", PAUSE)),
        SLOW,
    ),
    "interim reply of another kind": (after_request(say(b"HTTP/1.1 103 Early Hints\r\n\r\n", whole())), "protocol"),
    "one interim reply": (after_request(say(b"HTTP/1.1 100 Continue\r\n\r\n", whole())), None),
    "status line, slowly": (after_request(drip(b"HTTP/1.1 200 " + b"O" * 60000)), SLOW),
    "header, slowly": (after_request(say(OK), drip(b"X-Slow: " + b"x" * 60000)), SLOW),
    "headers, slowly": (after_request(say(OK), forever(b"X: y\r\n", PAUSE)), SLOW),
    "headers, fast": (after_request(say(OK), forever(b"X: y\r\n")), LARGE),
    "long header": (after_request(say(OK), forever(b"x" * 1000)), LARGE),
    "header folded without end": (after_request(say(OK, b"X: y\r\n"), forever(b" \t \r\n")), LARGE),
    "length, slowly": (after_request(say(OK, CHUNKED, END), drip(b"0" * 60000)), SLOW),
    "length without end": (after_request(say(OK, CHUNKED, END), forever(b"0" * 1000)), LARGE),
    "chunk extension, slowly": (after_request(say(OK, CHUNKED, END, b"5;x="), drip(b"y" * 60000)), SLOW),
    "chunks, slowly": (after_request(say(OK, CHUNKED, END), forever(chunk(b" "), PAUSE)), SLOW),
    "chunks of one byte, fast": (after_request(say(OK, CHUNKED, END), forever(chunk(b" ") * 1000)), SLOW_OR_LARGE),
    "negative chunk": (after_request(say(OK, CHUNKED, END, b"-5\r\n" + BODY)), None),
    "chunk without a size": (after_request(say(OK, CHUNKED, END, b"\r\n\r\n" + BODY)), GONE),
    "trailers, slowly": (
        after_request(say(OK, CHUNKED, END, chunk(BODY), b"0\r\n"), forever(b"X: y\r\n", PAUSE)),
        SLOW,
    ),
    "trailer, slowly": (after_request(say(OK, CHUNKED, END, chunk(BODY), b"0\r\n"), drip(b"X" * 60000)), SLOW),
    "trailers, fast": (
        after_request(say(OK, CHUNKED, END, chunk(BODY), b"0\r\n"), forever(b"X: y\r\n" * 999)),
        SLOW_OR_LARGE,
    ),
    "body, slowly": (after_request(say(OK, length(60000), END), drip(b" " * 60000)), SLOW),
    "body without a length, slowly": (after_request(say(OK, END), drip(b" " * 60000)), SLOW),
    "body without an end": (after_request(say(OK, END), forever(b" " * 65536)), LARGE),
    "body that never comes": (after_request(say(OK, length(10**15), END), wait), SLOW),
    "body that stops": (after_request(say(OK, length(1000), END, BODY), wait), SLOW),
    "body cut off": (after_request(say(OK, length(1000), END, BODY)), GONE),
    "body reset": (after_request(say(OK, length(1000), END, BODY), Line.reset), GONE),
    "gzip that yields nothing": (
        after_request(
            say(OK, b"Content-Encoding: gzip\r\n", CHUNKED, END, chunk(gzip.compress(b"")[:10])),
            forever(chunk(b"\0\0\0\xff\xff"), PAUSE),
        ),
        "protocol",
    ),
    "gzip": (after_request(say(whole(gzip.compress(BODY), b"Content-Encoding: gzip\r\n"))), "protocol"),
    "gzip of gzip": (after_request(say(whole(bomb(3), b"Content-Encoding: gzip, gzip, gzip\r\n"))), "protocol"),
    "deflate": (after_request(say(whole(bomb(0), b"content-encoding: DEFLATE\r\n"))), "protocol"),
    "encoded transfer": (
        after_request(say(OK, b"Transfer-Encoding: gzip, chunked\r\n", END, chunk(bomb(1)), b"0\r\n\r\n")),
        "protocol",
    ),
    "redirect to itself with a bomb": (
        after_request(
            say(
                whole(
                    bomb(2),
                    b"Location: /api/v1/mgmt/device/info\r\nContent-Encoding: gzip, gzip\r\n",
                    start=b"HTTP/1.1 302 Found\r\n",
                )
            )
        ),
        "protocol",
    ),
    "redirect without an end": (
        after_request(say(b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"), forever(b" " * 65536)),
        LARGE,
    ),
    "refusal without an end": (
        after_request(
            say(b'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm="a", nonce="b"\r\n\r\n'),
            forever(b" ", PAUSE),
        ),
        SLOW,
    ),
    "digest that is stale for ever": (
        again_and_again(
            whole(
                b"",
                b'WWW-Authenticate: Digest realm="a", nonce="b", stale=true, qop="auth"\r\n',
                start=b"HTTP/1.1 401 Unauthorized\r\n",
            )
        ),
        "authentication_failed",
    ),
    "busy for a year": (
        again_and_again(whole(b"", b"Retry-After: 31536000\r\n", start=b"HTTP/1.1 503 Later\r\n")),
        "phone_failed",
    ),
    "two lengths": (after_request(say(OK, length(5), length(len(BODY)), END, BODY)), GONE),
    "no length that is a number": (after_request(say(OK, b"Content-Length: five\r\n", END, BODY)), None),
    "two replies": (after_request(say(whole(), whole(b'{"Status": "5000"}'))), None),
    "another server's greeting": (lambda line: line.say(b"SSH-2.0-OpenSSH_9.6\r\n"), "protocol"),
    "HTTP of the future": (after_request(say(b"HTTP/9.9 200 OK\r\n\r\n", BODY)), "protocol"),
    "no HTTP at all": (after_request(say(BODY)), "protocol"),
    "TLS where plain HTTP was expected": (after_request(say(b"\x15\x03\x03\x00\x02\x02\x46")), "protocol"),
    "no status": (after_request(say(b"HTTP/1.1 \r\n\r\n")), "protocol"),
    "headers without colons": (after_request(say(OK, b"nonsense\r\n\0\0: x\r\n", length(len(BODY)), END, BODY)), None),
    "goes at once": (lambda line: None, GONE),
    "goes after the request": (after_request(), GONE),
    "resets at once": (Line.reset, GONE),
    "resets after the request": (after_request(Line.reset), GONE),
    "deep JSON": (after_request(say(whole(b'{"Status": "2000", "data": ' + b"[" * 99999))), "protocol"),
    "long number": (after_request(say(whole(b'{"Status": "2000", "data": ' + b"9" * 999999 + b"}"))), "protocol"),
    "odd cookies": (
        after_request(say(whole(BODY, b"Set-Cookie: a=b; max-age=1e999; expires=never; domain=..\r\n" * 20))),
        None,
    ),
}
"""By description: what the server does, and the kind of error that must come of it (None: a reply is fine, too)."""


# -- TLS


def slow_handshake(context: ssl.SSLContext) -> Script:
    """A TLS server that says its hello byte by byte."""

    def script(line: Line) -> None:
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        server = context.wrap_bio(incoming, outgoing, server_side=True)
        while True:
            incoming.write(line.connection.recv(65536))
            with contextlib.suppress(ssl.SSLWantReadError):
                server.do_handshake()
            line.drip(outgoing.read())

    return script


# -- a generator of more

_STARTS = [
    *[OK] * 30, b"HTTP/1.0 200 OK\r\n", b"HTTP/1.1 200\r\n", b"http/1.1 200 ok\r\n", b"HTTP/1.1 401 No\r\n",
    b"HTTP/1.1 404 No\r\n", b"HTTP/1.1 403 Busy\r\n", b"HTTP/1.1 204 Nothing\r\n", b"HTTP/1.1 304 Same\r\n",
    b"HTTP/1.1 500 Oh\r\n", b"HTTP/1.1 999 What\r\n", b"HTTP/1.1 99999 What\r\n", b"HTTP/1.1 -1 What\r\n",
    b"HTTP/1.1 101 Switch\r\n", b"HTTP/2 200\r\n", b"ICY 200 OK\r\n", b"\r\nHTTP/1.1 200 OK\r\n", b"",
]  # fmt: skip
_HEADERS = [
    b"", b"", JSON, b"Connection: close\r\n", b"Connection: keep-alive\r\n", b"Content-Encoding: identity\r\n",
    b"Content-Encoding: br\r\n", b"Content-Type: text/html; charset=\xff\r\n", b"Location: http://[::1\r\n",
    b"Set-Cookie: =;;;=\r\n", b"WWW-Authenticate: Digest\r\n", b'WWW-Authenticate: Digest realm="\r\n',
    b'WWW-Authenticate: Digest realm="a", nonce="b", algorithm=ROT13\r\n', b"WWW-Authenticate: Basic realm=x\r\n",
    b"X: \x1b[31m\xe2\x80\xae\r\n", b": no name\r\n", b"no colon\r\n", b"X: y\r\n\t folded\r\n", b"X: y\n",
    b"X: \0\r\n", b"Content-Length: -1\r\n", b"Content-Length: 5, 6\r\n", b"Content-Length: 99999999999999999999\r\n",
    b"Transfer-Encoding: chunked, chunked\r\n", b"Transfer-Encoding: identity\r\n", b"Retry-After: 99999\r\n",
    b"Upgrade: h2c\r\n", b"Trailer: X\r\n", b"X: " + b"y" * 70000 + b"\r\n", b"X: y\r\n" * 150,
]  # fmt: skip
_BODIES = [
    BODY, BODY, BODY, b"", b"{}", b"[]", b"null", b'{"Status": {}}', b'{"Status": "\\ud800"}', b'{"Status": "4000"}',
    b'{"Status": 1e999}', b"\xef\xbb\xbf" + BODY, BODY.decode().encode("utf-16"), b"<html>", b"\0" * 5000,
    b'{"Status": "2000", "data": NaN}', b'{"Status": "2000", "data": ' + b"[" * 3000, BODY + BODY, b" " * 300000 + BODY,
]  # fmt: skip


def generated(seed: int) -> Script:
    """A server that misbehaves at random: the same for the same seed."""
    chance = random.Random(seed)
    body = chance.choice(_BODIES)
    framing = chance.choice(["length", "length", "chunks", "chunks", "none", "short", "long", "both"])
    headers = [chance.choice(_HEADERS) for _each in range(chance.choice([0, 0, 0, 1, 1, 2, 3]))]
    sent = body
    if framing in ("length", "short", "long", "both"):
        headers.append(length(max(0, len(body) + {"short": -7, "long": 7}.get(framing, 0))))
    if framing in ("chunks", "both"):
        headers.append(CHUNKED)
        size = chance.choice([1, 7, 100, 100000])
        sent = b"".join(chunk(body[at : at + size]) for at in range(0, min(len(body), 2000 * size), size))
        sent += chance.choice([b"0\r\n\r\n", b"0\r\nX: y\r\n\r\n", b"", b"-1\r\n", b"zz\r\n", b"\r\n", b"0"])
    message = bytearray(b"HTTP/1.1 100 Continue\r\n\r\n" * chance.choice([0, 0, 0, 0, 1, 50]))
    message += b"".join([chance.choice(_STARTS), *headers, END, sent])
    for _each in range(chance.choice([0, 0, 0, 0, 1, 3])):
        if message:
            message[chance.randrange(len(message))] = chance.randrange(256)
    cut = chance.randrange(len(message) + 1) if message else 0
    ending = chance.choice(["whole", "whole", "whole", "drip", "stop", "close", "reset", "endless", "again", "early"])
    tail = bytes(message[cut : cut + 30]) or b"\0"

    def script(line: Line) -> None:
        if ending != "early":
            line.hear()
        if ending in ("whole", "again", "early"):
            line.say(message)
            if ending == "again":
                again_and_again(bytes(message))(line)
            return
        line.say(message[:cut])
        if ending == "drip":
            line.drip(message[cut:])
        elif ending == "stop":
            line.wait()
        elif ending == "reset":
            line.reset()
        elif ending == "endless":
            line.forever(tail, chance.choice([0.0, PAUSE]))

    return script
