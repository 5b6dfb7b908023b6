# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Skype for Business: sign-in, sign-out and presence, where the base profile is Lync."""

from __future__ import annotations

import asyncio

from ..api import FAILED, INVALID, NOT_ALLOWED, NOT_REGISTERED, NOT_SUPPORTED, TABLE, ApiCall, ApiError, Reply
from ..phone import Phone

_FAILURES = {"fails": NOT_REGISTERED, "times_out": FAILED}
_LYNC = "Lync"


@TABLE.endpoint("POST", "v1/mgmt/skype/signIn", since=(5, 7))
async def sign_in(call: ApiCall) -> Reply:
    phone = _skype_phone(call)
    for key in ("Address", "User", "Password"):
        call.needed(key)
    if "Domain" not in call.data:  # It may be empty, but it has to be there (manual).
        raise ApiError(INVALID)
    if phone.signed_in:
        raise ApiError(NOT_ALLOWED)
    await asyncio.sleep(phone.switches.sign_in_seconds)
    if phone.switches.sign_in != "succeeds":
        raise ApiError(_FAILURES[phone.switches.sign_in])
    phone.signed_in = True
    return Reply()


@TABLE.endpoint("POST", "v1/mgmt/skype/signOut", since=(5, 7))
async def sign_out(call: ApiCall) -> Reply:
    phone = _skype_phone(call)
    if not phone.signed_in:
        raise ApiError(NOT_ALLOWED)
    phone.signed_in = False
    return Reply()


@TABLE.endpoint("GET", "v1/mgmt/webSignIn", since=(5, 9), admin=True)
async def web_sign_in(call: ApiCall) -> Reply:
    _check_web_sign_in(call.phone)
    call.phone.web_sign_in = True
    return Reply({"Url": "https://example.org/sphone", "Code": "bpd9m42ul"})


@TABLE.endpoint("GET", "v1/mgmt/webSignInCancel", since=(5, 9), admin=True)
async def web_sign_in_cancel(call: ApiCall) -> Reply:
    _check_web_sign_in(call.phone)
    call.phone.web_sign_in = False
    return Reply({"result": "Canceled"})


@TABLE.endpoint("GET", "v1/mgmt/getPresence")
async def presence(call: ApiCall) -> Reply:
    phone = _skype_phone(call)
    shown = {"Presence": "Offline" if not phone.signed_in else "Busy" if phone.calls else "Available"}
    return Reply(shown) if phone.switches.presence == "data" else Reply(extra=dict(shown))


def _skype_phone(call: ApiCall) -> Phone:
    if call.phone.parameters.value("device.baseProfile") != _LYNC:
        raise ApiError(NOT_SUPPORTED)
    return call.phone


def _check_web_sign_in(phone: Phone) -> None:
    # 2000 and 5000 are all that the manual lists.
    if phone.parameters.value("device.baseProfile") != _LYNC or phone.signed_in:
        raise ApiError(FAILED)
