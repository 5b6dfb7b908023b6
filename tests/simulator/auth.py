# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP authentication: Basic and Digest (RFC 7616, MD5), the two accounts, and the lock-out."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.request import parse_http_list, parse_keqv_list

if TYPE_CHECKING:
    from .phone import Phone

ADMIN = "Polycom"
USER = "User"


@dataclass(slots=True)
class Credentials:
    """What came in an Authorization header."""

    scheme: str
    user: str
    password: str = ""
    digest: dict[str, str] | None = None


def parse(header: str) -> Credentials | None:
    scheme, _blank, rest = header.partition(" ")
    if scheme.lower() == "basic":
        try:
            user, _colon, password = base64.b64decode(rest, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return Credentials("basic", user, password)
    if scheme.lower() == "digest":
        fields = parse_keqv_list([item for item in parse_http_list(rest) if "=" in item])
        return Credentials("digest", fields.get("username", ""), digest=fields)
    return None


class Authenticator:
    """Checks credentials for one phone."""

    __slots__ = ("_failures", "_locked_until", "_nonces", "_phone")

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._nonces: deque[str] = deque(maxlen=64)
        self._failures: deque[float] = deque(maxlen=32)
        self._locked_until = 0.0

    def forget(self) -> None:
        """End a lock-out, as time or a restart would."""
        self._failures.clear()
        self._locked_until = 0.0

    def check(self, credentials: Credentials | None, method: str, target: str) -> bool:
        """Whether these credentials open the phone now. Counts a failure."""
        switches = self._phone.switches
        if credentials is None or credentials.scheme not in switches.challenge:
            return False
        if switches.lockout == "on" and time.monotonic() < self._locked_until:
            return False
        if credentials.digest is not None and credentials.digest.get("nonce") not in self._nonces:
            return False  # A stale nonce is not a failed login; the new challenge carries a new one.
        if self._matches(credentials, method, target):
            self._failures.clear()
            return True
        self._failed()
        return False

    def challenges(self) -> list[str]:
        """The values of the WWW-Authenticate headers of a 401."""
        switches, challenges = self._phone.switches, []
        if "basic" in switches.challenge:
            challenges.append(f'Basic realm="{switches.realm}"')
        if "digest" in switches.challenge:
            nonce = secrets.token_hex(16)
            self._nonces.append(nonce)
            challenges.append(f'Digest realm="{switches.realm}", nonce="{nonce}", algorithm=MD5, qop="auth"')
        return challenges

    def _matches(self, credentials: Credentials, method: str, target: str) -> bool:
        expected = self._phone.password_of(credentials.user)
        if expected is None:
            return False
        if credentials.digest is None:
            return hmac.compare_digest(credentials.password.encode(), expected.encode())
        return self._digest_matches(credentials.digest, expected, method, target)

    def _digest_matches(self, fields: dict[str, str], password: str, method: str, target: str) -> bool:
        realm = self._phone.switches.realm
        if fields.get("realm") != realm or fields.get("uri") != target:
            return False
        secret = _md5(f"{fields['username']}:{realm}:{password}") if "username" in fields else ""
        middle = [fields.get("nonce", "")]
        if "qop" in fields:
            middle += [fields.get("nc", ""), fields.get("cnonce", ""), fields["qop"]]
        expected = _md5(":".join([secret, *middle, _md5(f"{method}:{target}")]))
        return hmac.compare_digest(fields.get("response", ""), expected)

    def _failed(self) -> None:
        self._phone.journal.auth_failures += 1
        parameters, now = self._phone.parameters, time.monotonic()
        self._failures.append(now)
        window = now - parameters.number("httpd.cfg.lockWebUI.noOfInvalidAttemptsDuration")
        recent = sum(1 for moment in self._failures if moment >= window)
        if parameters.is_on("httpd.cfg.lockWebUI.enable") and recent >= parameters.number(
            "httpd.cfg.lockWebUI.noOfInvalidAttempts"
        ):
            self._locked_until = now + parameters.number("httpd.cfg.lockWebUI.lockOutDuration")
            self._failures.clear()


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
