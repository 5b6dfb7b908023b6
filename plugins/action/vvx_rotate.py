# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ..plugin_utils._doors.rotate import RotateDoor


class ActionModule(RotateDoor):
    """Has all from its base."""
