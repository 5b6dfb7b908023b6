# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phones of which nobody knows whether they have their next password already: each is tried once, the likely one
first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import password as vvx_password
from ansible_collections.polycom.vvx.plugins.module_utils._operations import screenshot
from ansible_collections.polycom.vvx.plugins.module_utils._phone import errors
from ansible_collections.polycom.vvx.plugins.module_utils._phone.api import Phone as Api
from ansible_collections.polycom.vvx.plugins.module_utils._phone.login import Witness
from ansible_collections.polycom.vvx.plugins.plugin_utils._refusals.run import RunRefusals
from ansible_collections.polycom.vvx.plugins.plugin_utils._refusals.table import Table

from simulator import Phone, PhoneSpec, Switches
from support.reach import PASSWORD, params, reach, run

NEXT = "N3xt-and-better"


class Known:
    """What earlier runs know, as a test has it."""

    def __init__(self, *first: str) -> None:
        self.first = first
        self.heard: list[tuple[str, str]] = []

    def order(self, url: str, username: str, passwords: Sequence[str]) -> Sequence[str]:
        return sorted(passwords, key=lambda password: password not in self.first)

    def accepted(self, url: str, username: str, password: str) -> None:
        self.heard.append(("accepted", password))

    def refused(self, url: str, username: str, password: str) -> None:
        self.heard.append(("refused", password))


def of_run(known: Known | None = None, most: int = 5) -> RunRefusals:
    return RunRefusals(most, 60.0, table=Table(64), known=known or Known())


def talk(phone: Phone, refusals: Any = None, **changes: Any) -> Api:
    return Api(reach(phone, password_next=NEXT, refusals=refusals, **changes))


@pytest.mark.parametrize("challenge", ["basic", "digest", "basic+digest"])
@pytest.mark.parametrize(("has", "generation"), [(PASSWORD, "before"), (NEXT, "next")])
def test_the_phone_is_asked_with_the_one_that_it_takes(
    start_fleet: Any, challenge: Any, has: str, generation: str
) -> None:
    phone = start_fleet(PhoneSpec(admin_password=has, switches=Switches(challenge=challenge)), tls=False).phones[0]
    with talk(phone) as api:
        assert api.generation is None
        api.device_info()
        api.config_get(["reg.1.label"])
        assert api.generation == generation and api.password_taken == has
    digest = challenge == "digest"
    assert phone.auth_failures == (has == NEXT)
    assert [request.auth for request in phone.log][-2:] == ["digest" if digest else "basic"] * 2


def test_both_refused_is_said_and_neither_is_tried_again(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(admin_password="a-third-one")).phones[0]
    with talk(phone) as api:
        with pytest.raises(errors.AuthenticationFailed) as caught:
            api.device_info()
        assert api.generation is None
    assert "refused with ansible_password and with ansible_vvx_password_next" in str(caught.value)
    assert phone.auth_failures == 2 and len(phone.log) == 2


def test_what_is_known_decides_which_is_tried_first(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(admin_password=NEXT)).phones[0]
    known = Known(NEXT)
    with talk(phone, of_run(known)) as api:
        api.device_info()
    assert phone.auth_failures == 0 and known.heard == [("accepted", NEXT)]


def test_the_run_remembers_what_a_phone_took_whatever_earlier_runs_thought(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(admin_password=NEXT)).phones[0]
    refusals = of_run(Known(PASSWORD))
    for _task in range(3):
        with talk(phone, refusals) as api:
            api.device_info()
    assert phone.auth_failures == 1
    with talk(phone, refusals) as api:
        api.device_info()
        phone.set_layer("device", {"device.auth.localAdminPassword": PASSWORD})
        with pytest.raises(errors.AuthenticationFailed):  # somebody changed it back: its other one is not tried at once
            api.device_info()
    assert phone.auth_failures == 2, "each once in a run"


def test_a_password_that_may_not_be_tried_is_left_out_and_the_other_is_tried(start_fleet: Any) -> None:
    phones = start_fleet(*[PhoneSpec(admin_password=NEXT)] * 6).phones
    refusals = of_run(most=3)
    for phone in phones:
        with talk(phone, refusals) as api:
            api.device_info()
            assert api.generation == "next"
    assert [phone.auth_failures for phone in phones] == [1, 1, 1, 0, 0, 0]


def test_what_others_refuse_is_tried_where_the_other_one_is_refused(start_fleet: Any) -> None:
    """In the middle of a rotation many phones refuse the password before, and that says nothing about the others."""
    fleet = start_fleet(*(PhoneSpec(admin_password=has) for has in (NEXT, NEXT, PASSWORD, PASSWORD)), tls=False)
    refusals = of_run(most=2)
    generations = []
    for phone in fleet:
        with talk(phone, refusals) as api:
            api.device_info()
            generations.append(api.generation)
    assert generations == ["next", "next", "before", "before"]
    assert [phone.refused for phone in fleet] == [{PASSWORD: 1}, {PASSWORD: 1}, {NEXT: 1}, {}]


