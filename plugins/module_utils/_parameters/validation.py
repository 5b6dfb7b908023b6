# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check desired parameters without a phone: every problem at once, with its place and a suggestion."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from .._text import clean, hide_logins
from . import packing, suggestions, unfinished, values
from .cfg.merging import Merged
from .knowledge import Knowledge
from .markup import located
from .names import DEVICE_SET, LONGEST, companion, is_companion, name_problem
from .origins import Origin, placed
from .table import ADMIN_PASSWORD, FACTORY_PASSWORDS, NOT_OVER_REST, USER_PASSWORD, is_secret

ERROR, WARNING = "error", "warning"
_MOST_SUGGESTIONS = 5
"""To look for one takes 25 milliseconds; with more wrong names than that, the schema is the wrong one."""
_MOST_SHOWN = 60
_LONGEST_KEPT = 200
"""Characters of a value whose check is kept."""
_CHANGED_SECRET = f"is a secret, but YAML reads a number or boolean and may change it (0123 becomes 83): {values.QUOTE}"


class Wish(NamedTuple):
    """A parameter as the user wrote it. ``file`` and ``line``: its place in a .cfg file."""

    name: Any
    value: Any
    line: int | None = None
    file: str | None = None


@dataclass(frozen=True)
class Problem:
    """``message``: continues the sentence that begins with the parameter's name, and never contains a value.
    ``suggestion``: the name that was probably meant. ``layer``: the variable that sets the parameter.
    ``value``: in quotes, where it does not fit and is no secret."""

    severity: str
    parameter: str
    message: str
    file: str | None = None
    line: int | None = None
    suggestion: str | None = None
    layer: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        if self.layer is None:
            return located(self.file, self.line, self.sentence)
        return placed(self.sentence, Origin(self.layer, self.file, self.line))

    @property
    def sentence(self) -> str:
        """Without its place."""
        hint = f" (did you mean {self.suggestion}?)" if self.suggestion else ""
        subject = self.parameter if self.value is None else f"{self.parameter}: {self.value}"
        return f"{subject} {self.message}{hint}"


@dataclass
class Checked:
    """``values``: parameter to wire text, without companions, of all that can be sent."""

    values: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def gather(parameters: Mapping[Any, Any], merged: Merged) -> tuple[list[Wish], list[Problem]]:
    """What is desired, and remarks about the files. ``parameters`` win over files."""
    found = {entry.name: Wish(*entry) for entry in merged.entries.values()}
    # Exports leave secrets out and templates have them empty: neither means to empty a phone's secret.
    emptied = [wish for name, wish in found.items() if name not in parameters and not wish.value and is_secret(name)]
    wishes = [wish for name, wish in found.items() if name not in parameters and wish not in emptied]
    wishes += [Wish(name, value) for name, value in parameters.items()]
    without_value = "is left out: it is a secret without a value (to empty it on the phone, set it in parameters)"
    remarks = [_problem(wish, without_value, WARNING) for wish in emptied]
    remarks += [
        Problem(WARNING, clean(remark.subject), remark.message, remark.file, remark.line) for remark in merged.remarks
    ]
    return wishes, remarks


def traced(problems: Iterable[Problem], origins: Mapping[str, Origin]) -> list[Problem]:
    """The problems, each with the origin of its parameter unless it has a place already."""
    by_text = {**{_shown(name): origin for name, origin in origins.items()}, **origins} if origins else {}
    return [
        replace(problem, **by_text[problem.parameter]._asdict())
        if problem.file is None and problem.parameter in by_text
        else problem
        for problem in problems
    ]


def overridden(parameters: Mapping[Any, Any], merged: Merged) -> list[Wish]:
    """What the files set and another file or ``parameters`` replace."""
    replaced = [*merged.overridden, *(entry for name, entry in merged.entries.items() if name in parameters)]
    return [Wish(*entry) for entry in replaced if entry.value or not is_secret(entry.name)]


def check(wishes: Sequence[Wish], knowledge: Knowledge) -> Checked:
    """The values to send, and all errors and warnings. A value that does not fit the user's schema is an error;
    one that does not fit the bundled table is a warning. All wishes for a parameter are checked; the last is sent."""
    result = Checked()
    texts: list[tuple[Wish, str]] = []
    switched_off: list[Wish] = []
    for wish in wishes:
        text = _judged(wish, knowledge, result.problems)
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
            result.problems.append(_problem(wish, "is too large for one request, which holds 20 KB"))
    return result


def _judged(wish: Wish, knowledge: Knowledge, problems: list[Problem]) -> str | None:
    """As ``_check_one``. A fleet's phones have most values in common: these are checked once."""
    name, value = wish.name, wish.value
    short = isinstance(name, str) and (
        value is None or isinstance(value, (bool, int)) or (isinstance(value, str) and len(value) <= _LONGEST_KEPT)
    )
    if not short:
        return _check_one(wish, knowledge, problems)
    text, found = _kept(name, value, knowledge)
    problems += [replace(problem, file=wish.file, line=wish.line) for problem in found]
    return text


