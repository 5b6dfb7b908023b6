# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Find the call that is meant, by what it is doing or by its handle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .._phone.api import Phone
from .._phone.errors import NoSuchCall, SettingsError
from .._phone.shapes.calls import calls as shaped
from .._phone.shapes.calls import handle

Call = Mapping[str, Any]

RINGING, HELD, CONNECTED = "offering", "hold", "connected"
KINDS: dict[str, tuple[str, ...]] = {
    "ringing": (RINGING,),
    "active": (CONNECTED, "ringback", "proceeding", "setup", "dialtone"),
    "held": (HELD,),
}
"""What may be said instead of a call's handle, and the states that it means."""


@dataclass(frozen=True)
class Calls:
    """The calls of a phone. ``complete``: these are all; firmware before 5.8 tells only of one."""

    calls: list[dict[str, Any]]
    complete: bool

    def with_handle(self, wanted: str) -> Call | None:
        return next((call for call in self.calls if call["handle"] == handle(wanted)), None)

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        return [call for call in self.calls if call.get("state") in KINDS[kind]]

    def told(self) -> str:
        told = ", ".join(f"{name_of(call)} ({call.get('state')})" for call in self.calls)
        only = "" if self.complete else " This firmware tells only of one call; others can be named by their handles."
        return (f"The phone has: {told}." if told else "The phone has no calls.") + only


def read(phone: Phone) -> Calls:
    raw, complete = phone.calls()
    return Calls([call for call in shaped(raw) if "handle" in call], complete)


def find(phone: Phone, calls: Calls, wanted: str) -> Call:
    """The call that is meant by a kind or a handle. Raises NoSuchCall, and SettingsError where several may be meant.

    Of several ringing or active calls it is the one that the user sees in front. A call that is named by its handle, and that the phone
    may have without telling of it, is taken to be there.
    """
    if wanted not in KINDS:
        call = calls.with_handle(wanted)
        if call is None and not calls.complete:
            return {"handle": handle(wanted), "ref": wanted}
        if call is None:
            raise NoSuchCall(f"there is no call {wanted}. {calls.told()}")
        return call
    found = calls.of_kind(wanted)
    found = [call for call in found if call.get("active")] or found
    if not found:
        raise NoSuchCall(f"there is no {wanted} call. {calls.told()}")
    if len(found) > 1:
        told = Calls(found, True).told()
        raise SettingsError(
            f"several calls are {wanted}. {told}",
            remedy="Set call to the handle of the one that is meant.",
        )
    return found[0]


def name_of(call: Call) -> str:
    far = call.get("remote_number") or call.get("remote_name")
    return f"call {call['handle']}" + (f" with {far}" if far else "")
