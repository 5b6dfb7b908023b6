# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A phone goes down and comes back: prove that it did, that it is the same phone, and that it can be used again.

A boot is proved by the uptime, which begins anew. The restart of the application alone may leave the uptime as it is; then
that the phone went away and came back is the proof.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
"""Seconds by which the uptime may seem to lag: phones tell whole seconds, and take a moment to answer."""


SETTLED = 60.0
"""Seconds after which an answer that is also given while booting (HTTP 404) is taken for the last word."""


@dataclass(frozen=True)
class Mark:
    """A phone before it goes down. ``uptime``: seconds, at the moment ``taken``. ``lines``: the registered ones."""

    mac: str | None
    uptime: int | None
    taken: float
    lines: frozenset[int] = frozenset()
    firmware: str = ""

    def proves_boot(self, device: Mapping[str, Any], asked: float) -> bool:
        """``asked``: when the phone was asked. Not when it answered: a reply that takes its time tells an uptime that is no longer true."""
        now = device.get("uptime_seconds")
        if self.uptime is None or now is None:
            return False
        return bool(now < self.uptime or now + CLOCK_TOLERANCE < self.uptime + asked - self.taken)


@dataclass(frozen=True)
class Patience:
    """How to wait. ``delay``: seconds before the first look. ``timeout``: seconds in all. ``watch``: seconds in which the phone has to
    go down, if they are fewer. ``absence_is_enough``: the uptime need not begin anew, if only the phone went away. ``final``: what the
    phone may come back with although all went well, so that there is no need to wait for more."""

    timeout: float
    delay: float = 0.0
    watch: float | None = None
    absence_is_enough: bool = False
    final: tuple[type[PhoneError], ...] = ()


def mark(phone: Phone, with_lines: bool = False) -> Mark:
    """Take the mark, in one request (two with lines, or where v2 is missing)."""
    device = device_shapes.device(phone.device_info())
    taken = time.monotonic()
    lines = registered_lines(phone) if with_lines else frozenset()
    return Mark(device.get("mac"), device.get("uptime_seconds"), taken, lines, device.get("firmware", ""))


def registered_lines(phone: Phone) -> frozenset[int]:
    return frozenset(line["line"] for line in line_shapes.merged(*phone.line_info()) if line.get("registered"))


def send_down(phone: Phone, order: Callable[[], None]) -> bool:
    """Give an order after which the phone goes down, once. Raises what the phone refuses it with.

    False if there was no (whole) answer: the phone may have got the order or not, or may just have gone down by itself. Only its
    uptime can tell then.
    """
    try:
        order()
    except (*GONE, ProtocolError):
        phone.say("no answer to the order; whether the phone goes down will tell")
        return False
    return True


def until_back(phone: Phone, before: Mark, patience: Patience) -> dict[str, Any]:
    """Wait until the phone has been down and can be used again. Returns its device facts.

    Raises NotRestarted, NotReady, NotRegistered, OtherPhone; and, where it came back so, RestDisabled, DefaultPassword or
    AuthenticationFailed; or what it last said, if it did not come back.
    """
    with phone.without_retries():
        return _Watch(phone, before, patience).wait()


class _Watch:
    """One wait: what has been seen so far, and what is being waited for."""

    def __init__(self, phone: Phone, before: Mark, patience: Patience) -> None:
        self.phone = phone
        self.before = before
        self.patience = patience
        self.absences = 0
        self.down = False
        self.missing: PhoneError = NotRestarted("")
        self.waits_for = "to go down"
        self.final_since: float | None = None

    def wait(self) -> dict[str, Any]:
        deadline = time.monotonic() + self.patience.timeout
        watched = deadline if self.patience.watch is None else time.monotonic() + self.patience.watch
        told = ""
        self.phone.sleep(min(self.patience.delay, self.patience.timeout))
        for pause in pauses():
            device = self.look()
            if device is not None:
                return device
            left = (deadline if self.down or self.absences else watched) - time.monotonic()
            if left <= 0:
                break
            if self.waits_for != told:
                told = self.waits_for
                self.phone.say(f"waiting for the phone {told}, for {left:.0f} s more")
            self.phone.sleep(min(pause, left))
        raise self.missing

    def look(self) -> dict[str, Any] | None:
        """The device facts if all is well. Else sets what is waited for, and the error to raise should time run out."""
        asked = time.monotonic()
        try:
            device = device_shapes.device(self.phone.device_info())
            self.final_since = None
            return device if self.is_back(device, asked) else None
        except AWAY as error:
            self.absent(error)
            if not isinstance(error, self.patience.final):
                self.final_since = None
                return None
            self.final_since = self.final_since or asked
            if asked - self.final_since >= SETTLED:
                raise
            return None
        except (DefaultPassword, AuthenticationFailed) as error:
            error.restate(f"the phone came back, but refuses the password that it took before: {error.message}")
            raise

    def is_back(self, device: Mapping[str, Any], asked: float) -> bool:
        seconds = f"{self.patience.timeout:g} s"
        if device.get("mac") != self.before.mac:
            raise OtherPhone(f"the phone with the MAC address {device.get('mac')} answers where {self.before.mac} was.")
        self.down = (
            self.down
            or self.before.proves_boot(device, asked)
            or (self.patience.absence_is_enough and self.absences > 1)
        )
        if not self.down:
            self.absences = 0  # once in a while a connection breaks; twice in a row the phone is away
            self.waits_for = "to go down"
            self.missing = NotRestarted(f"the phone was told to, but was not seen to go down within {seconds}.")
            return False
        if not self.ready(device):
            self.waits_for = "to be ready"
            self.missing = NotReady(f"the phone came back, but was not ready within {seconds}.")
            return False
        lines = self.before.lines and self.before.lines - registered_lines(self.phone)
        if lines:
            listed = f"line{'s' if len(lines) > 1 else ''} {', '.join(str(line) for line in sorted(lines))}"
            self.waits_for = f"to register {listed}"
            self.missing = NotRegistered(f"the phone came back, but did not register {listed} within {seconds}.")
            return False
        return True

    def absent(self, error: PhoneError) -> None:
        self.absences += isinstance(error, GONE)
        self.waits_for = "to answer"
        if isinstance(error, RestDisabled):
            error.restate("the phone came back, but its REST API is switched off.")
        else:
            error.say_more(f"The phone had {self.patience.timeout:g} s to come back.")
        self.missing = error

    def ready(self, device: Mapping[str, Any]) -> bool:
        """Firmware from 5.8 on says so with its device information, older one when polled."""
        if "ready_to_use" in device:
            return bool(device["ready_to_use"])
        try:
            return str(self.phone.poll_for_status().get("State")).strip().lower() != "error"
        except (NotSupported, RestDisabled):
            return True


def until_restarted(phone: Phone, before: Mark, patience: Patience) -> dict[str, Any]:
    """Wait until the phone is back. Returns its device facts; raises what ``until_back`` raises."""
    try:
        return until_back(phone, before, patience)
    except NotRestarted as error:
        told = None
        with contextlib.suppress(PhoneError):
            told = in_use(phone)
        if told is not None:
            error.say_more(f"It is {told}, and restarts when that has ended.")
        raise
