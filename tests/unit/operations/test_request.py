# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_request on a simulated phone: any call of the API, and no path that leads elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import request
from ansible_collections.polycom.vvx.plugins.module_utils._operations.request import SPEC as REQUEST

from simulator import Phone, PhoneSpec, Switches
from support.reach import params, run

STATUS = "/api/v2/webCallControl/callStatus"


def ask(phone: Phone, path: str, method: str = "GET", check_mode: bool = False, **options: Any) -> dict[str, Any]:
    connection = {name: options.pop(name) for name in ("password", "retries", "timeout", "username") if name in options}
    return run(request.run, phone, params(REQUEST, method=method, path=path, **options), check_mode, **connection)


@pytest.mark.parametrize("check_mode", [False, True])
def test_get(phone: Phone, check_mode: bool) -> None:
    result = ask(phone, "/api/v1/mgmt/network/info", check_mode=check_mode)
    assert "failed" not in result and (result["changed"], result["status"], result["requests"]) == (False, "2000", 1)
    assert result["data"]["IPV4Address"] == phone.host and result["reply"] == {"data": result["data"], "Status": "2000"}
    assert [(entry.method, entry.path, entry.query, entry.size) for entry in phone.log] == [
        ("GET", "/api/v1/mgmt/network/info", {}, 0)
    ]


@pytest.mark.parametrize(
    ("path", "data", "sent"),
    [
        ("/api/v1/mgmt/config/get", ["reg.1.label"], ["reg.1.label"]),
        ("/api/v1/mgmt/config/set", {"reg.1.label": "Desk"}, {"reg.1.label": "Desk"}),
        ("/api/v1/callctrl/dial", {"Dest": "2002"}, {"Dest": "2002"}),
    ],
)
def test_post(phone: Phone, path: str, data: Any, sent: Any) -> None:
    result = ask(phone, path, "POST", data=data)
    assert "failed" not in result and (result["changed"], result["status"]) == (True, "2000"), result
    assert [(entry.method, entry.path, entry.data) for entry in phone.log] == [("POST", path, sent)]


def test_post_without_data(phone: Phone) -> None:
    phone.ring("5551000")
    result = ask(phone, "/api/v1/callctrl/answerCall", "POST")
    assert (result["changed"], result["data"], result["reply"]) == (True, None, {"Status": "2000"})
    assert phone.log[0].size == 2 and phone.calls[0].state == "Connected"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v1/mgmt/safeRestart"),
        ("GET", "/api/v1/mgmt/webSignIn"),
        ("GET", "/api/v1/mgmt/websignincancel"),
    ],
)
def test_check_mode_sends_nothing_that_changes_something(phone: Phone, method: str, path: str) -> None:
    result = ask(phone, path, method, True)
    assert (result["changed"], result["status"], result["data"]) == (True, None, None) and phone.count() == 0


def test_a_query(phone: Phone) -> None:
    handle = phone.ring("5551000")
    result = ask(phone, STATUS, url_query={"line": 1, "sequence": 1})
    assert result["data"][0]["CallHandle"] == handle
    assert (phone.log[0].path, phone.log[0].query) == (STATUS, {"line": "1", "sequence": "1"})
    assert ask(phone, STATUS, url_query={"handle": "a b&c=d/ä"}, accept=["4007"])["status"] == "4007"
    assert phone.log[1].query == {"handle": "a b&c=d/ä"}
    assert ask(phone, STATUS, url_query={})["status"] == "2000"


@pytest.mark.parametrize("challenge", ["basic", "digest", "basic+digest"])
def test_a_query_goes_with_every_login(start_fleet: Any, challenge: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(challenge=challenge)), tls=False).phones[0]
    assert ask(phone, STATUS, url_query={"line": 1})["status"] == "2000"


def test_the_letter_case_of_a_path_that_is_known_is_put_right(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(path_case="strict")), tls=False).phones[0]
    assert ask(phone, "/API/v1/mgmt/LINEINFO")["status"] == "2000"


# -- what is no success


def test_a_status_may_be_accepted(phone: Phone) -> None:
    options = {"data": {"Ref": "1234abcd"}}
    result = ask(phone, "/api/v1/callctrl/endCall", "POST", accept=["4003", "4007"], **options)
    assert "failed" not in result and (result["changed"], result["status"], result["data"]) == (False, "4007", None)
    assert result["requests"] == 1
    for accept in ([], ["4003"], ["2000"]):
        result = ask(phone, "/api/v1/callctrl/endCall", "POST", accept=accept, **options)
        assert result["failed"] and result["changed"] is False
        assert (result["error"]["kind"], result["error"]["status"]) == (
            "no_such_call",
            "4007",
        ) and phone.host in result["msg"]


