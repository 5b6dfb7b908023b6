# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wait for a phone that went away, with growing pauses and a time limit."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from .._phone.api import Phone
from .._phone.errors import (
    Busy,
    ConnectionLost,
    NotSupported,
    PhoneFailed,
    PhoneTimeout,
    ProtocolError,
    RestDisabled,
    TlsFailed,
    Unreachable,
)

GONE = (Unreachable, ConnectionLost, PhoneTimeout, TlsFailed)
"""Errors from a phone that is down: no answer, or a broken connection."""
AWAY = (*GONE, Busy, RestDisabled, NotSupported, PhoneFailed, ProtocolError)
"""The same, plus what a phone may answer while it boots: HTTP 403, 404 or a web page until the application is up."""

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 10.0

Answer = TypeVar("Answer")


def pauses() -> Iterator[float]:
    """Seconds between requests, endlessly: growing, with jitter so that a fleet does not ask in step."""
    pause = FIRST_PAUSE
    while True:
        yield pause * random.uniform(0.75, 1.0)
        pause = min(pause * 1.5, LONGEST_PAUSE)


def until_answered(phone: Phone, ask: Callable[[], Answer], timeout: float) -> Answer:
    """Ask until the phone answers, for at most ``timeout`` seconds; then raise the last error.

    A refused password is raised at once: each attempt counts toward the account's lock.
    """
    deadline = time.monotonic() + timeout
    waits = pauses()
    while True:
        try:
            with phone.without_retries():
                return ask()
        except AWAY as error:
            left = deadline - time.monotonic()
            if left <= 0:
                error.say_more(f"The phone did not come back within {timeout:g} s.")
                raise
            phone.say(f"waiting for the phone to come back, up to {left:.0f} s more")
        phone.sleep(min(next(waits), left))
