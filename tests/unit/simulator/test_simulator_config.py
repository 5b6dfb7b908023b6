# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""config/get and config/set: layers, companions, ranges, and every switch that bears on them."""

from __future__ import annotations

from typing import Any

import pytest

from fleet_client import Client, StartPhone
from simulator import catalogue

GET = "v1/mgmt/config/get"
SET = "v1/mgmt/config/set"
THEME = {"device.set": "1", "device.theme": "Classic", "device.theme.set": "1"}


def test_catalogue_defaults_fit_their_ranges() -> None:
    for name in catalogue.names():
        parameter = catalogue.find(name)
        assert parameter is not None, name
        assert parameter.default == "" or parameter.allows(parameter.default), name


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("reg.34.label", True), ("reg.35.label", False), ("reg.0.label", False), ("reg.01.label", False),
        ("reg.1.server.4.address", True), ("reg.1.server.5.address", False), ("reg.label", False),
        ("device.theme.set", True), ("device.set", True), ("device.sec.TLS.customDeviceCert1.set", True),
        ("device.sec.TLS.customDeviceCert1.privateKey.set", False), ("Reg.1.label", False),
        ("call.callsPerLineKey.VVX101", True),
    ],
)  # fmt: skip
def test_names(client: Client, name: str, known: bool) -> None:
    assert (name in client.config(name)["data"]) == known


def test_get(client: Client) -> None:
    reply = client.config("up.idleTimeout", "reg.1.address", "device.theme")
    assert reply == {
        "data": {
            "up.idleTimeout": {"Value": "40", "Source": "default"},
            "reg.1.address": {"Value": "1001", "Source": "config"},
            "device.theme": {"Value": "", "Source": "device"},
        },
        "Status": "2000",
    }


def test_a_secret_that_is_set_reads_like_one_that_is_not(client: Client) -> None:
    password, key = "device.auth.localAdminPassword", "device.wifi.psk.key"
    data = client.config(password, key)["data"]
    assert data[password] == data[key] == {"Value": "", "Source": "device"}
    assert client.phone.value(password)[0] != client.phone.value(key)[0] == ""


def test_set_writes_the_web_layer(client: Client) -> None:
    assert client.status(SET, {"reg.1.label": " Desk "}) == "2000"
    assert client.config("reg.1.label")["data"]["reg.1.label"] == {"Value": " Desk ", "Source": "web"}
    assert client.phone.value("reg.1.label") == (" Desk ", "web")
    assert client.phone.violations == []


def test_layers(client: Client) -> None:
    name = "up.idleTimeout"
    for layer in ("sip", "config", "cloud", "web", "local"):
        client.phone.set_layer(layer, {name: layer})
        assert client.phone.value(name) == (layer, layer)
    assert client.status(SET, {name: "77"}) == "2000"
    assert client.phone.value(name) == ("local", "local")
    client.phone.set_layer("local", {name: None})
    assert client.phone.value(name) == ("77", "web")
    with pytest.raises(ValueError, match="unknown layer 'user'"):
        client.phone.set_layer("user", {})


def test_a_name_in_a_layer_is_known(start_phone: StartPhone) -> None:
    client = start_phone(layers={"config": {"new.in.9.9": "x"}})
    assert client.config("new.in.9.9")["data"]["new.in.9.9"]["Value"] == "x"


def test_twenty_parameters(client: Client) -> None:
    names = [f"reg.{index}.label" for index in range(1, 22)]
    assert len(client.config(*names[:20])["data"]) == 20
    assert client.post(GET, names).json() == {"Status": "4009"}
    assert client.status(SET, dict.fromkeys(names, "x")) == "4009"
    assert client.phone.value("reg.1.label") == ("1001", "config")
    assert client.phone.violations == ["21 parameters in one request"] * 2


@pytest.mark.parametrize("data", [[], {}, "reg.1.label", [1], None])
def test_get_refuses(client: Client, data: Any) -> None:
    assert client.status(GET, data) == "4000"


@pytest.mark.parametrize("data", [[], {}, "reg.1.label", ["reg.1.label"], None])
def test_set_refuses(client: Client, data: Any) -> None:
    assert client.status(SET, data) == "4000"


