# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..plugin_utils._doors.revert import ROLLBACK, RevertDoor
from ..plugin_utils._rollout import journal
from ..plugin_utils._rollout.run import Job


class ActionModule(RevertDoor):
    def ended(self, outcome: Mapping[str, Any]) -> str:
        state = super().ended(outcome)
        job = self._job
        if job is not None and job.kind == ROLLBACK and state in journal.FINISHED and not self._task.check_mode:
            self._rolled_back(job)
        return state

    def _rolled_back(self, job: Job) -> None:
        """Let the plan be applied to this phone once more: its journal must not say that it is done."""
        rollout = self._run.rollout()
        if rollout is not None and rollout.folder is not None:
            journal.Journal(rollout.folder, rollout.id, rollout.part).roll_back([job.host])
