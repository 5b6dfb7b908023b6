# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One phone as each firmware describes it: all replies become the same data, and no reply breaks a shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.shapes import calls, converters, media, sip, stats
from ansible_collections.polycom.vvx.plugins.module_utils._phone.shapes import device as device_shapes
from ansible_collections.polycom.vvx.plugins.module_utils._phone.shapes import lines as line_shapes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DEVICE_V1 = {
    "ModelNumber": "VVX 411", "FirmwareRelease": "{firmware}", "DeviceType": "hardwareEndpoint",
    "DeviceVendor": "Polycom",
    "UpTimeSinceLastReboot": "3 Days 4:05:06", "IPV4Address": "192.0.2.10", "IPV6Address": "::",
    "MACAddress": "0004f2aabbcc",
    "AttachedHardware": {"EM": [{"type": "LCD", "version": "1.0"}]},
}  # fmt: skip
DEVICE_V2 = {
    "ModelNumber": "VVX 411", "DeviceVendor": "Polycom", "DeviceType": "HardwareEndpoint", "MACAddress": "0004f2aabbcc",
    "Firmware": {
        "Application": "{firmware} 01-Jan-20 06:00", "Updater": "5.9.7.2222", "BootBlock": "3.0.6.0001 (48830-001)",
    },
    "IPAddress": "192.0.2.10", "IPStack": "IPv4 Only", "IPv6Address": "::", "IPv6LinkAddress": "::",
    "IPv6ULAAddress": "::",
    "UpTime": {"Days": "3", "Hours": "4", "Minutes": "5", "Seconds": "6"},
    "AttachedHardware": {"EM": [{"Type": "LCD", "Version": "1.0"}]},
    "CanApplyShutdownRequest": "True", "IntendToShutdown": "False", "AppState": "AppStateMenu", "ReadyToUse": "True",
}  # fmt: skip
LINE_V1 = {
    "LineNumber": "1", "SIPAddress": "1001", "UserID": "1001", "Label": "Desk", "LineType": "private",
    "RegistrationStatus": "registered",
    "Protocol": "SIP", "ProxyAddress": "sip.example.org", "Port": "5060",
}  # fmt: skip
LINE_V2 = {
    "ID": "1", "Label": "Desk", "Username": "1001", "Assigned": "True", "RegistrationStatus": "Registered",
    "Type": "Private",
    "Active": "False", "DoNotDisturb": "False", "CallAppearances": [],
    "CallServers": [
        {"ID": "1", "Address": "sip.example.org", "RegistrationStatus": "Registered", "Port": "5060", "Expires": "3600",
            "Transport": "UdpOnly"}
    ],
    "ForwardingConfig": {"Always": "", "DoNotDisturb": "", "Busy": "", "NoAnswer": ""},
}  # fmt: skip
CALL_V1 = {
    "CallHandle": "0x41c2c008", "Type": "Incoming", "Protocol": "SIP", "CallState": "CallHold", "LineId": "1",
    "RemotePartyName": "Ann",
    "RemotePartyNumber": "5551000", "DurationInSeconds": "65",
}  # fmt: skip
CALL_V2 = {
    "CallHandle": "41c2c008", "Type": "Incoming", "CallState": "Hold", "Protocol": "SIP", "LineID": "1",
    "CallSequence": "1",
    "UIAppearanceIndex": "1*", "RemotePartyName": "Ann", "RemotePartyNumber": "5551000",
    "StartTime": "2020-01-02T03:04:05",
    "DurationSeconds": "65", "Ringing": "0", "Muted": "1", "RTPPort": "2224", "RTCPPort": "2225",
    "Media Direction": "sendonly",
    "Remote Connection IP": "192.0.2.20",
}  # fmt: skip
LOG = {
    "LineNumber": "1",
    "StartTime": "2020-01-02T03:04:05",
    "RemotePartyName": "Ann",
    "RemotePartyNumber": "5551000",
    "Duration": "4 mins 49 secs",
}
MISSED = {**LOG, "Duration": ""}
LOGS = {"Missed": [MISSED], "Received": [LOG], "Placed": []}
POLL = {"State": "Idle", "StateData": "Time of last call 2020-01-02T03:04:05"}
STATS = {"UpTime": "3 days 4:05:06", "RxPackets": "548812", "TxPackets": "274706"}


