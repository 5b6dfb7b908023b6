# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_call before anything is ordered: options that do not go together, and what check mode predicts."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import call
from ansible_collections.polycom.vvx.plugins.module_utils._operations.call import SPEC as CALL

from simulator import Phone
from support.reach import params, run


def act(phone: Phone, action: str | None, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    return run(call.run, phone, params(CALL, action=action, **options), check_mode)


def orders(phone: Phone) -> list[str]:
    return [request.path for request in phone.log if request.method == "POST"]


def states(phone: Phone) -> dict[str, str]:
    return {leg.handle: leg.state for leg in phone.calls}


def connected(phone: Phone, number: str = "5551000") -> str:
    handle = phone.ring(number, "Ann")
    assert act(phone, "answer", call=handle)["changed"] is True
    phone.log.clear()
    return handle


def held(phone: Phone, number: str = "5552000") -> str:
    handle = connected(phone, number)
    assert act(phone, "hold", call=handle)["changed"] is True
    phone.log.clear()
    return handle


# -- options


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"action": "end", "destination": "1"}, "destination does not go with action end"),
        ({"action": "dial", "destination": "1", "digits": "1"}, "digits does not go with action dial"),
        ({"action": "dtmf", "digits": "12x"}, "digits must be"),
        ({"action": "dtmf", "digits": "1" * 33}, "digits must be"),
        ({"action": "dial", "destination": "1", "call": "active"}, "call does not go with action dial"),
        ({"action": "end", "call": "first"}, "call must be ringing, active, held or a call's handle, not 'first'."),
        ({"action": "end", "call": "123456789"}, "held or a call's handle, not '123456789'."),
        ({"action": "dial", "destination": "1", "line": 0}, "line must be between 1 and 100, not 0."),
        ({"action": "dial", "destination": "1", "line": 101}, "line must be between 1 and 100, not 101."),
    ],
)
def test_options_that_do_not_go_together_send_nothing(phone: Phone, options: dict[str, Any], message: str) -> None:
    result = act(phone, **options)
    assert result["failed"] and result["error"]["kind"] == "settings" and message in result["msg"]
    assert phone.count() == 0


# -- check mode


@pytest.mark.parametrize(
    ("prepare", "action", "options"),
    [
        (None, "dial", {"destination": "2002"}),
        (Phone.ring, "answer", {}),
        (Phone.ring, "reject", {}),
        (connected, "hold", {"wait_for": "ended"}),
        (held, "resume", {}),
        (connected, "mute", {}),
        (connected, "transfer", {"destination": "2002"}),
        (connected, "dtmf", {"digits": "1"}),
        (connected, "end", {}),
    ],
)
def test_check_mode_predicts(phone: Phone, prepare: Any, action: str, options: dict[str, str]) -> None:
    handle = prepare(phone, "5551000") if prepare else None
    before = states(phone)
    result = act(phone, action, True, **options)
    assert result["changed"] is True and result["msg"].startswith("would ")
    assert (result["call"] or {}).get("handle") == handle
    assert orders(phone) == [] and states(phone) == before


def test_check_mode_predicts_that_nothing_is_done_and_what_fails(phone: Phone) -> None:
    assert act(phone, "end", True)["changed"] is False
    handle = held(phone)
    assert act(phone, "hold", True, call=handle)["changed"] is False
    assert act(phone, "end", True, call=handle)["error"]["kind"] == "not_allowed"
    assert orders(phone) == []
