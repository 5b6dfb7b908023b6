# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a phone may be interrupted."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone import api
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import InCall
from ansible_collections.polycom.vvx.plugins.module_utils._steps import waiting
from ansible_collections.polycom.vvx.plugins.module_utils._steps.interruption import in_use, may_interrupt

from simulator import Phone, PhoneSpec
from support.reach import reach


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "FIRST_PAUSE", 0.02)
    monkeypatch.setattr(waiting, "LONGEST_PAUSE", 0.02)


@pytest.fixture
def phone(start_fleet: Any) -> Phone:
    """A phone on HTTPS: pollForStatus is not answered on plain HTTP."""
    polled: Phone = start_fleet().phones[0]
    return polled


@pytest.mark.parametrize("tls", [True, False])
@pytest.mark.parametrize("firmware", ["5.4.0.10182", "5.9.3.2489"])
def test_in_use(start_fleet: Any, firmware: str, tls: bool) -> None:
    phone = start_fleet(PhoneSpec(firmware=firmware), tls=tls).phones[0]
    with api.Phone(reach(phone)) as one:
        assert in_use(one) is None
        handle = phone.ring("5551000")
        activity = in_use(one)
        assert activity is not None and activity.startswith("in a call")
        assert ("(Active call duration" in activity) is tls, "the phone's own words"
        phone.hang_up(handle)
        assert in_use(one) is None


def test_one_request_is_enough_to_see_a_call(phone: Phone) -> None:
    phone.ring("5551000")
    with api.Phone(reach(phone)) as one:
        in_use(one)
    assert phone.count("pollForStatus") == phone.count() == 1


def may(phone: Phone, when_busy: str, check_mode: bool = False, busy_timeout: float = 0.1) -> str | None:
    with api.Phone(reach(phone)) as one:
        return may_interrupt(one, when_busy, busy_timeout, check_mode)


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize("when_busy", ["wait", "skip", "fail", "proceed"])
def test_an_idle_phone_may_be_interrupted(phone: Phone, when_busy: str, check_mode: bool) -> None:
    assert may(phone, when_busy, check_mode) is None


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_call_is_skipped_refused_or_ignored_as_wished(phone: Phone, check_mode: bool) -> None:
    phone.ring("5551000")
    assert may(phone, "proceed", check_mode) is None
    skipped = may(phone, "skip", check_mode)
    assert skipped is not None and skipped.startswith("in a call (")
    with pytest.raises(InCall, match=r"^[^:]+: the phone is in a call \(.*\) and was not interrupted\.$"):
        may(phone, "fail", check_mode)


def test_check_mode_predicts_that_the_call_ends(phone: Phone) -> None:
    phone.ring("5551000")
    assert may(phone, "wait", check_mode=True) is None


def test_a_wait_ends_with_the_call_even_if_the_phone_is_away_for_a_moment(phone: Phone) -> None:
    handle = phone.ring("5551000")
    said: list[str] = []

    def say(text: str) -> None:
        said.append(text)
        if len(said) == 2:
            phone.fault("drop")
            phone.hang_up(handle)

    with api.Phone(reach(phone), say=say) as one:
        assert may_interrupt(one, "wait", 30.0, check_mode=False) is None
    assert said[0].startswith(f"{phone.host}: the phone is in a call (")
    assert "waiting up to " in said[0] and "waiting for the phone to come back" in said[2]


def test_a_wait_has_an_end(phone: Phone) -> None:
    phone.ring("5551000")
    with pytest.raises(InCall, match=r"was still in a call \(.*\) after 0\.1 s and was not interrupted\."):
        may(phone, "wait")
