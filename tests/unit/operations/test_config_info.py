# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_config_info on a simulated phone: names and patterns, few requests, and no secret ever returned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import config_info
from ansible_collections.polycom.vvx.plugins.module_utils._operations.config_info import SPEC as CONFIG_INFO
from ansible_collections.polycom.vvx.plugins.module_utils._operations.config_info import expanded
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError

from simulator import Phone, PhoneSpec, Switches
from support import firmware
from support.reach import params, run

FIRMWARES = ["5.4.0.10182", "5.7.0.11768", "5.8.0.12848", "5.9.3.2489", "6.4.3.1004"]


def look(phone: Phone, *names: str, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    return run(config_info.run, phone, params(CONFIG_INFO, names=list(names), **options), check_mode)


# -- what comes back


@pytest.mark.parametrize("version", FIRMWARES)
@pytest.mark.parametrize("flavour", ["phone", "manual"])
def test_value_and_source(start_fleet: Any, version: str, flavour: Any) -> None:
    layers = {
        "web": {"reg.1.label": "Desk"},
        "local": {"up.idleTimeout": "60"},
        "device": {"device.sntp.serverName": "pool.ntp.org"},
    }
    phone = start_fleet(PhoneSpec(firmware=version, flavour=flavour, layers=layers), tls=False).phones[0]
    result = look(
        phone, "reg.1.label", "reg.1.address", "up.idleTimeout", "call.callWaiting.enable", "device.sntp.serverName"
    )
    assert result["parameters"] == {
        "reg.1.label": {"value": "Desk", "source": "web", "secret": False},
        "reg.1.address": {"value": "1001", "source": "config", "secret": False},
        "up.idleTimeout": {"value": "60", "source": "local", "secret": False},
        "call.callWaiting.enable": {"value": "1", "source": "default", "secret": False},
        "device.sntp.serverName": {"value": "pool.ntp.org", "source": "device", "secret": False},
    }
    assert (result["changed"], result["unknown"], result["requests"]) == (False, {}, 1)
    assert [request.path for request in phone.log] == ["/api/v1/mgmt/config/get"]


@pytest.mark.parametrize(("count", "requests"), [(1, 1), (20, 1), (21, 2), (40, 2), (41, 3)])
def test_twenty_names_cost_a_request(start_fleet: Any, count: int, requests: int) -> None:
    phone = start_fleet(tls=False).phones[0]
    names = [f"reg.{index % 34 + 1}.{('label', 'displayName')[index // 34]}" for index in range(count)]
    result = look(phone, *names)
    assert phone.count() == phone.count("config/get") == result["requests"] == requests
    assert [name for request in phone.log for name in request.data] == names
    assert list(result["parameters"]) == names


def test_check_mode_reads_all_the_same(phone: Phone) -> None:
    assert look(phone, "reg.1.label", check_mode=True)["parameters"]["reg.1.label"]["value"] == "1001"


def test_a_pattern_is_asked_for_name_by_name(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(lines=3), tls=False).phones[0]
    result = look(phone, "reg.[1-2,3].server.[1-2].address", "reg.2.server.1.address")
    names = [f"reg.{line}.server.{server}.address" for line in (1, 2, 3) for server in (1, 2)]
    assert phone.log[0].data == names and list(result["parameters"]) == names
    assert result["parameters"]["reg.3.server.1.address"]["value"] == "sip.example.org"


@pytest.mark.parametrize(
    ("sources", "names"),
    [(["web"], ["reg.1.label"]), (["default", "web"], ["reg.1.label", "up.idleTimeout"]), (["cloud"], [])],
)
def test_only_certain_layers(phone: Phone, sources: list[str], names: list[str]) -> None:
    phone.set_layer("web", {"reg.1.label": "Desk"})
    result = look(phone, "reg.1.label", "reg.1.address", "up.idleTimeout", "no.such.name", sources=sources)
    assert list(result["parameters"]) == names
    assert list(result["unknown"]) == ["no.such.name"]


# -- secrets


@pytest.mark.parametrize("secrets", ["empty", "masked", "real"])
def test_a_secret_is_never_returned(start_fleet: Any, secrets: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(secrets=secrets)), tls=False).phones[0]
    result = look(phone, "reg.1.auth.password", "device.auth.localAdminPassword", "reg.1.auth.userId")
    assert result["parameters"]["reg.1.auth.password"] == {"value": None, "source": "config", "secret": True}
    assert result["parameters"]["device.auth.localAdminPassword"] == {"value": None, "source": "device", "secret": True}
    assert result["parameters"]["reg.1.auth.userId"]["value"] == "1001"
    for secret in ("line-1001", PhoneSpec().admin_password, "********"):
        assert secret not in json.dumps(result)


