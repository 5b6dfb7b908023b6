# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_config with ``wait_for_lines``: a change after which lines do not register again has failed, and is undone."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._steps import waiting

from simulator import Phone, PhoneSpec, Switches
from support.configuring import calls, configure

SERVER, IDLE, REBOOT = "reg.1.server.1.address", "up.idleTimeout", "device.sntp.serverName"
WRONG, GOOD, OLD = "typo.example.org", "sip2.example.org", "sip.example.org"
TIMES = {"wait_for_lines": True, "lines_delay": 0.5, "wait_timeout": 1.5}


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(waiting, "LONGEST_PAUSE", 0.2)


@pytest.fixture
def phone(start_fleet: Any) -> Phone:
    """Two lines. At one server they do not register, which the phone notices after a moment."""
    spec = PhoneSpec(lines=2, switches=Switches(registering_seconds=0.3))
    made: Phone = start_fleet(spec, tls=False).phones[0]
    made.fault("unregistered", servers=[WRONG])
    return made


def written(phone: Phone) -> list[Any]:
    return [request.data for request in phone.log if request.path.endswith("config/set")]


def test_lines_that_register_again_are_told_with_before_and_after(phone: Phone) -> None:
    result = configure(phone, {SERVER: GOOD}, **TIMES)
    assert "failed" not in result and result["changed"] is True, result
    assert result["lines_before"] == result["lines_after"] == [1, 2]
    assert result["firmware_before"] == result["firmware_after"] == "5.9.3.1111"
    asked = calls(phone)
    assert asked[0] == "get" and asked.count("info") == 2, asked
    assert asked.index("lineInfo") < asked.index("set") < len(asked) - 1 - asked[::-1].index("lineInfo")


@pytest.mark.parametrize("verify", [True, False])
def test_a_line_that_does_not_register_again_is_a_failure(phone: Phone, verify: bool) -> None:
    result = configure(phone, {SERVER: WRONG}, verify=verify, **TIMES)
    assert result["failed"] and result["changed"] is True and result["error"]["kind"] == "not_registered"
    assert "the phone did not register line 1 within 1.5 s." in result["msg"]
    assert result["applied"] == [SERVER] and result["not_applied"] == [] and "rolled_back" not in result
    assert (result["lines_before"], result["lines_after"]) == ([1, 2], [2])


@pytest.mark.parametrize("verify", [True, False])
def test_it_is_undone_on_request_and_the_lines_are_awaited(phone: Phone, verify: bool) -> None:
    result = configure(phone, {SERVER: WRONG, IDLE: 60}, rollback_on_failure=True, verify=verify, **TIMES)
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "not_registered"
    assert result["rolled_back"] == sorted([SERVER, IDLE]) and result["after"] == {}
    assert written(phone) == [{SERVER: WRONG, IDLE: "60"}, {SERVER: OLD, IDLE: "40"}]
    assert "The previous values were written back. With these, its lines are registered again." in result["msg"]
    assert (result["lines_before"], result["lines_after"]) == ([1, 2], [1, 2])


def test_a_wrong_secret_can_not_be_undone_and_that_is_said(phone: Phone) -> None:
    def damage() -> None:
        while not phone.count("config/set"):
            time.sleep(0.01)
        phone.fault("unregistered", lines=[1])

    watch = threading.Thread(target=damage)
    watch.start()
    secret = {"reg.1.auth.password": "zq-wrong"}
    result = configure(phone, secret, rollback_on_failure=True, update_secrets="always", **TIMES)
    watch.join()
    assert result["error"]["kind"] == "not_registered" and result["secrets_written"] == list(secret)
    assert "A secret can't be written back: its previous value is not known." in result["msg"]
    assert "rolled_back" not in result and "zq-wrong" not in str(result)


def test_a_phone_that_does_not_tell_its_lines_is_not_written_to(phone: Phone) -> None:
    phone.fault("http", status="404", path="lineInfo", times=0)
    result = configure(phone, {IDLE: 60}, **TIMES)
    assert result["failed"] and "Nothing was written." in result["msg"] and phone.count("config/set") == 0


