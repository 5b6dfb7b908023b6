# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened to one phone in a run: records of plain values."""

from __future__ import annotations

from dataclasses import dataclass, field

STATES = ("changed", "unchanged", "skipped", "failed", "unreachable", "not_begun")


@dataclass(frozen=True)
class Where:
    """Where a desired value comes from; what is not known is empty. ``line``: 0 if it is not known."""

    layer: str = ""
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.file and self.line else self.file
        return ", ".join(part for part in (self.layer, place) if part)


@dataclass(frozen=True)
class Change:
    """Of one parameter. ``before`` and ``after``: None for secrets."""

    before: str | None
    after: str | None
    where: Where = field(default_factory=Where)


@dataclass(frozen=True)
class Failure:
    """``kind``: as in the result's ``error``; "task" where Ansible itself failed. ``text``: what happened and what to
    do, without the phone's name. ``ignored``: the play went on."""

    kind: str
    text: str
    unreachable: bool = False
    ignored: bool = False


@dataclass
class Phone:
    """What happened to one inventory host.

    ``restart``: whether it needs one: no, unknown or yes. ``because``: the parameters that need it. ``done``: words of
    DONE. ``unknown``: parameters that it does not know and that were left out, each with similar names.
    ``skips``: why tasks left the phone alone. ``tasks``: how many there were; ``left_alone`` of them skipped.
    ``generation``: which password it has, next, before or unknown; empty where nobody has asked.
    ``not_begun``: why a rollout has ended before this phone; empty if it has not. ``device``: facts, see DEVICE.
    ``files``: path and size of what was backed up.
    """

    changed: bool = False
    changes: dict[str, Change] = field(default_factory=dict)
    secrets_written: dict[str, Where] = field(default_factory=dict)
    secrets_left: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    restart: str = "no"
    because: dict[str, str] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    skips: list[str] = field(default_factory=list)
    tasks: int = 0
    left_alone: int = 0
    not_begun: str = ""
    generation: str = ""
    state: str = ""
    device: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, int]] = field(default_factory=list)

    def verdict(self) -> str:
        """One of STATES, from the tasks alone."""
        counted = [failure for failure in self.failures if not failure.ignored]
        if counted:
            return "unreachable" if counted[-1].unreachable else "failed"
        if self.changed:
            return "changed"
        if self.not_begun:
            return "not_begun"
        return "skipped" if self.tasks and self.left_alone == self.tasks else "unchanged"
