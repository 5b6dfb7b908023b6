# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a phone answers to one call does not keep the rest from being read, and no cause is said without a proof."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import facts, info
from ansible_collections.polycom.vvx.plugins.module_utils._operations.info import SPEC as INFO
from ansible_collections.polycom.vvx.plugins.module_utils._phone import api
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import RestDisabled
from ansible_collections.polycom.vvx.plugins.module_utils._steps import reboot
from ansible_collections.polycom.vvx.plugins.module_utils._steps.interruption import in_use
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import as_dict, perform
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import survey

from support.reach import params
from support.scripted import Scripted, scripted

OK = {"Status": "2000"}
DEVICE = "GET /api/v1/mgmt/device/info"
DEVICE_V2 = "GET /api/v2/mgmt/device/info"
NETWORK = "GET /api/v1/mgmt/network/info"
LINES = "GET /api/v1/mgmt/lineInfo"
LINES_V2 = "GET /api/v2/mgmt/lineInfo"
LOCATION = "GET /api/v1/mgmt/location/info"
TRANSFER = "GET /api/v1/mgmt/transferType/get"
CALL_LOGS = "GET /api/v1/mgmt/callLogs"
SIP = "GET /api/v1/webCallControl/sipStatus"
SESSIONS = "GET /api/v1/mgmt/media/sessionStats"
COMMUNICATION = "GET /api/v1/mgmt/media/communicationInfo"
CONFIG_GET = "POST /api/v1/mgmt/config/get"

BOARD: dict[str, Any] = {
    DEVICE: {"data": {"ModelNumber": "VVX 601", "FirmwareRelease": "6.3.1.8427", "MACAddress": "0004f2c0ffee"}, **OK},
    NETWORK: {"data": {"DHCP": "enabled"}, **OK},
    SIP: {"data": {"TotalUser": "0", "User": []}, **OK},
}


def gather(phone: Scripted, *subset: str) -> dict[str, Any]:
    return as_dict(perform(facts.run, phone.settings, {"gather_subset": list(subset)}, False))


def read(phone: Scripted, *subset: str, **options: Any) -> dict[str, Any]:
    return as_dict(perform(info.run, phone.settings, params(INFO, gather_subset=list(subset), **options), False))


@pytest.mark.parametrize(
    ("call", "subset", "reply", "why"),
    [
        (LOCATION, "location", 404, "the phone does not have"),
        (NETWORK, "network", 404, "the phone does not have"),  # which every firmware is said to have
        (LINES, "lines", 404, "the phone does not have"),
        (LOCATION, "location", {"Status": "4004"}, "operation not supported (Status 4004)."),
        (TRANSFER, "transfer_type", 405, "the phone does not have"),
    ],
)
def test_what_a_phone_lacks_is_unsupported(call: str, subset: str, reply: Any, why: str) -> None:
    with scripted({**BOARD, call: reply}) as phone:
        result = read(phone, "device", "network", subset)
        listed = gather(phone, "device", subset)["ansible_facts"]["vvx"]["unsupported"]
    assert "failed" not in result and result["info"]["device"]["model"] == "VVX 601"
    assert list(result["unsupported"]) == [subset] == listed and result["unsupported"][subset].startswith(why)
    assert "warnings" not in result


@pytest.mark.parametrize(
    "reply",
    [
        {"data": "n/a", **OK},
        {"data": ["n/a"], **OK},
        {"data": {"unexpected": 1}, **OK},
        "<html>a page</html>",
        500,
        400,
        {"Status": "5000"},
        {"Status": "4403"},
        {"Status": "4999"},
        {},
    ],
    ids=str,
)
def test_an_odd_answer_costs_its_subset_only(reply: Any) -> None:
    with scripted({**BOARD, LINES: reply, LINES_V2: reply}) as phone:
        result = read(phone, "device", "lines", "network")
        found = gather(phone, "device", "lines", "network")
        seen = survey(phone.settings, ("device", "lines", "network"), {})
    assert "failed" not in result and list(result["info"]) == ["device", "network"]
    assert list(result["unsupported"]) == ["lines"]
    assert result["warnings"] == [f"127.0.0.1: lines could not be read: {result['unsupported']['lines']}"]
    assert found["warnings"] == result["warnings"] and found["ansible_facts"]["vvx"]["unsupported"] == ["lines"]
    assert seen.error is None and seen.unreadable == ["lines"] and list(seen.info) == ["device", "network"]


