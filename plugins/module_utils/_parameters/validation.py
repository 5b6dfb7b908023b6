# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desired parameters, checked without a phone: every problem at once, each with its place and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from . import cfg, packing, suggestions, values
from .knowledge import Knowledge
from .markup import place
from .names import DEVICE_SET, companion, is_companion
from .table import ADMIN_PASSWORD, FACTORY_PASSWORDS, NOT_OVER_REST, USER_PASSWORD, is_secret

ERROR, WARNING = "error", "warning"
_LONGEST_NAME = 255
_MOST_SUGGESTIONS = 5
"""Looking for what a wrong name may have meant takes 25 milliseconds; with more wrong names than that, it is the schema that is wrong."""


class Wish(NamedTuple):
    """A parameter as the user wrote it. ``file`` and ``line``: where, if in a .cfg file."""

    name: Any
    value: Any
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True)
class Problem:
    """``message``: continues the sentence that begins with the parameter's name, and never holds a value. ``suggestion``: a name, or None."""

    severity: str
    parameter: str
    message: str
    file: str | None = None
    line: int | None = None
    suggestion: str | None = None

    def __str__(self) -> str:
        where = f"{place(self.file, self.line)}: " if self.file else ""
        return f"{where}{self.parameter} {self.message}" + (
            f" (did you mean {self.suggestion}?)" if self.suggestion else ""
        )


@dataclass
class Checked:
    """``values``: parameter to wire text, companions taken out, of all that can be sent."""

    values: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def gather(parameters: Mapping[Any, Any], documents: Sequence[cfg.Document]) -> tuple[list[Wish], list[Problem]]:
    """What is desired, ``parameters`` winning over files and later files over earlier ones; and the remarks of the files."""
    found = {
        entry.name: Wish(entry.name, entry.value, file, entry.line) for entry, file in cfg.merged(documents).values()
    }
    # An export leaves secrets out, and a template has them empty: neither means that a phone's secret is to be emptied.
    emptied = [wish for name, wish in found.items() if name not in parameters and not wish.value and is_secret(name)]
    wishes = [wish for name, wish in found.items() if name not in parameters and wish not in emptied]
    wishes += [Wish(name, value) for name, value in parameters.items()]
    remarks = [
        _problem(
            wish, "is left out, because it is a secret without a value; to empty it, say so in parameters", WARNING
        )
        for wish in emptied
    ]
    remarks += [
        Problem(WARNING, name, remark, document.file, line)
        for document in documents
        for name, line, remark in document.remarks
    ]
    return wishes, remarks


def overridden(parameters: Mapping[Any, Any], documents: Sequence[cfg.Document]) -> list[Wish]:
    """What is in the files and is never sent, because a later one or ``parameters`` win over it."""
    winners = cfg.merged(documents)
    return [
        Wish(entry.name, entry.value, document.file, entry.line)
        for document in documents
        for entry in (*document.overridden, *document.entries)
        if (entry.name in parameters or winners[entry.name] != (entry, document.file))
        and (entry.value or not is_secret(entry.name))
    ]


def check(wishes: Sequence[Wish], knowledge: Knowledge) -> Checked:
    """The values to send, and all that is wrong or doubtful. What does not fit the user's schema is wrong; what only does not fit what is
    bundled is doubtful. Of several wishes for one parameter, each is looked at, and the last one is sent."""
    result = Checked()
    texts: list[tuple[Wish, str]] = []
    switched_off: list[Wish] = []
    for wish in wishes:
        text = _check_one(wish, knowledge, result.problems)
        if text is None:
            continue
        name = str(wish.name)
        if not is_companion(name):
            result.values[name] = text
            texts.append((wish, text))
        elif text not in ("1", "true"):
            switched_off.append(wish)
    taken = [wish for wish, _text in texts]
    result.problems += _wrong_names(taken, knowledge) + _twice(taken) + _contradictions(switched_off, result.values)
    oversized = set(packing.oversized(result.values))
    for wish, text in texts:
        if wish.name in oversized if text == result.values[wish.name] else packing.oversized({wish.name: text}):
            result.problems.append(_problem(wish, "is larger than the 20 KB that one request may have"))
    return result


