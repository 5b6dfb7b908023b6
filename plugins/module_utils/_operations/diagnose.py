# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Find out step by step why a phone can't be managed, and what to do about it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from .._options.certificates import WARNING, warn_days
from .._phone.api import Phone
from .._steps.diagnosis import FAILED, FIRMWARE, Step, complete
from .._steps.diagnosis_network import name, port, tls, web_server
from .._steps.diagnosis_phone import login
from .._steps.result import Result

SPEC = WARNING


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Returns ``steps`` (name, outcome, found, remedy), all of them; ``manageable``; ``host``; ``mac`` and ``booted``,
    if the phone tells; and ``msg``, the failure or what the phone is. A phone that can't be managed does not fail the
    task. One login is tried, once."""
    device: dict[str, Any] = {}
    steps = complete(_steps(phone, warn_days(params), device))
    failed = next((step for step in steps if step.outcome == FAILED), None)
    about = failed or next(step for step in steps if step.name == FIRMWARE)
    remedy = failed.remedy if failed else ""
    return Result(
        values={
            "host": phone.host,
            "manageable": failed is None,
            "msg": f"{phone.host}: {about.found} {remedy}".strip(),
            "mac": device.get("mac"),
            "booted": device.get("booted"),
            "steps": [step._asdict() for step in steps],
        }
    )


def _steps(phone: Phone, days: int, device: dict[str, Any]) -> Iterator[Step]:
    """Each check depends on those before it: the first failure is the last step. ``device``: takes what the phone tells
    of itself."""
    checks = (functools.partial(tls, warn_days=days), web_server, functools.partial(login, device=device))
    for check in (name, port, *checks):
        for step in check(phone):
            yield step
            if step.outcome == FAILED:
                return
