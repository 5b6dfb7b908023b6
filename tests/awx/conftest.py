# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Iterator

import pytest

from awx.controller import Controller
from awx.objects import WRAPPERS
from awx.role import play
from support.fixtures import phone, playground, shared_playground, start_fleet, start_shared_fleet

__all__ = ["phone", "play", "playground", "shared_playground", "start_fleet", "start_shared_fleet"]


@pytest.fixture
def controller() -> Iterator[Controller]:
    """An AWX with nothing in it but what every new one has."""
    with Controller(WRAPPERS) as running:
        yield running
