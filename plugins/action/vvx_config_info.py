# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.polycom.vvx.plugins.module_utils import _specs
from ansible_collections.polycom.vvx.plugins.module_utils._operations import config_info
from ansible_collections.polycom.vvx.plugins.plugin_utils._desired_action import SchemaAction


class ActionModule(SchemaAction):
    operation = staticmethod(config_info.run)
    portable = staticmethod(config_info.portable)
    spec = _specs.CONFIG_INFO