@pytest.mark.parametrize(
    ("switch", "shape"),
    [
        ("object", {"Param1": "no.such", "Param2": "nor.this"}),
        ("list", ["no.such", "nor.this"]),
        ("objects", [{"Param1": "no.such"}, {"Param2": "nor.this"}]),
    ],
)
def test_invalid_params(start_phone: StartPhone, switch: str, shape: object) -> None:
    reply = start_phone(invalid_params=switch).config("no.such", "reg.1.label", "nor.this")
    assert (reply["InvalidParams"], list(reply["data"]), reply["Status"]) == (shape, ["reg.1.label"], "2000")


@pytest.mark.parametrize(("switch", "status"), [("reported", "2000"), ("refused", "4000")])
def test_all_names_bad(start_phone: StartPhone, switch: str, status: str) -> None:
    assert start_phone(all_names_bad=switch).config("no.such")["Status"] == status


@pytest.mark.parametrize(
    ("switch", "status", "value"), [("refused", "4000", "1001"), ("partial", "4000", "A"), ("reported", "2000", "A")]
)
def test_bad_name_in_set(start_phone: StartPhone, switch: str, status: str, value: str) -> None:
    client = start_phone(bad_name=switch)
    reply = client.post(SET, {"reg.1.label": "A", "no.such": "1"}).json()
    assert reply["Status"] == status
    assert ("InvalidParams" in reply) == (switch == "reported")
    assert client.phone.value("reg.1.label")[0] == value


@pytest.mark.parametrize(("switch", "status"), [("ignored", "2000"), ("refused", "4000")])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("up.backlight.timeout", "61"), ("up.backlight.timeout", ""), ("up.backlight.timeout", "x"),
        ("call.callWaiting.enable", "2"), ("call.callWaiting.enable", "yes"), ("prov.polling.mode", "never"),
        ("prov.polling.time", "3:00"), ("reg.1.address", "x" * 257),
    ],
)  # fmt: skip
def test_out_of_range(start_phone: StartPhone, switch: str, status: str, name: str, value: str) -> None:
    client = start_phone(out_of_range=switch)
    before = client.phone.value(name)
    assert client.status(SET, {name: value}) == status
    assert client.phone.value(name) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("up.backlight.timeout", "60"), ("call.callWaiting.enable", "false"), ("prov.polling.mode", "REL"),
        ("reg.1.label", ""), ("voice.codecPref.G722", ""), ("tcpIpApp.sntp.gmtOffset", "-3600"),
    ],
)  # fmt: skip
def test_in_range(client: Client, name: str, value: str) -> None:
    assert client.status(SET, {name: value}) == "2000"
    assert client.phone.value(name) == (value, "web")


@pytest.mark.parametrize(("switch", "stored"), [("as_sent", ("0050", "true")), ("normalized", ("50", "1"))])
def test_stored_value(start_phone: StartPhone, switch: str, stored: tuple[str, str]) -> None:
    client = start_phone(stored_value=switch)
    client.status(SET, {"up.idleTimeout": "0050", "call.autoAnswer.SIP": "true"})
    assert (client.phone.value("up.idleTimeout")[0], client.phone.value("call.autoAnswer.SIP")[0]) == stored


@pytest.mark.parametrize("switch", ["refused", "converted"])
@pytest.mark.parametrize(("value", "text"), [(1, "1"), (True, "1"), (None, None), (["1"], None), ({"a": "1"}, None)])
def test_values_that_are_no_strings(start_phone: StartPhone, switch: str, value: object, text: str | None) -> None:
    client = start_phone(non_string=switch)
    accepted = switch == "converted" and text is not None
    assert client.status(SET, {"call.autoAnswer.SIP": value}) == ("2000" if accepted else "4000")
    assert client.phone.value("call.autoAnswer.SIP")[0] == (text if accepted else "0")
    assert client.phone.violations[0].startswith("value of call.autoAnswer.SIP is not a JSON string")


