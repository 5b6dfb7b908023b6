# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the journals are that are neither beside a plan nor in a folder that the task names."""

from __future__ import annotations

import dataclasses
import os

from .project import in_project
from .state import Spot, state_folder

FOLDER = "rollouts"
"""In the state folder."""


def journals(state_path: object) -> Spot:
    """Their folder. ``state_path``: where the controller remembers things; nothing if nobody has set that. Raises
    Unusable."""
    spot = state_folder(in_project(str(state_path)) if state_path else None)
    return dataclasses.replace(spot, path=os.path.join(spot.path, FOLDER))
