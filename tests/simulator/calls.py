# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls: one object per leg, and the exchange that connects the legs of a fleet."""

from __future__ import annotations

import asyncio
import datetime
import itertools
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from .lines import Line, line_of, line_with

if TYPE_CHECKING:
    from .phone import Phone

CallState = Literal["Dialtone", "Setup", "Proceeding", "RingBack", "Offering", "Connected", "Hold"]

_handles = itertools.count(0x41C2C008, 0x01A8)
_NUMBER = re.compile(r"(?:sips?:|tel:)?([^@;]*)")


@dataclass(slots=True, eq=False)
class Call:
    """One leg of a call, on one phone."""

    line: int
    sequence: int
    outgoing: bool
    state: CallState
    remote_name: str
    remote_number: str
    #: Eight hexadecimal digits; API v1 writes 0x before them.
    handle: str = field(default_factory=lambda: f"{next(_handles) & 0xFFFFFFFF:08x}")
    started: datetime.datetime = field(default_factory=datetime.datetime.now)
    connected: float | None = None
    ringing: bool = False
    muted: bool = False
    digits: str = ""
    #: The far leg, where the far end is a phone of the fleet.
    far: tuple[Phone, Call] | None = None
    progress: asyncio.Task[None] | None = None

    @property
    def seconds(self) -> int:
        """Whole seconds since the call was answered."""
        return 0 if self.connected is None else int(time.monotonic() - self.connected)

    def connect(self) -> None:
        self.state, self.ringing = "Connected", False
        if self.connected is None:
            self.connected = time.monotonic()


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A call that is over."""

    line: int
    started: datetime.datetime
    remote_name: str
    remote_number: str
    #: Seconds; None for a call that nobody answered.
    duration: int | None


class Exchange:
    """Connects calls. The far end is a phone of the fleet if one has the number, else the world outside."""

    def __init__(self, phones: Callable[[], list[Phone]]) -> None:
        self._phones = phones

    def dial(self, phone: Phone, line: int, number: str) -> Call:
        call = Call(line, phone.next_sequence(line), True, "Setup", "", number)
        self._make_active(phone, call)
        call.progress = asyncio.ensure_future(self._progress(phone, call))
        return call

    def ring(self, phone: Phone, number: str, name: str, line: int, far: tuple[Phone, Call] | None = None) -> Call:
        """An incoming call."""
        call = Call(line, phone.next_sequence(line), False, "Offering", name, number, ringing=True, far=far)
        if far is not None:
            far[1].far = (phone, call)
        phone.calls.append(call)
        if phone.parameters.is_on("call.autoAnswer.SIP"):
            self.answer(phone, call)
        return call

    def answer(self, phone: Phone, call: Call) -> None:
        for other in phone.calls:
            if other is not call and other.state == "Connected":
                other.state = "Hold"
        call.connect()
        if call.far is not None:
            call.far[1].connect()

    def end(self, phone: Phone, call: Call) -> None:
        """End both legs, whoever hangs up."""
        far, call.far = call.far, None
        _finish(phone, call)
        if far is not None:
            far[1].far = None
            _finish(*far)

    def transfer(self, phone: Phone, call: Call, number: str) -> None:
        """Blind: the local leg is over, the far leg dials on."""
        far, call.far = call.far, None
        _finish(phone, call)
        if far is not None:
            far_phone, far_call = far
            far_call.far, far_call.remote_number, far_call.remote_name = None, number, ""
            far_call.outgoing, far_call.state = True, "Setup"
            far_call.progress = asyncio.ensure_future(self._progress(far_phone, far_call))

    def _make_active(self, phone: Phone, call: Call) -> None:
        for other in phone.calls:
            if other.state == "Connected":
                other.state = "Hold"
        if not phone.switches.listed_seconds:
            phone.calls.append(call)

    async def _progress(self, phone: Phone, call: Call) -> None:
        if call not in phone.calls:
            await asyncio.sleep(phone.switches.listed_seconds)
            phone.calls.append(call)
        step = phone.switches.answer_seconds / 3
        await asyncio.sleep(step)
        call.state = "Proceeding"
        await asyncio.sleep(step)
        far = self._find(_user_part(call.remote_number), phone)
        call.state = "RingBack"
        if far is not None:
            far_phone, far_line = far
            own_line = line_of(phone, call.line)
            call.remote_name = far_phone.name
            self.ring(far_phone, own_line.address if own_line else "", phone.name, far_line.number, (phone, call))
            return
        await asyncio.sleep(step)
        if phone.switches.far_end == "answers":
            call.connect()
        elif phone.switches.far_end == "busy":
            call.progress = None
            self.end(phone, call)

    def _find(self, number: str, caller: Phone) -> tuple[Phone, Line] | None:
        for phone in self._phones():
            if phone is not caller and phone.reachable:
                line = line_with(phone, number)
                if line is not None:
                    return phone, line
        return None


def _user_part(address: str) -> str:
    """The number in a number, a SIP URI or a TEL URI."""
    match = _NUMBER.match(address)
    return match[1] if match else address


def _finish(phone: Phone, call: Call) -> None:
    if call.progress is not None:
        call.progress.cancel()
    if call not in phone.calls:
        return
    phone.calls.remove(call)
    if not phone.calls:
        phone.muted = False
    answered = call.connected is not None
    entry = LogEntry(call.line, call.started, call.remote_name, call.remote_number, call.seconds if answered else None)
    kind = "Placed" if call.outgoing else "Received" if answered else "Missed"
    phone.call_log[kind].insert(0, entry)
