# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replies of all firmwares come out in one shape, with real types and nothing where the phone says nothing."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.shapes import converters
from ansible_collections.polycom.vvx.plugins.module_utils._phone.shapes import device as device_shapes
from ansible_collections.polycom.vvx.plugins.module_utils._phone.shapes import lines as line_shapes
from hypothesis import given
from hypothesis import strategies as st

V1: dict[str, Any] = {
    "ModelNumber ": "VVX 411",
    "DeviceType": "hardwareEndpoint",
    "FirmwareRelease": "5.9.3.1111",
    "DeviceVendor": "Polycom",
    "MACAddress": "0004F2AABBCC",
    "UpTimeSinceLastReboot": "3 Days 4:05:06",
    "IPV4Address": "192.0.2.10",
    "IPV6Address": "::",
    "AttachedHardware": {"EM": [{"type": "LCD", "version": "1.0.0"}]},
}
V2: dict[str, Any] = {
    "ModelNumber": "VVX 411",
    "DeviceVendor": "Polycom",
    "Firmware": {
        "BootBlock": "3.0.6.0001 (48830-001)",
        "Application": "5.9.3.1111 01-Jan-20 06:00",
        "Updater": "5.9.7.2222",
    },
    "UpTime": {"Days": "3", "Hours": "4", "Minutes": "5", "Seconds": "6"},
    "IPAddress": "192.0.2.10",
    "IPv6Address": "::",
    "MACAddress": "0004f2aabbcc",
    "AttachedHardware": {"EM": [{"Type": "LCD", "Version": "1.0.0"}], "Camera": "yes"},
    "AppState": "AppStateMenu",
    "CanApplyShutdownRequest": "True",
    "ReadyToUse": "True",
    "IntendToShutdown": "False",
}


def test_both_versions_of_device_info_agree_where_they_overlap() -> None:
    first, second = device_shapes.device(V1), device_shapes.device(V2)
    assert first == {
        "model": "VVX 411",
        "vendor": "Polycom",
        "device_type": "hardwareendpoint",
        "mac": "00:04:f2:aa:bb:cc",
        "firmware": "5.9.3.1111",
        "firmware_build": "5.9.3.1111",
        "uptime_seconds": 273906,
        "ipv4_address": "192.0.2.10",
        "expansion_modules": [{"type": "lcd", "version": "1.0.0"}],
    }
    assert {key: value for key, value in second.items() if key in first and key != "firmware_build"} == {
        key: value for key, value in first.items() if key not in ("firmware_build", "device_type")
    }
    assert second["updater"] == "5.9.7.2222"
    assert second["camera"] is True
    assert second["ready_to_use"] is True
    assert second["intend_to_shutdown"] is False


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0 Day 2:26:00", 8760),
        ("1 day 1:41:50", 92510),
        ("20 Days 16:11:42", 1786302),
        ("3.02:24:46", 267886),
        ("2:26:00", 8760),
        ({"Days": "0", "Hours": "0", "Minutes": "1", "Seconds": "2"}, 62),
        ({"Days": 1}, 86400),
        ({"Days": "many"}, None),
        ("soon", None),
        (None, None),
        ([], None),
    ],
)
def test_uptime_in_all_its_spellings(value: Any, seconds: int | None) -> None:
    assert converters.uptime(value) == seconds


@pytest.mark.parametrize("hardware", [None, {}, [], {"EM": []}, {"EM": "none"}, {"EM": ["x"]}, "x"])
def test_attached_hardware_may_be_anything(hardware: Any) -> None:
    assert device_shapes.device({"AttachedHardware": hardware})["expansion_modules"] == []


def test_network_takes_the_manuals_spelling_too() -> None:
    raw = {
        "DHCP": "enabled",
        "CDPCompability": "Disabled",
        "VLANID": "",
        "LANPortStatus": "active",
        "AlternateDNSServer": "0.0.0.0",
        "IPV6Address": "::",
    }
    assert device_shapes.network(raw) == {"dhcp": True, "cdp": False, "lan_port_active": True}
    assert device_shapes.network({"CDPCompatibility": "enabled", "VLANID": "20"}) == {"cdp": True, "vlan": 20}


