# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Touch the screen, press a key or enter text, as a person at the phone would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._phone.errors import NotAllowed, PhoneError, SettingsError
from .._steps.result import Result, unanswered

POSITIONS = {"tap": (1, 1), "press": (1, 1), "release": (1, 1), "swipe": (2, 5)}
"""Least and most positions of a gesture (manual)."""
KEYS = (
    *(f"Dialpad{digit}" for digit in range(10)), "DialpadStar", "DialpadPound", "ArrowUp", "ArrowDown", "ArrowLeft",
    "ArrowRight", "Select", "Home", "Delete", "Redial", "MicMute", "VolUp", "VolDown", "SoftKey1", "SoftKey2",
    "SoftKey3", "SoftKey4",
)  # fmt: skip
"""Names that a public client uses; firmware 6.0 and later."""
MOST_EASING = 40
LARGEST_POSITION = 9999


SPEC = ArgumentSpec(
    {
        "action": {"type": "str", "choices": ["tap", "press", "release", "swipe", "key", "text"], "required": True},
        "positions": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "options": {"x": {"type": "int", "required": True}, "y": {"type": "int", "required": True}},
        },
        "duration": {"type": "int"},
        "easing": {"type": "int"},
        "key": {"type": "str", "choices": list(KEYS), "no_log": False},
        "text": {"type": "str", "no_log": True},
        "replace": {"type": "bool", "default": False},
    },
    required_if=[("action", "key", ["key"]), ("action", "text", ["text"])],
)


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Returns ``msg``. ``positions``: ``x`` and ``y`` in pixels. ``duration``: milliseconds."""
    endpoint, data, phrase = order(params)
    result = Result(changed=True, values={"msg": f"{'would ' if check_mode else ''}{phrase}"})
    if not check_mode:
        try:
            phone.act(endpoint, data)
        except NotAllowed as error:
            error.restate(
                remedy="Set httpd.ta.enabled to 1 with polycom.vvx.vvx_config, and use the admin account: UC "
                "Software 5.7 and later requires both."
            )
            raise
        except PhoneError as error:
            unanswered(result, error)
    return result


def order(params: Mapping[str, Any]) -> tuple[str, dict[str, Any], str]:
    """The endpoint, its data, and the action in words. Raises SettingsError if the options do not go together."""
    action = params["action"]
    gesture = tuple(POSITIONS)
    for option, actions in (
        ("positions", gesture),
        ("duration", gesture),
        ("easing", gesture),
        ("key", ("key",)),
        ("text", ("text",)),
    ):
        if params[option] not in (None, []) and action not in actions:
            raise SettingsError(f"{option} does not go with action {action}.", remedy=f"Leave {option} out.")
    if action == "key":
        return "simulate_key_event", {"Type": "Tap", "KeyName": params["key"]}, f"press the key {params['key']}"
    if action == "text":
        return (
            "simulate_text_input",
            {"Value": params["text"], "ReplaceText": str(params["replace"]).lower()},
            "write a text",
        )
    positions = _positions(action, params["positions"])
    data: dict[str, Any] = {"Type": action.capitalize(), "Positions": positions}
    for name, most in (("duration", 60_000), ("easing", MOST_EASING)):
        value = params[name]
        if value is not None:
            if not 0 <= value <= most:
                raise SettingsError(f"{name} must be between 0 and {most}, not {value}.", remedy=f"Correct {name}.")
            data[name.capitalize()] = str(value)
    places = ", ".join(f"{position['X']}/{position['Y']}" for position in positions)
    return "simulate_touch", data, f"{action} at {places}"


def _positions(action: str, positions: Sequence[Mapping[str, int]]) -> list[dict[str, str]]:
    fewest, most = POSITIONS[action]
    if not fewest <= len(positions) <= most:
        wanted = f"{fewest} to {most} positions" if most > fewest else "one position"
        raise SettingsError(f"action {action} requires {wanted}, not {len(positions)}.", remedy="Correct positions.")
    for position in positions:
        if not all(0 <= position[axis] <= LARGEST_POSITION for axis in ("x", "y")):
            raise SettingsError(
                f"{position['x']}/{position['y']} is not a position on a screen.", remedy="Correct positions."
            )
    return [{"X": str(position["x"]), "Y": str(position["y"])} for position in positions]
