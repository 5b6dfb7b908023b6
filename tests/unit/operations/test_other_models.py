# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trio and Edge phones answer the same API: replies of the forms that were recorded are read right.

The forms are those of recorded Trio 8800 (UC Software 5.5.4 and 7.2.2) and Edge E350 (8.6) phones, the values made up.
"""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import call, info
from ansible_collections.polycom.vvx.plugins.module_utils._operations.call import SPEC as CALL
from ansible_collections.polycom.vvx.plugins.module_utils._operations.info import SPEC as INFO
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import as_dict, perform
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import survey
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import Reading

from support.reach import params
from support.scripted import Scripted, scripted

OK = {"Status": "2000"}


def reply(data: Any) -> dict[str, Any]:
    return {"data": data, **OK}


def edge_key(index: int, address: str, registered: bool) -> dict[str, str]:
    entry = {
        "LineNumber": str(index), "SIPAddress": address, "UserID": address, "Label": address, "LineType": "private",
        "RegistrationStatus": "registered" if registered else "unregistered",
    }  # fmt: skip
    return entry | ({"Protocol": "SIP", "ProxyAddress": "pbx.example.org", "Port": "5061"} if registered else {})


EDGE: dict[str, Any] = {
    "GET /api/v1/mgmt/device/info": reply({
        "ModelNumber": "Edge E450", "FirmwareRelease": "8.2.1.0077", "DeviceType": "hardwareEndpoint",
        "DeviceVendor": "Poly", "UpTimeSinceLastReboot": "0 Day 5:01:02", "IPV4Address": "198.51.100.45",
        "IPV6Address": "::", "MACAddress": "482567450045", "AttachedHardware": {"EM": []},
    }),
    "GET /api/v1/mgmt/network/info": reply({
        "DHCP": "enabled", "DHCPBootServerUseOption": "Static", "LANPortStatus": "inactive", "LANSpeed": "10Mbps",
        "VLANID": "", "AlternateDNSServer": "", "IPV4Address": "198.51.100.45",
        "Wifi": {
            "State": "Connected", "SSID": "office", "Duration": "2 days, 0 hours, 1 minutes, 5 seconds",
            "Signal Strength": "64%", "Security Mode": "WPA3SAE",
        },
    }),
    "GET /api/v1/mgmt/lineInfo": reply([
        edge_key(1, "reception", True), edge_key(2, "reception", True), edge_key(3, "archive", False),
        edge_key(4, "archive", False),
    ]),
    "GET /api/v1/webCallControl/sipStatus": reply({"TotalUser": "2", "User": []}),
}  # fmt: skip
TRIO_7: dict[str, Any] = {
    "GET /api/v2/mgmt/device/info": reply({
        "DeviceType": "HardwareEndpoint", "PreferredNetwork": "IPv6", "DeviceVendor": "Polycom",
        "Firmware": {
            "BootBlock": "3.0.6.0002 (65290-001)", "Application": "7.2.4.0388 01-Sep-22 11:22", "Updater": "7.2.4.0388",
        },
        "UpTime": {"Seconds": "8", "Minutes": "7", "Days": "6", "Hours": "5"}, "ModelNumber": "Trio 8500",
        "IPAddress": "198.51.100.85", "IPStack": "IPv4 Only", "IPv6LinkAddress": "::", "IPv6Address": "::",
        "IPv6ULAAddress": "::", "AppState": "AppStateMenu", "MACAddress": "64167f850085", "AttachedHardware": {},
        "CanApplyShutdownRequest": "True", "ReadyToUse": "True", "IntendToShutdown": "False",
    }),
    "GET /api/v1/mgmt/callLogs": reply({
        "Received": [],
        "Missed": [{
            "LineNumber": "1", "Duration": "", "StartTime": "2023-01-02T08:05:33", "RemotePartyName": "boardroom",
            "RemotePartyNumber": "boardroom",
        }],
        "Placed": [
            {
                "LineNumber": "1", "Duration": "1 hours 4 mins 49 secs", "StartTime": "2023-01-02T12:51:46",
                "RemotePartyName": "Weekly", "RemotePartyNumber": "sip:weekly@video.example.org",
            },
            {
                "LineNumber": "1", "Duration": "", "StartTime": "2023-01-02T12:51:38",
                "RemotePartyName": "sip:8125@example.org", "RemotePartyNumber": "sip:8125@example.org",
            },
        ],
    }),
    "GET /api/v1/mgmt/device/runningConfig": reply({"SNTP": {"GMTOffsetSeconds": "-12600", "GMTOffsetHours": "-3.5"}}),
    "GET /api/v2/webCallControl/callStatus": reply([]),
    "GET /api/v1/webCallControl/sipStatus": reply({"TotalUser": "0", "User": []}),
}  # fmt: skip
TRIO_5: dict[str, Any] = {
    "GET /api/v1/mgmt/device/info": reply({
        "ModelNumber": "RealPresence Trio 8800", "DeviceType": "hardwareEndpoint", "FirmwareRelease": "5.5.2.1234",
        "DeviceVendor": "Polycom", "MACAddress": "0004f2880088", "UpTimeSinceLastReboot": "120 Days 16:11:42",
        "IPV4Address": "198.51.100.88", "IPV6Address": "::", "AttachedHardware": {},
    }),
    "GET /api/v1/webCallControl/sipStatus": reply({
        "TotalUser": "1",
        "User": [{
            "Events": [{"Type": "Register", "RegistrationState": "Registering", "CallID": "", "Expires": "6"}],
            "Name": "boardroom", "LineNumber": "1", "TotalCalls": "0", "TotalEvents": "1",
        }],
    }),
    "GET /api/v1/webCallControl/callStatus": {"Status": "4007"},
    "GET /api/v1/mgmt/media/sessionStats": reply([{
        "Ref": "0xb53e57c0", "SRTPCall": "False", "H235Call": "False", "H235DHKey": "bm90IHRvIGJlIHNob3du",
        "Streams": [
            {
                "Ref": "0xb4e5dfa0", "Category": "0:Voice", "RxPayloadSize": "80", "RxCodec": "3:G.722.1",
                "RxMOSCQ": "127.0",
            },
            {
                "Ref": "0xb4e5dfa1", "Category": "1:Video", "RxPayloadSize": "v", "TxPayloadSize": "v",
                "VideoTxConfigBitrateKbps": "448", "RxCodec": "24:H.264",
            },
        ],
    }]),
}  # fmt: skip


def read(phone: Scripted, *subset: str) -> dict[str, Any]:
    return as_dict(perform(info.run, phone.settings, params(INFO, gather_subset=list(subset)), False))


def test_an_edge_phone() -> None:
    with scripted(EDGE) as phone:
        result = read(phone, "all")
        seen = Reading(
            "reception", "127.0.0.1", survey(phone.settings, ("device", "lines"), {}), {"Edge E450": "8.3.0"}
        )
    assert "failed" not in result and "warnings" not in result
    assert set(result["info"]) == {"device", "network", "lines", "sip_status"}
    device = result["info"]["device"]
    assert (device["model"], device["vendor"], device["firmware"]) == ("Edge E450", "Poly", "8.2.1.0077")
    assert (device["mac"], device["uptime_seconds"]) == ("48:25:67:45:00:45", 18062)
    assert result["info"]["network"] == {
        "dhcp": True,
        "dhcp_boot_server_use_option": "Static",
        "lan_port_active": False,
        "lan_speed": "10Mbps",
        "ipv4_address": "198.51.100.45",
        "wifi": {
            "state": "connected",
            "ssid": "office",
            "duration_seconds": 172865,
            "signal_percent": 64,
            "security_mode": "WPA3SAE",
        },
    }
    assert [
        (line["line"], line["user"], line["line_keys"], line["registered"]) for line in result["info"]["lines"]
    ] == [
        (1, "reception", [1, 2], True),
        (2, "archive", [3, 4], False),
    ]
    assert seen.problems == ["line 2 is not registered", "firmware is behind 8.3.0"] and seen.registered == [1, 2]


def test_an_edge_phone_has_no_call_control() -> None:
    with scripted(EDGE) as phone:
        options = params(CALL, action="dial", destination="1001")
        result = as_dict(perform(call.run, phone.settings, options, False))
    assert result["error"]["kind"] == "not_supported" and result["changed"] is False
    assert phone.asked.count("POST /api/v1/callctrl/dial") <= 1


def test_a_trio_with_new_firmware() -> None:
    with scripted(TRIO_7) as phone:
        found = read(phone, "device", "running_config", "call_logs", "calls")["info"]
    device = found["device"]
    assert (device["firmware"], device["firmware_build"]) == ("7.2.4.0388", "7.2.4.0388 01-Sep-22 11:22")
    assert (device["uptime_seconds"], device["ip_stack"], device["expansion_modules"]) == (536828, "IPv4 Only", [])
    assert found["running_config"] == {"sntp": {"gmt_offset_seconds": -12600, "gmt_offset_hours": -3.5}}
    assert [entry["remote_number"] for entry in found["call_logs"]["placed"]] == ["weekly@video.example.org", "8125"]
    assert [entry.get("duration_seconds") for entry in found["call_logs"]["placed"]] == [3889, None]
    assert found["call_logs"]["missed"][0]["remote_number"] == "boardroom" and found["calls"] == []


def test_a_trio_with_old_firmware() -> None:
    with scripted(TRIO_5) as phone:
        result = read(phone, "device", "sip_status", "calls", "media_sessions")
    found = result["info"]
    assert (found["device"]["model"], found["device"]["uptime_seconds"]) == ("RealPresence Trio 8800", 10426302)
    assert found["sip_status"][0]["events"] == [
        {"type": "register", "registration_state": "registering", "expires_seconds": 6}
    ]
    assert found["calls"] == []
    voice, video = found["media_sessions"][0]["streams"]
    assert (voice["rx_codec"], voice["rx_payload_bytes"], voice.get("rx_mos_cq")) == ("G.722.1", 80, None)
    assert video == {
        "ref": "0xb4e5dfa1", "category": "video", "rx_codec": "H.264", "video_tx_config_bitrate_kbps": 448,
    }  # fmt: skip
    assert "bm90IHRvIGJlIHNob3du" not in str(result)


@pytest.mark.parametrize("replies", [EDGE, TRIO_7, TRIO_5], ids=["Edge", "Trio 7", "Trio 5"])
def test_what_they_lack_is_no_failure(replies: dict[str, Any]) -> None:
    with scripted(replies) as phone:
        result = read(phone, "all", "media_sessions", "device_stats", "ui_xml")
    assert "failed" not in result and set(result["info"]) | set(result["unsupported"]) >= {"device", "device_stats"}