def without(raw: dict[str, Any], *names: str, **more: Any) -> dict[str, Any]:
    return {**{name: value for name, value in raw.items() if name not in names}, **more}


FLAVOURS: dict[str, dict[str, Any]] = {
    "5.4": {
        "device": without(DEVICE_V1, **{"UpTimeSinceLastReboot": "3.04:05:06", "ModelNumber ": "VVX 411"}),
        "lines": ([LINE_V1, LINE_V1], []),
        "calls": [CALL_V1],
        "logs": LOGS,
        "poll": POLL,
        "stats": STATS,
    },
    "5.7": {
        "device": DEVICE_V2,
        "lines": ([without(LINE_V1, "UserID", Username="1001")], []),
        "calls": [without(CALL_V1, "DurationInSeconds", DurationSeconds="65", Ringing="0", Muted="1", RTPPort="2224")],
        "logs": LOGS,
        "poll": POLL,
        "stats": STATS,
    },
    "5.8": {
        "device": DEVICE_V2,
        "lines": ([LINE_V1, LINE_V1], [LINE_V2, {**LINE_V2, "CallServers": []}]),
        "calls": [CALL_V2],
        "logs": LOGS,
        "poll": POLL,
        "stats": STATS,
    },
    "5.8 by the manual": {
        "device": without(DEVICE_V1, DeviceType="HardwareEndPoint", MACAddress="0004F2AABBCC"),
        "lines": ([without(LINE_V1, LineType="Private", RegistrationStatus="Registered")], [without(LINE_V2, ID=1)]),
        "calls": [without(CALL_V1, "LineId", LineID="1")],
        "logs": {"missed": [without(MISSED, LineNumber=1)], "received": [without(LOG, LineNumber=1)], "placed": []},
        "poll": {"State": "idle", "StateData": POLL["StateData"]},
        "stats": {"uptime": "3.04:05:06", "rxpackets": 548812, "txpackets": 274706},
    },
    "5.9": {
        "device": without(DEVICE_V2, MACAddress="00:04:f2:aa:bb:cc"),
        "lines": ([LINE_V1], [LINE_V2]),
        "calls": [{f"{name} ": value for name, value in CALL_V2.items()}],
        "logs": {" Missed": [MISSED], "Received ": [LOG], "Placed": []},
        "poll": {"State": " Idle ", "StateData": POLL["StateData"]},
        "stats": {f"{name} ": value for name, value in STATS.items()},
    },
    "6.4": {
        "device": without(
            DEVICE_V2, UpTime={"Days": "3", "Hours": 4, "Minutes": "05", "Seconds": " 6"}, CanApplyShutdownRequest=True
        ),
        "lines": ([LINE_V1], [without(LINE_V2, Channels=[])]),
        "calls": [without(CALL_V2, Channel={"Mode": "Audio", "Number": "1", "Label": "Line 1", "State": "Hold"})],
        "logs": LOGS,
        "poll": POLL,
        "stats": STATS,
    },
}
ALL = pytest.mark.parametrize("flavour", list(FLAVOURS))


def same(actual: dict[str, Any], expected: dict[str, Any]) -> None:
    """What each firmware tells; newer ones tell more."""
    assert {name: actual.get(name) for name in expected} == expected


