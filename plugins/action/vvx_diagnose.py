# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

from ..module_utils._operations import diagnose
from ..plugin_utils._console import diagnosis
from ..plugin_utils._console.tell import columns, tell
from ..plugin_utils._doors.phone import PhoneDoor

MANY = 5
"""In a play with more phones, one without failures and warnings gets one line."""


class ActionModule(PhoneDoor):
    operation = staticmethod(diagnose.run)
    spec = diagnose.SPEC

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        outcome = super().work(task_vars)
        if "steps" in outcome:
            name = outcome["host"] if self._task.args.get("host") else str(self._inventory_hostname)
            brief = len(task_vars.get("ansible_play_hosts", ())) > MANY
            tell(self._display, diagnosis.text(name, outcome, columns(self._display), brief))
        return outcome