# -- what the phone does not know


@pytest.mark.parametrize("all_names_bad", ["reported", "refused"])
@pytest.mark.parametrize("invalid_params", ["object", "list", "objects"])
def test_unknown_names_are_no_failure(start_fleet: Any, all_names_bad: Any, invalid_params: Any) -> None:
    phone = start_fleet(
        PhoneSpec(switches=Switches(all_names_bad=all_names_bad, invalid_params=invalid_params)), tls=False
    ).phones[0]
    result = look(phone, "reg.1.lable", "reg.1.label")
    assert "failed" not in result and list(result["parameters"]) == ["reg.1.label"]
    assert list(result["unknown"]) == ["reg.1.lable"] and result["unknown"]["reg.1.lable"][0] == "reg.1.label"
    result = look(phone, "reg.2.adress", "zzz.zzz")
    assert "failed" not in result and result["parameters"] == {}
    assert result["unknown"]["reg.2.adress"][0] == "reg.2.address" and result["unknown"]["zzz.zzz"] == []
    assert result["requests"] == phone.count() - 1


# -- what can't be asked for


@pytest.mark.parametrize(
    ("patterns", "names"),
    [
        (["reg.1.label"], ["reg.1.label"]),
        (["reg.[1-3].label"], ["reg.1.label", "reg.2.label", "reg.3.label"]),
        (["reg.[2,1].label"], ["reg.2.label", "reg.1.label"]),
        (["a.[1-2,5, 7 - 8]"], None),
        (["a.[1-2, 5]"], ["a.1", "a.2", "a.5"]),
        (["a.[1,1-2]", "a.2", "a.1"], ["a.1", "a.2"]),
        (["[1-2].[1-2]"], ["1.1", "1.2", "2.1", "2.2"]),
        (["a.[08-10]"], ["a.8", "a.9", "a.10"]),
        (["a.[3-3]"], ["a.3"]),
        ([], []),
    ],
)
def test_patterns(patterns: list[str], names: list[str] | None) -> None:
    if names is None:
        with pytest.raises(SettingsError, match="not a range of indices"):
            expanded(patterns)
    else:
        assert expanded(patterns) == names


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", "'' is not a parameter name"),
        ("reg 1.label", "'reg 1.label' is not a parameter name"),
        ("reg.1.läbel", "'reg.1.läbel' is not a parameter name"),
        ("reg.\n.label", "is not a parameter name"),
        ("reg.[].label", "has [], which is not a range of indices"),
        ("reg.[1-].label", "has [1-], which is not a range of indices"),
        ("reg.[-1].label", "has [-1], which is not a range of indices"),
        ("reg.[1,,2].label", "has [1,,2], which is not a range of indices"),
        ("reg.[1-2-3].label", "has [1-2-3], which is not a range of indices"),
        ("reg.[100000].label", "has [100000], which is not a range of indices"),
        ("reg.[6-1].label", "has [6-1], which runs backwards"),
        ("reg.[a-b].label", "has a bracket without a range of indices"),
        ("reg.[1-6.label", "has a bracket without a range of indices"),
        ("reg.1].label", "has a bracket without a range of indices"),
        ("reg.[[1-2]].label", "has a bracket without a range of indices"),
        ("reg.[1-99999].label", "expands to more than 10000 names"),
        ("reg.[1-101].server.[1-100].address", "expands to more than 10000 names"),
    ],
)
def test_a_pattern_that_is_none(phone: Phone, pattern: str, expected: str) -> None:
    result = look(phone, "reg.1.label", pattern)
    assert result["failed"] and result["error"]["kind"] == "settings"
    assert expected in result["msg"] and "reg.[1-6].address" in result["msg"]
    assert phone.count() == 0


