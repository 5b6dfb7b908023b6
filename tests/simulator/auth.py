# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP authentication: Basic and Digest (RFC 7616, MD5), the two accounts, and the lock-out."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
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
_MOST_NONCES = 64


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
        #: The highest count of requests that each nonce was used for.
        self._nonces: dict[str, int] = {}
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
            self._phone.journal.refused[credentials.password] += 1
            return False
        if self.is_stale(credentials):
            return False  # A stale nonce is not a failed login; the new challenge carries a new one.
        if self._matches(credentials, method, target):
            self._failures.clear()
            self._count(credentials)
            return True
        self._failed(credentials.password)
        return False

    def is_stale(self, credentials: Credentials | None) -> bool:
        """Whether the nonce of Digest credentials is not, or no longer, good."""
        if credentials is None or credentials.digest is None:
            return False
        used, most = self._nonces.get(credentials.digest.get("nonce", "")), self._phone.switches.nonce_uses
        return used is None or (most > 0 and used >= most)

    def challenges(self, stale: bool) -> list[str]:
        """The values of the WWW-Authenticate headers of a 401."""
        return [self._challenge(scheme, stale) for scheme in self._phone.switches.challenge.split("+")]

    def _challenge(self, scheme: str, stale: bool) -> str:
        realm = self._phone.switches.realm
        if scheme == "basic":
            return f'Basic realm="{realm}"'
        nonce = secrets.token_hex(16)
        self._nonces[nonce] = 0
        if len(self._nonces) > _MOST_NONCES:
            del self._nonces[next(iter(self._nonces))]
        more = ", stale=true" if stale else ""
        return f'Digest realm="{realm}", nonce="{nonce}", algorithm=MD5, qop="auth"{more}'

    def _count(self, credentials: Credentials) -> None:
        """Note a use of a nonce; its count has to grow with each (RFC 7616), or somebody replays a request."""
        if credentials.digest is None or "qop" not in credentials.digest:
            return
        nonce, text = credentials.digest["nonce"], credentials.digest.get("nc", "")
        count = int(text, 16) if re.fullmatch("[0-9a-fA-F]{8}", text) else 0
        if count <= self._nonces[nonce]:
            self._phone.journal.violation(f"nonce count {text!r} after {self._nonces[nonce]}")
        self._nonces[nonce] = max(count, self._nonces[nonce] + 1)

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

    def _failed(self, password: str) -> None:
        self._phone.journal.auth_failures += 1
        self._phone.journal.refused[password] += 1
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
