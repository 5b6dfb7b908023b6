# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which module sends which REST API call: a row each, with a task that a test runs; docs/api.md is made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ansible_collections.polycom.vvx.plugins.module_utils._phone.endpoints import ENDPOINTS, Endpoint

from simulator import Phone, PhoneSpec, Switches

Judge = Callable[[dict[str, Any]], Any]
NEW = "6.4.0.1"


@dataclass(frozen=True)
class Row:
    """A call and the module that sends it.

    ``option``: the option (and its value) that makes the module send the call. ``task``: the options of the task that
    shows it. ``sent``: what the request's data (or query) must have. ``judge``: whether the result is right. ``spec``
    and ``prepare``: the phone that the task runs on. ``before``: tasks that run first.
    """

    endpoint: str
    module: str
    option: tuple[str, str]
    task: Mapping[str, Any]
    judge: Judge
    sent: Any = None
    spec: PhoneSpec = field(default_factory=lambda: PhoneSpec(firmware=NEW))
    prepare: Callable[[Phone], Any] = lambda _phone: None
    before: tuple[Mapping[str, Any], ...] = ()

    @property
    def name(self) -> str:
        """The name of the row's phone and test."""
        return "-".join([self.endpoint, *filter(None, [self.option[1]])]).replace("_", "-")

    @property
    def call(self) -> Endpoint:
        return ENDPOINTS[self.endpoint]


def _info(endpoint: str, subset: str, judge: Judge, **more: Any) -> Row:
    return Row(
        endpoint,
        "vvx_info",
        ("gather_subset", subset),
        {"gather_subset": subset},
        lambda result: judge(result["info"][subset]),
        **more,
    )


def _facts(endpoint: str, subset: str, judge: Judge, **more: Any) -> Row:
    return Row(
        endpoint,
        "vvx_facts",
        ("gather_subset", subset),
        {"gather_subset": subset},
        lambda result: judge(result["ansible_facts"]["vvx"][subset]),
        **more,
    )


def _reset(endpoint: str, scope: str) -> Row:
    task = {"scope": scope, "confirm": True, "wait_timeout": 20}
    again = PhoneSpec(firmware=NEW, switches=Switches(factory_reset="reprovisioned"))
    return Row(
        endpoint,
        "vvx_reset",
        ("scope", scope),
        task,
        lambda result: result["changed"] and result["cleared"],
        spec=again,
    )


def _call(
    endpoint: str,
    action: str,
    judge: Judge,
    before: tuple[Mapping[str, Any], ...] = (),
    rings: bool = False,
    **more: Any,
) -> Row:
    options = {key: value for key, value in more.items() if key != "sent"}
    return Row(
        endpoint, "vvx_call", ("action", action), {"action": action, **options}, judge, sent=more.get("sent"),
        before=before,
        prepare=(lambda phone: phone.ring("2002", "Ann")) if rings else (lambda _phone: None),
    )  # fmt: skip


def _state(state: str) -> Judge:
    return lambda result: result["call"]["state"] == state


def _miss_a_call(phone: Phone) -> None:
    phone.hang_up(phone.ring("2002", "Ann"))


DIALLED = {"polycom.vvx.vvx_call": {"action": "dial", "destination": "2002", "wait_for": "connected"}}
HELD = {"polycom.vvx.vvx_call": {"action": "hold"}}
OLD = PhoneSpec(firmware="5.4.0.1")
SKYPE = PhoneSpec(firmware=NEW, base_profile="Lync")
SIGN_IN = {"state": "signed_in", "address": "ann@example.org", "user": "ann", "skype_password": "an-unlikely-secret"}


def _allow(*names: str) -> Callable[[Phone], None]:
    return lambda phone: phone.set_layer("config", dict.fromkeys(names, "1"))


