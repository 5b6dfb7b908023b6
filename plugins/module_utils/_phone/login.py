# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The login of one conversation: Basic, or Digest where a phone wants it, and how often a password was tried.

Basic goes out with the first request, because nearly all phones take it and it costs nothing. A phone that offers only
Digest is known from its first answer on; ``Logins`` keeps this for the next conversations, so that Basic, which a
phone may count as a failed login, is tried once at most.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from .._text import forms
from .digest import Challenge, best, challenges

AUTO, BASIC, DIGEST = "auto", "basic", "digest"
CHOICES = (AUTO, BASIC, DIGEST)

_KEY = secrets.token_bytes(16)
"""Only this process and its forks can tell which password a note of ``Logins`` is about."""


class Logins(Protocol):
    """What was learnt of phones that want Digest: a small mapping of JSON values for each base URL, no secrets."""

    def recall(self, url: str) -> Mapping[str, Any] | None: ...

    def note(self, url: str, learnt: Mapping[str, Any]) -> None: ...


class Refusals(Protocol):
    """What is known of logins that phones refused, so that a wrong password does not lock a fleet's accounts.

    ``url``: of the phone. Whoever is admitted reports what came of it: accepted, refused or, in the end, ``undecided``.
    """

    def admit(self, url: str, username: str, password: str) -> None:
        """Return when this login may be tried. Raises NotTried."""

    def order(self, url: str, username: str, passwords: Sequence[str]) -> Sequence[str]:
        """The passwords of which the phone takes one, most likely first."""

    def begun(self, url: str, username: str, password: str) -> None:
        """The phone is about to get this password. Raises SettingsError if that could not be written down."""

    def accepted(self, url: str, username: str, password: str) -> None: ...

    def refused(self, url: str, username: str, password: str, remember: bool) -> None:
        """``remember``: whether the phone is not to be asked again soon with this login."""

    def undecided(self, username: str, password: str) -> None: ...

    def hopeless(self, logins: Sequence[tuple[str, str]]) -> None:
        """Raises NotTried if each of these logins (name and password) was refused too often to be tried again."""


class Witness:
    """A ``Refusals`` that stops nothing. ``seen``: what phones said of each of these logins: accepted, refused or
    None. ``first``: the password that the controller knows to be the likely one."""

    def __init__(self, *logins: tuple[str, str], first: str | None = None) -> None:
        self._seen: dict[tuple[str, str], str | None] = dict.fromkeys(logins)
        self._first = first

    @property
    def seen(self) -> list[str | None]:
        return list(self._seen.values())

    def admit(self, url: str, username: str, password: str) -> None:
        del url, username, password

    def order(self, url: str, username: str, passwords: Sequence[str]) -> Sequence[str]:
        del url, username
        return sorted(passwords, key=lambda password: password != self._first)

    def begun(self, url: str, username: str, password: str) -> None:
        del url, username, password

    def accepted(self, url: str, username: str, password: str) -> None:
        del url
        if (username, password) in self._seen:
            self._seen[username, password] = "accepted"

    def refused(self, url: str, username: str, password: str, remember: bool) -> None:
        del url
        if (username, password) in self._seen and remember:
            self._seen[username, password] = "refused"

    def undecided(self, username: str, password: str) -> None:
        del username, password

    def hopeless(self, logins: Sequence[tuple[str, str]]) -> None:
        del logins


