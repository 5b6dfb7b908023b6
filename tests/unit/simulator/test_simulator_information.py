# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The endpoints that only tell, in the shapes of each firmware."""

from __future__ import annotations

from functools import partial

import pytest
import requests

from fleet_client import Client, StartFleet, StartPhone, until


def test_device_info_v1(start_phone: StartPhone) -> None:
    client = start_phone(model="VVX 601", mac="0004F2AABBCC", expansion_modules=2)
    info = client.data("v1/mgmt/device/info")
    assert info == {
        "ModelNumber": "VVX 601", "FirmwareRelease": "5.9.3.1111", "DeviceType": "hardwareEndpoint",
        "DeviceVendor": "Polycom", "UpTimeSinceLastReboot": info["UpTimeSinceLastReboot"],
        "IPV4Address": client.phone.host, "IPV6Address": "::", "MACAddress": "0004f2aabbcc",
        "AttachedHardware": {"EM": [{"type": "LCD", "version": "1.0"}] * 2},
    }  # fmt: skip
    assert info["UpTimeSinceLastReboot"].startswith("3 Days 4:05:")


def test_device_info_v2(client: Client) -> None:
    info = client.data("v2/mgmt/device/info")
    assert info["Firmware"]["Application"].split()[0] == "5.9.3.1111"
    assert info["UpTime"]["Days"] == "3"
    assert (info["ReadyToUse"], info["CanApplyShutdownRequest"], info["IntendToShutdown"]) == ("True", "True", "False")


@pytest.mark.parametrize(("switch", "beginning"), [("days", "3 Days 4:05:"), ("dotted", "3.04:05:")])
def test_shapes_before_5_7(start_phone: StartPhone, switch: str, beginning: str) -> None:
    client = start_phone(firmware="5.5.4.1111", old_uptime=switch)
    assert client.data("v1/mgmt/device/info")["UpTimeSinceLastReboot"].startswith(beginning)


@pytest.mark.parametrize(
    ("model", "idle"), [("VVX 350", "AppStateCall"), ("Trio 8800", "AppStateMenu"), ("VVX 501", "AppStateCall")]
)
def test_app_state(start_phone: StartPhone, model: str, idle: str) -> None:
    client = start_phone(model=model)
    assert client.data("v2/mgmt/device/info")["AppState"] == idle
    client.phone.ring("1002")
    assert client.data("v2/mgmt/device/info")["AppState"] == "AppStateCall"


def test_shapes_of_5_7_1(start_phone: StartPhone) -> None:
    client = start_phone(firmware="5.7.1.1111")
    info = client.data("v1/mgmt/device/info")
    assert (info["FirmwareRelease"], info["UpTimeSinceLastReboot"].partition(":")[0]) == ("5.7.1.1111", "3 Days 4")
    assert client.data("v1/mgmt/lineInfo")[0]["UserID"] == "1001"
    client.phone.ring("1002")
    assert client.data("v1/webCallControl/callStatus")["DurationInSeconds"] == "0"


def test_shapes_of_5_7_0(start_phone: StartPhone) -> None:
    client = start_phone(firmware="5.7.0.1111")
    info = client.data("v1/mgmt/device/info")
    assert info["Firmware"]["Application"].startswith("5.7.0.1111")
    assert set(info["UpTime"]) == {"Days", "Hours", "Minutes", "Seconds"}
    assert "FirmwareRelease" not in info
    assert client.data("v1/mgmt/lineInfo")[0]["Username"] == "1001"
    client.phone.ring("1002")
    assert client.data("v1/webCallControl/callStatus")["DurationSeconds"] == "0"
    assert client.get("v2/mgmt/device/info").status_code == 404


SINCE = {
    "5.7.0.1": ["v1/mgmt/device/stats", "v1/mgmt/device/runningConfig", "v1/mgmt/media/sessionStats"],
    "5.8.0.1": ["v2/mgmt/device/info", "v2/mgmt/lineInfo", "v2/webCallControl/callStatus", "v1/mgmt/uixml"],
}
BEFORE = {"5.7.0.1": "5.4.1.1", "5.8.0.1": "5.7.0.1"}


@pytest.mark.parametrize("firmware", SINCE)
def test_endpoints_come_with_firmware(start_phone: StartPhone, firmware: str) -> None:
    new, old = start_phone(firmware=firmware), start_phone(firmware=BEFORE[firmware])
    for path in SINCE[firmware]:
        new.data(path)
        assert old.get(path).status_code == 404
    assert old.phone.violations == []


@pytest.mark.parametrize(
    ("path", "firmware", "before"),
    [
        ("updateConfiguration", "5.9.3.1", "5.8.0.1"),
        ("configReset/cloud", "6.1.0.1", "5.9.3.1"),
        ("simulateKeyEvent", "6.0.0.1", "5.9.3.1"),
        ("simulateTextInput", "6.0.0.1", "5.9.3.1"),
    ],
)
def test_posts_come_with_firmware(start_phone: StartPhone, path: str, firmware: str, before: str) -> None:
    assert start_phone(firmware=firmware).post(f"v1/mgmt/{path}").status_code == 200
    assert start_phone(firmware=before).post(f"v1/mgmt/{path}").status_code == 404


