# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pauses between requests, and the wait for a phone that went away."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone import api
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import AuthenticationFailed, PhoneError
from ansible_collections.polycom.vvx.plugins.module_utils._steps import waiting
from ansible_collections.polycom.vvx.plugins.module_utils._steps.waiting import pauses, until_answered

from simulator import Phone
from support.reach import reach


def full(_low: float, high: float) -> float:
    """Stands in for random.uniform: no jitter."""
    return high


def test_pauses_grow_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting.random, "uniform", full)
    assert list(itertools.islice(pauses(), 9)) == [1, 1.5, 2.25, 3.375, 5.0625, 7.59375, 10, 10, 10]


def test_jitter_shortens_a_pause_by_a_quarter_at_most() -> None:
    for seconds in itertools.islice(pauses(), 6, 100):
        assert 7.5 <= seconds <= 10
    assert len(set(itertools.islice(pauses(), 6, 100))) > 50, "phones must not ask in step"


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "FIRST_PAUSE", 0.02)
    monkeypatch.setattr(waiting, "LONGEST_PAUSE", 0.02)


def wait(phone: Phone, timeout: float, say: Callable[[str], None] = api.silence) -> str:
    with api.Phone(reach(phone, retries=5), say=say) as one:
        return until_answered(one, one.transfer_type, timeout)


@pytest.mark.parametrize(
    "fault",
    [{"kind": "drop"}, {"kind": "http", "status": "403"}, {"kind": "http", "status": "404"}, {"kind": "html"}],
    ids=str,
)
def test_what_a_phone_answers_while_it_boots_is_waited_out(quickly: None, phone: Phone, fault: dict[str, str]) -> None:
    phone.fault(**fault, times=2)
    said: list[str] = []
    assert wait(phone, 30.0, said.append) == "Consultative"
    assert said[0].startswith(f"{phone.host}: waiting for the phone to come back, up to ")


def test_the_last_error_is_raised_after_the_timeout(quickly: None, phone: Phone) -> None:
    phone.fault("drop", times=0)
    with pytest.raises(PhoneError, match=r"The phone did not come back within 0\.2 s\.$") as gone:
        wait(phone, 0.2)
    assert gone.value.host == phone.host


def test_without_time_the_phone_is_still_asked_once(phone: Phone) -> None:
    assert wait(phone, 0.0) == "Consultative" and phone.count() == 1
    phone.fault("http", status="403", times=0)
    with pytest.raises(PhoneError):
        wait(phone, 0.0)
    assert phone.count() == 2, "retries are off while it waits"


def test_a_refused_password_ends_the_wait(phone: Phone) -> None:
    phone.fault("drop")
    with api.Phone(reach(phone, password="wrong"), lambda _seconds: None) as one, pytest.raises(AuthenticationFailed):
        until_answered(one, one.transfer_type, 30.0)
    assert phone.auth_failures == 1


def test_retries_are_back_after_the_wait(phone: Phone) -> None:
    with api.Phone(reach(phone, retries=1), lambda _seconds: None) as one:
        until_answered(one, one.transfer_type, 1.0)
        phone.fault("http", status="403")
        assert one.transfer_type() == "Consultative"
