# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which parameters are written, and whether the phone took a value."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.knowledge import BUNDLED, Knowledge
from ansible_collections.polycom.vvx.plugins.module_utils._phone.api import Phone, Setting
from ansible_collections.polycom.vvx.plugins.module_utils._steps.config_plan import (
    Plan,
    compare,
    read_settings,
)
from hypothesis import given
from hypothesis import strategies as st

import simulator
from support.reach import reach

BOOLEAN, NUMBER, CHOICE, TEXT = "call.callWaiting.enable", "reg.1.server.1.expires", "device.theme", "reg.1.label"
SECRET = "reg.1.auth.password"


def plan(name: str, wanted: str, has: str, source: str = "web", update_secrets: str = "on_create") -> Plan:
    return compare({name: wanted}, {name: Setting(has, source)}, update_secrets, BUNDLED)


@pytest.mark.parametrize(
    ("name", "wanted", "has"),
    [
        (BOOLEAN, "1", "true"), (BOOLEAN, "0", "No"), (NUMBER, "60", "060"), (NUMBER, "60", "+60"),
        (CHOICE, "BroadSoft", "broadsoft"), (TEXT, "Desk", "Desk"), (TEXT, "", ""), ("no.such.name", "x", "x"),
    ],
)  # fmt: skip
def test_equal_by_type_is_left_alone(name: str, wanted: str, has: str) -> None:
    assert plan(name, wanted, has).wanted == {}


@pytest.mark.parametrize(
    ("name", "wanted", "has"),
    [
        (BOOLEAN, "1", "0"), (BOOLEAN, "1", ""), (NUMBER, "60", "6"), (CHOICE, "BroadSoft", "Classic"),
        (TEXT, "Desk", "desk"), (TEXT, "1", "01"), (TEXT, "1", "true"), ("no.such.name", "1", "01"),
    ],
)  # fmt: skip
def test_what_differs_is_written(name: str, wanted: str, has: str) -> None:
    made = plan(name, wanted, has)
    assert made.wanted == {name: wanted} and made.before == {name: Setting(has, "web")}


@given(st.text(max_size=20), st.sampled_from(["default", "sip", "config", "cloud", "web", "local", "device", ""]))
def test_an_equal_value_is_left_alone_in_every_layer(value: str, source: str) -> None:
    assert plan(TEXT, value, value, source).wanted == {}


@pytest.mark.parametrize(("name", "has"), [(BOOLEAN, "1"), (NUMBER, "3600"), ("reg.1.server.1.transport", "TLS")])
def test_an_empty_value_for_the_default_is_written_only_where_the_phone_has_another(name: str, has: str) -> None:
    assert plan(name, "", has, "default").wanted == {}
    assert plan(name, "", has, "web").wanted == {name: ""}
    assert plan(TEXT, "", "Desk", "default").wanted == {TEXT: ""}


@pytest.mark.parametrize("mode", ["always", "on_create", "never"])
@pytest.mark.parametrize("source", ["default", "", "config", "web", "device"])
@pytest.mark.parametrize("has", ["", "*", "*****", "other"])
def test_a_secret_is_written_as_update_secrets_says(mode: str, source: str, has: str) -> None:
    """Here without a memory; tests/unit/steps/test_secrets.py has all evidence."""
    made = plan(SECRET, "hunter2", has, source, mode)
    evident = has == "other" or source == "default"
    written = mode == "always" or (mode == "on_create" and evident)
    assert (list(made.wanted), made.secrets_skipped) == (([SECRET], []) if written else ([], [SECRET]))
    assert set(made.judgements) == {SECRET}


@pytest.mark.parametrize("mode", ["always", "on_create", "never"])
def test_a_readable_secret_that_is_equal_is_neither_written_nor_skipped(mode: str) -> None:
    made = plan(SECRET, "hunter2", "hunter2", "web", mode)
    assert (made.wanted, made.secrets_skipped) == ({}, [])


def test_a_secret_is_equal_to_the_letter_only() -> None:
    known = Knowledge(sensitive=("call.callWaiting.*",))
    made = compare({BOOLEAN: "1"}, {BOOLEAN: Setting("true", "web")}, "always", known)
    assert made.wanted == {BOOLEAN: "1"} and made.known is known


def test_a_secret_of_asterisks_can_not_be_recognized() -> None:
    assert plan(SECRET, "***", "***", update_secrets="always").wanted == {SECRET: "***"}


@pytest.mark.parametrize(
    ("name", "wanted", "has", "took"),
    [(BOOLEAN, "1", "true", True), (NUMBER, "60", "060", True), (TEXT, "a", "A", False), (TEXT, "a", None, False)],
)
@pytest.mark.parametrize("unreadable", [True, False])
def test_a_plain_value_took_if_it_reads_back_equal(
    name: str, wanted: str, has: str | None, took: bool, unreadable: bool
) -> None:
    current = None if has is None else Setting(has, "web")
    assert Plan().took(name, wanted, current, unreadable) is took


@pytest.mark.parametrize("unreadable", [True, False])
def test_a_secret_took_as_its_request_went_if_it_can_not_be_read_back(unreadable: bool) -> None:
    for has, took in (("hunter2", True), ("other", False), ("", unreadable), ("***", unreadable)):
        assert Plan().took(SECRET, "hunter2", Setting(has, "web"), unreadable) is took
    assert Plan().took(SECRET, "hunter2", None, unreadable) is False


def test_read_settings_asks_for_20_names_at_a_time(phone: simulator.Phone) -> None:
    names = [f"softkey.{number}.label" for number in range(1, 11)] + [f"reg.{n}.label" for n in range(1, 12)]
    with Phone(reach(phone)) as one:
        found = read_settings(one, [*names, "no.such.name"])
    assert list(found) == names and phone.count("config/get") == 2
    assert found["reg.1.label"] == Setting("1001", "config")
