# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_info on every firmware: one shape per subset, no dangerous request by default, no failure for missing calls."""

from __future__ import annotations

import hashlib
import ssl
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import info
from ansible_collections.polycom.vvx.plugins.module_utils._operations.info import SPEC as INFO
from ansible_collections.polycom.vvx.plugins.module_utils._phone.tls import TlsSettings
from ansible_collections.polycom.vvx.plugins.module_utils._steps.subsets import SUBSETS

from simulator import Phone, PhoneSpec, Switches
from support.reach import params, run

FIRMWARES = ["5.4.0.10182", "5.7.0.11768", "5.8.0.12848", "5.9.3.2489", "6.4.3.1004"]
WITHOUT_V2 = FIRMWARES[:2]
KINDS = [*((firmware, "phone") for firmware in FIRMWARES), ("5.8.0.12848", "manual"), ("5.4.0.10182", "manual")]
ON_REQUEST = {"missed_calls", "received_calls", "placed_calls", "device_stats", "media_sessions", "ui_xml"}
SINCE_5_7 = {"running_config", "location", "transfer_type", "communication", "device_stats", "media_sessions"}
SINCE_5_8 = {"ui_xml"}
CALLS = sorted(set(SUBSETS) - {"certificate"})
"""Those that a call gives."""


def gather(phone: Phone, *subset: str, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    connection = {name: options.pop(name) for name in ("password", "retries", "timeout", "username") if name in options}
    return run(
        info.run, phone, params(INFO, gather_subset=list(subset or ("device",)), **options), check_mode, **connection
    )


def one(phone: Phone, subset: str, **options: Any) -> Any:
    result = gather(phone, subset, **options)
    assert "failed" not in result and result["changed"] is False and result["unsupported"] == {}, result
    assert list(result["info"]) == [subset]
    return result["info"][subset]


def start(start_fleet: Any, firmware: str, flavour: str = "phone", **spec: Any) -> Phone:
    phone: Phone = start_fleet(PhoneSpec(firmware=firmware, flavour=flavour, **spec)).phones[0]
    return phone


def talk(phone: Phone, number: str = "5551000") -> str:
    """The handle of a call that is answered, without the collection's help."""
    phone.set_layer("config", {"call.autoAnswer.SIP": "1"})
    handle = phone.ring(number, "Ann")
    phone.set_layer("config", {"call.autoAnswer.SIP": None})
    return handle


# -- one shape whatever the firmware


@pytest.mark.parametrize(("firmware", "flavour"), KINDS)
def test_all_subsets_that_a_firmware_has(start_fleet: Any, firmware: str, flavour: str) -> None:
    phone = start(start_fleet, firmware, flavour, base_profile="Lync")
    result = gather(phone, *SUBSETS)
    assert "failed" not in result, result
    lacking = set() if firmware > "5.8" else SINCE_5_8 if firmware > "5.7" else SINCE_5_7 | SINCE_5_8
    assert set(result["unsupported"]) == lacking
    assert set(result["info"]) == set(SUBSETS) - lacking
    for name in lacking:
        assert result["unsupported"][name].startswith("the phone does not have GET /api/v"), (
            "why, without the host, which the task names"
        )
    assert result["requests"] == phone.count()


@pytest.mark.parametrize(("firmware", "flavour"), KINDS)
def test_the_same_values_everywhere(start_fleet: Any, firmware: str, flavour: str) -> None:
    phone = start(start_fleet, firmware, flavour, base_profile="Lync")
    result = gather(phone, "sip_status", "network_stats", "poll_status", "presence", "calls", "call_logs")["info"]
    event = result["sip_status"][0]["events"][0]
    assert result["sip_status"] == [
        {"name": "1001", "line": 1, "total_calls": 0, "total_events": 1, "calls": [], "events": [event]},
    ]
    assert (event["type"], event["registration_state"]) == ("register", "registered") and isinstance(
        event["expires_seconds"], int
    )
    assert set(result["network_stats"]) == {"uptime_seconds", "packets_received", "packets_sent"}
    assert 273906 <= result["network_stats"]["uptime_seconds"] < 274500
    assert result["network_stats"]["packets_received"] > result["network_stats"]["packets_sent"] > 273906
    assert result["poll_status"]["state"] == "idle" and result["poll_status"]["detail"].startswith("Time of last call")
    assert result["presence"] == {"presence": "offline"}
    assert result["calls"] == []
    assert result["call_logs"] == {"missed": [], "received": [], "placed": []}


@pytest.mark.parametrize(("firmware", "flavour"), KINDS)
def test_a_call_reads_the_same_everywhere(start_fleet: Any, firmware: str, flavour: str) -> None:
    phone = start(start_fleet, firmware, flavour)
    handle = talk(phone)
    (call,) = one(phone, "calls")
    same = {name: call[name] for name in ("handle", "direction", "state", "protocol", "line", "remote_name")}
    assert same == {
        "handle": handle,
        "direction": "incoming",
        "state": "connected",
        "protocol": "sip",
        "line": 1,
        "remote_name": "Ann",
    }
    assert call["duration_seconds"] in (0, 1) and call["remote_number"] == "5551000"
    assert call["ref"] == (f"0x{handle}" if firmware in WITHOUT_V2 else handle)
    if firmware not in WITHOUT_V2:
        assert (call["sequence"], call["active"], call["ringing"], call["muted"], call["media_direction"]) == (
            1,
            True,
            False,
            False,
            "sendrecv",
        )
        assert call["started"].count(":") == 2 and call["rtcp_port"] == call["rtp_port"] + 1
    assert one(phone, "poll_status")["state"] == "active"
    assert one(phone, "sip_status")[0]["calls"][0]["state"] == "Connected"
    phone.hang_up(handle)
    phone.ring("5552000")
    phone.hang_up(phone.calls[0].handle)
    logs = one(phone, "call_logs")
    assert [entry["remote_number"] for entry in logs["received"]] == ["5551000"] and logs["received"][0][
        "duration_seconds"
    ] in (0, 1)
    assert [(entry["line"], entry["remote_number"]) for entry in logs["missed"]] == [(1, "5552000")] and logs[
        "placed"
    ] == []
    for kind in ("missed", "received", "placed"):
        assert one(phone, f"{kind}_calls") == logs[kind]


@pytest.mark.parametrize(("firmware", "flavour"), [kind for kind in KINDS if kind[0] > "5.7"])
def test_subsets_of_newer_firmware_read_the_same(start_fleet: Any, firmware: str, flavour: str) -> None:
    phone = start(start_fleet, firmware, flavour)
    assert one(phone, "communication") == {"types": ["idle"], "far_ends_muted": [], "muted": False}
    assert one(phone, "media_sessions") == []
    stats = one(phone, "device_stats")
    assert (stats["cpu_percent"], stats["cpu_average_percent"], stats["ram_disk_bytes"]) == (12.5, 12.9, 67108864)
    assert stats["pools"]["pgui"] == {
        "arena_bytes": 3670016,
        "used_bytes": 3543504,
        "free_bytes": 126512,
        "mapped_bytes": 1212416,
    }
    assert ("memory" in stats) is (flavour == "phone")
    talk(phone)
    assert one(phone, "communication") == {"types": ["rxtx"], "far_ends_muted": [], "muted": False}
    if firmware > "5.8":
        assert one(phone, "ui_xml").startswith("<?xml")


def test_a_score_of_127_is_none(start_fleet: Any) -> None:
    """It is what phones write before there is a score."""
    phone = start(start_fleet, "5.9.3.2489")
    handle = talk(phone)
    (session,) = one(phone, "media_sessions", raw=True)
    (stream,) = session["streams"]
    assert (session["ref"], session["srtp"], session["h235"]) == (f"0x{handle}", False, False)
    assert (stream["category"], stream["rx_codec"], stream["jitter_ms"], stream["packets_lost"]) == (
        "voice",
        "G.722",
        2,
        0,
    )
    assert gather(phone, "media_sessions", raw=True)["raw"]["media_sessions"][0]["Streams"][0]["RxMOSCQ"] == "127.0"
    assert not [name for name in stream if "mos" in name]


# -- what is asked


@pytest.mark.parametrize("firmware", FIRMWARES)
@pytest.mark.parametrize("subset", [("all",), ("!device",), ("all", "!calls")])
def test_all_leaves_out_what_is_slow_or_large(start_fleet: Any, firmware: str, subset: tuple[str, ...]) -> None:
    phone = start(start_fleet, firmware, base_profile="Lync")
    result = gather(phone, *subset)
    assert not ON_REQUEST & (set(result["info"]) | set(result["unsupported"]))
    for path in ("device/stats", "sessionStats", "uixml", "callLogs/missed", "callLogs/received", "callLogs/placed"):
        assert phone.count(path) == 0, path
    assert {request.method for request in phone.log} == {"GET"}


def test_what_is_slow_comes_when_it_is_named(phone: Phone) -> None:
    result = gather(phone, "min", "ui_xml", "media_sessions", "device_stats")
    assert list(result["info"]) == ["device", "device_stats", "media_sessions", "ui_xml"]
    assert phone.count("device/stats") == phone.count("sessionStats") == phone.count("uixml") == 1


def test_a_subset_that_is_none(phone: Phone) -> None:
    result = gather(phone, "device", "Calls")
    assert (
        result["failed"]
        and result["error"]["kind"] == "settings"
        and "gather_subset: 'Calls' is not a subset." in result["msg"]
    )
    assert phone.count() == 0


def test_check_mode_reads_all_the_same(phone: Phone) -> None:
    assert gather(phone, check_mode=True)["info"] == gather(phone)["info"]


# -- what a phone does not have


@pytest.mark.parametrize(("base_profile", "supported"), [("Generic", False), ("Lync", True)])
def test_presence_needs_skype(start_fleet: Any, base_profile: str, supported: bool) -> None:
    phone = start(start_fleet, "5.9.3.2489", base_profile=base_profile)
    result = gather(phone, "presence", "device")
    assert "failed" not in result and ("presence" in result["info"]) is supported and "device" in result["info"]
    assert result["unsupported"] == ({} if supported else {"presence": "operation not supported (Status 4004)."})


@pytest.mark.parametrize("place", ["top_level", "data"])
def test_both_places_of_presence(start_fleet: Any, place: Any) -> None:
    phone = start(start_fleet, "5.9.3.2489", base_profile="Lync", switches=Switches(presence=place))
    assert one(phone, "presence") == {"presence": "offline"}
    phone.signed_in = True
    assert one(phone, "presence") == {"presence": "available"}
    talk(phone)
    assert one(phone, "presence") == {"presence": "busy"}


@pytest.mark.parametrize(
    ("before", "requests"), [([], ["/api/v1/mgmt/device/info"]), (["device"], ["/api/v2/mgmt/device/info"])]
)
def test_the_certificate_costs_no_request_after_another(
    start_fleet: Any, before: list[str], requests: list[str]
) -> None:
    fleet = start_fleet(PhoneSpec(certificate="factory", issuer="Example CA", not_before="-10", not_after="99.5"))
    phone = fleet.phones[0]
    tls = TlsSettings(ca_path=fleet.ca_of("Example CA"), verify_hostname="mac")
    result = run(
        info.run, phone, params(INFO, gather_subset=[*before, "certificate"], raw=True), tls=tls, mac=phone.mac,
    )  # fmt: skip
    found = result["info"]["certificate"]
    assert [request.path for request in phone.log] == requests and phone.auth_failures == 0
    assert {name: found[name] for name in ("subject", "name", "issuer", "days_left")} == {
        "subject": f"CN={phone.mac.upper()}, O=Polycom",
        "name": phone.mac.upper(),
        "issuer": "CN=Example CA, O=Polycom",
        "days_left": 99,
    }
    assert found["not_after"].endswith("Z") and found["protocol"].startswith("TLSv1.")
    encoded = ssl.PEM_cert_to_DER_cert(result["raw"]["certificate"]["certificate"])
    assert found["fingerprint"] == hashlib.sha256(encoded).hexdigest()


def test_a_certificate_is_seen_whether_it_is_checked_or_not_and_absent_over_http(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(certificate="expired")).phones[0]
    found = run(
        info.run, phone, params(INFO, gather_subset=["device", "certificate"]), tls=TlsSettings(validate_certs=False)
    )
    assert found["info"]["certificate"]["days_left"] < 0
    phone = start_fleet(PhoneSpec(), tls=False).phones[0]
    found = gather(phone, "device", "certificate")
    assert found["unsupported"] == {"certificate": "plain HTTP has no certificate."} and "failed" not in found


@pytest.mark.parametrize("subset", CALLS)
def test_rest_switched_off_is_no_unsupported_subset(start_fleet: Any, subset: str) -> None:
    phone = start(start_fleet, "5.9.3.2489", rest="off")
    result = gather(phone, subset)
    assert result["failed"] and result["error"]["kind"] == "rest_disabled" and phone.host in result["msg"]


@pytest.mark.parametrize("subset", CALLS)
@pytest.mark.parametrize("fault", ["wrong_types", "list", "html", "truncated", "empty"])
def test_garbage_is_a_clear_failure(start_fleet: Any, subset: str, fault: str) -> None:
    phone = start(start_fleet, "5.9.3.2489", base_profile="Lync")
    phone.fault(fault, times=0)
    result = gather(phone, subset)
    assert result["failed"] is True and result["error"]["kind"] == "protocol"
    assert result["error"]["host"] == phone.host
