# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an operation gives back, and the one way to run an operation on a phone and turn its outcome into a task result."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from .._phone.api import Phone, silence
from .._phone.errors import ConnectionLost, PhoneError, PhoneTimeout, ProtocolError, Unreachable
from .._phone.settings import Settings

LOST = (ConnectionLost, PhoneTimeout, ProtocolError)
"""What comes in place of an answer, when the phone may have done what it was told."""
CONTENTS = "_contents"
"""Where a task's result carries files (in base64) from wherever the work was done to the controller, which stores them."""


@dataclass
class Result:
    """The outcome of an operation.

    ``values``: what the module documents as return values. ``diff``: Ansible's before and after, or None. ``error``: set
    when the operation failed although something is to be told (a change that was made in part). ``skip``: why the phone was
    left alone, where that was the user's wish. ``contents``: files to store where the playbook runs, by their path.
    """

    changed: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    diff: dict[str, str] | None = None
    warnings: list[str] = field(default_factory=list)
    error: PhoneError | None = None
    skip: str | None = None
    contents: dict[str, bytes] = field(default_factory=dict)


class Operation(Protocol):
    """A pure function of a phone, the module's parameters and check mode. May raise any PhoneError while nothing has been changed."""

    def __call__(self, phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result: ...


def perform(
    operation: Operation,
    settings: Settings,
    params: Mapping[str, Any],
    check_mode: bool,
    say: Callable[[str], None] = silence,
) -> dict[str, Any]:
    """Run an operation on a phone and return the task's result as Ansible expects it, errors included. Never raises a PhoneError.

    ``say`` is told what the operation waits for, if it has to wait.
    """
    try:
        with Phone(settings, say=say) as phone:
            result = operation(phone, params, check_mode)
    except PhoneError as error:
        result = Result(error=error)
    return as_dict(result)


def unanswered(result: Result, error: PhoneError) -> None:
    """An order that can't be seen afterwards got no (whole) answer: put that into the result. It counts as carried out, as it may have
    been, unless there was no connection to give it over. Raises any other error."""
    if not isinstance(error, (*LOST, Unreachable)):
        raise error
    result.changed = not isinstance(error, Unreachable)
    if result.changed:
        error.message += " Whether the phone has done it is not known; it was not ordered a second time."
    result.error = error


def as_dict(result: Result) -> dict[str, Any]:
    """The task's result. A phone that can't be reached is unreachable, unless it has already been changed."""
    outcome: dict[str, Any] = {"changed": result.changed, **result.values}
    if result.diff is not None:
        outcome["diff"] = result.diff
    if result.warnings:
        outcome["warnings"] = list(result.warnings)
    if result.contents:
        outcome[CONTENTS] = {path: base64.b64encode(content).decode() for path, content in result.contents.items()}
    if result.skip is not None:
        outcome.update(skipped=True, msg=result.skip)
    if result.error is not None:
        outcome["error"] = result.error.as_dict()
        outcome["msg"] = " ".join(part for part in (result.error.message, result.error.remedy) if part)
        if isinstance(result.error, (Unreachable, ConnectionLost)) and not result.changed:
            outcome["unreachable"] = True
        else:
            outcome["failed"] = True
    return outcome


def text_diff(before: Mapping[str, str], after: Mapping[str, str], header: str) -> dict[str, str]:
    """A diff that Ansible shows line by line: one ``name: value`` a line, in order of the names."""
    return {"before": _lines(before), "after": _lines(after), "before_header": header, "after_header": header}


def _lines(values: Mapping[str, str]) -> str:
    return "".join(f"{name}: {_shown(values[name])}\n" for name in sorted(values))


def _shown(value: str) -> str:
    """One line whatever the value holds; quoted where it would otherwise be invisible."""
    plain = value.isprintable() and value == value.strip() != ""
    return value if plain else json.dumps(value, ensure_ascii=False)
