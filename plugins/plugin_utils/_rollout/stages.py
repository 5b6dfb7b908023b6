# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the phones of a wave are doing while tasks wait for them for minutes, so that a long wait does not look dead.

Workers know nothing of one another. Each writes what its phone does into a small file of its own; about once a minute,
one of them sums all of them up in a line.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from dataclasses import dataclass

from ...module_utils._files import name_for
from ...module_utils._text import clean
from .._console.words import count

INTERVAL = 60.0
"""Seconds between two lines."""
FINISHED = "finished"


@dataclass(frozen=True)
class Stage:
    """``since``: in seconds since 1970."""

    host: str
    what: str
    since: float


class Stages:
    """The stages of the phones of one wave. ``folder``: of its own; made here. ``phones``: how many the wave has; None
    if nobody knows. ``title``: what to call it, such as "Wave 2 of 3"."""

    def __init__(self, folder: str, phones: int | None = None, title: str = "") -> None:
        self._folder = folder
        self._phones = phones
        self._title = title
        os.makedirs(folder, mode=0o700, exist_ok=True)

    def note(self, host: str, what: str, now: float | None = None) -> str | None:
        """The phone does this now. Returns a line about all phones, if it is time for one. Raises OSError."""
        now = time.time() if now is None else now
        own = self._read(name_for(host))
        if own is None or own.what != what:
            self._write(Stage(host, what, now))
        return self.text(now) if self._is_due(now) else None

    def text(self, now: float) -> str:
        """All phones in a line."""
        stages = [stage for name in sorted(os.listdir(self._folder)) if (stage := self._read(name)) is not None]
        counts = Counter(stage.what for stage in stages)
        done = counts.pop(FINISHED, 0)
        total = count(len(stages) if self._phones is None else self._phones, "phone")
        parts = [f"{done} of {total} {FINISHED}", *(f"{many} {what}" for what, many in sorted(counts.items()))]
        busy = [stage for stage in stages if stage.what != FINISHED]
        if busy:
            oldest = min(busy, key=lambda stage: stage.since)
            parts[-1] += f"; longest: {clean(oldest.host)}, {_minutes(now - oldest.since)}"
        return f"{f'{self._title}: ' if self._title else ''}{', '.join(parts)}"

    def _is_due(self, now: float) -> bool:
        """Once in each interval, for one of all workers. The first begins with the first phone."""
        start = self._started(now)
        number = int((now - start) / INTERVAL)
        if number < 1:
            return False
        try:
            os.close(os.open(os.path.join(self._folder, f"said.{number}"), os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            return False
        return True

    def _started(self, now: float) -> float:
        path = os.path.join(self._folder, "started.at")
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write(repr(now))
                return now
        except FileExistsError:
            with open(path, encoding="ascii") as file:
                written = file.read()
            return float(written) if written else now

    def _write(self, stage: Stage) -> None:
        draft = os.path.join(self._folder, f"draft.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            json.dump([stage.host, stage.what, stage.since], file)
        os.replace(draft, os.path.join(self._folder, name_for(stage.host)))

    def _read(self, name: str) -> Stage | None:
        if name.startswith(("said.", "draft.", "started.")):
            return None
        try:
            with open(os.path.join(self._folder, name), encoding="ascii") as file:
                return Stage(*json.load(file))
        except FileNotFoundError:
            return None


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
