# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check desired parameters without a phone, for pipelines: every problem at once, with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._parameters import validation
from .._parameters.listing import listed
from .._parameters.origins import from_plain
from .._parameters.validation import ERROR, WARNING
from .._phone.errors import BadValues
from .._steps import desired
from .._steps.desired import DESIRED, ORIGINS
from .._steps.result import Result

SPEC = DESIRED.merge(
    ArgumentSpec({"fail_on": {"type": "str", "choices": ["error", "warning", "never"], "default": "error"}})
)


def run(params: Mapping[str, Any], check_mode: bool) -> Result:
    """``params``: see SPEC. Raises BadValues if there is nothing to check, or a file can't be used."""
    found = desired.sources(params)
    knowledge = desired.knowledge(params["schema"], None, keep=not check_mode)
    written = [*found.overridden, *found.wishes]
    remarks = found.remarks + validation.check(written, knowledge).problems
    remarks += validation.doubtful_names(written, knowledge)
    problems = list(dict.fromkeys(validation.traced(remarks, from_plain(params.get(ORIGINS)))))
    problems.sort(key=lambda problem: (problem.file or "", problem.line or 0, problem.parameter))
    counts = {severity: sum(problem.severity == severity for problem in problems) for severity in (ERROR, WARNING)}
    result = Result(values={"problems": [asdict(problem) for problem in problems], "checked": len(found.wishes)})
    failing = {"error": [ERROR], "warning": [ERROR, WARNING], "never": []}[params["fail_on"]]
    if any(counts[severity] for severity in failing):
        worst = [problem for problem in problems if problem.severity in failing]
        first = listed([str(problem) for problem in worst], separator="; ")
        summary = f"{counts[ERROR]} errors and {counts[WARNING]} warnings in {len(found.wishes)} parameters"
        result.error = BadValues(f"{summary}: {first}.", remedy="The result's problems has all of them.")
    return result
