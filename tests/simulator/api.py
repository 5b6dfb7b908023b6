# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The REST API as a table: paths, who may use them, since which firmware."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from .phone import Phone

OK = "2000"
INVALID = "4000"
BUSY = "4001"
NOT_REGISTERED = "4002"
NOT_ALLOWED = "4003"
NOT_SUPPORTED = "4004"
NO_SUCH_LINE = "4005"
NO_URL = "4006"
NO_SUCH_CALL = "4007"
EXPORT_FAILED = "4008"
TOO_MUCH = "4009"
DEFAULT_PASSWORD = "4010"
FAILED = "5000"


class ApiError(Exception):
    """HTTP 200 with a Status that is not 2000."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class HttpError(Exception):
    """A reply of the web server itself, with an HTML body."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(slots=True)
class ApiCall:
    """A request that has passed the web server's checks."""

    phone: Phone
    query: dict[str, str]
    #: "data" of the body, None if there is none.
    data: Any
    tls: bool

    def text(self, key: str) -> str:
        """A text from "data", "" if it isn't there; numbers are taken as text."""
        value = self.data.get(key, "") if isinstance(self.data, dict) else ""
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise ApiError(INVALID)
        return str(value)

    def needed(self, key: str) -> str:
        """A text that the manual calls mandatory."""
        value = self.text(key)
        if not value:
            raise ApiError(INVALID)
        return value


@dataclass(slots=True)
class Reply:
    """What goes beside Status: data (None for none), and keys at the top level."""

    data: Any = None
    extra: dict[str, Any] = field(default_factory=dict)
    status: str = OK


Handler = Callable[[ApiCall], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    method: Literal["GET", "POST"]
    path: str
    since: tuple[int, int]
    admin: bool
    handler: Handler
    #: The manual of 5.9.1 lists the codes 4400, 4403 and 5500 for it.
    newer: bool = False


class Table:
    """All endpoints, found by path in any letter case."""

    def __init__(self) -> None:
        self._endpoints: dict[str, Endpoint] = {}

    def endpoint(
        self,
        method: Literal["GET", "POST"],
        path: str,
        *,
        since: tuple[int, int] = (5, 4),
        admin: bool = False,
        newer: bool = False,
    ) -> Callable[[Handler], Handler]:
        """Register a handler; one handler may serve several paths."""

        def register(handler: Handler) -> Handler:
            full = f"/api/{path}"
            self._endpoints[full.lower()] = Endpoint(method, full, since, admin, handler, newer)
            return handler

        return register

    def find(self, path: str) -> Endpoint | None:
        """The endpoint that some firmware has under this path."""
        return self._endpoints.get(path.lower())

    def all(self) -> list[Endpoint]:
        return list(self._endpoints.values())


TABLE = Table()
