# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_info: the phone's own words, JMESPath, and asking for certain calls only."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import info
from ansible_collections.polycom.vvx.plugins.module_utils._operations.info import SPEC as INFO

from simulator import Phone, PhoneSpec
from support.reach import params, run

WITHOUT_V2 = ["5.4.0.10182", "5.7.0.11768"]
WITH_V2 = ["5.8.0.12848", "5.9.3.2489", "6.4.3.1004"]


def gather(phone: Phone, *subset: str, **options: Any) -> dict[str, Any]:
    return run(info.run, phone, params(INFO, gather_subset=list(subset or ("device",)), **options))


def start(start_fleet: Any, firmware: str, **spec: Any) -> Phone:
    phone: Phone = start_fleet(PhoneSpec(firmware=firmware, **spec), tls=False).phones[0]
    return phone


def found(phone: Phone, **query: Any) -> list[str]:
    result = gather(phone, "calls", **query)
    assert "failed" not in result, result
    return [call["handle"] for call in result["info"]["calls"]]


# -- raw


def test_raw_is_what_the_phone_said(phone: Phone) -> None:
    result = gather(phone, "device", "lines", "transfer_type", raw=True)
    assert list(result["raw"]) == ["device", "lines", "transfer_type"]
    assert result["raw"]["device"]["ModelNumber"] == "VVX 411" and result["raw"]["device"]["IPv6Address"] == "::"
    first, second = result["raw"]["lines"]
    assert first[0]["LineNumber"] == second[0]["ID"] == "1"
    assert (
        result["raw"]["transfer_type"] == {"Type": "Consultative"} and result["info"]["transfer_type"] == "consultative"
    )
    assert "raw" not in gather(phone)


def test_raw_has_nothing_of_what_is_unsupported(start_fleet: Any) -> None:
    result = gather(start(start_fleet, "5.4.0.10182"), "device", "location", raw=True)
    assert list(result["raw"]) == ["device"] and list(result["unsupported"]) == ["location"]


# -- JMESPath


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("device.model", "VVX 411"),
        ("lines[?registered].line", [1]),
        ("length(lines)", 1),
        ("device.nothing", None),
        ("{model: device.model, users: lines[].user}", {"model": "VVX 411", "users": ["1001"]}),
    ],
)
def test_a_query_picks(phone: Phone, query: str, answer: Any) -> None:
    result = gather(phone, "device", "lines", query=query)
    assert result["result"] == answer
    assert list(result["info"]) == ["device", "lines"]
    assert "result" not in gather(phone)


@pytest.mark.parametrize("query", ["device.[", "", "nonsense(", "'"])
def test_an_expression_that_is_none_sends_nothing(phone: Phone, query: str) -> None:
    result = gather(phone, query=query)
    assert result["failed"] and result["error"]["kind"] == "settings" and "query: " in result["msg"]
    assert "\n" not in result["msg"] and phone.count() == 0


@pytest.mark.parametrize("query", ["length(device.uptime_seconds)", "no_such_function(device)", "sum(device.model)"])
def test_an_expression_that_does_not_fit(phone: Phone, query: str) -> None:
    result = gather(phone, query=query)
    assert result["failed"] and result["error"]["kind"] == "settings" and "query: " in result["msg"]


# -- certain calls


@pytest.mark.parametrize("firmware", WITH_V2)
def test_the_phone_is_asked_for_certain_calls(start_fleet: Any, firmware: str) -> None:
    phone = start(start_fleet, firmware, lines=2)
    first, second, other = phone.ring("5551000"), phone.ring("5552000"), phone.ring("5553000", line=2)
    assert found(phone) == [first, second, other]
    for query, handles, sent in [
        ({"handle": second}, [second], {"handle": second}),
        ({"handle": f"0x{second}"}, [second], {"handle": second}),
        ({"handle": f"0X{second.upper()}"}, [second], {"handle": second}),
        ({"handle": "1234abcd"}, [], {"handle": "1234abcd"}),
        ({"line": 1}, [first, second], {"line": "1"}),
        ({"line": 2}, [other], {"line": "2"}),
        ({"line": 9}, [], {"line": "9"}),
        ({"line": 1, "sequence": 2}, [second], {"line": "1", "sequence": "2"}),
        ({"line": 2, "sequence": 2}, [], {"line": "2", "sequence": "2"}),
    ]:
        phone.log.clear()
        assert found(phone, **query) == handles
        assert [(request.path, request.query) for request in phone.log] == [("/api/v2/webCallControl/callStatus", sent)]


@pytest.mark.parametrize("firmware", WITHOUT_V2)
def test_firmware_without_v2_tells_of_one_call_which_is_looked_at(start_fleet: Any, firmware: str) -> None:
    phone = start(start_fleet, firmware, lines=2)
    assert found(phone, line=2) == found(phone, handle="1234abcd") == []
    handle = phone.ring("5551000", line=2)
    for query, handles in [
        ({"handle": f"0x{handle.upper()}"}, [handle]),
        ({"handle": "1234abcd"}, []),
        ({"line": 2}, [handle]),
        ({"line": 1}, []),
    ]:
        assert found(phone, **query) == handles
    result = gather(phone, "calls", "device", line=2, sequence=1)
    assert "failed" not in result and list(result["info"]) == ["device"], "this firmware has no sequence"
    assert result["unsupported"]["calls"].startswith("the phone does not have GET /api/v2/webCallControl/callStatus")


def test_what_the_phone_refuses_to_look_for_is_told(phone: Phone) -> None:
    result = gather(phone, "calls", line=-1)
    assert (
        result["failed"]
        and result["error"]["kind"] == "invalid_parameters"
        and "The request was for line=-1." in result["msg"]
    )
    assert phone.host in result["msg"]


# -- the user's account, and replies that nobody thought of


USER = {"username": "User", "password": PhoneSpec().user_password}


@pytest.mark.parametrize("subset", ["location", "transfer_type", "communication"])
def test_the_users_account_learns_what_a_firmware_lacks(start_fleet: Any, subset: str) -> None:
    phone = start(start_fleet, "5.4.0.10182")
    result = run(info.run, phone, params(INFO, gather_subset=[subset]), **USER)
    assert list(result["unsupported"]) == [subset] and "failed" not in result


def test_the_users_account_finds_a_call_by_its_handle_on_old_firmware(start_fleet: Any) -> None:
    phone = start(start_fleet, "5.4.0.10182")
    handle = phone.ring("1")
    result = run(info.run, phone, params(INFO, gather_subset=["calls"], handle=handle), **USER)
    assert result["info"]["calls"][0]["handle"] == handle


@pytest.mark.parametrize("subset", ["device_stats", "running_config"])
def test_the_users_account_on_a_call_for_the_administrator(phone: Phone, subset: str) -> None:
    result = run(info.run, phone, params(INFO, gather_subset=[subset]), **USER)
    assert result["error"]["kind"] == "busy" and "needs the admin account" in result["msg"]


def test_a_query_without_calls_is_refused(phone: Phone) -> None:
    assert "requires the subset calls" in gather(phone, "lines", line=1)["msg"] and phone.count() == 0


@pytest.mark.parametrize("subset", ["media_sessions", "calls", "lines", "missed_calls"])
def test_a_list_of_what_are_no_objects(phone: Phone, subset: str) -> None:
    phone.fault("odd_items", times=0)
    result = gather(phone, subset)
    assert result["error"]["kind"] == "protocol" and phone.host in result["msg"]