def test_a_status_that_nobody_knows(phone: Phone) -> None:
    phone.fault("status", status="4711", path="network/info", times=2)
    result = ask(phone, "/api/v1/mgmt/network/info")
    assert result["failed"] and (result["error"]["kind"], result["error"]["status"]) == ("refused", "4711")
    assert ask(phone, "/api/v1/mgmt/network/info", accept=["4711"])["status"] == "4711"


@pytest.mark.parametrize(
    ("firmware", "method", "path", "since"),
    [
        ("5.8.0.12848", "POST", "/api/v1/mgmt/updateConfiguration", "5.9"),
        ("5.4.0.10182", "GET", "/api/v1/mgmt/device/runningConfig", "5.7"),
    ],
)
def test_a_call_that_the_firmware_lacks(start_fleet: Any, firmware: str, method: str, path: str, since: str) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware), tls=False).phones[0]
    result = ask(phone, path, method)
    assert (
        result["failed"]
        and result["changed"] is False
        and (result["error"]["kind"], result["error"]["http_status"]) == ("not_supported", 404)
    )
    assert (
        f"{phone.host}: the phone does not have {method} {path}." in result["msg"] and f"since {since}" in result["msg"]
    )


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/mgmt/updateConfiguration",
        "/api/v1/mgmt/device/runningConfig",
        "/api/v1/mgmt/device/info",
        "/api/v1/none",
    ],
)
def test_rest_is_switched_off(start_fleet: Any, path: str) -> None:
    phone = start_fleet(PhoneSpec(rest="off"), tls=False).phones[0]
    result = ask(phone, path)
    assert result["failed"] and result["error"]["kind"] == "rest_disabled" and phone.host in result["msg"]


@pytest.mark.parametrize("answer", ["http_405", "http_404"])
def test_the_wrong_method(start_fleet: Any, answer: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(wrong_method=answer)), tls=False).phones[0]
    result = ask(phone, "/api/v1/mgmt/config/get")
    assert result["error"]["kind"] == "not_supported" and "Check the path." in result["msg"]


@pytest.mark.parametrize("fault", ["wrong_types", "list", "html", "truncated", "empty", "bad_utf8"])
def test_garbage_is_a_clear_failure(phone: Phone, fault: str) -> None:
    phone.fault(fault)
    result = ask(phone, "/api/v1/mgmt/network/info", accept=["4000"])
    assert result["failed"] and result["error"]["kind"] == "protocol" and result["error"]["host"] == phone.host


@pytest.mark.parametrize(
    ("method", "path", "times"), [("GET", "/api/v1/mgmt/network/info", 2), ("POST", "/api/v1/callctrl/dial", 1)]
)
def test_only_what_does_no_harm_is_repeated(phone: Phone, method: str, path: str, times: int) -> None:
    phone.fault("drop", path=path)
    result = ask(phone, path, method, retries=1, data={"Dest": "2002"} if method == "POST" else None)
    assert phone.count() == times and ("error" in result) is (times == 1)


# -- paths that are none


@pytest.mark.parametrize(
    "path",
    [
        "", "api/v1/mgmt/device/info", "http://192.0.2.1/api", "//192.0.2.1/api", "/api//v1", "/api/../form-submit",
        "/api/..", "/..",
        "/api/v1/x?handle=1", "/api/v1/x#y", "/api/%2e%2e/x", "/api\\v1", "/api/v 1", "/api/v1\n", "/api/v1\r\nHost: x",
        "/api/ä", "@192.0.2.1/", "/a\x7f",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_path_that_is_none_is_not_sent(phone: Phone, path: str, method: str) -> None:
    result = ask(phone, path, method)
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "settings"
    assert f"path {path!r} is not a path of the REST API." in result["msg"] and "url_query" in result["msg"]
    assert phone.count() == 0


@pytest.mark.parametrize("data", [{}, [], "", {"a": 1}])
def test_a_get_has_no_data(phone: Phone, data: Any) -> None:
    result = ask(phone, "/api/v1/mgmt/device/info", data=data)
    assert (
        result["failed"]
        and result["error"]["kind"] == "settings"
        and "data requires method POST." in result["msg"]
        and phone.count() == 0
    )


def test_a_post_without_an_answer_may_have_been_carried_out(phone: Phone) -> None:
    phone.fault("drop_after", path="callctrl/dial")
    result = ask(phone, "/api/v1/callctrl/dial", "POST", data={"Dest": "1"}, retries=3)
    assert result["failed"] and result["changed"] is True and phone.count() == 1
