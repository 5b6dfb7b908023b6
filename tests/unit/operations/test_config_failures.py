# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_config on a phone that misbehaves: what took, what did not, and that the result says exactly that."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import Phone, PhoneSpec, Switches
from support.configuring import configure, labels

DESIRED = {"reg.1.label": "Desk", "up.idleTimeout": 60, "call.callWaiting.enable": False}


# -- what does not take


def test_a_phone_that_says_yes_and_does_nothing_is_found_out(phone: Phone) -> None:
    phone.fault("ignore_set", names=["up.idleTimeout"])
    result = configure(phone, DESIRED)
    assert result["failed"] is True and result["changed"] is True
    assert result["error"]["kind"] == "not_applied"
    assert result["applied"] == ["call.callWaiting.enable", "reg.1.label"]
    assert result["not_applied"] == ["up.idleTimeout"]
    assert "up.idleTimeout (wanted '60', is '40', source default)" in result["msg"]
    assert set(result["before"]) == {"call.callWaiting.enable", "reg.1.label"}, "only what changed can be rolled back"


def test_nothing_took_is_failed_and_not_changed(phone: Phone) -> None:
    phone.fault("ignore_set", names=["up.idleTimeout"])
    result = configure(phone, {"up.idleTimeout": 60})
    assert result["failed"] is True and result["changed"] is False


def test_a_setting_of_the_phones_menu_hides_what_rest_writes(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(layers={"local": {"up.idleTimeout": "99"}}), tls=False).phones[0]
    result = configure(phone, {"up.idleTimeout": 60})
    assert "source local" in result["msg"] and "menu" in result["msg"]


def test_a_value_out_of_range_is_found_out(phone: Phone) -> None:
    result = configure(phone, {"up.idleTimeout": 99_999_999})
    assert result["error"]["kind"] == "not_applied"
    assert "range" in result["msg"]


def test_without_companions_needed_nor_known_the_phone_decides(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(companions="refused")), tls=False).phones[0]
    assert configure(phone, {"device.sntp.serverName": "ntp.example.org"})["changed"] is True


# -- half-way failures


def test_a_batch_that_fails_is_told_with_what_was_applied_before(phone: Phone) -> None:
    phone.fault("status", status="4000", path="config/set", after=1)
    result = configure(phone, labels(50))
    assert result["failed"] is True and result["changed"] is True
    assert result["error"]["kind"] == "invalid_parameters"
    assert len(result["applied"]) == 20 and len(result["not_applied"]) == 30
    assert set(result["applied"]) == set(result["before"])
    assert all(phone.value(name)[0] == "x" for name in result["applied"])
    assert not any(phone.value(name)[0] == "x" for name in result["not_applied"])
    assert phone.count("config/set") == 2, "the third batch is not sent"
    assert result["batches"] == 2


def test_a_batch_applied_in_part_is_told_exactly(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(out_of_range="refused", bad_name="partial")), tls=False).phones[0]
    result = configure(phone, {"reg.1.label": "Desk", "up.idleTimeout": 99_999_999})
    assert result["failed"] is True
    applied = sorted(
        name
        for name, value in {"reg.1.label": "Desk", "up.idleTimeout": "99999999"}.items()
        if phone.value(name)[0] == value
    )
    assert result["applied"] == applied
    assert result["changed"] is bool(applied)


def test_the_first_batch_fails_and_nothing_has_changed(phone: Phone) -> None:
    phone.fault("status", status="5000", path="config/set")
    result = configure(phone, DESIRED)
    assert result["failed"] is True and result["changed"] is False
    assert result["applied"] == [] and len(result["not_applied"]) == 3
    assert result["before"] == {} and "diff" not in result


@pytest.mark.parametrize("kind", ["drop", "drop_after"])
def test_a_connection_lost_while_writing_is_looked_into(phone: Phone, kind: str) -> None:
    phone.fault(kind, path="config/set")
    result = configure(phone, DESIRED)
    assert result["changed"] is True and "failed" not in result
    assert phone.count("config/set") == {"drop": 2, "drop_after": 1}[kind], "sent again only if it did not arrive"


