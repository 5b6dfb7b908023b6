# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run an operation on a phone, and turn its result into a task result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone import api
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import (
    ConnectionLost,
    InCall,
    NotApplied,
    PhoneError,
    ProtocolError,
    Unreachable,
)
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import (
    CONTENTS,
    Result,
    as_dict,
    perform,
    timed,
    unanswered,
)

from simulator import Phone
from support.reach import reach, run


def read_twice(phone: api.Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    phone.transfer_type()
    phone.transfer_type()
    return Result(values={"check_mode": check_mode, **params})


def test_perform_names_the_phone_and_counts_requests(phone: Phone) -> None:
    result = perform(read_twice, reach(phone), {"a": 1}, True)
    assert (result.host, result.requests, result.error) == (phone.host, 2, None)
    assert as_dict(result) == {"changed": False, "check_mode": True, "a": 1, "requests": 2}


def test_perform_counts_requests_before_an_error_that_is_raised(phone: Phone) -> None:
    def fail(one: api.Phone, _params: Mapping[str, Any], _check_mode: bool) -> Result:
        one.transfer_type()
        raise InCall("the phone is in a call.", remedy="Wait.")

    result = perform(fail, reach(phone), {}, False)
    assert isinstance(result.error, InCall) and result.error.host == result.host == phone.host
    outcome = as_dict(result)
    assert (outcome["requests"], outcome["failed"], outcome["changed"]) == (1, True, False)
    assert outcome["msg"] == f"{phone.host}: the phone is in a call. Wait."
    assert outcome["error"]["host"] == phone.host and "the phone is in a call." in outcome["msg"]


def test_perform_names_the_phone_in_an_error_that_is_returned(phone: Phone) -> None:
    def change(_phone: api.Phone, _params: Mapping[str, Any], _check_mode: bool) -> Result:
        return Result(changed=True, error=NotApplied("half of it is done."))

    result = perform(change, reach(phone), {}, False)
    assert result.error is not None and result.error.host == phone.host and result.requests == 0
    assert as_dict(result)["requests"] == 0 and as_dict(result)["changed"] is True


def test_perform_passes_on_what_the_phone_waits_for(phone: Phone) -> None:
    def wait(one: api.Phone, _params: Mapping[str, Any], _check_mode: bool) -> Result:
        one.say("waiting")
        return Result()

    said: list[str] = []
    perform(wait, reach(phone), {}, False, said.append)
    assert said == [f"{phone.host}: waiting"]


def test_warnings_name_the_phone_and_notices_do_not() -> None:
    result = Result(host="192.0.2.1", warnings=["the file arrived late."], notices=["parameters is empty."])
    assert as_dict(result)["warnings"] == ["parameters is empty.", "192.0.2.1: the file arrived late."]
    assert "warnings" not in as_dict(Result(host="192.0.2.1"))


def test_without_a_phone_no_host_and_no_requests() -> None:
    assert as_dict(Result(warnings=["a"])) == {"changed": False, "warnings": ["a"]}


def test_facts_are_returned_alone() -> None:
    result = Result(host="192.0.2.1", requests=3, values={"ansible_facts": {"vvx": {}}})
    assert as_dict(result) == {"changed": False, "ansible_facts": {"vvx": {}}}


def test_a_skipped_phone_says_why() -> None:
    outcome = as_dict(Result(host="192.0.2.1", requests=1, skip="the phone is in a call."))
    assert outcome == {"changed": False, "requests": 1, "skipped": True, "msg": "192.0.2.1: the phone is in a call."}


def test_diff_and_files() -> None:
    outcome = as_dict(Result(diff={"before": "a", "after": "b"}, contents={"/x": b"\x00\xff"}))
    assert outcome["diff"] == {"before": "a", "after": "b"} and outcome[CONTENTS] == {"/x": "AP8="}


@pytest.mark.parametrize(
    ("error", "changed", "key"),
    [
        (Unreachable, False, "unreachable"), (ConnectionLost, False, "unreachable"),
        (Unreachable, True, "failed"), (ConnectionLost, True, "failed"), (ProtocolError, False, "failed"),
    ],
)  # fmt: skip
def test_a_phone_is_unreachable_only_while_nothing_has_changed(
    error: type[PhoneError], changed: bool, key: str
) -> None:
    outcome = as_dict(Result(changed=changed, error=error("gone.", host="192.0.2.1")))
    assert outcome[key] is True and len({"failed", "unreachable"} & set(outcome)) == 1


def test_an_unanswered_request_may_have_been_done() -> None:
    lost, absent = ConnectionLost("lost."), Unreachable("absent.")
    for error, changed in ((lost, True), (absent, False)):
        result = Result()
        unanswered(result, error)
        assert result.error is error and result.changed is changed
    assert "may or may not have done it" in lost.message and absent.message == "absent."
    with pytest.raises(InCall):
        unanswered(Result(), InCall("in a call."))


def test_a_timed_operation_reports_its_seconds(phone: Phone) -> None:
    def wait(one: api.Phone, _params: Mapping[str, Any], _check_mode: bool) -> Result:
        one.sleep(0.3)
        return Result(changed=True)

    result = perform(timed(wait), reach(phone), {}, False)
    assert result.changed and 0.3 <= result.values["elapsed"] < 60


def test_a_fault_of_an_operation_is_told_with_the_phone_and_without_its_text(phone: Phone) -> None:
    def faulty(phone: Any, params: Any, check_mode: bool) -> Result:
        raise ValueError("zq-secret")

    result = run(faulty, phone, {})
    assert result["error"]["kind"] == "unexpected" and result["failed"] is True and "zq-secret" not in str(result)
    assert "unexpected ValueError in test_result.py, line " in result["msg"]
