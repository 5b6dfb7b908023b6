# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of each phone of a rollout, written down while it happens, so that the next run goes on where one
stopped.

For each plan, named by its digest, and for each other job there is one file, and one more for each slice of an AWX job
that has walked through its phones: a line of JSON for each step of a phone. All files of a job are read together. The
last line of a phone counts: of several files, that of the latest run, because each run counts one further than all
before it, whatever the clocks say. Workers of a run only ever add lines, each with one write, and no two runs at a time
write to one file, because network drives do not keep lines of two computers apart. A line that a killed run left
unfinished is ignored.
"""

from __future__ import annotations

import datetime
import errno
import glob
import json
import operator
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...module_utils._files import FileError, append, name_for, read
from ...module_utils._phone.errors import SettingsError
from ...module_utils._text import safe

BEGUN = "begun"
DONE = "done"
UNCHANGED = "unchanged"
FAILED = "failed"
STALE = "stale"
SKIPPED = "skipped"
ROLLED_BACK = "rolled_back"
STATES = (BEGUN, DONE, UNCHANGED, FAILED, STALE, SKIPPED, ROLLED_BACK)
FINISHED = frozenset({DONE, UNCHANGED})
"""Phones in these states need nothing more."""
HALF_WRITTEN = frozenset({BEGUN, FAILED, ROLLED_BACK})
"""Phones in these states may have a part of their new values, or old ones that a rollback has written."""
LOCK_END = ".lock"
_END = ".journal"
_FORMAT = 1
_LARGEST = 200_000_000
_LONGEST_TEXT = 500


@dataclass(frozen=True)
class Step:
    """What became of a phone. ``wave``: its number; 0 where it is not known. ``when``: a time in UTC, as text.
    ``lines``: the lines that were registered before, if it failed after that. ``run``: the number of the run."""

    host: str
    state: str
    wave: int = 0
    text: str = ""
    when: str = ""
    lines: tuple[int, ...] = ()
    run: int = 0


def slice_key(hosts: Iterable[str]) -> str:
    """What names the slice of an AWX job that has these hosts: slices share none. 16 hexadecimal digits."""
    return name_for(min(hosts))[:16]


class Journal:
    """The journal of one rollout. ``folder``: where journals are kept; ``plan``: the digest of the plan, or what
    names another job. ``part``: of the slice that writes; empty for a run that is none."""

    def __init__(self, folder: str, plan: str, part: str = "") -> None:
        self.path = os.path.join(folder, ".".join(filter(None, (plan, part, "journal"))))
        self._folder = folder
        self._plan = plan

    @property
    def lock(self) -> str:
        """The path of the file that a run locks while it writes."""
        return f"{self.path.removesuffix(_END)}{LOCK_END}"

    def open(self, phones: Collection[str] = ()) -> int:
        """Make the file, and see that lines can be added; returns the number of the run. ``phones``: that it changes.
        Raises SettingsError."""
        run = self._last_run() + 1
        try:
            os.makedirs(self._folder or ".", mode=0o700, exist_ok=True)
            head = {"format": _FORMAT, "plan": self._plan, "run": run, "phones": sorted(phones)}
            self._write(head, sync=True)
        except OSError as error:
            raise _unusable(f"{self.path} can't be written: {error.strerror or error}") from error
        return run

    def refuse_unwritable(self) -> None:
        """Raises SettingsError if no lines can be added, as far as one can tell without adding any."""
        place, right = self.path, os.W_OK
        while not os.path.lexists(place) and os.path.dirname(place) != place:
            place, right = os.path.dirname(place), os.W_OK | os.X_OK
        if right != os.W_OK and not os.path.isdir(place):
            raise _unusable(f"{self.path} can't be written: {place} is no folder")
        if not os.access(place, right):
            raise _unusable(f"{self.path} can't be written: {os.strerror(errno.EACCES)}")

    def phones(self) -> frozenset[str]:
        """Those that the run changes that has opened this file last. Raises SettingsError."""
        found: frozenset[str] = frozenset()
        for record in _records(self.path):
            phones = record.get("phones")
            if isinstance(phones, list):
                found = frozenset(map(str, phones))
        return found

    def begin_anew(self) -> None:
        """The same plan was made once more, because the phones differ again: what was done before no longer counts, in
        whatever file. Does nothing where there is no journal. Raises SettingsError."""
        if self._paths():
            self._write({"planned": self._plan, "run": self._last_run() + 1, "time": _now()}, sync=True)

    def add(self, step: Step) -> None:
        """Write a step down. That a phone is begun is on the disk before this returns. Raises SettingsError."""
        text = safe(" ".join(step.text.split()))[:_LONGEST_TEXT]
        line = {"host": step.host, "state": step.state, "wave": step.wave, "time": step.when or _now()}
        more = {"text": text, "lines": list(step.lines), "run": step.run}
        self._write(line | {name: value for name, value in more.items() if value}, sync=step.state == BEGUN)

    def roll_back(self, hosts: Iterable[str]) -> None:
        """These have the values of before the plan again: of those that it was applied to, nothing is done any more.
        Does nothing where there is no journal. Raises SettingsError."""
        steps, run = self.steps(), self._last_run() + 1
        for host in hosts:
            if host in steps and steps[host].state not in (ROLLED_BACK, STALE, SKIPPED):
                text = "given back with polycom.vvx.rollback"
                self.add(Step(host, ROLLED_BACK, steps[host].wave, text, run=run))

    def steps(self) -> dict[str, Step]:
        """The last step of each phone since the plan was made, with all lines that it has had until then, unless it is
        finished. Lines that nobody of this version wrote are ignored. Raises SettingsError."""
        found: dict[str, Step] = {}
        for _number, record in sorted(self._all(), key=operator.itemgetter(0)):
            if record.get("planned") == self._plan:
                found.clear()
            elif (step := _step(record)) is not None:
                earlier = found.get(step.host)
                if earlier is not None and step.state not in FINISHED:
                    step = replace(step, lines=tuple(sorted({*earlier.lines, *step.lines})))
                found[step.host] = step
        return found

    def _last_run(self) -> int:
        return max((number for number, _record in self._all()), default=0)

    def _all(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The lines of all files, each with the number of its run: at least that of the lines before it."""
        for path in self._paths():
            run = 0
            for record in _records(path):
                run = max(run, _run(record))
                yield run, record

    def _paths(self) -> list[str]:
        """The files of all its slices, and that of runs that were none."""
        whole = os.path.join(glob.escape(self._folder), glob.escape(self._plan))
        return sorted({*glob.glob(f"{whole}{_END}"), *glob.glob(f"{whole}.*{_END}")})

    def _write(self, record: dict[str, Any], sync: bool) -> None:
        try:
            append(self.path, json.dumps(record, sort_keys=True).encode("ascii") + b"\n", sync=sync)
        except FileError as error:
            raise _unusable(str(error)) from error


