# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_provision on a simulated phone, whose provisioning server may have something new that restarts it, or nothing."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import provision
from ansible_collections.polycom.vvx.plugins.module_utils._operations.provision import SPEC as PROVISION
from ansible_collections.polycom.vvx.plugins.module_utils._steps import waiting

from simulator import Phone, PhoneSpec, Switches
from support.reach import params, run

RESTARTS = {"diags.pcap.enabled": "1"}


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(waiting, "LONGEST_PAUSE", 0.2)


@pytest.fixture
def phone(start_fleet: Any) -> Phone:
    """A phone on HTTPS: pollForStatus is not answered on plain HTTP."""
    polled: Phone = start_fleet().phones[0]
    return polled


def fetch(phone: Phone, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    connection = {name: options.pop(name) for name in ("password", "retries", "timeout", "username") if name in options}
    chosen = params(PROVISION, **{"watch": 0.6, "wait_timeout": 8.0, "busy_timeout": 2.0, **options})
    return run(provision.run, phone, chosen, check_mode, **connection)


def orders(phone: Phone) -> list[str]:
    return [request.path.rsplit("/", 1)[-1] for request in phone.log if request.method == "POST"]


@pytest.mark.parametrize("firmware", ["5.9.3.2489", "6.4.3.1004"])
@pytest.mark.parametrize("new", [{}, {"reg.1.label": "Desk"}])
def test_nothing_new_or_nothing_that_restarts(start_fleet: Any, firmware: str, new: dict[str, str]) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware), tls=False).phones[0]
    phone.provision(new)
    result = fetch(phone)
    assert "failed" not in result and (result["changed"], result["restarted"]) == (True, False), result
    assert orders(phone) == ["updateConfiguration"] and phone.restarts == 0
    assert phone.value("reg.1.label")[0] == new.get("reg.1.label", "1001")
    assert result["elapsed"] >= 0.5 and result["requests"] == phone.count()


@pytest.mark.parametrize(("told", "expected"), [("0", "0"), ("7", "7"), ("", None)])
def test_the_phones_own_code_is_told(start_fleet: Any, told: str, expected: str | None) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(provisioning_state=told))).phones[0]
    assert fetch(phone)["provisioning_state"] == expected
    assert fetch(phone, check_mode=True)["provisioning_state"] is None


@pytest.mark.parametrize(
    ("status", "kind"), [("4001", "busy"), ("4400", "invalid_parameters"), ("5500", "phone_failed")]
)
def test_what_the_second_manual_lists_has_its_kind(phone: Phone, status: str, kind: str) -> None:
    phone.fault("status", status=status, path="updateConfiguration", times=0)
    result = fetch(phone)
    assert (result["failed"], result["changed"], result["error"]["kind"]) == (True, False, kind)
    assert result["error"]["status"] == status and "restarted" not in result


def test_something_new_that_restarts(phone: Phone) -> None:
    phone.provision(RESTARTS)
    result = fetch(phone, watch=4.0)
    assert "failed" not in result and (result["changed"], result["restarted"]) == (True, True), result
    assert orders(phone) == ["updateConfiguration"] and phone.restarts == 1 and phone.lifecycle.state == "up"
    assert phone.value("diags.pcap.enabled") == ("1", "config")


def test_check_mode_sends_nothing(phone: Phone) -> None:
    phone.provision(RESTARTS)
    result = fetch(phone, True)
    assert (result["changed"], result["restarted"]) == (True, False) and orders(phone) == [] and phone.restarts == 0


@pytest.mark.parametrize("firmware", ["5.4.0.10182", "5.8.0.12848"])
def test_older_firmware(start_fleet: Any, firmware: str) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware), tls=False).phones[0]
    result = fetch(phone)
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "not_supported"
    assert (
        f"{phone.host}: the phone does not have POST /api/v1/mgmt/updateConfiguration." in result["msg"]
        and "since 5.9" in result["msg"]
    )


# -- people first


def test_a_call_is_awaited(phone: Phone) -> None:
    handle = phone.ring("5551000")
    phone.provision(RESTARTS)
    hang_up = threading.Timer(0.3, phone.hang_up, [handle])
    hang_up.start()
    result = fetch(phone, watch=4.0, busy_timeout=5.0)
    hang_up.join()
    assert "failed" not in result and result["restarted"] is True, result
    assert orders(phone) == ["updateConfiguration"]


