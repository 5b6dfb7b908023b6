# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ..module_utils._operations import config
from ..module_utils._steps import config_report, desired
from ..plugin_utils._doors.phone import PhoneDoor


class ActionModule(PhoneDoor):
    operation = staticmethod(config.run)
    notice = staticmethod(config_report.restart_notice)
    portable = staticmethod(desired.portable)
    remembers = True
    spec = config.SPEC
