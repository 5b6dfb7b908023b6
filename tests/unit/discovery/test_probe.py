# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Probing an address: what proves to be a phone, why a phone could not be read, and who receives the password."""

from __future__ import annotations

import hashlib
import socket
import ssl
import time
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.tls import TlsSettings
from ansible_collections.polycom.vvx.plugins.module_utils._steps.subsets import Gathered
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.probe import Finding, Probe

from simulator import Fleet, Phone, PhoneSpec, Switches
from support.reach import PASSWORD, reach
from support.recorder import recording

UNCHECKED = {"validate_certs": False}


def look(phone: Any, tls: dict[str, Any] | None = None, names: tuple[str, ...] = (), **options: Any) -> Finding:
    """Look at a phone (or a recorder) over TLS."""
    probe_options = {name: options.pop(name) for name in ("trusting", "subsets", "prefixes") if name in options}
    settings = reach(phone, use_ssl=True, connect_timeout=2.0, tls=TlsSettings(**(tls or UNCHECKED)), **options)
    return Probe(settings, **probe_options).discover(phone.host, names)


@pytest.fixture
def factory(start_fleet: Any) -> Fleet:
    """Phones with factory certificates."""
    return start_fleet(*(PhoneSpec(certificate="factory") for _each in range(2)))


def test_a_phone_with_its_factory_certificate(factory: Fleet) -> None:
    phone = factory.phones[0]
    finding = look(phone)
    assert finding.facts is not None and finding.facts["device"]["model"] == "VVX 411" and finding.reason is None
    assert finding.mac == phone.mac and finding.host == finding.address == phone.host
    assert [request.path for request in phone.log] == ["/api/v2/mgmt/device/info"], "one request, and no other"


@pytest.mark.parametrize("verify_hostname", ["mac", "none"])
def test_a_factory_certificate_that_is_checked(factory: Fleet, verify_hostname: str) -> None:
    assert look(factory.phones[0], {"ca_path": factory.factory_ca_path, "verify_hostname": verify_hostname}).facts


def test_more_is_read_where_more_is_asked_for(factory: Fleet) -> None:
    finding = look(factory.phones[0], subsets=("lines", "running_config"))
    assert finding.facts is not None and set(finding.facts) == {"device", "lines", "running_config"}


def test_old_firmware(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(certificate="factory", firmware="5.4.0.1")).phones[0]
    finding = look(phone, subsets=("running_config",))
    assert (
        finding.facts is not None
        and finding.facts["device"]["firmware"] == "5.4.0.1"
        and finding.facts["unsupported"] == ["running_config"]
    )


def test_a_factory_certificate_that_is_not_trusted_here_gets_no_password(factory: Fleet) -> None:
    phone = factory.phones[0]
    finding = look(phone, {"verify_hostname": "mac"})
    assert finding.reason == "tls" and finding.mac == phone.mac and finding.is_phone, "a phone is there all the same"
    assert "ca_path" in str(finding.message) and phone.log == []


def test_an_expired_factory_certificate_gets_no_password(start_fleet: Any) -> None:
    fleet = start_fleet(PhoneSpec(certificate="expired"))
    finding = look(fleet.phones[0], {"ca_path": fleet.factory_ca_path, "verify_hostname": "none"})
    assert finding.reason == "tls" and finding.is_phone and fleet.phones[0].log == []


def test_a_fleet_with_certificates_of_its_own(start_fleet: Any) -> None:
    fleet = start_fleet()
    phone = fleet.phones[0]
    assert look(phone, {"ca_path": fleet.ca_path}).facts
    unproved = look(phone, {"ca_path": fleet.ca_path, "verify_hostname": "none"})
    assert unproved.reason == "not_a_phone", "valid, but not for this address: the authority may have signed anything"
    assert look(phone).reason == "not_a_phone" and phone.count() == 1


def test_the_wrong_authority_gets_no_password(start_fleet: Any) -> None:
    fleet = start_fleet()
    finding = look(fleet.phones[0], {"ca_path": fleet.factory_ca_path})
    assert finding.reason == "tls" and not finding.is_phone and fleet.phones[0].log == []


def test_another_vendors_prefix(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(certificate="factory", mac="001565aabbcc")).phones[0]
    finding = look(phone)
    assert finding.reason == "not_a_phone" and "001565AABBCC" in str(finding.message) and phone.log == []
    assert look(phone, prefixes=("001565",)).facts


PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi"
DISGUISES = [None, "intranet.example.org", "0004f2aabbcc.example.org", "0004f2aabbc", "*", "0004f2aabbccdd"]


@pytest.mark.parametrize("name", DISGUISES)
@pytest.mark.parametrize("checked", [False, True])
def test_a_server_that_is_not_a_phone_receives_nothing_at_all(tmp_path: Path, name: str | None, checked: bool) -> None:
    with recording(tmp_path, name, reply=PAGE) as server:
        tls = {"ca_path": server.ca_path, "verify_hostname": "none"} if checked else UNCHECKED
        assert look(server, tls).reason == "not_a_phone"
        assert look(server, {}).reason == "not_a_phone", "neither trusted nor a phone"
    assert b"".join(server.received) == b""


def test_mac_is_required_even_from_a_trusted_authority(tmp_path: Path) -> None:
    with recording(tmp_path, "intranet", reply=PAGE) as server:
        finding = look(server, {"ca_path": server.ca_path, "verify_hostname": "mac"}, trusting=True)
    assert finding.reason == "tls" and b"".join(server.received) == b""


def test_trusting_sends_the_password_to_whatever_answers(tmp_path: Path) -> None:
    with recording(tmp_path, "intranet", reply=PAGE) as server:
        assert look(server, trusting=True).reason == "protocol"
    assert server.received[0].count(b"Authorization: Basic") == 1 and len(server.received) == 1


@pytest.mark.parametrize("tls", [UNCHECKED, {"verify_hostname": "mac"}, {"verify_hostname": "none"}])
@pytest.mark.parametrize("firmware", ["5.9.3.1111", "5.4.0.1"])
def test_a_phone_that_claims_another_mac_than_its_certificates(
    start_fleet: Any, tls: dict[str, Any], firmware: str
) -> None:
    fleet = start_fleet(PhoneSpec(certificate="factory", claimed_mac="0004f2aabbcc", firmware=firmware))
    finding = look(fleet.phones[0], {**tls, "ca_path": fleet.factory_ca_path})
    assert (finding.reason, finding.mac, finding.facts, finding.proved) == ("other_phone", None, None, False)
    assert finding.is_phone, "so that it is told of"
    assert "for the MAC address 00:04:f2:00:00:01, but it claims 00:04:f2:aa:bb:cc" in str(finding.message)


@pytest.mark.parametrize(
    ("tls", "proved"), [(UNCHECKED, False), ({"verify_hostname": "mac"}, True), ({"verify_hostname": "none"}, True)]
)
def test_only_a_certificate_that_was_checked_proves_a_mac(factory: Fleet, tls: dict[str, Any], proved: bool) -> None:
    finding = look(factory.phones[0], {**tls, "ca_path": factory.factory_ca_path})
    assert (finding.mac, finding.proved) == (factory.phones[0].mac, proved)
    assert not look(factory.phones[0], {"verify_hostname": "mac"}).proved, "TLS refused it"


