# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists and dictionaries may be written as texts, as surveys can give no others."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import firmware
from ansible_collections.polycom.vvx.plugins.module_utils._options.argument_spec import ArgumentSpec
from ansible_collections.polycom.vvx.plugins.module_utils._options.validate import validated
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.module_utils._steps.firmware_path import read_hops, read_servers
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import report
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.waves import rules

SPEC = ArgumentSpec(
    {
        "layers": {"type": "list", "elements": "str", "default": ["usual"]},
        "lines": {"type": "list", "elements": "int"},
        "fail_on": {"type": "list", "elements": "str", "choices": ["drift", "error"], "default": ["drift"]},
        "target_firmware": {"type": "dict", "default": {"usual": "1"}},
        "parameters": {"type": "dict", "no_log": True},
    }
)


def of(name: str, text: str) -> Any:
    return validated(SPEC, {name: text})[name]


@pytest.mark.parametrize(
    "text",
    [
        "a,b",
        "a, b",
        "a\nb",
        "a\r\nb\r\n",
        " a ,\n b ,",
        '["a", "b"]',
        "[a, b]",
        "['a', 'b']\n",
        "- a\n- b\n",
        "\n- a\n- b",
    ],
)
def test_a_list_of_words(text: str) -> None:
    assert of("layers", text) == ["a", "b"]


@pytest.mark.parametrize("text", ["1001", '["1001"]', "[1001]", "- 1001"])
def test_one_word(text: str) -> None:
    assert of("layers", text) == ["1001"] and of("lines", text) == [1001]


def test_numbers_stay_as_they_are_written() -> None:
    assert of("layers", "[0123, 1.10, 1e3]") == ["0123", "1.10", "1e3"]
    for text in (
        "VVX 411: 5.10\nVVX 601: '5.9'",
        '{"VVX 411": 5.10, "VVX 601": "5.9"}',
        "{VVX 411: 5.10, VVX 601: 5.9}",
    ):
        assert of("target_firmware", text)["VVX 411"] == "5.10"


@pytest.mark.parametrize("blank", [" ", "\n", "\r\n \t"])
def test_a_blank_text_is_not_given(blank: str) -> None:
    assert of("layers", blank) == ["usual"] and of("target_firmware", blank) == {"usual": "1"}
    assert of("fail_on", blank) == ["drift"] and of("fail_on", "[]") == []


def test_ansibles_own_way_to_write_a_dictionary_stays() -> None:
    assert of("target_firmware", "a=1 b=2") == {"a": "1", "b": "2"}
    assert of("parameters", '{"reg.1.label": "1: 2"}') == {"reg.1.label": "1: 2"}


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("layers", "[a, b", "a list"),
        ("layers", '["a": "b"', "a list"),
        ("target_firmware", "VVX 411 5.9.3", "a dictionary"),
        ("target_firmware", '{"VVX 411": "5.9', "a dictionary"),
        ("target_firmware", "[1, 2]", "a dictionary"),
        ("target_firmware", "[" * 5_000, "a dictionary"),
        ("target_firmware", "[" * 100_000, "a dictionary"),
        ("target_firmware", "{? [1] : 2}", "a dictionary"),
    ],
)
def test_a_wrong_text(name: str, text: str, kind: str) -> None:
    with pytest.raises(SettingsError) as error:
        of(name, text)
    assert error.value.message.startswith(f"{name}: '{text[:50]}") and error.value.message.endswith(f"is not {kind}.")
    assert "Write it as JSON or YAML, like " in error.value.remedy and len(error.value.message) < 150


def test_what_is_given_is_shown_without_logins_and_escape_codes() -> None:
    with pytest.raises(SettingsError) as error:
        of("target_firmware", "\x1b[31mhttps://me:zq-secret@192.0.2.1/\u202e")
    assert "zq-secret" not in error.value.message and error.value.message.isprintable()


HOPS = [{"version": "5.5.4.2255", "below": "5.5.4", "models": ["VVX 411"]}]


@pytest.mark.parametrize(
    "text",
    [
        '[{"version": "5.5.4.2255", "below": "5.5.4", "models": ["VVX 411"]}]',
        "- version: 5.5.4.2255\n  below: 5.5.4\n  models: VVX 411\n",
        "version: 5.5.4.2255\nbelow: 5.5.4\nmodels: [VVX 411]",
    ],
)
def test_hops(text: str) -> None:
    params = validated(
        firmware.SPEC, {"hops": text, "target_firmware": "default: 5.9.3", "server": "http://192.0.2.1/"}
    )
    assert read_hops(params["hops"]) == read_hops(HOPS) and params["target_firmware"] == {"default": "5.9.3"}


@pytest.mark.parametrize("text", ["version 5.5.4", "[5.5.4]", "- 5.5.4"])
def test_wrong_hops(text: str) -> None:
    with pytest.raises(SettingsError, match="hops: .* is not a list of dictionaries"):
        validated(firmware.SPEC, {"hops": text})


def test_servers() -> None:
    table = {"5.9.3": "http://192.0.2.1/5.9.3", "default": "http://192.0.2.1/"}
    for text in (
        '{"5.9.3": "http://192.0.2.1/5.9.3", "default": "http://192.0.2.1/"}',
        "5.9.3: http://192.0.2.1/5.9.3\ndefault: http://192.0.2.1/",
    ):
        assert read_servers(text) == table
    assert read_servers("http://192.0.2.1:8080/vvx") == "http://192.0.2.1:8080/vvx"
    with pytest.raises(SettingsError, match="server: .* is not a dictionary"):
        read_servers('{"5.9.3": "http')


def test_columns() -> None:
    text = "- name: room\n  variable: desk\n- {name: site, group: site_*}"
    columns = validated(report.SPEC, {"columns": text})["columns"]
    assert [(each["name"], each["variable"], each["group"]) for each in columns] == [
        ("room", "desk", None),
        ("site", None, "site_*"),
    ]


def test_canary_phones_and_waves() -> None:
    for names in ("one, two", "one\ntwo", '["one", "two"]', "- one\n- two", ["one", "two"]):
        assert rules(names, "1\n5\n100%", "").canary == ("one", "two")
        assert rules(names, "[1, 5, 100%]", None).portions == ("1", "5", "100%")