@pytest.mark.parametrize(("switch", "known"), [("sensitive", False), ("folded", True)])
def test_name_case(start_phone: StartPhone, switch: str, known: bool) -> None:
    client = start_phone(name_case=switch)
    assert ("REG.1.LABEL" in client.config("REG.1.LABEL")["data"]) == known
    client.status(SET, {"Up.IdleTimeout": "41"})
    assert client.phone.value("up.idleTimeout")[0] == ("41" if known else "40")


@pytest.mark.parametrize(
    ("switch", "value", "unset"), [("empty", "", ""), ("real", "line-1001", ""), ("masked", "********", "")]
)
def test_secrets(start_phone: StartPhone, switch: str, value: str, unset: str) -> None:
    client = start_phone(secrets=switch)
    data = client.config("reg.1.auth.password", "reg.2.auth.password")["data"]
    assert data["reg.1.auth.password"] == {"Value": value, "Source": "config"}
    assert data["reg.2.auth.password"] == {"Value": unset, "Source": "default"}


@pytest.mark.parametrize(
    ("switch", "status", "stored"), [("needed", "2000", ""), ("refused", "4000", ""), ("not_needed", "2000", "Large")]
)
@pytest.mark.parametrize(
    "sent", [{"device.font.size": "Large"}, {"device.set": "1", "device.font.size": "Large"},
             {"device.font.size": "Large", "device.font.size.set": "1"}],
)  # fmt: skip
def test_split_groups(start_phone: StartPhone, switch: str, status: str, stored: str, sent: dict[str, str]) -> None:
    client = start_phone(companions=switch)
    assert client.status(SET, sent) == status
    assert client.phone.value("device.font.size")[0] == stored
    assert client.phone.violations[0].startswith("split group: device.font.size without ")


def test_companion_alone(client: Client) -> None:
    assert client.status(SET, {"device.set": "1", "device.theme.set": "1"}) == "2000"
    assert client.phone.violations == ["split group: device.theme.set without its parameter"]


def test_device_parameter_goes_to_flash(client: Client) -> None:
    assert client.status(SET, {**THEME, "device.net.cdpEnabled": "0", "device.net.cdpEnabled.set": "1"}) == "2000"
    assert client.phone.value("device.theme") == ("Classic", "device")
    assert client.phone.violations == []


def test_shared_companion(client: Client) -> None:
    certificate = "device.sec.TLS.customDeviceCert1"
    group = {f"{certificate}.publicCert": "c", f"{certificate}.privateKey": "k", f"{certificate}.set": "1"}
    assert client.status(SET, {"device.set": "1", **group}) == "2000"
    assert client.phone.value(f"{certificate}.privateKey") == ("k", "device")
    assert client.phone.violations == []


@pytest.mark.parametrize(
    ("switch", "status", "value"), [("ignored", "2000", "1"), ("refused", "4000", "1"), ("applied", "2000", "0")]
)
def test_web_only(start_phone: StartPhone, switch: str, status: str, value: str) -> None:
    client = start_phone(web_only=switch)
    assert client.status(SET, {"apps.restapi.enabled": "0"}) == status
    assert client.phone.value("apps.restapi.enabled")[0] == value
    assert client.get("v1/mgmt/lineInfo").status_code == (200 if value == "1" else 404)


def test_ignored_names(client: Client) -> None:
    client.phone.fault("ignore_set", names=["reg.1.label"])
    assert client.status(SET, {"reg.1.label": "A", "reg.1.displayName": "B"}) == "2000"
    assert client.phone.value("reg.1.label") == ("1001", "config")
    assert client.phone.value("reg.1.displayName") == ("B", "web")


@pytest.mark.parametrize(("switch", "known"), [("missing", False), ("exists", True)])
def test_device_name(start_phone: StartPhone, switch: str, known: bool) -> None:
    client = start_phone(device_name=switch)
    assert ("device.local.deviceName" in client.config("device.local.deviceName")["data"]) == known
    name = "device.local.deviceName"
    wanted = {"device.set": "1", name: "Lobby", f"{name}.set": "1"}
    assert client.status(SET, wanted) == ("2000" if known else "4000")
