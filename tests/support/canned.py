# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A web server on loopback that says what a test tells it to, and notes what it was asked."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Canned:
    """``replies``: HTTP status, headers and body of each reply; the last one is repeated.
    ``requests``: method, path, headers and body of each request."""

    replies: Sequence[tuple[int, Sequence[tuple[str, str]], bytes]]
    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def authorizations(self) -> list[str | None]:
        """The first word of each request's Authorization, in lower case."""
        headers = [request[2].get("Authorization") for request in self.requests]
        return [header.partition(" ")[0].lower() if header else None for header in headers]


def ok(data: str = "{}") -> tuple[int, Sequence[tuple[str, str]], bytes]:
    """The reply of a phone to a call that succeeded."""
    return 200, [("Content-Type", "application/json")], f'{{"data": {data}, "Status": "2000"}}'.encode()


@contextlib.contextmanager
def serve(*replies: tuple[int, Sequence[tuple[str, str]], bytes]) -> Iterator[Canned]:
    """Serve these replies in order, on 127.0.0.1."""
    canned = Canned(replies)

    class Handler(BaseHTTPRequestHandler):
        def do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            code, headers, content = canned.replies[min(len(canned.requests), len(canned.replies) - 1)]
            canned.requests.append((self.command, self.path, dict(self.headers), body))
            self.send_response_only(code)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    canned.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield canned
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
