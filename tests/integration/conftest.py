# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from pathlib import Path

import pytest

from support.fixtures import phone, start_fleet
from support.playbook import Playground

__all__ = ["phone", "playground", "start_fleet"]


@pytest.fixture
def playground(tmp_path: Path) -> Playground:
    """A folder to run playbooks in."""
    return Playground(tmp_path)
