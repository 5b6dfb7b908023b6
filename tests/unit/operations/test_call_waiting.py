# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_call when it waits for a call, when the phone refuses, and when an answer is lost: no order is given twice."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import call
from ansible_collections.polycom.vvx.plugins.module_utils._operations.call import SPEC as CALL
from ansible_collections.polycom.vvx.plugins.module_utils._steps import call_wait

from simulator import Phone, PhoneSpec, Switches
from support.reach import params, run

OLDEST = "5.4.0.10182"


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_wait, "PAUSE", 0.05)
    monkeypatch.setattr(call, "LISTED_WITHIN", 0.3)


def act(phone: Phone, action: str | None, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    connection = {name: options.pop(name) for name in ("password", "retries", "timeout", "username") if name in options}
    return run(
        call.run, phone, params(CALL, **{"action": action, "wait_timeout": 5.0, **options}), check_mode, **connection
    )


def orders(phone: Phone) -> list[str]:
    return [request.path.rsplit("/", 1)[-1] for request in phone.log if request.method == "POST"]


def connected(phone: Phone, number: str = "5551000") -> str:
    handle = phone.ring(number, "Ann")
    assert act(phone, "answer", call=handle)["changed"] is True
    phone.log.clear()
    return handle


def silent(start_fleet: Any, **switches: Any) -> Phone:
    """A phone whose far ends ring and are not answered, if nothing else is said."""
    phone: Phone = start_fleet(
        PhoneSpec(switches=Switches(**{"far_end": "rings", "answer_seconds": 0.03, **switches})), tls=False
    ).phones[0]
    return phone


# -- waiting


@pytest.mark.parametrize("firmware", [OLDEST, "5.7.0.11768", "5.9.3.2489"])
@pytest.mark.parametrize(("wait_for", "states"), [("ringing", {"ringback", "connected"}), ("connected", {"connected"})])
def test_a_dialed_call_gets_as_far_as_wished(start_fleet: Any, firmware: str, wait_for: str, states: set[str]) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware), tls=False).phones[0]
    result = act(phone, "dial", destination="2002", wait_for=wait_for)
    assert "failed" not in result, result
    assert result["call"]["state"] in states and result["call"]["handle"] == phone.calls[0].handle
    assert result["calls"] == [result["call"]]
    assert orders(phone) == ["dial"] and result["requests"] == phone.count()


def test_a_dialed_call_may_be_waited_out(start_fleet: Any) -> None:
    phone = silent(start_fleet, far_end="busy")
    result = act(phone, "dial", destination="2002", wait_for="ended")
    assert "failed" not in result and result["changed"] is True, result
    assert (result["call"], result["calls"]) == (None, [])


def test_a_far_end_that_is_busy_is_not_connected(start_fleet: Any) -> None:
    phone = silent(start_fleet, far_end="busy")
    result = act(phone, "dial", destination="2002", wait_for="connected")
    assert result["failed"] and result["changed"] is True and result["error"]["kind"] == "not_connected"
    assert result["error"]["host"] == phone.host and "the call ended before it was connected." in result["msg"]
    assert "Check the number" in result["msg"]
    assert result["call"] is None and orders(phone) == ["dial"]


@pytest.mark.parametrize("answered", [False, True])
def test_a_far_end_that_never_answers(start_fleet: Any, answered: bool) -> None:
    phone = silent(start_fleet, far_end="answers" if answered else "rings")
    wait_for = "ended" if answered else "connected"
    result = act(phone, "dial", destination="2002", wait_for=wait_for, wait_timeout=0.4)
    assert result["failed"] and result["changed"] is True and result["error"]["kind"] == "not_connected"
    assert (
        f"{phone.host}: after 0.4 s the call was not {wait_for}. "
        f"The phone has: call {result['call']['handle']} with 2002 (" in result["msg"]
    )
    assert result["call"]["state"] == ("connected" if answered else "ringback")
    assert orders(phone) == ["dial"], "it goes on ringing: nobody asked for an end"


@pytest.mark.parametrize(
    ("wait_for", "expected"),
    [
        ("ringing", "no call was ringing. The phone has no calls."),
        ("connected", "no call was connected. The phone has no calls."),
    ],
)
def test_no_call_comes(phone: Phone, wait_for: str, expected: str) -> None:
    result = act(phone, None, wait_for=wait_for, wait_timeout=0.2)
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "not_connected"
    assert f"{phone.host}: after 0.2 s {expected}" in result["msg"]


