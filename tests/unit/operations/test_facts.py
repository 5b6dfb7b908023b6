# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_facts on every firmware: one shape, few requests, and no failure for what a phone does not have."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import facts
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.module_utils._steps.subsets import chosen

from simulator import Phone, PhoneSpec, Switches
from support.reach import run


def gather(phone: Phone, *subset: str, **connection: Any) -> dict[str, Any]:
    result = run(facts.run, phone, {"gather_subset": list(subset or ("device", "running_config"))}, **connection)
    return result["ansible_facts"]["vvx"] if "ansible_facts" in result else result


CALLS = sorted(set(facts.FACT_SUBSETS) - {"certificate"})
"""Subsets that a call gives."""
FIRMWARES = ["5.4.0.1", "5.7.0.1", "5.8.0.1", "5.9.3.1111", "6.4.0.1"]


@pytest.mark.parametrize("firmware", FIRMWARES)
@pytest.mark.parametrize("flavour", ["phone", "manual"])
def test_every_firmware_gives_the_same_shape(start_fleet: Any, firmware: str, flavour: Any) -> None:
    phone = start_fleet(
        PhoneSpec(firmware=firmware, flavour=flavour, model="VVX 501", lines=2, expansion_modules=1), tls=False
    ).phones[0]
    vvx = gather(phone, "all")
    device = vvx["device"]
    assert device["model"] == "VVX 501"
    assert device["firmware"] == firmware
    assert device["mac"].replace(":", "") == phone.mac and device["mac"].count(":") == 5
    assert isinstance(device["uptime_seconds"], int) and device["uptime_seconds"] >= 273906
    assert device["ipv4_address"] == phone.host
    assert "ipv6_address" not in device
    assert device["expansion_modules"] and set(device["expansion_modules"][0]) <= {"type", "version"}
    assert vvx["network"]["dhcp"] is True
    assert vvx["network"]["cdp"] is True
    assert [(line["line"], line["user"], line["registered"]) for line in vvx["lines"]] == [
        (1, "1001", True),
        (2, vvx["lines"][1]["user"], True),
    ]
    if firmware.startswith("5.4"):
        assert vvx["unsupported"] == ["running_config", "location", "transfer_type", "certificate"]
    else:
        assert vvx["transfer_type"] == "consultative"
        assert vvx["location"] == {}
        assert vvx["unsupported"] == ["certificate"], "plain HTTP"
        assert vvx["running_config"]["network"]["lldp"] is True
        assert isinstance(vvx["running_config"]["network"]["storm_filter_pps"], int)


@pytest.mark.parametrize(
    ("firmware", "subset", "requests"),
    [
        ("5.9.3.1", ["min"], ["/api/v2/mgmt/device/info"]),
        ("5.4.0.1", ["min"], ["/api/v2/mgmt/device/info", "/api/v1/mgmt/device/info"]),
        ("5.9.3.1", ["device", "running_config"], ["/api/v2/mgmt/device/info", "/api/v1/mgmt/device/runningConfig"]),
        ("5.9.3.1", ["network"], ["/api/v1/mgmt/network/info"]),
        ("5.9.3.1", ["lines"], ["/api/v1/mgmt/lineInfo", "/api/v2/mgmt/lineInfo"]),
    ],
)
def test_only_what_is_needed_is_asked(start_fleet: Any, firmware: str, subset: list[str], requests: list[str]) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware), tls=False).phones[0]
    gather(phone, *subset)
    assert [request.path for request in phone.log] == requests


@pytest.mark.parametrize(
    ("subset", "names"),
    [
        (["all"], ["device", "running_config", "network", "lines", "location", "transfer_type", "certificate"]),
        (["min"], ["device"]),
        (["!lines", "!network"], ["device", "running_config", "location", "transfer_type", "certificate"]),
        (["all", "!device"], ["running_config", "network", "lines", "location", "transfer_type", "certificate"]),
        (["lines", "device"], ["device", "lines"]),
        (["!all", "min"], []),
        ([], []),
    ],
)
def test_subsets(subset: list[str], names: list[str]) -> None:
    assert chosen("gather_subset", subset, facts.FACT_SUBSETS, ("device",)) == names


@pytest.mark.parametrize("wrong", ["Device", "hardware", "!", "!!x", ""])
def test_a_subset_that_is_none_is_named(wrong: str) -> None:
    with pytest.raises(SettingsError, match="is not a subset"):
        chosen("gather_subset", [wrong], facts.FACT_SUBSETS, ("device",))


def test_lines_that_are_not_registered_are_told(phone: Phone) -> None:
    phone.fault("unregistered", lines=[])
    assert [line["registered"] for line in gather(phone, "lines")["lines"]] == [False]


@pytest.mark.parametrize("firmware", FIRMWARES)
def test_lines_are_registrations_not_keys(start_fleet: Any, firmware: str) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware, lines=4), tls=False).phones[0]
    phone.set_layer("config", {"reg.1.lineKeys": "2", "reg.4.lineKeys": "3", "reg.3.address": None})
    phone.fault("unregistered", lines=[4])
    lines = gather(phone, "lines")["lines"]
    assert [(line["line"], line["line_keys"], line["registered"]) for line in lines] == [
        (1, [1, 2], True),
        (2, [3], True),
        (4, [4, 5, 6], False),
    ]
    asked = [request.path.rsplit("/", 1)[-1] for request in phone.log]
    assert asked == ["lineInfo", "lineInfo"] if firmware > "5.8" else asked == ["lineInfo", "lineInfo", "get"]


@pytest.mark.parametrize("firmware", FIRMWARES)
def test_one_key_a_line_and_a_gap(start_fleet: Any, firmware: str) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware, lines=3), tls=False).phones[0]
    phone.set_layer("config", {"reg.2.address": None})
    assert [(line["line"], line["line_keys"]) for line in gather(phone, "lines")["lines"]] == [(1, [1]), (3, [2])]


@pytest.mark.parametrize("subset", CALLS)
def test_garbage_is_a_clear_failure(phone: Phone, subset: str) -> None:
    phone.fault("wrong_types", times=0)
    result = gather(phone, subset)
    assert result["failed"] is True
    assert result["error"]["kind"] == "protocol"
    assert phone.host in result["msg"]


@pytest.mark.parametrize("subset", CALLS)
def test_rest_switched_off_is_a_failure_and_not_an_unsupported_subset(start_fleet: Any, subset: str) -> None:
    phone = start_fleet(PhoneSpec(rest="off"), tls=False).phones[0]
    assert gather(phone, subset)["error"]["kind"] == "rest_disabled"


def test_facts_that_look_like_the_password_are_not_damaged(start_fleet: Any) -> None:
    phone = start_fleet(
        PhoneSpec(mac="0004f2456abc", firmware="5.9.3.4560", admin_password="4560", switches=Switches()), tls=False
    ).phones[0]
    device = gather(phone, "min", password="4560")["device"]
    assert (device["mac"], device["firmware"]) == ("00:04:f2:45:6a:bc", "5.9.3.4560")
