# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restart a phone when nobody uses it, and wait until it is ready again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._phone.errors import NotRestarted, PhoneError
from .._steps.interruption import INTERRUPTION, may_interrupt
from .._steps.reboot import BootMark, WaitLimits, boot_mark, send_order, until_restarted
from .._steps.result import Result, timed

SPEC = INTERRUPTION.merge(
    ArgumentSpec(
        {
            "mode": {"type": "str", "choices": ["restart", "reboot"], "default": "restart"},
            "wait_for_lines": {"type": "bool", "default": False},
        }
    )
)


@timed
def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Raises a PhoneError only before the restart was ordered."""
    result = Result(changed=True)
    busy = may_interrupt(phone, params["when_busy"], params["busy_timeout"], check_mode)
    if busy is not None:
        result.changed = False
        result.skip = f"the phone is {busy}; it was not restarted."
    else:
        # After the wait for calls: otherwise a restart during that wait would count as the one ordered here.
        before = boot_mark(phone, with_lines=params["wait_for_lines"])
        result.values["uptime_before"] = before.uptime
        if not check_mode:
            _carry_out(phone, params, before, result)
    return result


def _carry_out(phone: Phone, params: Mapping[str, Any], before: BootMark, result: Result) -> None:
    answered = send_order(phone, lambda: phone.restart(params["mode"]))
    limits = WaitLimits(
        params["wait_timeout"], params["delay"], absence_is_enough=answered and params["mode"] == "restart"
    )
    try:
        device = until_restarted(phone, before, limits)
        result.values["uptime_after"] = device.get("uptime_seconds")
    except NotRestarted as error:
        result.changed, result.error = False, error
    except PhoneError as error:
        result.error = error
