# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When to warn that a phone's certificate expires."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .argument_spec import ArgumentSpec
from .validate import between

LONGEST = 10_000
"""Days. Factory certificates last for thirty years."""

WARNING = ArgumentSpec({"certificate_warn_days": {"type": "int", "default": 30}})


def warn_days(params: Mapping[str, Any]) -> int:
    """Days before its end. Raises SettingsError for a number that makes no sense."""
    days: int = params["certificate_warn_days"]
    between("certificate_warn_days", days, 0, LONGEST, "days")
    return days
