# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing that a phone tells is lost: every key of both manuals and of recordings becomes a fact, or there is a reason.

The keys are listed here, apart from the collection's tables: those of the manuals for UC Software 5.8 and 5.9.1, and of
recorded replies of VVX, Trio and Edge phones. Values are made up; each stands for one key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.shapes import calls, device, lines, media, sip, stats

Shape = Callable[[Any], Any]

DEVICE_V1: dict[str, Any] = {
    "ModelNumber ": "Model-1", "FirmwareRelease": "6.4.7.4477", "DeviceType": "Type-1", "DeviceVendor": "Vendor-1",
    "UpTimeSinceLastReboot": "20 Days 16:11:42", "IPV4Address": "192.0.2.31", "IPV6Address": "2001:db8::31",
    "MACAddress": "0004F2313131", "AttachedHardware": {"Camera": "true", "EM": [{"type": "paper", "version": "3.1"}]},
}  # fmt: skip
DEVICE_V2: dict[str, Any] = {
    "ModelNumber": "Model-2", "DeviceVendor": "Vendor-2", "DeviceType": "Type-2", "MACAddress": "0004F2323232",
    "Firmware": {"Application": "5.9.5.0614 03-Mar-21", "Updater": "5.9.8.5760", "BootBlock": "3.0.5.0002 (11111)"},
    "IPAddress": "192.0.2.32", "IPStack": "Stack-2", "PreferredNetwork": "Preferred-2", "IPv6Address": "2001:db8::32",
    "IPv6LinkAddress": "fe80::32", "IPv6ULAAddress": "fd00::32",
    "UpTime": {"Days": "1", "Hours": "2", "Minutes": "3", "Seconds": "4"},
    "AttachedHardware": {"Camera": "False", "EM": [{"Type": "LCD", "Version": "3.2"}]},
    "CanApplyShutdownRequest": "False", "IntendToShutdown": "True", "AppState": "State-2", "ReadyToUse": "False",
}  # fmt: skip
NETWORK: dict[str, Any] = {
    "DHCP": "disabled", "DHCPServer": "Server-3", "DHCPBootServerUseOption": "Use-3", "DHCPBootServerOption": "161",
    "DHCPBootServerOptionType": "Kind-3", "DHCPOption60Format": "Format-3", "IPV4Address": "192.0.2.33",
    "IPV6Address": "2001:db8::33", "DefaultGateway": "192.0.2.254", "DNSServer": "192.0.2.53",
    "AlternateDNSServer": "192.0.2.54", "DNSDomain": "Domain-3", "SNTPAddress": "Time-3", "SubnetMask": "255.255.0.0",
    "LANPortStatus": "inactive", "LANSpeed": "100Mbps", "VLANID": "33", "LLDP": "disabled",
    "CDPCompability": "disabled", "VLANDiscoveryMode": "Mode-3", "VLANIDOption": "132", "ProvServerAddress": "Prov-3",
    "ProvServerUser": "User-3", "ProvServerType": "FTPS", "UpgradeServer": "Upgrade-3", "ZTPStatus": "enabled",
    "Wifi": {
        "State": "Connected", "SSID": "Net-3", "Duration": "1 days, 3 hours, 8 minutes, 56 seconds",
        "Signal Strength": "87%", "Security Mode": "Secure-3",
    },
}  # fmt: skip
RUNNING: dict[str, Any] = {
    "Network": {
        "IPAddress": "192.0.2.34", "SubnetMask": "255.0.0.0", "IPGateway": "192.0.2.1", "IPStack": "Stack-4",
        "IPv6Address": "2001:db8::34", "IPv6Gateway": "2001:db8::1", "IPv6AddressDiscovery": "SLAAC",
        "IPv6LinkAddress": "fe80::34", "IPv6ULAAddress": "fd00::34", "PreferredNetwork": "Preferred-4", "VLAN": "34",
        "VLANFiltering": "Enabled", "CDP": "Disabled", "LLDP": "Enabled", "StormFilterPPS": "39",
        "StormFiltering": "Disabled",
    },
    "DHCP": {
        "Feature": "Enabled", "Option60Format": "Format-4", "BootServerOptionType": "IP",
        "BootServerUseOption": "Use-4", "BootServerOption": "162", "OfferTimeout": "7", "VLANDiscovery": "Custom",
        "VLANDiscoveryOption": "133",
    },
    "DNS": {"Feature": "Enabled", "PrimaryServer": "192.0.2.55", "SecondaryServer": "192.0.2.56", "Domain": "Domain-4"},
    "Provisioning": {
        "Server": "Prov-4", "ServerType": "HTTP", "User": "User-4", "FileTxTries": "5", "RetryWait": "6",
        "MaxServers": "9", "NetworkEnv": "Environment-4", "TagSerialNo": "Enabled",
    },
    "Syslog": {
        "Server": "Syslog-4", "Transport": "TLS", "RenderLevel": "2", "Facility": "17", "PrependMAC": "Enabled",
    },
    "SNTP": {"Server": "Time-4", "GMTOffsetSeconds": "20700", "GMTOffsetHours": "5.75"},
    "TR069": {
        "Feature": "Enabled", "ACSURL": "Url-4", "ACSUsername": "Acs-4", "CPEUsername": "Cpe-4",
        "PeriodicInform": "Enabled", "InformInterval": "3601", "UpgradeManagement": "Enabled",
    },
}  # fmt: skip
CALL_V1: dict[str, Any] = {
    "CallHandle": "0x9577dd30", "Type": "Outgoing", "Protocol": "H323", "CallState": "RingBack", "LineID": "2",
    "RemotePartyName": "Name-5", "RemotePartyNumber": "sip:1555@192.0.2.5", "DurationInSeconds": "51",
}  # fmt: skip
CALL_V2: dict[str, Any] = {
    "CallHandle": "b5576ff8", "Type": "Incoming", "RemotePartyName": "Name-6", "RemotePartyNumber": "1666",
    "CallState": "Connected", "Protocol": "PTT", "StartTime": "2021-08-24T12:07:49", "DurationSeconds": "61",
    "LineID": "6", "CallSequence": "3", "UIAppearanceIndex": "4*", "Ringing": "0", "Muted": "1", "RTPPort": "2262",
    "RTCPPort": "2263", "Media Direction": "sendrecv", "Remote Connection IP": "192.0.2.66",
    "Channel": {"Mode": "Ptt", "Number": "7", "Label": "Channel-6", "State": "WAITING"},
}  # fmt: skip
LOGGED: dict[str, Any] = {
    "LineNumber": "3", "StartTime": "2021-09-26T08:05:33", "RemotePartyName": "Name-7",
    "RemotePartyNumber": "sip:1777@example.org", "Duration": "1 min 11 secs",
}  # fmt: skip
LINE_V1: dict[str, Any] = {
    "LineNumber": "1", "Protocol": "H323", "SIPAddress": "Address-8", "ProxyAddress": "Proxy-8",
    "AutoDiscovery": "Enabled", "UserID": "User-8", "Label": "Label-8", "LineType": "Shared",
    "RegistrationStatus": "Registered", "Port": "5068",
}  # fmt: skip
LINE_V2: dict[str, Any] = {
    "ID": "1", "Label": "Label-9", "Username": "User-9", "Assigned": "True", "RegistrationStatus": "Unregistered",
    "Type": "Private", "Active": "True", "DoNotDisturb": "False", "CallAppearances": ["b5576ff9"],
    "CallServers": [
        {
            "ID": "2", "Address": "Server-9", "RegistrationStatus": "Registered", "Port": "5069", "Expires": "3609",
            "Transport": "DNSnaptr", "Working": "False",
        },
    ],
    "ForwardingConfig": {"Always": "1901", "DoNotDisturb": "1902", "Busy": "1903", "NoAnswer": "1904"},
}  # fmt: skip
SIP: dict[str, Any] = {
    "TotalUser": "1",
    "User": [
        {
            "Name": "Name-10", "TotalEvents": "21", "LineNumber": "10", "TotalCalls": "22",
            "Events": [
                {
                    "Type": "BLF", "Overlap": "120", "CallID": "event-10@192.0.2.10",
                    "RegistrationState": "Registering", "Expires": "6965",
                },
            ],
            "Calls": [{"CallState": "Hold", "CallID": "call-10@192.0.2.10"}],
        },
    ],
}  # fmt: skip
VIDEO = [
    "VideoRxFramerate", "VideoRxFrameWidth", "VideoRxFrameHeight", "VideoRxFastUpdateReqCnt", "VideoRxActBitrateKbps",
    "VideoTxFramerate", "VideoTxFrameWidth", "VideoTxFrameHeight", "VideoTxConfigBitrateKbps",
    "VideoTxFastUpdateReqCnt", "VideoTxActBitrateKbps", "VideoTxConfigBitrate",
]  # fmt: skip
STREAM: dict[str, Any] = {
    "Ref": "0xb4e5dfa1", "Category": "1:Video", "PacketsReceived": "1101", "PacketsSent": "1102",
    "OctetsReceived": "1103", "OctetsSent": "1104", "PacketsExpected": "1105", "PacketsLost": "1106", "Jitter": "1107",
    "MaxJitter": "1108", "Latency": "1109", "RxPayloadSize": "1110", "TxPayloadSize": "1111", "RxCodec": "24:Codec-11",
    "TxCodec": "25:Codec-12", "RxMOSCQ": "4.11", "TxMOSCQ": "4.12", "RxMOSLQ": "4.13", "TxMOSLQ": "4.14",
    **{name: str(1120 + index) for index, name in enumerate(VIDEO)},
}  # fmt: skip
SESSION: dict[str, Any] = {
    "Ref": "0xb53e57c1", "SRTPCall": "True", "H235Call": "False", "H235DHKey": "***", "Streams": [STREAM],
}  # fmt: skip
POOL = {"uordblks": "1201", "hblkhd": "1202", "arena": "1203", "fordblks": "1204"}
DEVICE_STATS: dict[str, Any] = {
    "CPU": {"Current": "12.1", "Average": "12.2"},
    "Memory": {
        "Total": "1211", "Used": "1212", "Free": "1213", "Cached": "1214", "SReclaim": "1215", "ComAS": "1216",
        "polyapp": POOL,
    },
    **{name: dict(POOL) for name in ("dbs", "ec", "pgui", "brow", "osd", "em")},
    "RAMDiskSize": "1221",
}  # fmt: skip
LOCATION = [
    "Country", "StreetGroup", "House Number", "State", "Place Type ", "District", "Add. Info", "Road SubSection",
    "City", "Neighbourhood Block", "Landmark", "Post Box", "Division", "Street", "Road Section", "Street1", "Street2",
    "Place Name", "House Num. Suff.", "Zip Code", "Road Pre Modifier", "Building", "Unit", "Floor", "Additional Code",
    "Room", "Postal Name", "Seat", "Road", "Road Branch", "Road Post Modifier",
]  # fmt: skip

