# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Current calls, call logs, presence, and whether a phone is in use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .converters import (
    Convert,
    Fields,
    convert,
    duration,
    flag,
    lower,
    mappings,
    moment,
    nested,
    number,
    one,
    present,
    text,
)

STATES = {"callhold": "hold"}
"""v1 writes CallHold for the Hold of v2; all other states are the same, in lower case here."""


def calls(raw: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Normalize callStatus (v1 or v2): one entry per call. ``handle`` as in v2; ``ref`` as callctrl needs it."""
    return [_call(call) for call in raw]


def _call(raw: Mapping[str, Any]) -> dict[str, Any]:
    call = Fields(raw)
    ref = call.take(text, "CallHandle")
    state = call.take(lower, "CallState")
    index = call.take(text, "UIAppearanceIndex")
    return present(
        {
            "handle": handle(ref) if ref else None,
            "ref": ref,
            "direction": call.take(lower, "Type"),
            "state": STATES.get(state or "", state),
            "protocol": call.take(lower, "Protocol"),
            "line": call.take(number, "LineID"),
            "sequence": call.take(number, "CallSequence"),
            "appearance": number(index.rstrip("*")) if index else None,
            "active": index.endswith("*") if index else None,
            "remote_name": call.take(text, "RemotePartyName"),
            "remote_number": call.take(_number, "RemotePartyNumber"),
            "started": call.take(moment, "StartTime"),
            "duration_seconds": call.take(number, "DurationSeconds", "DurationInSeconds"),
            "ringing": call.take(one, "Ringing"),
            "muted": call.take(one, "Muted"),
            "rtp_port": call.take(number, "RTPPort"),
            "rtcp_port": call.take(number, "RTCPPort"),
            "media_direction": call.take(lower, "Media Direction"),
            "remote_address": call.take(text, "Remote Connection IP"),
            "channel": call.take(nested(_CHANNEL), "Channel"),
            "other": call.other(),
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


_CHANNEL: dict[str, tuple[str, Convert]] = {
    "Mode": ("mode", lower),
    "Number": ("number", number),
    "Label": ("label", text),
    "State": ("state", lower),
}


def call_logs(raw: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Normalize callLogs: missed, received and placed calls. Phones capitalize the keys, the manual does not."""
    return {key.strip().lower(): call_log(value) for key, value in raw.items() if isinstance(value, list)}


_LOGGED: dict[str, tuple[str, Convert]] = {
    "LineNumber": ("line", number),
    "StartTime": ("started", moment),
    "RemotePartyName": ("remote_name", text),
    "RemotePartyNumber": ("remote_number", _number),
    "Duration": ("duration_seconds", duration),
}


def call_log(raw: Any) -> list[dict[str, Any]]:
    """Normalize one of the lists in callLogs."""
    return [convert(entry, _LOGGED) for entry in mappings(raw)]


def poll_status(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize pollForStatus: ``state`` is idle, active or error; ``detail`` is the phone's own text."""
    return convert(raw, {"State": ("state", lower), "StateData": ("detail", text)})


def presence(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize getPresence of a phone that uses Skype for Business."""
    return convert(raw, {"Presence": ("presence", lower)})


def communication(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize communicationInfo: media types of the phone's calls, and who is muted."""
    info = Fields(raw)
    kinds, muted = info.take(_list, "CommunicationType"), info.take(_list, "FarEndMuteState")
    return present(
        {
            "types": None if kinds is None else [kind for kind in map(lower, kinds) if kind],
            "far_ends_muted": None if muted is None else [who for who in map(text, muted) if who],
            "muted": info.take(flag, "PhoneMuteState"),
            "other": info.other(),
        }
    )


def _list(value: Any) -> list[Any] | None:
    return value if isinstance(value, list) else None
