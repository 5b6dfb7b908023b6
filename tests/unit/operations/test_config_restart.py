# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_config restarts the phone when a change needs it, and writes back what was there before when a change fails."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import config
from ansible_collections.polycom.vvx.plugins.module_utils._operations.config import SPEC as CONFIG
from ansible_collections.polycom.vvx.plugins.module_utils._steps import waiting

from simulator import Phone, PhoneSpec, Switches
from support.reach import params, run

HARMLESS = {"reg.1.address": "1001-new"}
NEEDS_RESTART = {"reg.1.address": "1001-new", "device.sntp.serverName": "ntp.example.org"}
RESTARTS_BY_ITSELF = {"reg.1.address": "1001-new", "device.theme": "BroadSoft"}


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(waiting, "LONGEST_PAUSE", 0.2)


def configure(phone: Phone, parameters: dict[str, Any], check_mode: bool = False, **options: Any) -> dict[str, Any]:
    times = {"wait_timeout": 5.0, "busy_timeout": 5.0}
    return run(config.run, phone, params(CONFIG, **{"parameters": parameters, **times, **options}), check_mode)


def calls(phone: Phone) -> list[str]:
    return [request.path.rsplit("/", 1)[-1] for request in phone.log]


# -- restart


@pytest.mark.parametrize(
    ("parameters", "wish", "restarts"),
    [
        (HARMLESS, "never", False), (HARMLESS, "if_required", False), (HARMLESS, "always", True),
        (NEEDS_RESTART, "never", False), (NEEDS_RESTART, "if_required", True), (NEEDS_RESTART, "always", True),
    ],
)  # fmt: skip
def test_when_the_phone_is_restarted(phone: Phone, parameters: dict[str, Any], wish: str, restarts: bool) -> None:
    foreseen = configure(phone, parameters, check_mode=True, restart=wish)
    assert foreseen["restarted"] is restarts and phone.restarts == 0
    result = configure(phone, parameters, restart=wish)
    assert "failed" not in result, result
    assert result["restarted"] is restarts
    assert phone.restarts == int(restarts), "once, at the end"
    order = "safeReboot" if parameters is NEEDS_RESTART else "safeRestart"
    assert [call for call in calls(phone) if call.startswith("safe")] == [order] * restarts
    needed = "yes" if parameters is NEEDS_RESTART else "no"
    assert result["restart_required"] == ("no" if restarts else needed)
    if restarts:
        assert calls(phone)[-1] == "get", "read back after the restart"


@pytest.mark.parametrize("wish", ["never", "if_required", "always"])
def test_a_converged_phone_is_not_restarted_and_costs_no_request_more(phone: Phone, wish: str) -> None:
    configure(phone, HARMLESS)
    phone.clear()
    result = configure(phone, HARMLESS, restart=wish)
    assert result["changed"] is False and result["restarted"] is False
    assert calls(phone) == ["get"]


def test_a_phone_that_restarts_by_itself_is_awaited_and_not_restarted_again(phone: Phone) -> None:
    phone.switches.restart_delay = 0.0
    phone.fault("latency", seconds=0.3, path="config/get", after=1)
    result = configure(phone, RESTARTS_BY_ITSELF, restart="if_required")
    assert "failed" not in result, result
    assert result["restarted"] is True
    assert phone.restarts == 1 and not {"safeRestart", "safeReboot"} & set(calls(phone))
    assert phone.value("device.theme")[0] == "BroadSoft"


def test_a_phone_that_goes_down_just_then_is_awaited(phone: Phone) -> None:
    """The phone restarts by itself some time after the write, during the ordered restart."""
    phone.fault("restart", path="safeReboot", processed=False)
    result = configure(phone, NEEDS_RESTART, restart="if_required")
    assert "failed" not in result, result
    assert result["restarted"] is True
    assert phone.restarts == 1


def test_what_the_restart_undoes_is_found_out(phone: Phone) -> None:
    undo = threading.Timer(0.0, phone.set_layer, ["device", {"device.sntp.serverName": None}])

    def undone() -> None:
        while phone.lifecycle.state != "down":
            pass
        undo.start()

    watch = threading.Thread(target=undone)
    watch.start()
    result = configure(phone, NEEDS_RESTART, restart="if_required")
    watch.join()
    undo.join()
    assert result["failed"] and result["changed"] is True
    assert result["error"]["kind"] == "not_applied" and result["not_applied"] == ["device.sntp.serverName"]
    assert result["applied"] == ["reg.1.address"]


def test_people_come_first(phone: Phone) -> None:
    handle = phone.ring("5551000", "Ann")
    skipped = configure(phone, NEEDS_RESTART, restart="if_required", when_busy="skip")
    assert skipped["changed"] is True and skipped["restarted"] is False and skipped["restart_required"] == "yes"
    assert "it was not restarted and still needs a restart" in skipped["warnings"][0]
    failed = configure(phone, {"device.sntp.serverName": "ntp2.example.org"}, restart="if_required", when_busy="fail")
    assert failed["failed"] and failed["changed"] is True and failed["error"]["kind"] == "in_call"
    assert failed["applied"] == ["device.sntp.serverName"] and failed["not_applied"] == []
    assert phone.restarts == 0
    hang_up = threading.Timer(0.5, phone.hang_up, [handle])
    hang_up.start()
    waited = configure(phone, {"device.sntp.serverName": "ntp3.example.org"}, restart="if_required")
    hang_up.join()
    assert waited["restarted"] is True and phone.restarts == 1


