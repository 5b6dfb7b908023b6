# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ansible.errors import AnsibleError

from ..plugin_utils._console.tell import tell
from ..plugin_utils._doors import surveyed
from ..plugin_utils._doors.fleet import FleetDoor
from ..plugin_utils._surveyed import Surveyed


class ActionModule(FleetDoor):
    spec = surveyed.SPEC
    per_host: ClassVar[Mapping[str, Sequence[str]]] = {
        name: (f"configure_{name}", f"vvx_{name}") for name in ("layers", "update_secrets", "unknown_parameters")
    }

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Never fails: without a survey, each phone gets a task."""
        Surveyed().forget()
        try:
            outcome = super().run(tmp, task_vars)
        except AnsibleError as error:
            outcome = {"failed": True, "msg": str(error)}
        if not outcome.get("failed"):
            return outcome
        Surveyed().forget()
        text = f"{surveyed.NO_SURVEY}: {outcome['msg']}"
        known = {"error": outcome["error"]} if "error" in outcome else {}
        return {"changed": False, "surveyed": False, "msg": text, **known, "warnings": [text]}

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        here = set(task_vars["ansible_play_hosts"])
        phones = [host for host in hosts if host in here]  # the others have failed before
        tally = surveyed.Tally([str(part) for part in self._task.play.hosts], phones)
        for job, survey in self.survey(phones, task_vars, [], params):
            tally.add(job.host, job.settings, job.options, survey)
        Surveyed().put(tally.found(), tally.lost)
        result = tally.result()
        tell(self._display, result["msg"])
        return {**result, "warnings": tally.warnings} if tally.warnings else result
