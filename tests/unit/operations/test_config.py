# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_config on a simulated phone: what it sends and returns."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from simulator import Phone, PhoneSpec, Switches
from support.configuring import calls, configure, labels

DESIRED = {"reg.1.label": "Desk", "up.idleTimeout": 60, "call.callWaiting.enable": False}


# -- the main road


def test_what_differs_is_written_and_read_back(phone: Phone) -> None:
    result = configure(phone, DESIRED)
    assert calls(phone) == ["get", "set", "get"]
    assert phone.log[1].data == {"reg.1.label": "Desk", "up.idleTimeout": "60", "call.callWaiting.enable": "0"}
    assert result["changed"] is True
    assert result["before"] == {"reg.1.label": "1001", "up.idleTimeout": "40", "call.callWaiting.enable": "1"}
    assert result["after"] == {"reg.1.label": "Desk", "up.idleTimeout": "60", "call.callWaiting.enable": "0"}
    assert result["diff"]["before"] == "call.callWaiting.enable: 1\nreg.1.label: 1001\nup.idleTimeout: 40\n"
    assert result["diff"]["after"] == "call.callWaiting.enable: 0\nreg.1.label: Desk\nup.idleTimeout: 60\n"
    assert (result["batches"], result["requests"], result["restart_required"]) == (1, 3, "unknown")


def test_only_what_differs_is_written_and_only_that_is_read_back(phone: Phone) -> None:
    configure(phone, DESIRED)
    phone.clear()
    result = configure(phone, {**DESIRED, "reg.1.label": "Hall"})
    assert phone.log[1].data == {"reg.1.label": "Hall"}
    assert phone.log[2].data == ["reg.1.label"]
    assert result["before"] == {"reg.1.label": "Desk"}


def test_an_empty_value_is_sent_only_where_the_phone_does_not_use_its_default(phone: Phone) -> None:
    wanted = {"call.callWaiting.enable": "", "up.idleTimeout": "", "dialplan.impossibleMatchHandling": ""}
    result = configure(phone, wanted)
    assert result["changed"] is False and "warnings" not in result and calls(phone) == ["get"]
    phone.set_layer("web", {"up.idleTimeout": "60"})
    phone.clear()
    refused = configure(phone, wanted)
    assert phone.log[1].data == {"up.idleTimeout": ""}
    assert refused["error"]["kind"] == "not_applied" and "up.idleTimeout" in refused["msg"]


@pytest.mark.parametrize("count", [1, 20, 21, 40, 41, 100])
def test_a_converged_phone_costs_one_request_for_each_20_parameters(phone: Phone, count: int) -> None:
    configure(phone, labels(count))
    phone.clear()
    result = configure(phone, labels(count))
    assert result["changed"] is False
    assert "diff" not in result
    assert result["requests"] == phone.count() == math.ceil(count / 20)
    assert set(calls(phone)) == {"get"}


@pytest.mark.parametrize("count", [1, 20, 21, 45])
def test_writing_needs_as_few_requests_as_the_limit_allows(phone: Phone, count: int) -> None:
    result = configure(phone, labels(count))
    batches = math.ceil(count / 20)
    assert result["batches"] == phone.count("config/set") == batches
    assert result["requests"] == phone.count() == 3 * batches


def test_check_mode_predicts_exactly_and_only_reads(phone: Phone) -> None:
    predicted = configure(phone, {**DESIRED, "reg.1.auth.password": "s3cret"}, check_mode=True, update_secrets="always")
    assert set(calls(phone)) == {"get"}
    done = configure(phone, {**DESIRED, "reg.1.auth.password": "s3cret"}, update_secrets="always")
    assert {**predicted, "requests": 0} == {**done, "requests": 0}


def test_without_verify_nothing_is_read_back(phone: Phone) -> None:
    result = configure(phone, DESIRED, verify=False)
    assert calls(phone) == ["get", "set"]
    assert result["after"]["reg.1.label"] == "Desk"


def test_an_equal_value_is_never_written_whatever_layer_it_is_from(start_fleet: Any) -> None:
    layers = {
        "config": {"reg.1.label": "Desk"},
        "local": {"up.idleTimeout": "060"},
        "sip": {"call.callWaiting.enable": "false"},
    }
    phone = start_fleet(PhoneSpec(layers=layers), tls=False).phones[0]
    assert configure(phone, DESIRED)["changed"] is False
    assert phone.count("config/set") == 0
    assert phone.value("reg.1.label") == ("Desk", "config")


def test_what_was_there_before_can_be_written_back(phone: Phone) -> None:
    first = configure(phone, DESIRED)
    back = configure(phone, first["before"])
    assert back["after"] == first["before"]


