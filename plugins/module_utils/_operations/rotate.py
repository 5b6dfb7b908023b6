# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Give a phone the next admin password, if it does not have it yet, and report which of the two it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._phone.api import BEFORE, NEXT, Phone
from .._phone.errors import PhoneError, SettingsError
from .._phone.settings import ADMIN_ACCOUNT
from .._steps.interruption import WHEN_BUSY, may_interrupt
from .._steps.password_change import NEXT_OPTION, UNKNOWN, Change, carry_out, check, generation
from .._steps.reboot import BootMark, WaitLimits, boot_mark, until_registered
from .._steps.result import Result

_OF_WORKING = {"new": NEXT, "old": BEFORE}

SPEC = ArgumentSpec(
    {
        "min_length": {"type": "int", "default": 8},
        "next_first": {"type": "bool", "default": False},
        "when_busy": WHEN_BUSY,
        "busy_timeout": {"type": "float", "default": 600.0},
        "wait_timeout": {"type": "float", "default": 300.0},
        "wait_for_lines": {"type": "bool", "default": True},
        "lines_delay": {"type": "float", "default": 5.0},
    }
)


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Returns ``generation``: next, before or unknown. Each password is tried once, and after a change once more."""
    result = Result(values={"generation": UNKNOWN})
    try:
        _rotate(phone, params, check_mode, result)
    except PhoneError as error:
        result.error = error
    return result


def next_password(phone: Phone, shortest: int) -> str:
    """Raises SettingsError and BadValues, before anything is sent."""
    new = phone.settings.password_next
    if not new:
        raise SettingsError(
            f"{NEXT_OPTION} is not set, so there is no password to give to the phone. Nothing was sent.",
            remedy="Set ansible_vvx_password_next for the phone (in a vault file).",
        )
    check(NEXT_OPTION, new, shortest)
    if phone.settings.username != ADMIN_ACCOUNT:
        raise SettingsError(
            f"this changes the admin's password, and so needs the account {ADMIN_ACCOUNT}. Nothing was sent.",
            remedy="Remove ansible_user. For the user's password, use polycom.vvx.vvx_password.",
        )
    return new


def _rotate(phone: Phone, params: Mapping[str, Any], check_mode: bool, result: Result) -> None:
    new = next_password(phone, params["min_length"])
    result.values["generation"] = generation(phone, new)
    if result.values["generation"] == NEXT:
        return
    if busy := may_interrupt(phone, params["when_busy"], params["busy_timeout"], check_mode):
        result.skip = f"the phone is {busy}; it keeps the password before"
        return
    if check_mode:
        result.changed = True
        return
    mark = boot_mark(phone, params["wait_for_lines"])
    result.values["lines_before"] = sorted(mark.lines)
    old = phone.password_taken or phone.settings.password
    phone.begin_password(new)
    carry_out(phone, Change("admin", new, old, params["wait_timeout"]), result)
    result.values["generation"] = _OF_WORKING.get(result.values.pop("working"), UNKNOWN)
    if result.error is None:
        _wait_for_lines(phone, mark, params, result)


def _wait_for_lines(phone: Phone, mark: BootMark, params: Mapping[str, Any], result: Result) -> None:
    """The phone may restart for the change, even after it has answered."""
    if not mark.lines:
        return
    try:
        until_registered(phone, mark, WaitLimits(params["wait_timeout"], delay=params["lines_delay"]))
    except PhoneError as error:
        error.say_more("It has the next password.")
        result.error = error
