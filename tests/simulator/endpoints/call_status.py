# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""callStatus in its two versions, and callLogs."""

from __future__ import annotations

from typing import Any

from .. import clock
from ..api import INVALID, NO_SUCH_CALL, TABLE, ApiCall, ApiError, Handler, Reply
from ..calls import Call, LogEntry
from ..phone import Phone

_KINDS = ("Missed", "Received", "Placed")
_QUERIES: tuple[set[str], ...] = (set(), {"handle"}, {"line"}, {"line", "sequence"})


@TABLE.endpoint("GET", "v1/webCallControl/callStatus")
async def status_v1(call: ApiCall) -> Reply:
    phone = call.phone
    leg = phone.active_call or next(iter(phone.calls), None)
    if leg is None:
        raise ApiError(NO_SUCH_CALL)
    shown = {
        "CallHandle": f"0x{leg.handle}",
        "Type": "Outgoing" if leg.outgoing else "Incoming",
        "Protocol": "SIP",
        "CallState": "CallHold" if leg.state == "Hold" else leg.state,
        "LineID" if phone.spec.flavour == "manual" else "LineId": str(leg.line),
        "RemotePartyName": leg.remote_name,
        "RemotePartyNumber": f"sip:{leg.remote_number.removeprefix('sip:')}",
    }
    if phone.early_v2:
        shown |= {
            "DurationSeconds": str(leg.seconds),
            "Ringing": str(int(leg.ringing)),
            "Muted": str(int(leg.muted)),
            "RTPPort": _rtp_port(leg),
        }
    else:
        shown["DurationInSeconds"] = str(leg.seconds)
    return Reply(shown)


@TABLE.endpoint("GET", "v2/webCallControl/callStatus", since=(5, 8))
async def status_v2(call: ApiCall) -> Reply:
    phone, query = call.phone, call.query
    numbers = [query[key] for key in ("line", "sequence") if key in query]
    if set(query) not in _QUERIES or not all(number.isdigit() for number in numbers):
        raise ApiError(INVALID)
    if "handle" in query:
        leg = phone.call(query["handle"])
        if leg is None:
            raise ApiError(NO_SUCH_CALL)
        return Reply([_leg_v2(phone, leg)])
    return Reply([
        _leg_v2(phone, leg)
        for leg in phone.calls
        if query.get("line") in (None, str(leg.line)) and query.get("sequence") in (None, str(leg.sequence))
    ])  # fmt: skip


@TABLE.endpoint("GET", "v1/mgmt/callLogs")
async def call_logs(call: ApiCall) -> Reply:
    phone = call.phone
    lower = phone.spec.flavour == "manual"
    return Reply({kind.lower() if lower else kind: _entries(phone, kind) for kind in _KINDS})


def _call_log(kind: str) -> Handler:
    async def call_log(call: ApiCall) -> Reply:
        return Reply(_entries(call.phone, kind))

    return call_log


for _kind in _KINDS:
    TABLE.endpoint("GET", f"v1/mgmt/callLogs/{_kind.lower()}")(_call_log(_kind))


def _leg_v2(phone: Phone, leg: Call) -> dict[str, str]:
    active = "*" if leg is phone.active_call else ""
    media = {"Connected": "sendrecv", "Hold": "sendonly", "Offering": "sendonly"}.get(leg.state, "inactive")
    return {
        "CallHandle": leg.handle,
        "Type": "Outgoing" if leg.outgoing else "Incoming",
        "CallState": leg.state,
        "Protocol": "SIP",
        "LineID": str(leg.line),
        "CallSequence": str(leg.sequence),
        "UIAppearanceIndex": f"{phone.calls.index(leg) + 1}{active}",
        "RemotePartyName": leg.remote_name,
        "RemotePartyNumber": leg.remote_number,
        "StartTime": clock.moment(leg.started),
        "DurationSeconds": str(leg.seconds),
        "Ringing": str(int(leg.ringing)),
        "Muted": str(int(leg.muted)),
        "RTPPort": _rtp_port(leg),
        "RTCPPort": str(int(_rtp_port(leg)) + 1),
        "Media Direction": media,
        "Remote Connection IP": leg.far[0].host if leg.far and leg.connected else "",
    }


def _rtp_port(leg: Call) -> str:
    return str(2222 + 2 * leg.sequence) if leg.connected is not None else "0"


def _entries(phone: Phone, kind: str) -> list[dict[str, Any]]:
    return [_entry(entry) for entry in phone.call_log[kind]]


def _entry(entry: LogEntry) -> dict[str, Any]:
    return {
        "LineNumber": str(entry.line),
        "StartTime": clock.moment(entry.started),
        "RemotePartyName": entry.remote_name,
        "RemotePartyNumber": entry.remote_number,
        "Duration": clock.duration(entry.duration),
    }