def test_manual_flavour(start_phone: StartPhone) -> None:
    client = start_phone(flavour="manual")
    assert client.get("v1/mgmt/device/info").json()["Status"] == 2000
    assert "ModelNumber " in client.data("v1/mgmt/device/info")
    network = client.data("v1/mgmt/network/info")
    assert network["CDPCompability"] == "Enabled"
    assert "CDPCompatibility" not in network
    assert set(client.data("v1/mgmt/callLogs")) == {"missed", "received", "placed"}
    assert client.config("reg.1.label")["data"]["reg.1.label"] == {"value": "1001", "source": "CONFIG"}
    assert "dbs" in client.data("v1/mgmt/device/stats")
    assert isinstance(client.data("v1/mgmt/network/stats")["RxPackets"], int)
    assert client.data("v1/mgmt/lineInfo")[0]["RegistrationStatus"] == "Registered"


def test_network(client: Client) -> None:
    client.phone.set_layer("device", {"device.prov.serverName": "prov.example.org", "device.net.lldpEnabled": "0"})
    info = client.data("v1/mgmt/network/info")
    assert info["ProvServerAddress"] == "prov.example.org"
    assert (info["LLDP"], info["CDPCompatibility"], info["ProvServerType"]) == ("disabled", "enabled", "HTTPS")
    stats = client.data("v1/mgmt/network/stats")
    assert stats["UpTime"].startswith("3 days 4:05:")
    assert stats["RxPackets"].isdigit()


def test_running_config(client: Client) -> None:
    client.phone.set_layer("config", {"tcpIpApp.sntp.gmtOffset": "3600", "device.syslog.transport": "TLS"})
    groups = client.data("v1/mgmt/device/runningConfig")
    assert set(groups) == {"Network", "DHCP", "DNS", "Provisioning", "Syslog", "SNTP", "TR069"}
    assert groups["SNTP"] == {"Server": "", "GMTOffsetSeconds": "3600", "GMTOffsetHours": "1"}
    assert groups["Syslog"]["Transport"] == "TLS"


def test_device_stats(start_phone: StartPhone) -> None:
    client = start_phone(stats_seconds=0.5)
    stats = client.data("v1/mgmt/device/stats")
    assert set(stats) == {"CPU", "Memory", "RAMDiskSize"}
    client.phone.set_layer("config", {"httpd.ta.enabled": "1"})
    client.data("v1/mgmt/device/stats")
    slow, fast = client.phone.log
    assert slow.ended - slow.started >= 0.45 > fast.ended - fast.started


def test_lines(start_phone: StartPhone) -> None:
    client = start_phone(lines=2)
    client.phone.set_layer(
        "config", {"reg.2.lineKeys": "2", "reg.2.type": "shared", "reg.1.server.1.transport": "UDPOnly"}
    )
    v1 = client.data("v1/mgmt/lineInfo")
    assert [(line["LineNumber"], line["SIPAddress"]) for line in v1] == [
        ("1", "1001"), ("2", "201001"), ("3", "201001"),
    ]  # fmt: skip
    assert v1[0] == {
        "LineNumber": "1", "RegistrationStatus": "registered", "LineType": "private", "SIPAddress": "1001",
        "Protocol": "SIP", "Label": "1001", "UserID": "1001", "ProxyAddress": "sip.example.org", "Port": "5060",
    }  # fmt: skip
    assert v1[1]["LineType"] == "shared"
    v2 = client.data("v2/mgmt/lineInfo")
    assert [len(line["CallServers"]) for line in v2] == [1, 1, 0]
    assert v2[0]["CallServers"][0]["Transport"] == "UdpOnly"
    assert v2[0]["CallServers"][0]["Working"] == "True"
    assert v2[0]["RegistrationStatus"] == "Registered"


def test_line_number_counts_keys(start_phone: StartPhone) -> None:
    client = start_phone(lines=3)
    client.phone.set_layer("config", {"reg.1.lineKeys": "2", "reg.2.lineKeys": "2"})
    v1 = client.data("v1/mgmt/lineInfo")
    assert [line["LineNumber"] for line in v1] == ["1", "2", "3", "4", "5"]
    assert [line["UserID"] for line in v1] == ["1001", "1001", "201001", "201001", "301001"]


@pytest.mark.parametrize(("query", "lines"), [("line=2", ["2", "2"]), ("line=3", []), ("", ["1", "2", "2"])])
def test_lines_by_number(start_phone: StartPhone, query: str, lines: list[str]) -> None:
    client = start_phone(lines=2)
    client.phone.set_layer("config", {"reg.2.lineKeys": "2"})
    assert [line["ID"] for line in client.data(f"v2/mgmt/lineInfo?{query}")] == lines
    assert client.get("v2/mgmt/lineInfo?line=two").json() == {"Status": "4000"}


