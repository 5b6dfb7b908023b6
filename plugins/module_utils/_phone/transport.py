# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One conversation with one phone: calls, authentication and retries.

A transport sends one request at a time. It tries a password once. It retries when the phone is busy (a busy phone has
done nothing), and after a lost connection only requests that may safely be repeated.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from .endpoints import Endpoint
from .errors import Busy, ConnectionLost, SettingsError
from .replies import Reply, check, unwrap
from .session import MISSING_LIBRARY, login, requests
from .settings import Settings, is_host
from .wire import HttpReply, Wire

LONGEST_PAUSE = 10.0
"""Seconds between two tries at most. A public client of real phones waits this long after each 403."""

Answer = TypeVar("Answer")


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
        self.retries = settings.retries
        self._sleep = sleep
        self._wire = Wire(settings)

    @property
    def requests_sent(self) -> int:
        return self._wire.requests_sent

    def close(self) -> None:
        """Close the connection."""
        self._wire.close()

    def use_login(self, password: str, username: str | None = None) -> None:
        """Log in with another password, or as another account, from now on."""
        self.username = username or self.username
        self._wire.auth = login(self.username, password)

    def call(
        self, endpoint: Endpoint, data: Any = None, query: Mapping[str, str] | None = None, timeout: float | None = None
    ) -> Reply:
        """Make one call of the API. Raises a PhoneError for any outcome but success."""
        body = None
        if endpoint.method == "POST":
            body = b"{}" if data is None else encode(data)
        return self._patiently(
            endpoint,
            lambda: unwrap(endpoint, self._answer(endpoint, body, query, timeout or self.settings.timeout)),
        )

    def knock(self, endpoint: Endpoint) -> tuple[int, Mapping[str, str]]:
        """Send one request without a login. Returns HTTP status and headers; raises connection errors."""
        auth, self._wire.auth = self._wire.auth, None
        try:
            reply = self._wire.exchange(endpoint, None, None, self.settings.timeout)
        finally:
            self._wire.auth = auth
        return reply.code, reply.headers

    def page(self, endpoint: Endpoint) -> bytes:
        """Fetch a page outside the API, with the cookies received before. It has no envelope."""
        body = b"" if endpoint.method == "POST" else None
        return self._patiently(endpoint, lambda: self._answer(endpoint, body, None, self.settings.timeout).content)

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
    ) -> HttpReply:
        """Get a reply with HTTP 200, with Digest authentication if the phone asks for it."""
        reply = self._wire.exchange(endpoint, body, query, timeout)
        if reply.code == 401 and self._answer_digest(reply):
            reply = self._wire.exchange(endpoint, body, query, timeout)
        check(endpoint, reply, self.username, self.retries + 1)
        return reply

    def _answer_digest(self, reply: HttpReply) -> bool:
        """Switch to Digest if the phone offers nothing else. False if it has already refused the password."""
        challenge = reply.headers.get("WWW-Authenticate", "").lower()
        if isinstance(self._wire.auth, requests.auth.AuthBase) or "digest" not in challenge or "basic " in challenge:
            return False
        _user, password = self._wire.auth
        digest: Any = requests.auth.HTTPDigestAuth(self.username, password.decode())
        read: Any = requests.utils.parse_dict_header
        digest.init_per_thread_state()
        digest._thread_local.chal = read(reply.headers["WWW-Authenticate"].partition(" ")[2])
        digest._thread_local.last_nonce = "none yet"
        self._wire.auth = digest
        return True


def encode(data: Any) -> bytes:
    """Return the body of a POST as sent; the phone's limit of 20 KB applies to its length."""
    return json.dumps({"data": data}, separators=(",", ":")).encode("ascii")
