# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where vvx_config takes parameters from: files, a schema, patterns of secrets; and the check without a phone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import config, config_info, config_validate
from ansible_collections.polycom.vvx.plugins.module_utils._operations.config import SPEC as CONFIG
from ansible_collections.polycom.vvx.plugins.module_utils._operations.config_info import SPEC as CONFIG_INFO
from ansible_collections.polycom.vvx.plugins.module_utils._operations.config_validate import SPEC as CONFIG_VALIDATE
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import BadValues
from ansible_collections.polycom.vvx.plugins.module_utils._steps import desired

from simulator import Phone, PhoneSpec, Switches
from support import firmware
from support.reach import params, run

ON = 'device.set="1" device.a.set="1"'


def configure(phone: Phone, **options: Any) -> dict[str, Any]:
    return run(config.run, phone, params(CONFIG, wait_timeout=30.0, **options))


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_file_is_sent_with_what_it_needs_and_nothing_else(phone: Phone, tmp_path: Path) -> None:
    text = (
        '<a reg.1.label="Desk" up.idleTimeout="040" device.set="1" '
        'device.sntp.serverName.set="1" device.sntp.serverName="ntp" device.prov.password.set="1"/>'
    )
    result = configure(phone, src=[written(tmp_path, "a.cfg", text)])
    sets = {
        name: value
        for request in phone.log
        if request.path.endswith("config/set")
        for name, value in request.data.items()
    }
    assert sets == {
        "reg.1.label": "Desk",
        "device.set": "1",
        "device.sntp.serverName.set": "1",
        "device.sntp.serverName": "ntp",
    }
    assert "a.cfg:1: device.prov.password.set is left out" in result["warnings"][0]
    assert result["restart_reasons"] == {"device.sntp.serverName": "yes (guides flag device.* as a family)"}


def test_a_file_is_idempotent(phone: Phone, tmp_path: Path) -> None:
    options = {"src": [written(tmp_path, "a.cfg", '<a reg.1.label=" D &amp; K " call.callWaiting.enable="true"/>')]}
    configure(phone, **options)
    assert configure(phone, **options)["changed"] is False
    assert phone.count("config/set") == 1


def test_a_schema_stops_what_is_wrong_before_anything_is_sent(phone: Phone, tmp_path: Path) -> None:
    result = configure(
        phone,
        parameters={"reg.1.lable": "x", "firmware.new.enabled": "maybe", "reg.1.label": "x"},
        schema=[str(firmware.schema(tmp_path))],
    )
    assert result["error"]["kind"] == "bad_values"
    assert (
        "did you mean reg.1.label?" in result["msg"]
        and "firmware.new.enabled: 'maybe' is not a boolean" in result["msg"]
    )
    assert phone.count() == 0


def test_what_does_not_fit_the_bundled_table_is_a_warning_and_sent(phone: Phone) -> None:
    result = configure(phone, parameters={"pres.reg": 60, "reg.1.server.1.port": 70000})
    assert len(result["warnings"]) == 2 and "(built-in table; set schema to be sure)" in result["warnings"][0]
    assert phone.count("config/set") >= 1


def test_the_same_warning_is_given_once_for_all_parameters(phone: Phone) -> None:
    result = configure(phone, parameters={f"reg.{index}.address": 83 for index in range(1, 4)})
    assert result["warnings"] == [
        "reg.1.address, reg.2.address, reg.3.address: each is a text, but YAML reads a number and may change "
        "it (0123 becomes 83, 13:00 becomes 780): put the value in quotes."
    ]


def test_secrets_of_the_user_are_written_as_secrets_are(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(secrets="real")), tls=False).phones[0]
    options: dict[str, Any] = {"parameters": {"reg.1.displayName": "hunter2"}, "sensitive": ["reg.?.displayName"]}
    result = configure(phone, **options, update_secrets="always")
    assert result["secrets_written"] == ["reg.1.displayName"] and result["before"] == {} == result["after"]
    assert "hunter2" not in json.dumps(result)
    assert configure(phone, **options, update_secrets="never")["changed"] is False


def test_nothing_desired_is_no_wish(phone: Phone) -> None:
    assert "neither parameters nor src is set" in configure(phone)["msg"]
    assert phone.count() == 0