def test_a_fleet_that_takes_neither_is_not_tried_on(start_fleet: Any) -> None:
    fleet = start_fleet(*(PhoneSpec(admin_password="somebody-elses-1") for _number in range(5)), tls=False)
    refusals = of_run(most=2)
    for phone in fleet:
        with talk(phone, refusals) as api, pytest.raises((errors.AuthenticationFailed, errors.NotTried)):
            api.device_info()
    assert [phone.refused for phone in fleet] == [{PASSWORD: 1, NEXT: 1}] * 2 + [{}] * 3


def test_what_is_tried_all_the_same_is_tried_once(start_fleet: Any) -> None:
    fleet = start_fleet(*(PhoneSpec(admin_password=has) for has in (NEXT, NEXT, "somebody-elses-1")), tls=False)
    refusals = of_run(most=2)
    for phone in fleet.phones[:2]:
        with talk(phone, refusals) as api:
            api.device_info()
    stranger = fleet.phones[2]
    for _conversation in range(2):
        with talk(stranger, refusals) as api:
            for _call in range(3):
                with pytest.raises((errors.AuthenticationFailed, errors.NotTried)):
                    api.device_info()
    assert stranger.refused == {PASSWORD: 1, NEXT: 1}


def test_if_neither_may_be_tried_nothing_is_sent(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(admin_password="a-third-one")).phones[0]
    refusals = of_run()
    with talk(phone, refusals) as api, pytest.raises(errors.AuthenticationFailed):
        api.device_info()
    with talk(phone, refusals) as api, pytest.raises(errors.NotTried, match="this phone refused Polycom"):
        api.device_info()
    assert phone.auth_failures == 2


def test_the_same_password_twice_is_one(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(admin_password="a-third-one")).phones[0]
    with Api(reach(phone, password_next=PASSWORD)) as api, pytest.raises(errors.AuthenticationFailed) as caught:
        api.device_info()
    assert phone.auth_failures == 1 and "ansible_vvx_password_next" not in str(caught.value)


def test_a_phone_without_the_wanted_way_of_login_gets_one_request(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(challenge="basic")), tls=False).phones[0]
    with talk(phone, auth="digest") as api, pytest.raises(errors.AuthenticationFailed, match="was not sent"):
        api.device_info()
    assert len(phone.log) == 1


def test_pages_that_refuse_no_password_get_the_right_one(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(admin_password=NEXT, layers={"config": {"up.screenCapture.enabled": "1"}})).phones[0]
    result = run(
        screenshot.run, phone, params(screenshot.SPEC, dest="x.bmp"), password_next=NEXT, refusals=of_run(Known(NEXT))
    )
    assert not result.get("failed"), result
    assert phone.auth_failures == 0


@pytest.mark.parametrize(("has", "failures"), [(PASSWORD, 1), (NEXT, 0)])
def test_vvx_password_takes_the_next_one_as_its_new_one(start_fleet: Any, has: str, failures: int) -> None:
    phone = start_fleet(PhoneSpec(admin_password=has)).phones[0]
    options = params(vvx_password.SPEC, new_password=NEXT, wait_timeout=30.0)
    result = run(vvx_password.run, phone, {**options, "password": PASSWORD}, password_next=NEXT)
    assert result["working"] == "new" and result["changed"] == (has == PASSWORD)
    assert phone.auth_failures == failures


@pytest.mark.parametrize("has", [PASSWORD, NEXT])
def test_vvx_password_changes_the_user_account_with_either(start_fleet: Any, has: str) -> None:
    phone = start_fleet(PhoneSpec(admin_password=has)).phones[0]
    options = params(vvx_password.SPEC, account="user", new_password="a-new-User-1", wait_timeout=30.0)
    result = run(vvx_password.run, phone, {**options, "password": PASSWORD}, password_next=NEXT)
    assert result["working"] == "new" and result["changed"], result
    assert phone.value("device.auth.localUserPassword")[0] == "a-new-User-1"


def test_a_witness_hears_of_each_password(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(admin_password=NEXT)).phones[0]
    witness = Witness(("Polycom", PASSWORD), ("Polycom", NEXT))
    with talk(phone, witness) as api:
        api.device_info()
    assert witness.seen == ["refused", "accepted"]


def test_no_password_is_in_a_text(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(admin_password=NEXT)).phones[0]
    assert NEXT not in repr(reach(phone, password_next=NEXT))
    with talk(phone) as api:
        assert api.show(f"it is {NEXT} or {PASSWORD}").count("*") and NEXT not in api.show(f"it is {NEXT}")
