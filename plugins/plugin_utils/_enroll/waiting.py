# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wait for phones to appear: to answer, as the phones that are expected there, to their password."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from ...module_utils._phone.api import Phone
from ...module_utils._phone.errors import NO_ANSWER, PhoneError, Unreachable, unexpected
from ...module_utils._phone.replies import rest_disabled
from ...module_utils._phone.settings import Settings
from ...module_utils._steps.survey import Survey
from .._threads import sweep

REFUSED = ("authentication_failed", "not_tried", "default_password")
"""Kinds of errors after which a login is not repeated."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 10.0
"""Seconds between two looks at a phone. A phone takes minutes to start."""
_GROWTH = 1.5
PATIENCE = 60.0
"""Seconds in which phones count wrong logins (httpd.cfg.lockWebUI.noOfInvalidAttemptsDuration)."""
_MOST_LOGINS = 2
"""In that time. The second one only if the phone has been away in between: it has read its files again then."""


class Sought(Protocol):
    """A phone. ``settings``: how to reach it."""

    @property
    def host(self) -> str: ...

    @property
    def settings(self) -> Settings | None: ...


Job = TypeVar("Job", bound=Sought)


@dataclass
class _State:
    """Of a phone that is awaited. ``refusal``: what it said to the last login; None while it has refused none.
    ``logins``: how many it has refused. ``away``: since then it has not answered. ``when``: it refused."""

    refusal: Survey | None = None
    logins: int = 0
    away: bool = False
    when: float = 0.0


class Look:
    """Looks at phones again and again, with few logins. ``survey``: reads a phone, with these settings."""

    def __init__(self, survey: Callable[[Any, Settings], Survey], clock: Callable[[], float] = time.monotonic) -> None:
        self._survey, self._clock = survey, clock
        self._states: dict[str, _State] = {}

    def __call__(self, job: Sought) -> Survey:
        state = self._states.setdefault(job.host, _State())
        if job.settings is None:
            return Survey(error=Unreachable("its address is not known."))
        settings = replace(job.settings, retries=min(job.settings.retries, 1))
        if (error := knock(settings)) is not None:
            state.away = state.away or error.kind in NO_ANSWER
            return Survey(error=error)
        if state.refusal is not None:
            late = self._clock() - state.when > PATIENCE
            if not (late or state.away if state.logins < _MOST_LOGINS else late and state.away):
                return state.refusal
            settings = replace(settings, refusals=None)  # what was refused then counts no more
        found = self._survey(job, settings)
        refused = found.error is not None and found.error.kind in REFUSED
        state.refusal, state.away, state.when = found if refused else None, False, self._clock()
        state.logins += refused
        return found


def knock(settings: Settings) -> PhoneError | None:
    """Why the REST API of a phone can't be used yet; None if a login can be tried. Sends no login."""
    try:
        with Phone(settings) as phone, phone.without_retries():
            status, headers = phone.knock()
            if status == 404 and phone.knock("sip_status")[0] == 404:
                return rest_disabled(headers.get("Server", ""), settings.use_ssl)
    except PhoneError as error:
        return error
    except Exception as error:  # an unforeseen reply
        return unexpected(error)
    return None


def until_seen(
    jobs: Iterable[Job],
    look: Callable[[Job], Survey],
    timeout: float,
    workers: int,
    seen: Callable[[Job, Survey], None],
    watch: Callable[[Mapping[str, Survey], float], None],
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> dict[str, Survey]:
    """Look at all phones until each has answered, or the time is over; at least once. Returns the last look at each
    that is missing, by host.

    ``seen``: called for each that answers, at once. ``watch``: called after each round with what is known of those that
    are missing, and the seconds that are left.
    """
    missing = {job.host: job for job in jobs}
    known: dict[str, Survey] = {}
    start, pause = clock(), FIRST_PAUSE
    while missing:
        for _index, job, found in sweep(list(missing.values()), look, workers):
            known[job.host] = found
            if found.error is None:
                del missing[job.host]
                seen(job, found)
        left = start + timeout - clock()
        if not missing or left <= 0:
            break
        watch({host: known[host] for host in missing}, left)
        sleep(min(pause, left))
        pause = min(pause * _GROWTH, LONGEST_PAUSE)
    return {host: known[host] for host in missing}
