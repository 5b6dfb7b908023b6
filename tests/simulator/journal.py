# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a phone was asked, and what it should not have been asked."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

#: A phone in a long-running demonstration forgets its oldest requests; counters go on.
LOG_LIMIT = 10_000


@dataclass(slots=True)
class Request:
    """One request as the phone saw it. Times are time.monotonic() seconds."""

    method: str
    path: str
    query: dict[str, str]
    #: The "data" of the body, or the whole body if it is JSON without "data", None if there is none.
    data: Any
    #: 0 if the connection was dropped without a reply.
    http_status: int
    #: The API's own Status, "" for replies that have none.
    status: str
    started: float
    ended: float
    #: User name and scheme that came with it ("" without credentials).
    user: str = ""
    auth: str = ""
    #: Bytes of the body.
    size: int = 0


class Journal:
    """The log, counters and violations of one phone."""

    def __init__(self) -> None:
        self.running = 0
        self.clear()

    def clear(self) -> None:
        self.log: list[Request] = []
        self.violations: list[str] = []
        self.paths: Counter[str] = Counter()
        self.auth_failures = 0
        self.refused: Counter[str] = Counter()
        self.max_concurrent = 0

    def begin(self, method: str, path: str, query: dict[str, str]) -> Request:
        now = time.monotonic()
        request = Request(method, path, query, None, 0, "", now, now)
        self.running += 1
        self.max_concurrent = max(self.max_concurrent, self.running)
        if self.running > 1:
            self.violation(f"concurrent request {method} {path}")
        self.paths[path] += 1
        if len(self.log) >= LOG_LIMIT:
            del self.log[: LOG_LIMIT // 2]
        self.log.append(request)
        return request

    def end(self, request: Request) -> None:
        request.ended = time.monotonic()
        self.running -= 1

    def violation(self, text: str) -> None:
        self.violations.append(text)

    def count(self, path_suffix: str | None = None) -> int:
        if path_suffix is None:
            return self.paths.total()
        suffix = path_suffix.lower()
        return sum(count for path, count in self.paths.items() if path.lower().endswith(suffix))

    def counters(self) -> dict[str, Any]:
        return {
            "requests": self.paths.total(),
            "paths": dict(self.paths),
            "max_concurrent": self.max_concurrent,
            "auth_failures": self.auth_failures,
            "violations": len(self.violations),
        }