@functools.lru_cache(maxsize=8192, typed=True)
def _kept(name: str, value: Any, knowledge: Knowledge) -> tuple[str | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    return _check_one(Wish(name, value), knowledge, problems), tuple(problems)


def _check_one(wish: Wish, knowledge: Knowledge, problems: list[Problem]) -> str | None:
    """The text to send, or None if there is none."""
    wrong_name = _wrong_name(wish)
    if wrong_name is not None:
        problems.append(wrong_name)
        return None
    name, value = wish.name, wish.value
    fact = knowledge.fact(name)
    try:
        text = values.canonical(value, fact)
    except ValueError as reason:
        problems.append(_problem(wish, str(reason)))
        return None
    if name in (ADMIN_PASSWORD, USER_PASSWORD):
        if not text:
            problems.append(_problem(wish, "must not be empty"))
        elif text in FACTORY_PASSWORDS:
            problems.append(_problem(wish, "is a factory password, which leaves the phone open or its REST API off"))
    doubt = values.doubt(value, fact) if isinstance(value, int) else None  # a boolean is an int, too
    if isinstance(value, int) and knowledge.is_secret(name):
        problems.append(_problem(wish, _CHANGED_SECRET))
    elif doubt is not None:
        problems.append(_problem(wish, doubt, WARNING))
    doubts = unfinished.doubts(value) if isinstance(value, str) and not knowledge.is_secret(name) else []
    problems += [_problem(wish, each, WARNING) for each in doubts]
    misfit = None if fact.type is None else values.misfit(text, fact)
    shown = None if misfit is None or knowledge.is_secret(name) else _quoted(text)
    if misfit is not None and fact.firm:
        problems.append(replace(_problem(wish, misfit), value=shown))
    elif misfit is not None and set(doubts) <= {unfinished.BLANKS}:
        source = f"built-in table, from UC Software {fact.firmware}" if fact.firmware else "built-in table"
        doubtful = _problem(wish, f"{misfit} ({source}; set schema to be sure)", WARNING)
        problems.append(replace(doubtful, value=shown))
    return text


def _quoted(text: str) -> str:
    """A value in quotes, shortened, without a login inside a URL."""
    text = hide_logins(text)
    return repr(text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 3]}...")


def _wrong_name(wish: Wish) -> Problem | None:
    """What is wrong with a name that can't be one. Such a name is shown in quotes, and not in full if it is long."""
    message = name_problem(wish.name)
    if message is None:
        return None
    return Problem(ERROR, _shown(str(wish.name)), message, wish.file, wish.line)


def _shown(name: str) -> str:
    """How messages show what can't be a name."""
    return repr(name if len(name) <= LONGEST else f"{name[:40]}...")


def doubtful_names(wishes: Sequence[Wish], knowledge: Knowledge) -> list[Problem]:
    """Probable typos, and parameters that REST can't set: for a check without a phone, which would reject both."""
    problems = []
    for wish in wishes:
        if wish.name in NOT_OVER_REST:
            file_only = "can't be set over REST, only by the provisioning server or in the web interface"
            problems.append(_problem(wish, file_only, WARNING))
        if knowledge.schema is None and not is_companion(str(wish.name)) and name_problem(wish.name) is None:
            numbered, near = suggestions.with_numbers(str(wish.name)), suggestions.near_miss(str(wish.name))
            if numbered is not None:
                problems.append(_problem(wish, "has a letter where a number belongs", WARNING, numbered))
            elif near is not None:
                problems.append(_problem(wish, "looks like a typo", WARNING, near))
    return problems


def _wrong_names(wishes: Sequence[Wish], knowledge: Knowledge) -> list[Problem]:
    """Names that the user's schema does not have. Without a schema, the phone checks the names."""
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
    return Problem(severity, clean(wish.name), message, wish.file, wish.line, suggestion)


def _twice(wishes: Sequence[Wish]) -> list[Problem]:
    """Some firmware may treat names that differ only in letter case as one."""
    seen: dict[str, str] = {}
    return [
        _problem(wish, f"and {seen[wish.name.lower()]} differ only in letter case")
        for wish in wishes
        if seen.setdefault(wish.name.lower(), wish.name) != wish.name
    ]


def _contradictions(switched_off: Sequence[Wish], names: Iterable[str]) -> list[Problem]:
    """A ``.set`` of 0 makes the phone ignore the value beside it."""
    return [
        _problem(switch, f"is 0, so the phone would ignore {name}: remove both")
        for switch in switched_off
        for name in names
        if switch.name in (companion(name), DEVICE_SET) and companion(name)
    ]
