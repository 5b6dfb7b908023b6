# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One conversation with one phone: HTTP, authentication, retries, and the envelope of every reply.

A transport sends one request at a time. It tries a password once. It retries when the phone is busy (a busy phone has
done nothing), and after a lost connection only requests that may safely be repeated.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from . import tls
from .endpoints import ADMIN, Endpoint
from .errors import (
    STATUS_MEANINGS,
    AuthenticationFailed,
    Busy,
    ConnectionLost,
    DefaultPassword,
    InvalidParameters,
    NotSupported,
    PhoneError,
    PhoneFailed,
    PhoneTimeout,
    ProtocolError,
    Refused,
    RestDisabled,
    SettingsError,
    TooLarge,
    Unreachable,
)
from .session import HTTP_ERRORS, MISSING_LIBRARY, login, open_session, requests
from .settings import ADMIN_ACCOUNT, Settings, is_host

SUCCESS = "2000"
HEADERS = {"Accept": "application/json", "User-Agent": "polycom.vvx"}
HEADERS_OF_A_POST = {**HEADERS, "Content-Type": "application/json"}
LARGEST_REPLY = 4 * 1024 * 1024
"""Bytes. The largest known reply, the XML of the screen, has about 100 KB."""
LONGEST_PAUSE = 10.0
"""Seconds between two tries at most. A public client of real phones waits this long after each 403."""

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Reply:
    """A reply with Status 2000: its ``data`` (any JSON type, None if absent) and the whole envelope."""

    data: Any
    envelope: Mapping[str, Any]