def test_an_odd_answer_to_the_only_question_is_a_failure() -> None:
    with scripted({**BOARD, LINES: {"data": 7, **OK}, LINES_V2: 404}) as phone:
        result = gather(phone, "lines")
    assert result["failed"] and result["error"]["kind"] == "protocol"


@pytest.mark.parametrize(
    ("call", "subset", "empty"),
    [
        (COMMUNICATION, "communication", {}),
        (SESSIONS, "media_sessions", []),
        (CALL_LOGS, "call_logs", {}),
        (LINES, "lines", []),
        (LOCATION, "location", {}),
    ],
)
@pytest.mark.parametrize(
    "reply", [{"Status": "4007"}, OK, {"data": None, **OK}, {"data": [], **OK}, {"data": {}, **OK}]
)
def test_nothing_to_tell_is_empty(call: str, subset: str, empty: Any, reply: Any) -> None:
    with scripted({**BOARD, call: reply}) as phone:
        result = read(phone, subset)
    assert "failed" not in result and result["info"] == {subset: empty} and result["unsupported"] == {}


POLL = "GET /api/v1/mgmt/pollForStatus"
CALLS = "GET /api/v1/webCallControl/callStatus"
CALLS_V2 = "GET /api/v2/webCallControl/callStatus"


@pytest.mark.parametrize(
    "replies",
    [
        {CALLS_V2: {"Status": "4007"}},
        {CALLS_V2: OK},
        {CALLS_V2: {"data": {}, **OK}},
        {CALLS_V2: 404, CALLS: {"Status": "4007"}},
        {CALLS_V2: {"Status": "4004"}, CALLS: OK},
    ],
)
def test_a_phone_without_calls(replies: dict[str, Any]) -> None:
    with scripted({**BOARD, **replies}) as phone, api.Phone(phone.settings) as one:
        assert one.calls() == ([], True)
        assert read(phone, "calls")["info"] == {"calls": []}


@pytest.mark.parametrize("reply", [404, 500, {"Status": "5000"}, {"Status": "4007"}, {"data": 5, **OK}, "<html/>"])
def test_whether_a_phone_is_in_use_is_asked_in_another_way(reply: Any) -> None:
    call = {"CallHandle": "1a", "CallState": "Connected"}
    with scripted({**BOARD, POLL: reply, CALLS_V2: {"data": [call], **OK}}) as phone, api.Phone(phone.settings) as one:
        assert in_use(one) == "in a call"
        phone.replies[CALLS_V2] = OK
        assert in_use(one) is None


# -- switched off, or only missing


def test_one_404_is_no_proof() -> None:
    with scripted({key: value for key, value in BOARD.items() if key != NETWORK}) as phone:
        result = read(phone, "network")
    assert result["unsupported"].keys() == {"network"}
    assert phone.asked == [NETWORK, SIP, NETWORK], "and it is asked again, since the phone may have been starting"


def test_a_second_404_and_a_third_are() -> None:
    with scripted({}) as phone:
        result = read(phone, "location")
    assert result["error"]["kind"] == "rest_disabled" and phone.asked == [LOCATION, SIP, DEVICE]
    assert "switched off" in result["msg"] and "apps.restapi.enabled" in result["msg"]


