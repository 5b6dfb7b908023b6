# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restarts, reboots and resets, and how a phone comes back."""

from __future__ import annotations

import pytest
import requests

from fleet_client import Client, StartPhone, cut_off, until

INFO1 = "v1/mgmt/device/info"
INFO2 = "v2/mgmt/device/info"
SET = "v1/mgmt/config/set"


def restart(client: Client, path: str = "safeRestart") -> None:
    """Restart and wait until the phone is back."""
    before = client.phone.restarts
    assert client.status(f"v1/mgmt/{path}") == "2000"
    until(lambda: client.phone.restarts > before and client.phone.lifecycle.state == "up")


@pytest.mark.parametrize("path", ["safeRestart", "safeReboot"])
def test_restart(start_phone: StartPhone, path: str) -> None:
    client = start_phone(restart_delay=0.5)
    assert client.status(f"v1/mgmt/{path}") == "2000"
    assert client.data(INFO2)["IntendToShutdown"] == "True"
    until(lambda: client.phone.lifecycle.state == "down")
    assert cut_off(client.phone)
    until(lambda: client.phone.lifecycle.state == "up")
    assert client.data(INFO2)["UpTime"]["Days"] == "0"
    assert client.phone.restarts == 1


def test_restart_waits_for_calls(client: Client) -> None:
    handle = client.phone.ring("1002")
    assert client.status("v1/mgmt/safeRestart") == "2000"
    info = client.data(INFO2)
    assert (info["CanApplyShutdownRequest"], info["IntendToShutdown"]) == ("False", "True")
    assert info["AppState"] == "AppStateCall"
    assert client.phone.restarts == 0
    client.phone.hang_up(handle)
    until(lambda: client.phone.restarts == 1)


def test_later_orders_replace_a_waiting_restart(client: Client) -> None:
    client.phone.set_layer("web", {"reg.1.label": "Desk"})
    client.phone.ring("1002")
    assert client.status("v1/mgmt/safeRestart") == "2000"
    assert client.status("v1/mgmt/configReset/web") == "2000"
    client.phone.restart()
    until(lambda: client.phone.restarts == 1 and client.phone.lifecycle.state == "up")
    assert client.phone.value("reg.1.label") == ("1001", "config")


@pytest.mark.parametrize(("switch", "days"), [("reset", "0"), ("kept", "3")])
def test_uptime(start_phone: StartPhone, switch: str, days: str) -> None:
    client = start_phone(restart_uptime=switch)
    restart(client)
    assert client.data(INFO2)["UpTime"]["Days"] == days
    restart(client, "safeReboot")
    assert client.data(INFO2)["UpTime"]["Days"] == "0"


@pytest.mark.parametrize("switch", ["not_ready", "http_403", "http_404"])
def test_starting(start_phone: StartPhone, switch: str) -> None:
    client = start_phone(starting=switch, starting_seconds=0.2)
    client.phone.restart()
    until(lambda: client.phone.lifecycle.state == "starting")
    if switch == "not_ready":
        assert client.data(INFO2)["ReadyToUse"] == "False"
        assert client.data("v1/mgmt/pollForStatus")["State"] == "Error"
        assert client.data("v1/mgmt/lineInfo")[0]["RegistrationStatus"] == "unregistered"
    else:
        assert client.get(INFO1).status_code == int(switch[-3:])
    until(lambda: client.phone.lifecycle.state == "up")
    assert client.data(INFO2)["ReadyToUse"] == "True"


@pytest.mark.parametrize(
    "values",
    [
        {"msg.mwi.1.led": "0"},
        {"diags.pcap.enabled": "1"},
        {"device.set": "1", "device.theme": "Classic", "device.theme.set": "1"},
    ],
)
def test_parameters_that_restart(client: Client, values: dict[str, str]) -> None:
    assert client.status(SET, values) == "2000"
    until(lambda: client.phone.restarts == 1 and client.phone.lifecycle.state == "up")
    # The same value again is no change.
    assert client.status(SET, values) == "2000"
    assert client.phone.lifecycle.state == "up"


@pytest.mark.parametrize(("switch", "leaves"), [("listed", False), ("all", True)])
def test_device_restarts(start_phone: StartPhone, switch: str, leaves: bool) -> None:
    client = start_phone(device_restarts=switch)
    quiet = {"device.set": "1", "device.net.cdpEnabled": "0", "device.net.cdpEnabled.set": "1"}
    assert client.status(SET, quiet) == "2000"
    assert client.phone.lifecycle.state == "up"
    loud = {"device.set": "1", "device.prov.user": "x", "device.prov.user.set": "1"}
    assert client.status(SET, loud) == "2000"
    assert (client.phone.lifecycle.state != "up") == leaves


