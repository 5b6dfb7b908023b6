# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ..module_utils._operations import password
from ..plugin_utils._doors.phone import PhoneDoor


class ActionModule(PhoneDoor):
    operation = staticmethod(password.run)
    spec = password.SPEC
    tries_passwords = True
