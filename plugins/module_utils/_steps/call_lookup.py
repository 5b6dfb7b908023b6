# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Find a call by its kind (ringing, active, held) or its handle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .._phone.api import Phone
from .._phone.errors import NoSuchCall, SettingsError
from .._phone.shapes.calls import calls as shaped
from .._phone.shapes.calls import handle
from .._text import clean

Call = Mapping[str, Any]
MOST_NAMED = 20
"""Calls in a message. No phone has as many."""

RINGING, HELD, CONNECTED = "offering", "hold", "connected"
KINDS: dict[str, tuple[str, ...]] = {
    "ringing": (RINGING,),
    "active": (CONNECTED, "ringback", "proceeding", "setup", "dialtone"),
    "held": (HELD,),
}
"""Kinds of calls, which a user may give instead of a handle, and their states."""


@dataclass(frozen=True)
class Calls:
    """The calls of a phone. ``complete``: these are all; firmware before 5.8 reports only one."""

    calls: list[dict[str, Any]]
    complete: bool

    def with_handle(self, wanted: str) -> Call | None:
        return next((call for call in self.calls if call["handle"] == handle(wanted)), None)

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        return [call for call in self.calls if call.get("state") in KINDS[kind]]

    def described(self) -> str:
        described = ", ".join(f"{name_of(call)} ({clean(call.get('state'), 40)})" for call in self.calls[:MOST_NAMED])
        only = "" if self.complete else " This firmware reports only one call; give the handle for others."
        return (f"The phone has: {described}." if described else "The phone has no calls.") + only


def read(phone: Phone) -> Calls:
    raw, complete = phone.calls()
    return Calls([call for call in shaped(raw) if "handle" in call], complete)


def find(phone: Phone, calls: Calls, wanted: str) -> Call:
    """The call of this kind or handle. Raises NoSuchCall, and SettingsError if several calls match.

    Of several ringing or active calls, the one in front on the screen. A call given by its handle is assumed to exist
    if the phone may have calls that it does not report.
    """
    if wanted not in KINDS:
        call = calls.with_handle(wanted)
        if call is None and not calls.complete:
            return {"handle": handle(wanted), "ref": wanted}
        if call is None:
            raise NoSuchCall(f"there is no call {wanted}. {calls.described()}")
        return call
    found = calls.of_kind(wanted)
    found = [call for call in found if call.get("active")] or found
    if not found:
        raise NoSuchCall(f"there is no {wanted} call. {calls.described()}")
    if len(found) > 1:
        raise SettingsError(
            f"several calls are {wanted}. {Calls(found, True).described()}",
            remedy="Set call to the handle of one of them.",
        )
    return found[0]


def name_of(call: Call) -> str:
    far = clean(call.get("remote_number") or call.get("remote_name") or "", 60)
    return f"call {clean(call['handle'], 60)}" + (f" with {far}" if far else "")
