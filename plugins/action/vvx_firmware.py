# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ..plugin_utils._doors.firmware import FirmwareDoor


class ActionModule(FirmwareDoor):
    """Has all from its base."""
