# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Simulated fleets, and folders to run playbooks in, for a test or for all tests that share a run."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, Phone, PhoneSpec, running_fleet

from .playbook import Playground

StartFleet = Callable[..., Fleet]


def _starting_fleets() -> Iterator[StartFleet]:
    """Starts fleets that end with the generator. A phone that saw a violation (two requests at once, a torn group, ...)
    fails the test, whatever the test itself asserts."""
    with contextlib.ExitStack() as stack:
        fleets: list[Fleet] = []

        def start(*specs: PhoneSpec, **options: Any) -> Fleet:
            fleet = stack.enter_context(running_fleet(list(specs) or [PhoneSpec()], **{"control": False, **options}))
            fleets.append(fleet)
            return fleet

        yield start
        violations = [violation for fleet in fleets for violation in fleet.violations]
    assert violations == []


@pytest.fixture
def start_fleet() -> Iterator[StartFleet]:
    """Starts fleets that end with the test."""
    yield from _starting_fleets()


@pytest.fixture(scope="module")
def start_shared_fleet() -> Iterator[StartFleet]:
    """Starts fleets that end with the test file."""
    yield from _starting_fleets()


@pytest.fixture
def phone(start_fleet: StartFleet) -> Phone:
    """One phone on plain HTTP, with the current firmware."""
    return start_fleet(tls=False).phones[0]


@pytest.fixture
def playground(tmp_path: Path) -> Playground:
    """A folder to run playbooks in."""
    return Playground(tmp_path)


@pytest.fixture(scope="module")
def shared_playground(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Playground]:
    """Makes folders for shared runs."""
    return lambda: Playground(tmp_path_factory.mktemp("shared"))
