# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The proof that a phone has booted, and the wait until the same phone is back."""

from __future__ import annotations

import math
import threading
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone import api
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import (
    NotRegistered,
    NotRestarted,
    OtherPhone,
    PhoneFailed,
    RestDisabled,
)
from ansible_collections.polycom.vvx.plugins.module_utils._steps import reboot, waiting
from ansible_collections.polycom.vvx.plugins.module_utils._steps.reboot import (
    CLOCK_TOLERANCE,
    BootMark,
    WaitLimits,
    boot_mark,
    send_order,
    until_back,
    until_registered,
)
from hypothesis import given
from hypothesis import strategies as st

from simulator import Phone, PhoneSpec
from support.reach import reach

MAC = "00:04:f2:00:00:01"
SECONDS = st.floats(0, 10_000)


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "FIRST_PAUSE", 0.02)
    monkeypatch.setattr(waiting, "LONGEST_PAUSE", 0.05)


def proves(uptime: int | None, seconds: float, now: int | None) -> bool:
    """Whether ``now`` proves a boot for a request sent so many seconds after a mark with this uptime."""
    device = {} if now is None else {"uptime_seconds": now}
    return BootMark(MAC, uptime, taken=50.0).proves_boot(device, 50.0 + seconds)


def test_an_uptime_that_starts_over_proves_a_boot() -> None:
    assert proves(1000, 30.0, 5) and proves(1000, 0.0, 999)
    assert proves(10, 600.0, 300), "up for longer than at the mark, but not for as long as it should be"


def test_the_uptime_may_lag_within_the_tolerance() -> None:
    assert not proves(1000, 30.0, 1030) and not proves(1000, 30.0, 1030 - CLOCK_TOLERANCE)
    assert proves(1000, 30.0, 1030 - CLOCK_TOLERANCE - 1)


@pytest.mark.parametrize(("uptime", "now"), [(None, 5), (1000, None), (None, None)])
def test_a_missing_uptime_proves_nothing(uptime: int | None, now: int | None) -> None:
    assert not proves(uptime, 600.0, now)


@given(SECONDS, SECONDS, SECONDS, SECONDS)
def test_a_phone_that_kept_running_never_proves_a_boot(age: float, first: float, between: float, late: float) -> None:
    """``first`` and ``late``: seconds that the replies took after the phone had read its clock, or before it did."""
    mark = BootMark(MAC, math.floor(age), taken=first)
    asked = first + between
    assert not mark.proves_boot({"uptime_seconds": math.floor(age + asked + late)}, asked)


@given(st.integers(0, 10_000), SECONDS, st.integers(0, 10_000))
def test_a_boot_proves_itself_once_more_than_the_tolerance_is_missing(uptime: int, passed: float, now: int) -> None:
    if now < uptime + passed - CLOCK_TOLERANCE - 1:
        assert proves(uptime, passed, now)


def test_a_mark(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(lines=3, uptime=1234, firmware="5.9.3.2489"), tls=False).phones[0]
    phone.fault("unregistered", lines=[2])
    with api.Phone(reach(phone)) as one:
        mark = boot_mark(one)
        assert phone.count() == 1
        lines = boot_mark(one, with_lines=True).lines
    assert (mark.mac, mark.firmware, mark.lines, lines) == (MAC, "5.9.3.2489", frozenset(), {1, 3})
    assert mark.uptime is not None and mark.uptime >= 1234


@pytest.mark.parametrize(("fault", "answered"), [("drop", False), ("drop_after", False), ("html", False), ("", True)])
def test_an_order_without_a_whole_answer_is_sent_once(phone: Phone, fault: str, answered: bool) -> None:
    if fault:
        phone.fault(fault, path="safeRestart")
    with api.Phone(reach(phone, retries=3)) as one:
        assert send_order(one, lambda: one.restart("restart")) is answered
    assert phone.count("safeRestart") == 1


def test_a_refused_order_is_an_error(phone: Phone) -> None:
    phone.fault("status", status="5000", path="safeRestart")
    with pytest.raises(PhoneFailed), api.Phone(reach(phone)) as one:
        send_order(one, lambda: one.restart("restart"))


def restarted(phone: Phone, limits: WaitLimits) -> dict[str, Any]:
    """Pull the plug, and wait."""
    with api.Phone(reach(phone)) as one:
        mark = boot_mark(one)
        phone.restart()
        return until_back(one, mark, limits)


def test_the_device_facts_of_the_phone_that_is_back(phone: Phone) -> None:
    assert restarted(phone, WaitLimits(60.0))["mac"] == MAC and phone.lifecycle.state == "up"


def test_a_phone_that_never_goes_down_is_given_up_after_the_watch(phone: Phone) -> None:
    phone.fault("never_down")
    with pytest.raises(NotRestarted):
        restarted(phone, WaitLimits(3600.0, watch=0.3))


def test_another_phone_at_the_address_ends_the_wait(phone: Phone) -> None:
    phone.fault("back_other_mac", mac="0004f2ffffff")
    with pytest.raises(OtherPhone, match="00:04:f2:ff:ff:ff answers at the address of 00:04:f2:00:00:01"):
        restarted(phone, WaitLimits(3600.0))


def test_an_expected_error_ends_the_wait_once_it_lasts(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reboot, "SETTLED", 0.2)
    phone.fault("back_rest_off")
    with pytest.raises(RestDisabled, match=r"the phone came back, but its REST API is off\.$"):
        restarted(phone, WaitLimits(3600.0, final=(RestDisabled,)))


# -- without a restart


def test_a_phone_that_stays_up_is_awaited_until_its_lines_are_registered(phone: Phone) -> None:
    with api.Phone(reach(phone)) as one:
        mark = boot_mark(one, with_lines=True)
        phone.fault("unregistered", lines=[min(mark.lines)])
        mend = threading.Timer(0.5, phone.clear)
        mend.start()
        after = until_registered(one, mark, WaitLimits(60.0))
        mend.join()
    assert after.lines == mark.lines and (after.mac, after.firmware) == (mark.mac, mark.firmware)
    assert phone.restarts == 0


def test_lines_that_stay_away_are_named(phone: Phone) -> None:
    with api.Phone(reach(phone)) as one:
        mark = boot_mark(one, with_lines=True)
        phone.fault("unregistered", lines=[min(mark.lines)])
        with pytest.raises(NotRegistered, match=r"^the phone did not register line 1 within 0\.3 s\.$"):
            until_registered(one, mark, WaitLimits(0.3))


def test_a_phone_that_restarts_meanwhile_is_awaited_as_well(phone: Phone) -> None:
    with api.Phone(reach(phone)) as one:
        mark = boot_mark(one, with_lines=True)
        phone.restart()
        after = until_registered(one, mark, WaitLimits(60.0, delay=0.2))
    assert after.lines == mark.lines and after.uptime is not None and after.uptime < 1000


def test_another_phone_with_the_right_lines_is_not_taken_for_this_one(phone: Phone) -> None:
    with api.Phone(reach(phone)) as one:
        mark = boot_mark(one, with_lines=True)
        phone.mac = "0004f2ffffff"
        with pytest.raises(OtherPhone):
            until_registered(one, mark, WaitLimits(60.0))
