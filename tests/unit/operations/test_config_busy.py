# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_config and people who are on the phone: how long it waits for them, and before what."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._steps import waiting

from simulator import Phone
from support.configuring import calls, configure

WANTED = {"reg.1.label": "Desk"}
NEEDS_RESTART = {"device.sntp.serverName": "ntp.example.org"}
BOTH = pytest.mark.parametrize("check_mode", [True, False], ids=["check", "real"])


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(waiting, "LONGEST_PAUSE", 0.2)


def test_the_wait_for_a_call_has_a_time_of_its_own(phone: Phone) -> None:
    phone.ring("5551000", "Ann")
    result = configure(phone, NEEDS_RESTART, restart="if_required", busy_timeout=0.4, wait_timeout=3600.0)
    assert result["failed"] and result["error"]["kind"] == "in_call" and "after 0.4 s" in result["msg"]
    assert result["changed"] is True and phone.restarts == 0


def test_a_long_call_does_not_shorten_the_wait_for_the_phone(phone: Phone) -> None:
    handle = phone.ring("5551000", "Ann")
    hang_up = threading.Timer(1.5, phone.hang_up, [handle])
    hang_up.start()
    result = configure(phone, NEEDS_RESTART, restart="if_required", busy_timeout=30.0, wait_timeout=1.0)
    hang_up.join()
    assert "failed" not in result and result["restarted"] is True and phone.restarts == 1, result


@BOTH
@pytest.mark.parametrize("when_busy", ["fail", "skip"])
def test_before_write_nothing_is_written_to_a_phone_in_a_call(phone: Phone, when_busy: str, check_mode: bool) -> None:
    phone.ring("5551000", "Ann")
    result = configure(phone, WANTED, check_mode, check_busy="before_write", when_busy=when_busy)
    assert result["changed"] is False and phone.count("config/set") == 0
    if when_busy == "fail":
        assert result["failed"] and result["error"]["kind"] == "in_call" and "Nothing was written." in result["msg"]
    else:
        assert result["skipped"] and result["msg"].endswith("; nothing was written.") and result["before"] == {}


def test_before_write_waits_and_reads_again(phone: Phone) -> None:
    handle = phone.ring("5551000", "Ann")

    def change_and_hang_up() -> None:
        phone.set_layer("web", {"up.idleTimeout": "60"})
        phone.hang_up(handle)

    later = threading.Timer(0.5, change_and_hang_up)
    later.start()
    result = configure(phone, {**WANTED, "up.idleTimeout": 60}, check_busy="before_write")
    later.join()
    assert "failed" not in result and result["after"] == WANTED, "what has become right meanwhile is not written"
    assert phone.count("config/set") == 1


def test_a_plan_that_went_stale_during_a_call_is_noticed(phone: Phone) -> None:
    handle = phone.ring("5551000", "Ann")

    def change_and_hang_up() -> None:
        phone.set_layer("web", {"reg.1.label": "Lobby"})
        phone.hang_up(handle)

    later = threading.Timer(0.5, change_and_hang_up)
    later.start()
    planned = {"reg.1.label": {"value": "1001", "source": "config"}}
    result = configure(phone, WANTED, check_busy="before_write", expected=planned)
    later.join()
    assert result["error"]["kind"] == "stale" and phone.count("config/set") == 0


def test_before_write_gives_up_after_a_while(phone: Phone) -> None:
    phone.ring("5551000", "Ann")
    result = configure(phone, WANTED, check_busy="before_write", busy_timeout=0.5)
    assert result["failed"] and result["error"]["kind"] == "in_call" and result["changed"] is False
    assert phone.count("config/set") == 0


def test_check_mode_does_not_wait(phone: Phone) -> None:
    phone.ring("5551000", "Ann")
    result = configure(phone, WANTED, True, check_busy="before_write", busy_timeout=3600.0)
    assert result["changed"] is True and result["after"] == WANTED


@pytest.mark.parametrize("when_busy", ["wait", "skip", "fail", "proceed"])
def test_a_converged_phone_is_not_asked_whether_it_is_busy(phone: Phone, when_busy: str) -> None:
    configure(phone, WANTED)
    phone.clear()
    phone.ring("5551000", "Ann")
    result = configure(phone, WANTED, check_busy="before_write", when_busy=when_busy)
    assert result["changed"] is False and "failed" not in result and calls(phone) == ["get"]


@pytest.mark.parametrize("options", [{}, {"check_busy": "before_write", "when_busy": "proceed"}])
def test_a_change_without_restart_disturbs_nobody(phone: Phone, options: dict[str, Any]) -> None:
    phone.ring("5551000", "Ann")
    result = configure(phone, WANTED, **options)
    assert result["changed"] is True and calls(phone) == ["get", "set", "get"]