def test_all_wrong_patterns_are_named_at_once(phone: Phone) -> None:
    result = look(phone, "reg.[6-1].label", "reg.1.label", "a b", "reg.[x].label", "reg.[1-2].address")
    assert (
        "names: 'reg.[6-1].label' has [6-1], which runs backwards; 'a b' is not a parameter name; "
        "'reg.[x].label' has a bracket without a range of indices." in result["msg"]
    )
    assert phone.count() == 0


def test_ten_thousand_names_are_enough() -> None:
    assert len(expanded(["a.[1-100].b.[1-100]"])) == 10_000
    assert len(expanded(["a.[1-5000]", "b.[1-5000]"])) == 10_000
    assert len(expanded(["a.[1-10000]", "a.1"])) == 10_000
    with pytest.raises(SettingsError, match="expands to more than 10000 names"):
        expanded(["a.[" + ",".join(["0-99999"] * 50) + "]"])
    with pytest.raises(SettingsError, match="10001 names are too many"):
        expanded(["a.[1-5000]", "b.[1-5001]"])


# -- what goes wrong


@pytest.mark.parametrize("fault", ["wrong_types", "list", "html", "empty"])
def test_garbage_is_a_clear_failure(phone: Phone, fault: str) -> None:
    phone.fault(fault)
    result = look(phone, "reg.1.label")
    assert result["failed"] and result["error"]["kind"] == "protocol" and result["error"]["host"] == phone.host


def test_the_third_request_fails(phone: Phone) -> None:
    phone.fault("status", status="5000", path="config/get", after=2)
    result = look(phone, "reg.[1-34].label", "reg.[1-34].displayName")
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "phone_failed"
    assert phone.count() == 3


def test_the_user_account_may_not(start_fleet: Any) -> None:
    phone = start_fleet(tls=False).phones[0]
    options = params(CONFIG_INFO, names=["reg.1.label"])
    result = run(config_info.run, phone, options, username="User", password=PhoneSpec().user_password)
    assert (
        result["failed"]
        and result["error"]["kind"] == "busy"
        and "it needs the admin account (Polycom)" in result["msg"]
    )


@pytest.mark.parametrize("elsewhere", [False, True])
def test_what_the_schema_calls_a_secret_is_one(start_fleet: Any, tmp_path: Path, elsewhere: bool) -> None:
    phone = start_fleet(PhoneSpec(layers={"web": {"firmware.gate.secretWord": "zq-word"}}), tls=False).phones[0]
    options = params(
        CONFIG_INFO,
        names=["firmware.gate.secretWord", "reg.[1-2].label"],
        sensitive=["reg.1.*"],
        schema=[str(firmware.schema(tmp_path))],
    )
    if elsewhere:
        carried = config_info.portable(options, keep=False)
        options = carried.params
        assert (options["schema"], carried.warnings) == ([], [])
        assert options["sensitive"] == ["reg.1.*", "firmware.gate.secretWord", "reg.1.label"]
    result = run(config_info.run, phone, options)
    assert result["parameters"]["firmware.gate.secretWord"] == {"value": None, "source": "web", "secret": True}
    assert [name for name, expected in result["parameters"].items() if expected["secret"]] == [
        "firmware.gate.secretWord",
        "reg.1.label",
    ]
    assert "zq-word" not in json.dumps(result)


def test_a_schema_that_is_none_is_told(phone: Phone, tmp_path: Path) -> None:
    result = run(config_info.run, phone, params(CONFIG_INFO, names=["reg.1.label"], schema=[str(tmp_path)]))
    assert result["error"]["kind"] == "bad_values" and "contains no schema" in result["msg"] and phone.count() == 0


def test_what_the_user_calls_a_secret_is_one(phone: Phone) -> None:
    result = run(
        config_info.run, phone, params(CONFIG_INFO, names=["reg.1.label", "reg.1.address"], sensitive=["*.LABEL"])
    )
    assert result["parameters"]["reg.1.label"] == {"value": None, "source": "config", "secret": True}
    assert result["parameters"]["reg.1.address"]["value"] == "1001"
