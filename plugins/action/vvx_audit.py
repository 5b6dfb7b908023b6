# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..plugin_utils import _ansible
from ..plugin_utils._console.tell import columns, tell
from ..plugin_utils._doors.fleet import FleetDoor
from ..plugin_utils._doors.slicing import SEALED, Slicing
from ..plugin_utils._doors.storing import file_mode, put_all
from ..plugin_utils._parts.gather import read_phones, told
from ..plugin_utils._parts.part import AUDIT, now
from ..plugin_utils._report import audit, audit_text
from ..plugin_utils._report.reading import Reading
from ..plugin_utils._report.slices import AUDIT_OPTIONS, audit_of
from ..plugin_utils._verdicts import Verdicts


class ActionModule(FleetDoor):
    spec = audit.SPEC.merge(SEALED)

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        variables = _ansible.extra_variables(task_vars["hostvars"])
        slicing = Slicing.of(AUDIT, params, AUDIT_OPTIONS, variables, self._loader.path_dwim)
        if slicing.writes:
            return self._sliced(slicing, hosts, task_vars, params)
        paths = self.paths({"details": params["details"]} if params["details"] else {})
        mode = file_mode(params["mode"])
        parts = slicing.gathered(hosts) if slicing.merges else []
        phones = (
            audit.ordered(read_phones(parts, hosts, audit_of).values())
            if slicing.merges
            else self._looked_at(hosts, task_vars, params)
        )
        contents = {path: audit.details(phones).encode("utf-8", "replace") for path in paths.values()}
        files = put_all(contents, self._task.check_mode, mode)
        result = {"changed": any(file["changed"] for file in files), **audit.result(phones, params, files)}
        result |= told(parts, result["msg"])
        Verdicts().put(hosts, audit.verdicts(phones, params["fail_on"]))
        found = audit_text.text(phones, columns(self._display), params["details"])
        tell(self._display, f"{found}\n\n{result['msg']}" if found else result["msg"])
        warnings = [*slicing.warnings, *audit.notices(phones, params["layers"])]
        return {**result, "warnings": warnings} if warnings else result

    def _looked_at(
        self, hosts: Sequence[str], task_vars: Mapping[str, Any], params: Mapping[str, Any]
    ) -> list[Reading]:
        return audit.ordered(
            Reading(job.host, job.address, survey) for job, survey in self.survey(hosts, task_vars, [], params)
        )

    def _sliced(
        self, slicing: Slicing, hosts: Sequence[str], task_vars: Mapping[str, Any], params: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Leave a part. Phones are marked after the merge."""
        phones = self._looked_at(hosts, task_vars, params)
        Verdicts().put(hosts, {})
        result = slicing.put({phone.host: audit.detail(phone) for phone in phones}, now(), self._task.check_mode)
        tell(self._display, result["msg"])
        return result
