# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what was read of a phone to its place in the plan, and the task's result."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Difference, Survey
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout import making
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan import Change, Entry, desired_mark

from support.plans import CHANGED, KEY, LABEL, LOST, SAME, entry, plan
from support.surveys import failed

WISH = {"reg.1.label": "Reception", "reg.1.auth.password": "zq"}
LABELED = Difference("reg.1.label", "Reception", "Desk", "web", "site", "vars.yml", 3)
REBOOTS = Difference("device.sntp.serverName", "b", "a", "device")
PASSWORD = Difference("reg.1.auth.password", "(secret)", "", "default", "site", "vars.yml", 4)
PARAMS: dict[str, Any] = {
    "layers": ["a", "b"],
    "sensitive": None,
    "update_secrets": "on_create",
    "unknown_parameters": "fail",
}


def made(found: Survey, project: str = "/srv/phones") -> Entry:
    return making.entry("desk", "192.0.2.1", WISH, found, KEY, project)


def test_changes_keep_all_that_is_known_of_them() -> None:
    found = made(Survey(changes=[PASSWORD, LABELED], written_because={"reg.1.auth.password": "it is not set"}))
    assert found.changes == (
        Change("reg.1.auth.password", True, "", "default", "(secret)", "site", "vars.yml", 4, "it is not set"),
        Change("reg.1.label", False, "Desk", "web", "Reception", "site", "vars.yml", 3),
    )
    assert (found.address, found.desired) == ("192.0.2.1", desired_mark(KEY, "desk", WISH))


@pytest.mark.parametrize(
    ("changes", "restart", "reasons"),
    [
        ([], "no", []),
        ([Difference("reg.1.address", "1", "2", "web")], "no", []),
        ([LABELED], "unknown", []),
        ([REBOOTS], "reboot", ["device.sntp.serverName"]),
        ([LABELED, REBOOTS], "reboot", ["device.sntp.serverName"]),
    ],
)
def test_the_restart_that_the_changes_need(changes: list[Difference], restart: str, reasons: list[str]) -> None:
    found = made(Survey(changes=changes))
    assert (found.restart, list(found.restart_reasons)) == (restart, reasons)


def test_where_nothing_is_to_change_no_phone_has_failed() -> None:
    said = "No phone would change, so there is nothing to approve."
    assert making.verdicts(plan(SAME), ["nothing"]) == {"localhost": ("failed", said)}
    assert making.verdicts(plan(SAME), ["nothing"], limited=True) == {
        "same": ("failed", f"{said} same stands for all phones here, because --limit leaves out localhost.")
    }
    assert making.verdicts(plan(SAME, CHANGED), ["nothing"]) == making.verdicts(plan(SAME), []) == {}
    assert making.verdicts(plan(), ["nothing"]) == {}
    both = making.verdicts(plan(SAME, LOST), ["nothing", "error"])
    assert both.keys() == {"localhost", "lost"}


def test_a_phone_as_desired_is_a_name_and_a_mark() -> None:
    assert made(Survey(settled=True)) == Entry("desk", desired=desired_mark(KEY, "desk", WISH))


def test_a_phone_that_could_not_be_read_keeps_its_mark() -> None:
    found = made(failed("/srv/phones/ca.pem does not exist.", "Correct ca_path in /srv/phones/vars.yml."))
    assert found.error == {
        "kind": "unreachable",
        "message": "ca.pem does not exist.",
        "remedy": "Correct ca_path in vars.yml.",
    }
    assert found.desired and making.entry("desk", "x", {}, failed(), KEY, "/").desired == ""


def test_a_refused_login_has_the_same_words_whoever_was_asked_first() -> None:
    errors = [
        made(failed(f"{number}", kind=kind)).error for number, kind in enumerate(("authentication_failed", "not_tried"))
    ]
    assert errors[0] == errors[1] and errors[0] and errors[0]["kind"] == "authentication_failed"


def test_the_order_is_natural_and_the_options_are_kept() -> None:
    whole = making.make([entry("p10", LABEL), entry("p2", LABEL)], PARAMS, None)
    assert list(whole.phones) == ["p2", "p10"] and whole.options.layers == ("a", "b") and whole.options.sensitive == ()


def test_the_result_counts_and_stays_small() -> None:
    many = [entry(f"p{number}", LABEL, restart="reboot") for number in range(300)]
    found = making.result(plan(*many, SAME, LOST, entry("x", LABEL, unknown={"y": []})), [])
    assert found["msg"] == (
        "303 phones: 300 change, 1 is as desired, 1 does not know some parameters, 1 could not be read."
    )
    assert found["counts"] == {"change": 300, "same": 1, "unknown": 1, "error": 1}
    assert len(found["hosts"]["change"]) == making.MOST and found["hosts"]["error"] == ["lost"]
    assert found["parameters"] == {"reg.1.label": 300} and found["restarts"]["reboot"] == 300
    assert len(json.dumps(found)) < 20_000
    assert making.result(plan(), [])["msg"] == "0 phones: nothing to plan."
    assert (
        making.result(plan(replace(SAME, host="a"), replace(SAME, host="b")), [])["msg"]
        == "2 phones: 2 are as desired."
    )


def test_phones_are_marked_as_asked() -> None:
    lacking = entry("x", LABEL, unknown={"y": []})
    whole = plan(
        CHANGED, SAME, LOST, lacking, replace(LOST, host="tls", error={"kind": "tls", "message": "a.", "remedy": "b."})
    )
    assert making.verdicts(whole, []) == {}
    assert making.verdicts(whole, making.FAIL_ON) == {
        "changed": ("failed", "changed: would change: reg.1.label"),
        "x": ("failed", "x: unknown: y"),
        "lost": ("unreachable", "lost: unreachable: connection refused. Check."),
        "tls": ("failed", "tls: tls: a. b."),
    }


def test_remarks_are_said_once_and_empty_phones_are_named() -> None:
    remarks = making.Remarks(["a", "b"])
    for number in range(1, 16):
        remarks.add(f"p{number}", True, ["x is deprecated."], False)
        remarks.add(f"e{number}", False, ["nothing was compared."], False)
    remarks.add("lost", False, [], True)
    assert remarks.texts() == [
        "x is deprecated.",
        "15 phones have no desired parameters: none of the variables a, b sets one: "
        "e1, e2, e3, e4, e5, e6, e7, e8, e9, e10 and 5 more.",
    ]
    remarks.add("p", True, [str(number) for number in range(100)], False)
    assert len(remarks.texts()) <= 20