def test_no_parameters_is_nothing_to_do_and_says_so(phone: Phone) -> None:
    result = configure(phone, {})
    assert result["changed"] is False
    assert "empty" in result["warnings"][0]
    assert phone.count() == 0


def test_any_text_arrives_as_it_is(phone: Phone) -> None:
    text = ' Zürich "☎" \\ <&> {{ not a template }} 漢字 '
    result = configure(phone, {"reg.1.label": text, "reg.1.displayName": ""})
    assert phone.value("reg.1.label") == (text, "web")
    assert result["after"]["reg.1.label"] == text
    assert json.dumps(text, ensure_ascii=False) in result["diff"]["after"], "blanks at the ends are shown in quotes"


# -- firmwares and switches


@pytest.mark.parametrize("firmware", ["5.4.0.1", "5.7.0.1", "5.8.0.1", "5.9.3.1", "6.4.0.1"])
@pytest.mark.parametrize("flavour", ["phone", "manual"])
def test_every_firmware_is_configured_alike(start_fleet: Any, firmware: str, flavour: Any) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware, flavour=flavour), tls=False).phones[0]
    result = configure(phone, DESIRED)
    assert result["after"] == {"reg.1.label": "Desk", "up.idleTimeout": "60", "call.callWaiting.enable": "0"}
    assert configure(phone, DESIRED)["changed"] is False


@pytest.mark.parametrize("shape", ["object", "list", "objects"])
@pytest.mark.parametrize("all_bad", ["reported", "refused"])
@pytest.mark.parametrize("known", [{}, {"reg.1.label": "Desk"}])
def test_unknown_names_are_refused_before_anything_is_written(
    start_fleet: Any, shape: Any, all_bad: Any, known: dict[str, str]
) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(invalid_params=shape, all_names_bad=all_bad)), tls=False).phones[0]
    result = configure(phone, {"reg.1.adress": "1001", "no.such.thing": 1, **known})
    assert result["failed"] is True and result["changed"] is False
    assert result["error"]["kind"] == "unknown_parameters"
    assert result["unknown"] == {"reg.1.adress": ["reg.1.address"], "no.such.thing": []}
    assert phone.host in result["msg"] and "did you mean reg.1.address?" in result["msg"]
    assert phone.count("config/set") == 0


def test_names_whose_letter_case_is_wrong_are_unknown(phone: Phone) -> None:
    result = configure(phone, {"up.idletimeout": 60})
    assert result["unknown"] == {"up.idletimeout": ["up.idleTimeout"]}


# -- bad input: refused offline, all at once


def test_every_bad_value_is_named_and_nothing_is_sent(phone: Phone) -> None:
    bad = {
        "a.null": None,
        "a.list": [1],
        "a.dict": {"x": 1},
        "a.float": 1.1,
        7: "x",
        "with blank": "x",
        "": "x",
        "good": "x",
    }
    result = configure(phone, bad)
    assert result["error"]["kind"] == "bad_values"
    for name in ("a.null", "a.list", "a.dict", "a.float", "'7'", "'with blank'", "''"):
        assert name in result["msg"]
    assert "good" not in result["msg"]
    assert phone.count() == 0


def test_a_value_over_20_kb_is_refused_before_anything_is_sent(phone: Phone) -> None:
    result = configure(phone, {"reg.1.label": "Desk", "device.sec.TLS.customCaCert1": "x" * 20_000})
    assert result["error"]["kind"] == "bad_values"
    assert "device.sec.TLS.customCaCert1 is too large for one request, which holds 20 KB" in result["msg"]
    assert phone.count() == 0


def test_large_values_are_spread_over_requests(phone: Phone) -> None:
    result = configure(phone, {f"sec.TLS.customCaCert.{index}": "x" * 9_000 for index in range(1, 5)})
    assert len(result["after"]) == 4
    assert phone.count("config/set") == 2
    assert max(request.size for request in phone.log) <= 20_000


def test_what_can_not_be_set_over_rest_is_refused_only_where_it_differs(phone: Phone) -> None:
    assert configure(phone, {"apps.restapi.enabled": True})["changed"] is False
    result = configure(phone, {"apps.restapi.enabled": False, "reg.1.label": "Desk"})
    assert "apps.restapi.enabled can't be set over REST" in result["msg"]
    assert phone.count("config/set") == 0


def test_a_text_without_quotes_is_doubtful(phone: Phone) -> None:
    result = configure(phone, {"reg.1.address": 83})
    assert "reg.1.address" in result["warnings"][0] and "quotes" in result["warnings"][0]


# -- companions


