# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Find out whether one phone takes its password, and if not, whether it takes the next candidate. Sends each of these
two at most once."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ...module_utils._phone import errors
from ...module_utils._phone.api import Phone
from ...module_utils._phone.errors import AuthenticationFailed, NotTried, PhoneError
from ...module_utils._phone.replies import redirection, rest_disabled
from ...module_utils._phone.settings import Settings
from .candidates import Choice, Known, choose

KNOWN, FOUND, WOULD_TRY, REFUSED = "known", "found", "would_try", "refused"
WAITING, EXHAUSTED, NO_CANDIDATES = "waiting", "exhausted", "no_candidates"
DEFAULT, UNREACHABLE, FAILED = "default_password", "unreachable", "failed"
STATES = (
    *(KNOWN, FOUND, WOULD_TRY, REFUSED, WAITING, EXHAUSTED, NO_CANDIDATES),
    *(DEFAULT, UNREACHABLE, FAILED),
)


@dataclass(frozen=True)
class Question:
    """One phone. ``settings``: None if its variables are too wrong to ask it (``trouble``). ``has_password``: whether
    the password in these is one. ``phone_id``: by which it is remembered."""

    host: str
    settings: Settings | None = None
    candidates: Sequence[str] = field(default=(), repr=False)
    has_password: bool = True
    trouble: PhoneError | None = None
    lockout: float = 60.0
    retry_after: float | None = None

    @property
    def phone_id(self) -> str:
        return "" if self.settings is None else self.settings.mac or self.settings.base_url


@dataclass(frozen=True)
class Finding:
    """What became of one phone. ``state``: one of STATES. ``number``: of the candidate that was tried, or would be,
    from 1. ``of``: how many there are. ``left``: how many are left for later runs. ``wait``: seconds until the next
    may be tried. ``password``: the candidate that it takes."""

    host: str
    state: str
    number: int = 0
    of: int = 0
    left: int = 0
    wait: float = 0.0
    error: PhoneError | None = None
    password: str | None = field(default=None, repr=False)


def find(
    question: Question,
    known: Known,
    check_mode: bool,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> Finding:
    """Ask one phone. Never raises a PhoneError."""
    if question.settings is None:
        return Finding(question.host, FAILED, error=question.trouble)
    try:
        with Phone(question.settings, sleep) as phone:
            return _find(phone, question, known, check_mode, clock)
    except PhoneError as error:
        return Finding(question.host, _state(error), of=len(question.candidates), error=error)


def _find(phone: Phone, question: Question, known: Known, check_mode: bool, clock: Callable[[], float]) -> Finding:
    host, name, candidates = question.host, question.phone_id, question.candidates
    refusal = _own_password(phone, question, known) if question.has_password else None
    if question.has_password and refusal is None:
        return Finding(host, KNOWN)
    if not candidates:
        return Finding(host, NO_CANDIDATES, error=refusal)
    choice = choose(candidates, known, name, clock(), question.lockout, question.retry_after)
    state = EXHAUSTED if not choice.number else WAITING if choice.wait else WOULD_TRY
    if state == WOULD_TRY and not isinstance(refusal, AuthenticationFailed):
        _introduce(phone)
    if state != WOULD_TRY or check_mode:
        return Finding(host, state, choice.number, len(candidates), choice.left, choice.wait)
    return _try(phone, question, known, choice)


def _own_password(phone: Phone, question: Question, known: Known) -> PhoneError | None:
    """Log in with the password that the inventory says. Returns why the phone does not take it; None if it does."""
    password = phone.settings.password
    try:
        phone.device_info()
    except NotTried as error:
        return error
    except AuthenticationFailed as error:
        if not error.sent:
            raise
        known.refused(question.phone_id, password)
        return error
    known.accepted(question.phone_id, password)
    return None


def _introduce(phone: Phone) -> None:
    """Ask without a login first. Raises a PhoneError if that is no phone, or one without a REST API: such a server
    gets no candidate."""
    status, headers = phone.knock()
    if status == 404 and phone.knock("sip_status")[0] == 404:
        raise rest_disabled(headers.get("Server", ""), phone.settings.use_ssl)
    if status == 403:
        raise errors.Busy("the phone is busy (HTTP 403).", http_status=403)
    if 300 <= status < 400:
        message, remedy = redirection(headers.get("Location", ""), phone.settings.use_ssl, phone.show)
        raise errors.ProtocolError(message, http_status=status, remedy=remedy)
    if status not in (401, 404):
        raise errors.ProtocolError("what answers asks for no login (HTTP 401), as phones do.", http_status=status)


def _try(phone: Phone, question: Question, known: Known, choice: Choice) -> Finding:
    """Log in with a candidate, once. It is on the disk that it was tried before it is sent."""
    name, number, of = question.phone_id, choice.number, len(question.candidates)
    password = question.candidates[number - 1]
    phone.use_login(password, known=True)
    known.tried(name, password)
    try:
        with phone.without_retries():
            phone.device_info()
    except AuthenticationFailed as error:
        if not error.sent:
            raise
        known.refused(name, password)
        left = choice.left - 1
        state = REFUSED if left else EXHAUSTED
        return Finding(question.host, state, number, of, left, question.lockout if left else 0.0)
    except NotTried:
        return Finding(question.host, WAITING, number, of, choice.left, question.lockout)
    except errors.DefaultPassword:
        known.accepted(name, password)
        raise
    known.accepted(name, password)
    return Finding(question.host, FOUND, number, of, password=password)


def _state(error: PhoneError) -> str:
    if isinstance(error, errors.DefaultPassword):
        return DEFAULT
    return UNREACHABLE if error.kind in errors.NO_ANSWER else FAILED
