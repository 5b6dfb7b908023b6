# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_rotate: one password or the other, each tried once, and always said which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import rotate
from ansible_collections.polycom.vvx.plugins.module_utils._phone import api
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import (
    InvalidParameters,
    PhoneTimeout,
    SettingsError,
)
from ansible_collections.polycom.vvx.plugins.plugin_utils._refusals.run import RunRefusals
from ansible_collections.polycom.vvx.plugins.plugin_utils._refusals.table import Table

from simulator import Phone, PhoneSpec, Switches
from support.reach import PASSWORD as OLD
from support.reach import params, run

NEW = "N3w-and-better"
NAME = "device.auth.localAdminPassword"


class Known:
    """What earlier runs know, and what this one adds."""

    def __init__(self, phone: Phone, first: str = OLD, full: bool = False) -> None:
        self.phone, self.first, self.full = phone, first, full
        self.heard: list[tuple[str, str, int]] = []

    def order(self, url: str, username: str, passwords: Sequence[str]) -> Sequence[str]:
        return sorted(passwords, key=lambda password: password != self.first)

    def accepted(self, url: str, username: str, password: str) -> None:
        self.heard.append(("accepted", password, self.phone.count("config/set")))

    def refused(self, url: str, username: str, password: str) -> None:
        self.heard.append(("refused", password, self.phone.count("config/set")))

    def begun(self, url: str, username: str, password: str) -> None:
        if self.full:
            raise SettingsError("the disk is full.")
        self.heard.append(("begun", password, self.phone.count("config/set")))


def turn(phone: Phone, check_mode: bool = False, known: Known | None = None, **options: Any) -> dict[str, Any]:
    connection = {name: options.pop(name) for name in ("password", "password_next", "username") if name in options}
    full = params(rotate.SPEC, **{"wait_timeout": 5.0, "lines_delay": 0.0, **options})
    refusals = RunRefusals(5, 60.0, table=Table(64), known=known or Known(phone))
    changes = {"password_next": NEW, "refusals": refusals, **connection}
    return run(rotate.run, phone, full, check_mode, **changes)


def has(phone: Phone) -> str:
    return phone.value(NAME)[0]


def test_a_phone_gets_it_once_and_then_costs_one_request(phone: Phone) -> None:
    known = Known(phone)
    assert turn(phone, check_mode=True)["changed"] and has(phone) == OLD
    result = turn(phone, known=known)
    assert (result["changed"], result["generation"], has(phone)) == (True, "next", NEW), result
    (written,) = [request.data for request in phone.log if request.path.endswith("config/set")]
    assert written == {"device.set": "1", f"{NAME}.set": "1", NAME: NEW}
    assert known.heard == [("accepted", OLD, 0), ("begun", NEW, 0), ("accepted", NEW, 1)]
    again = turn(phone, known=Known(phone, NEW))
    assert (again["changed"], again["generation"], again["requests"]) == (False, "next", 1)
    moved = turn(phone, password=NEW)
    assert (moved["changed"], moved["generation"], moved["requests"]) == (False, "next", 1)
    assert phone.auth_failures == 0


def test_a_change_that_cannot_be_written_down_is_not_begun(phone: Phone) -> None:
    result = turn(phone, known=Known(phone, full=True))
    assert result["error"]["kind"] == "settings" and has(phone) == OLD and not phone.count("config/set")


@pytest.mark.parametrize(
    ("options", "kind", "text"),
    [
        ({"password_next": None}, "settings", "password_next is not set"),
        ({"password_next": "short"}, "bad_values", "8 to 32 characters"),
        ({"password_next": "schöne-Grüße"}, "bad_values", "printable ASCII"),
        ({"password_next": "456"}, "bad_values", "factory password"),
        ({"username": "User"}, "settings", "needs the account Polycom"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_sent(
    phone: Phone, options: dict[str, Any], kind: str, text: str
) -> None:
    result = turn(phone, **options)
    assert result["error"]["kind"] == kind and text in result["msg"] and phone.log == []
    assert result["generation"] == "unknown"


def test_a_phone_that_wants_longer_ones_keeps_its_own(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(layers={"config": {"sec.pwd.length.admin": "20"}})).phones[0]
    result = turn(phone)
    assert result["error"]["kind"] == "bad_values" and "at least 20 characters on this phone" in result["msg"]
    assert has(phone) == OLD and not result["changed"]


def test_both_refused(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(admin_password="a-third-one", switches=Switches(lockout="on"))).phones[0]
    result = turn(phone)
    assert result["error"]["kind"] == "authentication_failed" and result["generation"] == "unknown"
    assert phone.auth_failures == 2
    other = start_fleet(PhoneSpec(admin_password="a-third-one")).phones[0]
    assert "ansible_password is the same" in turn(other, password=NEW)["msg"] and other.auth_failures == 1


@pytest.mark.parametrize(
    ("when_busy", "outcome"), [("skip", "skipped"), ("fail", "failed"), ("wait", "failed"), ("proceed", "changed")]
)
def test_never_in_a_call(phone: Phone, when_busy: str, outcome: str) -> None:
    phone.ring("100")
    result = turn(phone, when_busy=when_busy, busy_timeout=0.0)
    assert result.get(outcome), result
    assert has(phone) == (NEW if when_busy == "proceed" else OLD)
    assert result["generation"] == ("next" if when_busy == "proceed" else "before")


def test_an_answer_that_is_lost_is_found_out(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    real = api.Phone.config_set

    def lose(self: api.Phone, values: Any) -> None:
        real(self, values)
        raise PhoneTimeout("no reply.")

    monkeypatch.setattr(api.Phone, "config_set", lose)
    result = turn(phone)
    assert (result["changed"], result["generation"]) == (True, "next") and has(phone) == NEW
    assert phone.auth_failures == 0


def test_a_phone_that_refuses_it_has_the_one_before(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: api.Phone, values: Any) -> None:
        raise InvalidParameters("invalid input parameters (Status 4000).")

    monkeypatch.setattr(api.Phone, "config_set", refuse)
    result = turn(phone)
    assert (result["changed"], result["generation"]) == (False, "before") and result["failed"]
    assert "The old admin password still works" in result["msg"] and phone.auth_failures == 0


def test_lines_that_stay_away_are_told(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = iter([frozenset({1}), frozenset(), frozenset()])
    monkeypatch.setattr(
        "ansible_collections.polycom.vvx.plugins.module_utils._steps.reboot.registered_lines", lambda _phone: next(seen)
    )
    result = turn(phone, wait_timeout=0.0)
    assert result["error"]["kind"] == "not_registered" and "It has the next password" in result["msg"], result
    assert (result["changed"], result["generation"], result["lines_before"]) == (True, "next", [1])