def test_a_call_that_does_not_end(phone: Phone) -> None:
    phone.ring("5551000")
    result = fetch(phone, busy_timeout=0.3)
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "in_call"
    assert f"{phone.host}: the phone was still in a call (" in result["msg"] and orders(phone) == []


@pytest.mark.parametrize("check_mode", [False, True])
def test_a_phone_in_a_call_is_skipped_if_wished(phone: Phone, check_mode: bool) -> None:
    phone.ring("5551000")
    result = fetch(phone, check_mode, when_busy="skip")
    assert result["skipped"] is True and result["changed"] is False and result["restarted"] is False
    assert result["msg"].startswith(f"{phone.host}: the phone is in a call (") and result["msg"].endswith(
        "it did not fetch its configuration."
    )
    assert orders(phone) == []


@pytest.mark.parametrize("check_mode", [False, True])
def test_a_call_fails_the_task_if_wished(phone: Phone, check_mode: bool) -> None:
    phone.ring("5551000")
    result = fetch(phone, check_mode, when_busy="fail")
    assert (
        result["failed"] and result["changed"] is False and result["error"]["kind"] == "in_call" and orders(phone) == []
    )


def test_whoever_proceeds_leaves_the_call_to_the_phone(phone: Phone) -> None:
    handle = phone.ring("5551000")
    phone.provision(RESTARTS)
    result = fetch(phone, when_busy="proceed", watch=0.4)
    assert "failed" not in result and (result["changed"], result["restarted"]) == (True, False)
    assert (
        orders(phone) == ["updateConfiguration"]
        and phone.restarts == 0
        and [leg.handle for leg in phone.calls] == [handle]
    )


# -- lost answers, and phones that do not come back


def test_a_lost_answer_with_a_restart_to_prove_it(phone: Phone) -> None:
    phone.provision(RESTARTS)
    phone.fault("drop_after", path="updateConfiguration")
    result = fetch(phone, watch=4.0, retries=3)
    assert "failed" not in result and (result["changed"], result["restarted"]) == (True, True), result
    assert orders(phone) == ["updateConfiguration"]


@pytest.mark.parametrize("fault", ["drop", "drop_after", "html"])
def test_a_lost_answer_without_one(phone: Phone, fault: str) -> None:
    phone.fault(fault, path="updateConfiguration")
    result = fetch(phone, retries=3)
    assert result["failed"] and result["changed"] is True and result["error"]["kind"] == "not_restarted"
    assert (
        f"{phone.host}: the phone did not answer the request and did not restart; it may or may not have fetched its "
        "configuration." in result["msg"]
    )
    assert "is harmless" in result["msg"] and orders(phone) == ["updateConfiguration"]


def test_a_phone_that_refuses(phone: Phone) -> None:
    phone.fault("status", status="5000", path="updateConfiguration")
    result = fetch(phone)
    assert (
        result["failed"]
        and result["changed"] is False
        and result["error"]["kind"] == "phone_failed"
        and phone.host in result["msg"]
    )


def test_a_phone_that_does_not_come_back(phone: Phone) -> None:
    phone.provision(RESTARTS)
    phone.fault("never_back")
    result = fetch(phone, watch=4.0, wait_timeout=1.0)
    assert result["failed"] and result["changed"] is True and "unreachable" not in result
    assert (
        result["error"]["kind"] in ("unreachable", "connection_lost")
        and "The phone did not come back within 1 s." in result["msg"]
    )


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("back_default_password", "authentication_failed"),
        ("back_rest_off", "rest_disabled"),
        ("back_other_mac", "other_phone"),
    ],
)
def test_a_phone_that_comes_back_otherwise(phone: Phone, fault: str, kind: str) -> None:
    phone.provision(RESTARTS)
    phone.fault(fault)
    result = fetch(phone, watch=4.0, wait_timeout=2.0)
    assert result["failed"] and result["changed"] is True and result["error"]["kind"] == kind


def test_the_user_account_may_not(phone: Phone) -> None:
    result = fetch(phone, username="User", password=PhoneSpec().user_password)
    assert result["failed"] and result["changed"] is False and "it needs the admin account (Polycom)" in result["msg"]
    assert orders(phone) == []


def test_a_phone_that_comes_back_with_its_rest_api_off_has_restarted(phone: Phone) -> None:
    phone.provision(RESTARTS)
    phone.fault("back_rest_off")
    result = fetch(phone, watch=3.0, wait_timeout=1.5)
    assert result["restarted"] is True and result["failed"]
