# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the cells of a phone are made from: its survey, and what follows from it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ...module_utils._steps.survey import Survey

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
class Reading:
    """One phone. ``targets``: the firmware that phones should have, by model; ``default`` is for all other models."""

    host: str
    address: str
    survey: Survey
    targets: Mapping[str, str] = field(default_factory=dict)

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
        return "ok" if error is None else STATUSES.get(error.kind, "error")

    @cached_property
    def target(self) -> str | None:
        if not self.device:
            return None
        return self.targets.get(self.device.get("model", ""), self.targets.get("default"))

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

    @cached_property
    def problems(self) -> list[str]:
        problems = [] if self.status == "ok" else [self.status.replace("_", " ")]
        problems += [f"line {line['line']} is not registered" for line in self.lines if line.get("registered") is False]
        if self.status == "ok":
            problems += [f"{name.replace('_', ' ')} could not be read" for name in self.survey.unreadable]
        if self.device.get("ready_to_use") is False:
            problems.append("not ready")
        if self.behind:
            problems.append(f"firmware is behind {self.target}")
        if self.survey.drift:
            problems.append("parameters differ")
        return problems + [f"unknown parameter {name}" for name in self.survey.unknown]


def is_behind(firmware: str, target: str) -> bool:
    """Whether a version is older than another, part by part: 5.9.10 is newer than 5.9.9."""
    return _version(firmware) < _version(target)


def _version(text: str) -> list[int]:
    return [int(part) for part in re.findall(r"[0-9]{1,18}", text)]
