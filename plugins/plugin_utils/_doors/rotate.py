# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door for one phone that gets its next password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ...module_utils._operations import rotate
from ...module_utils._options.validate import validated
from ...module_utils._phone.settings import Settings
from .._refusals.run import RunRefusals
from .._rollout.run import ROTATE, Job
from .changing import refuse_changing
from .connection_options import ConnectionOptions
from .memory import KeptMemory
from .walked import WalkedDoor

_NEXT = "password_next"


class RotateDoor(WalkedDoor):
    """Base of vvx_rotate."""

    operation = staticmethod(rotate.run)
    kinds: ClassVar[tuple[str, ...]] = (ROTATE,)
    unprepared: ClassVar[tuple[str, str]] = (
        "nothing was prepared: vvx_rotate_rollout has failed in this run.",
        "Mend what it says, and run it again.",
    )
    left_out: ClassVar[str] = "the phone has its next password, or could not be asked"
    spec = rotate.SPEC
    tries_passwords = True

    def _options(self, task_vars: Mapping[str, Any]) -> tuple[ConnectionOptions, dict[str, Any], dict[str, str], bool]:
        said, args, sources, is_phone = super()._options(task_vars)
        if sources.get(_NEXT) != "task":
            refuse_changing(said, _NEXT, args.get(_NEXT))
        return said, args, sources, is_phone

    def wished(self, job: Job, params: dict[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        return {**params, **validated(rotate.SPEC, dict(job.options))}

    def _run_elsewhere(
        self,
        refusals: RunRefusals,
        settings: Settings,
        params: dict[str, Any],
        task_vars: dict[str, Any],
        memory: KeptMemory | None,
    ) -> dict[str, Any]:
        """The other host knows nothing of earlier runs, and can write nothing down here."""
        passwords, new = settings.passwords, settings.password_next
        if new and len(passwords) > 1:
            params["next_first"] = refusals.order(settings.base_url, settings.username, passwords)[0] == new
            if not self._task.check_mode:
                refusals.begun(settings.base_url, settings.username, new)
        return super()._run_elsewhere(refusals, settings, params, task_vars, memory)
