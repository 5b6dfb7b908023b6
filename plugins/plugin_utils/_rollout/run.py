# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tasks of one rollout share: who changes in which wave, how many have failed, whether it has stopped.

Small files in the folder that Ansible makes for a run and deletes at its end: workers inherit the folder's name and
nothing else. A run may have several rollouts, one after another; each has a folder of its own.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import time
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._files import name_for
from .. import _ansible
from .._console.words import count
from .journal import BEGUN, SKIPPED, STALE, Journal, Step
from .waves import Wave

APPLY = "apply"
ROTATE = "rotate_passwords"
_SHARED = ("id", "folder", "closes", "window", "options", "kind", "part", "run")


@dataclass(frozen=True)
class Rollout:
    """One walk through phones. ``id``: of what is rolled out, such as the digest of a plan; empty if its preparation
    has failed. ``folder``: of the journal; None where none is written (check mode). ``closes``: when the maintenance
    window does, in seconds since 1970. ``options``: of the tasks on phones. ``kind``: of the job, such as apply.
    ``part``: of the slice of an AWX job; empty for a run that is none. ``run``: its number in the journal."""

    id: str
    waves: tuple[Wave, ...]
    folder: str | None = None
    closes: float | None = None
    window: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    kind: str = APPLY
    part: str = ""
    run: int = 0


@dataclass(frozen=True)
class Job:
    """What one phone gets. ``wish``: what is to be done, as JSON and never a secret. ``resumed``: an earlier run may
    have done a part of it; ``lines``: that were registered before that. ``options``: of the task, such as
    ``when_busy``. ``kind``: of the rollout."""

    host: str
    wish: Mapping[str, Any]
    wave: int
    resumed: bool
    options: Mapping[str, Any]
    lines: tuple[int, ...] = ()
    kind: str = APPLY


@dataclass(frozen=True)
class Looked:
    """Phones that were looked at before the waves were cut, and that are in none. ``settled``: those that have all
    already. ``lost``: those that could not be read: ``kind`` and ``text`` of what went wrong."""

    settled: Sequence[str] = ()
    lost: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def journal_name(kind: str, id: str) -> str:
    """What a journal is named after: a plan's is beside the plan, those of other jobs share a folder."""
    return id if kind == APPLY else f"{kind}-{id}"


