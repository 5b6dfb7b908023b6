# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""communicationInfo, sessionStats and location/info."""

from __future__ import annotations

from typing import Any

from ..api import NO_SUCH_CALL, TABLE, ApiCall, ApiError, Reply
from ..calls import Call

_DIRECTIONS = {"Connected": "RxTx", "Hold": "TxOnly"}
# The keys are the manual's, blanks included; the values come from the parameters that exist for them.
_CIVIC_KEYS = (
    "Country", "StreetGroup", "House Number", "State", "Place Type ", "District", "Add. Info", "Road SubSection",
    "City", "Neighbourhood Block", "Landmark", "Post Box", "Division", "Street", "Road Section", "Street1",
    "Street2", "Place Name", "House Num. Suff.", "Zip Code", "Road Pre Modifier", "Building", "Unit", "Floor",
    "Additional Code", "Room", "Postal Name", "Seat", "Road", "Road Branch", "Road Post Modifier",
)  # fmt: skip
_CIVIC_PARAMETERS = {
    "Country": "country", "State": "A1", "City": "A3", "House Number": "HNO", "Zip Code": "PC", "Road": "RD",
    "Floor": "FLR", "Room": "ROOM",
}  # fmt: skip


@TABLE.endpoint("GET", "v1/mgmt/media/communicationInfo", since=(5, 7))
async def communication_info(call: ApiCall) -> Reply:
    _check_idle(call)
    phone = call.phone
    return Reply({
        "CommunicationType": [_DIRECTIONS.get(leg.state, "None") for leg in phone.calls] or ["Idle"],
        "FarEndMuteState": [leg.remote_number for leg in phone.calls if leg.far and leg.far[1].muted],
        "PhoneMuteState": str(phone.muted),
    })  # fmt: skip


@TABLE.endpoint("GET", "v1/mgmt/media/sessionStats", since=(5, 7), admin=True)
async def session_stats(call: ApiCall) -> Reply:
    _check_idle(call)
    return Reply([_session(leg) for leg in call.phone.calls if leg.connected is not None])


@TABLE.endpoint("GET", "v1/mgmt/location/info", since=(5, 7))
async def location_info(call: ApiCall) -> Reply:
    value = call.phone.parameters.value
    return Reply({
        key: value(f"locInfo.1.{_CIVIC_PARAMETERS[key]}") if key in _CIVIC_PARAMETERS else "" for key in _CIVIC_KEYS
    })  # fmt: skip


def _check_idle(call: ApiCall) -> None:
    if not call.phone.calls and call.phone.switches.media_idle == "4007":
        raise ApiError(NO_SUCH_CALL)


def _session(leg: Call) -> dict[str, Any]:
    packets = 50 * leg.seconds
    # Phones send 127.0 if there is no score (seen in a public client).
    score = "4.1" if leg.seconds else "127.0"
    codec = "9:G.722"
    stream = {
        "Ref": f"0x{int(leg.handle, 16) & 0xFFFF:x}",
        "Category": "0:Voice",
        "PacketsReceived": str(packets),
        "PacketsSent": str(packets + 1),
        "OctetsReceived": str(160 * packets),
        "OctetsSent": str(160 * (packets + 1)),
        "PacketsExpected": str(packets),
        "PacketsLost": "0",
        "Jitter": "2",
        "MaxJitter": "9",
        "Latency": "12",
        "RxPayloadSize": "160",
        "TxPayloadSize": "160",
        "RxCodec": codec,
        "TxCodec": codec,
        "RxMOSCQ": score,
        "TxMOSCQ": score,
        "RxMOSLQ": score,
        "TxMOSLQ": score,
    }
    # Ref is the handle that v1 callStatus shows (seen on a VVX 501).
    return {"Ref": f"0x{leg.handle}", "SRTPCall": "False", "H235Call": "False", "Streams": [stream]}
