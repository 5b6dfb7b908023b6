# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_reset on a simulated phone: which layer goes, what goes with it, and what it reports."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import reset
from ansible_collections.polycom.vvx.plugins.module_utils._operations.reset import SPEC as RESET
from ansible_collections.polycom.vvx.plugins.module_utils._steps import reboot, waiting

from simulator import Phone, PhoneSpec, Switches
from support.reach import params, run

LAYERS = {
    "local": {"up.idleTimeout": "50"},
    "web": {"reg.1.label": "Desk"},
    "device": {"device.sntp.serverName": "ntp.example.org"},
    "cloud": {"up.backlight.timeout": "20"},
}
NAMES = [name for layer in LAYERS.values() for name in layer]


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(waiting, "LONGEST_PAUSE", 0.2)
    monkeypatch.setattr(reboot, "SETTLED", 1.0)


def clear(phone: Phone, scope: str, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    return run(
        reset.run,
        phone,
        params(RESET, **{"scope": scope, "wait_timeout": 5.0, "busy_timeout": 1.0, **options}),
        check_mode,
    )


def posts(phone: Phone) -> list[str]:
    return [
        request.path for request in phone.log if request.method == "POST" and not request.path.endswith("config/get")
    ]


def sources(phone: Phone) -> set[str]:
    return {phone.value(name)[1] for name in NAMES}


@pytest.mark.parametrize("scope", ["local", "web", "cloud"])
def test_one_layer_goes_and_the_others_stay(start_fleet: Any, scope: str) -> None:
    phone = start_fleet(PhoneSpec(firmware="6.4.3.1004", layers=LAYERS), tls=False).phones[0]
    result = clear(phone, scope)
    assert result["changed"] is True and "failed" not in result, result
    assert posts(phone) == [f"/api/v1/mgmt/configReset/{scope}"]
    assert sources(phone) & set(LAYERS) == set(LAYERS) - {scope}
    assert result["cleared"] == [scope] and result["answers"] is True
    assert result["expected"] == [] and "warnings" not in result
    assert phone.restarts == 1


@pytest.mark.parametrize("scope", ["all", "factory"])
def test_what_clears_more_than_one_layer_needs_confirmation(phone: Phone, scope: str) -> None:
    result = clear(phone, scope)
    assert result["failed"] and result["changed"] is False
    assert (
        result["msg"]
        == f"{phone.host}: scope: {scope} clears several layers and requires confirm: true. Nothing was done."
    )
    assert phone.count() == 0


@pytest.mark.parametrize(
    ("scope", "path"), [("device", "configReset/device"), ("all", "configReset"), ("factory", "factoryReset")]
)
def test_a_password_that_goes_is_foretold_and_no_failure(start_fleet: Any, scope: str, path: str) -> None:
    phone = start_fleet(PhoneSpec(layers=LAYERS), tls=False).phones[0]
    foretold = clear(phone, scope, check_mode=True, confirm=True)
    assert posts(phone) == [] and foretold["changed"] is True
    result = clear(phone, scope, confirm=True)
    assert result["changed"] is True and "failed" not in result, result
    assert posts(phone) == [f"/api/v1/mgmt/{path}"]
    assert result["answers"] is False
    assert result["expected"] == foretold["expected"] == foretold["warnings"] == result["warnings"]
    assert "factory password" in " ".join(result["warnings"])
    assert phone.auth_failures <= 1


@pytest.mark.parametrize("scope", ["web", "all"])
def test_a_rest_api_that_goes_is_foretold_with_the_reason(start_fleet: Any, scope: str) -> None:
    phone = start_fleet(PhoneSpec(layers=LAYERS, rest="web"), tls=False).phones[0]
    foretold = clear(phone, scope, check_mode=True, confirm=True)
    assert "REST API is turned on in layer web, which this reset clears" in foretold["warnings"][0]
    result = clear(phone, scope, confirm=True)
    assert result["changed"] is True and result["answers"] is False and "failed" not in result, result
    assert result["expected"] == foretold["expected"]


def test_a_reprovisioned_phone_answers_after_a_factory_reset(start_fleet: Any) -> None:
    spec = PhoneSpec(
        switches=Switches(factory_reset="reprovisioned"),
        layers={"config": {"device.auth.localAdminPassword": "correct-horse", "device.set": "1"}},
    )
    phone = start_fleet(spec, tls=False).phones[0]
    result = clear(phone, "factory", confirm=True)
    assert result["changed"] is True and "failed" not in result
    assert (
        len(result["expected"]) == 1
        and "until its provisioning server or somebody sets both again" in result["expected"][0]
    )


def test_the_password_gone_against_expectation_is_a_failure(phone: Phone) -> None:
    phone.fault("back_default_password")
    result = clear(phone, "web")
    assert result["failed"] and result["changed"] is True and result["answers"] is False
    assert result["error"]["kind"] == "authentication_failed"


def test_it_never_comes_back(phone: Phone) -> None:
    phone.fault("never_back")
    result = clear(phone, "web", wait_timeout=1.0)
    assert result["failed"] and result["changed"] is True
    assert "The phone did not come back within 1 s." in result["msg"]


def test_a_phone_that_can_not_be_asked_afterwards_has_been_changed_all_the_same(phone: Phone) -> None:
    phone.set_layer("web", {"reg.1.label": "Desk"})
    phone.fault("http", status="500", path="config/get", after=1, times=0)
    result = clear(phone, "web", only_if_overridden=["reg.1.label"])
    assert result["failed"] and result["changed"] is True and result["error"]["kind"] == "phone_failed"


def test_a_reset_without_a_restart_is_checked_and_told(phone: Phone) -> None:
    phone.set_layer("web", {"reg.1.label": "Desk"})
    phone.fault("never_down")
    result = clear(phone, "web", only_if_overridden=["reg.1.label"], wait_timeout=1.0)
    assert result["failed"] and result["error"]["kind"] == "not_applied"
    assert "reg.1.label still come" in result["msg"]


# -- idempotence


def test_it_resets_only_what_is_overridden(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(layers=LAYERS), tls=False).phones[0]
    first = clear(phone, "web", only_if_overridden=["reg.1.label", "up.idleTimeout"])
    assert first["changed"] is True and first["overridden"] == {"reg.1.label": "web"}
    phone.clear()
    second = clear(phone, "web", only_if_overridden=["reg.1.label", "up.idleTimeout"])
    assert second["changed"] is False and second["overridden"] == {} and second["cleared"] == []
    assert phone.count() == 1 and posts(phone) == [], "one request tells that there is nothing to do"


def test_a_misspelt_name_stops_it(phone: Phone) -> None:
    result = clear(phone, "web", only_if_overridden=["reg.1.lable"])
    assert result["failed"] and result["error"]["kind"] == "unknown_parameters"
    assert "reg.1.lable (did you mean reg.1.label?)" in result["msg"] and "Nothing was reset" in result["msg"]
    assert posts(phone) == []


def test_more_names_than_one_request_takes(phone: Phone) -> None:
    names = [f"reg.{line}.label" for line in range(1, 31)]
    phone.set_layer("web", {"reg.30.label": "Desk"})
    result = clear(phone, "web", only_if_overridden=names)
    assert result["overridden"] == {"reg.30.label": "web"}
    assert phone.value("reg.30.label")[1] == "default"


# -- people first, and firmware


def test_people_come_first(phone: Phone) -> None:
    phone.ring("5551000", "Ann")
    assert clear(phone, "web", when_busy="fail")["error"]["kind"] == "in_call"
    assert clear(phone, "web", busy_timeout=0.3)["error"]["kind"] == "in_call"
    skipped = clear(phone, "web", when_busy="skip")
    assert skipped["skipped"] is True and skipped["changed"] is False and skipped["cleared"] == []
    assert "it was not reset" in skipped["msg"]
    assert posts(phone) == []
    assert clear(phone, "web", when_busy="proceed")["changed"] is True


def test_older_firmware_knows_no_cloud(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(firmware="5.8.0.12848"), tls=False).phones[0]
    result = clear(phone, "cloud")
    assert result["failed"] and result["changed"] is False
    assert result["error"]["kind"] == "not_supported" and "requires UC Software 6.0 or later" in result["msg"]


def test_a_phone_that_boots_is_not_taken_for_one_whose_rest_api_is_off(start_fleet: Any) -> None:
    """HTTP 404 is what it answers while it boots; REST is on in another layer, too."""
    switched_on = {"apps.restapi.enabled": "1"}
    switches = Switches(starting="http_404", starting_seconds=0.6)
    phone = start_fleet(
        PhoneSpec(layers={"web": switched_on, "config": switched_on}, switches=switches, boot_seconds=1.0), tls=False
    ).phones[0]
    result = clear(phone, "web")
    assert result["answers"] is True and "failed" not in result, result
    assert "Unless another layer turns it on" in result["expected"][0]


def test_a_reset_that_may_never_have_arrived_is_not_claimed(phone: Phone) -> None:
    phone.fault("drop", path="configReset/web")
    result = clear(phone, "web", wait_timeout=1.0)
    assert result["failed"] and result["changed"] is False and result["cleared"] == []
    assert phone.restarts == 0


def test_check_mode_knows_that_older_firmware_has_no_cloud(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(firmware="5.9.3.2489"), tls=False).phones[0]
    result = clear(phone, "cloud", check_mode=True)
    assert result["failed"] and result["error"]["kind"] == "not_supported"


@pytest.mark.parametrize("scope", ["local", "web", "cloud", "device", "all", "factory"])
@pytest.mark.parametrize("check_mode", [True, False])
def test_the_controller_forgets_the_secrets_that_the_phone_has_forgotten(
    start_fleet: Any, scope: str, check_mode: bool
) -> None:
    phone = start_fleet(PhoneSpec(firmware="6.4.3.1004", layers=LAYERS), tls=False).phones[0]
    result = clear(phone, scope, check_mode, confirm=True)
    forgets = scope in ("device", "all", "factory") and not check_mode
    memo = {"mac": "0004f2000001", "written": {}, "found": {}, "doubtful": [], "reset": True}
    assert result.get("_memo") == (memo if forgets else None)
