# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from ..module_utils._options.argument_spec import ArgumentSpec
from ..plugin_utils import _ansible
from ..plugin_utils._deliver.login import from_environment
from ..plugin_utils._doors.revert import ROLLBACK, SPEC, Reverting
from ..plugin_utils._rollout import plan_source
from ..plugin_utils._rollout.backups import texts
from ..plugin_utils._rollout.journal import Journal
from ..plugin_utils._rollout.plan_source import read_plan
from ..plugin_utils._rollout.prepare import elsewhere
from ..plugin_utils._rollout.reverting import targets_of
from ..plugin_utils._rollout.walking import Errand, Note


class ActionModule(Reverting):
    spec = plan_source.SPEC.merge(SPEC).merge(ArgumentSpec({"force": {"type": "bool", "default": False}}))
    kind = ROLLBACK

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        source = self.plan_source(params, task_vars)
        terms = self.terms(params, hosts, task_vars, source.folder)
        plan, _key = read_plan(source, params["key"], from_environment(os.environ))
        self._applied = Journal(self._folder, plan.id, terms.part)
        here = set(hosts)
        everyone = set(_ansible.hosts_without_limit(task_vars["hostvars"], "all") or hosts)
        changed = [host for host in plan.targets if host in here]
        entries = plan.phones
        secret = {host: [change.parameter for change in entries[host].changes if change.secret] for host in changed}
        notes = (
            Note(
                "outside",
                [h for h in plan.targets if h in everyone - here],
                "of the plan left out by --limit or vvx_hosts",
                False,
            ),
            elsewhere([host for host in plan.targets if host not in everyone], terms),
        )
        errand = Errand(
            ROLLBACK, plan.id, f"Rollback of plan {plan.id}", "to change back", "changed back by an earlier run"
        )
        targets, self._wrong = {}, {}
        for host in changed:
            known = targets_of(entries[host])
            good, self._wrong[host] = texts({name: target.value for name, target in known.items()})
            targets[host] = {name: target for name, target in known.items() if name in good}
        result = self.revert(errand, targets, secret, params, terms, task_vars, notes)
        return {**result, "plan_id": plan.id}

    def unfit(self, host: str) -> dict[str, str]:
        return self._wrong[host]

    def found_as_before(self, hosts: Sequence[str]) -> None:
        if not self._task.check_mode:
            self._applied.roll_back(hosts)
