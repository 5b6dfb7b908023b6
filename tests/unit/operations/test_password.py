# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_password: idempotent, proved, and never a phone that nobody can log in to."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import password
from ansible_collections.polycom.vvx.plugins.module_utils._operations.password import SPEC as PASSWORD
from ansible_collections.polycom.vvx.plugins.module_utils._phone import api
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import (
    AuthenticationFailed,
    Busy,
    InvalidParameters,
    NotAllowed,
    NotSupported,
    PhoneFailed,
    TooLarge,
)

from simulator import Phone, PhoneSpec, Switches
from support.reach import PASSWORD as OLD
from support.reach import params, run

NEW = "N3w-and-better"
USER = PhoneSpec().user_password


def change(phone: Phone, new: str = NEW, check_mode: bool = False, old: str = OLD, **options: Any) -> dict[str, Any]:
    full = {
        **params(PASSWORD, new_password=new, wait_timeout=options.pop("wait_timeout", 5.0), **options),
        "password": old,
    }
    return run(password.run, phone, full, check_mode, password=old)


def has(phone: Phone, account: str = "admin") -> str:
    name = {"admin": "device.auth.localAdminPassword", "user": "device.auth.localUserPassword"}[account]
    return phone.value(name)[0]


def written(phone: Phone) -> list[Any]:
    return [request.data for request in phone.log if request.path.endswith("config/set")]


def test_the_password_is_changed_once_and_proved(phone: Phone) -> None:
    result = change(phone)
    assert (result["changed"], result["account"], result["working"]) == (True, "admin", "new")
    assert has(phone) == NEW
    assert written(phone) == [
        {"device.set": "1", "device.auth.localAdminPassword.set": "1", "device.auth.localAdminPassword": NEW}
    ]
    assert phone.auth_failures == 1, "the new one was tried first"
    again = change(phone)
    assert (again["changed"], again["working"], again["requests"]) == (False, "new", 1)
    assert phone.auth_failures == 1


def test_the_inventory_may_hold_the_new_password_already(phone: Phone) -> None:
    assert change(phone, old=NEW, old_password=OLD)["working"] == "new"
    assert has(phone) == NEW and change(phone, old=NEW, old_password=OLD)["changed"] is False


def test_the_users_password(phone: Phone) -> None:
    result = change(phone, account="user")
    assert (result["changed"], result["account"], result["working"]) == (True, "user", "new")
    assert (has(phone, "user"), has(phone)) == (NEW, OLD)
    assert change(phone, account="user")["changed"] is False
    assert [request.user for request in phone.log] == ["User", "Polycom", "Polycom", "User", "User"]


@pytest.mark.parametrize("challenge", ["digest", "basic"])
def test_with_either_kind_of_login(start_fleet: Any, challenge: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(challenge=challenge)), tls=False).phones[0]
    assert change(phone)["working"] == "new" and change(phone)["changed"] is False
    assert change(phone, account="user", old=NEW)["working"] == "new"


def test_check_mode_writes_nothing_and_foresees(phone: Phone) -> None:
    result = change(phone, check_mode=True)
    assert (result["changed"], result["working"]) == (True, "old")
    assert written(phone) == [] and has(phone) == OLD
    change(phone)
    assert change(phone, check_mode=True)["changed"] is False


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("456", "factory password"),
        ("short", "8 to 32"),
        ("x" * 33, "8 to 32"),
        ("pässwörter", "ASCII"),
        (" blank-before", "blank"),
        ("line\nbreak-", "ASCII"),
        ("", "8 to"),
    ],
)
def test_bad_passwords_are_refused_before_anything_is_sent(phone: Phone, new: str, why: str) -> None:
    result = change(phone, new)
    assert result["error"]["kind"] == "bad_values" and why in result["msg"]
    assert new not in result["msg"] or not new
    assert phone.count() == 0


def test_the_phones_own_limit_counts(phone: Phone) -> None:
    phone.set_layer("config", {"sec.pwd.length.admin": "20"})
    result = change(phone)
    assert result["error"]["kind"] == "bad_values" and "20 characters" in result["msg"] and phone.host in result["msg"]
    assert result["changed"] is False and has(phone) == OLD


def test_neither_password_is_tried_twice(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(admin_password="something-else"), tls=False).phones[0]
    result = change(phone)
    assert result["error"]["kind"] == "authentication_failed" and "nothing was changed" in result["msg"]
    assert (phone.auth_failures, phone.count(), result["changed"]) == (2, 2, False)


def test_a_phone_with_its_factory_password(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(admin_password="456"), tls=False).phones[0]
    result = change(phone, old="456")
    assert result["error"]["kind"] == "default_password", result
    assert "web interface" in result["msg"] and phone.has_default_password


def test_a_change_that_does_not_take(phone: Phone) -> None:
    phone.fault("ignore_set", names=["device.auth.localAdminPassword"])
    result = change(phone)
    assert (result["changed"], result["working"], result["error"]["kind"]) == (False, "old", "not_applied")
    assert has(phone) == OLD


def test_a_change_that_is_refused(phone: Phone) -> None:
    phone.fault("status", path="config/set", status="4003")
    result = change(phone)
    assert (result["changed"], result["working"], result["error"]["kind"]) == (False, "old", "not_allowed")
    assert "old admin password still works" in result["msg"]
    assert phone.auth_failures == 1 and phone.log[-1].user == "Polycom", "the old one was asked, the new one not again"


