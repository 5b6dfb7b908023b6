# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ..module_utils._operations import reset
from ..plugin_utils._doors.phone import PhoneDoor


class ActionModule(PhoneDoor):
    operation = staticmethod(reset.run)
    remembers = True
    spec = reset.SPEC