@pytest.mark.parametrize("proof", [{SIP: {"Status": "5000"}}, {SIP: 500}, {DEVICE: {"Status": "4003"}}])
def test_an_answer_of_any_kind_disproves_it(proof: dict[str, Any]) -> None:
    with scripted(proof) as phone:
        result = read(phone, "location")
    assert result["unsupported"].keys() == {"location"}


def test_what_answered_before_is_proof_enough() -> None:
    with scripted(BOARD) as phone:
        result = read(phone, "device", "location", "transfer_type", "running_config")
    assert list(result["unsupported"]) == ["running_config", "location", "transfer_type"]
    assert SIP not in phone.asked and phone.asked.count(DEVICE) == 1


def test_an_api_that_is_switched_off_meanwhile_is_noticed() -> None:
    with scripted(BOARD) as phone, api.Phone(phone.settings) as one:
        one.device_info()
        phone.replies.clear()
        with pytest.raises(RestDisabled):
            one.device_info()


# -- device information


@pytest.mark.parametrize("reply", [404, 405, {"Status": "5000"}, {"Status": "4004"}, {"data": [], **OK}])
def test_v1_tells_what_v2_does_not(reply: Any) -> None:
    with scripted({**BOARD, DEVICE_V2: reply}) as phone:
        vvx = gather(phone, "device")["ansible_facts"]["vvx"]
    assert vvx["device"]["firmware"] == "6.3.1.8427" and phone.asked == [DEVICE_V2, DEVICE]


@pytest.mark.parametrize("reply", ["<html>intranet</html>", 500, 302])
def test_what_is_no_phone_is_asked_once(reply: Any) -> None:
    with scripted({DEVICE_V2: reply, DEVICE: reply}) as phone:
        assert gather(phone, "device")["failed"] and phone.asked == [DEVICE_V2]


# -- lines

ENTRY = {"LineType": "private", "Protocol": "SIP", "ProxyAddress": "sip.example.org", "Port": "5060"}
KEYS = [
    {"LineNumber": str(number), "SIPAddress": user, "UserID": user, "Label": user, "RegistrationStatus": state, **ENTRY}
    for number, user, state in [
        (1, "2001", "registered"), (2, "2001", "registered"), (3, "2001", "registered"), (4, "2002", "unregistered"),
    ]
]  # fmt: skip


def test_lines_are_registrations() -> None:
    with scripted({**BOARD, LINES: {"data": KEYS, **OK}}) as phone:
        vvx = gather(phone, "lines")["ansible_facts"]["vvx"]
    assert [(line["line"], line["line_keys"], line["registered"]) for line in vvx["lines"]] == [
        (1, [1, 2, 3], True),
        (2, [4], False),
    ]
    assert phone.asked[:3] == [LINES, LINES_V2, CONFIG_GET], "one question settles the numbers, if it is answered"


def test_the_phone_settles_the_numbers() -> None:
    told = {"reg.2.address": {"Value": "2001", "Source": "config"}, "reg.5.address": {"Value": "2002", "Source": "web"}}
    replies = {**BOARD, LINES: {"data": KEYS, **OK}, CONFIG_GET: {"data": told, **OK}}
    with scripted(replies) as phone, api.Phone(phone.settings) as one:
        assert reboot.registered_lines(one) == {2}
        result = read(phone, "lines", raw=True)
    assert [line["line"] for line in result["info"]["lines"]] == [2, 5]
    assert result["raw"]["lines"] == [KEYS, []]


@pytest.mark.parametrize("lacking", [LINES, LINES_V2])
def test_one_version_of_the_lines_is_enough(lacking: str) -> None:
    second = [{"ID": "1", "Label": "Desk", "Username": "2001", "CallServers": []}]
    replies = {**BOARD, LINES: {"data": KEYS[:1], **OK}, LINES_V2: {"data": second, **OK}}
    with scripted({**replies, lacking: 404}) as phone:
        vvx = gather(phone, "lines")["ansible_facts"]["vvx"]
    assert [(line["line"], line["user"]) for line in vvx["lines"]] == [(1, "2001")]
