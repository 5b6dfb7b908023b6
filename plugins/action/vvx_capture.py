# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.polycom.vvx.plugins.module_utils import _specs
from ansible_collections.polycom.vvx.plugins.module_utils._operations import capture
from ansible_collections.polycom.vvx.plugins.plugin_utils._action import PhoneAction


class ActionModule(PhoneAction):
    operation = staticmethod(capture.run)
    spec = _specs.CAPTURE