@ALL
def test_device(flavour: str) -> None:
    firmware = f"{flavour[:3]}.0.1111"
    raw = FLAVOURS[flavour]["device"]
    for name in ("Firmware", "FirmwareRelease"):
        if name in raw:
            message = raw[name]
            raw = {
                **raw,
                name: message.format(firmware=firmware)
                if isinstance(message, str)
                else {**message, "Application": message["Application"].format(firmware=firmware)},
            }
    device = device_shapes.device(raw)
    same(device, {
        "model": "VVX 411", "vendor": "Polycom", "mac": "00:04:f2:aa:bb:cc", "firmware": firmware,
        "uptime_seconds": 273906,
        "ipv4_address": "192.0.2.10", "expansion_modules": [{"type": "lcd", "version": "1.0"}],
    })  # fmt: skip
    assert "ipv6_address" not in device
    if "Firmware" in raw:
        same(
            device,
            {
                "ready_to_use": True,
                "can_apply_shutdown_request": True,
                "intend_to_shutdown": False,
                "app_state": "AppStateMenu",
            },
        )


@ALL
def test_lines(flavour: str) -> None:
    (line,) = line_shapes.merged(*FLAVOURS[flavour]["lines"])
    same(line, {
        "line": 1, "label": "Desk", "user": "1001", "sip_address": "1001", "protocol": "SIP",
        "proxy": "sip.example.org", "port": 5060,
        "type": "private", "registered": True,
    })  # fmt: skip
    if FLAVOURS[flavour]["lines"][1]:
        server = {
            "server": 1,
            "address": "sip.example.org",
            "port": 5060,
            "transport": "UdpOnly",
            "expires_seconds": 3600,
            "registered": True,
        }
        same(line, {"assigned": True, "active": False, "do_not_disturb": False, "servers": [server]})
        assert "forwarding" not in line


@ALL
def test_calls(flavour: str) -> None:
    (call,) = calls.calls(FLAVOURS[flavour]["calls"])
    same(call, {
        "handle": "41c2c008", "direction": "incoming", "state": "hold", "protocol": "sip", "line": 1,
        "remote_name": "Ann",
        "remote_number": "5551000", "duration_seconds": 65,
    })  # fmt: skip
    assert call["ref"] in ("41c2c008", "0x41c2c008")
    if "muted" in call:
        same(call, {"ringing": False, "muted": True, "rtp_port": 2224})
    if "sequence" in call:
        same(
            call,
            {
                "sequence": 1,
                "active": True,
                "started": "2020-01-02T03:04:05",
                "media_direction": "sendonly",
                "remote_address": "192.0.2.20",
            },
        )
    assert call.get("channel") in (None, {"mode": "audio", "number": 1, "label": "Line 1", "state": "hold"})


@ALL
def test_call_logs(flavour: str) -> None:
    entry = {"line": 1, "started": "2020-01-02T03:04:05", "remote_name": "Ann", "remote_number": "5551000"}
    assert calls.call_logs(FLAVOURS[flavour]["logs"]) == {
        "missed": [entry],
        "received": [{**entry, "duration_seconds": 289}],
        "placed": [],
    }


@ALL
def test_poll_status(flavour: str) -> None:
    assert calls.poll_status(FLAVOURS[flavour]["poll"]) == {
        "state": "idle",
        "detail": "Time of last call 2020-01-02T03:04:05",
    }


@ALL
def test_network_stats(flavour: str) -> None:
    assert stats.network_stats(FLAVOURS[flavour]["stats"]) == {
        "uptime_seconds": 273906,
        "packets_received": 548812,
        "packets_sent": 274706,
    }


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("", None),
        ("26 secs", 26),
        ("1 min 1 sec", 61),
        ("4 mins 49 secs", 289),
        ("2 hours 0 mins 5 secs", 7205),
        ("0:00:26", 26),
        ("none", None),
        (None, None),
    ],
)
def test_durations(written: Any, seconds: int | None) -> None:
    assert converters.duration(written) == seconds


@pytest.mark.parametrize(
    ("written", "score"),
    [
        ("4.1", 4.1),
        ("127.0", converters.NOTHING),
        ("127", converters.NOTHING),
        ("", None),
        ("0.0", 0.0),
        ("n/a", None),
        (127.0, converters.NOTHING),
        (4, 4.0),
        (True, None),
    ],
)
def test_scores(written: Any, score: Any) -> None:
    assert media.mos(written) == score


