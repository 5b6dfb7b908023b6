# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which password a phone gets: one, by its MAC address, its names or its address."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.module_utils._phone.tls import TlsSettings
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.names import usable
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.passwords import (
    Passwords,
    read_passwords,
    with_sources,
)
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.probe import Finding, Probe
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.sources import Expected

from simulator import PhoneSpec
from support.reach import PASSWORD, reach
from support.recorder import recording

A, B = "0004f2aaaaaa", "0004f2bbbbbb"
SECRET = "zq-secret"


def test_keys_in_any_notation() -> None:
    given = {
        "00:04:F2:AA:AA:AA": "a",
        "0004f2-bbbbbb": {"password": "b", "pin": "1"},
        "2001:DB8::1": "c",
        "Front desk": "d",
    }
    assert read_passwords({**given, "x": {"pin": "2"}, "y": None, "z": ""}) == {
        A: "a",
        B: "b",
        "2001:db8::1": "c",
        "Front desk": "d",
    }


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (SECRET, "must be a dictionary, not a str"),
        ([SECRET], "must be a dictionary, not a list"),
        ({4025670001: SECRET}, "the key 4025670001 is a number"),
        ({A: 456}, f"the password of {A} must be a text, not a int"),
        ({A: [SECRET]}, f"the password of {A} must be a text, not a list"),
        ({A: f"{SECRET}\n"}, "can't be sent"),
        ({A: SECRET, "00:04:f2:aa:aa:aa": "other"}, "two passwords for 00:04:f2:aa:aa:aa"),
    ],
)
def test_what_is_refused(given: Any, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_passwords(given)
    assert message in caught.value.message and caught.value.remedy and SECRET not in caught.value.message


def test_the_order() -> None:
    rows = [Expected("10.0.0.1", A, "Front desk"), Expected("10.0.0.2", name="back"), Expected(mac=B, name="side")]
    own = {A: "by mac", "Front_desk": "by host", "10.0.0.1": "by address", "10.0.0.2": "by address", "side": "by name"}

    def of(own: Any, mac: str | None, *places: str) -> str | None:
        return with_sources(own, "usual", rows, usable).of(mac, places)

    assert of(own, A, "10.0.0.9") == "by mac"
    assert of({**own, A: "", "x": ""}, None, "10.0.0.5") == "usual"
    del own[A]
    assert of(own, A, "10.0.0.9") == "by host", "wherever the phone is"
    assert of(own, None, "10.0.0.1") == "by host", "the row with this address"
    assert of(own, B, "10.0.0.1") == "by name"
    assert of({"Front_desk": "not this one"}, B, "10.0.0.1") == "usual", "another phone at the address of the row"
    assert of(own, None, "phone-7.example.org", "10.0.0.2") == "by address"
    assert of({"back": "by name", **own}, B, "10.0.0.2") == "by name"
    assert Passwords({A: "a"}).of(B, ["10.0.0.1"]) is None and SECRET not in repr(Passwords({A: SECRET}, SECRET))


def test_a_rotated_phone_gets_its_own_password_only(start_fleet: Any) -> None:
    """One login each, by the MAC address in the certificate, and none where no password is known."""
    rotated, usual, unknown = fleet = start_fleet(
        PhoneSpec(certificate="factory", admin_password=SECRET),
        PhoneSpec(certificate="factory"),
        PhoneSpec(certificate="factory"),
    )
    tls = TlsSettings(ca_path=fleet.factory_ca_path, verify_hostname="mac")

    def look(phone: Any, passwords: Passwords) -> Finding:
        settings = reach(phone, use_ssl=True, connect_timeout=2.0, tls=tls)
        return Probe(settings, passwords=passwords).discover(phone.host)

    own = {rotated.mac: SECRET}
    assert [look(phone, Passwords(own, PASSWORD)).reason for phone in (rotated, usual)] == [None, None]
    finding = look(unknown, Passwords(own))
    assert (
        finding.reason == "no_password"
        and finding.is_phone
        and unknown.log == []
        and "Nothing was sent" in str(finding.message)
    )
    assert [phone.count() for phone in fleet] == [1, 1, 0] and [phone.auth_failures for phone in fleet] == [0, 0, 0]
    assert look(rotated, Passwords({rotated.host: SECRET}, PASSWORD)).facts, "by its address"


def test_a_server_that_is_no_phone_gets_none_of_them(tmp_path: Any) -> None:
    with recording(tmp_path, "intranet") as server:
        settings = reach(server, use_ssl=True, connect_timeout=2.0, tls=TlsSettings(validate_certs=False))
        passwords = Passwords({server.host: SECRET}, PASSWORD)
        assert Probe(settings, passwords=passwords).discover(server.host).reason == "not_a_phone"
    assert b"".join(server.received) == b""


@pytest.mark.parametrize("trusting", [False, True])
def test_a_phone_that_may_have_its_next_password_is_read_with_either(start_fleet: Any, trusting: bool) -> None:
    fleet = start_fleet(
        *(PhoneSpec(certificate="factory", admin_password=each) for each in (PASSWORD, SECRET, "third"))
    )
    first, second, neither = fleet
    tls = TlsSettings(ca_path=fleet.factory_ca_path, verify_hostname="mac")

    def look(phone: Any, **options: Any) -> Finding:
        settings = reach(phone, use_ssl=True, connect_timeout=2.0, tls=tls, password_next=options.pop("next", None))
        return Probe(settings, trusting=trusting, **options).discover(phone.host)

    assert [look(phone, next=SECRET).reason for phone in (first, second)] == [None, None]
    later = Passwords({second.mac: SECRET, first.mac: "a-later-one"})
    assert [look(phone, passwords_next=later).reason for phone in (first, second)] == [None, None]
    own = Passwords({first.mac: PASSWORD, second.mac: PASSWORD, neither.mac: PASSWORD})
    assert [look(phone, passwords=own, passwords_next=later).reason for phone in fleet] == [
        None,
        None,
        "authentication_failed",
    ]
    assert [phone.auth_failures for phone in fleet] == [0, 3, 1], "each once, and no phone that of another"
