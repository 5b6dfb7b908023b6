# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

from ..module_utils._options.argument_spec import ArgumentSpec
from ..module_utils._phone.errors import SettingsError
from ..plugin_utils._console.sections import folded
from ..plugin_utils._console.tell import columns, tell
from ..plugin_utils._doors.base import checked
from ..plugin_utils._doors.hosts import HostsDoor
from ..plugin_utils._rollout.run import Run
from ..plugin_utils._rollout.walking_text import said_of, stopped_before


class ActionModule(HostsDoor):
    spec = ArgumentSpec()

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        checked(self.spec, self.arguments(), self._task.action)
        run = Run()
        rollout, job = run.rollout(), run.of(str(task_vars["inventory_hostname"]))
        if rollout is None or job is None:
            raise SettingsError(
                "no rollout was prepared for this phone in this run.",
                remedy="Prepare one in a play before, and take the hosts from the filter rollout_hosts.",
            )
        wave = rollout.waves[job.wave - 1]
        reason = run.stopped()
        said = stopped_before(wave, rollout.waves, reason) if reason else said_of(wave, len(rollout.waves))
        tell(self._display, "\n".join(folded(said, columns(self._display), most=3)))
        return {
            "changed": False,
            "msg": said,
            "go_on": reason is None,
            "reason": reason or "",
            "wave": wave.number,
            "waves": len(rollout.waves),
            "canary": wave.canary,
            "site": wave.site,
            "phones": len(wave.hosts),
        }
