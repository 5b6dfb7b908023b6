# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The doors of a firmware update: the options of the task that prepares it, and the door for one phone, which takes
minutes and says what is waited for."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ...module_utils._operations import firmware
from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._options.validate import validated
from ...module_utils._steps.firmware_update import AWAY_STAGE, LOOKING, STARTING
from .. import _ansible
from .._console.tell import tell
from .._rollout.firmware import KIND
from .._rollout.run import Job
from .._rollout.stages import FINISHED, Stages
from .._rollout.walking import WALK
from .walked import WalkedDoor

_OWN = ("server", "hops", "trigger", "allow_downgrade", "server_after", "watch", "install_timeout")
PREPARE = WALK.merge(
    ArgumentSpec(
        {
            "target_firmware": {"type": "dict", "required": True},
            **{name: firmware.SPEC.argument_spec[name] for name in _OWN},
        }
    )
)
"""The options of vvx_firmware_rollout."""
_CALL = "waiting for a call to end"
_LINES = "registering lines"


class FirmwareDoor(WalkedDoor):
    """Base of vvx_firmware."""

    operation = staticmethod(firmware.run)
    kinds: ClassVar[tuple[str, ...]] = (KIND,)
    left_out: ClassVar[str] = "the phone needs no other firmware, or an earlier run has seen to it"
    spec = firmware.SPEC

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        self._stages: Stages | None = None
        self._said = ""
        try:
            return super().work(task_vars)
        finally:
            if self._stages is not None:
                self._note(FINISHED)

    def wished(self, job: Job, params: dict[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        known = {name: value for name, value in job.options.items() if name in firmware.SPEC.argument_spec}
        lines = sorted({*job.wish["lines"], *job.lines})
        asked = {**known, "target_firmware": {"default": job.wish["target"]}, "lines": lines}
        return {**params, **validated(firmware.SPEC, asked)}

    def lines_of(self, job: Job) -> Sequence[int]:
        return tuple(job.wish["lines"])

    def say(self, text: str) -> None:
        """At -v, each stage once; at any verbosity, a line about all phones each minute."""
        stage = text.partition(": ")[2].partition(", up to ")[0]
        if stage != self._said:
            self._said = stage
            super().say(text)
        self._note(_stage(stage))

    def _note(self, stage: str) -> None:
        if self._stages is None:
            self._stages = self._wave()
        line = self._stages.note(str(self._inventory_hostname), stage)
        if line is not None:
            tell(self._display, line)

    def _wave(self) -> Stages:
        folder = os.path.join(_ansible.run_folder(), "polycom.vvx.stages")
        if self._job is None:
            return Stages(os.path.join(folder, "own"))
        sizes = self._run.sizes()
        wave = self._job.wave
        return Stages(self._run.place(f"stages-{wave}"), sizes[wave - 1], f"Wave {wave} of {len(sizes)}")


def shared(params: Mapping[str, Any]) -> dict[str, Any]:
    """What all tasks on phones get, besides what a walk gives them. ``params``: of PREPARE."""
    return {name: params[name] for name in _OWN}


def _stage(said: str) -> str:
    """What the phones of a wave are counted by."""
    if said in (AWAY_STAGE, LOOKING, STARTING):
        return said
    if said.startswith("the phone is "):
        return _CALL
    return _LINES if " to register " in said else STARTING
