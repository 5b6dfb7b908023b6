# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Find the call that is meant, by what it is doing or by its handle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._phone.api import Phone
from .._phone.errors import NoSuchCall, SettingsError
from .._phone.shapes.calls import calls as shaped

Call = Mapping[str, Any]

RINGING, HELD, CONNECTED = "offering", "hold", "connected"
KINDS: dict[str, tuple[str, ...]] = {
    "ringing": (RINGING,),
    "active": (CONNECTED, "ringback", "proceeding", "setup", "dialtone"),
    "held": (HELD,),
}
"""What may be said instead of a call's handle, and the states that it means."""


def read(phone: Phone) -> list[dict[str, Any]]:
    return [call for call in shaped(phone.call_status()) if "handle" in call]


def with_handle(calls: Sequence[Call], handle: str) -> Call | None:
    wanted = handle.lower()
    wanted = wanted[2:] if wanted.startswith("0x") else wanted
    return next((call for call in calls if call["handle"].lower() == wanted), None)


def find(phone: Phone, calls: Sequence[Call], wanted: str) -> Call:
    """The call that is meant. Raises NoSuchCall, and SettingsError where several may be meant."""
    if wanted not in KINDS:
        call = with_handle(calls, wanted)
        if call is None:
            raise NoSuchCall(f"{phone.host}: there is no call {wanted}. {listed(calls)}")
        return call
    found = [call for call in calls if call.get("state") in KINDS[wanted]]
    found = [call for call in found if call.get("active")] or found
    if not found:
        raise NoSuchCall(f"{phone.host}: there is no {wanted} call. {listed(calls)}")
    if len(found) > 1:
        raise SettingsError(f"{phone.host}: several calls are {wanted}. {listed(found)}", remedy="Set call to the handle of the one that is meant.")
    return found[0]


def listed(calls: Sequence[Call]) -> str:
    told = ", ".join(f"{name_of(call)} ({call.get('state')})" for call in calls)
    return f"The phone has: {told}." if calls else "The phone has no calls."


def name_of(call: Call) -> str:
    far = call.get("remote_number") or call.get("remote_name")
    return f"call {call['handle']}" + (f" with {far}" if far else "")
