# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restart a phone whose parameters were written, and wait until its lines are registered again."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import replace

from .._phone.api import Phone
from .._phone.shapes import device as device_shapes
from .config_plan import WriteOptions
from .interruption import may_interrupt
from .reboot import BootMark, WaitLimits, boot_mark, send_order, until_registered, until_restarted
from .waiting import AWAY, pauses, until_answered

_LINE = re.compile(r"reg\.([0-9]+)\.address")


def restart(phone: Phone, before: BootMark, mode: str, options: WriteOptions) -> str | None:
    """Restart the phone, unless it has restarted by itself since ``before``, and wait until it is ready.

    ``mode``: restart or reboot. Returns what the phone is doing if it was not restarted for that; raises InCall, and
    what ``until_restarted`` raises.
    """
    deadline = time.monotonic() + options.timeout
    waits = pauses()
    while not _has_booted(phone, before, deadline - time.monotonic()):
        asked = time.monotonic()
        try:
            busy = may_interrupt(phone, options.when_busy, options.busy_timeout, check_mode=False)
            if busy is not None:
                return busy
            deadline += time.monotonic() - asked
            fresh = boot_mark(phone)
        except AWAY:
            # It is going down by itself: look again.
            if time.monotonic() >= deadline:
                raise
            phone.sleep(next(waits))
            continue
        answered = send_order(phone, lambda: phone.restart(mode))
        until_restarted(phone, fresh, WaitLimits(options.timeout, absence_is_enough=answered and mode == "restart"))
        break
    return None


def _has_booted(phone: Phone, before: BootMark, timeout: float) -> bool:
    """Whether the phone has restarted by itself since. Waits until it answers."""

    def ask() -> bool:
        asked = time.monotonic()
        return before.proves_boot(device_shapes.device(phone.device_info()), asked)

    return until_answered(phone, ask, timeout)


def settled(
    phone: Phone, before: BootMark, written: Mapping[str, str], restarted: bool, options: WriteOptions
) -> BootMark:
    """Wait until the phone is ready and has the lines that it had ``before``, except for those that were taken from it.

    ``written``: the parameters that it got. A phone that was not restarted notices some seconds later that a line no
    longer registers. Raises NotRegistered and what else ``until_registered`` raises.
    """
    limits = WaitLimits(options.timeout, 0.0 if restarted or not written else options.lines_delay)
    return until_registered(phone, replace(before, lines=before.lines - removed_lines(written)), limits)


def removed_lines(values: Mapping[str, str]) -> set[int]:
    """The lines that a phone with these values no longer has."""
    return {int(match[1]) for name, value in values.items() if not value and (match := _LINE.fullmatch(name))}
