# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One HTTP exchange with one phone: a request goes out, its whole reply comes back, within limits of size and time."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import tls
from .endpoints import Endpoint
from .errors import ConnectionLost, PhoneError, PhoneTimeout, ProtocolError, Unreachable
from .session import HTTP_ERRORS, open_session, requests
from .settings import Settings

HEADERS = {"Accept": "application/json", "User-Agent": "polycom.vvx"}
HEADERS_OF_A_POST = {**HEADERS, "Content-Type": "application/json"}
LARGEST_REPLY = 4 * 1024 * 1024
"""Bytes. The largest known reply, the XML of the screen, has about 100 KB."""


@dataclass(frozen=True)
class HttpReply:
    """A reply as it came: HTTP status, headers (names in any case) and body."""

    code: int
    headers: Mapping[str, str]
    content: bytes


class Wire:
    """Exchanges HTTP messages with one phone, one at a time. ``auth``: the login, as requests knows it, or None."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.requests_sent = 0
        self._session = open_session(settings)

    @property
    def auth(self) -> Any:
        return self._session.auth

    @auth.setter
    def auth(self, auth: Any) -> None:
        self._session.auth = auth

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def exchange(
        self, endpoint: Endpoint, body: bytes | None, query: Mapping[str, str] | None, timeout: float
    ) -> HttpReply:
        """Send one HTTP request and read its whole reply. Raises a PhoneError if there is none."""
        where = str(endpoint)
        deadline = time.monotonic() + timeout
        self.requests_sent += 1
        try:
            # The session would merge in cookies, proxies and hooks, which takes a third of the whole time.
            request = requests.Request(
                endpoint.method,
                self.settings.base_url + endpoint.path,
                headers=HEADERS if body is None else HEADERS_OF_A_POST,
                data=body,
                params=query,
                auth=self._session.auth,
                cookies=self._session.cookies,
            ).prepare()
            response = self._session.send(
                request,
                timeout=(min(timeout, self.settings.connect_timeout), timeout),
                allow_redirects=False,
                stream=True,
            )
            self.requests_sent += len(response.history)
            with response:
                content = b""
                while chunk := response.raw.read1(65536, decode_content=True):
                    content += chunk
                    if len(content) > LARGEST_REPLY:
                        raise ProtocolError(f"the reply is larger than {LARGEST_REPLY} bytes.", endpoint=where)
                    if time.monotonic() > deadline:
                        raise PhoneTimeout(f"the reply was not complete after {timeout:g} s.", endpoint=where)
                return HttpReply(response.status_code, response.headers, content)
        except HTTP_ERRORS as exc:
            raise self._explain(exc, where, timeout) from exc

    def _explain(self, exc: Exception, where: str, timeout: float) -> PhoneError:
        text = str(exc)
        if isinstance(exc, requests.exceptions.ConnectTimeout):
            return Unreachable("no answer to the connection attempt.", endpoint=where)
        if isinstance(exc, requests.exceptions.SSLError):
            if "EOF occurred" in text or "UNEXPECTED_EOF" in text:
                return ConnectionLost(
                    "the connection broke during the TLS handshake.",
                    endpoint=where,
                    remedy="The phone may be restarting, or support old TLS versions only (tls_min_version: '1.0').",
                )
            return tls.explain(exc, where)
        if isinstance(exc, requests.exceptions.Timeout) or "Read timed out" in text:
            return PhoneTimeout(f"connected, but no reply within {timeout:g} s.", endpoint=where)
        for mark, reason in (
            ("NameResolutionError", "the name can't be resolved"),
            ("Name or service not known", "the name can't be resolved"),
            ("Connection refused", "connection refused"),
            ("No route to host", "no route to host"),
            ("Network is unreachable", "the network is unreachable"),
            ("NewConnectionError", "no connection"),
        ):
            if mark in text:
                return Unreachable(f"{reason}.", endpoint=where)
        remedy = None
        if not self.settings.use_ssl:
            remedy = f"{ConnectionLost.remedy_text} If this port speaks HTTPS, set use_ssl: true."
        return ConnectionLost("the connection broke before the reply was complete.", endpoint=where, remedy=remedy)
