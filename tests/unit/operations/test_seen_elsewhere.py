# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one client or another model has seen and nobody else: the collection works either way."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import call, facts, info, provision, touch
from ansible_collections.polycom.vvx.plugins.module_utils._steps import waiting

from simulator import Phone, PhoneSpec, Switches
from support.configuring import configure
from support.reach import params, run

NEW = "6.4.3.1004"


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(waiting, "LONGEST_PAUSE", 0.1)


@pytest.fixture
def start(start_fleet: Any) -> Any:
    def start(firmware: str = NEW, **switches: Any) -> Phone:
        phone: Phone = start_fleet(PhoneSpec(firmware=firmware, switches=Switches(**switches)), tls=False).phones[0]
        return phone

    return start


def gather(phone: Phone, *subset: str) -> dict[str, Any]:
    result = run(info.run, phone, params(info.SPEC, gather_subset=list(subset)))
    assert "failed" not in result, result
    found: dict[str, Any] = result["info"]
    return found


@pytest.mark.parametrize("accept", ["ignored", "http_400"])
def test_posts_have_no_accept_header(start: Any, accept: str) -> None:
    phone = start(accept_on_post=accept)
    result = configure(phone, {"reg.1.label": "Desk"})
    assert result["changed"] is True and phone.value("reg.1.label") == ("Desk", "web")
    assert run(touch.run, phone, params(touch.SPEC, action="key", key="Home"))["error"]["kind"] == "not_allowed"


@pytest.mark.parametrize("uses", [0, 1, 3])
@pytest.mark.parametrize("challenge", ["digest", "digest+basic", "basic+digest", "basic"])
def test_any_order_of_challenges(start: Any, challenge: str, uses: int) -> None:
    phone = start(challenge=challenge, nonce_uses=uses, realm="Another Realm")
    result = run(facts.run, phone, params(facts.SPEC, gather_subset=["all"]))
    assert "failed" not in result, result
    assert phone.auth_failures == 0
    refused = sum(request.http_status == 401 for request in phone.log)
    assert challenge == "digest" or refused == 0, "Basic is sent at once, and taken"


def test_digest_costs_one_request(start: Any) -> None:
    phone = start(challenge="digest")
    assert configure(phone, {"reg.1.label": "Desk"})["requests"] == 4, "the challenge, get, set, get"
    assert sum(request.http_status == 401 for request in phone.log) == 1


@pytest.mark.parametrize("idle", ["answered", "4007"])
def test_media_without_a_call(start: Any, idle: str) -> None:
    phone = start(media_idle=idle)
    assert not gather(phone, "media_sessions")["media_sessions"]
    assert not gather(phone, "communication")["communication"].get("phone_muted")
    phone.ring("5551000")
    run(call.run, phone, params(call.SPEC, action="answer"))
    assert len(gather(phone, "media_sessions")["media_sessions"]) == 1


@pytest.mark.parametrize("restarts", ["off", "on"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("homeScreen.application.enable", "0"),
        ("se.rt.ringAutoAnswer.ringer", "ringer5"),
        ("voIpProt.SIP.alertInfo.1.class", "autoAnswer"),
    ],
)
def test_a_phone_may_restart_after_any_parameter(start: Any, restarts: str, name: str, value: str) -> None:
    phone = start(more_restarts=restarts, restart_delay=0.0)
    result = configure(phone, {name: value, "reg.1.label": "Desk"})
    assert "failed" not in result, result
    assert result["changed"] is True
    assert phone.value(name) == (value, "web") and phone.value("reg.1.label") == ("Desk", "web")


@pytest.mark.parametrize("kind", ["exact", "folded"])
@pytest.mark.parametrize("destination", ["5551000", "sip:ann@example.org"])
def test_the_type_of_a_number(start: Any, kind: str, destination: str) -> None:
    phone = start(dial_type=kind)
    result = run(call.run, phone, params(call.SPEC, action="dial", destination=destination))
    assert "failed" not in result, result
    assert len(phone.calls) == 1


@pytest.mark.parametrize("drops", ["refused", "drops"])
def test_a_transfer_names_its_call(start: Any, drops: str) -> None:
    phone = start(transfer_without_ref=drops)
    phone.ring("5551000")
    run(call.run, phone, params(call.SPEC, action="answer"))
    run(call.run, phone, params(call.SPEC, action="transfer", destination="5552000"))
    sent = [request.data for request in phone.log if request.path.endswith("transferCall")]
    assert [data["TransferDest"] for data in sent] == ["5552000"] and all(data["Ref"] for data in sent)


@pytest.mark.parametrize(("exists", "kind"), [("exists", None), ("missing", "unknown_parameters")])
def test_a_device_parameter_of_newer_firmware(start: Any, exists: str, kind: str | None) -> None:
    phone = start(device_name=exists)
    result = configure(phone, {"device.local.deviceName": "Lobby"})
    assert result.get("error", {}).get("kind") == kind
    assert phone.value("device.local.deviceName")[0] == ("Lobby" if exists == "exists" else "")


@pytest.mark.parametrize("uptime", ["days", "dotted"])
@pytest.mark.parametrize("firmware", ["5.4.0.10182", "5.5.4.2255", "5.7.1.4145"])
def test_the_uptime_of_old_firmware(start: Any, firmware: str, uptime: str) -> None:
    phone = start(firmware, old_uptime=uptime)
    assert gather(phone, "device")["device"]["uptime_seconds"] in range(273906, 273966)
    assert gather(phone, "device")["device"]["firmware"] == firmware


@pytest.mark.parametrize("answer", ["http_403", "4003", "4403", "4403_on_newer"])
def test_the_user_account_is_not_allowed_to(start: Any, answer: str) -> None:
    phone = start(user_on_admin_call=answer)
    login = {"username": "User", "password": PhoneSpec().user_password}
    result = run(provision.run, phone, params(provision.SPEC, when_busy="proceed"), **login)
    assert result["failed"] and result["error"]["kind"] in ("not_allowed", "busy"), result
    assert phone.count("updateConfiguration") <= 1


@pytest.mark.parametrize(("needs", "works"), [("touch_needs_ta", True), ("always", True), ("needs_ta", False)])
def test_keys_without_the_test_interface(start: Any, needs: str, works: bool) -> None:
    phone = start(simulate=needs)
    result = run(touch.run, phone, params(touch.SPEC, action="key", key="Home"))
    assert ("failed" not in result) is works
    assert works or (result["error"]["kind"] == "not_allowed" and "httpd.ta.enabled" in result["msg"])
