# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a phone says is foreign text: cleaned, bounded and without our password wherever it gets into a message."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import call, diagnose, facts, restart
from ansible_collections.polycom.vvx.plugins.module_utils._phone import errors
from ansible_collections.polycom.vvx.plugins.module_utils._phone.api import Phone
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import Result, as_dict, perform
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import survey

from support.canned import Canned, ok, serve

PASSWORD = "Aster+Nordlicht/7"
BASIC = base64.b64encode(f"Polycom:{PASSWORD}".encode()).decode()
HOSTILE = f"\x1b[2J\x1b]0;owned\x07\u202e{PASSWORD} and \u200b{BASIC}\r\n\x00 {'x' * 5000}"
FACTS = {"gather_subset": ["device"], "certificate_warn_days": 30}


def at(canned: Canned, password: str = PASSWORD, **changes: Any) -> Settings:
    return Settings(host="127.0.0.1", port=canned.port, password=password, use_ssl=False, retries=0, **changes)


def said(result: dict[str, Any]) -> str:
    """Everything of a result that is shown as text: messages, warnings, the error."""
    shown = {key: result.get(key) for key in ("msg", "error", "warnings", "exception")}
    return json.dumps(shown, ensure_ascii=False)


def assert_safe(text: str, most: int = 1500) -> None:
    assert PASSWORD not in text and BASIC not in text and PASSWORD[:6] not in text
    assert all(char.isprintable() for char in text) and "\u202e" not in text and "\\u001b" not in text, text
    assert len(text) < most, text


def envelope(status: object) -> bytes:
    return json.dumps({"Status": status, "data": {}}).encode()


@pytest.mark.parametrize("code", [200, 400, 401, 403, 404, 405, 413, 418, 500, 502])
def test_a_status_that_echoes_the_password(code: int) -> None:
    with serve((code, [("Content-Type", "application/json")], envelope(HOSTILE))) as canned:
        result = as_dict(perform(facts.run, at(canned), FACTS, False))
    assert_safe(said(result))
    assert PASSWORD not in json.dumps(result)
    if code == 200:
        assert result["error"]["status"].startswith("*** and *** x")


def test_what_a_report_or_an_audit_says_of_a_hostile_phone() -> None:
    with serve((200, [], envelope(HOSTILE))) as canned:
        error = survey(at(canned), ("device",), {}).error
    assert error is not None
    assert_safe(json.dumps(error.as_dict(), ensure_ascii=False))


@pytest.mark.parametrize("header", ["Content-Type", "Location", "Server", "WWW-Authenticate"])
@pytest.mark.parametrize("code", [200, 302, 401, 404])
def test_a_header_that_echoes_the_password(header: str, code: int) -> None:
    value = f"{PASSWORD} \x1b[31m{BASIC} \xad{'y' * 3000}".encode("latin-1", "replace").decode("latin-1")
    with serve((code, [(header, value)], b"<html>")) as canned:
        for operation in (facts.run, diagnose.run):
            assert_safe(said(as_dict(perform(operation, at(canned), FACTS, False))), 2500)


def test_a_location_with_a_login_of_its_own() -> None:
    with serve((302, [("Location", "http://admin:hunter2@proxy.example.com/portal")], b"")) as canned:
        result = as_dict(perform(facts.run, at(canned), FACTS, False))
    assert "redirects to http://***@proxy.example.com/portal" in result["msg"] and "hunter2" not in said(result)


def test_a_short_password_is_masked_only_where_it_stands_alone_in_the_phones_words() -> None:
    with serve((200, [], envelope("no 456 for 14560, HTTP 456"))) as canned:
        result = as_dict(perform(facts.run, at(canned, "456"), FACTS, False))
    assert result["error"]["status"] == "no *** for 14560, HTTP ***"
    with serve((456, [], b"")) as canned:
        result = as_dict(perform(facts.run, at(canned, "456"), FACTS, False))
    assert "unexpected HTTP 456" in result["msg"] and result["error"]["http_status"] == 456


def test_a_known_status_is_never_masked() -> None:
    with serve((200, [], envelope(4003))) as canned:
        assert as_dict(perform(facts.run, at(canned, "4003"), FACTS, False))["error"]["status"] == "4003"


def test_a_password_used_later_and_the_values_sent_are_masked_too() -> None:
    reply = envelope("bad: Second-Password-2, First-Password-1, sip-secret-5")
    with serve((200, [], reply)) as canned, Phone(at(canned, "First-Password-1")) as phone:
        phone.use_login("Second-Password-2")
        with pytest.raises(errors.Refused) as caught:
            phone.config_set({"reg.1.auth.password": "sip-secret-5"})
    assert caught.value.status == "bad: ***, ***, ***"


def test_names_that_were_sent_stay_readable() -> None:
    reply = (200, [], envelope("what is reg.1.label?"))
    with serve(reply) as canned, Phone(at(canned)) as phone, pytest.raises(errors.Refused) as caught:
        phone.config_get(["reg.1.label"])
    assert caught.value.status == "what is reg.1.label?"


def test_what_a_phone_says_of_its_state_and_calls() -> None:
    with serve(ok(json.dumps({"State": "Active", "StateData": HOSTILE}))) as canned:
        options = {"mode": "restart", "when_busy": "fail", "busy_timeout": 1.0, "delay": 0.0, "wait_timeout": 1.0}
        result = as_dict(perform(restart.run, at(canned), {**options, "wait": False}, False))
    assert result["error"]["kind"] == "in_call"
    assert_safe(said(result))
    calls = [{"CallHandle": f"0x{number}", "RemotePartyNumber": HOSTILE[:30] + "z" * 900} for number in range(500)]
    with serve(ok(json.dumps(calls))) as canned:
        options = {name: option.get("default") for name, option in call.SPEC.argument_spec.items()}
        result = as_dict(perform(call.run, at(canned), {**options, "action": "answer", "call": "0x9999"}, False))
    text = said(result)
    assert "failed" in result and all(char.isprintable() for char in text) and len(text) < 5000


def test_facts_bring_no_escape_codes_to_the_console() -> None:
    device = {"ModelNumber": "VVX \x1b[31m411\u202e", "FirmwareRelease": "5.9.3\u200b", "MACAddress": "0004f2000001"}
    with serve(ok(json.dumps(device))) as canned:
        result = as_dict(perform(facts.run, at(canned), FACTS, False))
        about = as_dict(perform(diagnose.run, at(canned), FACTS, False))
    shown = json.dumps(result["ansible_facts"], ensure_ascii=False)
    assert "VVX 411" in shown and "5.9.3" in shown and "\u202e" not in shown and "u001b" not in shown
    assert_safe(said(about))


def test_no_error_and_no_warning_carries_a_control_character() -> None:
    error = errors.PhoneError("a\x1b[1mb\u202ec\nd")
    error.say_more("e\x00f")
    result = as_dict(Result(error=error, warnings=["g\x07\u202eh"], notices=["i\x9bj"], host="phone"))
    assert result["msg"] == "abc d e f" and result["warnings"] == ["i", "phone: g h"]
