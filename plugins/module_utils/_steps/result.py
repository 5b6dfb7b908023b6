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
    when the operation failed and still has something to report (a change that was made in part). ``warnings`` are about
    this phone; ``notices`` say the same of every phone, so that a fleet sees them once. ``skip``: why the phone was
    left alone, where that was the user's wish. ``contents``: files to store where the playbook runs, by path.
    ``host`` and ``requests`` (how many were sent; None: no phone was asked) are filled in by ``perform``.
    """

    changed: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    diff: dict[str, str] | None = None
    warnings: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    error: PhoneError | None = None
    skip: str | None = None
    contents: dict[str, bytes] = field(default_factory=dict)
    host: str | None = None
    requests: int | None = None


class Operation(Protocol):
    """A pure function of a phone, the module's parameters and check mode. May raise any PhoneError while nothing has been changed."""

    def __call__(self, phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result: ...


def perform(
    operation: Operation,
    settings: Settings,
    params: Mapping[str, Any],
    check_mode: bool,
    say: Callable[[str], None] = silence,
) -> Result:
    """Run an operation on a phone. Errors become part of the result: this never raises a PhoneError.

    ``say`` gets a text about what the operation waits for, when it has to wait.
    """
    requests = 0
    try:
        with Phone(settings, say=say) as phone:
            try:
                result = operation(phone, params, check_mode)
            finally:
                requests = phone.requests_sent
    except PhoneError as error:
        result = Result(error=error)
    result.host, result.requests = settings.host, requests
    if result.error is not None:
        result.error.host = result.error.host or settings.host
    return result


def unanswered(result: Result, error: PhoneError) -> None:
    """An order that can't be seen afterwards got no (whole) answer: put that into the result. It counts as carried out, as it may have
    been, unless there was no connection to give it over. Raises any other error."""
    if not isinstance(error, (*LOST, Unreachable)):
        raise error
    result.changed = not isinstance(error, Unreachable)
    if result.changed:
        error.say_more("Whether the phone has done it is not known; it was not ordered a second time.")
    result.error = error


def as_dict(result: Result) -> dict[str, Any]:
    """The task's result. A phone that can't be reached is unreachable, unless it has already been changed."""
    outcome: dict[str, Any] = {"changed": result.changed, **result.values}
    if result.requests is not None and "ansible_facts" not in outcome:  # a facts module returns facts and nothing else
        outcome["requests"] = result.requests
    about_phone = f"{result.host}: " if result.host else ""
    if result.diff is not None:
        outcome["diff"] = result.diff
    if result.warnings or result.notices:
        outcome["warnings"] = [*result.notices, *(f"{about_phone}{text}" for text in result.warnings)]
    if result.contents:
        outcome[CONTENTS] = {path: base64.b64encode(content).decode() for path, content in result.contents.items()}
    if result.skip is not None:
        outcome.update(skipped=True, msg=f"{about_phone}{result.skip}")
    if result.error is not None:
        outcome["error"] = result.error.as_dict()
        outcome["msg"] = " ".join(part for part in (str(result.error), result.error.remedy) if part)
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
