# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_touch on a simulated phone: what each gesture sends, its limits, and what is never shown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import touch
from ansible_collections.polycom.vvx.plugins.module_utils._operations.touch import SPEC as TOUCH

from simulator import Phone, PhoneSpec, Switches
from support.reach import params, run

ON = {"config": {"httpd.ta.enabled": "1"}}
TEXT = "s3cr3t-text"


def do(phone: Phone, action: str, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    connection = {name: options.pop(name) for name in ("password", "retries", "username") if name in options}
    result = run(touch.run, phone, params(TOUCH, action=action, **options), check_mode, **connection)
    assert TEXT not in json.dumps(result)
    return result


def at(*places: tuple[int, int]) -> list[dict[str, int]]:
    return [{"x": x, "y": y} for x, y in places]


@pytest.fixture
def new(start_fleet: Any) -> Phone:
    """A phone that takes everything."""
    phone: Phone = start_fleet(PhoneSpec(firmware="6.4.3.1004", layers=ON), tls=False).phones[0]
    return phone


CASES: list[tuple[str, dict[str, Any], str, dict[str, Any], str]] = [
    ("tap", {"positions": at((10, 20))}, "simulateTouch", {"Type": "Tap", "Positions": [{"X": "10", "Y": "20"}]},
        "tap at 10/20"),
    ("press", {"positions": at((0, 0))}, "simulateTouch", {"Type": "Press", "Positions": [{"X": "0", "Y": "0"}]},
        "press at 0/0"),
    ("release", {"positions": at((9999, 1))}, "simulateTouch",
        {"Type": "Release", "Positions": [{"X": "9999", "Y": "1"}]}, "release at 9999/1"),
    (
        "swipe", {"positions": at((1, 2), (3, 4)), "duration": 300, "easing": 40}, "simulateTouch",
        {"Type": "Swipe", "Positions": [{"X": "1", "Y": "2"}, {"X": "3", "Y": "4"}], "Duration": "300", "Easing": "40"},
        "swipe at 1/2, 3/4",
    ),
    (
        "tap", {"positions": at((1, 1)), "duration": 0, "easing": 0}, "simulateTouch",
        {"Type": "Tap", "Positions": [{"X": "1", "Y": "1"}], "Duration": "0", "Easing": "0"}, "tap at 1/1",
    ),
    ("key", {"key": "SoftKey1"}, "simulateKeyEvent", {"Type": "Tap", "KeyName": "SoftKey1"}, "press the key SoftKey1"),
    ("text", {"text": TEXT}, "simulateTextInput", {"Value": TEXT, "ReplaceText": "false"}, "write a text"),
    ("text", {"text": TEXT, "replace": True}, "simulateTextInput", {"Value": TEXT, "ReplaceText": "true"},
        "write a text"),
]  # fmt: skip


@pytest.mark.parametrize(("action", "options", "path", "data", "message"), CASES)
def test_what_is_sent(
    new: Phone, action: str, options: dict[str, Any], path: str, data: dict[str, Any], message: str
) -> None:
    result = do(new, action, **options)
    assert "failed" not in result, result
    assert [(request.path, request.data) for request in new.log] == [(f"/api/v1/mgmt/{path}", data)]
    assert (result["changed"], result["msg"], result["requests"]) == (True, message, 1)


@pytest.mark.parametrize(("action", "options", "path", "data", "message"), CASES)
def test_check_mode_sends_nothing(
    new: Phone, action: str, options: dict[str, Any], path: str, data: dict[str, Any], message: str
) -> None:
    result = do(new, action, True, **options)
    assert (result["changed"], result["msg"], result["requests"], new.count()) == (True, f"would {message}", 0, 0)


@pytest.mark.parametrize("key", touch.KEYS)
def test_every_key_is_one(new: Phone, key: str) -> None:
    assert "failed" not in do(new, "key", key=key)


def test_a_swipe_has_up_to_five_positions(new: Phone) -> None:
    assert "failed" not in do(new, "swipe", positions=at(*[(1, 1)] * 5))


@pytest.mark.parametrize(
    ("action", "options", "message"),
    [
        ("tap", {}, "action tap requires one position, not 0."),
        ("press", {"positions": at((1, 1), (2, 2))}, "action press requires one position, not 2."),
        ("release", {"positions": at((1, 1), (2, 2))}, "action release requires one position, not 2."),
        ("swipe", {"positions": at((1, 1))}, "action swipe requires 2 to 5 positions, not 1."),
        ("swipe", {"positions": at(*[(1, 1)] * 6)}, "action swipe requires 2 to 5 positions, not 6."),
        ("tap", {"positions": at((-1, 1))}, "-1/1 is not a position on a screen."),
        ("tap", {"positions": at((1, 10000))}, "1/10000 is not a position on a screen."),
        ("tap", {"positions": at((1, 1)), "duration": -1}, "duration must be between 0 and 60000, not -1."),
        ("tap", {"positions": at((1, 1)), "duration": 60001}, "duration must be between 0 and 60000, not 60001"),
        ("tap", {"positions": at((1, 1)), "easing": 41}, "easing must be between 0 and 40, not 41."),
    ],
)
@pytest.mark.parametrize("check_mode", [False, True])
def test_limits_are_known_before_anything_is_sent(
    new: Phone, action: str, options: dict[str, Any], message: str, check_mode: bool
) -> None:
    result = do(new, action, check_mode, **options)
    assert (
        result["failed"]
        and result["changed"] is False
        and result["error"]["kind"] == "settings"
        and message in result["msg"]
    )
    assert new.count() == 0


@pytest.mark.parametrize(
    ("action", "options"), [("tap", {"positions": at((1, 1))}), ("key", {"key": "Home"}), ("text", {"text": TEXT})]
)
def test_a_phone_that_does_not_allow_it(start_fleet: Any, action: str, options: dict[str, Any]) -> None:
    phone = start_fleet(PhoneSpec(firmware="6.4.3.1004"), tls=False).phones[0]
    result = do(phone, action, **options)
    assert (
        result["failed"]
        and result["changed"] is False
        and (result["error"]["kind"], result["error"]["status"]) == ("not_allowed", "4003")
    )
    assert result["error"]["host"] == phone.host and "Set httpd.ta.enabled to 1" in result["msg"]
    assert phone.count() == 1


@pytest.mark.parametrize(
    ("firmware", "action", "options", "since"),
    [
        ("5.9.3.2489", "key", {"key": "Home"}, "6.0"),
        ("5.9.3.2489", "text", {"text": TEXT}, "6.0"),
        ("5.4.0.10182", "tap", {"positions": at((1, 1))}, "5.7"),
    ],
)
def test_firmware_that_can_not_do_it(
    start_fleet: Any, firmware: str, action: str, options: dict[str, Any], since: str
) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware, layers=ON), tls=False).phones[0]
    result = do(phone, action, **options)
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "not_supported"
    assert f"since {since}" in result["msg"] and phone.host in result["msg"]


