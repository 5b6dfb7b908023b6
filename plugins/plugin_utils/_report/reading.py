# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the cells of a phone are made from: its survey, and what follows from it."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import cached_property
from typing import Any

from ...module_utils._certificates import Certificate
from ...module_utils._steps.firmware_path import is_behind, target_of
from ...module_utils._steps.survey import Survey

MANAGED = "managed"
"""The status of a phone that could be read."""

STATUSES = {
    "unreachable": "unreachable",
    "connection_lost": "unreachable",
    "timeout": "unreachable",
    "authentication_failed": "unauthorized",
    "not_tried": "unauthorized",
    "default_password": "default_password",
    "rest_disabled": "rest_off",
    "tls": "tls",
    "busy": "busy",
    "settings": "settings",
    "bad_values": "settings",
}
"""The status of a phone by the kind of its error; any other is ``error``."""


@dataclass(frozen=True)
class Pending:
    """A restart that a phone needs. ``since``: when the first of the ``parameters`` was written, in UTC."""

    since: datetime
    parameters: Sequence[str]


@dataclass(frozen=True)
class Reading:
    """One phone. ``targets``: the firmware that phones should have, by model; ``default`` is for all other models.
    ``warn_days``: before a certificate expires. ``now``: when it was read, in UTC. ``url``: of its web interface.
    ``unrestarted``: parameters after which this controller has not restarted the phone, and when each was written.
    ``own``: what the inventory says for columns of the user's own, by their names."""

    host: str
    address: str
    survey: Survey
    targets: Mapping[str, str] = field(default_factory=dict)
    warn_days: int = 30
    now: datetime = field(default_factory=functools.partial(datetime.now, timezone.utc))
    url: str | None = None
    unrestarted: Mapping[str, datetime] = field(default_factory=dict)
    own: Mapping[str, Any] = field(default_factory=dict)

    @property
    def device(self) -> Mapping[str, Any]:
        device: Mapping[str, Any] = self.survey.info.get("device", {})
        return device

    @property
    def lines(self) -> Sequence[Mapping[str, Any]]:
        lines: Sequence[Mapping[str, Any]] = self.survey.info.get("lines", ())
        return lines

    @cached_property
    def status(self) -> str:
        error = self.survey.error
        return MANAGED if error is None else STATUSES.get(error.kind, "error")

    @cached_property
    def target(self) -> str | None:
        if not self.device:
            return None
        return target_of(self.device.get("model", ""), self.targets)

    @cached_property
    def behind(self) -> bool | None:
        if not self.target or "firmware" not in self.device:
            return None
        return is_behind(self.device["firmware"], self.target)

    @property
    def labels(self) -> list[str] | None:
        if "lines" not in self.survey.info:
            return None
        return [str(line.get("label") or line.get("user") or line["line"]) for line in self.lines]

    @property
    def registered(self) -> list[int] | None:
        """How many lines are registered, and of how many the phone reports it."""
        known = [bool(line["registered"]) for line in self.lines if line.get("registered") is not None]
        return [sum(known), len(known)] if known else None

    @property
    def certificate(self) -> Certificate | None:
        """What the phone presents; None if that can't be read, and over plain HTTP."""
        found = self.survey.certificate
        return found if found is not None and found.subject is not None else None

    @cached_property
    def certificate_trouble(self) -> str | None:
        found = self.certificate
        return None if found is None else found.trouble(self.now, self.warn_days)

    @cached_property
    def booted(self) -> datetime | None:
        """When the phone has started, and not earlier: it tells whole seconds."""
        uptime = self.device.get("uptime_seconds")
        return None if uptime is None else self.now - timedelta(seconds=uptime)

    @cached_property
    def pending(self) -> Pending | None:
        """The restart that the phone still needs, as far as this controller knows. What a phone needs that can't be
        read is not known."""
        if self.status != MANAGED:
            return None
        booted = self.booted
        left = {name: when for name, when in self.unrestarted.items() if booted is None or when >= booted}
        return Pending(min(left.values()), sorted(left)) if left else None

    @cached_property
    def other_problems(self) -> list[str]:
        """Those without a name of their own."""
        problems = []
        if self.status == MANAGED:
            problems += [f"{name.replace('_', ' ')} could not be read" for name in self.survey.unreadable]
        if self.device.get("ready_to_use") is False:
            problems.append("not ready")
        return problems + [f"unknown parameter {name}" for name in self.survey.unknown]

    @cached_property
    def problems(self) -> list[str]:
        """Everything that is wrong, worst first, in words."""
        problems = [] if self.status == MANAGED else [self.status.replace("_", " ")]
        problems += [f"line {line['line']} is not registered" for line in self.lines if line.get("registered") is False]
        if self.survey.drift:
            problems.append("parameters differ")
        if self.behind:
            problems.append(f"firmware is behind {self.target}")
        if self.pending:
            problems.append("a restart is pending")
        if self.certificate_trouble:
            problems.append(f"certificate {self.certificate_trouble}")
        return problems + self.other_problems
