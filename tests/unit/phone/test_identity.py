# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A phone at the address of another, and a phone that poses as another."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import facts
from ansible_collections.polycom.vvx.plugins.module_utils._phone.api import Phone
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import OtherPhone, PhoneError
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings

from simulator import Fleet, PhoneSpec
from support.reach import params, reach, reach_tls, run

OTHER = "0004f2aabbcc"


@pytest.fixture
def fleet(start_fleet: Any) -> Fleet:
    """An honest phone, and one that poses as another."""
    return start_fleet(PhoneSpec(certificate="factory"), PhoneSpec(certificate="factory", claimed_mac=OTHER))


def ask(settings: Settings) -> Any:
    with Phone(settings) as phone:
        return phone.device_info()["MACAddress"]


@pytest.mark.parametrize("verify_hostname", ["mac", "none"])
def test_the_phone_that_is_expected(fleet: Fleet, verify_hostname: str) -> None:
    phone = fleet.phones[0]
    tls = {"ca_path": fleet.factory_ca_path, "verify_hostname": verify_hostname}
    assert ask(reach_tls(phone, mac=phone.mac, **tls)) == phone.mac


def test_a_certificate_for_another_mac_gets_no_request(fleet: Fleet) -> None:
    """Also where only the authority is to be checked."""
    phone = fleet.phones[0]
    with pytest.raises(OtherPhone) as caught:
        ask(reach_tls(phone, mac=OTHER, ca_path=fleet.factory_ca_path, verify_hostname="none"))
    assert phone.log == [] and phone.auth_failures == 0
    assert "belongs to the phone 00:04:f2:00:00:01, not to 00:04:f2:aa:bb:cc" in caught.value.message


@pytest.mark.parametrize("mac", [None, "own", OTHER])
def test_a_claim_never_beats_a_certificate(fleet: Fleet, mac: str | None) -> None:
    phone = fleet.phones[1]
    expected = phone.mac if mac == "own" else mac
    settings = reach_tls(phone, mac=expected, ca_path=fleet.factory_ca_path, verify_hostname="none")
    with pytest.raises(OtherPhone):
        ask(settings)
    assert phone.count() == (0 if mac == OTHER else 1)


def test_a_claim_beats_nothing_and_contradicts_what_is_expected(start_fleet: Any) -> None:
    """Without a certificate there is no proof, but another phone's answer is not taken for this one's."""
    fleet = start_fleet(PhoneSpec(claimed_mac=OTHER), tls=False)
    phone = fleet.phones[0]
    assert ask(reach(phone)) == ask(reach(phone, mac=OTHER)) == OTHER
    result = run(facts.run, phone, params(facts.SPEC, gather_subset=["device"]), mac=phone.mac)
    assert result["error"]["kind"] == "other_phone" and "facts" not in str(result.get("ansible_facts"))


def test_what_is_not_checked_proves_nothing(fleet: Fleet) -> None:
    phone = fleet.phones[1]
    assert ask(reach_tls(phone, mac=OTHER, validate_certs=False)) == OTHER


def test_the_phone_is_judged_on_each_connection(fleet: Fleet) -> None:
    first, second = fleet.phones
    with contextlib.ExitStack() as stack:
        tls = {"ca_path": fleet.factory_ca_path, "verify_hostname": "none"}
        phone = stack.enter_context(Phone(reach_tls(first, **tls)))
        phone.device_info()
        first.abort_connections()
        first.spec.certificate = "factory"
        first.mac = OTHER
        with pytest.raises(PhoneError) as caught:
            phone.device_info()
    assert caught.value.kind == "other_phone" and first.count() == 1 and second.log == []
