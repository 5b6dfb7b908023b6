# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_screenshot on a simulated phone: the login that some firmware wants first, and what is no picture."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import screenshot
from ansible_collections.polycom.vvx.plugins.module_utils._operations.screenshot import SPEC as SCREENSHOT
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import CONTENTS

from simulator import Phone, PhoneSpec, Switches
from support.reach import params, run

ON = {"config": {"up.screenCapture.enabled": "1"}}
LOGIN, PICTURE = "/form-submit/auth.htm", "/captureScreen/mainScreen"


def shoot(phone: Phone, check_mode: bool = False, **connection: Any) -> dict[str, Any]:
    return run(screenshot.run, phone, params(SCREENSHOT, dest="/shots/desk.png"), check_mode, **connection)


def start(start_fleet: Any, on: bool = True, **spec: Any) -> Phone:
    phone: Phone = start_fleet(PhoneSpec(layers=ON if on else {}, **spec), tls=False).phones[0]
    return phone


@pytest.mark.parametrize(
    ("firmware", "login"),
    [
        ("5.4.0.10182", "not_needed"),
        *(
            (firmware, login)
            for firmware in ("5.7.0.11768", "5.9.3.2489", "6.4.3.1004")
            for login in ("needed", "not_needed")
        ),
    ],
)
@pytest.mark.parametrize("challenge", ["basic+digest", "digest", "basic"])
@pytest.mark.parametrize("check_mode", [False, True])
def test_a_picture(start_fleet: Any, firmware: str, login: Any, challenge: Any, check_mode: bool) -> None:
    phone = start(start_fleet, firmware=firmware, switches=Switches(screen_login=login, challenge=challenge))
    result = shoot(phone, check_mode)
    assert "failed" not in result and result["changed"] is True, result
    content = base64.b64decode(result[CONTENTS]["/shots/desk.png"])
    assert content.startswith(b"\x89PNG\r\n")
    assert result["files"] == [
        {
            "dest": "/shots/desk.png",
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "format": "png",
        }
    ]
    assert [(request.method, request.path) for request in phone.log if request.http_status != 401] == [
        ("POST", LOGIN),
        ("GET", PICTURE),
    ]
    assert result["requests"] == phone.count() and phone.auth_failures == 0


def test_rest_may_be_off(start_fleet: Any) -> None:
    """It is the phone's web server that is asked, and not its REST API."""
    assert "failed" not in shoot(start(start_fleet, rest="off"))


@pytest.mark.parametrize("firmware", ["5.4.0.10182", "5.9.3.2489"])
def test_a_screen_that_is_not_shown(start_fleet: Any, firmware: str) -> None:
    phone = start(start_fleet, on=False, firmware=firmware)
    result = shoot(phone)
    assert (
        result["failed"]
        and result["changed"] is False
        and (result["error"]["kind"], result["error"]["http_status"]) == ("not_supported", 404)
    )
    assert result["error"]["host"] == phone.host and "the phone does not allow screen captures." in result["msg"]
    assert "up.screenCapture.enabled to 1" in result["msg"] and "at the phone (Settings" in result["msg"]
    assert CONTENTS not in result and phone.count(PICTURE) == 1


@pytest.mark.parametrize("firmware", ["5.4.0.10182", "5.9.3.2489"])
@pytest.mark.parametrize("challenge", ["basic+digest", "digest", "basic"])
def test_a_wrong_password_is_tried_once(start_fleet: Any, firmware: str, challenge: Any) -> None:
    phone = start(start_fleet, firmware=firmware, switches=Switches(challenge=challenge))
    result = shoot(phone, password="wrong", retries=3)
    assert (
        result["failed"]
        and result["error"]["kind"] == "authentication_failed"
        and result["error"]["host"] == phone.host
    )
    assert phone.auth_failures == 1 and phone.count(PICTURE) == 0


@pytest.mark.parametrize("fault", ["html", "empty", "oversized"])
def test_what_is_no_picture(start_fleet: Any, fault: str) -> None:
    phone = start(start_fleet)
    phone.fault(fault, path=PICTURE)
    result = shoot(phone)
    assert (
        result["failed"]
        and result["changed"] is False
        and result["error"]["kind"] == "protocol"
        and CONTENTS not in result
    )
    assert result["error"]["host"] == phone.host
    if fault != "oversized":
        assert "the phone sent something other than a picture (" in result["msg"]


def test_a_lost_picture_is_fetched_again(start_fleet: Any) -> None:
    phone = start(start_fleet)
    phone.fault("drop", path=PICTURE)
    phone.fault("http", status="403", path=LOGIN)
    assert "failed" not in shoot(phone, retries=1)
    assert phone.count(PICTURE) == phone.count(LOGIN) == 2
    phone.fault("drop", path=PICTURE)
    assert shoot(phone)["error"]["kind"] == "connection_lost"


@pytest.mark.parametrize(("status", "kind"), [("500", "phone_failed"), ("403", "busy"), ("302", "protocol")])
def test_a_web_server_in_trouble(start_fleet: Any, status: str, kind: str) -> None:
    phone = start(start_fleet)
    phone.fault("http", status=status, path=PICTURE)
    assert shoot(phone)["error"]["kind"] == kind


def test_a_login_that_the_web_server_refuses_with_a_page(start_fleet: Any) -> None:
    phone = start_fleet(
        PhoneSpec(switches=Switches(screen_login="refused"), layers={"config": {"up.screenCapture.enabled": "1"}}),
        tls=False,
    ).phones[0]
    result = run(screenshot.run, phone, {**params(SCREENSHOT, dest="/x.png")})
    assert result["error"]["kind"] == "authentication_failed" and phone.count() == 1
