# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read and check desired parameters without a phone: every problem at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from .._options.argument_spec import ArgumentSpec
from .._options.connection import from_environment
from .._parameters import validation
from .._parameters.cfg import document, master
from .._parameters.cfg.decoding import Decoded, load_text
from .._parameters.cfg.merging import merge
from .._parameters.knowledge import BUNDLED, Knowledge
from .._parameters.listing import listed
from .._parameters.markup import SourceError, located
from .._parameters.origins import Origin, as_plain, from_plain, placed
from .._parameters.validation import ERROR, WARNING, Problem, Wish
from .._phone.errors import BadValues
from .._phone.mac import digits
from .._text import MASK, shows_hidden_login

SCHEMA = ArgumentSpec({"schema": {"type": "list", "elements": "path", "fallback": (from_environment, ["VVX_SCHEMA"])}})

DESIRED = SCHEMA.merge(
    ArgumentSpec(
        {
            "parameters": {"type": "dict", "no_log": True},
            "layers": {"type": "list", "elements": "str", "default": []},
            "src": {"type": "list", "elements": "path"},
            "content": {"type": "str", "no_log": True},
            "order": {"type": "str", "choices": ["last_wins", "phone"], "default": "last_wins"},
            "template": {"type": "bool", "default": False},
        }
    )
)
LAYERED = ArgumentSpec(
    {
        "layers": {
            "type": "list",
            "elements": "str",
            "default": [
                "vvx_parameters_all",
                "vvx_parameters_model",
                "vvx_parameters_site",
                "vvx_parameters_group",
                "vvx_parameters_host",
            ],
        },
        "sensitive": {"type": "list", "elements": "str", "no_log": False},
    }
)
"""Options of tasks that look at all hosts."""
RENDER = "_render"
MODEL = "_model"
ORIGINS = "origins"
"""What an action adds to the options of its task: the Render for ``template``, the phone's model if it is known, and
where the parameters of ``layers`` come from, which shows that it has merged them into ``parameters``."""
KNOWLEDGE = "_knowledge"
"""What ``schema`` and ``sensitive`` say, where many phones share it."""
_CONTENT = "content"
_NAMED = 10
"""How many parameters one warning names."""


class Render(Protocol):
    """Fills in a template: the text of a file to the text that it stands for. ``path``: for messages. May raise
    BadValues."""

    def __call__(self, text: str, path: str) -> str: ...


@dataclass
class Desired:
    """``values``: parameter to wire text, without ``.set`` companions. ``warnings``: texts, never with a value.
    ``origins``: by parameter, as far as they are known."""

    values: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    knowledge: Knowledge = BUNDLED
    origins: Mapping[str, Origin] = field(default_factory=dict)


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


def read(params: Mapping[str, Any], *, keep: bool) -> Desired:
    """What to send. ``params``: the options of DESIRED and ``sensitive``; all but ``parameters`` may be missing.
    ``keep``: see ``Knowledge.of``.

    Raises BadValues with every parameter that can't be sent as it stands, and for files that can't be used.
    """
    found = sources(params)
    known = params.get(KNOWLEDGE) or knowledge(params.get("schema"), params.get("sensitive"), keep)
    checked = validation.check(found.wishes, known)
    origins = from_plain(params.get(ORIGINS))
    problems = validation.traced(found.remarks + checked.problems, origins)
    wrong = [str(problem) for problem in problems if problem.severity == ERROR]
    if wrong:
        raise BadValues(
            f"parameters: {'; '.join(wrong)}.",
            remedy="Nothing was sent. Correct the parameters; they apply to every phone that has them.",
        )
    hidden = [name for name, value in checked.values.items() if shows_hidden_login(value) and not known.is_secret(name)]
    if hidden:
        raise BadValues(
            f"{listed(hidden)}: {MASK} stands where results hide the login of a URL.",
            remedy="Nothing was sent. Put user and password back in.",
        )
    warnings = _merged(problem for problem in problems if problem.severity == WARNING)
    result = Desired(checked.values, warnings, known, origins)
    if not result.values:
        names = params.get("layers")
        nothing = f"none of the variables {listed(names)} sets a parameter" if names else "parameters is empty"
        result.warnings.append(f"{nothing}: nothing was compared and nothing changed.")
    return result