def test_a_phone_that_takes_its_time_is_awaited(phone: Phone) -> None:
    phone.switches.registering_seconds = 0.2
    phone.fault("unregistered", lines=[1])
    phone.fault("unregistered", lines=[2])
    phone.clear()  # both are registered at first
    mend = threading.Timer(1.5, phone.clear)

    def damage() -> None:
        while not phone.count("config/set"):
            time.sleep(0.01)
        phone.fault("unregistered")
        mend.start()

    watch = threading.Thread(target=damage)
    watch.start()
    result = configure(phone, {IDLE: 60}, **{**TIMES, "wait_timeout": 30.0})
    watch.join()
    mend.join()
    assert "failed" not in result and result["lines_after"] == [1, 2], result


def test_a_line_that_the_change_removes_is_not_awaited(phone: Phone) -> None:
    result = configure(phone, {"reg.2.address": ""}, **TIMES)
    assert "failed" not in result, result
    assert (result["lines_before"], result["lines_after"]) == ([1, 2], [1])


def test_a_line_that_was_not_registered_before_is_not_awaited(phone: Phone) -> None:
    phone.fault("unregistered", lines=[2])
    result = configure(phone, {IDLE: 60}, **TIMES)
    assert "failed" not in result and result["lines_before"] == result["lines_after"] == [1]


def test_a_phone_without_lines_has_nothing_to_wait_for(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(lines=0), tls=False).phones[0]
    result = configure(phone, {IDLE: 60}, **TIMES)
    assert "failed" not in result and result["lines_before"] == result["lines_after"] == []


def test_a_phone_that_goes_down_for_good_can_not_be_rolled_back(phone: Phone) -> None:
    phone.fault("never_back")
    down = threading.Timer(0.0, phone.restart)

    def pull() -> None:
        while phone.count("config/get") < 2:
            time.sleep(0.01)
        down.start()

    watch = threading.Thread(target=pull)
    watch.start()
    result = configure(phone, {IDLE: 60}, rollback_on_failure=True, **TIMES)
    watch.join()
    down.join()
    assert result["failed"] and result["changed"] is True and "lines_after" not in result
    assert result["lines_before"] == [1, 2] and "rolled_back" not in result
    assert "did not come back within 1.5 s. The previous values could not be written back." in result["msg"]


# -- with a restart


def test_lines_are_awaited_after_a_restart(phone: Phone) -> None:
    phone.switches.registering_seconds = 0.6
    result = configure(phone, {REBOOT: "ntp.example.org"}, restart="if_required", **{**TIMES, "wait_timeout": 30.0})
    assert "failed" not in result and result["restarted"] is True and phone.restarts == 1
    assert result["lines_after"] == [1, 2]


def test_what_was_restarted_is_restarted_again_after_the_rollback(phone: Phone) -> None:
    wanted = {SERVER: WRONG, REBOOT: "ntp.example.org"}
    result = configure(phone, wanted, restart="if_required", rollback_on_failure=True, **{**TIMES, "wait_timeout": 6.0})
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "not_registered", result
    assert phone.restarts == 2 and calls(phone).count("safeReboot") == 2
    assert result["restarted"] is True and result["restart_required"] == "no"
    assert result["lines_after"] == [1, 2] and phone.value(SERVER)[0] == OLD
    assert "With these, its lines are registered again." in result["msg"]


@pytest.mark.parametrize("when_busy", ["wait", "skip", "fail", "proceed"])
def test_a_call_comes_before_the_restart_after_a_rollback(phone: Phone, when_busy: str) -> None:
    def call() -> None:
        while phone.restarts < 1 or phone.lifecycle.state != "up":
            time.sleep(0.01)
        phone.ring("5551000", "Ann", 2)

    watch = threading.Thread(target=call)
    watch.start()
    wanted = {SERVER: WRONG, REBOOT: "ntp.example.org"}
    options = {**TIMES, "wait_timeout": 5.0, "busy_timeout": 0.5, "when_busy": when_busy}
    result = configure(phone, wanted, restart="if_required", rollback_on_failure=True, **options)
    watch.join()
    assert result["failed"] and result["changed"] is False and phone.restarts == 1
    assert result["restarted"] is False and result["restart_required"] == "yes" and REBOOT in result["restart_reasons"]
    assert "in a call" in result["msg"] and "needs another restart" in result["msg"]