def test_a_wish_travels_without_files(tmp_path: Path) -> None:
    source = written(
        tmp_path, "a.cfg", '<a reg.1.label="Desk" firmware.new.enabled="yes" firmware.gate.secretWord="x"/>'
    )
    wish = params(CONFIG, src=[source], schema=[str(firmware.schema(tmp_path))], sensitive=["*.label"])
    carried = desired.portable(wish, keep=False)
    assert carried.warnings == []
    wish.pop("content")
    assert carried.params == {
        **wish,
        "parameters": {"reg.1.label": "Desk", "firmware.new.enabled": "1", "firmware.gate.secretWord": "x"},
        "src": [],
        "schema": [],
        "sensitive": ["*.label", "reg.1.label", "firmware.gate.secretWord"],
        "warn": False,
    }


def test_another_host_does_not_warn_again(phone: Phone, tmp_path: Path) -> None:
    source = written(tmp_path, "a.cfg", '<a up.idleTimeout="many"/>')
    wish = params(CONFIG, src=[source], parameters={"reg.1.label": 83})
    carried = desired.portable(wish, keep=False)
    assert len(carried.warnings) == 2 and "a.cfg:1: up.idleTimeout" in carried.warnings[0]
    assert len(run(config.run, phone, wish, check_mode=True)["warnings"]) == 2
    assert "warnings" not in run(config.run, phone, carried.params, check_mode=True)


def test_warnings_can_be_turned_off(phone: Phone, tmp_path: Path) -> None:
    wish = params(CONFIG, src=[written(tmp_path, "a.cfg", '<a up.idleTimeout="many"/>')], warn=False)
    assert desired.portable(wish, keep=False).warnings == []
    assert "warnings" not in run(config.run, phone, wish, check_mode=True)


def test_options_without_files_travel_as_they_are() -> None:
    wish = params(CONFIG, parameters={"up.idleTimeout": "many"})
    assert desired.portable(wish, keep=False) == desired.Carried(wish, [])


