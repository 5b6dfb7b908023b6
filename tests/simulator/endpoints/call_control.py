# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The callctrl family: what an administrator or the user does with calls."""

from __future__ import annotations

import re

from ..api import INVALID, NO_SUCH_CALL, NO_SUCH_LINE, NOT_ALLOWED, NOT_REGISTERED, TABLE, ApiCall, ApiError, Reply
from ..calls import Call
from ..lines import line_of

_TYPES = ("SIP", "TEL", "H323")


@TABLE.endpoint("POST", "v1/callctrl/dial")
async def dial(call: ApiCall) -> Reply:
    number, line_text = call.needed("Dest"), call.text("Line") or "1"
    kind = call.text("Type") or "TEL"
    if call.phone.switches.dial_type == "folded":
        kind = kind.upper()
    if kind not in _TYPES or not line_text.isdigit():
        raise ApiError(INVALID)
    line = line_of(call.phone, int(line_text))
    if line is None:
        raise ApiError(NO_SUCH_LINE)
    if not line.registered:
        raise ApiError(NOT_REGISTERED)
    call.phone.fleet.exchange.dial(call.phone, line.number, number)
    return Reply()


@TABLE.endpoint("POST", "v1/callctrl/endCall")
async def end_call(call: ApiCall) -> Reply:
    leg = _meant(call, call.needed("Ref"))
    if leg.state == "Hold":
        raise ApiError(NOT_ALLOWED)
    call.phone.fleet.exchange.end(call.phone, leg)
    return Reply()


@TABLE.endpoint("POST", "v1/callctrl/mute")
async def mute(call: ApiCall) -> Reply:
    state = call.text("state") or call.text("State")
    if state not in ("0", "1"):
        raise ApiError(INVALID)
    phone = call.phone
    if not phone.calls:
        raise ApiError(NO_SUCH_CALL)
    leg = phone.active_call
    if leg is None:
        raise ApiError(NOT_ALLOWED)
    phone.muted = leg.muted = state == "1"
    return Reply()


@TABLE.endpoint("POST", "v1/callctrl/transferCall")
async def transfer_call(call: ApiCall) -> Reply:
    reference, number = call.text("Ref"), call.needed("TransferDest")
    if not reference:
        if call.phone.switches.transfer_without_ref == "drops" and call.phone.active_call:
            call.phone.fleet.exchange.end(call.phone, call.phone.active_call)
            return Reply()
        raise ApiError(INVALID)
    call.phone.fleet.exchange.transfer(call.phone, _meant(call, reference), number)
    return Reply()


@TABLE.endpoint("POST", "v1/callctrl/sendDTMF")
async def send_dtmf(call: ApiCall) -> Reply:
    digits = call.needed("Digits")
    if not re.fullmatch(r"[0-9A-Da-d*#]+", digits):
        raise ApiError(INVALID)
    leg = next((leg for leg in call.phone.calls if leg.state == "Connected"), None)
    if leg is None:
        raise ApiError(NO_SUCH_CALL)
    leg.digits += digits
    return Reply()


@TABLE.endpoint("POST", "v1/callctrl/holdCall")
async def hold_call(call: ApiCall) -> Reply:
    leg = _meant(call, call.text("Ref"), "Connected")
    leg.state = "Hold"
    return Reply()


@TABLE.endpoint("POST", "v1/callctrl/resumeCall")
async def resume_call(call: ApiCall) -> Reply:
    leg = _meant(call, call.text("Ref"), "Hold")
    for other in call.phone.calls:
        if other.state == "Connected":
            other.state = "Hold"
    leg.state = "Connected"
    return Reply()


@TABLE.endpoint("POST", "v1/callctrl/answerCall")
async def answer_call(call: ApiCall) -> Reply:
    call.phone.fleet.exchange.answer(call.phone, _meant(call, call.text("Ref"), "Offering"))
    return Reply()


@TABLE.endpoint("POST", "v1/callctrl/ignoreCall")
async def ignore_call(call: ApiCall) -> Reply:
    # The caller goes on hearing the phone ring.
    _meant(call, call.text("Ref"), "Offering").ringing = False
    return Reply()


@TABLE.endpoint("POST", "v1/callctrl/rejectCall")
async def reject_call(call: ApiCall) -> Reply:
    call.phone.fleet.exchange.end(call.phone, _meant(call, call.text("Ref"), "Offering"))
    return Reply()


def _meant(call: ApiCall, reference: str, state: str = "") -> Call:
    """The call that Ref names, or without Ref the latest in that state. 4007 if there is none, 4003 in another."""
    calls = call.phone.calls
    leg = call.phone.call(reference) if reference else None
    if leg is None and not reference and calls:
        leg = next((leg for leg in reversed(calls) if leg.state == state), calls[-1])
    if leg is None:
        raise ApiError(NO_SUCH_CALL)
    if state and leg.state != state:
        raise ApiError(NOT_ALLOWED)
    return leg