def test_calls_that_do_not_end(phone: Phone) -> None:
    handle = connected(phone)
    result = act(phone, None, wait_for="ended", wait_timeout=0.2)
    assert result["error"]["kind"] == "not_connected"
    assert (
        f"after 0.2 s there were still calls. The phone has: call {handle} with 5551000 (connected)." in result["msg"]
    )


def test_waiting_for_any_call(phone: Phone) -> None:
    ring = threading.Timer(0.15, phone.ring, ["5551000"])
    ring.start()
    result = act(phone, None, wait_for="ringing")
    ring.join()
    assert result["changed"] is False and result["call"]["state"] == "offering"
    assert result["msg"] == "waiting for a call to be ringing"
    act(phone, "answer")
    assert act(phone, None, wait_for="connected")["call"]["state"] == "connected"
    end = threading.Timer(0.15, phone.hang_up, [phone.calls[0].handle])
    end.start()
    result = act(phone, None, wait_for="ended")
    end.join()
    assert "failed" not in result and (result["call"], result["calls"]) == (None, [])


def test_waiting_for_one_call_among_others(phone: Phone) -> None:
    first, second = connected(phone), phone.ring("5552000")
    end = threading.Timer(0.15, phone.hang_up, [first])
    end.start()
    result = act(phone, None, call=f"0x{first.upper()}", wait_for="ended")
    end.join()
    assert "failed" not in result and result["call"] is None, result
    assert [item["handle"] for item in result["calls"]] == [second]


def test_a_call_that_is_ended_is_waited_for(phone: Phone) -> None:
    connected(phone)
    result = act(phone, "end", wait_for="ended")
    assert result["changed"] is True and result["call"] is None and "failed" not in result
    assert act(phone, "end", wait_for="ended")["changed"] is False
    assert act(phone, None, wait_for="ended")["changed"] is False


def test_whoever_watches_is_told(phone: Phone) -> None:
    expected: list[str] = []
    options = params(CALL, action=None, wait_for="ringing", wait_timeout=0.2)
    assert run(call.run, phone, options, say=expected.append)["failed"]
    assert expected and all(
        text.startswith(f"{phone.host}: waiting for a call to be ringing, up to ") for text in expected
    )


def test_a_phone_that_is_lost_while_waited_for(phone: Phone) -> None:
    phone.fault("drop", path="v2/webCallControl/callStatus", after=2, times=0)
    result = act(phone, "dial", destination="2002", wait_for="connected")
    assert result["failed"] and result["changed"] is True and result["error"]["kind"] == "connection_lost"
    assert "unreachable" not in result and orders(phone) == ["dial"]


def test_check_mode_does_not_wait(phone: Phone) -> None:
    result = act(phone, "dial", True, destination="2002", wait_for="connected")
    assert result["changed"] is True and phone.count() == 1


# -- what the phone refuses


def test_a_line_that_is_not_registered(phone: Phone) -> None:
    phone.fault("unregistered", lines=[1])
    result = act(phone, "dial", destination="2002", wait_for="connected")
    assert result["failed"] and result["changed"] is False
    assert (result["error"]["kind"], result["error"]["status"]) == ("line_not_registered", "4002")
    assert result["error"]["host"] == phone.host and "List the lines" in result["msg"]
    assert orders(phone) == ["dial"]


def test_a_line_that_does_not_exist(phone: Phone) -> None:
    result = act(phone, "dial", destination="2002", line=7)
    assert result["failed"] and (result["error"]["kind"], result["error"]["status"]) == ("no_such_line", "4005")
    assert "reg.x" in result["msg"] and phone.host in result["msg"]


def test_an_order_that_is_not_allowed_now_tells_the_state(phone: Phone) -> None:
    connected(phone)
    phone.fault("status", status="4003", path="holdCall")
    result = act(phone, "hold")
    assert result["failed"] and result["changed"] is False
    assert (result["error"]["kind"], result["error"]["status"]) == ("not_allowed", "4003")
    assert result["error"]["host"] == phone.host and "The call is connected." in result["msg"]
    assert orders(phone) == ["holdCall"]


