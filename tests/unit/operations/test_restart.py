# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_restart on a simulated phone: every way a restart can go, and what it reports."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import restart
from ansible_collections.polycom.vvx.plugins.module_utils._operations.restart import SPEC as RESTART
from ansible_collections.polycom.vvx.plugins.module_utils._steps import waiting

from simulator import Phone, PhoneSpec, Switches
from support.reach import params, run

FIRMWARES = ("5.4.0.10182", "5.7.0.11768", "5.8.0.12848", "5.9.3.2489", "6.4.3.1004")


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(waiting, "LONGEST_PAUSE", 0.2)


@pytest.fixture
def phone(start_fleet: Any) -> Phone:
    """A phone on HTTPS: pollForStatus is not answered on plain HTTP."""
    polled: Phone = start_fleet().phones[0]
    return polled


def order(phone: Phone, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    return run(restart.run, phone, params(RESTART, **{"wait_timeout": 8.0, "busy_timeout": 2.0, **options}), check_mode)


@pytest.fixture
def call(phone: Phone) -> str:
    """The handle of a call that goes on."""
    handle: str = phone.ring("5551000", "Ann")
    return handle


def orders(phone: Phone) -> list[str]:
    return [request.path.rsplit("/", 1)[-1] for request in phone.log if request.method == "POST"]


@pytest.mark.parametrize("mode", ["restart", "reboot"])
@pytest.mark.parametrize("firmware", FIRMWARES)
def test_the_phone_goes_down_and_comes_back(start_fleet: Any, mode: str, firmware: str) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware), tls=False).phones[0]
    result = order(phone, mode=mode)
    assert result["changed"] is True and "failed" not in result, result
    assert orders(phone) == [f"safe{mode.capitalize()}"]
    assert phone.restarts == 1 and phone.lifecycle.state == "up"
    assert (result["uptime_before"], result["uptime_after"]) == (273906, phone.lifecycle.uptime)
    assert result["requests"] >= phone.count() >= 4, (
        "mark, poll, order, look; the looks at a phone that is down reach nothing"
    )


def test_the_application_alone_may_keep_its_uptime(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(restart_uptime="kept"), boot_seconds=1.0), tls=False).phones[0]
    result = order(phone)
    assert result["changed"] is True and "failed" not in result, result
    assert result["uptime_after"] >= result["uptime_before"]


def test_an_uptime_that_goes_on_is_no_reboot(start_fleet: Any) -> None:
    """Gone for a moment is not enough: a network does that too."""
    phone = start_fleet(PhoneSpec(switches=Switches(restart_uptime="kept"), boot_seconds=1.0)).phones[0]
    phone.fault("never_down")
    phone.fault("drop", times=5, after=3)
    result = order(phone, mode="reboot", wait_timeout=3.0)
    assert result["error"]["kind"] == "not_restarted" and result["changed"] is False


def test_check_mode_asks_and_does_nothing(phone: Phone) -> None:
    result = order(phone, check_mode=True)
    assert result["changed"] is True
    assert orders(phone) == [] and phone.restarts == 0


# -- people first


def test_a_call_is_awaited(phone: Phone, call: str) -> None:
    hang_up = threading.Timer(0.5, phone.hang_up, [call])
    hang_up.start()
    result = order(phone)
    hang_up.join()
    assert result["changed"] is True and "failed" not in result, result
    assert phone.restarts == 1


def test_a_call_that_never_ends_is_not_cut_off(phone: Phone, call: str) -> None:
    result = order(phone, busy_timeout=0.5)
    assert result["failed"] and result["changed"] is False
    assert result["error"]["kind"] == "in_call"
    assert (
        "was still in a call (Active call duration" in result["msg"]
        and "after 0.5 s and was not interrupted" in result["msg"]
    )
    assert "when_busy: proceed" in result["msg"]
    assert orders(phone) == [] and len(phone.calls) == 1


def test_a_phone_in_a_call_is_skipped_if_wished(phone: Phone, call: str) -> None:
    result = order(phone, when_busy="skip")
    assert result["skipped"] is True and result["changed"] is False
    assert result["msg"].startswith(f"{phone.host}: the phone is in a call (") and result["msg"].endswith(
        "it was not restarted."
    )
    assert orders(phone) == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_call_fails_the_task_at_once_if_wished(phone: Phone, call: str, check_mode: bool) -> None:
    result = order(phone, check_mode, when_busy="fail")
    assert result["error"]["kind"] == "in_call" and result["changed"] is False
    assert orders(phone) == []


