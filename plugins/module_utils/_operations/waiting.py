# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wait for a phone that went away, with growing pauses and a limit."""

from __future__ import annotations

import random
import time
from typing import Callable, TypeVar

from .._phone.api import Phone
from .._phone.errors import Busy, ConnectionLost, NotSupported, PhoneFailed, PhoneTimeout, RestDisabled, TlsFailed, Unreachable

AWAY = (Unreachable, ConnectionLost, PhoneTimeout, Busy, RestDisabled, NotSupported, PhoneFailed, TlsFailed)
"""What a phone may answer, or not, while it boots: nothing, half a connection, HTTP 403 or 404 until the application is up."""

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 10.0

Answer = TypeVar("Answer")


def until_answered(phone: Phone, ask: Callable[[], Answer], timeout: float) -> Answer:
    """Ask again and again until the phone answers, for at most ``timeout`` seconds; then raise what it last said.

    A refused password is not waited for: each try would count against the account.
    """
    deadline = time.monotonic() + timeout
    pause = FIRST_PAUSE
    while True:
        try:
            return ask()
        except AWAY as error:
            left = deadline - time.monotonic()
            if left <= 0:
                error.message += f" The phone had {timeout:g} s to come back."
                raise
        phone.sleep(min(pause * random.uniform(0.75, 1.0), left))
        pause = min(pause * 1.5, LONGEST_PAUSE)
