# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Places that files go to and come from: a folder, a file, or an http(s) URL."""

from __future__ import annotations

import base64
import os
import urllib.parse
from dataclasses import dataclass, field

from ...module_utils._phone.errors import SettingsError
from ...module_utils._phone.settings import is_host
from ...module_utils._text import clean, hide_logins

_LONGEST_NAME = 200
_SAFE = "/%:@!$&'()*+,;=~"
"""Characters of a path and a query that are not quoted again."""


@dataclass(frozen=True)
class Url:
    """``target``: path and query, as sent. ``login``: of the URL itself, as the header Basic has it. ``shown``: the URL
    without logins."""

    secure: bool
    host: str
    port: int | None
    target: str
    shown: str
    login: str = field(default="", repr=False)

    @property
    def origin(self) -> str:
        """The server: what a login is for."""
        scheme, usual = ("https", 443) if self.secure else ("http", 80)
        return f"{scheme}://{self.host.lower()}:{self.port or usual}"


def is_url(place: str) -> bool:
    """Whether a place has a scheme, and is no path."""
    return "://" in place


def is_text(value: str) -> bool:
    """Whether UTF-8 can hold it: the environment may have any bytes, JSON half a surrogate pair."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def shown(place: str) -> str:
    """A place, safe to show. Queries sign URLs, in fields of any name."""
    return clean(without_query(hide_logins(place)) if is_url(place) else place, 300)


def without_query(url: str) -> str:
    """A URL with ``***`` for what is in its query."""
    before, mark, query = url.partition("?")
    return f"{before}{mark}{'***' * bool(query)}"


def check_place(place: str) -> None:
    """Raises SettingsError for what files can't be sent to: it is neither an absolute path nor a URL of a folder."""
    if is_url(place):
        if not urllib.parse.urlsplit(url(place).target).path.endswith("/"):
            raise SettingsError(
                f"{shown(place)} does not end with a slash, so it is no folder.",
                remedy="Add the slash: each file is put under the URL by its name.",
            )
    elif not os.path.isabs(place):
        raise SettingsError(
            f"{shown(place)} is neither an absolute path nor a URL.",
            remedy="Name a folder as /var/lib/polycom.vvx, or a URL as https://files.example.com/vvx/.",
        )


def check_name(name: str) -> None:
    """Raises SettingsError for what can't be the name of a file in a folder."""
    size = len(name.encode("utf-8", "surrogatepass"))
    if name in ("", ".", "..") or "/" in name or "\0" in name or size > _LONGEST_NAME or not is_text(name):
        raise SettingsError(f"{clean(name)!r} can't be the name of a file.", remedy="Name it without a folder.")


def url(place: str, name: str = "") -> Url:
    """A URL in its parts; ``name``: of the file below it. Raises SettingsError for what is none."""
    if not is_text(place):
        raise SettingsError(f"{shown(place)} has a byte that is no UTF-8.", remedy="Write it again.")
    try:
        parts = urllib.parse.urlsplit(place.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise SettingsError(f"{shown(place)} is no URL.", remedy="Check its host and port.") from None
    if parts.scheme not in ("http", "https"):
        raise SettingsError(f"{shown(place)} is no http(s) URL.", remedy="Name a URL of http or https, or a path.")
    if not is_host(host):
        raise SettingsError(f"{shown(place)} names no host.", remedy="Check the URL.")
    path = f"{parts.path or '/'}{urllib.parse.quote(name, safe='')}"
    query = urllib.parse.quote(parts.query, safe=f"{_SAFE}?")
    target = urllib.parse.quote(path, safe=_SAFE) + (f"?{query}" if query else "")
    login = ""
    if parts.username is not None:
        told = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
        login = f"Basic {base64.b64encode(told.encode()).decode()}"
    return Url(parts.scheme == "https", host, port, target, shown(place), login)
