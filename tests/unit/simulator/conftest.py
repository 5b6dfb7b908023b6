# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fleet per test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]

from fleet_client import Client, StartFleet, StartPhone  # noqa: E402
from simulator import Fleet, PhoneSpec, Switches, running_fleet  # noqa: E402


@pytest.fixture
def start_fleet() -> Iterator[StartFleet]:
    with ExitStack() as stack:

        def start(*args: Any, **options: Any) -> Fleet:
            return stack.enter_context(running_fleet(*args, **{"boot_seconds": 0.05, **options}))

        yield start


@pytest.fixture
def start_phone(start_fleet: StartFleet) -> StartPhone:
    """One phone; what isn't a field of PhoneSpec is a switch."""

    def start(**options: Any) -> Client:
        options = {"answer_seconds": 0.03, "restart_delay": 0.03, **options}
        switches = {name: options.pop(name) for name in list(options) if name in Switches.__slots__}
        fleet = start_fleet([PhoneSpec(switches=Switches(**switches), **options)], control=False)
        return Client(fleet.phones[0], password=options.get("admin_password", "correct-horse"))

    return start


@pytest.fixture
def client(start_phone: StartPhone) -> Client:
    return start_phone()
