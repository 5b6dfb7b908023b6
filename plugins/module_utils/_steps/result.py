# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The result of an operation, how to run one on a phone, and how its result becomes a task result."""

from __future__ import annotations

import base64
import functools
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from .._phone.api import Phone, silence
from .._phone.errors import ConnectionLost, PhoneError, PhoneTimeout, ProtocolError, Unreachable, unexpected
from .._phone.settings import Settings
from .._text import safe
from .secrets import Memo

LOST = (ConnectionLost, PhoneTimeout, ProtocolError)
"""Errors after which the phone may or may not have carried out a request."""
CONTENTS = "_contents"
"""The key in a task result that carries files (base64) to the controller, which stores them."""
MEMO = "_memo"
"""The key in a task result that tells the controller what to remember of the phone's secrets."""

LOGIN = "_login"
"""The key in a module's result that tells the controller whether the phone took the logins, in their order: accepted,
refused or null where one was not tried."""


@dataclass
class Result:
    """The outcome of an operation.

    ``values``: what the module documents as return values. ``diff``: Ansible's before and after, or None. ``error``:
    set when the operation failed and still has something to report (a change that was made in part). ``warnings`` are
    about this phone; ``notices`` say the same of every phone, so that a fleet sees them once. ``skip``: why the phone
    was left alone, where that was the user's wish. ``contents``: files to store where the playbook runs, by path.
    ``memo``: what the controller is to remember. ``host`` and ``requests`` (how many were sent; None: no phone was
    asked) are filled in by ``perform``.
    """

    changed: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    diff: dict[str, str] | None = None
    warnings: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    error: PhoneError | None = None
    skip: str | None = None
    contents: dict[str, bytes] = field(default_factory=dict)
    memo: Memo | None = None
    host: str | None = None
    requests: int | None = None


class Operation(Protocol):
    """A function of a phone, the module's parameters and check mode. Raises a PhoneError only while nothing has been
    changed."""

    def __call__(self, phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result: ...


def perform(
    operation: Operation,
    settings: Settings,
    params: Mapping[str, Any],
    check_mode: bool,
    say: Callable[[str], None] = silence,
) -> Result:
    """Run an operation on a phone. Errors become part of the result: this never raises.

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
    except Exception as error:
        result = Result(error=unexpected(error))
    result.host, result.requests = settings.host, requests
    if result.error is not None:
        result.error.host = result.error.host or settings.host
    return result


def timed(operation: Operation) -> Operation:
    """Add ``elapsed`` (seconds) to an operation's values."""

    @functools.wraps(operation)
    def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
        started = time.monotonic()
        result = operation(phone, params, check_mode)
        result.values["elapsed"] = round(time.monotonic() - started, 1)
        return result

    return run


def unanswered(result: Result, error: PhoneError) -> None:
    """Put into the result that a request whose effect can't be read back got no complete answer. Counts as a change,
    because the phone may have done it, unless there was no connection. Raises any other error."""
    if not isinstance(error, (*LOST, Unreachable)):
        raise error
    result.changed = not isinstance(error, Unreachable)
    if result.changed:
        error.say_more("The phone may or may not have done it; the request was not repeated.")
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
        texts = [*result.notices, *(f"{about_phone}{text}" for text in result.warnings)]
        outcome["warnings"] = [safe(text) for text in texts]
    if result.contents:
        outcome[CONTENTS] = {path: base64.b64encode(content).decode() for path, content in result.contents.items()}
    if result.memo is not None:
        outcome[MEMO] = dict(vars(result.memo))
    if result.skip is not None:
        outcome.update(skipped=True, msg=safe(f"{about_phone}{result.skip}"))
    if result.error is not None:
        outcome["error"] = result.error.as_dict()
        outcome["msg"] = " ".join(part for part in (str(result.error), result.error.remedy) if part)
        if isinstance(result.error, (Unreachable, ConnectionLost)) and not result.changed:
            outcome["unreachable"] = True
        else:
            outcome["failed"] = True
    return outcome