REPLIES: dict[str, tuple[Shape, Any]] = {
    "device/info v1": (device.device, DEVICE_V1),
    "device/info v2": (device.device, DEVICE_V2),
    "network/info": (device.network, NETWORK),
    "runningConfig": (device.running_config, RUNNING),
    "location/info": (device.location, {key: f"Place-{index}" for index, key in enumerate(LOCATION)}),
    "lineInfo v1": (lambda raw: lines.merged(raw, []), [LINE_V1]),
    "lineInfo v2": (lambda raw: lines.merged([], raw), [LINE_V2]),
    "callStatus v1": (calls.calls, [CALL_V1]),
    "callStatus v2": (calls.calls, [CALL_V2]),
    "callLogs": (calls.call_logs, {"Missed": [LOGGED], "received": [LOGGED], "Placed": [LOGGED]}),
    "callLogs/missed": (calls.call_log, [LOGGED]),
    "sipStatus": (sip.sip_status, SIP),
    "sessionStats": (media.sessions, [SESSION]),
    "communicationInfo": (
        calls.communication, {"CommunicationType": ["RxOnly"], "FarEndMuteState": ["1333"], "PhoneMuteState": "True"},
    ),
    "pollForStatus": (calls.poll_status, {"State": "Active", "StateData": "Active call duration 14 secs"}),
    "getPresence": (calls.presence, {"Presence": "Presence-15"}),
    "network/stats": (stats.network_stats, {"UpTime": "1 day 1:41:56", "RxPackets": "1601", "TxPackets": "1602"}),
    "device/stats": (stats.device_stats, DEVICE_STATS),
}  # fmt: skip

