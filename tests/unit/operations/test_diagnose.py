# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a phone can't be managed: every step by name, the first that fails, and what to do about it."""

from __future__ import annotations

import email.utils
import json
import time
from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import diagnose
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.module_utils._steps import diagnosis
from ansible_collections.polycom.vvx.plugins.module_utils._steps.diagnosis import ORDER
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import as_dict, perform

from simulator import Fleet, Phone, PhoneSpec, Switches
from support.canned import serve
from support.reach import reach, reach_tls

LINE_2 = {"reg.2.address": "1777", "reg.2.server.1.address": "sip2.example.org", "reg.2.server.1.port": "5070"}
PARAMS = {"certificate_warn_days": 30}
DEVICE = {"ModelNumber": "VVX 411", "FirmwareRelease": "5.9.3", "MACAddress": "0004f2000001"}


def steps(result: dict[str, Any]) -> dict[str, str]:
    return {step["name"]: step["outcome"] for step in result["steps"]}


def of(result: dict[str, Any], name: str) -> dict[str, str]:
    (found,) = [step for step in result["steps"] if step["name"] == name]
    return found


def diagnosed(phone: Phone, fleet: Fleet | None = None, **changes: Any) -> dict[str, Any]:
    settings = reach_tls(phone, ca_path=fleet.ca_path) if fleet is not None else reach(phone)
    return as_dict(perform(diagnose.run, replace(settings, **changes), PARAMS, False))


def at(port: int, **changes: Any) -> Settings:
    return Settings(**{"host": "127.0.0.1", "port": port, "password": "p", "use_ssl": False, "retries": 0, **changes})


def logins(phone: Phone) -> int:
    """How many requests came with a password."""
    return sum(1 for request in phone.log if request.auth)


def test_a_phone_in_good_order(start_fleet: Any) -> None:
    fleet = start_fleet(PhoneSpec())
    phone = fleet.phones[0]
    result = diagnosed(phone, fleet)
    assert result["manageable"] is True and result["changed"] is False and result["host"] == phone.host
    assert list(steps(result)) == [*ORDER[:-1], "line 1"] and set(steps(result).values()) == {"ok"}
    about = "VVX 411 with UC Software 5.9.3.1111, MAC address 00:04:f2:00:00:01."
    assert result["msg"] == f"{phone.host}: {about}" and of(result, "firmware")["found"] == about
    assert of(result, "last boot")["found"].startswith("3 d 4 h ago (20")
    tls = of(result, "TLS")["found"]
    assert tls.startswith("TLSv1.3, certificate of OU=Testing cert #") and ", SHA-256 " in tls
    assert of(result, "REST API")["found"] == "it answers, and offers Basic and Digest to log in."
    assert of(result, "line 1")["found"].startswith("1001 is registered at ")
    assert phone.auth_failures == 0 and result["requests"] == phone.count() <= 4