def test_a_phone_that_does_not_come_back_has_been_changed(phone: Phone) -> None:
    phone.fault("never_back")
    result = configure(phone, NEEDS_RESTART, restart="if_required", wait_timeout=1.0)
    assert result["failed"] and result["changed"] is True and result["restarted"] is False
    assert sorted(result["applied"]) == sorted(NEEDS_RESTART)
    assert "The phone did not come back within 1 s." in result["msg"]


# -- rollback


def test_what_was_there_before_is_written_back(phone: Phone) -> None:
    phone.fault("ignore_set", names=["up.idleTimeout"])
    result = configure(
        phone, {"reg.1.label": "Desk", "up.idleTimeout": 60, "reg.2.label": "Hall"}, rollback_on_failure=True
    )
    assert result["failed"] and result["changed"] is False
    assert calls(phone) == ["get", "set", "get", "set", "get"]
    assert phone.log[3].data == {"reg.1.label": "1001", "reg.2.label": ""}
    assert result["rolled_back"] == ["reg.1.label", "reg.2.label"]
    assert result["applied"] == [] and result["not_applied"] == ["reg.1.label", "reg.2.label", "up.idleTimeout"]
    assert result["before"] == result["after"] == {} and "diff" not in result
    assert (result["batches"], result["requests"]) == (2, 5)
    assert result["msg"].index("up.idleTimeout") < result["msg"].index("The previous values were written back.")
    assert phone.value("reg.1.label")[0] == "1001"


def test_nothing_is_written_back_unless_wished(phone: Phone) -> None:
    phone.fault("ignore_set", names=["up.idleTimeout"])
    result = configure(phone, {"reg.1.label": "Desk", "up.idleTimeout": 60})
    assert result["changed"] is True and "rolled_back" not in result
    assert phone.value("reg.1.label")[0] == "Desk"


def test_nothing_to_write_back_is_not_claimed(phone: Phone) -> None:
    phone.fault("ignore_set", names=["up.idleTimeout"])
    result = configure(phone, {"up.idleTimeout": 60}, rollback_on_failure=True)
    assert "written back" not in result["msg"] and "rolled_back" not in result


def test_a_later_batch_that_fails_takes_the_earlier_ones_back(phone: Phone) -> None:
    phone.fault("status", status="5000", path="config/set", after=1)
    parameters = {f"reg.{line}.label": "x" for line in range(1, 31)}
    result = configure(phone, parameters, rollback_on_failure=True)
    assert result["error"]["kind"] == "phone_failed" and result["changed"] is False
    assert len(result["rolled_back"]) == 20 and len(result["not_applied"]) == 30
    assert {phone.value(name)[0] for name in parameters} <= {"", "1001"}


def test_a_secret_can_not_be_written_back_and_that_is_told(phone: Phone) -> None:
    phone.fault("ignore_set", names=["up.idleTimeout"])
    parameters = {"reg.2.auth.password": "an-unlikely-secret", "reg.1.label": "Desk", "up.idleTimeout": 60}
    result = configure(phone, parameters, rollback_on_failure=True)
    assert result["failed"] and result["changed"] is True
    assert result["secrets_written"] == ["reg.2.auth.password"] and result["rolled_back"] == ["reg.1.label"]
    assert "written back, except for reg.2.auth.password." in result["msg"]
    assert "an-unlikely-secret" not in str(result)


def test_a_rollback_that_fails_is_told(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches()), tls=False).phones[0]
    phone.fault("ignore_set", names=["up.idleTimeout"])
    phone.fault("status", status="5000", path="config/set", after=1)
    result = configure(phone, {"reg.1.label": "Desk", "up.idleTimeout": 60}, rollback_on_failure=True)
    assert result["failed"] and result["changed"] is True
    assert (
        result["rolled_back"] == []
        and result["after"] == {"reg.1.label": "Desk"}
        and result["before"] == {"reg.1.label": "1001"}
    )
    assert "except for reg.1.label." in result["msg"] and "The rollback failed" in result["msg"]


@pytest.mark.parametrize("path", ["pollForStatus", "device/info"])
def test_a_phone_that_goes_down_by_itself_at_any_moment_is_awaited(phone: Phone, path: str) -> None:
    phone.fault("restart", path=path, after=int(path == "device/info"), processed=False)
    result = configure(phone, NEEDS_RESTART, restart="if_required")
    assert "failed" not in result and result["restarted"] is True, result
    assert phone.lifecycle.state == "up" and phone.restarts == 1


def test_without_verify_a_value_that_did_not_take_is_no_failure_and_the_phone_is_restarted(phone: Phone) -> None:
    phone.fault("ignore_set", names=["reg.1.address"])
    result = configure(phone, HARMLESS, verify=False, restart="always")
    assert "failed" not in result and result["restarted"] is True


def test_a_reboot_during_the_wait_for_people_is_told_from_the_restart(phone: Phone) -> None:
    phone.ring("5551000", "Ann")
    unplug = threading.Timer(0.6, phone.restart)
    unplug.start()
    result = configure(phone, HARMLESS, restart="always", busy_timeout=30.0, wait_timeout=30.0)
    unplug.join()
    assert "failed" not in result and phone.lifecycle.state == "up", result
