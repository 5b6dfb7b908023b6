# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Normalize sipStatus: the SIP users of a phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .converters import Convert, convert, lower, mappings, number, stripped, text


def sip_status(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Normalize sipStatus: one entry per SIP user, with its calls, subscriptions and registrations."""
    return [{"calls": [], "events": [], **convert(user, _USER)} for user in mappings(stripped(raw).get("User"))]


def _calls(value: Any) -> list[dict[str, Any]] | None:
    return [convert(call, _CALL) for call in mappings(value)] if isinstance(value, list) else None


def _events(value: Any) -> list[dict[str, Any]] | None:
    return [convert(event, _EVENT) for event in mappings(value)] if isinstance(value, list) else None


_CALL: dict[str, tuple[str, Convert]] = {"CallState": ("state", text), "CallID": ("call_id", text)}
_EVENT: dict[str, tuple[str, Convert]] = {
    "Type": ("type", lower),
    "RegistrationState": ("registration_state", lower),
    "CallID": ("call_id", text),
    "Expires": ("expires_seconds", number),
    "Overlap": ("overlap", text),
}
_USER: dict[str, tuple[str, Convert]] = {
    "Name": ("name", text),
    "LineNumber": ("line", number),
    "TotalCalls": ("total_calls", number),
    "TotalEvents": ("total_events", number),
    "Calls": ("calls", _calls),
    "Events": ("events", _events),
}
