# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One HTTP exchange with one phone: a request goes out, its whole reply comes back, within limits of size and time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import tls
from .bounds import LARGEST_REPLY, Bounds
from .endpoints import Endpoint
from .errors import ConnectionLost, PhoneError, ProtocolError
from .login import Login
from .session import HTTP_ERRORS, open_adapter, requests
from .settings import Settings

HEADERS = {"Accept": "application/json", "User-Agent": "polycom.vvx"}
HEADERS_OF_A_POST = {"User-Agent": "polycom.vvx", "Content-Type": "application/json"}
"""Without Accept: some phones were seen to refuse a POST that has it."""
_ENCODINGS = {"", "identity"}
"""Those that every request allows: none. A small body in another one may hold gigabytes."""


@dataclass(frozen=True)
class HttpReply:
    """A reply as it came: HTTP status, headers (names in any case), body, and whether it came over TLS."""

    code: int
    headers: Mapping[str, str]
    content: bytes
    secure: bool = True


class Wire:
    """Exchanges HTTP messages with one phone, one at a time."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.requests_sent = 0
        self._bounds = Bounds()
        self._adapter = open_adapter(settings, self._bounds)
        self._cookies = requests.cookies.RequestsCookieJar()

    def close(self) -> None:
        """Close the connection."""
        self._adapter.close()

    def exchange(
        self,
        endpoint: Endpoint,
        body: bytes | None,
        query: Mapping[str, str] | None,
        timeout: float,
        login: Login | None = None,
    ) -> HttpReply:
        """Send one HTTP request and read its whole reply. Raises a PhoneError if there is none.

        ``timeout``: seconds from the start of connecting to the last byte.
        """
        self.requests_sent += 1
        try:
            # A session of requests would merge in cookies, proxies and hooks, which takes a third of the whole time,
            # and reads the body of a redirect without any limit.
            request = requests.PreparedRequest()
            request.prepare_method(endpoint.method)
            request.prepare_url(self.settings.base_url + endpoint.path, query or "")
            request.prepare_headers(HEADERS if body is None else HEADERS_OF_A_POST)
            request.prepare_body(body, None)
            if len(self._cookies):  # looking for those that fit costs more than the rest
                request.prepare_cookies(self._cookies)
            header = login.header(endpoint.method, request.path_url, body or b"") if login else None
            if header:
                request.headers["Authorization"] = header
            self._bounds.begin(str(endpoint), timeout)
            with self._adapter.send(
                request, stream=True, timeout=(min(timeout, self.settings.connect_timeout), timeout)
            ) as response:
                self._bounds.body()
                if "Set-Cookie" in response.headers:
                    keep: Any = requests.cookies.extract_cookies_to_jar
                    keep(self._cookies, request, response)
                return HttpReply(response.status, response.headers, self._body(response), self.settings.use_ssl)
        except HTTP_ERRORS as exc:
            raise explain(exc, str(endpoint), self.settings.use_ssl) from exc

    def _body(self, response: Any) -> bytes:
        """Read the body of a reply; a body in an encoding that nobody asked for is not read."""
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding not in _ENCODINGS:
            if response.status != 200:
                return b""
            raise ProtocolError("the reply is compressed, which nobody asked for.", endpoint=self._bounds.endpoint)
        content = bytearray()
        while chunk := response.read1(65536, decode_content=False):
            content += chunk
            if len(content) > LARGEST_REPLY:
                raise self._bounds.too_large()
        return bytes(content)


def explain(exc: Exception, where: str, use_ssl: bool) -> PhoneError:
    """Turn an error of requests or urllib3 into one that says what happened."""
    text = str(exc)
    if isinstance(exc, requests.exceptions.SSLError):
        if "EOF occurred" in text or "UNEXPECTED_EOF" in text:
            return ConnectionLost(
                "the connection broke during the TLS handshake.",
                endpoint=where,
                remedy="The phone may be restarting, or support old TLS versions only "
                "(ansible_vvx_tls_min_version: '1.0').",
            )
        return tls.explain(exc, where)
    if "LineTooLong" in text:
        return ProtocolError("a line of the reply is too long.", endpoint=where)
    if "HTTPException('got more than" in text:
        return ProtocolError("the reply has too many headers.", endpoint=where)
    if "BadStatusLine(" in text or "UnknownProtocol(" in text:
        speaks_tls = "'\\x15\\x03" in text
        return ProtocolError(
            f"what answers does not speak HTTP{', but TLS' if speaks_tls else ''}.",
            endpoint=where,
            remedy="Set ansible_vvx_use_ssl: true." if speaks_tls else None,
        )
    remedy = None
    if not use_ssl:
        remedy = f"{ConnectionLost.remedy_text} If this port speaks HTTPS, set ansible_vvx_use_ssl: true."
    return ConnectionLost("the connection broke before the reply was complete.", endpoint=where, remedy=remedy)
