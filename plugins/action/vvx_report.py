# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..module_utils._files import FileError, read
from ..module_utils._phone.errors import SettingsError
from ..plugin_utils import _ansible
from ..plugin_utils._doors.fleet import FleetDoor
from ..plugin_utils._doors.storing import file_mode, put_all
from ..plugin_utils._report import report
from ..plugin_utils._report.columns import COLUMNS, own_columns
from ..plugin_utils._report.formats import FORMATS
from ..plugin_utils._report.reading import Reading
from ..plugin_utils._report.rows import row

_LARGEST = 500_000_000
"""Bytes of a report: 100,000 phones with all columns."""


class ActionModule(FleetDoor):
    spec = report.SPEC

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        paths = self.paths({name: params[name] for name in FORMATS if params[name]})
        mode = file_mode(params["mode"])
        targets = report.targets(params["target_firmware"])
        columns = (*COLUMNS, *own_columns(params["columns"]))
        subsets = report.subsets(params["gather_subset"], params["columns"])
        previous = self._previous("previous" if params["previous"] else "json", params)
        rows = (
            row(Reading(job.host, job.address, survey, targets), columns)
            for job, survey in self.survey(hosts, task_vars, subsets, params)
        )
        made = report.build(params["title"], rows, columns, previous)
        written = made if params["previous"] else report.repeat_last_changes(made, previous)
        contents = {path: FORMATS[name](written).encode("utf-8", "replace") for name, path in paths.items()}
        files = put_all(contents, self._task.check_mode, mode)
        result = {"changed": any(file["changed"] for file in files), **report.result(made, files)}
        if previous and made["changes"]["disappeared"] and _ansible.is_limited():
            result["warnings"] = [
                "The play was limited to some hosts (--limit), so the report shows all others as disappeared."
            ]
        return result

    def _previous(self, option: str, params: Mapping[str, Any]) -> dict[str, Any] | None:
        """The report to compare with, which this option names; None if the file does not exist."""
        path = params[option]
        if not path:
            return None
        remedy = "Give another file as previous, or move this one away."
        try:
            content = read(self._loader.path_dwim(path), _LARGEST)
            document: dict[str, Any] | None = None if content is None else json.loads(content)
        except FileError as error:
            raise SettingsError(f"{option}: {error}.", remedy=remedy) from error
        except (ValueError, RecursionError):
            raise SettingsError(f"{option}: {path} can't be read as a report: it is no JSON.", remedy=remedy) from None
        if content is None:
            return None
        if not report.is_report(document):
            raise SettingsError(f"{option}: {path} is not a report of this collection.", remedy=remedy)
        return document