def test_running_config_has_real_types_and_only_the_groups_there_are() -> None:
    raw = {
        "Network": {
            "VLAN": "20",
            "LLDP": "Enabled",
            "StormFilterPPS": "38",
            "IPStack": "IPv4 Only",
            "IPv6Gateway": "::",
        },
        "SNTP": {"Server": "pool.ntp.org", "GMTOffsetSeconds": "-3600", "GMTOffsetHours": "-1"},
        "TR069": None,
    }
    assert device_shapes.running_config(raw) == {
        "network": {"vlan": 20, "lldp": True, "storm_filter_pps": 38, "ip_stack": "IPv4 Only"},
        "sntp": {"server": "pool.ntp.org", "gmt_offset_seconds": -3600, "gmt_offset_hours": -1},
    }


FIRST = [
    {
        "LineNumber": "1", "RegistrationStatus": "registered", "LineType": "private", "SIPAddress": "1001",
        "Protocol": "SIP", "Label": "Desk", "UserID": "1001", "ProxyAddress": "sip.example.org", "Port": "5060",
    },
    {"LineNumber": "1", "RegistrationStatus": "registered", "Label": "Desk"},
    {"LineNumber": "2", "RegistrationStatus": "Unregistered", "LineType": "private", "SIPAddress": "", "Label": ""},
]  # fmt: skip
SECOND = [
    {
        "ID": "1", "Label": "Desk", "Username": "1001", "Assigned": "True", "RegistrationStatus": "Registered",
        "Type": "Private",
        "Active": "False", "DoNotDisturb": "True", "CallAppearances": [],
        "CallServers": [
            {
                "ID": "1", "Address": "sip.example.org", "RegistrationStatus": "Registered", "Port": "5060",
                "Expires": "3600",
                "Transport": "UdpOnly", "Working": "True",
            },
        ],
        "ForwardingConfig": {"Always": "", "DoNotDisturb": "", "Busy": "1002", "NoAnswer": ""},
    },
    {"ID": "1", "Label": "Desk", "CallServers": []},
]  # fmt: skip


def test_lines_of_both_versions_are_merged_and_keys_of_one_line_counted_once() -> None:
    lines = line_shapes.merged(FIRST, SECOND)
    assert [line["line"] for line in lines] == [1, 2]
    assert lines[0] == {
        "line": 1, "label": "Desk", "user": "1001", "sip_address": "1001", "protocol": "SIP",
        "proxy": "sip.example.org", "port": 5060,
        "type": "private", "registered": True, "assigned": True, "active": False, "do_not_disturb": True,
        "forwarding": {"busy": "1002"},
        "servers": [
            {"server": 1, "address": "sip.example.org", "port": 5060, "transport": "UdpOnly", "expires_seconds": 3600,
                "registered": True, "working": True}
        ],
    }  # fmt: skip
    assert lines[1] == {"line": 2, "type": "private", "registered": False}


def test_either_version_of_the_lines_is_enough() -> None:
    assert line_shapes.merged(FIRST, [])[0]["registered"] is True
    assert line_shapes.merged([], SECOND)[0]["user"] == "1001"
    assert line_shapes.merged([], []) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)
KEYS = st.sampled_from(
    [*V1, *V2, "LineNumber", "ID", "CallServers", "Network", "SNTP", "ForwardingConfig", "VLANID"]
) | st.text(max_size=8)


@given(st.dictionaries(KEYS, JSON, max_size=8))
def test_no_reply_however_odd_breaks_a_shape(raw: dict[str, Any]) -> None:
    for shape in (device_shapes.device, device_shapes.network, device_shapes.running_config):
        assert isinstance(shape(raw), dict)
    assert isinstance(line_shapes.merged([raw], [raw]), list)
