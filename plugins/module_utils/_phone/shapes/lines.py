# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines and their registrations, from lineInfo and sipStatus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .converters import flag, lower, mappings, number, present, stripped, text


def merged(first: Sequence[Mapping[str, Any]], second: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Merge lineInfo v1 and v2: one entry per line, in order, however many line keys show it.

    v2 lists further keys of a line with an empty CallServers (seen in a public client); v1 repeats the line.
    """
    merged: dict[int, dict[str, Any]] = {}
    for raw in first:
        line = stripped(raw)
        index = number(line.get("LineNumber"))
        if index is not None and index not in merged:
            merged[index] = _line(index, line)
    for raw in second:
        line = stripped(raw)
        index = number(line.get("ID"))
        if index is None or "servers" in merged.get(index, {}):
            continue
        servers = line.get("CallServers")
        merged[index] = {**merged.get(index, {}), **_line(index, line)}
        merged[index].update(
            present(
                {
                    "assigned": flag(line.get("Assigned")),
                    "active": flag(line.get("Active")),
                    "do_not_disturb": flag(line.get("DoNotDisturb")),
                    "forwarding": _forwarding(line.get("ForwardingConfig")),
                    "servers": [_server(server) for server in servers if isinstance(server, Mapping)]
                    if isinstance(servers, list)
                    else None,
                }
            )
        )
    return [merged[index] for index in sorted(merged)]


def _line(index: int, line: Mapping[str, Any]) -> dict[str, Any]:
    registration = lower(line.get("RegistrationStatus"))
    return present(
        {
            "line": index,
            "label": text(line.get("Label")),
            "user": text(line.get("UserID", line.get("Username"))),
            "sip_address": text(line.get("SIPAddress")),
            "protocol": text(line.get("Protocol")),
            "proxy": text(line.get("ProxyAddress")),
            "port": number(line.get("Port")),
            "type": lower(line.get("LineType", line.get("Type"))),
            "registered": registration == "registered" if registration else None,
        }
    )


def _server(raw: Mapping[str, Any]) -> dict[str, Any]:
    server = stripped(raw)
    registration = lower(server.get("RegistrationStatus"))
    return present(
        {
            "server": number(server.get("ID")),
            "address": text(server.get("Address")),
            "port": number(server.get("Port")),
            "transport": text(server.get("Transport")),
            "expires_seconds": number(server.get("Expires")),
            "registered": registration == "registered" if registration else None,
            "working": flag(server.get("Working")),
        }
    )


def _forwarding(raw: Any) -> dict[str, Any] | None:
    if not isinstance(raw, Mapping):
        return None
    kinds = {"Always": "always", "DoNotDisturb": "do_not_disturb", "Busy": "busy", "NoAnswer": "no_answer"}
    return present({name: text(raw.get(key)) for key, name in kinds.items()}) or None


def sip_status(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Normalize sipStatus: one entry per SIP user, with its calls, subscriptions and registrations."""
    return [_sip_user(stripped(user)) for user in mappings(stripped(raw).get("User"))]


def _sip_user(user: Mapping[str, Any]) -> dict[str, Any]:
    return present(
        {
            "name": text(user.get("Name")),
            "line": number(user.get("LineNumber")),
            "total_calls": number(user.get("TotalCalls")),
            "total_events": number(user.get("TotalEvents")),
            "calls": [
                present({"state": text(call.get("CallState")), "call_id": text(call.get("CallID"))})
                for call in mappings(user.get("Calls"))
            ],
            "events": [_sip_event(stripped(event)) for event in mappings(user.get("Events"))],
        }
    )


def _sip_event(event: Mapping[str, Any]) -> dict[str, Any]:
    return present(
        {
            "type": lower(event.get("Type")),
            "registration_state": lower(event.get("RegistrationState")),
            "call_id": text(event.get("CallID")),
            "expires_seconds": number(event.get("Expires")),
            "overlap": text(event.get("Overlap")),
        }
    )
