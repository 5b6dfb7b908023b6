# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stops a playbook before it sends anything."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.polycom.vvx.plugins.filter.playbooks import batches
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._guards import guard, phones

DEFAULTS: dict[str, Any] = {name: option.get("default") for name, option in guard.SPEC.argument_spec.items()}
HOSTS = [f"berlin-{1001 + number}" for number in range(12)]
SLICE = {"awx_workflow_job_name": "Reset phones", "awx_job_template_name": "Reset phones"}


def check(params: dict[str, Any], **situation: Any) -> tuple[dict[str, Any], list[str]]:
    return guard.check({**DEFAULTS, **params}, guard.Situation(**{"hosts": HOSTS, **situation}))


def refused(params: dict[str, Any], **situation: Any) -> str:
    with pytest.raises(SettingsError) as caught:
        check(params, **situation)
    assert "Nothing was sent." in str(caught.value) and caught.value.remedy
    return f"{caught.value} {caught.value.remedy}"


@pytest.mark.parametrize(
    "situation",
    [{"limited": True}, {"given": frozenset({"vvx_hosts"}), "filled": ["vvx_hosts"]}],
    ids=["limit", "vvx_hosts"],
)
def test_phones_that_are_named(situation: dict[str, Any]) -> None:
    result, warnings = check({"name_phones": True}, **situation)
    assert result["phones"] == 12 and not result["confirmed"] and not warnings


@pytest.mark.parametrize(
    "situation",
    [{}, {"given": frozenset({"vvx_hosts"})}, {"filled": ["vvx_hosts"]}],
    ids=["nothing", "empty answer", "inventory variable, which the play does not read"],
)
def test_phones_that_nobody_named(situation: dict[str, Any]) -> None:
    text = refused({"name_phones": True}, **situation)
    assert "12 phones: berlin-1001, berlin-1002," in text and "berlin-1010 and 2 more" in text
    assert "berlin-1011" not in text and "-e vvx_hosts=phones" in text


@pytest.mark.parametrize("number", [12, "12", " 012 "])
def test_the_right_number(number: Any) -> None:
    assert check({"count_phones": True, "confirm": number})[0]["confirmed"] is True
    assert check({"confirm": number})[0]["confirmed"] is True


@pytest.mark.parametrize("number", [11, "13", "-12", 0, True, "true", "yes", "12.0", "12 phones", [12], "1" * 400])
@pytest.mark.parametrize("count_phones", [True, False])
def test_a_wrong_number(number: Any, count_phones: bool) -> None:
    text = refused({"count_phones": count_phones, "confirm": number})
    assert "12 phones: berlin-1001" in text and "vvx_confirm" in text and len(text) < 700


@pytest.mark.parametrize("number", [None, ""])
def test_no_number(number: Any) -> None:
    assert "-e vvx_confirm=12" in refused({"count_phones": True, "confirm": number})
    assert "1 phone: berlin-1001." in refused({"count_phones": True}, hosts=HOSTS[:1])
    assert check({"confirm": number})[0]["confirmed"] is False


def test_a_slice_can_not_count() -> None:
    assert "job slicing" in refused({"count_phones": True, "confirm": 12}, extra=SLICE)
    assert check({"name_phones": True}, extra=SLICE, limited=True)[0]["phones"] == 12, "and needs not"


@pytest.mark.parametrize(
    ("variables", "is_slice"),
    [
        (SLICE, True),
        ({"tower_workflow_job_name": "a", "tower_job_template_name": "a"}, True),
        ({"awx_workflow_job_name": "nightly", "awx_job_template_name": "reset"}, False),
        ({"awx_job_template_name": "reset"}, False),
        ({"awx_workflow_job_name": "", "awx_job_template_name": ""}, False),
        ({}, False),
    ],
)
def test_slices_of_awx(variables: dict[str, Any], is_slice: bool) -> None:
    assert phones.is_slice(variables) is is_slice


def test_wrong_names_come_first() -> None:
    given = frozenset({"vvx_scpe", "vvx_host"})
    text = refused({"name_phones": True, "required": ["vvx_scope"]}, given=given)
    assert "unknown variables: vvx_host (did you mean vvx_hosts?), vvx_scpe (did you mean vvx_scope?)" in text
    assert "vvx_own" in text
    check({}, given=given, own=["vvx_scpe", "vvx_h*"])


def test_variables_that_are_missing() -> None:
    both = ["vvx_caller", "vvx_callee"]
    assert "vvx_caller and vvx_callee are not set." in refused({"required": both})
    assert "vvx_callee is not set." in refused({"required": both}, filled=["vvx_caller"])
    check({"required": both}, filled=both)


@pytest.mark.parametrize("alone", [True, False])
def test_variables_of_other_playbooks(alone: bool) -> None:
    warnings = check({"playbook": "reset"}, given=frozenset({"vvx_mode"}), alone=alone)[1]
    assert len(warnings) == alone


@pytest.mark.parametrize(
    ("value", "portions"),
    [
        (None, ["100%"]),
        ("", ["100%"]),
        (" ", ["100%"]),
        ([], ["100%"]),
        (20, ["20"]),
        ("20", ["20"]),
        ("25%", ["25%"]),
        ("1,5,100%", ["1", "5", "100%"]),
        (" 1, 5 ,100% ", ["1", "5", "100%"]),
        ([1, 5], ["1", "5"]),
        (["1", "10%"], ["1", "10%"]),
        (["1,5", "100%"], ["1", "5", "100%"]),
    ],
)
def test_batches(value: Any, portions: list[str]) -> None:
    assert batches(value) == portions


@pytest.mark.parametrize(
    "value", ["abc", "1,,5", "1;5", 0, "0", "-1", "0%", "101%", "5 %", 1.5, True, {}, {"a": 1}, [[1]], b"1"]
)
def test_what_is_no_batch(value: Any) -> None:
    with pytest.raises(
        AnsibleFilterError, match="polycom.vvx.batches: .* is neither a number of hosts nor a percentage"
    ):
        batches(value)
