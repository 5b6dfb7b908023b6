# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ..module_utils._operations import config
from ..plugin_utils._doors.parameter_files import DesiredAction


class ActionModule(DesiredAction):
    operation = staticmethod(config.run)
    spec = config.SPEC
