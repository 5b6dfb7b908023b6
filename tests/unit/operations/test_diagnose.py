# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a phone can't be managed: the first thing that is wrong, and what to do about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import diagnose
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import as_dict, perform

from simulator import Fleet, Phone, PhoneSpec, Switches
from support.reach import reach, reach_tls


def steps(result: dict[str, Any]) -> dict[str, str]:
    return {step["name"]: step["outcome"] for step in result["steps"]}


def diagnosed(phone: Phone, fleet: Fleet | None = None, **changes: Any) -> dict[str, Any]:
    settings = reach_tls(phone, ca_path=fleet.ca_path) if fleet is not None else reach(phone)
    return as_dict(perform(diagnose.run, replace(settings, **changes), {}, False))


def test_a_phone_in_good_order(start_fleet: Any) -> None:
    fleet = start_fleet(PhoneSpec())
    result = diagnosed(fleet.phones[0], fleet)
    assert result["manageable"] is True and result["changed"] is False
    names = [
        "name",
        "connection",
        "tls",
        "certificate dates",
        "certificate",
        "clock",
        "authentication",
        "login",
        "firmware",
        "phone",
    ]
    assert list(steps(result)) == names and set(steps(result).values()) == {"ok"}
    assert (
        result["msg"] == f"{fleet.phones[0].host}: VVX 411 with UC Software 5.9.3.1111, MAC address 00:04:f2:00:00:01."
    )
    assert fleet.phones[0].auth_failures == 0


@pytest.mark.parametrize(
    ("spec", "step", "found", "remedy"),
    [
        (PhoneSpec(offline=True), "connection", "connection refused", "nothing listens on this port"),
        (PhoneSpec(rest="off"), "REST API", "HTTP 404", "apps.restapi.enabled"),
        (PhoneSpec(admin_password="another"), "login", "refused", "locked the account"),
        (PhoneSpec(certificate="factory"), "certificate", "does not trust the authority", "ca_path"),
        (PhoneSpec(tls_max="TLSv1"), "tls", "uses TLSv1", "tls_min_version: '1.0'"),
    ],
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1")
def test_the_first_thing_that_is_wrong(start_fleet: Any, spec: PhoneSpec, step: str, found: str, remedy: str) -> None:
    fleet = start_fleet(spec)
    result = diagnosed(fleet.phones[0], fleet)
    assert result["manageable"] is False and "failed" not in result
    last = result["steps"][-1]
    assert (last["name"], last["outcome"]) == (step, "failed") and found in last["found"] and remedy in last["remedy"]
    assert (
        result["msg"].startswith(f"{fleet.phones[0].host}: ")
        and last["found"] in result["msg"]
        and last["remedy"] in result["msg"]
    )
    assert [outcome for name, outcome in steps(result).items() if name != step and outcome == "failed"] == []
    assert fleet.phones[0].auth_failures <= 1


def test_a_factory_certificate_that_has_expired(start_fleet: Any) -> None:
    fleet = start_fleet(PhoneSpec(certificate="expired"))
    settings = reach_tls(fleet.phones[0], ca_path=fleet.factory_ca_path, verify_hostname="none")
    result = as_dict(perform(diagnose.run, settings, {}, False))
    assert steps(result)["certificate dates"] == "warning" and steps(result)["certificate"] == "failed"
    assert "expired or not yet valid" in result["msg"] and "clock" in result["msg"]


def test_the_factory_password(phone: Phone) -> None:
    phone.set_layer("device", {"device.auth.localAdminPassword": None})
    result = diagnosed(phone, password="456")
    assert result["steps"][-1]["name"] == "password" and "factory" in result["msg"] and phone.auth_failures == 0


def test_a_name_that_is_none(phone: Phone) -> None:
    result = diagnosed(phone, host="no-such-phone.invalid")
    assert steps(result) == {"name": "failed"} and "DNS" in result["msg"] and phone.count() == 0


@pytest.mark.parametrize(("firmware", "outcome"), [("5.4.0.1", "warning"), ("6.4.0.1", "ok")])
def test_old_firmware(start_fleet: Any, firmware: str, outcome: str) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware), tls=False).phones[0]
    result = diagnosed(phone)
    assert steps(result)["firmware"] == outcome and result["manageable"] is True
    assert steps(result)["tls"] == "warning", "plain HTTP"


def test_digest_alone_is_a_way_to_log_in(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(challenge="digest")), tls=False).phones[0]
    result = diagnosed(phone)
    assert result["manageable"] is True
    assert (
        next(step["found"] for step in result["steps"] if step["name"] == "authentication")
        == "the phone offers digest."
    )


def test_a_busy_phone_is_asked_once(phone: Phone) -> None:
    phone.fault("http", status="403", times=0)
    result = diagnosed(phone, retries=5)
    assert result["manageable"] is False and steps(result)["login"] == "failed" and phone.count() == 2, (
        "without a login, and with one"
    )


@pytest.mark.parametrize("kind", ["html", "truncated", "drop", "hang"])
def test_what_is_no_phone(phone: Phone, kind: str) -> None:
    phone.fault(kind, times=0)
    result = diagnosed(phone, timeout=0.5)
    assert result["manageable"] is False and result["steps"][-1]["remedy"]
