# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small file server on loopback, over HTTP or HTTPS: keeps what PUT and POST send it, and gives it back to GET."""

from __future__ import annotations

import contextlib
import http.server
import ssl
import threading
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import trustme


@dataclass
class FileServer:
    """``files``: by path. ``wanted``: the header Authorization that it asks for; empty for none. ``answers``: the
    status that a method and path get instead, such as ``{"PUT /vvx/a.json": 413}``. ``seen``: method, path and headers
    of each request. ``ca``: PEM file, with TLS."""

    url: str = ""
    ca: str = ""
    wanted: str = ""
    location: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    seen: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)

    def names(self) -> list[str]:
        """Of the files that it has, without folders."""
        return sorted(path.rpartition("/")[2] for path in self.files)

    def answer(self, method: str, path: str) -> int:
        """The status that is set for a request; 0 for none."""
        return self.answers.get(f"{method} {path}") or self.answers.get(method, 0)


@contextlib.contextmanager
def file_server(folder: Path | None = None) -> Iterator[FileServer]:
    """Run a server. ``folder``: for the certificate of its authority; None: without TLS."""
    server = FileServer()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def handle_one(self) -> None:
            path = urllib.parse.unquote(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            server.seen.append((self.command, path, dict(self.headers)))
            status, reply = server.answer(self.command, path), b""
            if not status and server.wanted and self.headers.get("Authorization") != server.wanted:
                status = 401
            elif not status and self.command == "GET":
                status, reply = (200, server.files[path]) if path in server.files else (404, b"")
            elif not status:
                status = 204 if path in server.files else 201
                server.files[path] = body
            self.send_response(status)
            if server.location and 300 <= status < 400:
                self.send_header("Location", server.location)
            if status != 204:
                self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        do_GET = do_PUT = do_POST = handle_one

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that goes is no fault."""

    running = Server(("127.0.0.1", 0), Handler)
    scheme = "http"
    if folder is not None:
        authority = trustme.CA(key_type=trustme.KeyType.ECDSA)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1", key_type=trustme.KeyType.ECDSA).configure_cert(context)
        running.socket = context.wrap_socket(running.socket, server_side=True)
        server.ca = str(folder / "file-server-ca.pem")
        authority.cert_pem.write_to_path(server.ca)
        scheme = "https"
    server.url = f"{scheme}://127.0.0.1:{running.server_address[1]}/vvx/"
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        running.shutdown()
        running.server_close()
        thread.join()
