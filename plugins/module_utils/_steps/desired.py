# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read and check desired parameters without a phone: every problem at once."""

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
    """``values``: parameter to wire text, without ``.set`` companions. ``warnings``: texts, never with a value."""

    values: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    knowledge: Knowledge = BUNDLED


@dataclass(frozen=True)
class Sources:
    """What the user wrote, unchecked. ``remarks``: about the files. ``overridden``: replaced by a later source."""

    wishes: list[Wish]
    remarks: list[Problem]
    overridden: list[Wish]


@dataclass(frozen=True)
class Carried:
    """A task's options for a host that does not have the controller's files.

    ``warnings``: to show on the controller, which knows file and line. The other host does not warn again.
    """

    params: dict[str, Any]
    warnings: list[str] = field(default_factory=list)


def read(
    parameters: Mapping[Any, Any] | None,
    src: Sequence[str] | None = None,
    schema: Sequence[str] | None = None,
    sensitive: Sequence[str] | None = None,
    *,
    keep: bool,
) -> Desired:
    """What to send. ``keep``: see ``Knowledge.of``.

    Raises BadValues with every parameter that can't be sent as it stands, and for files that can't be used.
    """
    found = sources(parameters, src)
    known = knowledge(schema, sensitive, keep)
    checked = validation.check(found.wishes, known)
    problems = found.remarks + checked.problems
    wrong = [str(problem) for problem in problems if problem.severity == ERROR]
    if wrong:
        raise BadValues(
            f"parameters: {'; '.join(wrong)}.",
            remedy="Nothing was sent. Correct the parameters; they apply to every phone that has them.",
        )
    result = Desired(checked.values, _merged(problem for problem in problems if problem.severity == WARNING), known)
    if not result.values:
        result.warnings.append("parameters is empty: nothing was compared and nothing changed.")
    return result


def sources(parameters: Mapping[Any, Any] | None, src: Sequence[str] | None) -> Sources:
    """Read the files in ``src`` and merge them with ``parameters``. Raises BadValues."""
    if parameters is None and not src:
        raise BadValues("neither parameters nor src is set.", remedy="Set parameters, or src with .cfg files, or both.")
    try:
        documents = [cfg.read_file(path) for path in src or ()]
    except SourceError as error:
        raise _unusable(error) from None
    return Sources(*validation.gather(parameters or {}, documents), validation.overridden(parameters or {}, documents))


def knowledge(schema: Sequence[str] | None, sensitive: Sequence[str] | None, keep: bool) -> Knowledge:
    """``Knowledge.of`` these options. Raises BadValues for a schema that can't be used."""
    try:
        return Knowledge.of(schema, sensitive, keep=keep) if schema or sensitive else BUNDLED
    except SourceError as error:
        raise _unusable(error) from None


def _unusable(error: SourceError) -> BadValues:
    return BadValues(f"{error}.", remedy="Nothing was sent. Correct src or schema.")


def portable(params: Mapping[str, Any], keep: bool) -> Carried:
    """The options of a task with ``src`` and ``schema``, with the files read. Raises BadValues as ``read`` does.

    What the schema knows of values is in their spelling; the secrets that only it knows are in ``sensitive``.
    """
    if not params["src"] and not params["schema"]:
        return Carried(dict(params))
    wanted = read(params["parameters"], params["src"], params["schema"], params["sensitive"], keep=keep)
    secrets = [name for name in wanted.values if wanted.knowledge.is_secret(name)]
    sensitive = [*(params["sensitive"] or ()), *secrets]
    given = wanted.warnings if params["warn"] else []
    files: dict[str, list[str]] = {"src": [], "schema": []}
    return Carried({**params, **files, "parameters": wanted.values, "sensitive": sensitive, "warn": False}, given)


def _merged(warnings: Iterable[Problem]) -> list[str]:
    """One text for all parameters with the same warning."""
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