@pytest.mark.parametrize(
    ("spec", "step", "found", "remedy"),
    [
        (PhoneSpec(offline=True), "TCP connection", "connection refused", "nothing listens on this port"),
        (PhoneSpec(rest="off"), "REST API", "HTTP 404", "apps.restapi.enabled"),
        (PhoneSpec(admin_password="another"), "login", "refused", "locked the account"),
        (PhoneSpec(admin_password="456"), "login", "refused", "find_passwords"),
        (PhoneSpec(certificate="factory"), "certificate", "does not trust the authority", "ca_path"),
        (PhoneSpec(tls_max="TLSv1"), "TLS", "uses TLSv1", "tls_min_version: '1.0'"),
    ],
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1")
def test_the_first_thing_that_is_wrong(start_fleet: Any, spec: PhoneSpec, step: str, found: str, remedy: str) -> None:
    fleet = start_fleet(spec)
    phone = fleet.phones[0]
    result = diagnosed(phone, fleet)
    assert result["manageable"] is False and "failed" not in result
    (failed,) = [each for each in result["steps"] if each["outcome"] == "failed"]
    assert failed["name"] == step and found in failed["found"] and remedy in failed["remedy"]
    assert result["msg"] == f"{phone.host}: {failed['found']} {failed['remedy']}"
    assert list(steps(result)) == list(ORDER), "those that were not reached, too"
    after = [each for each in result["steps"][ORDER.index(step) + 1 :] if each["name"] != "clock"]
    assert {(each["outcome"], each["found"], each["remedy"]) for each in after} <= {("not checked", "", "")}
    assert phone.auth_failures <= 1 and logins(phone) == (1 if step == "login" else 0)


def test_a_factory_certificate_that_has_expired(start_fleet: Any) -> None:
    fleet = start_fleet(PhoneSpec(certificate="expired"))
    settings = reach_tls(fleet.phones[0], ca_path=fleet.factory_ca_path, verify_hostname="none")
    result = as_dict(perform(diagnose.run, settings, PARAMS, False))
    assert steps(result)["TLS"] == "warning" and steps(result)["certificate"] == "failed"
    assert "expired or not yet valid" in result["msg"] and "clock" in result["msg"]


@pytest.mark.parametrize(
    ("days", "warn_days", "said"),
    [("20.5", 30, "It expires within 30 days."), ("20.5", 10, ""), ("40.5", 60, "It expires within 60 days.")],
)
def test_a_certificate_that_ends_soon(start_fleet: Any, days: str, warn_days: int, said: str) -> None:
    fleet = start_fleet(PhoneSpec(not_after=days))
    settings = reach_tls(fleet.phones[0], ca_path=fleet.ca_path)
    result = as_dict(perform(diagnose.run, settings, {"certificate_warn_days": warn_days}, False))
    tls = of(result, "TLS")
    assert result["manageable"] is True and tls["outcome"] == ("warning" if said else "ok")
    assert tls["found"].endswith(f". {said}" if said else ".") and ("Replace it" in tls["remedy"]) is bool(said)


def test_a_certificate_of_another_phone(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(certificate="factory", subject="0004F2ABCDEF")).phones[0]
    result = as_dict(perform(diagnose.run, reach_tls(phone, phone.mac, validate_certs=False), PARAMS, False))
    tls = of(result, "TLS")
    assert tls["outcome"] == "warning" and "It belongs to another phone than 00:04:f2:00:00:01." in tls["found"]


def test_days_that_make_no_sense(phone: Phone) -> None:
    result = as_dict(perform(diagnose.run, reach(phone), {"certificate_warn_days": -1}, False))
    assert "certificate_warn_days must be between 0 and 10000 days, not -1." in result["msg"] and phone.count() == 0


def test_a_certificate_that_nobody_checks(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(certificate="factory")).phones[0]
    result = as_dict(perform(diagnose.run, reach_tls(phone, validate_certs=False), PARAMS, False))
    assert result["manageable"] and of(result, "certificate")["outcome"] == "not checked"
    assert "validate_certs is false" in of(result, "certificate")["found"]
    tls = of(result, "TLS")["found"]
    assert tls.startswith("TLSv1.3, certificate of 0004F2000001, signed by VVX simulator root, valid from 20")


def test_the_factory_password(phone: Phone) -> None:
    phone.set_layer("device", {"device.auth.localAdminPassword": None})
    result = diagnosed(phone, password="456")
    assert steps(result)["login"] == "ok" and steps(result)["default password"] == "failed"
    assert "factory" in result["msg"] and phone.auth_failures == 0 and logins(phone) == 1


def test_a_factory_password_that_the_phone_takes() -> None:
    with serve((200, [], json.dumps({"Status": "2000", "data": DEVICE}).encode())) as canned:
        result = as_dict(perform(diagnose.run, at(canned.port, password="456"), PARAMS, False))
    assert steps(result)["default password"] == "warning" and result["manageable"] is True


def test_a_name_that_is_none(phone: Phone) -> None:
    result = diagnosed(phone, host="no-such-phone.invalid")
    assert steps(result) == {name: "failed" if name == "DNS name" else "not checked" for name in ORDER}
    assert "DNS" in result["msg"] and phone.count() == 0


@pytest.mark.parametrize(
    ("skew", "outcome", "said"), [(-90_000, "warning", "is 1 d 1 h behind"), (0, "ok", "is right")]
)
def test_the_clock(skew: int, outcome: str, said: str) -> None:
    now = email.utils.formatdate(time.time() + skew, usegmt=True)
    with serve((401, [("WWW-Authenticate", 'Basic realm="P"'), ("Date", now)], b"")) as canned:
        result = as_dict(perform(diagnose.run, at(canned.port), PARAMS, False))
    assert of(result, "clock")["outcome"] == outcome and said in of(result, "clock")["found"]
    assert steps(result)["login"] == "failed" and steps(result)["last boot"] == "not checked"
    if skew:
        assert "tcpIpApp.sntp.address" in of(result, "clock")["remedy"]


@pytest.mark.parametrize(("firmware", "outcome"), [("5.4.0.1", "warning"), ("6.4.0.1", "ok")])
def test_old_firmware(start_fleet: Any, firmware: str, outcome: str) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware), tls=False).phones[0]
    result = diagnosed(phone)
    assert steps(result)["firmware"] == outcome and result["manageable"] is True
    assert steps(result)["TLS"] == "warning" and steps(result)["certificate"] == "not checked", "plain HTTP"


