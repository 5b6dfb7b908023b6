# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wait until a call is ringing, connected or ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from .._phone.api import Phone
from .._phone.errors import NotConnected, PhoneError
from .call_lookup import CONNECTED, RINGING, Call, Calls, read
from .result import Result

PAUSE = 0.5
"""Seconds between two requests."""

_WATCHED = {"ringing": (RINGING, "ringback", CONNECTED), "connected": (CONNECTED,), "ended": ()}
"""States that end the wait for a certain call. A connected call has rung before."""
_ANY = {"ringing": (RINGING,), "connected": (CONNECTED,), "ended": ()}
"""States that end the wait for any call."""


def for_call(phone: Phone, call: Call | None, wished: str, timeout: float, result: Result) -> None:
    """Wait until this call (None: it has ended) is ``wished``: ringing, connected or ended. Puts the calls into the
    result, and an error after the timeout."""

    def look(now: Calls) -> tuple[bool, Any]:
        found = None if call is None else now.with_handle(call["handle"])
        # Firmware that reports one call may report another one while this one goes on.
        gone = call is None or (found is None and (now.complete or not now.calls))
        if gone and wished != "ended":
            raise NotConnected(f"the call ended before it was {wished}.")
        return gone or (found is not None and found.get("state") in _WATCHED[wished]), found

    _until(phone, look, "the", wished, timeout, result)


def for_any(phone: Phone, wished: str, timeout: float, result: Result) -> None:
    """Wait until some call is ringing or connected, or until no call is left."""

    def look(now: Calls) -> tuple[bool, Any]:
        found = next((call for call in now.calls if call.get("state") in _ANY[wished]), None)
        return found is not None or (wished == "ended" and not now.calls), found

    _until(phone, look, "a", wished, timeout, result)


def _until(
    phone: Phone, look: Callable[[Calls], tuple[bool, Any]], which: str, wished: str, timeout: float, result: Result
) -> None:
    deadline = time.monotonic() + timeout
    while True:
        try:
            now = read(phone)
            result.values["calls"] = now.calls
            reached, result.values["call"] = look(now)
        except PhoneError as error:
            result.values["call"] = None
            result.error = error
            return
        left = deadline - time.monotonic()
        if reached:
            return
        if left <= 0:
            missed = (
                f"the call was not {wished}"
                if which == "the"
                else "there were still calls"
                if wished == "ended"
                else f"no call was {wished}"
            )
            result.error = NotConnected(f"after {timeout:g} s {missed}. {now.described()}")
            return
        phone.say(f"waiting for {which} call to be {wished}, up to {left:.0f} s more")
        phone.sleep(min(PAUSE, left))
