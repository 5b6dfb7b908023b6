# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_call tells the truth where it is hard to know: lost answers, calls that come late, firmware that hides calls."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import call
from ansible_collections.polycom.vvx.plugins.module_utils._operations.call import SPEC as CALL
from ansible_collections.polycom.vvx.plugins.module_utils._steps import call_wait

from simulator import Phone, PhoneSpec, Switches
from support.reach import params, run

OLD = PhoneSpec(firmware="5.4.0.1")


@pytest.fixture(autouse=True)
def no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_wait, "PAUSE", 0.05)


def act(phone: Phone, action: str | None, **options: Any) -> dict[str, Any]:
    return run(call.run, phone, params(CALL, action=action, **options))


def connected(phone: Phone, number: str = "1") -> str:
    handle = phone.ring(number)
    act(phone, "answer", call=handle)
    return handle


def test_a_call_that_comes_in_is_not_the_one_that_was_dialed(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call, "LISTED_WITHIN", 0.2)
    phone.fault("latency", path="callctrl/dial", seconds=0.4)
    phone.fault("drop", path="callctrl/dial")
    ringing = threading.Timer(0.15, phone.ring, ["5559999"])
    ringing.start()
    result = act(phone, "dial", destination="2002")
    ringing.join()
    assert result["error"]["kind"] == "connection_lost" and result["changed"] is False and result["call"] is None


@pytest.mark.parametrize("wait_for", ["connected", "ringing", None])
def test_a_call_that_is_listed_late(start_fleet: Any, wait_for: str | None) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(listed_seconds=0.4)), tls=False).phones[0]
    result = act(phone, "dial", destination="2002", wait_for=wait_for, wait_timeout=3.0)
    assert "failed" not in result and result["call"]["remote_number"] == "2002"


def test_the_end_of_a_call_that_is_listed_late_is_waited_for(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(listed_seconds=0.3)), tls=False).phones[0]
    result = act(phone, "dial", destination="2002", wait_for="ended", wait_timeout=0.8)
    assert result["error"]["kind"] == "not_connected" and "the call was not ended" in result["msg"] and phone.calls


def test_a_transfer_without_an_answer_is_seen_in_the_calls(phone: Phone) -> None:
    connected(phone)
    phone.fault("drop_after", path="callctrl/transferCall")
    result = act(phone, "transfer", destination="2")
    assert "failed" not in result and result["changed"] is True and "but it has done it" in result["warnings"][0]
    assert phone.count("transferCall") == 1


def test_tones_without_an_answer_may_have_been_sent(phone: Phone) -> None:
    connected(phone)
    phone.fault("drop_after", path="callctrl/sendDTMF")
    result = act(phone, "dtmf", digits="1")
    assert result["failed"] and result["changed"] is True and phone.count("sendDTMF") == 1


@pytest.mark.parametrize(("first", "again"), [("hold", "hold"), ("hold", "resume")])
def test_what_is_so_already_needs_no_handle(phone: Phone, first: str, again: str) -> None:
    connected(phone)
    assert act(phone, first)["changed"] is True
    if again == "resume":
        assert act(phone, "resume")["changed"] is True
    result = act(phone, again)
    assert result["changed"] is False and result["msg"].startswith("nothing to do for call ")


@pytest.mark.parametrize("which", ["active", "ringing", "1234abcd"])
def test_a_call_that_has_ended_already_has_ended(phone: Phone, which: str) -> None:
    result = act(phone, None, call=which, wait_for="ended")
    assert "failed" not in result and result["call"] is None


def test_to_end_where_there_is_only_a_held_call_is_explained(phone: Phone) -> None:
    connected(phone)
    act(phone, "hold")
    result = act(phone, "end", wait_for="ended")
    assert (
        result["error"]["kind"] == "not_allowed" and "Resume it first" in result["msg"] and phone.count("endCall") == 0
    )


def test_a_handle_may_be_written_as_one_likes(phone: Phone) -> None:
    handle = phone.ring("1")
    assert act(phone, "answer", call=f"0X{handle.upper()}")["call"]["state"] == "connected"


def test_old_firmware_hides_calls_that_can_still_be_ended(start_fleet: Any) -> None:
    phone = start_fleet(OLD, tls=False).phones[0]
    first = connected(phone)
    phone.ring("2")
    result = act(phone, "end", call=f"0x{first}", wait_for="ended", wait_timeout=0.3)
    assert result["changed"] is True and phone.count("endCall") == 1
    assert [leg.remote_number for leg in phone.calls] == ["2"]
    assert result["error"]["kind"] == "not_connected", (
        "while the phone lists another call, the end of this one can't be seen"
    )


def test_old_firmware_does_not_say_that_a_hidden_call_has_ended(start_fleet: Any) -> None:
    phone = start_fleet(OLD, tls=False).phones[0]
    first = connected(phone)
    phone.ring("2")
    result = act(phone, None, call=first, wait_for="ended", wait_timeout=0.3)
    assert result["failed"] and "reports only one call" in result["msg"]


def test_old_firmware_without_any_call(start_fleet: Any) -> None:
    phone = start_fleet(OLD, tls=False).phones[0]
    assert act(phone, "end")["changed"] is False
    assert "The phone has no calls." in act(phone, "answer")["msg"]