def latest(folder: str, kind: str) -> dict[str, Step]:
    """The last step of each phone in the journals of all jobs of this kind, whatever these were asked for. Raises
    SettingsError."""
    found: dict[str, Step] = {}
    paths = glob.glob(os.path.join(glob.escape(folder), f"{kind}-*{_END}"))
    for job in sorted({os.path.basename(path).partition(".")[0] for path in paths}):
        for host, step in Journal(folder, job).steps().items():
            if host not in found or found[host].when <= step.when:
                found[host] = step
    return found


def _records(path: str) -> Iterator[dict[str, Any]]:
    try:
        content = read(path, _LARGEST)
    except FileError as error:
        raise _unusable(str(error)) from error
    return map(_record, (content or b"").split(b"\n"))


def _run(record: Mapping[str, Any]) -> int:
    """The number of the run that wrote it; 0 where it does not say one."""
    run = record.get("run")
    return run if isinstance(run, int) and _is_number(run) and run > 0 else 0


def _record(line: bytes) -> dict[str, Any]:
    """Empty for what is none."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _step(record: Mapping[str, Any]) -> Step | None:
    host, state, wave = record.get("host"), record.get("state"), record.get("wave", 0)
    text, when = (str(record.get(name) or "") for name in ("text", "time"))
    lines = record.get("lines", [])
    if not isinstance(lines, list) or not all(_is_number(line) and line > 0 for line in lines):
        return None
    if not isinstance(host, str) or state not in STATES or not _is_number(wave):
        return None
    return Step(host, state, wave, text, when, tuple(lines), _run(record))


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _unusable(what: str) -> SettingsError:
    return SettingsError(
        f"journal: {what}. Without it, a run that is interrupted could not be continued.",
        remedy="Set journal (vvx_journal), or for jobs without a plan state_path (ansible_vvx_state_path), to a folder "
        "that can be written.",
    )
