# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options are checked in one place, with the rules between them."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._options.argument_spec import ArgumentSpec
from ansible_collections.polycom.vvx.plugins.module_utils._options.validate import between, given, validated
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError

FIRST = ArgumentSpec(
    {"action": {"type": "str", "choices": ["dial", "hang_up"]}, "destination": {"type": "str"}, "url": {"type": "str"}},
    required_if=[("action", "dial", ["destination"])],
    required_by={"url": ["action"]},
)
SECOND = ArgumentSpec(
    {"dest": {"type": "str"}, "tries": {"type": "int", "default": 3}, "x": {"type": "int"}, "y": {"type": "int"}},
    mutually_exclusive=[("url", "dest")],
    required_one_of=[("action", "dest", "url")],
)
SPEC = FIRST.merge(SECOND)


def test_options_are_converted_and_completed() -> None:
    assert validated(SPEC, {"action": "hang_up", "x": "1", "y": 2}) == {
        "action": "hang_up", "destination": None, "url": None, "dest": None, "tries": 3, "x": 1, "y": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("args", "mistake"),
    [
        ({"action": "dial"}, "destination"),
        ({"url": "http://192.0.2.1/"}, "'url': action"),
        ({"url": "u", "action": "hang_up", "dest": "d"}, "mutually exclusive"),
        ({}, "action, dest, url"),
        ({"dest": "d", "tries": "x"}, "tries"),
        ({"dest": "d", "nonsense": 1}, "nonsense"),
        ({"action": "answer"}, "dial, hang_up"),
    ],
)
def test_each_rule_travels_along_when_parts_are_joined(args: dict[str, Any], mistake: str) -> None:
    with pytest.raises(SettingsError, match=mistake) as caught:
        validated(SPEC, args, remedy="Correct the task.")
    assert caught.value.message.endswith(".") and not caught.value.message.endswith("..")
    assert caught.value.remedy == "Correct the task."


def test_every_mistake_is_named() -> None:
    with pytest.raises(SettingsError, match="x.*;.*y"):
        validated(SPEC, {"dest": "d", "x": "one", "y": "two"})


def test_null_and_an_empty_text_count_as_unset() -> None:
    assert given({"a": None, "b": "", "c": 0, "d": False, "e": []}) == {"c": 0, "d": False, "e": []}


@pytest.mark.parametrize("value", [-1, 11, float("nan")])
def test_a_value_out_of_range_is_named_with_the_range(value: float) -> None:
    with pytest.raises(SettingsError, match=rf"easing must be between 0 and 10 steps, not {value}\."):
        between("easing", value, 0, 10, "steps")
    between("easing", 0, 0, 10)
    between("easing", 10, 0, 10)