@pytest.mark.parametrize("processed", [True, False])
def test_a_phone_that_restarts_in_the_middle_is_awaited(phone: Phone, processed: bool) -> None:
    phone.switches.restart_delay = 0.0
    phone.fault("restart", path="config/set", after=1, processed=processed)
    result = configure(phone, labels(50))
    assert "failed" not in result
    assert len(result["after"]) == 50
    assert phone.restarts == 1


def test_parameters_that_restart_the_phone_go_last_and_are_read_back_after_it(phone: Phone) -> None:
    desired = {"device.theme": "BroadSoft", "msg.mwi.1.led": False, **labels(30)}
    result = configure(phone, desired)
    assert "failed" not in result
    sets = [request.data for request in phone.log if request.path.endswith("config/set")]
    assert "device.theme" in sets[-1] and "msg.mwi.1.led" in sets[-1]
    assert result["after"]["device.theme"] == "BroadSoft"
    assert result["restart_required"] == "yes"


def test_a_phone_that_never_comes_back_leaves_no_false_claims(phone: Phone) -> None:
    phone.fault("never_back")
    phone.fault("restart", path="config/set", processed=False)
    result = configure(phone, labels(25), wait_timeout=0.3)
    assert result["failed"] is True
    assert result["applied"] == []
    assert len(result["unconfirmed"]) == 20 and len(result["not_applied"]) == 5
    assert result["changed"] is True and result["after"] == {} and len(result["before"]) == 20
    assert result["msg"].count("The phone did not come back within 0.3 s.") == 1
    assert "come back" in result["msg"]


def test_a_busy_phone_is_awaited_and_then_given_up(phone: Phone) -> None:
    phone.fault("status", status="4001", path="config/set", times=1)
    assert configure(phone, DESIRED, retries=1)["changed"] is True
    phone.fault("http", status="403", path="config/get", times=0)
    result = configure(phone, DESIRED, retries=1)
    assert result["error"]["kind"] == "busy" and result["failed"] is True


@pytest.mark.parametrize("kind", ["html", "truncated", "list", "wrong_types", "empty", "oversized", "bad_utf8"])
def test_garbage_after_a_write_is_no_success(phone: Phone, kind: str) -> None:
    phone.fault(kind, path="config/set")
    result = configure(phone, DESIRED)
    assert result["error"]["kind"] == "protocol"
    assert result["failed"] is True and result["changed"] is True, "a read back shows that it took all the same"
    assert result["applied"] == sorted(DESIRED)


def test_an_offline_phone_is_unreachable_and_not_failed(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(offline=True), tls=False).phones[0]
    result = configure(phone, DESIRED)
    assert result["unreachable"] is True and "failed" not in result


def test_one_wrong_password_one_request(phone: Phone) -> None:
    result = configure(phone, DESIRED, password="wrong", retries=5)
    assert result["error"]["kind"] == "authentication_failed"
    assert phone.count() == 1


def test_a_refused_write_names_what_it_was_to_set(phone: Phone) -> None:
    phone.fault("status", status="4000", path="config/set")
    result = configure(phone, {"up.idleTimeout": 60})
    assert result["error"]["kind"] == "invalid_parameters"
    assert "The request was to set up.idleTimeout." in result["msg"]


def test_a_known_name_that_this_phone_lacks_is_not_called_misspelt(phone: Phone) -> None:
    result = configure(phone, {"reg.99.label": "x"})
    assert "reg.99.label (spelled right, but not on this model or firmware)" in result["msg"]
    assert "did you mean" not in result["msg"]


def test_names_that_differ_in_letter_case_only_are_refused(phone: Phone) -> None:
    result = configure(phone, {"reg.1.label": "a", "REG.1.Label": "b"})
    assert result["error"]["kind"] == "bad_values" and "differ only in letter case" in result["msg"]
    assert phone.count() == 0


def test_long_values_are_cut_in_messages(phone: Phone) -> None:
    phone.fault("ignore_set", names=["reg.1.label"])
    result = configure(phone, {"reg.1.label": "x" * 9000})
    assert len(result["msg"]) < 500 and "xxx..." in result["msg"]


def test_a_page_in_place_of_the_read_back_is_asked_past(phone: Phone) -> None:
    phone.fault("html", path="config/get", after=1)
    result = configure(phone, DESIRED)
    assert "failed" not in result and result["changed"] is True
