# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""People first: whether a phone is in use, and what to do then before it is interrupted."""

from __future__ import annotations

import time

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._phone.errors import InCall, NotSupported, RestDisabled
from .._phone.shapes import converters
from .._phone.shapes import device as device_shapes
from .waiting import pauses, until_answered

WHEN_BUSY = ("wait", "skip", "fail", "proceed")

INTERRUPTION = ArgumentSpec(
    {
        "when_busy": {"type": "str", "choices": list(WHEN_BUSY), "default": "wait"},
        "busy_timeout": {"type": "float", "default": 600.0},
        "delay": {"type": "float", "default": 0.0},
        "wait_timeout": {"type": "float", "default": 300.0},
    }
)


def in_use(phone: Phone) -> str | None:
    """What the phone is in the middle of, in words; None if it is idle.

    pollForStatus tells it in one request (manual, Management.PollForStatus). Where a phone does not answer that, as on plain
    HTTP by the manual, its list of calls does. ``CanApplyShutdownRequest`` of newer firmware knows of more than calls.
    """
    try:
        status = phone.poll_for_status()
    except (NotSupported, RestDisabled):
        calls = phone.call_status()
        told = "in a call" if calls else None
    else:
        # "Active call duration 5 mins 25 secs"
        told = (
            f"in a call ({converters.text(status.get('StateData')) or 'active'})"
            if str(status.get("State")).strip().lower() == "active"
            else None
        )
    if told is None and device_shapes.device(phone.device_info()).get("can_apply_shutdown_request") is False:
        told = "busy: it says that it can't be shut down now"
    return told


def may_interrupt(phone: Phone, when_busy: str, busy_timeout: float, check_mode: bool) -> str | None:
    """None once the phone may be interrupted. Else, for ``when_busy: skip``, what it is in the middle of.

    ``busy_timeout``: seconds that ``wait`` waits at most. Check mode does not wait. Raises InCall.
    """
    told = in_use(phone)
    if told is None or when_busy == "proceed":
        return None
    if when_busy == "skip":
        return told
    if when_busy == "fail":
        raise InCall(f"the phone is {told}, and was not interrupted.")
    if check_mode:
        return None
    deadline = time.monotonic() + busy_timeout
    for pause in pauses():
        left = deadline - time.monotonic()
        if left <= 0:
            raise InCall(f"the phone was still {told} after {busy_timeout:g} s, and was not interrupted.")
        phone.say(f"the phone is {told}; waiting for {left:.0f} s more")
        phone.sleep(min(pause, left))
        # A phone that is away for a moment is not asked to be there at once.
        told = until_answered(phone, lambda: in_use(phone), max(0.0, deadline - time.monotonic()))
        if told is None:
            return None
    raise AssertionError("pauses never end")
