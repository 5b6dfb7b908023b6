# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wait for a phone to restart: prove that it went down, that the same phone came back, and that it is ready for use.

The proof of a boot is an uptime that starts over. A restart of the application alone may keep the uptime; then an
absence is the proof.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .._phone.api import Phone
from .._phone.errors import (
    AuthenticationFailed,
    DefaultPassword,
    NotReady,
    NotRegistered,
    NotRestarted,
    NotSupported,
    OtherPhone,
    PhoneError,
    ProtocolError,
    RestDisabled,
)
from .._phone.shapes import device as device_shapes
from .._phone.shapes import lines as line_shapes
from .interruption import in_use
from .waiting import AWAY, GONE, pauses

CLOCK_TOLERANCE = 2
"""Seconds by which the uptime may lag: phones report whole seconds and take a moment to answer."""

SETTLED = 60.0
"""Seconds after which an answer that phones also give while booting (HTTP 404) counts as final."""


@dataclass(frozen=True)
class BootMark:
    """A phone before a restart. ``uptime``: seconds, at the (monotonic) time ``taken``. ``lines``: the registered
    lines."""

    mac: str | None
    uptime: int | None
    taken: float
    lines: frozenset[int] = frozenset()
    firmware: str = ""

    def proves_boot(self, device: Mapping[str, Any], asked: float) -> bool:
        """Whether the phone has booted since. ``asked``: when the request was sent; a slow reply reports an outdated
        uptime."""
        now = device.get("uptime_seconds")
        if self.uptime is None or now is None:
            return False
        return bool(now < self.uptime or now + CLOCK_TOLERANCE < self.uptime + asked - self.taken)


@dataclass(frozen=True)
class WaitLimits:
    """How to wait. ``timeout``: seconds in all. ``delay``: seconds before the first request. ``watch``: seconds in
    which the phone has to go down, if fewer. ``absence_is_enough``: an absence proves the restart, even if the uptime
    goes on. ``final``: errors with which the phone is expected to come back, so that there is nothing more to wait
    for. ``stays_up``: the phone need not go down."""

    timeout: float
    delay: float = 0.0
    watch: float | None = None
    absence_is_enough: bool = False
    final: tuple[type[PhoneError], ...] = ()
    stays_up: bool = False


def boot_mark(phone: Phone, with_lines: bool = False) -> BootMark:
    """Take the mark, in one request (two with lines, or where v2 is missing)."""
    device = device_shapes.device(phone.device_info())
    taken = time.monotonic()
    lines = registered_lines(phone) if with_lines else frozenset()
    return BootMark(device.get("mac"), device.get("uptime_seconds"), taken, lines, device.get("firmware", ""))


def registered_lines(phone: Phone) -> frozenset[int]:
    return frozenset(line["line"] for line in line_shapes.lines(phone.line_info()) if line.get("registered"))


def send_order(phone: Phone, order: Callable[[], None]) -> bool:
    """Send, once, an order that takes the phone down. Raises the error with which the phone refuses it.

    False if there was no complete answer: the phone may or may not have got the order. Only its uptime can tell.
    """
    try:
        order()
    except (*GONE, ProtocolError):
        phone.say("no answer to the request; watching whether the phone goes down")
        return False
    return True


def until_back(phone: Phone, before: BootMark, limits: WaitLimits) -> dict[str, Any]:
    """Wait until the phone has been down and is ready for use again. Returns its device facts.

    Raises NotRestarted, NotReady, NotRegistered or OtherPhone; RestDisabled, DefaultPassword or AuthenticationFailed
    if the phone came back like this; or its last error if it did not come back.
    """
    with phone.without_retries():
        return _Comeback(phone, before, limits).wait()


def until_registered(phone: Phone, before: BootMark, limits: WaitLimits) -> BootMark:
    """Wait until the phone is ready, and the lines are registered that were ``before``, whether it goes down meanwhile
    or not. Returns the mark that it has then. Raises as ``until_back``."""
    with phone.without_retries():
        wait = _Comeback(phone, before, replace(limits, stays_up=True))
        device = wait.wait()
        lines = registered_lines(phone) if wait.lines is None else wait.lines
    return BootMark(device.get("mac"), device.get("uptime_seconds"), wait.asked, lines, device.get("firmware", ""))