class Login:
    """``refused``: the ways in which the password was refused since it last was accepted, in order. ``offered``: the
    ways that the phone's last challenge named. ``refused_before``: whether another password was refused before it.

    ``passwords``: those of which the phone takes one. The next is tried where one is refused, each once.
    """

    def __init__(
        self,
        url: str,
        username: str,
        passwords: Sequence[str],
        auth: str = AUTO,
        logins: Logins | None = None,
        refusals: Refusals | None = None,
    ) -> None:
        self.refused: list[str] = []
        self.refused_before = False
        self.offered: set[str] = set()
        self._url, self._auth, self._logins, self._refusals = url, auth, logins, refusals
        self._used: dict[tuple[str, str], None] = {}
        self._others: list[str] = []
        self._last: list[str] = []
        self._anyway = False
        self._sent = ""
        self._challenge: Challenge | None = None
        self._count = 0
        self._accepted = self._renewed = False
        self._way = {AUTO: BASIC}.get(auth, auth)
        self.choose(username, passwords)
        self._recall()

    def choose(self, username: str, passwords: Sequence[str]) -> None:
        """Log in with one of these passwords from now on: the one that the phone takes."""
        first, *others = dict.fromkeys(passwords)
        if others and self._refusals is not None:
            first, *others = self._refusals.order(self._url, username, [first, *others])
        self.use(username, first, known=True)
        self._others = others
        self._used.update(dict.fromkeys((username, other) for other in others))

    def use(self, username: str, password: str, known: bool = False) -> None:
        """Log in with these from now on. ``known``: the phone should accept them. Otherwise the operation finds out
        which of several passwords works, and tries each once, whatever was refused before."""
        self._others, self.refused_before = [], False
        self._set(username, password, known)

    def put_off(self) -> None:
        """This password must not be tried because other phones refused it. If this one refuses all its others, it is
        the only one that is left, and is tried all the same, once."""
        if not self._anyway:
            self._last.append(self._password)

    def turn(self) -> bool:
        """After a refusal: log in with the next password from now on. False if there is none."""
        if self._accepted:
            return False
        anyway = not self._others and len(self._last) == 1 and self._last[0] != self._password
        left = self._last if anyway else self._others
        if not left:
            return False
        others, last, refused = left[1:], self._last, self.refused_before or bool(self.refused)
        self._set(self.username, left[0], self._known)
        self._others, self._last, self.refused_before, self._anyway = others, [] if anyway else last, refused, anyway
        return True

    @property
    def taken(self) -> str | None:
        """The password that the phone takes, as far as its answers say; None as long as it has not said so."""
        return self._password if self._accepted else None

    def _set(self, username: str, password: str, known: bool) -> None:
        self.username, self._password = username, password
        self._known, self._admitted, self._counts = known, False, False
        self._last, self._anyway = [], False
        self._accepted = self._renewed = False
        self._used[username, password] = None
        self.refused.clear()

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every password of this conversation, in every form that an answer might repeat."""
        return tuple(form for username, password in self._used for form in forms(username, password))

    def header(self, method: str, target: str, body: bytes) -> str | None:
        """The value of Authorization for a request; None for one that only asks what the phone wants."""
        if self._way == BASIC:
            self._sent = BASIC
            return f"Basic {base64.b64encode(f'{self.username}:{self._password}'.encode()).decode()}"
        if self._challenge is None:
            self._sent = ""
            return None
        self._sent = DIGEST
        self._count += 1
        return self._challenge.answer((self.username, self._password), method, target, body, self._count)

    def learn(self, offer: str) -> None:
        """Note what an answer to a request without a login offers (WWW-Authenticate)."""
        self._sent = ""
        self.challenged(offer, "")

    def challenged(self, offer: str, endpoint: str) -> bool:
        """The last request was answered with HTTP 401. Whether to send it again, in another way.

        Raises ProtocolError if the phone wants Digest and its challenge can't be answered.
        """
        offered = challenges(offer)
        self.offered = {scheme for scheme, _parameters in offered} & {BASIC, DIGEST}
        sent, self._sent = self._sent, ""
        wants_digest = self._auth == DIGEST if BASIC in self.offered else self._auth != BASIC
        if sent == DIGEST:
            return self._answer_again(offered, endpoint)
        if sent == BASIC:
            self.refused.append(BASIC)
        if wants_digest and DIGEST in self.offered:
            self._follow(best(offered, endpoint))
            return True
        if not sent and self._auth == AUTO:
            self._way = BASIC
            return True
        return False

    def _answer_again(self, offered: list[tuple[str, dict[str, str]]], endpoint: str) -> bool:
        """Digest was refused. A phone may no longer take a nonce, and does not always say so."""
        if DIGEST not in self.offered:
            self.refused.append(DIGEST)
            if self._auth == AUTO and BASIC in self.offered and BASIC not in self.refused:
                self._way = BASIC
                return True
            return False
        fresh, used = best(offered, endpoint), self._challenge
        self._follow(fresh)
        if not fresh.stale:
            self.refused.append(DIGEST)
        if self._renewed or used is None or fresh.nonce == used.nonce or not (fresh.stale or self._accepted):
            return False
        self._renewed = True
        return True

    def _follow(self, challenge: Challenge) -> None:
        self._way, self._challenge, self._count = DIGEST, challenge, 0

    def begin(self, password: str) -> None:
        """The account is about to get this password. Raises SettingsError."""
        if self._refusals is not None:
            self._refusals.begun(self._url, self.username, password)

    def admit(self, counts: bool) -> None:
        """Before a request: raises NotTried if this login must not be tried now. ``counts``: whether the answer says
        something about the login."""
        self._counts = counts
        if self._refusals is not None and self._known and not self._accepted and not self._anyway:
            self._refusals.admit(self._url, self.username, self._password)
            self._admitted = True

    def accepted(self) -> None:
        """The last request was answered with HTTP 200."""
        if self._sent:
            if self._refusals is not None and self._counts and not self._accepted:
                self._refusals.accepted(self._url, self.username, self._password)
                self._admitted = False
            self._accepted, self._renewed = True, False
            self.refused.clear()

    def failed(self) -> None:
        """The last request was answered with HTTP 401, and it stays at that. A phone that has taken this login before
        has another reason."""
        if self._refusals is not None and self._counts and self.refused and not self._accepted:
            self._refusals.refused(self._url, self.username, self._password, self._known)
            self._admitted = self._anyway = False

    def settle(self) -> None:
        """After a request, whatever came of it."""
        if self._refusals is not None and self._admitted:
            self._refusals.undecided(self.username, self._password)
            self._admitted = False

    def hopeless(self, logins: Sequence[tuple[str, str]]) -> None:
        """Raises NotTried if none of these logins (name and password) may be tried on any phone."""
        if self._refusals is not None:
            self._refusals.hopeless(logins)

    # -- between conversations

    def close(self) -> None:
        """Keep what was learnt."""
        if self._logins is None or self._way != DIGEST or self._challenge is None:
            return
        proof = self._proof() if self._accepted else None
        self._logins.note(self._url, {"challenge": asdict(self._challenge), "count": self._count, "proof": proof})

    def _recall(self) -> None:
        learnt = self._logins.recall(self._url) if self._logins is not None and self._auth != BASIC else None
        if learnt is None:
            return
        self._way = DIGEST
        with contextlib.suppress(KeyError, TypeError, ValueError):
            if hmac.compare_digest(str(learnt["proof"]), self._proof()):
                self._challenge, self._count = Challenge(**learnt["challenge"]), int(learnt["count"])
                self._accepted = True

    def _proof(self) -> str:
        """Tells whether the password is still the one that the phone took, to whoever knows it and the key."""
        text = f"{self._url}\n{self.username}\n{self._password}"
        return hmac.new(_KEY, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