def test_a_phone_that_is_not_ready_again_is_rolled_back(start_fleet: Any) -> None:
    switches = Switches(starting_seconds=3600.0)
    phone = start_fleet(PhoneSpec(switches=switches), tls=False).phones[0]
    result = configure(phone, {REBOOT: "ntp.example.org"}, restart="if_required", rollback_on_failure=True,
                       wait_timeout=2.0)  # fmt: skip
    assert result["failed"] and result["error"]["kind"] == "not_ready"
    assert result["rolled_back"] == [REBOOT] and result["changed"] is False


# -- what it does not cost


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_converged_phone_is_asked_nothing_more(phone: Phone, check_mode: bool) -> None:
    configure(phone, {IDLE: 60})
    phone.clear()
    result = configure(phone, {IDLE: 60}, check_mode, check_busy="before_write", **TIMES)
    assert result["changed"] is False and calls(phone) == ["get"] and "lines_before" not in result


def test_check_mode_changes_nothing_and_says_the_same(phone: Phone) -> None:
    foreseen = configure(phone, {SERVER: GOOD}, True, **TIMES)
    assert calls(phone) == ["get"]
    result = configure(phone, {SERVER: GOOD}, **TIMES)
    assert all(foreseen[key] == result[key] for key in ("changed", "before", "after", "restart_required"))


@pytest.mark.parametrize("firmware", ["5.4.0.10182", "5.9.3.2489", "6.4.6.2494"])
def test_every_firmware_tells_its_lines(start_fleet: Any, firmware: str) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware), tls=True).phones[0]
    result = configure(phone, {IDLE: 60}, **TIMES)
    assert "failed" not in result and result["lines_before"] == result["lines_after"] == [1], result
    assert result["firmware_after"].startswith(firmware[:5])


# -- lines of an earlier task


@pytest.mark.parametrize("check_mode", [False, True])
def test_lines_that_an_earlier_task_has_lost_are_looked_at_although_nothing_is_left_to_write(
    phone: Phone, check_mode: bool
) -> None:
    first = configure(phone, {SERVER: WRONG}, **TIMES)
    assert first["error"]["kind"] == "not_registered"
    again = configure(phone, {SERVER: WRONG}, check_mode, lines=[1, 2], rollback_on_failure=True, **TIMES)
    assert again["failed"] and again["changed"] is False and again["error"]["kind"] == "not_registered"
    assert "did not register line 1 within 1.5 s" in again["msg"] and "rolled_back" not in again
    assert (again["lines_before"], again["lines_after"]) == ([2], [2])
    phone.clear()  # the server has been put right
    time.sleep(0.4)
    mended = configure(phone, {SERVER: WRONG}, check_mode, lines=[1, 2], **TIMES)
    assert "failed" not in mended and mended["changed"] is False and mended["lines_after"] == [1, 2], mended
    assert phone.count("config/set") == 0 and phone.count("safeRestart") == 0


def test_a_line_that_the_earlier_task_has_removed_is_not_awaited(phone: Phone) -> None:
    configure(phone, {"reg.2.address": ""}, **TIMES)
    assert "failed" not in configure(phone, {"reg.2.address": ""}, lines=[1, 2], **TIMES)


def test_lines_are_not_looked_at_by_a_task_that_does_not_wait_for_them(phone: Phone) -> None:
    phone.set_layer("web", {SERVER: WRONG})
    result = configure(phone, {SERVER: WRONG}, lines=[1])
    assert "failed" not in result and calls(phone) == ["get"]


def test_a_line_that_no_phone_has_is_refused(phone: Phone) -> None:
    result = configure(phone, {IDLE: 60}, lines=[0], **TIMES)
    assert result["error"]["kind"] == "settings" and "lines must be" in result["msg"] and phone.count() == 0
