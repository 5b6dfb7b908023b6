# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..module_utils._options.texts import words
from ..module_utils._options.validate import between
from ..plugin_utils import _ansible
from ..plugin_utils._console.tell import columns, tell
from ..plugin_utils._doors.fleet import FleetDoor
from ..plugin_utils._doors.journals import journals
from ..plugin_utils._doors.project import project_of
from ..plugin_utils._doors.slicing import SPEC as SLICING
from ..plugin_utils._doors.slicing import Slicing
from ..plugin_utils._doors.state import STATE_PATH, fleeting, in_awx
from ..plugin_utils._doors.storing import file_mode, put_all
from ..plugin_utils._doors.templating import templating
from ..plugin_utils._parts.gather import read_phones, told
from ..plugin_utils._parts.part import PLAN, now
from ..plugin_utils._rollout import making, plan_text, slices
from ..plugin_utils._rollout.journal import Journal
from ..plugin_utils._rollout.plan import Plan, check_key, dumps
from ..plugin_utils._rollout.plan_markdown import SIZES, markdown
from ..plugin_utils._rollout.plan_source import NO_JOURNAL, PACKED, pack
from ..plugin_utils._rollout.slices import Planned
from ..plugin_utils._values import plain
from ..plugin_utils._verdicts import Verdicts


class ActionModule(FleetDoor):
    spec = making.SPEC.merge(SLICING)

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        self._key = key = check_key(params["key"])
        variables, resolve = _ansible.extra_variables(task_vars["hostvars"]), self._loader.path_dwim
        slicing = Slicing.of(PLAN, params, slices.OPTIONS, variables, resolve)
        self._project = project_of(params["project"], _ansible.inventories(), resolve)
        if slicing.writes:
            return self._sliced(slicing, hosts, task_vars, params)
        between("markdown_size", params["markdown_size"], *SIZES)
        paths = self.paths({name: params[name] for name in ("path", "markdown") if params[name]})
        mode = file_mode(params["mode"])
        parts = slicing.gathered(hosts) if slicing.merges else []
        if slicing.merges:
            planned = list(read_phones(parts, hosts, Planned.of).values())
            made = max((part.made for part in parts), default=now())
        else:
            planned = list(self._planned(hosts, task_vars, params))
            made = now()
        remarks = making.Remarks(params["layers"])
        for each in planned:
            each.remark(remarks)
        time = f"{made.removesuffix('Z')}+00:00" if params["timestamp"] else None
        plan = making.make([each.entry for each in planned], params, time)
        content = dumps(plan, key)
        contents = {paths["path"]: content}
        packed = "" if self._task.check_mode else pack(content)
        if "markdown" in paths:
            contents[paths["markdown"]] = markdown(plan, paths["path"], params["markdown_size"]).encode()
        files = put_all(contents, self._task.check_mode, mode)
        if not self._task.check_mode:
            for folder in self._journals(os.path.dirname(paths["path"]), params, task_vars):
                Journal(folder, plan.id).begin_anew()
        verdicts = making.verdicts(plan, params["fail_on"], _ansible.is_limited())
        Verdicts().put({*hosts, *verdicts, making.NO_PHONE}, verdicts)
        self._show(plan, {name: _short(path) for name, path in paths.items()}, told(parts))
        notes = self._of_the_journal(plan, os.path.dirname(paths["path"]), params, task_vars)
        result = {
            "changed": any(file["changed"] for file in files),
            **making.result(plan, files, plan_text.brief(plan, notes), packed),
        }
        result |= told(parts, result["msg"])
        warnings = [*slicing.warnings, *notes, *remarks.texts()]
        if not packed and not self._task.check_mode and in_awx():
            warnings.append(
                f"The plan is too large for the artifact {PACKED}: deliver it to a folder or a URL (vvx_deliver_to), "
                "and give polycom.vvx.apply that place as vvx_plan."
            )
        return {**result, "warnings": warnings} if warnings else result

    def _planned(
        self, hosts: Sequence[str], task_vars: Mapping[str, Any], params: Mapping[str, Any]
    ) -> Iterator[Planned]:
        for job, found in self.survey(hosts, task_vars, [], params):
            wishes = job.desired.parameters
            entry = making.entry(job.host, job.address, wishes, found, self._key, self._project)
            yield Planned(entry, bool(wishes), tuple(found.warnings))

    def _sliced(
        self, slicing: Slicing, hosts: Sequence[str], task_vars: Mapping[str, Any], params: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Leave a part. Phones are marked after the merge."""
        phones = {each.entry.host: each.read() for each in self._planned(hosts, task_vars, params)}
        Verdicts().put(hosts, {})
        result = slicing.put(phones, now(), self._task.check_mode)
        tell(self._display, result["msg"])
        return result

    def roots(self, variables: Mapping[str, Any]) -> tuple[str, ...]:
        return (self._project,)

    def _journals(self, beside: str, params: Mapping[str, Any], task_vars: Mapping[str, Any]) -> list[str]:
        """The folders that may have the journal of this plan: ``polycom.vvx.apply`` has it ``beside`` the plan, also
        where that was delivered to, or in the state folder where the plan is handed over. Raises SettingsError."""
        if params["journal"]:
            return [str(self._loader.path_dwim(params["journal"]))]
        given = self._variable(STATE_PATH, task_vars)
        kept = [journals(given).path] if given else []  # without it, apply refuses such a plan
        to = self._variable("vvx_deliver_to", task_vars) or os.environ.get("VVX_DELIVER_TO", "")
        places = [place for each in (to if isinstance(to, list) else [to]) for place in words("to", str(each))]
        return [beside, *kept, *filter(os.path.isabs, places)]

    def _variable(self, name: str, task_vars: Mapping[str, Any]) -> Any:
        with templating(f"the variable {name}"):
            return plain(self._templar.template(task_vars.get(name)))

    def _of_the_journal(
        self, plan: Plan, folder: str, params: Mapping[str, Any], task_vars: Mapping[str, Any]
    ) -> list[str]:
        """What is to be said before anybody approves a plan that polycom.vvx.apply then refuses. ``folder``: of the
        plan."""
        if self._task.check_mode or not plan.targets or not fleeting(folder):
            return []
        kept = params["journal"] or params["state_path"] or task_vars.get(STATE_PATH)
        return [] if kept else [NO_JOURNAL]

    def _show(self, plan: Plan, paths: Mapping[str, str], merged: Mapping[str, Any]) -> None:
        place = plan_text.Place(
            paths["path"], paths.get("markdown", ""), _ansible.inventories(), written=not self._task.check_mode
        )
        said = [merged["msg"]] if merged else []
        tell(self._display, "\n".join([*plan_text.text(plan, columns(self._display), place), *said]))


def _short(path: str) -> str:
    """As seen from the working folder where that is shorter."""
    return min(path, os.path.relpath(path), key=len)
