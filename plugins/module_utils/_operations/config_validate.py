# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check desired parameters without a phone, for pipelines: every problem at once, with its place and what may have been meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._parameters import validation
from .._parameters.validation import ERROR, WARNING
from .._phone.errors import BadValues
from .._steps import desired
from .._steps.desired import DESIRED
from .._steps.result import Result

_TOLD = 10


SPEC = DESIRED.merge(
    ArgumentSpec({"fail_on": {"type": "str", "choices": ["error", "warning", "never"], "default": "error"}})
)


def run(params: Mapping[str, Any], check_mode: bool) -> Result:
    """``params``: ``parameters``, ``src``, ``schema``, ``fail_on``. Raises BadValues if there is nothing to check, or a file can't be used."""
    found = desired.sources(params["parameters"], params["src"])
    knowledge = desired.knowledge(params["schema"], None, keep=not check_mode)
    written = [*found.overridden, *found.wishes]
    problems = list(
        dict.fromkeys(
            found.remarks
            + validation.check(written, knowledge).problems
            + validation.doubtful_names(written, knowledge)
        )
    )
    problems.sort(key=lambda problem: (problem.file or "", problem.line or 0, problem.parameter))
    counts = {severity: sum(problem.severity == severity for problem in problems) for severity in (ERROR, WARNING)}
    result = Result(values={"problems": [asdict(problem) for problem in problems], "checked": len(found.wishes)})
    failing = {"error": [ERROR], "warning": [ERROR, WARNING], "never": []}[params["fail_on"]]
    if any(counts[severity] for severity in failing):
        worst = [problem for problem in problems if problem.severity in failing]
        more = len(worst) - _TOLD
        told = "; ".join(str(problem) for problem in worst[:_TOLD]) + (f"; and {more} more" if more > 0 else "")
        summary = f"{counts[ERROR]} errors and {counts[WARNING]} warnings in {len(found.wishes)} parameters"
        result.error = BadValues(f"{summary}: {told}.", remedy="The list problems has all of them.")
    return result
