# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walk through phones in waves, whatever is done to them: who gets it in this run, and what becomes of the others."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._steps.interruption import WHEN_BUSY
from .._console.order import natural
from .journal import FINISHED, HALF_WRITTEN, Step
from .run import Rollout
from .waves import Rules, Wave, plan_waves
from .window import Window

WALK = ArgumentSpec(
    {
        "journal": {"type": "path"},
        "canary": {"type": "raw", "default": 1},
        "wave": {"type": "raw", "default": "100%"},
        "wave_by": {"type": "str"},
        "max_failures": {"type": "raw", "default": "10%"},
        "window": {"type": "str"},
        "time_zone": {"type": "str"},
        "when_busy": WHEN_BUSY,
        "busy_timeout": {"type": "float", "default": 600.0},
        "wait_timeout": {"type": "float", "default": 300.0},
        "wait_for_lines": {"type": "bool", "default": True},
        "lines_delay": {"type": "float", "default": 5.0},
    }
)
"""Options of the tasks that prepare a rollout."""
OF_THE_TASKS = ("when_busy", "busy_timeout", "wait_timeout", "wait_for_lines", "lines_delay")
"""Those that the tasks on phones get."""
MOST_HOSTS = 100
"""Hosts of a wave that a result names."""
MOST_WAVES = 1_000
"""Waves that a result describes."""
AS_DESIRED = "as_desired"
"""Name of the note about phones that have all already. An earlier run may have finished some of them."""


@dataclass(frozen=True)
class Errand:
    """What a walk is for. ``kind``: of the job, such as firmware. ``id``: what names its journal: the same whenever the
    same is asked for. ``title``: how a sentence about it begins, such as ``Plan 71fc31``. ``doing``: what its phones
    are said to have before them. ``done``: the same of phones that an earlier run has finished."""

    kind: str
    id: str
    title: str
    doing: str = "to change"
    done: str = "done by an earlier run"


@dataclass(frozen=True)
class Note:
    """Phones that get nothing, and why. ``name``: the key of their number in the result. ``said``: what stands behind
    that number. ``named``: whether some of them are named."""

    name: str
    hosts: Sequence[str]
    said: str
    named: bool = True


@dataclass(frozen=True)
class Walk:
    """``rollout``: to begin. ``failures``: how many a wave may have, as given. ``done``: phones that an earlier run has
    finished; ``begun``: those that it has begun and not finished, with the ``lines`` that these had. ``share``: as in
    Terms."""

    errand: Errand
    rollout: Rollout
    failures: str
    done: Sequence[str]
    begun: Sequence[str]
    lines: Mapping[str, Sequence[int]]
    notes: Sequence[Note]
    share: str = ""

    @property
    def phones(self) -> int:
        """How many get something in this run."""
        return sum(len(wave.hosts) for wave in self.rollout.waves)


@dataclass(frozen=True)
class Terms:
    """Under which phones are changed. ``rules``: of the waves. ``window``: open; None if none is to be kept.
    ``closed``: what check mode says about a closed one. ``folder``: of the journal; None in check mode. ``options``: of
    the tasks on phones. ``part``: of the slice of an AWX job; else empty. ``share``: what such a slice
    has, as the end of a sentence."""

    rules: Rules
    window: Window | None
    closed: str
    folder: str | None
    options: Mapping[str, Any]
    part: str = ""
    share: str = ""


def walk(
    errand: Errand,
    hosts: Sequence[str],
    terms: Terms,
    steps: Mapping[str, Step],
    sites: Mapping[str, str] | None = None,
    notes: Sequence[Note] = (),
    open_hosts: Iterable[str] = (),
) -> Walk:
    """Make a walk. ``hosts``: all that are to get it, in natural order, also those that an earlier run has finished, so
    that the canary phones stay the same. ``steps``: of the journal. ``sites``: of each host, if waves are to be cut by
    something. ``open_hosts``: those that are to get it whatever the journal says, because they were looked at."""
    still = set(open_hosts)
    states = {host: steps[host].state for host in hosts if host in steps}
    done = [host for host in hosts if states.get(host) in FINISHED and host not in still]
    begun = [host for host in hosts if states.get(host) in HALF_WRITTEN]
    given = terms.rules
    if terms.part and given.named and not set(given.canary).intersection(hosts):
        given = replace(given, canary=("1",))  # its canary phones are in other slices
    waves = plan_waves(hosts, done, given, sites, begun)
    window = terms.window
    rollout = Rollout(
        errand.id,
        tuple(waves),
        terms.folder,
        window.end if window else None,
        window.text if window else "",
        terms.options,
        errand.kind,
        terms.part,
    )
    lines = {host: steps[host].lines for host in begun}
    return Walk(errand, rollout, terms.rules.failures, done, begun, lines, notes, terms.share)


def result(made: Walk) -> dict[str, Any]:
    """What the task returns."""
    waves = made.rollout.waves
    return {
        "changed": False,
        "waves": [_described(wave) for wave in waves[:MOST_WAVES]],
        "wave_count": len(waves),
        "phones": {
            "to_change": made.phones,
            "done": len(made.done),
            "resumed": len(made.begun),
            **{note.name: len(note.hosts) for note in made.notes},
        },
    }


def _described(wave: Wave) -> dict[str, Any]:
    return {
        "number": wave.number,
        "canary": wave.canary,
        "site": wave.site,
        "phones": len(wave.hosts),
        "hosts": list(wave.hosts[:MOST_HOSTS]),
        "max_failures": wave.most,
    }


def site_of(wave_by: str, groups: Iterable[str]) -> str:
    """The groups of a phone that the pattern names, such as ``site_*``."""
    return ", ".join(sorted((group for group in groups if fnmatch.fnmatchcase(group, wave_by)), key=natural))


def is_pattern(wave_by: str) -> bool:
    return any(sign in wave_by for sign in "*?[")
