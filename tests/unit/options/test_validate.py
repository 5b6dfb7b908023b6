# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options are checked in one place, with the rules between them."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.polycom.vvx.plugins.module_utils._options.argument_spec import ArgumentSpec
from ansible_collections.polycom.vvx.plugins.module_utils._options.connection import CONNECTION
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


ODD = ArgumentSpec(
    {
        "text": {"type": "str"}, "path": {"type": "path"}, "count": {"type": "int"}, "seconds": {"type": "float"},
        "texts": {"type": "list", "elements": "str"}, "files": {"type": "list", "elements": "path"},
        "spots": {"type": "list", "elements": "dict", "options": {"x": {"type": "int"}, "name": {"type": "str"}}},
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("args", "mistakes"),
    [
        ({"text": ["a"]}, "text must be a text, not a list"),
        ({"path": {"a": 1}}, "path must be a text, not a dictionary"),
        ({"text": b"a"}, "text must be a text, not a bytes"),
        ({"path": "nul\0"}, "path contains a character that can't be used"),
        ({"text": "half \ud800"}, "text contains a character that can't be used"),
        ({"count": float("inf")}, "count must be a number, not infinite"),
        ({"seconds": "-Infinity"}, "seconds must be a number, not infinite"),
        ({"count": "1e400"}, "count must be a number, not infinite"),
        ({"texts": ["a", ["b"], "c\0"]}, r"texts \(2\.\) must be a text, not a list; texts \(3\.\) contains"),
        ({"texts": "a,b\0"}, r"texts \(2\.\) contains"),
        ({"files": [{}]}, r"files \(1\.\) must be a text, not a dictionary"),
        (
            {"spots": [{"x": 1}, {"x": float("inf"), "name": []}]},
            r"spots \(2\.\)\.x .*; spots \(2\.\)\.name must be a text",
        ),
        ({"text": [], "count": "inf"}, "text must .*; count must"),
    ],
)
def test_what_ansible_takes_or_fails_on_is_named_without_its_value(args: dict[str, Any], mistakes: str) -> None:
    with pytest.raises(SettingsError, match=mistakes) as caught:
        validated(ODD, args)
    assert caught.value.remedy == "Correct the options named."


def test_what_a_number_may_look_like_is_left_to_ansible() -> None:
    taken = {"text": 5, "path": 1.5, "count": "7", "seconds": 1e9, "texts": [1, "b"], "spots": [{"x": 1}]}
    assert validated(ODD, taken)["texts"] == ["1", "b"]
    with pytest.raises(SettingsError, match="seconds"):
        between("seconds", validated(ODD, {"seconds": "nan"})["seconds"], 0, 10)


def test_whatever_ansibles_validator_raises_is_told_with_the_option(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Any, given: dict[str, Any], **_options: Any) -> Any:
        if "count" in given:
            raise OverflowError("zq")
        return real(self, given)

    real = ArgumentSpecValidator.validate
    monkeypatch.setattr(ArgumentSpecValidator, "validate", broken)
    with pytest.raises(SettingsError, match="^count has a value that can't be used") as caught:
        validated(ODD, {"count": 5, "text": "x"})
    assert "zq" not in str(caught.value)


@pytest.mark.parametrize(("variable", "option"), [("VVX_PORT", "port"), ("VVX_RETRIES", "retries")])
def test_so_is_a_value_of_the_environment(variable: str, option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "inf")
    with pytest.raises(SettingsError, match=option) as caught:
        validated(CONNECTION, {"host": "192.0.2.1"})
    assert caught.value.remedy == "Correct the options named."


def test_null_and_an_empty_text_count_as_unset() -> None:
    assert given({"a": None, "b": "", "c": 0, "d": False, "e": []}) == {"c": 0, "d": False, "e": []}


@pytest.mark.parametrize("value", [-1, 11, float("nan")])
def test_a_value_out_of_range_is_named_with_the_range(value: float) -> None:
    with pytest.raises(SettingsError, match=rf"easing must be between 0 and 10 steps, not {value}\."):
        between("easing", value, 0, 10, "steps")
    between("easing", 0, 0, 10)
    between("easing", 10, 0, 10)


NESTED = ArgumentSpec(
    {
        "update_secrets": {"type": "str", "choices": ["on_create", "always", "never"]},
        "gather_subset": {"type": "list", "elements": "str", "choices": ["lines", "network"]},
        "columns": {"type": "list", "elements": "dict", "options": {"name": {"type": "str"}, "title": {"type": "str"}}},
    }
)


@pytest.mark.parametrize(
    ("args", "told", "meant"),
    [
        (
            {"updat_secrets": "x"},
            "Unsupported parameters for (polycom.vvx.vvx_x) module: updat_secrets. Supported parameters include: "
            "columns, gather_subset, update_secrets.",
            "Did you mean update_secrets?",
        ),
        (
            {"update-secrets": "x", "colums": []},
            "module: colums, update-secrets.",
            "Did you mean columns? Did you mean ",
        ),
        ({"zzz": 1}, "module: zzz.", ""),
        (
            {"update_secrets": "allways"},
            "must be one of: on_create, always, never, got: allways",
            "Did you mean always?",
        ),
        ({"gather_subset": ["line"]}, "lines, network. Got no match for: line.", "Did you mean lines?"),
        ({"columns": [{"nmae": "x"}]}, "module: columns.nmae.", "Did you mean columns.name?"),
    ],
)
def test_a_typo_is_told_in_ansibles_words_with_the_nearest_name(args: dict[str, Any], told: str, meant: str) -> None:
    with pytest.raises(SettingsError) as caught:
        validated(NESTED, args, action="polycom.vvx.vvx_x")
    assert told in caught.value.message and caught.value.remedy.startswith(meant)
    assert bool(meant) == ("Did you mean" in caught.value.remedy)
