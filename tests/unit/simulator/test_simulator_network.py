# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses, ports, offline phones and certificates."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
import time
import warnings
from pathlib import Path

import pytest
import requests
from cryptography import x509

from fleet_client import Client, StartFleet, cut_off
from simulator import PhoneSpec, Switches, running_fleet

INFO = "v1/mgmt/device/info"


def test_each_phone_has_its_address(start_fleet: StartFleet) -> None:
    fleet = start_fleet(3, base_address="127.88.0.254")
    assert [phone.host for phone in fleet.phones] == ["127.88.0.254", "127.88.1.1", "127.88.1.2"]
    assert len({phone.port for phone in fleet.phones}) == 1
    assert [Client(phone).data(INFO)["MACAddress"] for phone in fleet.phones] == [phone.mac for phone in fleet.phones]


def test_ports_mode(start_fleet: StartFleet) -> None:
    fleet = start_fleet(2, address_mode="ports")
    assert {phone.host for phone in fleet.phones} == {"127.0.0.1"}
    assert [Client(phone).data(INFO)["MACAddress"] for phone in fleet.phones] == [phone.mac for phone in fleet.phones]


def test_plain_http(start_fleet: StartFleet) -> None:
    phone = start_fleet(1, tls=False).phones[0]
    assert phone.url.startswith("http://")
    assert phone.port == phone.http_port
    assert Client(phone).get(INFO).status_code == 200


def test_addresses_that_are_no_phone(start_fleet: StartFleet) -> None:
    phone = start_fleet(1).phones[0]
    assert not cut_off(phone)
    phone.host = "127.99.99.99"
    assert cut_off(phone)


def test_offline_phone_refuses(start_fleet: StartFleet) -> None:
    fleet = start_fleet([PhoneSpec(offline=True), PhoneSpec()])
    offline, online = fleet.phones
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((offline.host, offline.port), timeout=5)
    online.offline = True
    assert cut_off(online)
    online.offline = offline.offline = False
    assert Client(offline).get(INFO).status_code == Client(online).get(INFO).status_code == 200


def test_open_connections_of_a_phone_that_goes_offline(start_fleet: StartFleet) -> None:
    phone = start_fleet([PhoneSpec(switches=Switches(keep_alive="keep"))], tls=False).phones[0]
    url = f"{phone.url}/api/{INFO}"
    with requests.Session() as session:
        session.auth = ("Polycom", "correct-horse")
        assert session.get(url, timeout=5).status_code == 200
        phone.offline = True
        with pytest.raises(requests.ConnectionError):
            session.get(url, timeout=5)
    assert phone.count() == 1


