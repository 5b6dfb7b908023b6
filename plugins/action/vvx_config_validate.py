# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ..module_utils._operations import config_validate
from ..plugin_utils._doors.offline import OfflineDoor


class ActionModule(OfflineDoor):
    operation = staticmethod(config_validate.run)
    spec = config_validate.SPEC
