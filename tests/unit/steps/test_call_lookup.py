# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Find a call by its kind or its handle."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone import api
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import NoSuchCall, SettingsError
from ansible_collections.polycom.vvx.plugins.module_utils._steps.call_lookup import KINDS, Calls, find, name_of, read

from simulator import Phone, PhoneSpec
from support.reach import reach


def call(handle: str, state: str, active: bool | None = False, **more: Any) -> dict[str, Any]:
    return {"handle": handle, "ref": handle, "state": state, "active": active, **more}


RINGING, TALKING, HELD = call("1a", "offering"), call("2b", "connected", active=True), call("3c", "hold")


@pytest.fixture
def idle(phone: Phone) -> api.Phone:
    return api.Phone(reach(phone))


@pytest.mark.parametrize(("kind", "found"), [("ringing", RINGING), ("active", TALKING), ("held", HELD)])
def test_the_only_call_of_a_kind(idle: api.Phone, kind: str, found: dict[str, Any]) -> None:
    assert find(idle, Calls([HELD, TALKING, RINGING], True), kind) is found


@pytest.mark.parametrize("state", KINDS["active"])
def test_a_call_is_active_from_the_dial_tone_on(idle: api.Phone, state: str) -> None:
    dialed = call("4d", state)
    assert find(idle, Calls([RINGING, dialed], True), "active") is dialed


def test_of_several_the_one_in_front_on_the_screen(idle: api.Phone) -> None:
    front = call("5e", "offering", active=True)
    assert find(idle, Calls([RINGING, front, call("6f", "offering", active=None)], True), "ringing") is front


def test_several_of_which_none_or_two_are_in_front(idle: api.Phone) -> None:
    for active in (True, False, None):
        several = Calls([call("1a", "hold", active, remote_number="5551000"), call("2b", "hold", active)], True)
        with pytest.raises(SettingsError) as refused:
            find(idle, several, "held")
        message = "several calls are held. The phone has: call 1a with 5551000 (hold), call 2b (hold)."
        assert refused.value.message == message and "handle" in refused.value.remedy


@pytest.mark.parametrize("written", ["3c", "3C", "0x3c", "0X3C"])
def test_a_handle_in_any_spelling(idle: api.Phone, written: str) -> None:
    assert find(idle, Calls([RINGING, HELD], True), written) is HELD


def test_what_is_missing_names_the_calls_that_there_are(idle: api.Phone) -> None:
    for calls, wanted, message in (
        (Calls([HELD], True), "ringing", "there is no ringing call. The phone has: call 3c (hold)."),
        (Calls([HELD], True), "9f", "there is no call 9f. The phone has: call 3c (hold)."),
        (Calls([], True), "active", "there is no active call. The phone has no calls."),
    ):
        with pytest.raises(NoSuchCall) as missing:
            find(idle, calls, wanted)
        assert missing.value.message == message


def test_a_handle_is_taken_at_its_word_where_the_list_is_incomplete(idle: api.Phone) -> None:
    assert find(idle, Calls([HELD], False), "0x3C") is HELD
    assert find(idle, Calls([HELD], False), "0x9F") == {"handle": "9f", "ref": "0x9F"}
    with pytest.raises(NoSuchCall, match="This firmware reports only one call; give the handle for others"):
        find(idle, Calls([HELD], False), "ringing")


def test_a_call_is_named_after_its_far_end() -> None:
    assert name_of(RINGING) == "call 1a"
    assert name_of({**RINGING, "remote_name": "Ann"}) == "call 1a with Ann"
    assert name_of({**RINGING, "remote_name": "Ann", "remote_number": "5551000"}) == "call 1a with 5551000"


@pytest.mark.parametrize(("firmware", "seen"), [("5.4.0.10182", 1), ("5.9.3.2489", 2)])
def test_old_firmware_reports_one_call(start_fleet: Any, firmware: str, seen: int) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware), tls=False).phones[0]
    with api.Phone(reach(phone)) as one:
        assert read(one) == Calls([], True)
        handles = {phone.ring("5551000"), phone.ring("5552000")}
        now = read(one)
    assert len(now.calls) == seen and now.complete is (seen == 2)
    assert {found["handle"] for found in now.calls} <= handles
