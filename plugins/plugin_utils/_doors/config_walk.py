# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door for one phone of a walk that sets parameters: what vvx_config does, with the options of the walk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...module_utils._operations import config
from ...module_utils._options.validate import validated
from ...module_utils._steps import config_report, desired
from ...module_utils._steps.desired import SCHEMA
from ...module_utils._steps.secrets import MEMORY
from .._rollout.run import Job
from .walked import WalkedDoor


class ConfigWalkedDoor(WalkedDoor):
    """Base of vvx_apply and vvx_revert."""

    operation = staticmethod(config.run)
    notice = staticmethod(config_report.restart_notice)
    portable = staticmethod(desired.portable)
    remembers = True
    module = "polycom.vvx.vvx_config"
    spec = MEMORY.merge(SCHEMA)
    required = True

    _supports_async = False

    @staticmethod
    def of_the_walk(job: Job, params: Mapping[str, Any]) -> dict[str, Any]:
        """The options of vvx_config: those of the walk, then those of the task, and what the journal knows. Layers are
        for the subclass, which says what is written and what is expected to be there."""
        own = {
            name: value for name, value in job.options.items() if name in config.SPEC.argument_spec and name != "layers"
        }
        return {
            **validated(config.SPEC, own),
            **params,
            "resume": job.resumed,
            "lines": list(job.lines),
            "check_busy": "before_write",
        }
