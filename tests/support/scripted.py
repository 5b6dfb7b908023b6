# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A phone that says what a test writes down, for replies of phones that the simulator does not play."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings

NOT_FOUND = b"<html><head><title>404 Not Found</title></head><body>Not Found</body></html>"


@dataclass
class Scripted:
    """``replies``: by ``METHOD path``, a whole JSON reply, a number (an HTTP status with a web page) or a text (a web
    page with HTTP 200). Anything else gets HTTP 404. ``asked``: the requests so far."""

    replies: dict[str, Any]
    port: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return Settings(host="127.0.0.1", port=self.port, password="x", use_ssl=False, retries=0, timeout=5.0)


@contextlib.contextmanager
def scripted(replies: Mapping[str, Any]) -> Iterator[Scripted]:
    """Start such a phone on loopback."""
    phone = Scripted(dict(replies))

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            call = f"{self.command} {self.path}"
            phone.asked.append(call)
            reply = phone.replies.get(call, 404)
            code, body, kind = 200, b"", "text/html"
            if isinstance(reply, int):
                code, body = reply, NOT_FOUND
            elif isinstance(reply, str):
                body = reply.encode()
            else:
                body, kind = json.dumps(reply).encode(), "application/json"
            self.send_response(code)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    phone.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield phone
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