ROWS: tuple[Row, ...] = (
    # device
    _facts("device_info", "device", lambda device: device["model"] == "VVX 411", spec=OLD),
    _facts("device_info_v2", "device", lambda device: device["ready_to_use"]),
    _info("device_stats", "device_stats", lambda stats: stats["memory"]["total_bytes"] > 0),
    _facts("running_config", "running_config", lambda groups: groups["network"]["lldp"] is True),
    _facts("network_info", "network", lambda network: network["dhcp"] is True),
    _info("network_stats", "network_stats", lambda stats: stats["packets_received"] > 0),
    _facts("line_info", "lines", lambda lines: lines[0]["registered"], spec=OLD),
    _facts("line_info_v2", "lines", lambda lines: lines[0]["servers"][0]["working"]),
    _facts(
        "location_info", "location", lambda place: place["city"] == "Berlin",
        prepare=lambda phone: phone.set_layer("config", {"locInfo.1.A3": "Berlin"}),
    ),
    _info("poll_for_status", "poll_status", lambda status: status["state"] == "idle"),
    _info("ui_xml", "ui_xml", lambda text: text.startswith("<?xml")),
    # configuration
    Row(
        "config_get", "vvx_config_info", ("names", ""), {"names": ["reg.[1-2].label"]},
        lambda result: result["parameters"]["reg.1.label"]["source"] == "config", sent=["reg.1.label", "reg.2.label"],
    ),
    Row(
        "config_set", "vvx_config", ("parameters", ""), {"parameters": {"reg.1.label": "Desk"}},
        lambda result: result["after"] == {"reg.1.label": "Desk"},
        sent={"reg.1.label": "Desk"},
    ),
    Row(
        "config_export", "vvx_export", ("types", "web"), {"types": ["web"], "dest": "web.cfg"},
        lambda result: result["files"][0]["size"] > 0,
        sent={"ConfigType": "Web"},
    ),
    Row(
        "update_configuration", "vvx_provision", ("watch", ""), {"watch": 10}, lambda result: result["restarted"],
        prepare=lambda phone: phone.provision({"diags.pcap.enabled": "1"}),
    ),
    _facts("transfer_type_get", "transfer_type", lambda kind: kind == "consultative"),
    Row("transfer_type_set", "vvx_transfer_type", ("type", "blind"), {"type": "blind"},
        lambda result: result["after"] == "blind", sent={"Type": "Blind"}),
    # restart and reset
    Row("safe_restart", "vvx_restart", ("mode", "restart"), {"mode": "restart"}, lambda result: result["changed"]),
    Row("safe_reboot", "vvx_restart", ("mode", "reboot"), {"mode": "reboot"}, lambda result: result["changed"]),
    _reset("config_reset", "all"),
    _reset("config_reset_local", "local"),
    _reset("config_reset_web", "web"),
    _reset("config_reset_device", "device"),
    _reset("config_reset_cloud", "cloud"),
    _reset("factory_reset", "factory"),
    # calls
    _call(
        "dial", "dial", _state("connected"), destination="2002", wait_for="connected",
        sent={"Dest": "2002", "Line": "1", "Type": "TEL"},
    ),
    _call("answer_call", "answer", _state("connected"), rings=True),
    _call("ignore_call", "ignore", lambda result: result["call"]["ringing"] is False, rings=True),
    _call("reject_call", "reject", lambda result: result["call"] is None, rings=True),
    _call("hold_call", "hold", _state("hold"), (DIALLED,)),
    _call("resume_call", "resume", _state("connected"), (DIALLED, HELD)),
    _call("mute", "mute", lambda result: result["call"]["muted"], (DIALLED,), sent={"state": "1"}),
    _call(
        "mute", "unmute", lambda result: not result["call"]["muted"],
        (DIALLED, {"polycom.vvx.vvx_call": {"action": "mute"}}), sent={"state": "0"},
    ),
    _call(
        "transfer_call", "transfer", lambda result: result["call"] is None, (DIALLED,), destination="3003",
        sent={"TransferDest": "3003"},
    ),
    _call("send_dtmf", "dtmf", lambda result: result["changed"], (DIALLED,), digits="12#", sent={"Digits": "12#"}),
    _call("end_call", "end", lambda result: result["calls"] == [], (DIALLED,)),
    _info(
        "call_status", "calls", lambda calls: calls[0]["remote_number"].endswith("2002"), spec=OLD,
        prepare=lambda phone: phone.ring("2002"),
    ),
    _info(
        "call_status_v2", "calls", lambda calls: calls[0]["state"] == "offering",
        prepare=lambda phone: phone.ring("2002"),
    ),
    _info("call_logs", "call_logs", lambda logs: logs["missed"][0]["remote_name"] == "Ann", prepare=_miss_a_call),
    _info("call_logs_missed", "missed_calls", lambda log: log[0]["remote_number"] == "2002", prepare=_miss_a_call),
    _info("call_logs_received", "received_calls", lambda log: log == []),
    _info(
        "call_logs_placed", "placed_calls", lambda log: log[0]["remote_number"] == "2002",
        before=(DIALLED, {"polycom.vvx.vvx_call": {"action": "end"}}),
    ),
    _info("sip_status", "sip_status", lambda users: users[0]["line"] == 1),
    _info("communication_info", "communication", lambda info: info["muted"] is False),
    _info(
        "session_stats", "media_sessions", lambda sessions: sessions[0]["streams"][0]["rx_codec"] == "G.722",
        before=(DIALLED,),
    ),
    # Skype for Business
    _info("presence", "presence", lambda found: found["presence"] == "offline", spec=SKYPE),
    Row(
        "skype_sign_in", "vvx_skype", ("state", "signed_in"), SIGN_IN,
        lambda result: result["presence"] == "available", spec=SKYPE,
        sent={"Address": "ann@example.org", "User": "ann", "Domain": ""},
    ),
    Row(
        "skype_sign_out", "vvx_skype", ("state", "signed_out"), {"state": "signed_out"},
        lambda result: result["presence"] == "offline", spec=SKYPE,
        before=({"polycom.vvx.vvx_skype": SIGN_IN},),
    ),
    Row(
        "web_sign_in", "vvx_request", ("path", ""), {"path": "/api/v1/mgmt/webSignIn"},
        lambda result: set(result["data"]) == {"Url", "Code"}, spec=SKYPE,
    ),
    Row(
        "web_sign_in_cancel", "vvx_request", ("path", ""), {"path": "/api/v1/mgmt/webSignInCancel"},
        lambda result: result["data"] == {"result": "Canceled"}, spec=SKYPE,
    ),
    # diagnosis
    Row(
        "upload_bg_capture", "vvx_capture", ("dest", ""), {"dest": "phone.pcap"},
        lambda result: result["files"][0]["size"] > 0,
        prepare=_allow("diags.pcap.enabled", "diags.pcap.background.enabled"),
    ),
    Row(
        "simulate_touch", "vvx_touch", ("action", "swipe"),
        {"action": "swipe", "positions": [{"x": 1, "y": 2}, {"x": 30, "y": 2}], "duration": 200},
        lambda result: result["changed"],
        sent={"Type": "Swipe", "Positions": [{"X": "1", "Y": "2"}, {"X": "30", "Y": "2"}], "Duration": "200"},
        prepare=_allow("httpd.ta.enabled"),
    ),
    Row(
        "simulate_key_event", "vvx_touch", ("action", "key"), {"action": "key", "key": "Home"},
        lambda result: result["changed"],
        sent={"Type": "Tap", "KeyName": "Home"}, prepare=_allow("httpd.ta.enabled"),
    ),
    Row(
        "simulate_text_input", "vvx_touch", ("action", "text"), {"action": "text", "text": "Zürich"},
        lambda result: result["changed"],
        sent={"Value": "Zürich", "ReplaceText": "false"}, prepare=_allow("httpd.ta.enabled"),
    ),
    Row(
        "screen_capture", "vvx_screenshot", ("dest", ""), {"dest": "screen.png"},
        lambda result: result["files"][0]["format"] == "png",
        prepare=_allow("up.screenCapture.enabled"),
    ),
    Row(
        "web_login", "vvx_screenshot", ("dest", ""), {"dest": "screen2.png"},
        lambda result: result["files"][0]["format"] == "png",
        spec=PhoneSpec(firmware=NEW, switches=Switches(screen_login="needed")),
        prepare=_allow("up.screenCapture.enabled"),
    ),
)  # fmt: skip

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
HEAD = """<!--
Copyright (c) 2026 the polycom.vvx contributors
SPDX-License-Identifier: GPL-3.0-or-later
-->
# The REST API, call by call

Every call of the phones' REST API, and the module that sends it. *Since* is the first UC Software known to have it,
*account* the lowest account that may use it, *input* the keys of the request's `data` or query (`?`: optional). For
calls of newer firmware, use `polycom.vvx.vvx_request`.

`tests/integration/test_api_coverage.py` runs each row on a simulated phone, as an action and as a module, and fails
if a call has no row. `.tools/nox/bin/nox -s generate` writes this page.

| Call | Since | Account | Input | Module | With | Row in the test |
|---|---|---|---|---|---|---|
"""


def markdown() -> str:
    """The whole page."""
    rows = {endpoint: [row for row in ROWS if row.endpoint == endpoint] for endpoint in ENDPOINTS}
    return HEAD + "".join(_line(ENDPOINTS[name], found) for name, found in rows.items())


def _line(endpoint: Endpoint, rows: list[Row]) -> str:
    cells = (
        f"{endpoint.method} `{endpoint.path}`",
        endpoint.since,
        endpoint.access.capitalize(),
        endpoint.inputs.replace("|", "\\|"),
        ", ".join(dict.fromkeys(f"`{row.module}`" for row in rows)) or "**none**",
        ", ".join(dict.fromkeys("`" + ": ".join(filter(None, row.option)) + "`" for row in rows)),
        ", ".join(row.name for row in rows),
    )
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    PAGE.write_text(markdown(), encoding="utf-8")