def test_broken_handshakes_are_survived(start_fleet: StartFleet) -> None:
    phone = start_fleet(1).phones[0]
    for garbage in (b"", b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01"):
        with socket.create_connection((phone.host, phone.port), timeout=5) as connection:
            connection.sendall(garbage)
    assert Client(phone).get(INFO).status_code == 200


def test_slow_handshake(start_fleet: StartFleet) -> None:
    slow = PhoneSpec(switches=Switches(handshake_seconds=0.3))
    fleet = start_fleet([slow])
    context = ssl.create_default_context(cafile=fleet.ca_path)
    context.check_hostname = False
    started = time.monotonic()
    assert connected(fleet.phones[0], context)[1] == "TLSv1.3"
    assert time.monotonic() - started >= 0.25
    with socket.create_connection((fleet.phones[0].host, fleet.phones[0].port), timeout=5) as plain:
        fleet.phones[0].offline = True  # while it still has to answer the handshake
        with pytest.raises(ConnectionResetError):
            context.wrap_socket(plain)


def test_fleet_certificate(start_fleet: StartFleet) -> None:
    fleet = start_fleet(2)
    assert Path(fleet.ca_path).read_text().startswith("-----BEGIN CERTIFICATE-----")
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{fleet.phones[0].url}/", timeout=5)
    many = start_fleet(300)
    context = ssl.create_default_context(cafile=many.ca_path)
    context.check_hostname = False
    assert connected(many.phones[-1], context)[1] == "TLSv1.3"


def connected(phone: object, context: ssl.SSLContext) -> tuple[bytes, str]:
    """The certificate (DER) and the protocol of a TLS connection."""
    address = (phone.host, phone.port)  # type: ignore[attr-defined]
    with socket.create_connection(address, timeout=5) as plain, context.wrap_socket(plain) as secure:
        return secure.getpeercert(binary_form=True) or b"", secure.version() or ""


@pytest.mark.parametrize("certificate", ["factory", "expired"])
def test_factory_certificate(start_fleet: StartFleet, certificate: str) -> None:
    spec = PhoneSpec(mac="0004f2aabbcc", certificate=certificate)  # type: ignore[arg-type]
    fleet = start_fleet([spec, PhoneSpec()])
    context = ssl.create_default_context(cafile=fleet.factory_ca_path)
    context.check_hostname = False
    if certificate == "expired":
        with pytest.raises(ssl.SSLCertVerificationError, match="expired"):
            connected(fleet.phones[0], context)
        return
    der, _version = connected(fleet.phones[0], context)
    issued = x509.load_der_x509_certificate(der)
    assert issued.subject.rfc4514_string() == "CN=0004F2AABBCC,O=Polycom"
    with pytest.raises(x509.ExtensionNotFound):
        issued.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert Client(fleet.phones[1]).get(INFO).status_code == 200


def test_certificates_with_dates_and_names(start_fleet: StartFleet) -> None:
    own = {"not_before": "2026-01-31", "not_after": "20"}
    fleet = start_fleet([
        PhoneSpec(**own),  # type: ignore[arg-type]
        PhoneSpec(certificate="factory", subject="lobby.example.org", **own),  # type: ignore[arg-type]
        PhoneSpec(certificate="factory", issuer="Example Corp CA", not_after="-3"),
        PhoneSpec(issuer="Example Corp CA"),
    ])  # fmt: skip
    names = []
    for phone, ca in zip(fleet.phones, (fleet.ca_path, fleet.factory_ca_path), strict=False):
        context = ssl.create_default_context(cafile=ca)
        context.check_hostname = False
        issued = x509.load_der_x509_certificate(connected(phone, context)[0])
        assert issued.not_valid_before_utc.isoformat() == "2026-01-31T00:00:00+00:00"
        left = issued.not_valid_after_utc - datetime.datetime.now(datetime.timezone.utc)
        assert 19 <= left.days <= 20
        names.append(issued.subject.rfc4514_string())
    assert names[1] == "CN=lobby.example.org,O=Polycom"
    context = ssl.create_default_context(cafile=fleet.ca_of("Example Corp CA"))
    context.check_hostname = False
    with pytest.raises(ssl.SSLCertVerificationError, match="expired"):
        connected(fleet.phones[2], context)
    issued = x509.load_der_x509_certificate(connected(fleet.phones[3], context)[0])
    assert issued.issuer.rfc4514_string() == "CN=Example Corp CA,O=Polycom"
    assert Client(fleet.phones[0]).get(INFO).status_code == 200


@pytest.mark.parametrize("certificate", ["factory", "fleet"])
def test_tls_1_0(start_fleet: StartFleet, certificate: str) -> None:
    phone = start_fleet([PhoneSpec(tls_max="TLSv1", certificate=certificate)]).phones[0]  # type: ignore[arg-type]
    modern = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    modern.check_hostname, modern.verify_mode = False, ssl.CERT_NONE
    with pytest.raises(ssl.SSLError):
        connected(phone, modern)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        modern.minimum_version = ssl.TLSVersion.TLSv1
    modern.set_ciphers("ALL:@SECLEVEL=0")
    assert connected(phone, modern)[1] == "TLSv1"


def test_tls_1_2(start_fleet: StartFleet) -> None:
    fleet = start_fleet([PhoneSpec(tls_max="TLSv1.2")])
    context = ssl.create_default_context(cafile=fleet.factory_ca_path)
    context.check_hostname = False
    assert connected(fleet.phones[0], context)[1] == "TLSv1.2"


def test_nothing_is_left_running() -> None:
    before = threading.active_count()
    with running_fleet(2) as fleet:
        phone, folder = fleet.phones[0], Path(fleet.ca_path).parent
        phone.fault("hang")
        with pytest.raises(requests.ReadTimeout):
            Client(phone).get(INFO, timeout=0.05)
        phone.ring("1002")
        phone.restart()
    assert threading.active_count() == before
    assert not folder.exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((phone.host, phone.listening_port), timeout=5)


def test_two_phones_of_one_name() -> None:
    with pytest.raises(ValueError, match="same name"), running_fleet([PhoneSpec(name="a"), PhoneSpec(name="a")]):
        pass


def test_no_listener_at_all() -> None:
    with pytest.raises(ValueError, match="TLS, plain HTTP or both"), running_fleet(1, tls=False, http=False):
        pass