def test_a_call_that_ends_before_the_order(phone: Phone) -> None:
    connected(phone)
    phone.fault("status", status="4007", path="holdCall")
    result = act(phone, "hold")
    assert result["failed"] and result["error"]["kind"] == "no_such_call"
    assert phone.host in result["msg"]


def test_a_busy_phone_is_asked_again(phone: Phone) -> None:
    """HTTP 403 and 4001 say that nothing was done."""
    phone.fault("status", status="4001", path="callctrl/dial")
    result = act(phone, "dial", destination="2002", retries=1)
    assert "failed" not in result and orders(phone) == ["dial", "dial"] and len(phone.calls) == 1


def test_rest_is_switched_off(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(rest="off"), tls=False).phones[0]
    assert act(phone, "end")["error"]["kind"] == "rest_disabled"


# -- lost answers


@pytest.mark.parametrize("fault", ["drop_after", "html", "truncated", "wrong_types", "empty"])
@pytest.mark.parametrize("action", ["dial", "answer", "hold", "end", "reject"])
def test_an_order_that_was_carried_out_without_an_answer(phone: Phone, fault: str, action: str) -> None:
    if action in ("answer", "reject"):
        phone.ring("5551000")
    elif action != "dial":
        connected(phone)
    phone.fault(fault, path=f"callctrl/{'dial' if action == 'dial' else action + 'Call'}")
    result = act(phone, action, retries=3, destination="2002" if action == "dial" else None)
    assert "failed" not in result and "unreachable" not in result, result
    assert result["changed"] is True and len(orders(phone)) == 1
    assert result["warnings"] == [f"{phone.host}: the phone did not answer the request, but it has done it."]
    if action == "dial":
        assert result["call"]["remote_number"] == "2002"
    else:
        assert (result["call"] or {}).get("state") == {"answer": "connected", "hold": "hold"}.get(action)


@pytest.mark.parametrize("action", ["dial", "answer", "hold", "end", "reject"])
def test_an_order_that_got_lost(phone: Phone, action: str) -> None:
    if action in ("answer", "reject"):
        phone.ring("5551000")
    elif action != "dial":
        connected(phone)
    before = [leg.state for leg in phone.calls]
    phone.fault("drop", path=f"callctrl/{'dial' if action == 'dial' else action + 'Call'}")
    result = act(phone, action, retries=3, destination="2002" if action == "dial" else None, wait_for="ended")
    assert result["unreachable"] and result["changed"] is False, result
    assert result["error"]["kind"] == "connection_lost" and "warnings" not in result
    assert "The request was not repeated; the calls do not show that the phone has done it." in result["msg"]
    assert result["error"]["host"] == phone.host
    assert len(orders(phone)) == 1 and [leg.state for leg in phone.calls] == before
    assert phone.log[-1].method == "GET", "the calls were looked at once, and not waited for"


def test_tones_leave_no_trace(phone: Phone) -> None:
    connected(phone)
    phone.fault("drop_after", path="sendDTMF")
    result = act(phone, "dtmf", digits="12", retries=3)
    assert result["failed"] and result["error"]["kind"] == "connection_lost"
    assert orders(phone) == ["sendDTMF"] and phone.calls[0].digits == "12"


def test_the_phone_is_gone_with_the_answer(phone: Phone) -> None:
    """What became of the order can't be told; it may have been carried out."""
    phone.fault("drop_after", path="callctrl/dial")
    phone.fault("drop", path="callStatus", after=1, times=0)
    result = act(phone, "dial", destination="2002")
    assert result["failed"] and result["changed"] is True and result["error"]["kind"] == "connection_lost"
    assert result["error"]["endpoint"] == "POST /api/v1/callctrl/dial" and orders(phone) == ["dial"]


def test_a_call_that_can_not_be_looked_at_afterwards(phone: Phone) -> None:
    phone.fault("html", path="callStatus", after=1, times=0)
    result = act(phone, "dial", destination="2002")
    assert result["failed"] and result["changed"] is True and result["error"]["kind"] == "protocol"
    assert orders(phone) == ["dial"] and len(phone.calls) == 1


def test_garbage_instead_of_the_calls(phone: Phone) -> None:
    phone.fault("wrong_types", path="callStatus", times=0)
    result = act(phone, "dial", destination="2002")
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "protocol"
    assert phone.host in result["msg"] and orders(phone) == []