def test_a_refusal_of_the_users_password_claims_nothing_that_was_not_asked(phone: Phone) -> None:
    phone.fault("status", path="config/set", status="4400")
    result = change(phone, account="user")
    assert (result["changed"], result["working"], result["error"]["kind"]) == (False, "old", "invalid_parameters")
    assert "refuses the new user password; the admin's login works" in result["msg"]
    assert [request.user for request in phone.log][-2:] == ["User", "Polycom"]


def test_a_refusal_after_which_neither_password_works(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    really = api.Phone.config_set

    def set_another_and_refuse(self: api.Phone, values: dict[str, str]) -> None:
        name = "device.auth.localAdminPassword"
        really(self, {**values, name: "Set-by-the-server"})
        raise NotAllowed("operation not allowed.")

    monkeypatch.setattr(api.Phone, "config_set", set_another_and_refuse)
    result = change(phone)
    assert (result["changed"], result["working"], result["error"]["kind"]) == (True, "none", "authentication_failed")
    assert phone.auth_failures == 3, "new, and after the change old and new, each once"


@pytest.fixture
def hasty_phone(start_fleet: Any) -> Phone:
    """Goes down at once when it has answered."""
    phone: Phone = start_fleet(PhoneSpec(switches=Switches(restart_delay=0.0)), tls=False).phones[0]
    return phone


def test_a_phone_that_restarts_for_it_is_awaited(hasty_phone: Phone) -> None:
    hasty_phone.fault("restart", path="config/set", processed=True)
    result = change(hasty_phone, wait_timeout=30.0)
    assert (result["changed"], result["working"]) == (True, "new") and hasty_phone.restarts == 1


def test_a_phone_that_does_not_come_back(hasty_phone: Phone) -> None:
    hasty_phone.fault("never_back")
    hasty_phone.fault("restart", path="config/set", processed=True)
    result = change(hasty_phone, wait_timeout=1.0)
    assert (result["changed"], result["working"], result["failed"]) == (True, "unknown", True)
    assert "Run the task again" in result["msg"] and hasty_phone.host in result["msg"]


def test_a_phone_that_locks_itself_is_not_asked_again(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(admin_password="something-else", switches=Switches(lockout="on")), tls=False).phones[
        0
    ]
    for _run in range(2):
        assert change(phone)["error"]["kind"] == "authentication_failed"
    assert phone.count() == 4 and "locks the account" in change(phone)["msg"]


@pytest.mark.parametrize("account", ["admin", "user"])
@pytest.mark.parametrize("status", ["500", "403", "401", "4000", "4003", "4004", "413"])
def test_an_error_after_the_fact_is_looked_into(
    phone: Phone, monkeypatch: pytest.MonkeyPatch, status: str, account: str
) -> None:
    """The phone takes the password, and then says that something went wrong."""
    errors = {
        "500": PhoneFailed,
        "403": Busy,
        "401": AuthenticationFailed,
        "4000": InvalidParameters,
        "4003": NotAllowed,
        "4004": NotSupported,
        "413": TooLarge,
    }
    really = api.Phone.config_set

    def set_and_fail(self: api.Phone, values: dict[str, str]) -> None:
        really(self, values)
        raise errors[status]("something.")

    monkeypatch.setattr(api.Phone, "config_set", set_and_fail)
    result = change(phone, account=account)
    assert (result["changed"], result["working"], "failed" in result) == (
        True,
        "new",
        False,
    ) and "but it works" in result["warnings"][0]
    assert has(phone, account) == NEW


def test_the_same_wrong_password_is_tried_once(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(admin_password="something-else"), tls=False).phones[0]
    result = change(phone, old=NEW)
    assert (
        result["error"]["kind"] == "authentication_failed"
        and "old_password" in result["msg"]
        and phone.auth_failures == 1
    )


FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("drop", {}), ("drop_after", {}), ("http", {"status": "500"}), ("http", {"status": "403"}),
    ("status", {"status": "5000"}), ("status", {"status": "4001"}),
    ("restart", {"processed": False}), ("restart", {"processed": True}), ("html", {}), ("truncated", {}), ("empty", {}),
    ("wrong_types", {}),
]  # fmt: skip


@pytest.mark.parametrize("account", ["admin", "user"])
@pytest.mark.parametrize("step", range(5))
@pytest.mark.parametrize(
    ("kind", "options"),
    FAULTS,
    ids=lambda value: value if isinstance(value, str) else "-".join(map(str, value.values())),
)
def test_interrupted_at_any_step_a_known_password_works_and_the_next_run_ends_it(
    phone: Phone, kind: str, options: dict[str, Any], step: int, account: str
) -> None:
    before = {"admin": OLD, "user": USER}[account]
    phone.fault(kind, after=step, **options)
    result = change(phone, wait_timeout=10.0, account=account)
    now = has(phone, account)
    assert now in (before, NEW)
    message = result.get("working")
    assert message in (None, "unknown") or {"new": NEW, "old": before}[message] == now
    assert result["changed"] == (now == NEW) or message == "unknown", "changed tells the truth"
    assert NEW not in json.dumps(result) and OLD not in json.dumps(result)
    while phone.lifecycle.state != "up":
        time.sleep(0.02)
    phone.clear()
    final = change(phone, account=account, old=OLD)
    assert final["working"] == "new" and "error" not in final and has(phone, account) == NEW
    assert max(len(written(phone)), 1) == 1
