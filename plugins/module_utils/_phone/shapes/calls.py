# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Current calls, call logs, presence, and whether a phone is in use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .converters import duration, flag, lower, mappings, moment, number, one, present, stripped, text

STATES = {"callhold": "hold"}
"""v1 writes CallHold for the Hold of v2; all other states are the same, in lower case here."""


def calls(raw: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Normalize callStatus (v1 or v2): one entry per call. ``handle`` as in v2; ``ref`` as callctrl needs it."""
    return [_call(stripped(call)) for call in raw]


def _call(call: Mapping[str, Any]) -> dict[str, Any]:
    ref = text(call.get("CallHandle"))
    state = lower(call.get("CallState"))
    index = text(call.get("UIAppearanceIndex"))
    channel = call.get("Channel")
    return present(
        {
            "handle": handle(ref) if ref else None,
            "ref": ref,
            "direction": lower(call.get("Type")),
            "state": STATES.get(state or "", state),
            "protocol": lower(call.get("Protocol")),
            "line": number(call.get("LineID", call.get("LineId"))),
            "sequence": number(call.get("CallSequence")),
            "active": index.endswith("*") if index else None,
            "remote_name": text(call.get("RemotePartyName")),
            "remote_number": _number(call.get("RemotePartyNumber")),
            "started": moment(call.get("StartTime")),
            "duration_seconds": number(call.get("DurationSeconds", call.get("DurationInSeconds"))),
            "ringing": one(call.get("Ringing")),
            "muted": one(call.get("Muted")),
            "rtp_port": number(call.get("RTPPort")),
            "rtcp_port": number(call.get("RTCPPort")),
            "media_direction": lower(call.get("Media Direction")),
            "remote_address": text(call.get("Remote Connection IP")),
            "channel": _channel(stripped(channel)) if isinstance(channel, Mapping) else None,
        }
    )


def handle(reference: str) -> str:
    """Return a call's handle as v2 writes it: v1 puts 0x in front."""
    plain = reference.lower()
    return plain[2:] if plain.startswith("0x") else plain


def _number(value: Any) -> str | None:
    """Return 1002 for the ``sip:1002@sip.example.org`` of v1. A SIP address without a number stays whole."""
    plain = text(value)
    if plain is None:
        return None
    bare = re.sub(r"^(sips?|tel):", "", plain, flags=re.IGNORECASE)
    return bare.partition("@")[0] if re.match(r"[0-9*#+]+@", bare) else bare


def _channel(channel: Mapping[str, Any]) -> dict[str, Any]:
    return present(
        {
            "mode": lower(channel.get("Mode")),
            "number": number(channel.get("Number")),
            "label": text(channel.get("Label")),
            "state": lower(channel.get("State")),
        }
    )


def call_logs(raw: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Normalize callLogs: missed, received and placed calls. Phones capitalize the keys, the manual does not."""
    return {key.strip().lower(): call_log(value) for key, value in raw.items() if isinstance(value, list)}


def call_log(raw: Any) -> list[dict[str, Any]]:
    return [
        present(
            {
                "line": number(entry.get("LineNumber")),
                "started": moment(entry.get("StartTime")),
                "remote_name": text(entry.get("RemotePartyName")),
                "remote_number": text(entry.get("RemotePartyNumber")),
                "duration_seconds": duration(entry.get("Duration")),
            }
        )
        for entry in map(stripped, mappings(raw))
    ]


def poll_status(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize pollForStatus: ``state`` is idle, active or error; ``detail`` is the phone's own text."""
    return present({"state": lower(raw.get("State")), "detail": text(raw.get("StateData"))})


def presence(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize getPresence of a phone that uses Skype for Business."""
    return present({"presence": lower(raw.get("Presence"))})


def communication(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize communicationInfo: media types of the phone's calls, and who is muted."""
    info = stripped(raw)
    kinds, muted = info.get("CommunicationType"), info.get("FarEndMuteState")
    return present(
        {
            "types": [kind for kind in map(lower, kinds) if kind] if isinstance(kinds, list) else None,
            "far_ends_muted": [who for who in map(text, muted) if who] if isinstance(muted, list) else None,
            "muted": flag(info.get("PhoneMuteState")),
        }
    )
