# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desired parameters as the user wrote them, checked without a phone: every problem at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._options.connection import from_environment
from .._parameters import cfg, validation
from .._parameters.knowledge import BUNDLED, Knowledge
from .._parameters.markup import SourceError
from .._parameters.validation import ERROR, WARNING, Problem, Wish
from .._phone.errors import BadValues

_CARRIED: list[str] = []
"""In place of the files of which a wish has been freed. Files that nobody has named are None; see the action doors."""


SCHEMA = ArgumentSpec({"schema": {"type": "list", "elements": "path", "fallback": (from_environment, ["VVX_SCHEMA"])}})

DESIRED = SCHEMA.merge(
    ArgumentSpec(
        {
            "parameters": {"type": "dict", "no_log": True},
            "src": {"type": "list", "elements": "path"},
        }
    )
)


@dataclass
class Desired:
    """``values``: parameter to wire text, companions taken out. ``warnings``: texts without any value in them."""

    values: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    knowledge: Knowledge = BUNDLED


def read(params: Mapping[str, Any]) -> Desired:
    """``params``: ``parameters``, ``src``, ``schema``, ``sensitive``. Of what ``portable`` has made, the warnings have been given before.

    Raises BadValues that names every parameter which can't be sent as it stands, and why, and for files that can't be used.
    """
    wishes, remarks, known, _overridden = sources(params)
    checked = validation.check(wishes, known)
    problems = remarks + checked.problems
    wrong = [str(problem) for problem in problems if problem.severity == ERROR]
    if wrong:
        raise BadValues(
            f"parameters: {'; '.join(wrong)}.",
            remedy="Nothing was sent. Correct the parameters; they apply to every phone that has them.",
        )
    result = Desired(checked.values, _gathered(problem for problem in problems if problem.severity == WARNING), known)
    if not result.values:
        result.warnings.append("parameters is empty: nothing was compared and nothing changed.")
    if params["src"] == params["schema"] == _CARRIED:
        result.warnings.clear()
    return result


def sources(params: Mapping[str, Any]) -> tuple[list[Wish], list[Problem], Knowledge, list[Wish]]:
    """What is desired, what is to be said of its files, what is known of its parameters, and what stands in the files and is overridden.
    Raises BadValues."""
    if params["parameters"] is None and not params["src"]:
        raise BadValues(
            "neither parameters nor src says what is desired.",
            remedy="Give parameters, or src with .cfg files, or both.",
        )
    try:
        documents = [cfg.read_file(path) for path in params["src"] or ()]
    except SourceError as error:
        raise _unusable(error) from None
    parameters = params["parameters"] or {}
    return (*validation.gather(parameters, documents), knowledge(params), validation.overridden(parameters, documents))


def knowledge(params: Mapping[str, Any]) -> Knowledge:
    """What is known of parameters by the options ``schema`` and ``sensitive``, as far as there are such. Raises BadValues."""
    schema, sensitive = params.get("schema"), params.get("sensitive")
    try:
        return Knowledge.of(schema, sensitive) if schema or sensitive else BUNDLED
    except SourceError as error:
        raise _unusable(error) from None


def _unusable(error: SourceError) -> BadValues:
    return BadValues(f"{error}.", remedy="Nothing was sent. Correct src or schema.")


def portable(params: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The same wish without files, for a host that does not have them, and the warnings that are not to be found over there.

    Raises BadValues as ``read`` does. What only the schema knows of the values is in their spelling, and of secrets in ``sensitive``.
    """
    if not params["src"] and not params["schema"]:
        return dict(params), []
    wish = read(params)
    secrets = [name for name in wish.values if wish.knowledge.is_secret(name)]
    return {
        **params,
        "parameters": wish.values,
        "src": _CARRIED,
        "schema": _CARRIED,
        "sensitive": [*(params["sensitive"] or ()), *secrets],
    }, wish.warnings


def _gathered(warnings: Iterable[Problem]) -> list[str]:
    """One text for all parameters of which the same is to be said."""
    alike: dict[str, list[Problem]] = {}
    for problem in warnings:
        alike.setdefault(
            problem.message if problem.file is None and problem.suggestion is None else str(problem), []
        ).append(problem)
    return [
        f"{_subject(problems)}{problems[0].message}." if len(problems) > 1 else f"{problems[0]}."
        for problems in alike.values()
    ]


def _subject(problems: Sequence[Problem]) -> str:
    return f"{', '.join(sorted(problem.parameter for problem in problems))}: each "
