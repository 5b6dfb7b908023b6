# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""lineInfo in its two versions, sipStatus and transferType."""

from __future__ import annotations

from typing import Any

from ..api import INVALID, TABLE, ApiCall, ApiError, Reply
from ..lines import Line, lines_of
from ..phone import Phone

_TRANSFER_TYPES = ("Consultative", "Blind", "Safe")
_TRANSPORTS = {"UDPOnly": "UdpOnly", "TCPOnly": "TcpOnly", "TCPpreferred": "TcpPreferred"}


@TABLE.endpoint("GET", "v1/mgmt/lineInfo", admin=True)
async def info_v1(call: ApiCall) -> Reply:
    phone = call.phone
    # A line on several keys is listed several times. LineNumber counts the keys, not the lines (recorded).
    keys = [line for line in lines_of(phone) for _key in range(line.keys)]
    return Reply([_line_v1(phone, line, key) for key, line in enumerate(keys, 1)])


@TABLE.endpoint("GET", "v2/mgmt/lineInfo", since=(5, 8), admin=True)
async def info_v2(call: ApiCall) -> Reply:
    phone, wanted = call.phone, call.query.get("line")
    if wanted is not None and not wanted.isdigit():
        raise ApiError(INVALID)
    lines = [line for line in lines_of(phone) if wanted is None or line.number == int(wanted)]
    return Reply([_line_v2(phone, line, key) for line in lines for key in range(line.keys)])


@TABLE.endpoint("GET", "v1/webCallControl/sipStatus")
async def sip_status(call: ApiCall) -> Reply:
    users = [_sip_user(call.phone, line) for line in lines_of(call.phone)]
    return Reply({"TotalUser": str(len(users)), "User": users})


@TABLE.endpoint("GET", "v1/mgmt/transferType/get", since=(5, 7))
async def transfer_type(call: ApiCall) -> Reply:
    return Reply({"Type": call.phone.transfer_type})


@TABLE.endpoint("POST", "v1/mgmt/transferType/set", since=(5, 7))
async def set_transfer_type(call: ApiCall) -> Reply:
    wanted = call.needed("Type")
    if wanted not in _TRANSFER_TYPES:
        raise ApiError(INVALID)
    call.phone.transfer_type = wanted
    return Reply()


def _line_v1(phone: Phone, line: Line, number: int) -> dict[str, str]:
    capital = phone.spec.flavour == "manual"
    registered, kind = ("registered" if line.registered else "unregistered"), ("shared" if line.shared else "private")
    shown = {
        "LineNumber": str(number),
        "SIPAddress": line.address,
        "Username" if phone.early_v2 else "UserID": line.user,
        "Label": line.label,
        "LineType": kind.capitalize() if capital else kind,
        "RegistrationStatus": registered.capitalize() if capital else registered,
    }
    # A line that was never provisioned leaves these out.
    return shown | {"Protocol": "SIP", "ProxyAddress": line.proxy, "Port": line.port} if line.address else shown


def _line_v2(phone: Phone, line: Line, key: int) -> dict[str, Any]:
    calls = [leg for leg in phone.calls if leg.line == line.number]
    registered = "Registered" if line.registered else "Unregistered"
    server = {
        "ID": "1",
        "Address": line.proxy,
        "RegistrationStatus": registered,
        "Port": line.port,
        "Expires": line.expires,
        "Transport": _TRANSPORTS.get(line.transport, line.transport),
        "Working": str(line.registered),
    }
    value = phone.parameters.value
    return {
        "ID": str(line.number),
        "Label": line.label,
        "Username": line.user,
        "Assigned": str(bool(line.address)),
        "RegistrationStatus": registered,
        "Type": "Shared" if line.shared else "Private",
        "Active": str(any(leg.state == "Connected" for leg in calls)),
        "DoNotDisturb": "False",
        "CallAppearances": [leg.handle for leg in calls],
        # The second and later keys of a line list no servers, as a public client expects.
        "CallServers": [server] if line.proxy and key == 0 else [],
        "ForwardingConfig": {
            "Always": value(f"divert.{line.number}.contact"),
            "DoNotDisturb": value(f"divert.dnd.{line.number}.contact"),
            "Busy": value(f"divert.busy.{line.number}.contact"),
            "NoAnswer": value(f"divert.noanswer.{line.number}.contact"),
        },
    }


def _sip_user(phone: Phone, line: Line) -> dict[str, Any]:
    calls = [leg for leg in phone.calls if leg.line == line.number]
    event = {
        "Type": "Register",
        "Overlap": phone.parameters.value(f"reg.{line.number}.server.1.expires.overlap"),
        "RegistrationState": "Registered" if line.registered else "Unregistered",
        "CallID": f"b8c9{line.number:04x}-{phone.mac}@{phone.host}",
        "Expires": line.expires,
    }
    user: dict[str, Any] = {
        "Name": line.user,
        "LineNumber": str(line.number),
        "TotalCalls": str(len(calls)),
        "TotalEvents": "1",
        "Events": [event],
    }
    if calls:
        user["Calls"] = [{"CallState": leg.state, "CallID": f"{leg.handle}@{phone.host}"} for leg in calls]
    return user
