# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..plugin_utils._console.tell import columns, tell
from ..plugin_utils._doors.fleet import FleetDoor
from ..plugin_utils._doors.storing import file_mode, put_all
from ..plugin_utils._report import audit, audit_text
from ..plugin_utils._report.reading import Reading
from ..plugin_utils._verdicts import Verdicts


class ActionModule(FleetDoor):
    spec = audit.SPEC

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        paths = self.paths({"details": params["details"]} if params["details"] else {})
        mode = file_mode(params["mode"])
        phones = audit.ordered(
            Reading(job.host, job.address, survey) for job, survey in self.survey(hosts, task_vars, [], params)
        )
        contents = {path: audit.details(phones).encode("utf-8", "replace") for path in paths.values()}
        files = put_all(contents, self._task.check_mode, mode)
        result = {"changed": any(file["changed"] for file in files), **audit.result(phones, params, files)}
        Verdicts().put(hosts, audit.verdicts(phones, params["fail_on"]))
        found = audit_text.text(phones, columns(self._display), params["details"])
        tell(self._display, f"{found}\n\n{result['msg']}" if found else result["msg"])
        warnings = audit.notices(phones, params["layers"])
        return {**result, "warnings": warnings} if warnings else result
