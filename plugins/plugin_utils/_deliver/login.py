# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to log in to the place that files go to and come from, and the errors of what did not arrive."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ...module_utils._phone.errors import PhoneError, SettingsError
from ...module_utils._text import forms
from .places import Url, is_url, url

TIMEOUT = 60.0


class NotDelivered(PhoneError):
    """A file that did not get where it was to go."""

    kind = "not_delivered"


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
        """The header ``Authorization``; empty without a login."""
        if self.token:
            return f"Bearer {self.token}"
        if not self.username:
            return ""
        return f"Basic {base64.b64encode(f'{self.username}:{self.password}'.encode()).decode()}"

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
    It is for the servers of VVX_DELIVER_TO: whoever may start a job names other places, and must not get it."""
    insecure = environment.get("VVX_DELIVER_INSECURE", "").strip().lower() in ("true", "yes", "on", "1", "y", "t")
    return Login(
        environment.get("VVX_DELIVER_USERNAME", ""),
        environment.get("VVX_DELIVER_PASSWORD", ""),
        environment.get("VVX_DELIVER_TOKEN", ""),
        not insecure,
        environment.get("VVX_DELIVER_CA_PATH") or None,
        origins=tuple(_origins(environment.get("VVX_DELIVER_TO", ""))),
    )


def _origins(places: str) -> Iterator[str]:
    """Of the URLs among these places."""
    for place in filter(is_url, places.split(",")):
        with contextlib.suppress(SettingsError):  # whoever sends something there is told
            yield url(place).origin