def test_factory_line(start_phone: StartPhone) -> None:
    client = start_phone(lines=0)
    (line,) = client.data("v1/mgmt/lineInfo")
    assert line["RegistrationStatus"] == "unregistered"
    assert not {"Protocol", "ProxyAddress", "Port"} & set(line)
    assert client.data("v2/mgmt/lineInfo")[0]["Assigned"] == "False"


def test_lines_that_do_not_register(start_phone: StartPhone) -> None:
    client = start_phone(lines=2)
    client.phone.fault("unregistered", lines=[2])
    states = [line["RegistrationStatus"] for line in client.data("v1/mgmt/lineInfo")]
    assert states == ["registered", "unregistered"]
    assert client.status("v1/callctrl/dial", {"Dest": "5551000", "Line": "2"}) == "4002"
    client.phone.clear()
    client.phone.fault("unregistered")
    assert {line["RegistrationStatus"] for line in client.data("v2/mgmt/lineInfo")} == {"Unregistered"}


def registrations(client: Client) -> list[str]:
    return [line["RegistrationStatus"] for line in client.data("v1/mgmt/lineInfo")]


def shows(client: Client, state: str) -> bool:
    return registrations(client) == [state]


def test_a_wrong_server_ends_a_registration(start_phone: StartPhone) -> None:
    client = start_phone(lines=2)
    client.phone.fault("unregistered", servers=["sip.exmaple.org"])
    assert registrations(client) == ["registered", "registered"]
    assert client.status("v1/mgmt/config/set", {"reg.2.server.1.address": "sip.exmaple.org"}) == "2000"
    assert registrations(client) == ["registered", "unregistered"]
    assert client.status("v1/mgmt/config/set", {"reg.2.server.1.address": "sip.example.org"}) == "2000"
    assert registrations(client) == ["registered", "registered"]


def test_registrations_take_a_moment(start_phone: StartPhone) -> None:
    client = start_phone(registering_seconds=0.3)
    client.phone.fault("unregistered", servers=["sip.exmaple.org"])
    for server, before, after in (
        ("sip.exmaple.org", "registered", "unregistered"),
        ("sip.example.org", "unregistered", "registered"),
    ):
        client.status("v1/mgmt/config/set", {"reg.1.server.1.address": server})
        assert registrations(client) == [before]
        until(partial(shows, client, after))
    client.phone.restart()
    until(lambda: client.phone.restarts == 1 and client.phone.lifecycle.state == "up")
    assert registrations(client) == ["unregistered"]
    until(partial(shows, client, "registered"))


def test_sip_status(start_phone: StartPhone) -> None:
    client = start_phone(lines=2)
    client.phone.ring("1002")
    status = client.data("v1/webCallControl/sipStatus")
    assert status["TotalUser"] == "2"
    assert status["User"][0]["TotalCalls"] == "1"
    assert status["User"][0]["Calls"][0]["CallState"] == "Offering"
    assert status["User"][1]["Events"][0]["RegistrationState"] == "Registered"


def test_poll_for_status(client: Client) -> None:
    assert client.data("v1/mgmt/pollForStatus")["State"] == "Idle"
    handle = client.phone.ring("1002")
    assert client.data("v1/mgmt/pollForStatus") == {"State": "Active", "StateData": "Active call duration 0 secs"}
    client.phone.hang_up(handle)
    assert client.data("v1/mgmt/pollForStatus")["StateData"].startswith("Time of last call 20")


def test_poll_for_status_on_http(start_fleet: StartFleet) -> None:
    fleet = start_fleet(1, tls=True, http=True)
    phone = fleet.phones[0]
    client = Client(phone)
    url = f"http://{phone.host}:{phone.http_port}/api/v1/mgmt/pollForStatus"
    plain = requests.get(url, auth=client.auth, timeout=5)
    assert plain.status_code == 404
    assert client.get("v1/mgmt/pollForStatus").status_code == 200


def test_transfer_type(client: Client) -> None:
    assert client.data("v1/mgmt/transferType/get") == {"Type": "Consultative"}
    assert client.status("v1/mgmt/transferType/set", {"Type": "Blind"}) == "2000"
    assert client.data("v1/mgmt/transferType/get") == {"Type": "Blind"}
    for wrong in ("Unknown", "blind", "", ["Safe"]):
        assert client.status("v1/mgmt/transferType/set", {"Type": wrong}) == "4000"


def test_uixml(client: Client) -> None:
    client.phone.set_layer("web", {"reg.1.label": 'A & "B"'})
    assert "A &amp; " in client.data("v1/mgmt/uixml")


def test_location(client: Client) -> None:
    client.phone.set_layer("config", {"locInfo.1.A3": "Berlin"})
    location = client.data("v1/mgmt/location/info")
    assert len(location) == 31
    assert location["City"] == "Berlin"
    assert location["Place Type "] == ""


def test_capture_screen(client: Client) -> None:
    assert client.get("/captureScreen/mainScreen").status_code == 404
    client.status("v1/mgmt/config/set", {"up.screenCapture.enabled": "1"})
    picture = client.get("/captureScreen/mainScreen")
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert client.phone.violations == []
