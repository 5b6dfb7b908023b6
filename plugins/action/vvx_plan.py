# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from typing import Any

from ..module_utils._options.validate import between
from ..plugin_utils import _ansible
from ..plugin_utils._console.tell import columns, tell
from ..plugin_utils._doors.fleet import FleetDoor
from ..plugin_utils._doors.project import project_of
from ..plugin_utils._doors.storing import file_mode, put_all
from ..plugin_utils._guards.phones import refuse_slice
from ..plugin_utils._rollout import making, plan_text
from ..plugin_utils._rollout.journal import Journal
from ..plugin_utils._rollout.plan import Entry, Plan, check_key, dumps
from ..plugin_utils._rollout.plan_markdown import SIZES, markdown
from ..plugin_utils._verdicts import Verdicts


class ActionModule(FleetDoor):
    spec = making.SPEC

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        key = check_key(params["key"])
        refuse_slice(_ansible.extra_variables(task_vars["hostvars"]), "a plan is of all phones, and so is its file")
        between("markdown_size", params["markdown_size"], *SIZES)
        paths = self.paths({name: params[name] for name in ("path", "markdown") if params[name]})
        mode = file_mode(params["mode"])
        self._project = project_of(params["project"], _ansible.inventories(), self._loader.path_dwim)
        entries: list[Entry] = []
        remarks = making.Remarks(params["layers"])
        for job, found in self.survey(hosts, task_vars, [], params):
            entries.append(making.entry(job.host, job.address, job.desired.parameters, found, key, self._project))
            remarks.add(job.host, job.desired.parameters, found)
        now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
        plan = making.make(entries, params, now if params["timestamp"] else None)
        contents = {paths["path"]: dumps(plan, key)}
        if "markdown" in paths:
            contents[paths["markdown"]] = markdown(plan, paths["path"], params["markdown_size"]).encode()
        files = put_all(contents, self._task.check_mode, mode)
        if not self._task.check_mode:
            folder = self._loader.path_dwim(params["journal"]) if params["journal"] else os.path.dirname(paths["path"])
            Journal(str(folder), plan.id).begin_anew()
        Verdicts().put(hosts, making.verdicts(plan, params["fail_on"]))
        self._show(plan, {name: _short(path) for name, path in paths.items()})
        result = {
            "changed": any(file["changed"] for file in files),
            **making.result(plan, files, plan_text.brief(plan)),
        }
        warnings = remarks.texts()
        return {**result, "warnings": warnings} if warnings else result

    def roots(self, variables: Mapping[str, Any]) -> tuple[str, ...]:
        return (self._project,)

    def _show(self, plan: Plan, paths: Mapping[str, str]) -> None:
        place = plan_text.Place(
            paths["path"], paths.get("markdown", ""), _ansible.inventories(), written=not self._task.check_mode
        )
        tell(self._display, "\n".join(plan_text.text(plan, columns(self._display), place)))


def _short(path: str) -> str:
    """As seen from the working folder where that is shorter."""
    return min(path, os.path.relpath(path), key=len)
