# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_transfer_type on a simulated phone."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import transfer_type

from simulator import Phone, PhoneSpec
from support.reach import run


def paths(phone: Phone) -> list[str]:
    return [request.path.rsplit("/", 2)[-2] + "/" + request.path.rsplit("/", 1)[-1] for request in phone.log]


@pytest.mark.parametrize("kind", transfer_type.TYPES)
def test_each_type_is_set_once(phone: Phone, kind: str) -> None:
    first = run(transfer_type.run, phone, {"type": kind})
    assert first["changed"] is (kind != "consultative")
    assert first["after"] == kind
    phone.clear()
    again = run(transfer_type.run, phone, {"type": kind})
    assert again == {"changed": False, "before": kind, "after": kind, "requests": 1}
    assert paths(phone) == ["transferType/get"]


def test_what_is_sent_and_shown(phone: Phone) -> None:
    result = run(transfer_type.run, phone, {"type": "blind"})
    assert paths(phone) == ["transferType/get", "transferType/set", "transferType/get"]
    assert phone.log[1].data == {"Type": "Blind"}
    assert result["diff"]["before"] == "transfer type: consultative\n"
    assert result["diff"]["after"] == "transfer type: blind\n"


def test_check_mode_predicts_and_only_reads(phone: Phone) -> None:
    predicted = run(transfer_type.run, phone, {"type": "safe"}, check_mode=True)
    assert paths(phone) == ["transferType/get"]
    done = run(transfer_type.run, phone, {"type": "safe"})
    assert (predicted.pop("requests"), done.pop("requests")) == (1, 3) and predicted == done


def test_old_firmware_does_not_support_it(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(firmware="5.4.0.1"), tls=False).phones[0]
    result = run(transfer_type.run, phone, {"type": "safe"})
    assert result["error"]["kind"] == "not_supported" and result["failed"] is True
    assert "since 5.7" in result["msg"]


def test_rest_switched_off_is_told_apart_from_old_firmware(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(rest="off"), tls=False).phones[0]
    assert run(transfer_type.run, phone, {"type": "safe"})["error"]["kind"] == "rest_disabled"


def test_a_phone_that_says_yes_and_does_nothing_is_found_out(phone: Phone) -> None:
    phone.fault("drop", path="transferType/set", times=1)
    phone.fault("status", status="2000", path="transferType/set", times=1)
    result = run(transfer_type.run, phone, {"type": "safe"}, retries=1)
    assert result["error"]["kind"] == "not_applied"
    assert "is still consultative" in result["msg"]


@pytest.mark.parametrize("fault", [{"kind": "drop"}, {"kind": "html"}, {"kind": "http", "status": "500"}])
def test_a_change_that_can_not_be_read_back_has_been_made_all_the_same(phone: Phone, fault: dict[str, str]) -> None:
    phone.fault(**fault, path="transferType/get", after=1)
    result = run(transfer_type.run, phone, {"type": "blind"})
    assert result["failed"] is True and result["changed"] is True and "unreachable" not in result
    assert (result["before"], result["after"]) == ("consultative", "blind")