@pytest.mark.parametrize("operation", ["config", "config_info", "config_validate"])
@pytest.mark.parametrize("check_mode", [False, True])
def test_check_mode_stores_no_schema(
    phone: Phone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: str, check_mode: bool
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    schema = [str(firmware.schema(tmp_path))]
    if operation == "config":
        run(config.run, phone, params(CONFIG, parameters={"pres.reg": 3}, schema=schema), check_mode)
    elif operation == "config_info":
        run(config_info.run, phone, params(CONFIG_INFO, names=["pres.reg"], schema=schema), check_mode)
    else:
        config_validate.run(params(CONFIG_VALIDATE, parameters={"pres.reg": 3}, schema=schema), check_mode)
    assert len(list(tmp_path.glob("cache/polycom.vvx/*.json"))) == (0 if check_mode else 1)


@pytest.mark.parametrize(
    ("parameters", "fail_on", "fails"),
    [
        ({"up.idleTimeout": 60}, "warning", False),
        ({"pres.reg": 60}, "error", False),
        ({"pres.reg": 60}, "warning", True),
        ({"pres.reg": None}, "error", True),
        ({"pres.reg": None}, "never", False),
    ],
)
def test_when_a_check_fails(parameters: dict[str, Any], fail_on: str, fails: bool) -> None:
    result = config_validate.run(params(CONFIG_VALIDATE, parameters=parameters, fail_on=fail_on), check_mode=False)
    assert (result.error is not None) is fails
    assert bool(result.values["problems"]) is ("pres.reg" in parameters)


@pytest.mark.parametrize("parameters", [None, {"up.idleTimeout": 60, "reg.1.lable": "x"}])
def test_a_check_also_finds_what_is_overridden(tmp_path: Path, parameters: dict[str, Any] | None) -> None:
    base = written(tmp_path, "base.cfg", '<a up.idleTimeout="many"\n reg.1.lable="x"/>')
    site = written(tmp_path, "site.cfg", '<a up.idleTimeout="soon"\n>\n<b up.idleTimeout="60"/></a>')
    result = config_validate.run(
        params(CONFIG_VALIDATE, src=[base, site, site], parameters=parameters, fail_on="never"), check_mode=False
    )
    places = [
        (Path(problem["file"] or "-").name, problem["line"], problem["parameter"])
        for problem in result.values["problems"]
    ]
    here = [("-", None, "reg.1.lable")] if parameters else []
    twice = [] if parameters else [("site.cfg", 3, "up.idleTimeout")] * 2
    assert places == [
        *here,
        ("base.cfg", 1, "up.idleTimeout"),
        ("base.cfg", 2, "reg.1.lable"),
        ("site.cfg", 1, "up.idleTimeout"),
        *twice,
    ]
    assert result.values["checked"] == 2


def test_a_value_too_large_is_found_where_it_is_overridden(tmp_path: Path) -> None:
    base = written(tmp_path, "base.cfg", f'<a reg.1.label="{"x" * 20_000}" {ON} device.a="{"x" * 19_950}"/>')
    result = config_validate.run(
        params(CONFIG_VALIDATE, src=[base], parameters={"reg.1.label": "x", "device.a": "x"}, fail_on="never"),
        check_mode=False,
    )
    assert [problem["parameter"] for problem in result.values["problems"] if "20 KB" in problem["message"]] == [
        "device.a",
        "reg.1.label",
    ]


def test_a_check_tells_the_first_problems_and_lists_all() -> None:
    wrong = {f"a.b{index}": None for index in range(30)}
    result = config_validate.run(params(CONFIG_VALIDATE, parameters=wrong), check_mode=False)
    assert len(result.values["problems"]) == 30
    assert isinstance(result.error, BadValues)
    assert "30 errors and 0 warnings in 30 parameters" in result.error.message and "and 20 more" in result.error.message


@pytest.mark.parametrize("mode", ["always", "on_create"])
def test_an_empty_value_in_a_file_empties_neither_flash_nor_secrets(phone: Phone, tmp_path: Path, mode: str) -> None:
    empty = " ".join(
        f'{name}=""'
        for name in (
            "device.auth.localAdminPassword",
            "device.prov.user",
            "device.prov.password",
            "reg.1.auth.password",
        )
    )
    result = configure(phone, src=[written(tmp_path, "a.cfg", f"<a {empty} reg.1.label='Desk'/>")], update_secrets=mode)
    assert result["after"] == {"reg.1.label": "Desk"} and result["secrets_written"] == []
    expected = " ".join(result["warnings"])
    assert "device.auth.localAdminPassword, device.prov.password, device.prov.user: each is left out, as" in expected
    assert "reg.1.auth.password is left out: it is a secret without a value" in expected
    assert phone.count("config/set") == 1


@pytest.mark.parametrize("value", ["", "456", "123", "admin"])
@pytest.mark.parametrize("account", ["Admin", "User"])
def test_no_phone_gets_a_factory_password(phone: Phone, account: str, value: str) -> None:
    result = configure(phone, parameters={f"device.auth.local{account}Password": value}, update_secrets="always")
    assert (
        result["error"]["kind"] == "bad_values"
        and f"device.auth.local{account}Password {'is a factory password' if value else 'must not be empty'}"
        in result["msg"]
        and phone.count() == 0
    )


@pytest.mark.parametrize("value", [83, True, 0])
def test_a_secret_that_yaml_reads_as_a_number_is_refused(phone: Phone, value: Any) -> None:
    result = configure(phone, parameters={"reg.1.pin": value}, update_secrets="always")
    assert "reg.1.pin is a secret" in result["msg"] and "in quotes" in result["msg"] and phone.count() == 0


@pytest.mark.parametrize("when_busy", ["skip", "fail"])
def test_check_mode_foresees_that_people_are_in_the_way_of_a_restart(start_fleet: Any, when_busy: str) -> None:
    needs_restart = {"call.shared.oneTouchResume": True}  # the simulated phone does not restart by itself
    options = params(CONFIG, parameters=needs_restart, restart="always", when_busy=when_busy, wait_timeout=5.0)
    results = []
    for check_mode in (True, False):
        phone = start_fleet(PhoneSpec(), tls=False).phones[0]
        phone.ring("2002")
        results.append(run(config.run, phone, options, check_mode))
    for key in ("changed", "restarted", "restart_required", "failed"):
        assert results[0].get(key) == results[1].get(key), key
    assert results[0]["restarted"] is False