def test_check_mode_does_not_wait_for_a_call(phone: Phone, call: str) -> None:
    assert order(phone, check_mode=True)["changed"] is True


def test_whoever_proceeds_leaves_the_waiting_to_the_phone(phone: Phone, call: str) -> None:
    result = order(phone, when_busy="proceed", wait_timeout=1.0)
    assert result["error"]["kind"] == "not_restarted" and result["changed"] is False
    assert "It is in a call (Active call duration" in result["msg"] and "restarts afterwards" in result["msg"]
    assert orders(phone) == ["safeRestart"]


@pytest.mark.parametrize("firmware", ["5.4.0.10182", "5.9.3.2489"])
def test_where_the_phone_can_not_be_polled_its_calls_tell(start_fleet: Any, firmware: str) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware), tls=False).phones[0]
    handle = phone.ring("5551000")
    assert "is in a call and" in order(phone, when_busy="fail")["msg"]
    phone.hang_up(handle)
    assert "failed" not in order(phone, when_busy="fail")


# -- what may become of it


def test_it_never_goes_down(phone: Phone) -> None:
    phone.fault("never_down")
    result = order(phone, wait_timeout=1.0)
    assert result["failed"] and result["changed"] is False
    assert result["error"]["kind"] == "not_restarted"
    assert result["msg"].startswith(f"{phone.host}: the phone did not go down within 1 s.")


def test_it_never_comes_back(phone: Phone) -> None:
    phone.fault("never_back")
    result = order(phone, wait_timeout=1.0)
    assert result["failed"] and result["changed"] is True and "unreachable" not in result
    assert result["error"]["kind"] in ("unreachable", "connection_lost")
    assert "The phone did not come back within 1 s." in result["msg"]


def test_it_comes_back_on_the_default_password(phone: Phone) -> None:
    phone.fault("back_default_password")
    result = order(phone)
    assert result["failed"] and result["changed"] is True
    assert result["error"]["kind"] == "authentication_failed"
    assert (
        "came back, but refuses the password that it accepted before" in result["msg"]
        and "factory password" in result["msg"]
    )
    assert phone.auth_failures == 1, "a refused password is tried once"


def test_it_comes_back_with_rest_off(phone: Phone) -> None:
    phone.fault("back_rest_off")
    result = order(phone, wait_timeout=2.0)
    assert result["failed"] and result["changed"] is True
    assert result["error"]["kind"] == "rest_disabled"
    assert "came back, but its REST API is off" in result["msg"] and "apps.restapi.enabled" in result["msg"]


def test_another_phone_comes_back(phone: Phone) -> None:
    phone.fault("back_other_mac", mac="0004f2ffffff")
    result = order(phone)
    assert result["failed"] and result["changed"] is True
    assert result["error"]["kind"] == "other_phone"
    assert "00:04:f2:ff:ff:ff answers at the address of 00:04:f2:00:00:01" in result["msg"]


@pytest.mark.parametrize("starting", ["not_ready", "http_403", "http_404"])
def test_a_slow_boot_is_awaited(start_fleet: Any, starting: Any) -> None:
    phone = start_fleet(
        PhoneSpec(switches=Switches(starting=starting, starting_seconds=1.0), boot_seconds=1.5), tls=False
    ).phones[0]
    result = order(phone)
    assert result["changed"] is True and "failed" not in result, result
    assert phone.lifecycle.state == "up"


@pytest.mark.parametrize("firmware", ["5.4.0.10182", "5.9.3.2489"])
def test_a_phone_that_does_not_get_ready(start_fleet: Any, firmware: str) -> None:
    spec = PhoneSpec(firmware=firmware, switches=Switches(starting_seconds=9.0), boot_seconds=9.2)
    phone = start_fleet(spec).phones[0]
    result = order(phone, wait_timeout=2.0)
    assert result["failed"] and result["changed"] is True
    assert result["error"]["kind"] == "not_ready"
    assert "came back, but was not ready within 2 s" in result["msg"]


def test_the_lines_that_were_registered_are_awaited(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(lines=3), tls=False).phones[0]
    phone.fault("unregistered", lines=[3])
    result = order(phone, wait_for_lines=True)
    assert result["changed"] is True and "failed" not in result, "line 3 was not registered before"