class Run:
    """The rollout of this run that was begun last. ``folder``: set in tests."""

    def __init__(self, folder: str | None = None) -> None:
        self._root = folder or os.path.join(_ansible.run_folder(), "polycom.vvx.rollout")
        self._folder = os.path.join(self._root, f"{len(self._all()) or 1:04}")

    @classmethod
    def all(cls, folder: str | None = None) -> list[Run]:
        """All rollouts of this run, in their order."""
        last = cls(folder)
        found = []
        for name in last._all():
            run = cls(folder)
            run._folder = os.path.join(last._root, name)
            found.append(run)
        return found

    def begin(
        self,
        rollout: Rollout,
        wishes: Mapping[str, Mapping[str, Any]],
        resumed: Sequence[str] = (),
        lines: Mapping[str, Sequence[int]] = types.MappingProxyType({}),
        looked: Looked | None = None,
    ) -> None:
        """Make this the rollout of the run. ``wishes``: what each host of its waves gets, as JSON and without secrets.
        ``resumed``: those of which an earlier run may have done a part; ``lines``: that were registered before that.
        ``looked``: what was found of phones outside of the waves. Raises OSError."""
        self._folder = os.path.join(self._root, f"{len(self._all()) + 1:04}")
        os.makedirs(os.path.join(self._folder, "phones"), mode=0o700)
        halves = set(resumed)
        for wave in rollout.waves:
            for host in wave.hosts:
                job = {"wish": wishes[host], "wave": wave.number, "resumed": host in halves}
                self._write(self._path(host), {**job, "lines": list(lines.get(host, ()))})
        shared = {name: getattr(rollout, name) for name in _SHARED}
        shared["most"] = [wave.most for wave in rollout.waves]
        shared["sizes"] = [len(wave.hosts) for wave in rollout.waves]
        self._write("shared", shared)
        self._write("waves", [dataclasses.asdict(wave) for wave in rollout.waves])
        if looked is not None:
            self._write("looked", dataclasses.asdict(looked))

    def looked(self) -> Looked:
        """What was found of phones outside of the waves."""
        return Looked(**(self._read("looked") or {}))

    def rollout(self) -> Rollout | None:
        """The rollout; None if none was begun."""
        shared, waves = self._read("shared"), self._read("waves")
        if shared is None or waves is None:
            return None
        made = tuple(Wave(**{**wave, "hosts": tuple(wave["hosts"])}) for wave in waves)
        return Rollout(waves=made, **{name: shared[name] for name in _SHARED})

    def kind(self) -> str:
        """Of the rollout; empty if none was begun. It may have failed before it had any phones."""
        return str((self._read("shared") or {}).get("kind", ""))

    def is_prepared(self) -> bool:
        """Whether there is a rollout, and its preparation has not failed."""
        return bool((self._read("shared") or {}).get("id"))

    def hosts(self) -> list[str]:
        """All phones that change, wave by wave."""
        return [host for wave in self._read("waves") or [] for host in wave["hosts"]]

    def sizes(self) -> list[int]:
        """How many phones each wave has."""
        return list((self._read("shared") or {}).get("sizes", []))

    def of(self, host: str) -> Job | None:
        """What this phone gets; None for one that the rollout does not change."""
        found, shared = self._read(self._path(host)), self._read("shared")
        if found is None or shared is None:
            return None
        lines = tuple(found["lines"])
        return Job(host, found["wish"], found["wave"], found["resumed"], shared["options"], lines, shared["kind"])

    def journal(self) -> Journal | None:
        """The journal to write; None in check mode."""
        shared = self._read("shared")
        if not shared or not shared["folder"]:
            return None
        return Journal(shared["folder"], journal_name(shared["kind"], shared["id"]), shared["part"])

    def note(self, host: str, state: str, text: str = "", lines: Sequence[int] = ()) -> None:
        """Write down what became of a phone, unless in check mode. One that an earlier run has begun stays begun where
        nothing was written to it. ``lines``: that were registered before. Raises SettingsError if the journal can't be
        written."""
        journal, job = self.journal(), self._read(self._path(host))
        if journal is not None and job is not None:
            kept = BEGUN if job["resumed"] and state in (SKIPPED, STALE) else state
            run = (self._read("shared") or {}).get("run", 0)
            journal.add(Step(host, kept, job["wave"], text, lines=tuple(lines), run=run))

    def count_failure(self, wave: int) -> None:
        """A phone of this wave has failed. Raises OSError."""
        path = os.path.join(self._folder, f"failed-{wave}")
        with open(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab", buffering=0) as file:
            file.write(b"x")
        reason = self._failures(wave)
        if reason:
            self._stop(reason)

    def failed(self, wave: int) -> int:
        """How many phones of this wave have failed."""
        try:
            return os.stat(os.path.join(self._folder, f"failed-{wave}")).st_size
        except FileNotFoundError:
            return 0

    def stopped(self, now: float | None = None) -> str | None:
        """Why no further phone is begun, as the end of a sentence; None if the rollout goes on. A wave in which all
        phones failed stops it too: Ansible does not go on after that."""
        reason = self._read("stopped")
        if reason is not None:
            return str(reason)
        shared = self._read("shared") or {}
        closes = shared.get("closes")
        if closes is not None and (time.time() if now is None else now) >= closes:
            self._stop(f"the maintenance window ({shared['window']}) has closed")
            return self.stopped(now)
        return None

    def seconds_left(self, now: float | None = None) -> float | None:
        """Until the maintenance window closes; None if there is none."""
        closes = (self._read("shared") or {}).get("closes")
        return None if closes is None else max(0.0, closes - (time.time() if now is None else now))

    def _failures(self, wave: int) -> str:
        """What to say if that many may not fail."""
        shared = self._read("shared") or {}
        most, size, failed = shared["most"][wave - 1], shared["sizes"][wave - 1], self.failed(wave)
        if failed > most:
            limit = f"more than {most} may not" if most else "none may"
            return f"{failed} of {count(size, 'phone')} failed in wave {wave}, where {limit}"
        return f"all {count(size, 'phone')} of wave {wave} failed" if failed >= size else ""

    def _stop(self, reason: str) -> None:
        """The first reason counts."""
        draft = os.path.join(self._folder, f"stopped-{os.getpid()}")
        self._write(os.path.basename(draft), reason)
        with contextlib.suppress(FileExistsError):
            os.link(draft, os.path.join(self._folder, "stopped"))
        os.unlink(draft)

    def _all(self) -> list[str]:
        try:
            return sorted(os.listdir(self._root))
        except FileNotFoundError:
            return []

    def place(self, name: str) -> str:
        """The path of a folder for more that the tasks of this rollout share. It may not be there yet."""
        return os.path.join(self._folder, name)

    def _path(self, host: str) -> str:
        return os.path.join("phones", name_for(host))

    def _write(self, name: str, value: Any) -> None:
        path = os.path.join(self._folder, name)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            json.dump(value, file)

    def _read(self, name: str) -> Any:
        try:
            with open(os.path.join(self._folder, name), encoding="ascii") as file:
                return json.load(file)
        except FileNotFoundError:
            return None
