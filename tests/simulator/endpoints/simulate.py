# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""simulateTouch, simulateKeyEvent and simulateTextInput."""

from __future__ import annotations

import re

from ..api import INVALID, NOT_ALLOWED, TABLE, TOO_MUCH, ApiCall, ApiError, Reply

_KEYS = frozenset(
    ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "DialpadStar", "DialpadPound", "Home", "MicMute"]
    + ["Redial", "Select", "Delete", "VolUp", "VolDown"]
    + [f"Dialpad{digit}" for digit in range(10)]
    + [f"SoftKey{number}" for number in range(1, 5)]
)
_POSITIONS = {"Tap": (1, 1), "Press": (1, 1), "Release": (1, 1), "Swipe": (2, 5)}


@TABLE.endpoint("POST", "v1/mgmt/simulateTouch", since=(5, 7), admin=True)
async def touch(call: ApiCall) -> Reply:
    _check_allowed(call, "touch_needs_ta")
    kind, easing, duration = call.needed("Type"), call.text("Easing") or "0", call.text("Duration") or "0"
    positions = call.data.get("Positions")
    if kind not in _POSITIONS or not isinstance(positions, list):
        raise ApiError(INVALID)
    fewest, most = _POSITIONS[kind]
    if len(positions) > most:
        raise ApiError(TOO_MUCH)
    if len(positions) < fewest or not all(map(_is_position, positions)):
        raise ApiError(INVALID)
    if not duration.isdigit() or not easing.isdigit() or int(easing) > 40:
        raise ApiError(INVALID)
    return Reply()


@TABLE.endpoint("POST", "v1/mgmt/simulateKeyEvent", since=(6, 0), admin=True, newer=True)
async def key_event(call: ApiCall) -> Reply:
    _check_allowed(call)
    if call.needed("Type") != "Tap" or call.needed("KeyName") not in _KEYS:
        raise ApiError(INVALID)
    return Reply()


@TABLE.endpoint("POST", "v1/mgmt/simulateTextInput", since=(6, 0), admin=True, newer=True)
async def text_input(call: ApiCall) -> Reply:
    _check_allowed(call)
    call.needed("Value")
    if (call.text("ReplaceText") or "false") not in ("true", "false"):
        raise ApiError(INVALID)
    return Reply()


def _check_allowed(call: ApiCall, *needing: str) -> None:
    """4003 where the switch is one of these, and httpd.ta.enabled is 0."""
    phone = call.phone
    if phone.switches.simulate in ("needs_ta", *needing) and not phone.parameters.is_on("httpd.ta.enabled"):
        raise ApiError(NOT_ALLOWED)


def _is_position(position: object) -> bool:
    return isinstance(position, dict) and all(
        re.fullmatch(r"[0-9]{1,4}", str(position.get(axis, ""))) is not None for axis in ("X", "Y")
    )
