# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One conversation with one phone: calls, authentication and retries.

A transport sends one request at a time. It tries a password once. It retries when the phone is busy (a busy phone has
done nothing), and after a lost connection only requests that may safely be repeated.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from .._text import clean
from .endpoints import Endpoint
from .errors import AuthenticationFailed, Busy, ConnectionLost, NotTried, PhoneError, SettingsError
from .libraries import missing
from .login import Login
from .replies import Reply, Show, check, unwrap
from .session import MISSING_LIBRARY
from .settings import Settings, is_host
from .wire import HttpReply, Wire

LONGEST_PAUSE = 10.0
"""Seconds between two tries at most. A public client of real phones waits this long after each 403."""

API = "/api/"
"""How the paths of the REST API begin. Pages of the web interface may have another login, and say no with HTTP 200."""

Answer = TypeVar("Answer")


class Transport:
    """Sends requests to one phone. Use inside one process only, and close it."""

    def __init__(self, settings: Settings, sleep: Callable[[float], None] = time.sleep) -> None:
        if MISSING_LIBRARY:
            raise missing(MISSING_LIBRARY)
        if not is_host(settings.host):
            raise SettingsError(
                "this is not a host name or an address.",
                remedy="Set ansible_host to the phone's address, without scheme, port or path.",
            )
        self.settings = settings
        self.retries = settings.retries
        self._sleep = sleep
        self._wire = Wire(settings)
        self._login = Login(
            settings.base_url,
            settings.username,
            settings.passwords,
            settings.auth,
            settings.logins,
            settings.refusals,
        )

    @property
    def requests_sent(self) -> int:
        return self._wire.requests_sent

    @property
    def username(self) -> str:
        return self._login.username

    def close(self) -> None:
        """Close the connection."""
        self._login.close()
        self._wire.close()

    def use_login(self, password: str, username: str | None = None, known: bool = False) -> None:
        """Log in with another password, or as another account, from now on. ``known``: as in Login.use."""
        self._login.use(username or self.username, password, known)

    def use_one_of(self, passwords: Sequence[str], username: str | None = None) -> None:
        """Log in with whichever of these the phone takes from now on, each tried once."""
        self._login.choose(username or self.username, passwords)

    def begin_password(self, password: str) -> None:
        """As Login.begin."""
        self._login.begin(password)

    @property
    def password_taken(self) -> str | None:
        """As Login.taken."""
        return self._login.taken

    def hopeless(self, logins: Sequence[tuple[str, str]]) -> None:
        """As in Login."""
        self._login.hopeless(logins)

    def call(
        self, endpoint: Endpoint, data: Any = None, query: Mapping[str, str] | None = None, timeout: float | None = None
    ) -> Reply:
        """Make one call of the API. Raises a PhoneError for any outcome but success."""
        body = None
        if endpoint.method == "POST":
            body = b"{}" if data is None else encode(data)

        def ask() -> Reply:
            return unwrap(endpoint, self._answer(endpoint, body, query, timeout or self.settings.timeout, show), show)

        def show(text: object) -> str:
            return self.show(text, also=values_in(data))

        return self._patiently(endpoint, ask)

    def show(self, text: object, most: int = 60, also: Iterable[str] = ()) -> str:
        """A text of the phone's, safe to show: without passwords of this conversation, and without ``also``."""
        return clean(text, most, (*self._login.secrets, *also))

    def knock(self, endpoint: Endpoint) -> tuple[int, Mapping[str, str]]:
        """Send one request without a login. Returns HTTP status and headers; raises connection errors."""
        reply = self._wire.exchange(endpoint, None, None, self.settings.timeout)
        if reply.code == 401:
            self._login.learn(reply.headers.get("WWW-Authenticate", ""))
        return reply.code, reply.headers

    def page(self, endpoint: Endpoint) -> bytes:
        """Fetch a page outside the API, with the cookies received before. It has no envelope."""
        body = b"" if endpoint.method == "POST" else None
        return self._patiently(
            endpoint, lambda: self._answer(endpoint, body, None, self.settings.timeout, self.show).content
        )

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
        self, endpoint: Endpoint, body: bytes | None, query: Mapping[str, str] | None, timeout: float, show: Show
    ) -> HttpReply:
        """Get a reply with HTTP 200, after as many requests as it takes to log in, with any of the passwords."""
        refusal: PhoneError | None = None
        while True:
            try:
                return self._answer_to_one(endpoint, body, query, timeout, show)
            except (AuthenticationFailed, NotTried) as error:
                tried = isinstance(error, AuthenticationFailed)
                refusal = error if tried or refusal is None else refusal
                if tried and not self._login.refused:
                    raise refusal from None
                if isinstance(error, NotTried) and error.by_others:
                    self._login.put_off()
                if not self._login.turn():
                    raise refusal from None

    def _answer_to_one(
        self, endpoint: Endpoint, body: bytes | None, query: Mapping[str, str] | None, timeout: float, show: Show
    ) -> HttpReply:
        login = self._login
        login.admit(counts=endpoint.path.lower().startswith(API))
        try:
            reply = self._wire.exchange(endpoint, body, query, timeout, login)
            while reply.code == 401 and login.challenged(reply.headers.get("WWW-Authenticate", ""), str(endpoint)):
                reply = self._wire.exchange(endpoint, body, query, timeout, login)
            check(endpoint, reply, login, self.retries + 1, show)
            login.accepted()
        except AuthenticationFailed:
            login.failed()
            raise
        finally:
            login.settle()
        return reply


def values_in(data: Any) -> Iterator[str]:
    """The values in a request's data, which may be secrets. Its keys are none, nor are the texts in a list: names."""
    if isinstance(data, dict):
        for each in data.values():
            yield from values_in(each)
    elif isinstance(data, list):
        for each in data:
            if not isinstance(each, str):
                yield from values_in(each)
    elif isinstance(data, (str, int)) and not isinstance(data, bool):
        yield str(data)


def encode(data: Any) -> bytes:
    """Return the body of a POST as sent; the phone's limit of 20 KB applies to its length."""
    return json.dumps({"data": data}, separators=(",", ":")).encode("ascii")
