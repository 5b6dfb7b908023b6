# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_call on a simulated phone: what each action orders, what it leaves alone, and how it fails."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import call
from ansible_collections.polycom.vvx.plugins.module_utils._operations.call import SPEC as CALL
from ansible_collections.polycom.vvx.plugins.module_utils._steps import call_wait

from simulator import Phone, PhoneSpec, Switches
from support.reach import params, run

FIRMWARES = ["5.4.0.10182", "5.7.0.11768", "5.8.0.12848", "5.9.3.2489", "6.4.3.1004"]
OLD = FIRMWARES[:2]


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_wait, "PAUSE", 0.05)
    monkeypatch.setattr(call, "LISTED_WITHIN", 0.3)


def act(phone: Phone, action: str | None, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    connection = {name: options.pop(name) for name in ("password", "retries", "timeout", "username") if name in options}
    return run(call.run, phone, params(CALL, **{"action": action, **options}), check_mode, **connection)


def orders(phone: Phone) -> list[tuple[str, Any]]:
    return [(request.path.rsplit("/", 1)[-1], request.data) for request in phone.log if request.method == "POST"]


def states(phone: Phone) -> dict[str, str]:
    return {leg.handle: leg.state for leg in phone.calls}


def connected(phone: Phone, number: str = "5551000") -> str:
    """The handle of an incoming call that has been answered."""
    handle = phone.ring(number, "Ann")
    assert act(phone, "answer", call=handle)["changed"] is True
    phone.log.clear()
    return handle


def held(phone: Phone, number: str = "5552000") -> str:
    handle = connected(phone, number)
    assert act(phone, "hold", call=handle)["changed"] is True
    phone.log.clear()
    return handle


def old_or_new(firmware: str, handle: str) -> str:
    """The reference as the firmware's own list of calls writes it."""
    return f"0x{handle}" if firmware in OLD else handle


# -- each action


@pytest.mark.parametrize("firmware", FIRMWARES)
@pytest.mark.parametrize(
    ("prepare", "action", "order", "state"),
    [
        (Phone.ring, "answer", "answerCall", "Connected"),
        (Phone.ring, "ignore", "ignoreCall", "Offering"),
        (Phone.ring, "reject", "rejectCall", None),
        (connected, "hold", "holdCall", "Hold"),
        (held, "resume", "resumeCall", "Connected"),
        (connected, "end", "endCall", None),
    ],
)
def test_an_action_orders_one_thing(
    start_fleet: Any, firmware: str, prepare: Any, action: str, order: str, state: str | None
) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware), tls=False).phones[0]
    handle = prepare(phone, "5551000")
    result = act(phone, action)
    assert "failed" not in result and "unreachable" not in result, result
    assert orders(phone) == [(order, {"Ref": old_or_new(firmware, handle)})]
    assert states(phone) == ({handle: state} if state else {})
    assert result["changed"] is True and "warnings" not in result
    assert result["msg"].startswith(f"ordered the phone to {action} call {handle} with ") and result["msg"].endswith(
        "5551000"
    )
    if state is None:
        assert result["call"] is None and result["calls"] == []
    else:
        assert (
            result["call"]["handle"] == handle
            and result["call"]["state"] == state.lower()
            and result["calls"] == [result["call"]]
        )
    assert result["requests"] == len(phone.log)


@pytest.mark.parametrize("firmware", FIRMWARES)
def test_dial(start_fleet: Any, firmware: str) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware, lines=2), tls=False).phones[0]
    result = act(phone, "dial", destination="0123", line=2)
    assert "failed" not in result, result
    assert orders(phone) == [("dial", {"Dest": "0123", "Line": "2", "Type": "TEL"})]
    assert result["changed"] is True and result["msg"] == "dialed 0123 on line 2"
    assert result["call"]["handle"] == phone.calls[0].handle
    assert (result["call"]["direction"], result["call"]["line"]) == ("outgoing", 2)
    assert result["calls"] == [result["call"]]


@pytest.mark.parametrize(
    ("destination", "kind", "sent"),
    [
        ("2002", None, "TEL"),
        ("+49 30 123", None, "TEL"),
        ("sip:2002@sip.example.org", None, "SIP"),
        ("SIPS:2002", None, "SIP"),
        ("ann@example.org", None, "SIP"),
        ("ann@example.org", "tel", "TEL"),
        ("2002", "sip", "SIP"),
        ("2002", "h323", "H323"),
    ],
)
def test_the_kind_of_a_destination(phone: Phone, destination: str, kind: str | None, sent: str) -> None:
    assert act(phone, "dial", destination=destination, type=kind)["changed"] is True
    assert orders(phone) == [("dial", {"Dest": destination, "Line": "1", "Type": sent})]