def test_media_sessions_of_a_video_call() -> None:
    stream = {
        "Category": "1:Video",
        "RxCodec": "3:G.722.1",
        "TxCodec": "H.264",
        "VideoRxFrameRate": "15",
        "VideoRx": "x",
        "Jitter ": "2",
        "RxMOSLQ": "127.0",
    }
    assert media.sessions([{"Ref ": "0x1", "SRTPCall": "True", "H235Call": "False", "Streams": [stream, 7]}, {}]) == [
        {
            "ref": "0x1", "srtp": True, "h235": False,
            "streams": [
                {
                    "category": "video", "rx_codec": "G.722.1", "tx_codec": "H.264", "video_rx_frame_rate": 15,
                    "jitter_ms": 2, "other": {"VideoRx": "x"},
                }
            ],
        },
        {"streams": []},
    ]  # fmt: skip


def test_location_has_the_manuals_names() -> None:
    raw = {"House Num. Suff.": "b", "Road SubSection": "1", "Place Type ": "office", "City": "", "Street1": "x"}
    assert device_shapes.location(raw) == {
        "house_num_suff": "b",
        "road_sub_section": "1",
        "place_type": "office",
        "street1": "x",
    }


# -- no reply, however odd, breaks a shape

NAMES = sorted({
    *DEVICE_V1, *DEVICE_V2, *LINE_V1, *LINE_V2, *CALL_V1, *CALL_V2, *LOG, *LOGS, *POLL, *STATS, "Channel", "Presence",
    "CommunicationType", "FarEndMuteState",
    "PhoneMuteState", "User", "Calls", "Events", "Streams", "Category", "RxCodec", "RxMOSCQ", "VideoRx", "CPU",
    "Memory", "Total", "Network", "SNTP", "Days",
    "EM", "RAMDiskSize", "Type ", "version",
})  # fmt: skip
WORDS = [
    "",
    "1",
    "-1",
    "0x",
    "0xZ",
    "127.0",
    "3 Days 4:05:06",
    "1:",
    "Enabled",
    "1*",
    "4 mins",
    "::",
    "99999999999999999999",
    "2020-01-02T03:04:05",
]
TEXT = st.sampled_from(WORDS) | st.text(st.characters(), max_size=8)
LEAF = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
KEYS = st.sampled_from(NAMES) | st.text(max_size=8)
JSON = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
OBJECT = st.dictionaries(KEYS, JSON, max_size=8)
OBJECTS = st.lists(OBJECT, max_size=3)
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Computers that test may be busy."""


@pytest.mark.parametrize(
    "shape",
    [
        device_shapes.device, device_shapes.network, device_shapes.running_config, stats.network_stats,
        stats.device_stats, device_shapes.location,
        calls.call_logs, calls.poll_status, calls.presence, calls.communication,
    ],
)  # fmt: skip
@patiently
@given(raw=OBJECT)
def test_no_object_breaks_a_shape(shape: Callable[[Any], Any], raw: dict[str, Any]) -> None:
    shaped = shape(raw)
    assert isinstance(shaped, dict) and all(isinstance(name, str) for name in shaped)


@pytest.mark.parametrize("shape", [calls.calls, media.sessions, lambda raw: line_shapes.merged(raw, raw)])
@patiently
@given(raw=OBJECTS)
def test_no_list_of_objects_breaks_a_shape(shape: Callable[[Any], Any], raw: list[dict[str, Any]]) -> None:
    assert all(isinstance(item, dict) for item in shape(raw))


@patiently
@given(raw=JSON, odd=OBJECT)
def test_lists_that_hold_anything(raw: Any, odd: dict[str, Any]) -> None:
    assert isinstance(calls.call_log(raw), list)
    assert isinstance(sip.sip_status({"User": raw, **odd}), list)


@patiently
@given(JSON)
def test_a_handle_that_is_there_is_a_text(raw: Any) -> None:
    (call,) = calls.calls([{"CallHandle": raw}])
    call.pop("other", None)
    assert set(call) <= {"handle", "ref"} and all(isinstance(value, str) for value in call.values())
