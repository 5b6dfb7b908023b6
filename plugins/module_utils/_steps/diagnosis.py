# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of a diagnosis: what each is called, and which of them were not reached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

OK, WARNING, FAILED, NOT_CHECKED = "ok", "warning", "failed", "not checked"
DNS, TCP, TLS, CERTIFICATE, API, LOGIN = "DNS name", "TCP connection", "TLS", "certificate", "REST API", "login"
DEFAULT_PASSWORD, CLOCK, BOOT, FIRMWARE, LINES = "default password", "clock", "last boot", "firmware", "lines"
ORDER = (DNS, TCP, TLS, CERTIFICATE, API, LOGIN, DEFAULT_PASSWORD, CLOCK, BOOT, FIRMWARE, LINES)
"""All steps. ``line 1``, ``line 2``, ... take the place of ``lines`` where the phone tells of its lines."""
LINE = "line "


class Step(NamedTuple):
    """``outcome``: OK, WARNING, FAILED or NOT_CHECKED. ``found``: a sentence; empty if the step was not reached.
    ``remedy``: what to do; may be empty."""

    name: str
    outcome: str
    found: str = ""
    remedy: str = ""


def complete(steps: Iterable[Step]) -> list[Step]:
    """All steps in their order. Of two with one name the later counts; those that are missing were not checked."""
    found = {step.name: step for step in steps}
    lines = [step for name, step in found.items() if name.startswith(LINE)]
    named = [found.get(name) or Step(name, NOT_CHECKED) for name in ORDER]
    return [*named[:-1], *lines] if lines else named