def test_older_firmware_wants_no_switch(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(firmware="5.7.0.11768", switches=Switches(simulate="always")), tls=False).phones[0]
    assert "failed" not in do(phone, "tap", positions=at((1, 1)))


@pytest.mark.parametrize(
    ("fault", "kind"), [("drop", "connection_lost"), ("html", "protocol"), ("drop_after", "connection_lost")]
)
def test_a_touch_is_never_repeated(new: Phone, fault: str, kind: str) -> None:
    new.fault(fault, path="simulateTouch")
    result = do(new, "tap", positions=at((1, 1)), retries=3)
    assert result["error"]["kind"] == kind and new.host in result["msg"] and new.count() == 1


def test_the_user_account_may_not(new: Phone) -> None:
    result = do(new, "tap", positions=at((1, 1)), username="User", password=PhoneSpec().user_password)
    assert result["failed"] and "it needs the admin account (Polycom)" in result["msg"]


@pytest.mark.parametrize("kind", ["drop_after", "html"])
def test_a_touch_without_an_answer_may_have_been_done(new: Phone, kind: str) -> None:
    new.fault(kind, path="simulateKeyEvent")
    result = do(new, "key", key="Home", retries=3)
    assert (
        result["failed"]
        and result["changed"] is True
        and "may or may not have done it" in result["msg"]
        and new.count() == 1
    )


@pytest.mark.parametrize("options", [{"positions": at((1, 2))}, {"duration": 10}, {"text": "x"}])
def test_options_of_another_action_are_refused(new: Phone, options: dict[str, Any]) -> None:
    result = do(new, "key", key="Home", **options)
    assert "does not go with action key" in result["msg"] and new.count() == 0