def test_lines_that_do_not_register_any_more(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(lines=3), tls=False).phones[0]
    phone.fault("back_unregistered", lines=[1, 3])
    result = order(phone, wait_for_lines=True, wait_timeout=2.0)
    assert result["failed"] and result["changed"] is True
    assert result["error"]["kind"] == "not_registered"
    assert "did not register lines 1, 3 within 2 s" in result["msg"]


@pytest.mark.parametrize("firmware", ["5.7.1.4145", "5.9.3.1111", "6.4.0.1"])
def test_lines_are_registrations_however_many_keys_they_have(start_fleet: Any, firmware: str) -> None:
    phone = start_fleet(PhoneSpec(lines=3, firmware=firmware), tls=False).phones[0]
    phone.set_layer("config", {"reg.1.lineKeys": "3", "reg.3.lineKeys": "2"})
    phone.fault("back_unregistered", lines=[3])
    result = order(phone, wait_for_lines=True, wait_timeout=2.0)
    assert "did not register line 3 within 2 s" in result["msg"]


@pytest.mark.parametrize("carried_out", [True, False])
def test_a_broken_connection_at_the_order_is_no_answer(phone: Phone, carried_out: bool) -> None:
    """It is never sent again: whether the phone goes down tells."""
    phone.fault("drop_after" if carried_out else "drop", path="safeRestart")
    result = order(phone, wait_timeout=2.0)
    assert orders(phone) == ["safeRestart"]
    assert result["changed"] is carried_out
    assert ("failed" in result) is not carried_out


def test_a_phone_that_refuses(phone: Phone) -> None:
    phone.fault("status", status="5000", path="safeRestart")
    result = order(phone)
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "phone_failed"


def test_whoever_watches_is_told_what_is_waited_for(phone: Phone, call: str) -> None:
    message: list[str] = []
    hang_up = threading.Timer(0.3, phone.hang_up, [call])
    hang_up.start()
    run(restart.run, phone, params(RESTART, busy_timeout=30.0, wait_timeout=30.0), say=message.append)
    hang_up.join()
    assert any("in a call" in text and "waiting up to" in text for text in message)
    assert all(text.startswith(f"{phone.host}: ") for text in message)
    assert any("waiting for the phone to " in text for text in message)


# -- no false proofs


def test_a_reboot_during_the_wait_for_people_is_not_the_one_that_was_ordered(phone: Phone) -> None:
    phone.ring("5551000", "Ann")
    phone.switches.restart_delay = 0.5
    unplug = threading.Timer(0.3, phone.restart)
    unplug.start()
    options = params(RESTART, mode="reboot", busy_timeout=60.0, wait_timeout=60.0)
    # Boots take so long here that the uptimes before and after a boot differ clearly.
    phone.boot_seconds = 3.5
    result = run(restart.run, phone, options, retries=5)
    unplug.join()
    assert "error" not in result, result
    assert phone.restarts == 2 and phone.lifecycle.state == "up"
    assert result["uptime_before"] < 100, "of the boot that was there when the order was given"


def test_a_slow_reply_proves_no_boot(phone: Phone) -> None:
    phone.ring("5551000", "Ann")
    phone.fault("drip", path="device/info", after=2, seconds=0.07)
    result = order(phone, mode="reboot", when_busy="proceed", wait_timeout=6.0)
    assert phone.restarts == 0
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "not_restarted"


def test_a_lost_order_and_a_bad_network_prove_no_restart(phone: Phone) -> None:
    phone.fault("drop", path="safeRestart")
    phone.fault("drop", path="device/info", times=3, after=2)
    result = order(phone, wait_timeout=3.0)
    assert phone.restarts == 0
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "not_restarted"


def test_broken_connections_now_and_then_prove_no_restart(phone: Phone) -> None:
    phone.ring("5551000", "Ann")
    for after in (2, 3, 4):
        phone.fault("drop", path="device/info", after=after)
    result = order(phone, when_busy="proceed", wait_timeout=3.0)
    assert phone.restarts == 0
    assert result["failed"] and result["changed"] is False


def test_an_order_whose_reply_is_no_reply_is_followed_all_the_same(phone: Phone) -> None:
    phone.fault("empty", path="safeRestart")
    result = order(phone)
    assert "failed" not in result and result["changed"] is True
    assert phone.restarts == 1 and orders(phone) == ["safeRestart"]
