# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ..module_utils._operations import diagnose
from ..module_utils._phone.settings import Settings
from ..module_utils._steps.diagnosis import BOOT, WARNING, Step
from ..plugin_utils._console import diagnosis
from ..plugin_utils._console.tell import columns, tell
from ..plugin_utils._console.words import some
from ..plugin_utils._doors import pending_restarts
from ..plugin_utils._doors.pending_restarts import PendingRestarts
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

    def completed(self, outcome: dict[str, Any], settings: Settings, restarts: Callable[[], PendingRestarts]) -> None:
        """Adds the step ``restart`` after that of the last boot, if this controller knows that one is pending."""
        if not outcome.get("manageable"):
            return
        unrestarted = restarts().of(pending_restarts.names(settings, outcome["mac"]))
        booted = outcome["booted"] and datetime.fromisoformat(outcome["booted"].replace("Z", "+00:00"))
        left = {name: when for name, when in unrestarted.items() if booted is None or when >= booted}
        if left:
            since = f"{min(left.values()):%Y-%m-%d %H:%M} UTC"
            found = f"pending since {since}, for {some(left)}. Until then, the phone works with its former values."
            step = Step("restart", WARNING, found, "Run the playbook restart, or restart the phone by hand.")
            place = next(place for place, each in enumerate(outcome["steps"], 1) if each["name"] == BOOT)
            outcome["steps"].insert(place, step._asdict())
