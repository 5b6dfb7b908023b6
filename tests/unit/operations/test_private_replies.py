# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that a phone tells without being asked: not in facts, not raw, not by vvx_request."""

from __future__ import annotations

from typing import Any

from ansible_collections.polycom.vvx.plugins.module_utils._operations import facts, info, request
from ansible_collections.polycom.vvx.plugins.module_utils._operations.info import SPEC as INFO
from ansible_collections.polycom.vvx.plugins.module_utils._operations.request import SPEC as REQUEST
from ansible_collections.polycom.vvx.plugins.module_utils._phone import api
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import as_dict, perform

from support.reach import params
from support.scripted import Scripted, scripted

SESSIONS = "/api/v1/mgmt/media/sessionStats"
RUNNING = "/api/v1/mgmt/device/runningConfig"
CONFIG_GET = "/api/v1/mgmt/config/get"
SECRET = "bm90IGZvciB5b3U"
STREAM = {"Ref": "0x2", "Category": "1:Video", "SRTP Master Key": SECRET}
REPLIES: dict[str, Any] = {
    f"GET {SESSIONS}": {
        "data": [{"Ref": "0x1", "H235Call": "True", "H235DHKey": SECRET, "Streams": [STREAM]}],
        "Session Token": SECRET,
        "Status": "2000",
    },
    f"GET {RUNNING}": {
        "data": {
            "Provisioning": {"Server": f"ftp://deploy:{SECRET}@192.0.2.7/phones", "Password": SECRET},
            "TR069": {"ACSURL": f"https://acs.example.org/?token={SECRET}&x=1"},
        },
        "Status": "2000",
    },
    f"POST {CONFIG_GET}": {
        "data": {
            "reg.1.auth.password": {"Value": SECRET, "Source": "config"},
            "log.level.change.sip": {"Value": "4", "Source": "default"},
            "device.prov.serverName": {"Value": f"https://deploy:{SECRET}@prov.example.org", "Source": "device"},
        },
        "Status": "2000",
    },
}


def ask(phone: Scripted, path: str, method: str = "GET", data: Any = None) -> dict[str, Any]:
    options = params(REQUEST, method=method, path=path, data=data)
    return as_dict(perform(request.run, phone.settings, options, False))


def test_neither_normalized_nor_raw() -> None:
    with scripted(REPLIES) as phone:
        options = params(INFO, gather_subset=["media_sessions", "running_config"], raw=True)
        result = as_dict(perform(info.run, phone.settings, options, False))
        vvx = as_dict(perform(facts.run, phone.settings, {"gather_subset": ["running_config"]}, False))
    assert SECRET not in str(result) + str(vvx)
    assert result["raw"]["media_sessions"][0]["H235DHKey"] == "***"
    assert result["info"]["media_sessions"][0]["h235"] is True
    provisioning = vvx["ansible_facts"]["vvx"]["running_config"]["provisioning"]
    assert provisioning["server"] == "ftp://***@192.0.2.7/phones"
    assert result["info"]["running_config"]["tr069"]["acs_url"] == "https://acs.example.org/?token=***&x=1"


def test_not_by_a_request_of_ones_own() -> None:
    with scripted(REPLIES) as phone:
        results = [ask(phone, path) for path in (SESSIONS, RUNNING, SESSIONS.upper().replace("/API", "/api"))]
        parameters = ask(phone, CONFIG_GET, "POST", ["reg.1.auth.password"])
    assert SECRET not in str(results) and SECRET not in str(parameters)
    assert results[0]["reply"]["data"] == results[0]["data"] and results[0]["data"][0]["Ref"] == "0x1"
    assert results[0]["reply"]["Session Token"] == "***"
    assert parameters["data"] == {
        "reg.1.auth.password": {"Value": "***", "Source": "config"},
        "log.level.change.sip": {"Value": "4", "Source": "default"},
        "device.prov.serverName": {"Value": "https://***@prov.example.org", "Source": "device"},
    }


def test_parameters_are_compared_by_their_real_values() -> None:
    with scripted(REPLIES) as phone, api.Phone(phone.settings) as one:
        assert one.config_get(["device.prov.serverName"])["device.prov.serverName"].value.count(SECRET) == 1


def test_endless_nesting_is_a_protocol_error() -> None:
    deep: Any = "x"
    for _level in range(300):
        deep = {"a": deep}
    with scripted({f"GET {SESSIONS}": {"data": deep, "Status": "2000"}}) as phone:
        assert ask(phone, SESSIONS)["error"]["kind"] == "protocol"
