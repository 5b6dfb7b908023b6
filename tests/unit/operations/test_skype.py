# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_skype on a simulated phone: signing in and out, once, with patience, and without a password in sight."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import skype
from ansible_collections.polycom.vvx.plugins.module_utils._operations.skype import SPEC as SKYPE

from simulator import Phone, PhoneSpec, Switches
from support.reach import params, run

PASSWORD = "s3cr3t-passphrase"
WHO = {"address": "ann@example.org", "user": "ann", "skype_password": PASSWORD}
SENT = {"Address": "ann@example.org", "User": "ann", "Password": PASSWORD, "Domain": ""}
FIRMWARES = ["5.7.0.11768", "5.8.0.12848", "5.9.3.2489", "6.4.3.1004"]


def sign(phone: Phone, state: str, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    connection = {name: options.pop(name) for name in ("password", "retries", "timeout", "username") if name in options}
    who = WHO if state == "signed_in" else {}
    chosen = {**params(SKYPE, **{"state": state, **who, **options}), "timeout": connection.get("timeout", 5.0)}
    result = run(skype.run, phone, chosen, check_mode, **connection)
    assert PASSWORD not in json.dumps(result) and "12345" not in json.dumps(result)
    return result


def orders(phone: Phone) -> list[tuple[str, Any]]:
    return [(request.path.rsplit("/", 1)[-1], request.data) for request in phone.log if request.method == "POST"]


def start(start_fleet: Any, signed_in: bool = False, **options: Any) -> Phone:
    spec = {name: options.pop(name) for name in ("firmware", "flavour", "rest") if name in options}
    phone: Phone = start_fleet(PhoneSpec(base_profile="Lync", switches=Switches(**options), **spec), tls=False).phones[
        0
    ]
    phone.signed_in = signed_in
    return phone


# -- the main road


@pytest.mark.parametrize("firmware", FIRMWARES)
@pytest.mark.parametrize("place", ["top_level", "data"])
def test_in_and_out(start_fleet: Any, firmware: str, place: str) -> None:
    phone = start(start_fleet, firmware=firmware, presence=place)
    result = sign(phone, "signed_in")
    assert "failed" not in result and (result["changed"], result["presence"]) == (True, "available"), result
    assert orders(phone) == [("signIn", SENT)] and phone.signed_in and result["requests"] == phone.count() == 3
    result = sign(phone, "signed_in")
    assert (result["changed"], result["presence"], result["requests"]) == (False, "available", 1)
    result = sign(phone, "signed_out")
    assert "failed" not in result and (result["changed"], result["presence"]) == (True, "offline")
    assert orders(phone)[1:] == [("signOut", None)] and not phone.signed_in
    assert sign(phone, "signed_out")["changed"] is False and len(orders(phone)) == 2


@pytest.mark.parametrize(
    ("options", "more"),
    [
        ({"domain": "EXAMPLE"}, {"Domain": "EXAMPLE"}),
        ({"lock_code": "12345"}, {"LockCode": "12345"}),
        ({"domain": None, "lock_code": ""}, {}),
    ],
)
def test_what_else_may_be_sent(start_fleet: Any, options: dict[str, Any], more: dict[str, str]) -> None:
    phone = start(start_fleet)
    sign(phone, "signed_in", **options)
    assert orders(phone) == [("signIn", {**SENT, **more})]


def test_the_user_may_do_it(start_fleet: Any) -> None:
    phone = start(start_fleet)
    assert sign(phone, "signed_in", username="User", password=PhoneSpec().user_password)["presence"] == "available"


@pytest.mark.parametrize(("state", "signed_in"), [("signed_in", False), ("signed_out", True)])
def test_check_mode_predicts(start_fleet: Any, state: str, signed_in: bool) -> None:
    phone = start(start_fleet, signed_in=signed_in)
    result = sign(phone, state, True)
    assert result["changed"] is True and result["presence"] == ("available" if signed_in else "offline")
    assert orders(phone) == [] and phone.signed_in is signed_in
    phone.signed_in = not signed_in
    assert sign(phone, state, True)["changed"] is False


# -- what can't be done


@pytest.mark.parametrize("state", ["signed_in", "signed_out"])
@pytest.mark.parametrize("check_mode", [False, True])
def test_a_phone_that_is_not_set_up(phone: Phone, state: str, check_mode: bool) -> None:
    result = sign(phone, state, check_mode)
    assert result["failed"] and result["changed"] is False
    assert (result["error"]["kind"], result["error"]["status"]) == ("not_supported", "4004")
    assert (
        result["error"]["host"] == phone.host
        and "the phone is not set up for Skype for Business (Status 4004)." in result["msg"]
    )
    assert "device.baseProfile to Lync" in result["msg"] and orders(phone) == []


def test_firmware_that_can_not_sign_in(start_fleet: Any) -> None:
    phone = start(start_fleet, firmware="5.4.0.10182")
    result = sign(phone, "signed_in")
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "not_supported"
    assert "POST /api/v1/mgmt/skype/signIn" in result["msg"] and "since 5.7" in result["msg"]


@pytest.mark.parametrize(
    ("outcome", "status", "kind"), [("fails", "4002", "line_not_registered"), ("times_out", "5000", "phone_failed")]
)
def test_a_sign_in_that_fails_is_tried_once(start_fleet: Any, outcome: str, status: str, kind: str) -> None:
    phone = start(start_fleet, sign_in=outcome)
    result = sign(phone, "signed_in", retries=3)
    assert (
        result["failed"]
        and result["changed"] is False
        and (result["error"]["kind"], result["error"]["status"]) == (kind, status)
    )
    assert result["error"]["host"] == phone.host and f"the sign-in failed (Status {status})." in result["msg"]
    assert "skype_password" in result["msg"] and "It was tried once." in result["msg"]
    assert len(orders(phone)) == 1


@pytest.mark.parametrize(
    ("state", "path", "expected"),
    [("signed_in", "signIn", "may be signed in while"), ("signed_out", "signOut", "The phone is not signed in.")],
)
def test_an_order_that_is_not_allowed(start_fleet: Any, state: str, path: str, expected: str) -> None:
    phone = start(start_fleet, signed_in=state == "signed_out")
    phone.fault("status", status="4003", path=path)
    result = sign(phone, state)
    assert (
        result["failed"]
        and result["changed"] is False
        and result["error"]["kind"] == "not_allowed"
        and expected in result["msg"]
    )


# -- patience, and lost answers


def test_a_slow_sign_in_is_waited_for(start_fleet: Any) -> None:
    phone = start(start_fleet, sign_in_seconds=0.6)
    result = sign(phone, "signed_in", timeout=0.3)
    assert "failed" not in result and (result["changed"], result["presence"]) == (True, "available")
    assert len(orders(phone)) == 1


def test_even_that_has_an_end(start_fleet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skype, "LONGEST_SIGN_IN", 0.2)
    monkeypatch.setattr(skype, "MARGIN", 0.0)
    phone = start(start_fleet, parallel="queued", sign_in_seconds=0.5)
    phone.fault("hang", path="signIn", seconds=5.0)
    result = sign(phone, "signed_in", timeout=0.3, retries=0)
    assert (
        result["failed"]
        and result["changed"] is False
        and result["error"]["kind"] == "timeout"
        and len(orders(phone)) == 1
    )
    assert result["presence"] == "offline"


@pytest.mark.parametrize("fault", ["drop_after", "html", "truncated", "empty"])
@pytest.mark.parametrize(
    ("state", "path", "presence"), [("signed_in", "signIn", "available"), ("signed_out", "signOut", "offline")]
)
def test_an_order_that_was_carried_out_without_an_answer(
    start_fleet: Any, fault: str, state: str, path: str, presence: str
) -> None:
    phone = start(start_fleet, signed_in=state == "signed_out")
    phone.fault(fault, path=path)
    result = sign(phone, state, retries=3)
    assert "failed" not in result and "unreachable" not in result, result
    assert (result["changed"], result["presence"], len(orders(phone))) == (True, presence, 1)


@pytest.mark.parametrize(("state", "path"), [("signed_in", "signIn"), ("signed_out", "signOut")])
def test_an_order_that_got_lost(start_fleet: Any, state: str, path: str) -> None:
    phone = start(start_fleet, signed_in=state == "signed_out")
    phone.fault("drop", path=path)
    result = sign(phone, state, retries=3)
    assert result["unreachable"] and result["changed"] is False and result["error"]["kind"] == "connection_lost"
    assert len(orders(phone)) == 1 and phone.signed_in is (state == "signed_out")


def test_what_became_of_it_can_not_be_told(start_fleet: Any) -> None:
    phone = start(start_fleet)
    phone.fault("drop_after", path="signIn")
    phone.fault("drop", path="getPresence", after=1, times=0)
    result = sign(phone, "signed_in")
    assert (
        result["failed"]
        and result["changed"] is True
        and result["error"]["endpoint"] == "POST /api/v1/mgmt/skype/signIn"
    )


@pytest.mark.parametrize("fault", ["wrong_types", "list", "html"])
def test_garbage_instead_of_a_presence(start_fleet: Any, fault: str) -> None:
    phone = start(start_fleet)
    phone.fault(fault, path="getPresence")
    result = sign(phone, "signed_in")
    assert (
        result["failed"]
        and result["changed"] is False
        and result["error"]["kind"] == "protocol"
        and orders(phone) == []
    )


@pytest.mark.parametrize(
    ("fault", "code"),
    [({"kind": "status", "status": "5000"}, "Status 5000"), ({"kind": "http", "status": "500"}, "HTTP 500")],
)
def test_a_sign_out_that_fails_is_called_so(start_fleet: Any, fault: dict[str, str], code: str) -> None:
    phone = start(start_fleet, signed_in=True)
    phone.fault(fault["kind"], path="signOut", status=fault["status"])
    result = sign(phone, "signed_out")
    assert f"{phone.host}: the sign-out failed ({code})." in result["msg"] and "password" not in result["msg"]


def test_a_phone_whose_rest_api_is_off_is_not_said_to_lack_skype(start_fleet: Any) -> None:
    assert sign(start(start_fleet, rest="off"), "signed_out")["error"]["kind"] == "rest_disabled"


def test_a_sign_in_that_shows_no_presence_is_warned_of(start_fleet: Any) -> None:
    phone = start(start_fleet)
    phone.fault("status", path="signIn", status="2000")
    result = sign(phone, "signed_in")
    assert result["changed"] is True and "its presence is offline" in result["warnings"][0]