def test_device_parameters_bring_their_companions_in_one_request(phone: Phone) -> None:
    result = configure(phone, {"device.sntp.serverName": "ntp.example.org", "device.prov.serverType": "HTTP"})
    assert phone.log[1].data == {
        "device.set": "1",
        "device.sntp.serverName.set": "1",
        "device.sntp.serverName": "ntp.example.org",
        "device.prov.serverType.set": "1",
        "device.prov.serverType": "2",
    }
    assert set(result["after"]) == {"device.sntp.serverName", "device.prov.serverType"}
    assert result["restart_required"] == "yes"
    assert (
        configure(phone, {"device.sntp.serverName": "ntp.example.org", "device.prov.serverType": "http"})["changed"]
        is False
    )


def test_companions_that_the_user_wrote_are_taken_for_granted(phone: Phone) -> None:
    result = configure(
        phone, {"device.set": 1, "device.sntp.serverName.set": "1", "device.sntp.serverName": "ntp.example.org"}
    )
    assert result["before"] == {"device.sntp.serverName": ""}
    result = configure(phone, {"device.sntp.serverName.set": 0, "device.sntp.serverName": "other.example.org"})
    assert result["error"]["kind"] == "bad_values"
    assert "device.sntp.serverName.set is 0" in result["msg"]


# -- secrets


@pytest.mark.parametrize(
    ("on_phone", "mode", "source", "written"),
    [
        ("empty", "on_create", "default", True), ("empty", "on_create", "config", False),
        ("empty", "always", "config", True), ("empty", "never", "default", False),
        ("masked", "on_create", "config", False), ("masked", "always", "config", True),
        ("real", "on_create", "config", False), ("real", "always", "config", False),
        ("real", "never", "default", False),
    ],
)  # fmt: skip
def test_when_a_secret_is_written(start_fleet: Any, on_phone: Any, mode: str, source: str, written: bool) -> None:
    layers = {"config": {"reg.2.auth.password": "hunter2"}} if source == "config" else {}
    phone = start_fleet(PhoneSpec(layers=layers, switches=Switches(secrets=on_phone)), tls=False).phones[0]
    result = configure(phone, {"reg.2.auth.password": "hunter2"}, update_secrets=mode)
    assert result["changed"] is written
    assert result["secrets_written"] == (["reg.2.auth.password"] if written else [])
    compared = on_phone == "real" and source == "config"
    assert result["secrets_skipped"] == ([] if written or compared else ["reg.2.auth.password"])
    assert phone.count("config/set") == written
    assert "hunter2" not in json.dumps(result)


def test_a_secret_that_differs_and_is_readable_is_rotated_with_always(start_fleet: Any) -> None:
    phone = start_fleet(
        PhoneSpec(layers={"web": {"reg.2.auth.password": "old-one"}}, switches=Switches(secrets="real")), tls=False
    ).phones[0]
    result = configure(phone, {"reg.2.auth.password": "new-one"}, update_secrets="always")
    assert result["secrets_written"] == ["reg.2.auth.password"]
    assert "old-one" not in json.dumps(result) and "new-one" not in json.dumps(result)
    assert result["before"] == {}, "what may be fed back bears no secret"
    assert configure(phone, {"reg.2.auth.password": "new-one"}, update_secrets="always")["changed"] is False


def test_the_admin_password_is_changed_last_and_used_from_then_on(phone: Phone) -> None:
    desired = {**labels(25), "device.auth.localAdminPassword": "brand-new-horse"}
    result = configure(phone, desired, update_secrets="always")
    assert "failed" not in result
    sets = [request.data for request in phone.log if request.path.endswith("config/set")]
    assert "device.auth.localAdminPassword" in sets[-1]
    assert phone.auth_failures == 0
    assert configure(phone, labels(25), password="brand-new-horse")["changed"] is False


@pytest.mark.parametrize(
    ("fault", "sent"),
    [("drop", ["get", "set", "get", "set", "get"]), ("drop_after", ["get", "set", "get", "get", "get"])],
)
def test_a_new_admin_password_whose_reply_is_lost(phone: Phone, fault: Any, sent: list[str]) -> None:
    phone.fault(fault, path="config/set")
    result = configure(phone, {"device.auth.localAdminPassword": "brand-new-horse"}, update_secrets="always")
    assert "failed" not in result, result
    assert calls(phone) == sent
    assert phone.auth_failures == (fault == "drop_after"), "the old one is tried once"
    assert configure(phone, DESIRED, password="brand-new-horse")["changed"] is True


def test_a_password_that_is_refused_after_a_write_is_not_tried_again(phone: Phone) -> None:
    phone.fault("back_default_password")
    phone.fault("restart", path="config/set", processed=False)
    result = configure(phone, DESIRED)
    assert result["error"]["kind"] == "authentication_failed" and result["changed"] is True
    assert phone.auth_failures == 1
