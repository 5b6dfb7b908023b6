# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign a phone in to Skype for Business, or out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._phone.errors import (
    LineNotRegistered,
    NotAllowed,
    NotSupported,
    PhoneError,
    PhoneFailed,
    ProtocolError,
)
from .._phone.shapes import calls
from .._steps.result import Result
from .._steps.waiting import GONE

LONGEST_SIGN_IN = 150.0
"""Seconds after which a phone gives up (manual) and answers."""
MARGIN = 15.0

SPEC = ArgumentSpec(
    {
        "state": {"type": "str", "choices": ["signed_in", "signed_out"], "required": True},
        "address": {"type": "str"},
        "user": {"type": "str"},
        "skype_password": {"type": "str", "no_log": True},
        "domain": {"type": "str"},
        "lock_code": {"type": "str", "no_log": True},
    },
    required_if=[("state", "signed_in", ["address", "user", "skype_password"])],
)


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Returns ``presence`` as the phone reports it at the end. Phones report whether they are signed in, but not as
    whom."""
    signing_in = params["state"] == "signed_in"
    presence = _presence(phone)
    result = Result(values={"presence": presence})
    if _is_signed_in(presence) == signing_in:
        return result
    result.changed = True
    if check_mode:
        return result
    lost: PhoneError | None = None
    try:
        if signing_in:
            phone.act("skype_sign_in", _credentials(params), timeout=max(params["timeout"], LONGEST_SIGN_IN + MARGIN))
        else:
            phone.act("skype_sign_out")
    except (*GONE, ProtocolError) as error:
        lost = error
    except NotAllowed as error:
        error.restate(
            remedy="The phone may be signed in while its presence is offline: sign it out first."
            if signing_in
            else "The phone is not signed in."
        )
        raise
    except (LineNotRegistered, PhoneFailed) as error:
        code = f"Status {error.status}" if error.status else f"HTTP {error.http_status}"
        error.restate(f"the sign-{'in' if signing_in else 'out'} failed ({code}).")
        if signing_in:
            error.restate(
                remedy="Check address, user, skype_password and domain, and the phone's clock. It was tried once."
            )
        raise
    try:
        result.values["presence"] = _presence(phone)
    except PhoneError as error:
        result.error = lost or error
        return result
    if _is_signed_in(result.values["presence"]) != signing_in:
        if lost is not None:
            result.changed, result.error = False, lost
        else:
            result.warnings.append(f"the phone reports success, but its presence is {result.values['presence']}.")
    return result


def _credentials(params: Mapping[str, Any]) -> dict[str, str]:
    """``Domain`` is required and may be empty (manual)."""
    data = {
        "Address": params["address"],
        "User": params["user"],
        "Password": params["skype_password"],
        "Domain": params["domain"] or "",
    }
    return {**data, "LockCode": params["lock_code"]} if params["lock_code"] else data


def _presence(phone: Phone) -> str | None:
    try:
        presence: str | None = calls.presence(phone.presence()).get("presence")
    except NotSupported as error:
        error.restate(
            "the phone is not set up for Skype for Business (Status 4004).",
            remedy="Set device.baseProfile to Lync with polycom.vvx.vvx_config, and restart the phone.",
        )
        raise
    return presence


def _is_signed_in(presence: str | None) -> bool:
    return presence not in (None, "offline", "unknown")