REASONS = {
    ("sipStatus", "TotalUser"): "the length of the list",
    ("sessionStats", "H235DHKey"): "a secret",
}
"""Keys that become no fact, and why not."""


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Each value that is no object or list, with the keys that lead to it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield path, value
        return
    for key, part in inner:
        yield from leaves(part, (*path, key))


def changed(value: Any, path: tuple[Any, ...]) -> Any:
    """The same reply without the value there."""
    key, *rest = path
    copy = dict(value) if isinstance(value, dict) else list(value)
    if rest:
        copy[key] = changed(value[key], tuple(rest))
    else:
        copy[key] = ""
    return copy


CASES = [(name, path) for name, (_shape, raw) in REPLIES.items() for path, _leaf in leaves(raw)]


@pytest.mark.parametrize(("name", "path"), CASES, ids=[f"{name}:{'.'.join(map(str, path))}" for name, path in CASES])
def test_every_key_makes_a_difference(name: str, path: tuple[Any, ...]) -> None:
    """What would come out unchanged without the key is lost."""
    shape, raw = REPLIES[name]
    lost = shape(raw) == shape(changed(raw, path))
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    assert lost is ((name, key) in REASONS)


@pytest.mark.parametrize("name", REPLIES)
def test_every_known_key_has_a_name_of_ours(name: str) -> None:
    shape, raw = REPLIES[name]
    assert "other" not in str(shape(raw))


