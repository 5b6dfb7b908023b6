# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wait for a phone that went away, with growing pauses and a limit."""

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
"""What a phone that is down answers: nothing, or half a connection."""
AWAY = (*GONE, Busy, RestDisabled, NotSupported, PhoneFailed, ProtocolError)
"""The same, and what a phone may answer while it boots: HTTP 403, 404 or a page of its own until the application is up."""

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 10.0

Answer = TypeVar("Answer")


def pauses() -> Iterator[float]:
    """Seconds from one look to the next, for ever: growing, and with some jitter, so that a fleet does not ask in step."""
    pause = FIRST_PAUSE
    while True:
        yield pause * random.uniform(0.75, 1.0)
        pause = min(pause * 1.5, LONGEST_PAUSE)


def until_answered(phone: Phone, ask: Callable[[], Answer], timeout: float) -> Answer:
    """Ask again and again until the phone answers, for at most ``timeout`` seconds; then raise what it last said.

    A refused password is not waited for: each try would count against the account.
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
                error.say_more(f"The phone had {timeout:g} s to come back.")
                raise
            phone.say(f"waiting for the phone to come back, for {left:.0f} s more")
        phone.sleep(min(next(waits), left))
