# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door for one phone of a rollout: it sets what the plan says and nothing else, and keeps the journal.

A plan has no values of secrets, so that all values come from the inventory; they have to be those of the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...module_utils._parameters.listing import listed
from ...module_utils._parameters.origins import as_plain
from ...module_utils._phone.errors import SettingsError
from ...module_utils._steps import desired
from ...module_utils._steps.desired import ORIGINS
from ...module_utils._steps.text import value_shown
from .._rollout.plan import Entry, entry_of
from .._rollout.run import APPLY, Job
from . import parameter_files
from .config_walk import ConfigWalkedDoor
from .layers import Merged, merge, roots_of


class ApplyDoor(ConfigWalkedDoor):
    """Base of vvx_apply: what vvx_config does, with the options of the rollout."""

    kinds = (APPLY,)
    unprepared = (
        "no plan is being rolled out.",
        "Run polycom.vvx.apply, or vvx_rollout earlier in the same run.",
    )
    left_out = "the plan does not change the phone, or an earlier run has done so"

    def wished(self, job: Job, params: dict[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        entry = entry_of(job.host, job.wish)
        merged = merge(job.options["layers"], task_vars, self._templar.template, roots_of(task_vars))
        asked = {
            **self.of_the_walk(job, params),
            **_wish(entry, merged),
            "expected": {each.parameter: {"value": each.before, "source": each.source} for each in entry.changes},
        }
        asked = parameter_files.found(asked, self._find_needle, self._templar.template, task_vars)
        _refuse_others(entry, asked, keep=not self._task.check_mode)
        return asked


def _wish(entry: Entry, merged: Merged) -> dict[str, Any]:
    """Of the desired parameters, those that the plan changes. Raises SettingsError if one is missing."""
    names = [change.parameter for change in entry.changes]
    if missing := [name for name in names if name not in merged.parameters]:
        raise _outdated(missing)
    origins = {name: merged.origins[name] for name in names if name in merged.origins}
    return {"parameters": {name: merged.parameters[name] for name in names}, ORIGINS: as_plain(origins)}


def _refuse_others(entry: Entry, params: Mapping[str, Any], keep: bool) -> None:
    """Raises SettingsError if a desired value is not the plan's. vvx_rollout has compared them all, secrets included; a
    template may have given another value since."""
    values = desired.read(params, keep=keep).values
    altered = [
        change.parameter
        for change in entry.changes
        if not change.secret and value_shown(values[change.parameter]) != change.after
    ]
    if altered:
        raise _outdated(altered)


def _outdated(names: list[str]) -> SettingsError:
    return SettingsError(
        f"the variables no longer give the value of the plan to {listed(names)}. Nothing was sent.",
        remedy="Make a new plan.",
    )
