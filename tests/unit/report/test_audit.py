# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The verdict of vvx_audit, its line about each phone, and its result."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.origins import Origin
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Difference, Survey
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import audit
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import Reading

from support.surveys import DRIFT, WHERE, failed, read, readings

GOOD = read(drift=[])
NOT_COMPARED = read(compared=0, drift=[])
MISSPELT = read(drift=[], unknown={"reg.1.lable": ["reg.1.label"], "x": []})
MANY = read(compared=9, drift=[Difference(f"p.{number}", "1", "0", "web") for number in range(7)])


@pytest.mark.parametrize(
    ("survey", "findings", "line"),
    [
        (GOOD, [], "as desired (3 parameters)"),
        (read(), ["drift"], "1 of 3 differ: reg.1.label"),
        (MANY, ["drift"], "7 of 9 differ: p.0, p.1, p.2, p.3, p.4, ..."),
        (MISSPELT, ["unknown"], "unknown: reg.1.lable, x"),
        (read(unknown={"x": []}), ["drift", "unknown"], "1 of 3 differ: reg.1.label; unknown: x"),
        (
            read(drift=[], unknown={"x": [], "y": []}, origins={"x": Origin("all", "group_vars/all.yml", 3)}),
            ["unknown"],
            "unknown: x (all, group_vars/all.yml:3), y",
        ),
        (failed(), ["error"], "unreachable: connection refused."),
        (NOT_COMPARED, ["not_compared"], "not compared"),
    ],
)
def test_each_phone_has_its_findings_and_a_line(survey: Survey, findings: list[str], line: str) -> None:
    phone = Reading("a", "192.0.2.1", survey)
    assert (audit.findings(phone), audit.line(phone)) == (findings, line)


def result(fail_on: list[str], **surveys: Survey) -> dict[str, Any]:
    return audit.result(audit.ordered(readings(**surveys)), {"fail_on": fail_on}, [])


def test_the_result_counts() -> None:
    made = result([], p10=GOOD, p2=read(), b=MISSPELT, c=failed(), d=NOT_COMPARED, e=read())
    assert made.pop("ansible_stats")["data"]["polycom_vvx_audit"]["counts"] == {
        finding: len(hosts) for finding, hosts in made["hosts"].items()
    }
    assert made == {
        "msg": "6 phones: 2 differ from the inventory; 1 do not know some parameters; 1 could not be read; "
        "1 were not compared because the inventory sets no parameters for them.",
        "phones": 6,
        "as_desired": 1,
        "drifting": 2,
        "hosts": {"drift": ["e", "p2"], "unknown": ["b"], "error": ["c"], "not_compared": ["d"]},
        "secrets": {},
        "parameters": {"reg.1.label": 2},
        "files": [],
    }
    assert result([], a=GOOD, b=GOOD)["msg"] == "2 phones: all as desired."
    assert result(list(audit.FINDINGS))["msg"] == "0 phones: all as desired."


def test_the_parameter_that_drifts_most_comes_first() -> None:
    drift = [DRIFT, Difference("p.2", "1", "0", "web"), Difference("p.10", "1", "0", "web")]
    assert list(result([], a=read(), b=read(drift=drift))["parameters"]) == ["reg.1.label", "p.2", "p.10"]


@pytest.mark.parametrize("finding", list(audit.FINDINGS))
def test_only_what_is_asked_for_is_marked(finding: str) -> None:
    survey = {"drift": read(), "unknown": MISSPELT, "error": failed(), "not_compared": NOT_COMPARED}[finding]
    marked = audit.verdicts(readings(a=survey, b=GOOD), [finding])
    assert list(marked) == ["a"] and marked["a"][0] == ("unreachable" if finding == "error" else "failed")
    assert marked["a"][1].startswith("a: ")
    others = [other for other in audit.FINDINGS if other != finding]
    assert audit.verdicts(readings(a=survey), others) == {} == audit.verdicts(readings(a=survey), [])
    assert "failed" not in result([finding], a=survey)


def test_a_phone_that_answers_wrongly_is_not_unreachable() -> None:
    marked = audit.verdicts(readings(a=failed("refused.", "Set it.", "authentication_failed")), ["error"])
    assert marked == {"a": ("failed", "a: authentication_failed: refused. Set it.")}


def test_the_result_stays_small() -> None:
    made = result([], **{f"phone-{number}": MANY for number in range(300)})
    assert made["drifting"] == 300 and len(made["hosts"]["drift"]) == audit.MOST
    assert made["parameters"]["p.0"] == 300


def test_details_are_whole() -> None:
    phones = audit.ordered(
        readings(b=read(unknown={"x": ["y"]}, origins={"x": Origin(**WHERE)}), a=failed("no.", "Do this."))
    )
    document = json.loads(audit.details(phones))
    assert list(document) == ["a", "b"]
    assert document["b"] == {
        "address": "b",
        "compared": 3,
        "drift": [{"parameter": "reg.1.label", "wanted": "Reception", "has": "Desk", "source": "web", **WHERE}],
        "unknown": {"x": ["y"]},
        "origins": {"x": WHERE},
        "secrets": {},
        "error": None,
    }
    assert document["a"]["error"] == {"kind": "unreachable", "message": "no.", "remedy": "Do this."}


def test_comparing_nothing_at_all_is_worth_a_warning() -> None:
    assert audit.notices(readings(a=NOT_COMPARED, b=NOT_COMPARED), ["one", "two"]) == [
        "Nothing was compared: apart from secrets, none of the variables one, two sets a parameter for any phone."
    ]
    assert audit.notices(readings(a=NOT_COMPARED, b=GOOD), ["one"]) == []
    assert audit.notices(readings(a=NOT_COMPARED, b=failed()), ["one"]) == []
    assert audit.notices([], ["one"]) == []