def test_a_certificate_that_changes_between_two_requests(factory: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    macs = iter((factory.phones[0].mac, "0004f2aabbcc"))
    monkeypatch.setattr(Probe, "_phone_mac", lambda _self, _name: next(macs))
    finding = look(factory.phones[0], subsets=("lines",))
    assert finding.reason == "other_phone" and finding.mac is None and factory.phones[0].count() == 1


def test_a_certificate_that_phones_share_is_no_identity(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(certificate="factory", claimed_mac="0004f2aabbcc")).phones[0]
    finding = look(phone, {"fingerprint": fingerprint(phone)})
    assert finding.mac == "0004f2aabbcc" and not finding.proved


def fingerprint(phone: Phone) -> str:
    pem = ssl.get_server_certificate((phone.host, phone.port))
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()


def test_a_fingerprint_proves(tmp_path: Path, start_fleet: Any) -> None:
    fleet = start_fleet()
    pinned = fingerprint(fleet.phones[0])
    assert look(fleet.phones[0], {"fingerprint": pinned}).facts
    with recording(tmp_path, "intranet", reply=PAGE) as server:
        assert look(server, {"fingerprint": pinned}).reason == "tls"
    assert b"".join(server.received) == b""


def test_every_connection_is_judged_not_only_the_first(factory: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = factory.phones[0]
    seen: list[str | None] = []
    original = Probe._phone_mac

    def only_once(self: Probe, name: str | None) -> str | None:
        seen.append(name)
        return original(self, name) if len(seen) == 1 else None

    monkeypatch.setattr(Probe, "_phone_mac", only_once)
    assert look(phone, subsets=("lines",)).reason == "not_a_phone"
    assert phone.count() == 1 and len(seen) == 2


@pytest.mark.parametrize("challenge", ["basic+digest", "basic"])
@pytest.mark.parametrize("subsets", [(), ("lines", "running_config", "network")])
def test_a_wrong_password_is_tried_once(start_fleet: Any, challenge: Any, subsets: tuple[str, ...]) -> None:
    phone = start_fleet(PhoneSpec(certificate="factory", switches=Switches(challenge=challenge))).phones[0]
    finding = look(phone, password="wrong", subsets=subsets, retries=5)
    assert finding.reason == "authentication_failed" and finding.mac == phone.mac
    assert phone.auth_failures == 1 and phone.count() == 1


REASONS: dict[str, tuple[PhoneSpec, str]] = {
    "factory password": (PhoneSpec(admin_password="456"), "default_password"),
    "REST off": (PhoneSpec(rest="off"), "rest_disabled"),
    "locked": (PhoneSpec(switches=Switches(lockout="on")), "authentication_failed"),
}


@pytest.mark.parametrize("case", REASONS)
def test_reasons(start_fleet: Any, case: str) -> None:
    spec, reason = REASONS[case]
    spec.certificate = "factory"
    phone = start_fleet(spec).phones[0]
    if case == "locked":
        for _each in range(5):
            look(phone, password="wrong")
    finding = look(phone, password="456" if case == "factory password" else PASSWORD)
    assert (finding.reason, finding.is_phone, finding.facts) == (reason, True, None)
    assert finding.message and phone.host not in finding.message


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("html", "protocol"),
        ("truncated", "protocol"),
        ("bad_utf8", "protocol"),
        ("oversized", "protocol"),
        ("empty", "protocol"),
        ("list", "protocol"),
        ("wrong_types", "protocol"),
        ("hang", "timeout"),
        ("drip", "timeout"),
        ("drop", "connection_lost"),
    ],
)
def test_garbage_and_slowness_are_reported_in_time(factory: Fleet, fault: str, reason: str) -> None:
    phone = factory.phones[0]
    phone.fault(fault, times=0, **({"seconds": 0.2} if fault == "drip" else {}))
    started = time.monotonic()
    assert look(phone, timeout=1.0 if reason == "timeout" else 10.0).reason == reason
    assert time.monotonic() - started < 30


def test_a_busy_phone_is_asked_again(factory: Fleet) -> None:
    phone = factory.phones[0]
    phone.fault("http", status="403", times=1)
    assert look(phone, retries=1).facts and phone.count() == 2


def test_an_address_where_nothing_listens(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(certificate="factory", offline=True)).phones[0]
    finding = look(phone)
    assert finding.reason == "unreachable" and not finding.is_phone


def test_a_server_that_accepts_connections_and_stays_silent() -> None:
    with socket.create_server(("127.78.0.1", 0)) as silent:
        started = time.monotonic()
        finding = look(_At("127.78.0.1", silent.getsockname()[1]), timeout=60.0)
        assert finding.reason == "timeout" and time.monotonic() - started < 30


class _At:
    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port


def test_a_server_without_tls(phone: Phone) -> None:
    assert look(phone).reason in ("tls", "connection_lost") and phone.log == []


def test_an_unforeseen_reply_costs_one_phone_only(factory: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Gathered, "add", lambda *_args: 1 // 0)
    finding = look(factory.phones[0])
    assert finding.reason == "unexpected" and "ZeroDivisionError" in str(finding.message)


def test_a_phone_is_reached_by_its_name(factory: Fleet) -> None:
    finding = Probe(reach(factory.phones[0], use_ssl=True, tls=TlsSettings(validate_certs=False))).discover(
        "127.0.0.1", ("nowhere.invalid",)
    )
    assert finding.host == "nowhere.invalid" and finding.reason == "unreachable"
