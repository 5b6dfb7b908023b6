# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""No cause is asserted that was not checked, and the remedy fits what happened."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import diagnose, facts
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import as_dict, perform

from simulator import PhoneSpec
from support.canned import serve
from support.reach import reach

FACTS = {"gather_subset": ["device"], "certificate_warn_days": 30}
PHONES_SERVER = [("Server", "Polycom SoundPoint IP Telephone HTTPd")]


def at(port: int, **changes: Any) -> Settings:
    return Settings(**{"host": "127.0.0.1", "port": port, "password": "p", "use_ssl": False, "retries": 0, **changes})


def both(settings: Settings) -> list[dict[str, Any]]:
    """What vvx_facts and vvx_diagnose say."""
    return [as_dict(perform(operation, settings, FACTS, False)) for operation in (facts.run, diagnose.run)]


@pytest.mark.parametrize(
    ("headers", "sure"),
    [
        (PHONES_SERVER, True),
        ([("Server", "Polycom VVX Telephone HTTPd")], True),
        ([("Server", "Poly Edge Telephone HTTPd")], True),
        ([("Server", "nginx")], False),
        ([("Server", "Monopoly/1.0")], False),
        ([], False),
    ],
)
def test_a_web_server_without_the_api_may_be_no_phone(headers: list[tuple[str, str]], sure: bool) -> None:
    with serve((404, headers, b"<html>Not found</html>")) as canned:
        for result in both(at(canned.port)):
            assert "the REST API is switched off" in result["msg"] and "apps.restapi.enabled" in result["msg"]
            assert ("or this is no phone" not in result["msg"]) is sure
            assert "set ansible_vvx_use_ssl: true" in result["msg"], "it may have its API on HTTPS only"
    asked = [path for method, path, _headers, _body in canned.requests]
    assert len(set(asked)) >= 2, "one call that is missing proves nothing"


def test_one_missing_call_does_not_mean_that_the_api_is_off() -> None:
    missing = (404, PHONES_SERVER, b"")
    answer = (200, [], json.dumps({"Status": "2000", "data": {"User": []}}).encode())
    with serve(missing, answer, answer) as canned:
        result = as_dict(perform(diagnose.run, at(canned.port), FACTS, False))
    assert "switched off" not in json.dumps(result)


def test_a_phone_whose_api_is_off_says_so_and_diagnosis_names_the_api(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(rest="off"), tls=False).phones[0]
    for result in both(reach(phone)):
        assert result["msg"].startswith(f"{phone.host}: the REST API is switched off (HTTP 404). Turn the REST API on")


def test_a_name_that_does_not_exist_is_not_a_phone_without_power() -> None:
    for result in both(at(443, host="no-such-phone.invalid")):
        assert "can't be resolved" in result["msg"] and "DNS" in result["msg"] and "power" not in result["msg"]


def test_a_refused_connection_is_not_a_phone_without_power() -> None:
    with serve((200, [], b"")) as canned:
        port = canned.port
    for result in both(at(port)):
        assert "connection refused" in result["msg"] and "nothing listens on this port" in result["msg"]
        assert "has power" not in result["msg"]


def test_a_call_that_is_missing_may_be_missing_on_the_model(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(firmware="5.4.0.1"), tls=False).phones[0]
    with serve((405, [], b"")) as canned:
        result = as_dict(perform(facts.run, at(canned.port), FACTS, False))
    assert "this phone's firmware is older" not in json.dumps(result) and phone.count() == 0


@pytest.mark.parametrize(
    ("location", "message", "remedy"),
    [
        ("https://127.0.0.1/", "the phone redirects to HTTPS", "use_ssl: true"),
        ("HTTPS://127.0.0.1:8443/x", "the phone redirects to HTTPS", "use_ssl: true"),
        ("http://portal.example.com/login", "redirects to http://portal.example.com/login", "portal"),
        ("", "redirects to another address", "portal"),
    ],
)
def test_a_redirect_says_whither(location: str, message: str, remedy: str) -> None:
    with serve((302, [("Location", location)] if location else [], b"")) as canned:
        for result in both(at(canned.port)):
            told = result["msg"]
            assert message in told and remedy in told and ("use_ssl" in told) == ("use_ssl" in remedy)


@pytest.mark.parametrize(
    ("code", "headers"), [(502, []), (504, []), (503, [("Via", "1.1 squid")]), (500, [("via", "HTTP/1.1 gw (x)")])]
)
def test_a_gateways_page_is_not_the_phones(code: int, headers: list[tuple[str, str]]) -> None:
    with serve((code, headers, b"<html>Bad Gateway</html>")) as canned:
        result = as_dict(perform(facts.run, at(canned.port), FACTS, False))
    assert "proxy or gateway" in result["msg"] and "reboot" not in result["msg"]


def test_a_phone_that_fails_is_no_gateway() -> None:
    with serve((503, PHONES_SERVER, b"")) as canned:
        result = as_dict(perform(facts.run, at(canned.port), FACTS, False))
    assert "gateway" not in result["msg"] and "reboot" in result["msg"]


def test_a_proxys_login_page_is_not_a_phone() -> None:
    with serve((200, [("Content-Type", "text/html")], b"<html>Log in to the guest network</html>")) as canned:
        result = as_dict(perform(facts.run, at(canned.port), FACTS, False))
    assert "not JSON" in result["msg"] or "not a JSON" in result["msg"]
    assert "proxy" in result["msg"] and "guest network" not in json.dumps(result)