def test_dial_beside_another_call_tells_of_the_new_one(phone: Phone) -> None:
    other = connected(phone)
    result = act(phone, "dial", destination="2002")
    assert result["call"]["handle"] != other and result["call"]["direction"] == "outgoing"
    assert [item["handle"] for item in result["calls"]] == [other, result["call"]["handle"]]
    assert states(phone)[other] == "Hold"


def test_two_phones_of_a_fleet_talk(start_fleet: Any) -> None:
    caller, called = start_fleet(PhoneSpec(), PhoneSpec(), tls=False).phones
    result = act(caller, "dial", destination="1002", wait_for="ringing", wait_timeout=5.0)
    assert result["call"]["state"] == "ringback", result
    act(called, "answer")
    assert act(caller, None, wait_for="connected")["call"]["state"] == "connected"
    act(called, "end", wait_for="ended")
    assert not caller.calls and not called.calls


@pytest.mark.parametrize(("action", "state", "before"), [("mute", "1", False), ("unmute", "0", True)])
def test_mute_and_unmute(phone: Phone, action: str, state: str, before: bool) -> None:
    connected(phone)
    if before:
        act(phone, "mute")
    phone.log.clear()
    result = act(phone, action)
    assert orders(phone) == [("mute", {"state": state})]
    assert result["changed"] is True and result["call"]["muted"] is not before
    assert result["msg"].startswith(f"ordered the phone to {action} the microphone in call ")


def test_transfer(phone: Phone) -> None:
    handle = connected(phone)
    result = act(phone, "transfer", destination="3003")
    assert orders(phone) == [("transferCall", {"Ref": handle, "TransferDest": "3003"})]
    assert result["changed"] is True and result["call"] is None and result["calls"] == []


def test_dtmf(phone: Phone) -> None:
    connected(phone)
    for digits in ("12*#", "aD"):
        assert act(phone, "dtmf", digits=digits)["changed"] is True
    assert orders(phone) == [("sendDTMF", {"Digits": "12*#"}), ("sendDTMF", {"Digits": "aD"})]
    assert phone.calls[0].digits == "12*#aD"


def test_the_user_may_do_it(start_fleet: Any) -> None:
    for firmware in (FIRMWARES[0], FIRMWARES[-1]):
        phone = start_fleet(PhoneSpec(firmware=firmware), tls=False).phones[0]
        user = {"username": "User", "password": PhoneSpec().user_password}
        assert "failed" not in act(phone, "dial", destination="2002", wait_for="connected", **user)
        assert "failed" not in act(phone, "end", wait_for="ended", **user)
        assert [name for name, _data in orders(phone)] == ["dial", "endCall"] and not phone.calls
        assert {request.user for request in phone.log} == {"User"}


def test_a_busy_far_end_may_be_gone_before_it_is_looked_at(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(far_end="busy", answer_seconds=0.01)), tls=False).phones[0]
    phone.fault("latency", path="callStatus", after=1, seconds=0.1)
    result = act(phone, "dial", destination="2002")
    assert result["changed"] is True and result["call"] is None and "failed" not in result


# -- what is so already


@pytest.mark.parametrize("firmware", FIRMWARES)
@pytest.mark.parametrize(
    ("action", "expected"),
    [("end", "there is no active call to end"), ("reject", "there is no ringing call to reject")],
)
def test_there_is_nothing_to_end(start_fleet: Any, firmware: str, action: str, expected: str) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware), tls=False).phones[0]
    result = act(phone, action)
    assert (result["changed"], result["msg"], result["call"], result["calls"]) == (False, expected, None, [])
    assert "failed" not in result and orders(phone) == []


def test_a_call_that_is_gone_is_ended_already(phone: Phone) -> None:
    result = act(phone, "end", call="1234abcd")
    assert (result["changed"], result["msg"]) == (False, "there is no such call to end")
    assert orders(phone) == []


@pytest.mark.parametrize(
    ("prepare", "before", "action"),
    [(held, None, "hold"), (connected, None, "resume"), (connected, None, "answer"), (connected, "mute", "mute")],
)
def test_what_is_so_already_is_not_ordered(phone: Phone, prepare: Any, before: str | None, action: str) -> None:
    handle = prepare(phone)
    if before:
        act(phone, before)
    phone.log.clear()
    result = act(phone, action, call=handle)
    assert "failed" not in result, result
    assert result["changed"] is False and result["msg"].startswith(f"nothing to do for call {handle}")
    assert result["call"]["handle"] == handle and orders(phone) == []


