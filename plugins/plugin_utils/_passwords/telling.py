# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a search for passwords has found, as the task's result, as lines for people, and as verdicts on phones. Never
with a password."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ...module_utils._text import clean
from .._console.order import grouped, natural
from .._console.sections import Section, fitted, folded
from .._console.words import count, some
from .finding import (
    DEFAULT,
    EXHAUSTED,
    FAILED,
    FOUND,
    KNOWN,
    NO_CANDIDATES,
    REFUSED,
    STATES,
    UNREACHABLE,
    WAITING,
    WOULD_TRY,
    Finding,
)

MOST = 40
"""Lines."""
MOST_HOSTS = 200
"""Of each state in the result."""
STATISTIC = "polycom_vvx_passwords"
"""The custom statistic, in AWX the artifact."""
_WORDS = {
    KNOWN: ("takes its password", "take their password"),
    FOUND: ("takes a candidate", "take a candidate"),
    WOULD_TRY: ("would be tried with a candidate", "would be tried with a candidate"),
    REFUSED: ("refused a candidate", "refused a candidate"),
    WAITING: ("has to wait", "have to wait"),
    EXHAUSTED: ("refused all candidates", "refused all candidates"),
    NO_CANDIDATES: ("has no candidates", "have no candidates"),
    DEFAULT: ("has the factory password", "have the factory password"),
    UNREACHABLE: ("does not answer", "do not answer"),
    FAILED: ("failed", "failed"),
}
_OPEN = (WOULD_TRY, REFUSED, WAITING)
"""States of phones with which a later run goes on."""


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: natural(each.host))


def head(findings: Sequence[Finding]) -> str:
    """How many phones, by what became of them."""
    counted = _counts(findings)
    told = [f"{number} {_WORDS[state][number != 1]}" for state, number in counted.items() if number]
    return f"{count(len(findings), 'phone')}: {', '.join(told) or 'none was asked'}"


def result(findings: Sequence[Finding], file: str, held: int) -> dict[str, Any]:
    """The return values. ``file``: of the passwords. ``held``: of how many phones it holds one; 0 if it was not
    written."""
    still = [each for each in findings if each.state in _OPEN]
    values = {
        "phones": len(findings),
        "counts": _counts(findings),
        "hosts": {
            state: [each.host for each in findings if each.state == state][:MOST_HOSTS]
            for state in STATES
            if state != KNOWN
        },
        "runs_left": max((each.left for each in still), default=0),
        "wait": math.ceil(max((each.wait for each in still), default=0)),
        "file": file,
        "in_file": held,
    }
    stats = {"data": {STATISTIC: values}, "per_host": False, "aggregate": False}
    return {"msg": f"{head(findings)}.", **values, "ansible_stats": stats}


def verdicts(findings: Iterable[Finding]) -> dict[str, tuple[str, str]]:
    """The phones of which no password is known yet: ``failed`` or ``unreachable``, and why."""
    return {
        each.host: ("unreachable" if each.state == UNREACHABLE else "failed", f"{each.host}: {line(each)}")
        for each in findings
        if each.state not in (KNOWN, FOUND)
    }


def line(found: Finding) -> str:
    """What became of a phone, without its name."""
    tried, left = f"candidate {found.number} of {found.of}", count(found.left, "run")
    if found.state == FOUND:
        return f"it takes {tried}."
    if found.state == REFUSED:
        return f"it refused {tried}. {left} left."
    if found.state == WOULD_TRY:
        return f"{tried} would be tried. {left} left with this one."
    if found.state == WAITING:
        return f"nothing was tried, because a candidate was tried just now. {tried} is next; {left} left."
    if found.state == EXHAUSTED:
        return f"it has refused {_all(found.of)}."
    if found.error is not None:
        return " ".join(filter(None, (found.error.message, found.error.remedy)))
    return "it has no password and no candidates." if found.state == NO_CANDIDATES else "it takes its password."


def text(findings: Sequence[Finding], width: int, file: str, held: int, check_mode: bool) -> list[str]:
    """At most MOST lines. ``file``: of the passwords, as it is to be shown."""
    return fitted(list(_sections(findings, width, file, held, check_mode)), MOST)


