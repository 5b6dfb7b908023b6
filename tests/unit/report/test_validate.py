# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What vvx_validate makes of the problems of many hosts: each once, few lines, a small result."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.validation import ERROR, WARNING, Problem
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.validate import (
    MOST,
    MOST_LINES,
    Found,
    details,
    groups,
    result,
    summary,
    text,
)


def problem(value: str | None = None, file: str = "all.yml", line: int = 3, **more: Any) -> Problem:
    fields = {"severity": ERROR, "parameter": "a.b", "message": "is no number", **more}
    return Problem(**fields, file=file, line=line, layer="vvx_parameters_all", value=value)


def test_equal_problems_are_one_with_what_their_places_and_values_have_in_common() -> None:
    (same,) = groups([Found("one", 1, [problem("'x'")]), Found("two", 1, [problem("'x'")])])
    assert str(same) == "a.b: 'x' is no number (vvx_parameters_all, all.yml:3)" and same.hosts == ["one", "two"]
    (other,) = groups([Found("one", 1, [problem("'x'")]), Found("two", 1, [problem("'y'", line=4)])])
    assert str(other) == ("a.b is no number (vvx_parameters_all, all.yml:3) [2 values, such as 'x'] and 1 other place")
    twice = groups([Found("one", 1, [problem("'x'"), problem("'y'", file="b.yml"), problem(parameter="c")])])
    assert [(each.hosts, len(each.places)) for each in twice] == [(["one"], 2), (["one"], 1)]


def test_errors_come_first_and_then_what_most_hosts_have() -> None:
    warning = problem(severity=WARNING, parameter="w")
    found = [
        Found(str(n), 1, [warning, *([problem()] if n else []), *([problem(parameter="c")] if n > 1 else [])])
        for n in range(3)
    ]
    found[0].troubles.append(SettingsError("the variable x can't be templated.", remedy="Correct it."))
    found[2].doubts.append("vvx_parameters_sit has no effect.")
    shown = text(found, groups(found), 80, None).splitlines()
    assert [line for line in shown if not line.startswith("    ")] == [
        "Problems:",
        "  a.b is no number (vvx_parameters_all, all.yml:3)",
        "  the variable x can't be templated. Correct it",
        "  c is no number (vvx_parameters_all, all.yml:3)",
        "",
        "Warnings:",
        "  w is no number (vvx_parameters_all, all.yml:3)",
        "  vvx_parameters_sit has no effect",
        "",
        "3 hosts: 3 problems, 2 warnings",
    ]


@pytest.mark.parametrize(
    ("fail_on", "severity", "fails"),
    [("error", ERROR, True), ("error", WARNING, False), ("warning", WARNING, True), ("never", ERROR, False)],
)
def test_what_fails_can_be_chosen(fail_on: str, severity: str, fails: bool) -> None:
    found = [Found("one", 1, [problem(severity=severity)])]
    values, error = result(found, groups(found), fail_on, [])
    assert (error is not None) == fails == ("problems" not in values)


def test_the_last_line() -> None:
    good, bad, empty = Found("good", 2), Found("bad", 2, [problem()]), Found("empty")
    doubtful = Found("doubtful", 1, [problem(severity=WARNING)])
    for hosts, told in (
        ([good], "1 host: all parameters can be sent"),
        ([good, doubtful], "2 hosts: all parameters can be sent, 1 warning"),
        ([good, bad, doubtful], "3 hosts: 1 problem, 1 warning"),
        ([empty], "1 host: the inventory sets no parameters"),
        ([good, empty], "2 hosts: all parameters can be sent"),
    ):
        assert summary(hosts, groups(hosts)) == told
    assert "Without parameters: empty" in text([good, empty], [], 80, None)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("file", [None, "problems.json"])
def test_thousands_of_hosts_fit_the_screen_and_the_result(width: int, file: str | None) -> None:
    found = [Found(f"phone-{n}", 9, [problem(parameter=f"p{n}"), problem("'x'", parameter="q")]) for n in range(5000)]
    problems = groups(found)
    lines = text(found, problems, width, file).splitlines()
    assert max(map(len, lines)) <= width and len(lines) <= MOST_LINES + 5
    assert (file or "vvx_details") in " ".join(lines) and lines[-1] == "5000 hosts: 5001 problems"
    values, _error = result(found, problems, "never", [])
    assert len(values["problems"]) == MOST and len(json.dumps(values)) < 100_000
    assert len(json.loads(details(found))) == 5000
