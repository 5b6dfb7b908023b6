# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rollout is about to do, and what each wave says, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...module_utils._phone.errors import PhoneError
from ...module_utils._text import clean
from .._console.sections import Section, fitted, folded
from .._console.words import count, some
from .walking import AS_DESIRED, Walk
from .waves import Wave

MOST = 40
"""Lines about a rollout."""
_NAMED = 5


def headline(walk: Walk) -> str:
    """How many phones change, in how many waves."""
    waves, errand = walk.rollout.waves, walk.errand
    if not walk.phones:
        return f"{errand.title}: no phone has anything {errand.doing}."
    canary = ", canary phones first" if waves[0].canary and len(waves) > 1 else ""
    return f"{errand.title}: {count(walk.phones, 'phone')} {errand.doing} in {count(len(waves), 'wave')}{canary}."


def of_the_slice(walk: Walk) -> str:
    """What a slice of an AWX job has, as a sentence; empty for a run that is none."""
    return f"A slice of the job, with {walk.share}: canary, waves and failures are its own." if walk.share else ""


def would_be_refused(error: PhoneError) -> str:
    """What check mode says of a run that this error refuses."""
    said = error.message.removesuffix("Nothing was sent.").removesuffix("No phone was changed.").rstrip()
    return " ".join(filter(None, ("Without --check this would be refused:", said, error.remedy)))


def text(
    walk: Walk, width: int, closed: str, journal: str | None, said: Sequence[Section] = (), most: int = MOST
) -> list[str]:
    """The whole rollout. ``closed``: what check mode says about a closed window. ``journal``: its path. ``said``: what
    the job itself has to say of its phones, before the waves."""
    return fitted(list(_sections(walk, width, closed, journal, said)), most)


def said_of(wave: Wave, waves: int, named: int = _NAMED) -> str:
    """One wave: ``Wave 2 of 5 (100 phones, site_berlin)``."""
    what = ", ".join(filter(None, ["canary" if wave.canary else "", count(len(wave.hosts), "phone"), clean(wave.site)]))
    return f"Wave {wave.number} of {waves} ({what}): {some(map(clean, wave.hosts), named)}"


def stopped_before(wave: Wave, waves: Sequence[Wave], reason: str) -> str:
    """What is said instead of beginning a wave."""
    left = sum(len(each.hosts) for each in waves if each.number >= wave.number)
    return f"Stopped before wave {wave.number} of {len(waves)}: {reason}. {count(left, 'phone')} not begun."


def _sections(walk: Walk, width: int, closed: str, journal: str | None, said: Sequence[Section]) -> Iterator[Section]:
    yield Section(2, folded(headline(walk), width))
    if walk.share:
        yield Section(2, folded(of_the_slice(walk), width))
    items = [folded(line, width, 2, 2) for line in _left_out(walk, journal)]
    yield Section(6, items=items, more="more note")
    yield from said
    waves = walk.rollout.waves
    yield Section(12, [], [folded(said_of(wave, len(waves)), width, 0, 2) for wave in waves], more="more wave")
    if waves:
        yield Section(4, [line for sentence in _rules(walk) for line in folded(sentence, width)])
    if closed:
        yield Section(2, folded(f"{closed} Without --check this would be refused.", width))


def _left_out(walk: Walk, journal: str | None) -> Iterator[str]:
    """Everything that somebody may expect to change, and that does not; no phone that has all already twice."""
    where = f" ({journal})" if journal else ""
    if walk.done:
        yield f"{count(len(walk.done), 'phone')} {walk.errand.done}{where}"
    if walk.begun:
        begun = some(map(clean, walk.begun), _NAMED)
        yield f"{count(len(walk.begun), 'phone')} begun or failed in an earlier run, first in their wave: {begun}"
    done = set(walk.done)
    for note in walk.notes:
        hosts = [host for host in note.hosts if host not in done] if note.name == AS_DESIRED else note.hosts
        if hosts:
            names = f": {some(map(clean, hosts), _NAMED)}" if note.named else ""
            yield f"{count(len(hosts), 'phone')} {note.said}{names}"


def _rules(walk: Walk) -> Iterator[str]:
    """When it stops."""
    waves = walk.rollout.waves
    parts = ["one canary phone fails"] if waves[0].canary else []
    most = {wave.most for wave in waves if not wave.canary}
    if most == {0}:
        parts = ["any phone fails"]
    elif most:
        part = f"more than {count(most.pop(), 'phone')}" if len(most) == 1 else "too many phones"
        limit = f" ({walk.failures})" if most else ""
        parts.append(f"{part} of a wave fail{limit}, or all of them")
    yield f"Stops if {' or '.join(parts)}."
    if walk.rollout.closes is not None:
        yield f"Begins no phone after the maintenance window ({walk.rollout.window})."
