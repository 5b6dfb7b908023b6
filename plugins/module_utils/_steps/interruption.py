# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check whether a phone is in use before interrupting it, and wait, skip or fail as the user wishes."""

from __future__ import annotations

import time

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._phone.conversation import OF_ONE_CALL
from .._phone.errors import InCall
from .._phone.shapes import converters
from .._phone.shapes import device as device_shapes
from .waiting import pauses, until_answered

WHEN_BUSY = {"type": "str", "choices": ["wait", "skip", "fail", "proceed"], "default": "wait"}

INTERRUPTION = ArgumentSpec(
    {
        "when_busy": WHEN_BUSY,
        "busy_timeout": {"type": "float", "default": 600.0},
        "delay": {"type": "float", "default": 0.0},
        "wait_timeout": {"type": "float", "default": 300.0},
    }
)


def in_use(phone: Phone) -> str | None:
    """What the phone is doing, in words ("in a call"); None if it is idle.

    pollForStatus answers this in one request (manual, Management.PollForStatus). Where a phone lacks it (according to
    the manual, on plain HTTP), its list of calls is read. ``CanApplyShutdownRequest`` of newer firmware covers more
    than calls.
    """
    try:
        status = phone.poll_for_status()
    except OF_ONE_CALL:
        calls = phone.call_status()
        activity = "in a call" if calls else None
    else:
        # "Active call duration 5 mins 25 secs"
        activity = (
            f"in a call ({phone.show(converters.text(status.get('StateData')) or 'active')})"
            if str(status.get("State")).strip().lower() == "active"
            else None
        )
    if activity is None and device_shapes.device(phone.device_info()).get("can_apply_shutdown_request") is False:
        activity = "busy and can't be shut down now"
    return activity


def may_interrupt(phone: Phone, when_busy: str, busy_timeout: float, check_mode: bool) -> str | None:
    """None once the phone may be interrupted; with ``when_busy: skip``, what the phone is doing.

    ``busy_timeout``: how many seconds ``wait`` may take. Check mode does not wait. Raises InCall.
    """
    return permission(phone, in_use(phone), Patience(when_busy, busy_timeout), check_mode)


class Patience:
    """``when_busy``, and until when to wait. ``timeout``: seconds from now on, for all waits together."""

    def __init__(self, when_busy: str, timeout: float) -> None:
        self.when_busy = when_busy
        self.timeout = timeout
        self.deadline = time.monotonic() + timeout

    @property
    def left(self) -> float:
        return self.deadline - time.monotonic()


def permission(phone: Phone, activity: str | None, patience: Patience, check_mode: bool) -> str | None:
    """``may_interrupt`` for a phone that has just been asked. ``activity``: what ``in_use`` returned."""
    if activity is None or patience.when_busy == "proceed":
        return None
    if patience.when_busy == "skip":
        return activity
    if patience.when_busy == "fail":
        raise InCall(f"the phone is {activity} and was not interrupted.")
    if check_mode:
        return None
    for pause in pauses():
        if patience.left <= 0:
            raise InCall(f"the phone was still {activity} after {patience.timeout:g} s and was not interrupted.")
        phone.say(f"the phone is {activity}; waiting up to {patience.left:.0f} s more")
        phone.sleep(min(pause, max(0.0, patience.left)))
        # The phone may be away for a moment.
        activity = until_answered(phone, lambda: in_use(phone), max(0.0, patience.left))
        if activity is None:
            return None
    raise AssertionError("pauses never end")