def _check_one(wish: Wish, knowledge: Knowledge, problems: list[Problem]) -> str | None:
    """The wire text, if there is one."""
    name, value = wish.name, wish.value
    if not isinstance(name, str) or not name or not name.isascii() or not name.isprintable() or " " in name:
        problems.append(Problem(ERROR, repr(str(name)), "is no parameter name", wish.file, wish.line))
        return None
    if len(name) > _LONGEST_NAME:
        problems.append(
            Problem(
                ERROR,
                repr(f"{name[:40]}..."),
                f"is longer than {_LONGEST_NAME} characters, and no parameter name",
                wish.file,
                wish.line,
            )
        )
        return None
    known = knowledge.fact(name)
    try:
        text = values.canonical(value, known)
    except ValueError as reason:
        problems.append(_problem(wish, str(reason)))
        return None
    if name in (ADMIN_PASSWORD, USER_PASSWORD) and (not text or text in FACTORY_PASSWORDS):
        problems.append(
            _problem(
                wish,
                "is empty"
                if not text
                else "is one that phones come with; with it the phone lets everybody in, or nobody over REST",
            )
        )
    if isinstance(value, int) and knowledge.is_secret(name):
        problems.append(
            _problem(
                wish,
                f"is a secret, and YAML reads something else than a text and may have changed it (0123 becomes 83): {values.QUOTE}",
            )
        )
    elif isinstance(value, int):  # which a boolean is, too
        doubt = values.doubt(value, known)
        if doubt is not None:
            problems.append(_problem(wish, doubt, WARNING))
    if known.type is not None:
        misfit = values.misfit(text, known)
        if misfit is not None:
            problems.append(
                _problem(
                    wish, misfit if known.firm else f"{misfit}, as far as is known", ERROR if known.firm else WARNING
                )
            )
    return text


def doubtful_names(wishes: Sequence[Wish], knowledge: Knowledge) -> list[Problem]:
    """Names that may be misspelt, and parameters that REST can't set: for where no phone is asked, which would know better."""
    problems = []
    for wish in wishes:
        if wish.name in NOT_OVER_REST:
            problems.append(
                _problem(
                    wish, "can't be set over REST, only by the provisioning server or in the web interface", WARNING
                )
            )
        near = (
            suggestions.near_miss(str(wish.name))
            if knowledge.schema is None and not is_companion(str(wish.name))
            else None
        )
        if near is not None:
            problems.append(
                _problem(wish, "is not known, and is nearly the name of a parameter that is", WARNING, near)
            )
    return problems


def _wrong_names(wishes: Sequence[Wish], knowledge: Knowledge) -> list[Problem]:
    """What the user's schema does not have. Without one, the phone is the judge of names."""
    schema = knowledge.schema
    if schema is None:
        return []
    severity = ERROR if schema.complete else WARNING
    near: dict[str, list[str]] = {}
    problems = []
    for wish in wishes:
        reason = schema.name_problem(wish.name)
        if reason is None:
            continue
        if wish.name not in near and len(near) < _MOST_SUGGESTIONS and not schema.has(wish.name):
            near[wish.name] = knowledge.closest(wish.name)
        problems.append(_problem(wish, reason, severity, next(iter(near.get(wish.name, ())), None)))
    return problems


def _problem(wish: Wish, message: str, severity: str = ERROR, suggestion: str | None = None) -> Problem:
    return Problem(severity, str(wish.name), message, wish.file, wish.line, suggestion)


def _twice(wishes: Sequence[Wish]) -> list[Problem]:
    """Some firmware may not tell names apart that differ in letter case only."""
    seen: dict[str, str] = {}
    return [
        _problem(wish, f"and {seen[wish.name.lower()]} differ in letter case only")
        for wish in wishes
        if seen.setdefault(wish.name.lower(), wish.name) != wish.name
    ]


def _contradictions(switched_off: Sequence[Wish], names: Iterable[str]) -> list[Problem]:
    """A ``.set`` of 0 says that the value beside it is not to be used."""
    return [
        _problem(switch, f"is 0, which says that {name} is not to be set: leave both out")
        for switch in switched_off
        for name in names
        if switch.name in (companion(name), DEVICE_SET) and companion(name)
    ]