def sources(params: Mapping[str, Any]) -> Sources:
    """Read the files in ``src``, and ``content``, and merge them with ``parameters``. Raises BadValues."""
    parameters, paths, content = (params.get(name) for name in ("parameters", "src", "content"))
    if params.get("layers") and params.get(ORIGINS) is None:
        raise _controller_only("layers")
    if parameters is None and not paths and content is None:
        raise BadValues(
            "neither parameters nor src is set.", remedy="Set parameters, layers, src with .cfg files, or content."
        )
    wanted: Mapping[Any, Any] = parameters or {}
    try:
        groups = master.read_files(paths or (), _phone(params), _reader(params))
        if content is not None:
            groups.append([document.read(content.encode("utf-8", "surrogatepass"), _CONTENT)])
    except SourceError as error:
        raise _unusable(error) from None
    merged = merge(groups, first_wins=params.get("order") == "phone", parameters=wanted)
    return Sources(*validation.gather(wanted, merged), validation.overridden(wanted, merged))


def _phone(params: Mapping[str, Any]) -> master.Phone:
    return master.Phone(digits(params.get("mac")), params.get(MODEL))


def _reader(params: Mapping[str, Any]) -> master.Read:
    """Reads a file, and fills it in if it is a template."""
    if not params.get("template"):
        return load_text
    render: Render | None = params.get(RENDER)
    if render is None:
        raise _controller_only("template")

    def filled(path: str) -> Decoded:
        text, remark = load_text(path)
        return Decoded(render(text, path), remark)

    return filled


def _controller_only(option: str) -> BadValues:
    return BadValues(
        f"{option} needs the host's variables, which only the controller has.",
        remedy="Run the task as part of a playbook, not as a bare module.",
    )


def knowledge(schema: Sequence[str] | None, sensitive: Sequence[str] | None, keep: bool) -> Knowledge:
    """``Knowledge.of`` these options. Raises BadValues for a schema that can't be used."""
    try:
        return Knowledge.of(schema, sensitive, keep=keep) if schema or sensitive else BUNDLED
    except SourceError as error:
        raise _unusable(error) from None


def _unusable(error: SourceError) -> BadValues:
    return BadValues(f"{error}.", remedy="Nothing was sent. Correct the file.")


def portable(params: Mapping[str, Any], keep: bool) -> Carried:
    """The options of a task with ``src`` and ``schema``, with the files read, and with the layers merged. Raises
    BadValues as ``read`` does.

    What the schema knows of values is in their spelling; the secrets that only it knows are in ``sensitive``.
    """
    if params.get(ORIGINS):
        params = {**params, ORIGINS: as_plain(from_plain(params[ORIGINS]))}
    if not any(params.get(name) for name in ("src", "content", "schema", "layers")):
        return Carried({name: value for name, value in params.items() if name not in (RENDER, MODEL)})
    wanted = read(params, keep=keep)
    secrets = [name for name in wanted.values if wanted.knowledge.is_secret(name)]
    sensitive = [*(params["sensitive"] or ()), *secrets]
    given = wanted.warnings if params["warn"] else []
    carried = {name: value for name, value in params.items() if name not in (RENDER, MODEL, "content")}
    own = {
        "src": [],
        "layers": [],
        "schema": [],
        "template": False,
        "parameters": wanted.values,
        "sensitive": sensitive,
    }
    return Carried({**carried, **own, "warn": False}, given)


def _merged(warnings: Iterable[Problem]) -> list[str]:
    """One text for all parameters of a file or layer with the same warning. It names neither the value nor the file of
    a layer: they may be others for each phone, and the text shall be the same."""
    alike: dict[Any, list[Problem]] = {}
    for problem in warnings:
        problem = replace(problem, value=None)
        if problem.layer is not None:
            problem = replace(problem, file=None, line=None)
        same = problem.message if problem.suggestion is None else str(problem)
        alike.setdefault((problem.layer, problem.file, same), []).append(problem)
    return [_told(problems) for problems in alike.values()]


def _told(problems: Sequence[Problem]) -> str:
    first = problems[0]
    names = sorted({problem.parameter for problem in problems})
    if len(names) == 1:
        return f"{first}."
    text = placed(f"{listed(names, _NAMED)}: each {first.message}", Origin(first.layer))
    return located(first.file, first.line, f"{text}.")