def _sections(findings: Sequence[Finding], width: int, file: str, held: int, check_mode: bool) -> Iterator[Section]:
    yield Section(2, folded(head(findings), width, most=3))
    by_state: dict[str, list[Finding]] = grouped_by_state(findings)
    if FOUND in by_state:
        hosts = by_state[FOUND]
        told = f"Found: {_phones(hosts)}. {file} (encrypted) now holds {count(held, 'phone')}."
        yield Section(3, folded(told, width, most=4))
    items = [folded(told, width, 0, 3) for told in _told(by_state)]
    yield Section(12, items=items, more="more group")
    lost = [*by_state.get(FAILED, ()), *by_state.get(UNREACHABLE, ())]
    if lost:
        causes = grouped((line(each), each.host) for each in lost)
        items = [
            [
                *folded(f"{count(len(hosts), 'phone')}: {cause}", width, 2, 4),
                *folded(some(map(clean, hosts)), width, 4, 2),
            ]
            for cause, hosts in causes.items()
        ]
        yield Section(8, ["Failures:"], items, more="more cause")
    yield Section(6, list(_next(by_state, width, check_mode)))


def grouped_by_state(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for each in findings:
        found.setdefault(each.state, []).append(each)
    return found


def _told(by_state: Mapping[str, Sequence[Finding]]) -> Iterator[str]:
    """A sentence or two about each group of phones with which nothing has gone wrong and that have no password yet."""
    for state in (REFUSED, WOULD_TRY, WAITING):
        turns: dict[tuple[int, int, int], list[Finding]] = {}
        for each in by_state.get(state, ()):
            turns.setdefault((each.number, each.of, each.left), []).append(each)
        for (number, of, left), found in sorted(turns.items(), key=lambda item: item[0]):
            which, phones = f"andidate {number} of {of}", _phones(found)
            if state == REFUSED:
                yield f"C{which} was refused: {phones}. The next run tries the next one; {count(left, 'run')} left."
            elif state == WOULD_TRY:
                yield f"C{which} would be tried: {phones}. {count(left, 'run')} left with this one."
            else:
                wait = math.ceil(max(each.wait for each in found))
                yield (
                    f"Nothing was tried, because a candidate was tried just now: {phones}. C{which} is next, in "
                    f"{wait} s; {count(left, 'run')} left."
                )
    if exhausted := by_state.get(EXHAUSTED):
        yield (
            f"All candidates refused: {_phones(exhausted)}. A phone that is locked refuses the right password, too: if "
            "something else may have locked it, -e vvx_retry_after=3600 tries again what was refused an hour ago."
        )
    if lacking := by_state.get(NO_CANDIDATES):
        yield f"No candidates: {_phones(lacking)}. Set ansible_vvx_password_candidates for them."
    if factory := by_state.get(DEFAULT):
        error = factory[0].error
        yield f"Factory password 456: {_phones(factory)}. {error.remedy if error else ''}"


def _next(by_state: Mapping[str, Sequence[Finding]], width: int, check_mode: bool) -> Iterator[str]:
    """The next step."""
    still = [each for state in _OPEN for each in by_state.get(state, ())]
    if check_mode and by_state.get(WOULD_TRY):
        yield from folded("Next: the same command without --check.", width)
    elif still and not check_mode:
        wait = math.ceil(max(each.wait for each in still))
        told = f"Next: the same command again, in {wait} s; at most {count(max(e.left for e in still), 'run')} left."
        yield from folded(told, width)
    if by_state.get(FOUND):
        yield from folded("To use what was found, put the file into group_vars of the phones, and there:", width)
        yield "  ansible_password: >-"
        yield "    {{ vvx_found_passwords[inventory_hostname] | default('the usual one') }}"


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    return {state: sum(each.state == state for each in findings) for state in STATES}


def _phones(found: Sequence[Finding]) -> str:
    return f"{count(len(found), 'phone')}: {some(clean(each.host) for each in found)}"


def _all(of: int) -> str:
    return "its only candidate" if of == 1 else f"all {of} candidates"
