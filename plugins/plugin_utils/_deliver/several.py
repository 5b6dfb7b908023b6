# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several files that belong together, such as parts: bounded as a whole, because their number is not known."""

from __future__ import annotations

import time
from dataclasses import replace

from .files import LARGEST, fetch
from .login import Login, NotFetched

LONGEST_ALTOGETHER = 600.0
"""Seconds for all of them, unless a single one may have more."""


class Several:
    """Fetches files as ``fetch`` does, of at most ``most`` bytes and in at most ``seconds`` altogether."""

    def __init__(self, login: Login, seconds: float = LONGEST_ALTOGETHER, most: int = LARGEST) -> None:
        self._login, self._most = login, most
        self._seconds = max(seconds, login.timeout)
        self._deadline = time.monotonic() + self._seconds
        self._read = 0

    def fetch(self, source: str) -> bytes:
        """The file. Raises as ``fetch`` does."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise NotFetched(
                f"the files were not complete after {self._seconds:g} s.",
                remedy="Check whether the server is overloaded, or use a mounted folder.",
            )
        content = fetch(source, replace(self._login, timeout=min(self._login.timeout, left)), self._most)
        self._read += len(content)
        if self._read > self._most:
            raise NotFetched(
                f"the files are larger than {self._most // 1_000_000} MB altogether.",
                remedy="Take fewer phones at once, such as one site at a time (vvx_hosts).",
            )
        return content
