# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of each phone of a rollout, written down while it happens, so that the next run goes on where one
stopped.

One file for each plan, named by its digest, and for each other job: a line of JSON for each step of a phone. The last
line of a phone counts. Workers of a run only ever add lines, each with one write. A line that a killed run left
unfinished is ignored.
"""

from __future__ import annotations

import datetime
import glob
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...module_utils._files import FileError, append, read
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
_FORMAT = 1
_LARGEST = 200_000_000
_LONGEST_TEXT = 500


@dataclass(frozen=True)
class Step:
    """What became of a phone. ``wave``: its number; 0 where it is not known. ``when``: a time in UTC, as text.
    ``lines``: the lines that were registered before, if it failed after that."""

    host: str
    state: str
    wave: int = 0
    text: str = ""
    when: str = ""
    lines: tuple[int, ...] = ()


class Journal:
    """The journal of one rollout. ``folder``: where journals are kept; ``plan``: the digest of the plan, or what
    names another job."""

    def __init__(self, folder: str, plan: str) -> None:
        self.path = os.path.join(folder, f"{plan}.journal")
        self._plan = plan

    def open(self) -> None:
        """Make the file, and see that lines can be added. Raises SettingsError."""
        try:
            os.makedirs(os.path.dirname(self.path) or ".", mode=0o700, exist_ok=True)
            self._write({"format": _FORMAT, "plan": self._plan}, sync=True)
        except OSError as error:
            raise _unusable(f"{self.path} can't be written: {error.strerror or error}") from error

    def begin_anew(self) -> None:
        """The same plan was made once more, because the phones differ again: what was done before no longer counts.
        Does nothing where there is no journal. Raises SettingsError."""
        if os.path.exists(self.path):
            self._write({"planned": self._plan, "time": _now()}, sync=True)

    def add(self, step: Step) -> None:
        """Write a step down. That a phone is begun is on the disk before this returns. Raises SettingsError."""
        text = safe(" ".join(step.text.split()))[:_LONGEST_TEXT]
        line = {"host": step.host, "state": step.state, "wave": step.wave, "time": step.when or _now()}
        more = {"text": text, "lines": list(step.lines)}
        self._write(line | {name: value for name, value in more.items() if value}, sync=step.state == BEGUN)

    def roll_back(self, hosts: Iterable[str]) -> None:
        """These have the values of before the plan again: of those that it was applied to, nothing is done any more.
        Does nothing where there is no journal. Raises SettingsError."""
        steps = self.steps()
        for host in hosts:
            if host in steps and steps[host].state not in (ROLLED_BACK, STALE, SKIPPED):
                self.add(Step(host, ROLLED_BACK, steps[host].wave, "given back with polycom.vvx.rollback"))

    def steps(self) -> dict[str, Step]:
        """The last step of each phone since the plan was made, with all lines that it has had until then, unless it is
        finished. Lines that nobody of this version wrote are ignored. Raises SettingsError."""
        try:
            content = read(self.path, _LARGEST)
        except FileError as error:
            raise _unusable(str(error)) from error
        found: dict[str, Step] = {}
        for line in (content or b"").split(b"\n"):
            record = _record(line)
            if record.get("planned") == self._plan:
                found.clear()
            elif (step := _step(record)) is not None:
                earlier = found.get(step.host)
                if earlier is not None and step.state not in FINISHED:
                    step = replace(step, lines=tuple(sorted({*earlier.lines, *step.lines})))
                found[step.host] = step
        return found

    def _write(self, record: dict[str, Any], sync: bool) -> None:
        try:
            append(self.path, json.dumps(record, sort_keys=True).encode("ascii") + b"\n", sync=sync)
        except FileError as error:
            raise _unusable(str(error)) from error


def latest(folder: str, kind: str) -> dict[str, Step]:
    """The last step of each phone in the journals of all jobs of this kind, whatever these were asked for. Raises
    SettingsError."""
    found: dict[str, Step] = {}
    for path in sorted(glob.glob(os.path.join(glob.escape(folder), f"{kind}-*.journal"))):
        for host, step in Journal(folder, os.path.basename(path).removesuffix(".journal")).steps().items():
            if host not in found or found[host].when <= step.when:
                found[host] = step
    return found


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
    return Step(host, state, wave, text, when, tuple(lines))


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
