# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to reach one phone."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .login import AUTO, Logins, Refusals
from .tls import TlsSettings

ADMIN_ACCOUNT = "Polycom"

Judge = Callable[[Any], None]
"""Gets the TLS socket of a new connection. Raises a PhoneError if nothing may be sent to that server."""


@dataclass(frozen=True)
class Settings:
    """How to reach one phone.

    ``host``: empty in settings that several phones share. Times are in seconds. ``mac``: twelve lower-case digits.
    ``password_next``: what the phone takes instead if its password has been changed already.
    ``auth``: ``auto``, ``basic`` or ``digest``. ``logins``: what other conversations learnt of it, if that is kept.
    ``refusals``: what they know of logins that phones refused.
    ``judge``: called on each TLS connection, after TLS's own checks and before anything is sent.
    """

    password: str = field(repr=False)
    host: str = ""
    username: str = ADMIN_ACCOUNT
    port: int | None = None
    use_ssl: bool = True
    timeout: float = 30.0
    connect_timeout: float = 10.0
    retries: int = 5
    auth: str = AUTO
    mac: str | None = None
    password_next: str | None = field(default=None, repr=False)
    tls: TlsSettings = TlsSettings()
    judge: Judge | None = field(default=None, repr=False, compare=False)
    logins: Logins | None = field(default=None, repr=False, compare=False)
    refusals: Refusals | None = field(default=None, repr=False, compare=False)

    @property
    def passwords(self) -> tuple[str, ...]:
        """Those of which the phone takes one."""
        other = self.password_next
        return (self.password,) if not other or other == self.password else (self.password, other)

    @property
    def base_url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.use_ssl else 'http'}://{host}:{self.port_in_use}"

    @property
    def default_port(self) -> int:
        return 443 if self.use_ssl else 80

    @property
    def port_in_use(self) -> int:
        return self.port or self.default_port


def is_host(text: str) -> bool:
    """Whether the text is an IP address or can be a host name; anything else could change the URL of requests."""
    try:
        ipaddress.ip_address(text)
        return True
    except ValueError:
        pass
    try:
        name = text.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    return re.fullmatch(r"(?!-)[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?", name) is not None
