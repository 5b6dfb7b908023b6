# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check desired parameters without a phone, for pipelines: every problem at once, with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._parameters import validation
from .._parameters.knowledge import Knowledge
from .._parameters.listing import listed
from .._parameters.origins import from_plain
from .._parameters.validation import ERROR, WARNING, Problem
from .._phone.errors import BadValues
from .._steps import desired
from .._steps.desired import DESIRED, ORIGINS
from .._steps.result import Result

SPEC = DESIRED.merge(
    ArgumentSpec({"fail_on": {"type": "str", "choices": ["error", "warning", "never"], "default": "error"}})
)


FAILING = {"error": [ERROR], "warning": [ERROR, WARNING], "never": []}
"""The severities that fail a check, by ``fail_on``."""


def run(params: Mapping[str, Any], check_mode: bool) -> Result:
    """``params``: see SPEC. Raises BadValues if there is nothing to check, or a file can't be used."""
    problems, checked = found(params, desired.knowledge(params["schema"], None, keep=not check_mode))
    counts = {severity: sum(problem.severity == severity for problem in problems) for severity in (ERROR, WARNING)}
    result = Result(values={"problems": [asdict(problem) for problem in problems], "checked": checked})
    failing = FAILING[params["fail_on"]]
    if any(counts[severity] for severity in failing):
        worst = [problem for problem in problems if problem.severity in failing]
        first = listed([str(problem) for problem in worst], separator="; ")
        summary = f"{counts[ERROR]} errors and {counts[WARNING]} warnings in {checked} parameters"
        result.error = BadValues(f"{summary}: {first}.", remedy="The result's problems has all of them.")
    return result


def found(params: Mapping[str, Any], knowledge: Knowledge) -> tuple[list[Problem], int]:
    """All problems of the desired parameters in the order of file and line, and how many parameters there are.
    ``params``: the options of DESIRED. Raises BadValues as ``run`` does."""
    sources = desired.sources(params)
    written = [*sources.overridden, *sources.wishes]
    remarks = sources.remarks + validation.check(written, knowledge).problems
    remarks += validation.doubtful_names(written, knowledge)
    problems = list(dict.fromkeys(validation.traced(remarks, from_plain(params.get(ORIGINS)))))
    problems.sort(key=lambda problem: (problem.file or "", problem.line or 0, problem.parameter))
    return problems, len(sources.wishes)