def test_digest_alone_is_a_way_to_log_in(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(challenge="digest")), tls=False).phones[0]
    result = diagnosed(phone)
    assert result["manageable"] is True
    assert of(result, "REST API")["found"] == "it answers, and offers Digest to log in."


def test_a_busy_phone_is_asked_once(phone: Phone) -> None:
    phone.fault("http", status="403", times=0)
    result = diagnosed(phone, retries=5)
    assert result["manageable"] is False and steps(result)["REST API"] == "failed" and "busy" in result["msg"]
    assert steps(result)["login"] == "not checked" and phone.count() == 2, "without a login, and with one"


@pytest.mark.parametrize("kind", ["html", "truncated", "drop", "hang"])
def test_what_is_no_phone(phone: Phone, kind: str) -> None:
    phone.fault(kind, times=0)
    result = diagnosed(phone, timeout=0.5)
    (failed,) = [step for step in result["steps"] if step["outcome"] == "failed"]
    assert result["manageable"] is False and failed["remedy"]


@pytest.mark.parametrize("firmware", ["5.9.3.1111", "5.5.4.1111"])
def test_a_line_that_is_not_registered_is_a_warning(start_fleet: Any, firmware: str) -> None:
    spec = PhoneSpec(firmware=firmware, layers={"config": LINE_2})
    phone = start_fleet(spec, tls=False).phones[0]
    phone.fault("unregistered", lines=[2])
    result = diagnosed(phone)
    assert result["manageable"] is True
    assert {name: outcome for name, outcome in steps(result).items() if "line" in name} == {
        "line 1": "ok",
        "line 2": "warning",
    }
    second = of(result, "line 2")
    assert second["found"].startswith("1777 is not registered at sip2.example.org:5070")
    assert "reg.2.auth.password" in second["remedy"] and logins(phone) == phone.count() - 1


@pytest.mark.parametrize(
    ("layer", "found", "remedy"),
    [
        ({"reg.2.address": "1777"}, "has no server", "Set reg.2.server.1.address."),
        ({}, "it is not set up", "Set reg.1.address and reg.1.server.1.address."),
    ],
)
def test_a_line_that_is_not_set_up(start_fleet: Any, layer: dict[str, str], found: str, remedy: str) -> None:
    phone = start_fleet(PhoneSpec(lines=0, layers={"config": layer}), tls=False).phones[0]
    warned = [step for step in diagnosed(phone)["steps"] if step["name"].startswith(diagnosis.LINE)]
    assert found in warned[-1]["found"] and warned[-1]["remedy"] == remedy


@pytest.mark.parametrize(
    ("reply", "outcome", "said"),
    [
        ((404, [], b""), "not checked", "does not tell about its lines"),
        ((200, [], b'{"Status": "2000", "data": []}'), "warning", "the phone has none"),
        ((500, [], b""), "warning", "they could not be read"),
    ],
)
def test_a_phone_that_does_not_tell_of_its_lines(reply: Any, outcome: str, said: str) -> None:
    device = (200, [], json.dumps({"Status": "2000", "data": DEVICE}).encode())
    with serve(device, (404, [], b""), device, reply, device, reply) as canned:
        result = as_dict(perform(diagnose.run, at(canned.port), PARAMS, False))
    assert result["manageable"] is True
    assert of(result, "lines")["outcome"] == outcome and said in of(result, "lines")["found"]


def test_a_line_of_which_the_phone_does_not_say_whether_it_is_registered() -> None:
    device = (200, [], json.dumps({"Status": "2000", "data": DEVICE}).encode())
    line = (200, [], b'{"Status": "2000", "data": [{"LineNumber": "1", "Label": "1001"}]}')
    with serve(device, device, line) as canned:
        result = as_dict(perform(diagnose.run, at(canned.port), PARAMS, False))
    assert steps(result)["line 1"] == "not checked" and "1001" in of(result, "line 1")["found"]
