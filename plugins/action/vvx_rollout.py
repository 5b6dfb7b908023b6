# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from ..module_utils._phone.errors import about
from ..plugin_utils import _ansible
from ..plugin_utils._console.sections import Section
from ..plugin_utils._deliver.login import from_environment
from ..plugin_utils._doors.base import checked
from ..plugin_utils._doors.layers import merge, roots_of
from ..plugin_utils._doors.walk import Walking, refuse_siteless
from ..plugin_utils._rollout import prepare
from ..plugin_utils._rollout.plan import Plan, desired_mark, entry_as_dict
from ..plugin_utils._rollout.plan_source import read_plan
from ..plugin_utils._rollout.run import APPLY


class ActionModule(Walking):
    spec = prepare.SPEC
    kind = APPLY

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        self.forget_walk()
        params = checked(self.spec, self.arguments(), self._task.action)
        self.refuse_batches("Leave serial out. The play with the filter rollout_batches has the waves.")
        hosts = [str(host) for host in task_vars["ansible_play_hosts_all"]]
        source = self.plan_source(params, task_vars)
        terms = self.terms(params, hosts, task_vars, source.folder)
        plan, key = read_plan(source, params["key"], from_environment(os.environ))
        prepare.refuse_another(plan, params["approved"] or "", source)
        sites = self._check(plan, key, hosts, task_vars, params["wave_by"] or "")
        everyone = _ansible.hosts_without_limit(task_vars["hostvars"], "all") or hosts
        place = prepare.Place(hosts, everyone, sites, self.journal(prepare.errand(plan)).steps())
        made = prepare.prepare(plan, terms, place, params)
        wishes = {host: entry_as_dict(plan.phones[host]) for wave in made.rollout.waves for host in wave.hosts}
        said = [Section(1, [f"The plan comes from {source}."])] if source.folder is None else []
        return {**self.started(made, wishes, terms.closed, said), "plan_id": plan.id, "plan_from": str(source)}

    def _check(
        self, plan: Plan, key: str, hosts: Sequence[str], task_vars: Mapping[str, Any], wave_by: str
    ) -> dict[str, str] | None:
        """Raises SettingsError unless the phones are still to get what the plan says. Returns their sites."""
        changed, sites = [], {}
        for host, variables in self.each([host for host in hosts if host in plan.phones], task_vars):
            entry = plan.phones[host]
            with about(host):
                if entry.desired:
                    merged = merge(plan.options.layers, variables, self._templar.template, roots_of(variables))
                    if desired_mark(key, host, merged.parameters) != entry.desired:
                        changed.append(host)
                if wave_by and plan.applicable(entry):
                    sites[host] = self.site(wave_by, variables)
        prepare.refuse_changed(changed)
        if not wave_by:
            return None
        refuse_siteless(wave_by, sites)
        return sites
