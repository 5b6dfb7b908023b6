# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks from outside: names, ports, certificates."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone import reachability
from ansible_collections.polycom.vvx.plugins.module_utils._phone.tls import TlsSettings

from simulator import PhoneSpec


def test_names() -> None:
    assert reachability.resolve("localhost")[0] in ("127.0.0.1", "::1")
    assert reachability.resolve("127.77.0.1") == ["127.77.0.1"]


@pytest.mark.parametrize("name", ["nowhere.invalid", "x" * 80])
def test_a_name_without_an_address_is_an_os_error(name: str) -> None:
    for ask in (
        lambda: reachability.resolve(name),
        lambda: reachability.connect(name, 443, 1.0),
        lambda: reachability.certificate(name, 443, TlsSettings(), 1.0),
    ):
        with pytest.raises(OSError, match="name|Name") as caught:
            ask()
        assert reachability.unreachable(caught.value).message


def test_why_there_is_no_connection() -> None:
    with socket.create_server(("127.78.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(ConnectionRefusedError) as caught:
        reachability.connect("127.78.0.1", port, 1.0)
    assert reachability.unreachable(caught.value).message == "connection refused."
    for timeout in (TimeoutError(), socket.timeout("timed out")):
        assert reachability.unreachable(timeout).message == "no answer to the connection attempt."


@pytest.mark.parametrize(
    "settings", [TlsSettings(), TlsSettings(fingerprint="ab" * 32), TlsSettings(ca_path="none.pem")]
)
def test_a_certificate_is_read_whoever_signed_it(start_fleet: Any, settings: TlsSettings) -> None:
    phone = start_fleet(PhoneSpec(certificate="factory")).phones[0]
    found = reachability.certificate(phone.host, phone.port, settings, 5.0)
    assert str(found.name).lower() == phone.mac and found.not_before and found.not_after and phone.log == []
