# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to log in to the place that files go to and come from, and the errors of what did not arrive."""

from __future__ import annotations

import base64
import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ...module_utils._phone.errors import PhoneError, SettingsError
from ...module_utils._text import clean, forms
from .places import Url, is_text, is_url, url

TIMEOUT = 60.0
SHORTEST, LONGEST = 0.1, 3600.0
_PREFIX = "VVX_DELIVER_"


class NotDelivered(PhoneError):
    """A file that did not get where it was to go."""

    kind = "not_delivered"


class PlaceFailed(NotDelivered):
    """A file that did not get there, as no other one would."""


class NotFetched(PhoneError):
    """A file that could not be read from where it is."""

    kind = "not_fetched"


class Missing(NotFetched):
    """There is no such file."""


@dataclass(frozen=True)
class Login:
    """``token``: sent as Bearer, before ``username`` and ``password``, which are sent as Basic. ``ca_path``: PEM file
    or folder of the authorities that signed the server's certificate. ``timeout``: seconds for each file, from
    connecting to the last byte. ``origins``: the only servers that it goes to; where there are none, any over https;
    None: any, since whoever set it has named the server beside it."""

    username: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    validate_certs: bool = True
    ca_path: str | None = None
    timeout: float = TIMEOUT
    origins: tuple[str, ...] | None = None

    @property
    def header(self) -> str:
        """The header ``Authorization``; empty without a login. Raises SettingsError for what can't be sent."""
        if self.token:
            if not re.fullmatch("[!-~]+", self.token):
                raise self._wrong("token", "has a character that no token has, such as a space or the end of a line")
            return f"Bearer {self.token}"
        if not self.username:
            return ""
        for name in ("username", "password"):
            if not is_text(getattr(self, name)):
                raise self._wrong(name, "has a byte that is no UTF-8")
        return f"Basic {base64.b64encode(f'{self.username}:{self.password}'.encode()).decode()}"

    def _wrong(self, name: str, what: str) -> SettingsError:
        shown = name if self.origins is None else f"{_PREFIX}{name.upper()}"
        return SettingsError(f"{shown} {what}.", remedy="Set it again, as one line of text.")

    def header_for(self, to: Url) -> str:
        """The header ``Authorization`` for a server: that of the URL itself before this one; empty without a login, or
        where this one does not go."""
        if to.login or self.origins is None:
            return to.login or self.header
        return self.header if to.origin in self.origins or (not self.origins and to.secure) else ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no message may show."""
        return (*forms(self.username, self.password), *forms(self.username, self.token))


def from_environment(environment: Mapping[str, str]) -> Login:
    """The login that a credential of AWX injects, as texts: what is empty is not set, and so is a boolean's "False".
    It is for the servers of VVX_DELIVER_TO: whoever may start a job names other places, and must not get it. Raises
    SettingsError for a time-out that is none."""

    def given(name: str) -> str:
        return environment.get(f"{_PREFIX}{name}", "")

    return Login(
        given("USERNAME"),
        given("PASSWORD"),
        given("TOKEN").strip(),
        given("INSECURE").strip().lower() not in ("true", "yes", "on", "1", "y", "t"),
        given("CA_PATH") or None,
        _seconds(given("TIMEOUT").strip()),
        tuple(_origins(given("TO"))),
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text or TIMEOUT)
    except ValueError:
        seconds = 0.0
    if not SHORTEST <= seconds <= LONGEST:
        raise SettingsError(
            f"{_PREFIX}TIMEOUT is {clean(text, 20)!r}, which is no number from {SHORTEST:g} to {LONGEST:g}.",
            remedy="Set it to seconds for each file.",
        )
    return seconds


def _origins(places: str) -> Iterator[str]:
    """Of the URLs among these places."""
    for place in filter(is_url, places.split(",")):
        with contextlib.suppress(SettingsError):  # whoever sends something there is told
            yield url(place).origin
