# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan as lines for people: at most a screen, whatever the number of phones. It looks like the summary of a run."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...module_utils._phone.errors import NO_ANSWER, UnknownParameters
from ...module_utils._steps.config_report import suggested
from .._console.sections import Section, fitted, folded
from .._handover import harmless
from .._summary.collect import Collector
from .._summary.digest import digest
from .._summary.phones import Change, Failure, Phone, Where
from .._summary.text import MOST, NARROWEST, Hints, body
from .making import head
from .plan import Entry, Plan

_BRIEF, _BRIEF_WIDTH = 20, 99
"""Lines and characters of a line."""
_LONGEST_BRIEF = _BRIEF * (_BRIEF_WIDTH + 1)
_STATES = {"change": "changed", "same": "unchanged", "unknown": "failed", "error": "failed"}


@dataclass(frozen=True)
class Place:
    """``path``, ``markdown``: the files of the plan, as the user would write them; the latter empty if there is none.
    ``inventories``: as given with ``-i``. ``written``: false in check mode."""

    path: str
    markdown: str = ""
    inventories: Sequence[str] = ()
    written: bool = True


def text(plan: Plan, width: int, place: Place) -> list[str]:
    """No line is wider than ``width``, except for a command that can't be broken."""
    width = max(NARROWEST, width)
    first = folded(f"Plan {plan.id}: {head(plan)}.", width, most=3)
    sections = [
        Section(3, first),
        *body(digest(_collected(plan)), width, Hints()),
        Section(7, _ending(plan, width, place)),
    ]
    return fitted(sections, MOST)


def brief(plan: Plan, notes: Sequence[str] = ()) -> str:
    """The plan for a notification: at most 2,000 characters, with counts, the most frequent changes, restarts and
    failures. Nothing in it is a template, because AWX makes a variable of it. ``notes``: sentences to read before."""
    first = folded(f"Plan {plan.id}: {head(plan)}.", _BRIEF_WIDTH, most=3)
    said = [Section(3, folded(note, _BRIEF_WIDTH, most=3)) for note in notes]
    sections = [replace(each, least=2) for each in body(digest(_collected(plan)), _BRIEF_WIDTH, Hints())]
    lines = fitted([Section(3, first), *said, *sections], _BRIEF)
    return str(harmless("\n".join(lines), _LONGEST_BRIEF))


def _collected(plan: Plan) -> Collector:
    collector = Collector()
    collector.check_mode = collector.changes_wanted = True
    collector.phones = {host: _phone(plan, entry) for host, entry in plan.phones.items()}
    return collector


def _phone(plan: Plan, entry: Entry) -> Phone:
    state = plan.state(entry)
    phone = Phone(state=_STATES[state], secrets_left=dict(entry.secrets_left))
    if entry.error:
        lost = entry.error["kind"] in NO_ANSWER
        told = " ".join(filter(None, (entry.error["message"], entry.error["remedy"])))
        phone.failures = [Failure(entry.error["kind"], told, lost)]
    elif state == "unknown":
        told = f"the phone does not know {suggested(entry.unknown)}. Correct the names, or skip what phones do not "
        phone.failures = [Failure(UnknownParameters.kind, f"{told}know: -e vvx_unknown_parameters=skip.")]
    else:
        for change in entry.changes:
            where = Where(change.layer or "", change.file or "", change.line or 0)
            if change.secret:
                phone.secrets_written[change.parameter] = where
            else:
                phone.changes[change.parameter] = Change(change.before, change.after, where)
        phone.unknown = {name: list(near) for name, near in entry.unknown.items()}
        phone.restart = "yes" if entry.restart in ("restart", "reboot") else entry.restart
        phone.because = dict(entry.restart_reasons)
    return phone


def _ending(plan: Plan, width: int, place: Place) -> list[str]:
    """Where the plan is, and the next step."""
    if not place.written:
        files = " and ".join(filter(None, (place.path, place.markdown)))
        return folded(f"Check mode: {files} not written. Next: the same command without --check.", width)
    lines = folded(f"Each phone's changes: {place.path}" + (f"; {place.markdown}" * bool(place.markdown)), width)
    if not plan.targets:
        return [*lines, "Nothing to apply."]
    given = [f"-i {shlex.quote(each)}" for each in place.inventories]
    command = ["ansible-playbook polycom.vvx.apply", *given, f"-e vvx_plan={shlex.quote(place.path)}"]
    whole = f"Next: {' '.join(command)}"
    return [*lines, *([whole] if len(whole) <= width else [f"Next: {command[0]} \\", *_continued(command[1:])])]


def _continued(parts: Sequence[str]) -> list[str]:
    return [f"  {part} \\" for part in parts[:-1]] + [f"  {parts[-1]}"]