class Transport:
    """Sends requests to one phone. Use inside one process only, and close it."""

    def __init__(self, settings: Settings, sleep: Callable[[float], None] = time.sleep) -> None:
        if MISSING_LIBRARY:
            raise SettingsError(
                f"the Python library {MISSING_LIBRARY} is missing.",
                remedy=f"Install it for the Python that runs this task, {sys.executable}.",
            )
        if not is_host(settings.host):
            raise SettingsError(
                "this is not a host name or an address.",
                remedy="Set host (or ansible_host) to the phone's address, without scheme, port or path.",
            )
        self.settings = settings
        self.username = settings.username
        self.requests_sent = 0
        self.retries = settings.retries
        self._sleep = sleep
        self._session = open_session(settings)

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def use_login(self, password: str, username: str | None = None) -> None:
        """Log in with another password, or as another account, from now on."""
        self.username = username or self.username
        self._session.auth = login(self.username, password)

    def call(
        self, endpoint: Endpoint, data: Any = None, query: Mapping[str, str] | None = None, timeout: float | None = None
    ) -> Reply:
        """Make one call of the API. Raises a PhoneError for any outcome but success."""
        body = None
        if endpoint.method == "POST":
            body = b"{}" if data is None else encode(data)
        return self._patiently(
            endpoint,
            lambda: self._open(endpoint, *self._answer(endpoint, body, query, timeout or self.settings.timeout)),
        )

    def knock(self, endpoint: Endpoint) -> tuple[int, Mapping[str, str]]:
        """Send one request without a login. Returns HTTP status and headers; raises connection errors."""
        auth, self._session.auth = self._session.auth, None
        try:
            response, _content = self._exchange(endpoint, None, None, self.settings.timeout)
        finally:
            self._session.auth = auth
        return response.status_code, response.headers

    def page(self, endpoint: Endpoint) -> bytes:
        """Fetch a page outside the API, with the cookies received before. It has no envelope."""
        body = b"" if endpoint.method == "POST" else None
        return self._patiently(endpoint, lambda: self._answer(endpoint, body, None, self.settings.timeout)[1])

    def _patiently(self, endpoint: Endpoint, ask: Callable[[], Answer]) -> Answer:
        attempt = 0
        while True:
            try:
                return ask()
            except (Busy, ConnectionLost) as error:
                may_repeat = isinstance(error, Busy) or endpoint.repeatable
                if not may_repeat or attempt >= self.retries:
                    raise
            self._sleep(min(LONGEST_PAUSE, 2.0**attempt) * random.uniform(0.5, 1.0))
            attempt += 1

    def _answer(
        self, endpoint: Endpoint, body: bytes | None, query: Mapping[str, str] | None, timeout: float
    ) -> tuple[Any, bytes]:
        """Get a reply with HTTP 200, with Digest authentication if the phone asks for it."""
        response, content = self._exchange(endpoint, body, query, timeout)
        if response.status_code == 401 and self._answer_digest(response):
            response, content = self._exchange(endpoint, body, query, timeout)
        self._check_http(endpoint, response, _parse(content))
        return response, content

    def _exchange(
        self, endpoint: Endpoint, body: bytes | None, query: Mapping[str, str] | None, timeout: float
    ) -> tuple[Any, bytes]:
        """Send one HTTP request and read its whole reply, within limits of size and time."""
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
                return response, content
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

    def _answer_digest(self, response: Any) -> bool:
        """Switch to Digest if the phone offers nothing else. False if it has already refused the password."""
        challenge = response.headers.get("WWW-Authenticate", "").lower()
        if isinstance(self._session.auth, requests.auth.AuthBase) or "digest" not in challenge or "basic " in challenge:
            return False
        _user, password = self._session.auth
        self._session.auth = requests.auth.HTTPDigestAuth(self.username, password.decode())
        return True

    def _check_http(self, endpoint: Endpoint, response: Any, envelope: Mapping[str, Any] | None) -> None:
        """Raise the PhoneError that an HTTP status means. HTTP 200 passes."""
        code, status = response.status_code, status_of(envelope)
        if code == 200:
            return

        def failure(kind: type[PhoneError], message: str, remedy: str | None = None) -> PhoneError:
            return kind(message, endpoint=str(endpoint), http_status=code, status=status, remedy=remedy)

        if status == "4010":
            raise failure(DefaultPassword, "the factory admin password is still set.")
        if code == 401:
            raise failure(AuthenticationFailed, f"user name or password refused for {self.username}.")
        if code == 403:
            stayed = f" and stayed busy for {self.retries + 1} tries" if self.retries else ""
            raise failure(Busy, f"the phone is busy (HTTP 403){stayed}.", self._remedy_for_403(endpoint))
        if code == 404 and endpoint.base:
            raise failure(RestDisabled, "the REST API is switched off.")
        if code in (404, 405):
            known = f"UC Software has this call since {endpoint.since}; this phone's firmware is older."
            raise failure(
                NotSupported, f"the phone does not have {endpoint}.", known if endpoint.since else "Check the path."
            )
        if code == 413:
            raise failure(TooLarge, "the request is larger than the phone accepts.")
        if code == 400:
            raise failure(InvalidParameters, "the phone could not read the request.")
        if 300 <= code < 400:
            remedy = "Phones that insist on HTTPS redirect plain HTTP: set use_ssl: true and the port to match."
            raise failure(ProtocolError, "the phone redirects to another address.", remedy)
        raise failure(PhoneFailed if code >= 500 else ProtocolError, f"unexpected HTTP {code}.")

    def _remedy_for_403(self, endpoint: Endpoint) -> str | None:
        """Say more than usual if the account may be the reason."""
        if endpoint.access != ADMIN or self.username == ADMIN_ACCOUNT:
            return None
        return (
            f"{Busy.remedy_text} HTTP 403 may also mean that the account {self.username} may not make this call: "
            f"it needs the admin account ({ADMIN_ACCOUNT})."
        )

    def _open(self, endpoint: Endpoint, response: Any, content: bytes) -> Reply:
        envelope = _parse(content)
        where = str(endpoint)
        status = status_of(envelope)
        if envelope is None or status is None:
            what = "is empty" if not content else "is not a JSON object" if envelope is None else "has no Status"
            kind = response.headers.get("Content-Type", "unknown type").split(";")[0]
            raise ProtocolError(
                f"the reply {what} ({len(content)} bytes of {_plain(kind)}).",
                endpoint=where,
                http_status=response.status_code,
            )
        if status != SUCCESS:
            known = STATUS_MEANINGS.get(status)
            failure, meaning = known or (Refused, "an unknown status")
            shown = status if known else _plain(status)
            raise failure(
                f"{meaning} (Status {shown}).", endpoint=where, http_status=response.status_code, status=shown
            )
        return Reply(data=envelope.get("data"), envelope=envelope)


def encode(data: Any) -> bytes:
    """Return the body of a POST as sent; the phone's limit of 20 KB applies to its length."""
    return json.dumps({"data": data}, separators=(",", ":")).encode("ascii")


def status_of(envelope: Mapping[str, Any] | None) -> str | None:
    """Return the envelope's Status as text (phones send a string, the manual prints a number)."""
    status = (envelope or {}).get("Status")
    if isinstance(status, bool) or not isinstance(status, (str, int)):
        return None
    return str(status).strip()


def _parse(content: bytes) -> dict[str, Any] | None:
    """Return a reply's JSON object, keys stripped and in one spelling; None if the reply is not one."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    usual = {"status": "Status", "data": "data", "invalidparams": "InvalidParams", "presence": "Presence"}
    return {usual.get(key.strip().lower(), key.strip()): value for key, value in document.items()}


def _plain(text: str) -> str:
    """Make a text from the wire safe to show: printable ASCII, at most 40 characters."""
    return "".join(char for char in text[:40] if char.isascii() and char.isprintable())