@pytest.mark.parametrize(("switch", "value"), [("cleared", "0"), ("kept", "1")])
def test_companions_after_restart(start_phone: StartPhone, switch: str, value: str) -> None:
    client = start_phone(companions_after_restart=switch)
    client.status(SET, {"device.set": "1", "device.prov.user": "x", "device.prov.user.set": "1"})
    assert client.phone.value("device.prov.user.set")[0] == "1"
    restart(client)
    assert client.phone.value("device.prov.user.set")[0] == value
    assert client.phone.value("device.set")[0] == value
    assert client.phone.value("device.prov.user") == ("x", "device")


LAYERS = {layer: {"up.idleTimeout": str(number)} for number, layer in enumerate(("cloud", "web", "local"), 50)}


@pytest.mark.parametrize(
    ("path", "source", "password"),
    [
        ("configReset/local", "web", "correct-horse"),
        ("configReset/web", "local", "correct-horse"),
        ("configReset/cloud", "local", "correct-horse"),
        ("configReset/device", "local", "456"),
        ("configReset", "cloud", "456"),
        ("factoryReset", "default", "456"),
    ],
)
def test_resets(start_phone: StartPhone, path: str, source: str, password: str) -> None:
    client = start_phone(firmware="6.1.0.1", layers=LAYERS)
    restart(client, path)
    assert client.phone.value("up.idleTimeout")[1] == source
    assert client.phone.password_of("Polycom") == password
    assert client.get(INFO1).status_code == (404 if path == "factoryReset" else 401 if password == "456" else 200)


def test_reset_of_the_web_layer_takes_rest_with_it(start_phone: StartPhone) -> None:
    client = start_phone(rest="web")
    restart(client, "configReset/web")
    assert client.get(INFO1).status_code == 404


def test_default_password_after_a_reset(client: Client) -> None:
    restart(client, "configReset/device")
    assert Client(client.phone, password="456").get(INFO1).json() == {"Status": "4010"}


@pytest.mark.parametrize(("switch", "http"), [("bare", 404), ("reprovisioned", 200)])
def test_factory_reset(start_phone: StartPhone, switch: str, http: int) -> None:
    client = start_phone(factory_reset=switch)
    restart(client, "factoryReset")
    assert Client(client.phone, password="456").get(INFO1).status_code == http


def test_update_configuration(client: Client) -> None:
    assert client.status("v1/mgmt/updateConfiguration") == "2000"
    assert client.phone.lifecycle.state == "up"


def test_never_down(client: Client) -> None:
    client.phone.fault("never_down")
    assert client.status("v1/mgmt/safeRestart") == "2000"
    until(lambda: client.phone.lifecycle.state == "up")
    assert client.phone.restarts == 0


def test_never_back(client: Client) -> None:
    client.phone.fault("never_back")
    client.status("v1/mgmt/safeRestart")
    until(lambda: client.phone.lifecycle.state == "down")
    assert all(cut_off(client.phone) for _each in range(3))


def test_comes_back_changed(client: Client) -> None:
    client.phone.fault("back_other_mac", mac="0004F2FFFFFF")
    restart(client)
    assert client.data(INFO1)["MACAddress"] == "0004f2ffffff"
    client.phone.fault("back_default_password")
    restart(client)
    assert Client(client.phone, password="456").get(INFO1).json()["Status"] == "4010"
    client.phone.set_layer("device", {"device.auth.localAdminPassword": "correct-horse"})
    client.phone.fault("back_rest_off")
    restart(client)
    assert client.get(INFO1).status_code == 404


def test_restart_in_the_middle(client: Client) -> None:
    client.phone.fault("restart", path="config/set", after=1)
    assert client.status(SET, {"reg.1.label": "A"}) == "2000"
    with pytest.raises(requests.ConnectionError):
        client.post(SET, {"reg.1.displayName": "B"})
    assert client.phone.value("reg.1.displayName")[0] == ""
    until(lambda: client.phone.lifecycle.state == "up")
    client.phone.fault("restart", path="config/set", processed=True)
    assert client.status(SET, {"reg.1.displayName": "C"}) == "2000"
    until(lambda: client.phone.restarts == 2)


def test_restart_cuts_running_requests(client: Client) -> None:
    client.phone.fault("latency", seconds=0.5)
    client.phone.restart()
    with pytest.raises(requests.ConnectionError):
        client.get(INFO1)


def test_comes_back_without_its_lines(client: Client) -> None:
    client.phone.fault("back_unregistered", lines=[1])
    assert client.data("v1/mgmt/lineInfo")[0]["RegistrationStatus"] == "registered"
    restart(client)
    assert client.data("v1/mgmt/lineInfo")[0]["RegistrationStatus"] == "unregistered"


@pytest.mark.parametrize("switch", ["off", "on"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("voIpProt.SIP.alertInfo.1.class", "autoAnswer"),
        ("se.rt.ringAutoAnswer.ringer", "ringer3"),
        ("homeScreen.application.enable", "0"),
    ],
)
def test_more_parameters_that_restart(start_phone: StartPhone, switch: str, name: str, value: str) -> None:
    client = start_phone(more_restarts=switch)
    assert client.status(SET, {name: value}) == "2000"
    assert client.phone.lifecycle.state == ("leaving" if switch == "on" else "up")