class _Comeback:
    """One wait: what was seen so far, and what is still missing. ``asked``: when the last request was sent. ``lines``:
    those that are registered, if they were looked at."""

    def __init__(self, phone: Phone, before: BootMark, limits: WaitLimits) -> None:
        self.phone = phone
        self.before = before
        self.limits = limits
        self.absences = 0
        self.down = limits.stays_up
        self.back = "" if limits.stays_up else "came back, but "
        self.asked = 0.0
        self.lines: frozenset[int] | None = None
        self.missing: PhoneError = NotRestarted("")
        self.waits_for = "to go down"
        self.final_since: float | None = None

    def wait(self) -> dict[str, Any]:
        deadline = time.monotonic() + self.limits.timeout
        watched = deadline if self.limits.watch is None else time.monotonic() + self.limits.watch
        said = ""
        self.phone.sleep(min(self.limits.delay, self.limits.timeout))
        for pause in pauses():
            device = self.look()
            if device is not None:
                return device
            left = (deadline if self.down or self.absences else watched) - time.monotonic()
            if left <= 0:
                break
            if self.waits_for != said:
                said = self.waits_for
                self.phone.say(f"waiting for the phone {said}, up to {left:.0f} s more")
            self.phone.sleep(min(pause, left))
        raise self.missing

    def look(self) -> dict[str, Any] | None:
        """The device facts if the phone is back. Otherwise notes what is missing, and the error to raise after the
        timeout."""
        self.asked = asked = time.monotonic()
        try:
            device = device_shapes.device(self.phone.device_info())
            self.final_since = None
            return device if self.is_back(device, asked) else None
        except AWAY as error:
            self.absent(error)
            if not isinstance(error, self.limits.final):
                self.final_since = None
                return None
            self.final_since = self.final_since or asked
            if asked - self.final_since >= SETTLED:
                raise
            return None
        except (DefaultPassword, AuthenticationFailed) as error:
            error.restate(f"the phone came back, but refuses the password that it accepted before: {error.message}")
            raise

    def is_back(self, device: Mapping[str, Any], asked: float) -> bool:
        seconds = f"{self.limits.timeout:g} s"
        if device.get("mac") != self.before.mac:
            raise OtherPhone(
                f"the phone with MAC address {device.get('mac')} answers at the address of {self.before.mac}."
            )
        self.down = (
            self.down or self.before.proves_boot(device, asked) or (self.limits.absence_is_enough and self.absences > 1)
        )
        if not self.down:
            self.absences = 0  # a connection may break now and then; after two failures in a row the phone is away
            self.waits_for = "to go down"
            self.missing = NotRestarted(f"the phone did not go down within {seconds}.")
            return False
        if not is_ready(self.phone, device):
            self.waits_for = "to be ready"
            self.missing = NotReady(f"the phone {self.back}was not ready within {seconds}.")
            return False
        if not self.before.lines:
            return True
        self.lines = registered_lines(self.phone)
        lines = self.before.lines - self.lines
        if lines:
            listed = f"line{'s' if len(lines) > 1 else ''} {', '.join(str(line) for line in sorted(lines))}"
            self.waits_for = f"to register {listed}"
            self.missing = NotRegistered(f"the phone {self.back}did not register {listed} within {seconds}.")
            return False
        return True

    def absent(self, error: PhoneError) -> None:
        self.absences += isinstance(error, GONE)
        self.waits_for = "to answer"
        if isinstance(error, RestDisabled):
            error.restate("the phone came back, but its REST API is off.")
        else:
            error.say_more(f"The phone did not come back within {self.limits.timeout:g} s.")
        self.missing = error


def is_ready(phone: Phone, device: Mapping[str, Any]) -> bool:
    """Whether a phone can be used. ``device``: its facts. Firmware 5.8 and later reports this in its device
    information, older firmware when polled."""
    if "ready_to_use" in device:
        return bool(device["ready_to_use"])
    try:
        return str(phone.poll_for_status().get("State")).strip().lower() != "error"
    except NotSupported:
        return True


def until_restarted(phone: Phone, before: BootMark, limits: WaitLimits) -> dict[str, Any]:
    """Wait until the phone is back. Returns its device facts; raises what ``until_back`` raises."""
    try:
        return until_back(phone, before, limits)
    except NotRestarted as error:
        activity = None
        with contextlib.suppress(PhoneError):
            activity = in_use(phone)
        if activity is not None:
            error.say_more(f"It is {activity} and restarts afterwards.")
        raise