@pytest.mark.parametrize("name", [name for name in REPLIES if name not in ("location/info", "callLogs")])
def test_what_newer_firmware_tells_is_kept_as_it_is(name: str) -> None:
    shape, raw = REPLIES[name]
    new = {"New Key": "new", "NewObject": {"a": "1"}, "Empty": "", "None": []}
    more = [{**raw[0], **new}] if isinstance(raw, list) else {**raw, **new}
    if name == "sipStatus":
        more = {**raw, "User": [{**raw["User"][0], **new}]}
    shaped = shape(more)
    found = shaped[0] if isinstance(shaped, list) else shaped
    kept = {**found.get("other", {}), **{key: {"a": "1"} for key in found.get("pools", {}) if key == "NewObject"}}
    assert kept == {"New Key": "new", "NewObject": {"a": "1"}}


def test_what_can_not_be_read_is_kept_as_it_is() -> None:
    raw = {"VLANID": "none of your business", "DHCP": "perhaps", "Wifi": {"Signal Strength": "good"}}
    assert device.network(raw) == {
        "other": {"VLANID": "none of your business", "DHCP": "perhaps"},
        "wifi": {"other": {"Signal Strength": "good"}},
    }


@pytest.mark.parametrize(
    ("hours", "expected"), [("5.5", 5.5), ("-3.5", -3.5), ("5.75", 5.75), ("-7", -7), ("0", 0), ("+1", None)]
)
def test_offsets_that_are_no_whole_hours(hours: str, expected: float | None) -> None:
    found = device.running_config({"SNTP": {"GMTOffsetHours": hours}})["sntp"]
    assert found.get("gmt_offset_hours") == expected
    assert type(found.get("gmt_offset_hours")) is type(expected)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("sip:1777@example.org", "1777"),
        ("SIPS:*97@198.51.100.7", "*97"),
        ("1777", "1777"),
        ("tel:+49301234", "+49301234"),
        ("sip:reception@example.org", "reception@example.org"),
        ("", None),
    ],
)
def test_numbers_of_call_logs_are_those_of_calls(number: str, expected: str | None) -> None:
    (logged,) = calls.call_log([{"RemotePartyNumber": number}])
    (call,) = calls.calls([{"RemotePartyNumber": number}])
    assert logged.get("remote_number") == call.get("remote_number") == expected


def test_attached_hardware_as_the_manuals_print_it() -> None:
    listed = [{"Camera": "true"}, {"EM": {"Type": "LCD", "Version": "2"}, "Dongle": "Wi-Fi"}]
    found = device.device({"AttachedHardware": listed})
    assert found == {
        "camera": True,
        "expansion_modules": [{"type": "lcd", "version": "2"}],
        "other": {"Dongle": "Wi-Fi"},
    }
