# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS with the certificates that phones have."""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import ssl
import struct
import time
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone import errors, tls
from ansible_collections.polycom.vvx.plugins.module_utils._phone.endpoints import ENDPOINTS
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.module_utils._phone.transport import Transport

from simulator import Fleet, PhoneSpec
from support.reach import reach_tls


def ask(settings: Settings) -> str:
    with contextlib.closing(Transport(settings, sleep=lambda _seconds: None)) as transport:
        return str(transport.call(ENDPOINTS["device_info"]).data["MACAddress"])


@pytest.fixture
def fleet(start_fleet: Any) -> Fleet:
    result: Fleet = start_fleet(
        PhoneSpec(name="named"),
        PhoneSpec(name="factory", certificate="factory"),
        PhoneSpec(name="expired", certificate="expired"),
    )
    return result


def fingerprint(fleet: Fleet, name: str) -> str:
    phone = fleet[name]
    pem = ssl.get_server_certificate((phone.host, phone.port))
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()


def test_a_certificate_of_a_trusted_authority_with_the_right_name(fleet: Fleet) -> None:
    assert ask(reach_tls(fleet["named"], ca_path=fleet.ca_path)) == fleet["named"].mac


def test_a_folder_of_authorities(fleet: Fleet, tmp_path: Path) -> None:
    with pytest.raises(errors.TlsFailed):
        ask(reach_tls(fleet["named"], ca_path=str(tmp_path)))


def test_the_systems_authorities_do_not_know_the_fleet(fleet: Fleet) -> None:
    with pytest.raises(errors.TlsFailed, match="does not trust the authority") as caught:
        ask(reach_tls(fleet["named"]))
    for option in ("ca_path", "fingerprint", "validate_certs"):
        assert option in caught.value.remedy


def test_a_factory_certificate_does_not_bear_the_name(fleet: Fleet) -> None:
    with pytest.raises(errors.TlsFailed, match="another name") as caught:
        ask(reach_tls(fleet["factory"], ca_path=fleet.factory_ca_path))
    assert "ansible_vvx_verify_hostname" in caught.value.remedy


def test_the_name_is_checked_in_every_connection(fleet: Fleet) -> None:
    """urllib3 may change a shared context; the second connection must be as strict as the first."""
    for _each in range(3):
        assert ask(reach_tls(fleet["named"], ca_path=fleet.ca_path))
        with pytest.raises(errors.TlsFailed, match="another name"):
            ask(reach_tls(fleet["factory"], ca_path=fleet.factory_ca_path))


def test_a_factory_certificate_bears_the_mac(fleet: Fleet) -> None:
    phone = fleet["factory"]
    assert ask(reach_tls(phone, mac=phone.mac, ca_path=fleet.factory_ca_path, verify_hostname="mac")) == phone.mac


def test_another_phones_mac_is_refused(fleet: Fleet) -> None:
    with pytest.raises(errors.TlsFailed, match="another name"):
        ask(reach_tls(fleet["factory"], mac="0004f2999999", ca_path=fleet.factory_ca_path, verify_hostname="mac"))


def test_a_name_can_be_left_unchecked_but_not_the_authority(fleet: Fleet) -> None:
    assert ask(reach_tls(fleet["factory"], ca_path=fleet.factory_ca_path, verify_hostname="none"))
    with pytest.raises(errors.TlsFailed, match="does not trust the authority"):
        ask(reach_tls(fleet["factory"], ca_path=fleet.ca_path, verify_hostname="none"))


def test_an_expired_certificate_is_refused(fleet: Fleet) -> None:
    with pytest.raises(errors.TlsFailed, match="expired or not yet valid"):
        ask(reach_tls(fleet["expired"], ca_path=fleet.factory_ca_path, verify_hostname="none"))


def test_a_pinned_certificate_is_enough(fleet: Fleet) -> None:
    for name in ("named", "factory", "expired"):
        assert ask(reach_tls(fleet[name], fingerprint=fingerprint(fleet, name))) == fleet[name].mac


def test_another_certificate_than_the_pinned_one_is_refused(fleet: Fleet) -> None:
    with pytest.raises(errors.TlsFailed, match="fingerprint of the certificate does not match"):
        ask(reach_tls(fleet["factory"], fingerprint=fingerprint(fleet, "named")))
    with pytest.raises(errors.TlsFailed, match="fingerprint of the certificate does not match"):
        ask(reach_tls(fleet["factory"], fingerprint=fingerprint(fleet, "named"), validate_certs=False))


def test_nothing_is_checked_only_if_asked_for(fleet: Fleet) -> None:
    for name in ("named", "factory", "expired"):
        assert ask(reach_tls(fleet[name], validate_certs=False))


@pytest.mark.filterwarnings(
    "ignore:ssl.TLSVersion.TLSv1"
)  # from Python, where the context is made: once for all tests of a process
def test_an_old_phone_is_reached_with_the_option_that_the_error_names(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(tls_max="TLSv1")).phones[0]
    with pytest.raises((errors.TlsFailed, errors.ConnectionLost)) as caught:
        ask(reach_tls(phone, validate_certs=False))
    assert "tls_min_version: '1.0'" in caught.value.remedy
    assert ask(reach_tls(phone, validate_certs=False, tls_min_version="1.0")) == phone.mac


def test_a_phone_that_speaks_no_tls_is_told(start_fleet: Any) -> None:
    phone = start_fleet(tls=False).phones[0]
    with pytest.raises(errors.PhoneError) as caught:
        ask(reach_tls(phone, validate_certs=False))
    assert caught.value.kind == "tls"
    assert "use_ssl: false" in caught.value.remedy


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "No such file"), ("no certificate", "a certificate in PEM format")]
)
def test_a_ca_path_that_can_not_be_used_is_named(tmp_path: Path, content: str | None, reason: str) -> None:
    path = tmp_path / "ca.pem"
    if content:
        path.write_text(content)
    with pytest.raises(errors.SettingsError, match=reason) as caught:
        tls.context(tls.TlsSettings(ca_path=str(path)))
    assert str(path) in caught.value.message


def test_ciphers_that_openssl_does_not_know_are_named() -> None:
    with pytest.raises(errors.SettingsError, match="ciphers"):
        tls.context(tls.TlsSettings(ciphers="NONSENSE"))


def test_one_context_serves_all_connections_with_the_same_settings() -> None:
    assert tls.context(tls.TlsSettings()) is tls.context(tls.TlsSettings())
    assert tls.context(tls.TlsSettings()) is not tls.context(tls.TlsSettings(validate_certs=False))


def test_a_connection_that_is_reset_before_the_handshake_is_closed() -> None:
    """pytest takes the warning of a socket that is left open for a failure."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        client = socket.create_connection(listening.getsockname())
        taken = listening.accept()[0]
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        taken.close()
    with contextlib.suppress(OSError):
        for _each in range(500):
            client.getpeername()
            time.sleep(0.01)
    with pytest.raises(OSError, match="reset|not connected|Bad file"):
        tls.context(tls.TlsSettings(validate_certs=False)).wrap_socket(client, server_hostname="127.0.0.1")


def test_authorities_are_read_from_regular_files_only(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    for name in ("pipe", "link"):
        with pytest.raises(errors.SettingsError, match=rf"ca_path .*{name}: is no regular file"):
            tls.context(tls.TlsSettings(ca_path=str(tmp_path / name)))
