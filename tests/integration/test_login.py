# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logging in over a whole run: what was learnt of a phone in one task, each in its own process, serves the next."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import PhoneSpec, Switches
from support.cases import Case, SharedRun, shared_run

FACTS = {"name": "facts", "polycom.vvx.vvx_facts": {"gather_subset": "min"}}
THREE = [
    FACTS,
    {"name": "look", "polycom.vvx.vvx_config_info": {"names": ["reg.1.label"]}},
    {"name": "report", "polycom.vvx.vvx_report": {"json": "{{ inventory_hostname }}.json"}},
]
WRONG = [{**FACTS, "ignore_errors": True, "vars": {"ansible_vvx_password": "wrong"}}] * 3
DIGEST = PhoneSpec(switches=Switches(challenge="digest"))
CASES = {
    "learns": Case(THREE, DIGEST),
    "is-told": Case(THREE, DIGEST, variables={"ansible_vvx_auth": "digest"}),
    "takes-both": Case(THREE),
    "wrong": Case(WRONG, DIGEST),
    "wrong-and-told": Case(WRONG, DIGEST, variables={"ansible_vvx_auth": "digest"}),
    "basic-only": Case([{**FACTS, "ignore_errors": True}], DIGEST, variables={"ansible_vvx_auth": "basic"}),
}


@shared_run
def run(run_cases: Any) -> SharedRun:
    return run_cases(CASES)


def ways(run: SharedRun, case: str) -> list[str]:
    """How each request to the phone logged in."""
    return [request.auth for request in run.fleet[case].log]


@pytest.mark.parametrize(("case", "first"), [("learns", "basic"), ("is-told", "")])
def test_digest_costs_one_request_more_for_all_tasks(run: SharedRun, case: str, first: str) -> None:
    assert run.passed(case), run.part(case)
    found = ways(run, case)
    assert len(found) > 4 and found[0] == first and set(found[1:]) == {"digest"}


def test_a_phone_that_takes_basic_gets_no_request_more(run: SharedRun) -> None:
    assert run.passed("takes-both") and set(ways(run, "takes-both")) == {"basic"}
    assert len(ways(run, "takes-both")) == len(ways(run, "learns")) - 1


def test_a_wrong_password_is_sent_to_a_phone_once_in_the_whole_run(run: SharedRun) -> None:
    assert ways(run, "wrong") == ["basic", "digest"]
    assert ways(run, "wrong-and-told") == ["", "digest"]
    first, *others = [outcome.result for outcome in run.outcomes if outcome.host == "wrong"]
    assert "2 times, with Basic and then with Digest" in first["msg"]
    assert [result["error"]["kind"] for result in others] == ["not_tried", "not_tried"]
    assert all("this phone refused Polycom with this password" in result["msg"] for result in others)


def test_basic_alone_is_told_what_the_phone_wants(run: SharedRun) -> None:
    assert ways(run, "basic-only") == ["basic"]
    (outcome,) = [outcome for outcome in run.outcomes if outcome.host == "basic-only"]
    assert "does not offer Basic authentication, but Digest" in outcome.result["msg"]
