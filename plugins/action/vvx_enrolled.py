# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

from ..module_utils._options.argument_spec import ArgumentSpec
from ..plugin_utils._doors.base import Door, checked
from ..plugin_utils._verdicts import Notes


class ActionModule(Door):
    spec = ArgumentSpec()
    _supports_async = False

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        checked(self.spec, self.arguments(), self._task.action)
        found = Notes("enrolled").of(str(task_vars["inventory_hostname"]))
        if found is None:
            return {"skipped": True, "msg": "polycom.vvx.vvx_enroll has not looked at this phone in this run."}
        return dict(found)