def test_unmute_and_ignore_when_there_is_nothing_to_do(phone: Phone) -> None:
    handle = connected(phone)
    assert act(phone, "unmute")["changed"] is False
    phone.hang_up(handle)
    phone.ring("5553000")
    assert act(phone, "ignore")["changed"] is True
    assert act(phone, "ignore")["changed"] is False
    assert [name for name, _data in orders(phone)] == ["ignoreCall"]


# -- which call is meant


@pytest.mark.parametrize("firmware", [FIRMWARES[0], FIRMWARES[2]])
@pytest.mark.parametrize("shown", ["{}", "0x{}"])
@pytest.mark.parametrize("upper", [False, True])
def test_a_call_by_its_handle(start_fleet: Any, firmware: str, shown: str, upper: bool) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware), tls=False).phones[0]
    handle = connected(phone)
    result = act(phone, "hold", call=shown.format(handle.upper() if upper else handle))
    assert "failed" not in result, result
    assert orders(phone) == [("holdCall", {"Ref": old_or_new(firmware, handle)})]
    assert states(phone) == {handle: "Hold"}


def test_each_action_finds_the_call_it_means(phone: Phone) -> None:
    on_hold = held(phone)
    active = connected(phone)
    ringing = phone.ring("5553000")
    assert act(phone, "mute")["call"]["handle"] == active
    assert act(phone, "ignore")["call"]["handle"] == ringing
    assert act(phone, "hold")["call"]["handle"] == active
    assert act(phone, "resume", call=on_hold)["call"]["handle"] == on_hold
    assert act(phone, "end")["changed"] is True
    assert states(phone) == {active: "Hold", ringing: "Offering"}
    assert act(phone, "end", call="ringing")["changed"] is True
    assert states(phone) == {active: "Hold"}


def test_several_calls_may_be_meant(phone: Phone) -> None:
    first, second = held(phone, "5551000"), held(phone, "5552000")
    result = act(phone, "resume")
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "settings"
    assert result["error"]["host"] == phone.host and "several calls are held." in result["msg"]
    assert (
        f"call {first} with 5551000 (hold)" in result["msg"] and f"call {second} with 5552000 (hold)" in result["msg"]
    )
    assert "Set call to the handle" in result["msg"]
    assert orders(phone) == []


@pytest.mark.parametrize("action", ["answer", "ignore", "hold", "resume", "mute", "unmute", "transfer", "dtmf"])
def test_there_is_no_such_call(phone: Phone, action: str) -> None:
    needs = {"transfer": {"destination": "3003"}, "dtmf": {"digits": "1"}}.get(action, {})
    result = act(phone, action, **needs)
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "no_such_call"
    assert (
        result["error"]["host"] == phone.host
        and "there is no " in result["msg"]
        and "The phone has no calls." in result["msg"]
    )
    handle = phone.ring("5551000")
    result = act(phone, action, call="1234abcd", **needs)
    assert result["error"]["kind"] == "no_such_call"
    assert f"there is no call 1234abcd. The phone has: call {handle} with 5551000 (offering)." in result["msg"]
    assert orders(phone) == []


def test_a_call_on_hold_is_not_ended(phone: Phone) -> None:
    handle = held(phone)
    result = act(phone, "end", call=handle)
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "not_allowed"
    assert (
        f"{phone.host}: call {handle} with 5552000 is on hold" in result["msg"] and "Nothing was sent." in result["msg"]
    )
    assert "Resume it first (action: resume)" in result["msg"]
    assert orders(phone) == [] and states(phone) == {handle: "Hold"}
    assert act(phone, "resume")["changed"] is True and act(phone, "end")["changed"] is True


@pytest.mark.parametrize(
    ("prepare", "action"),
    [
        (held, "answer"),
        (Phone.ring, "hold"),
        (Phone.ring, "resume"),
        (connected, "reject"),
        (held, "mute"),
        (held, "dtmf"),
    ],
)
def test_a_call_in_another_state(phone: Phone, prepare: Any, action: str) -> None:
    handle = prepare(phone, "5551000")
    result = act(phone, action, call=handle, digits="1" if action == "dtmf" else None)
    assert result["failed"] and result["error"]["kind"] == "not_allowed"
    assert (
        f"is in state {states(phone)[handle].lower()}; phones can't {action} a call in this state. Nothing was sent."
        in result["msg"]
    )
    assert orders(phone) == []
