# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from support import cases
from support.cases import Case, SharedRun
from support.discovery import site
from support.fixtures import StartFleet, phone, playground, shared_playground, start_fleet, start_shared_fleet
from support.playbook import Playground
from support.rollout_faults import row

__all__ = ["phone", "playground", "row", "shared_playground", "site", "start_fleet", "start_shared_fleet"]


@pytest.fixture(scope="module")
def run_cases(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> Callable[..., SharedRun]:
    """``run_cases(cases, *arguments, before=..., **environment)``: see support/cases.py."""

    def run(cases_: dict[str, Case], *arguments: str, **options: Any) -> SharedRun:
        return cases.run_cases(cases_, start_shared_fleet, shared_playground(), *arguments, **options)

    return run
