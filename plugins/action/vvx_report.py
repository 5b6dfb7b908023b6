# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from ..module_utils._files import FileError, read
from ..module_utils._phone.errors import SettingsError
from ..plugin_utils import _ansible
from ..plugin_utils._console.tell import columns as screen_columns
from ..plugin_utils._console.tell import tell
from ..plugin_utils._console.words import count
from ..plugin_utils._doors.fleet import FleetDoor
from ..plugin_utils._doors.storing import file_mode, put_all
from ..plugin_utils._report import report, report_text
from ..plugin_utils._report.columns import COLUMNS, Column, own_columns
from ..plugin_utils._report.formats import FORMATS
from ..plugin_utils._report.reading import Reading
from ..plugin_utils._report.rows import row
from ..plugin_utils._report.xlsx import check_library

_LARGEST = 500_000_000
"""Bytes of a report: 100,000 phones with all columns."""


class ActionModule(FleetDoor):
    spec = report.SPEC

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        paths = self.paths({name: params[name] for name in FORMATS if params[name]})
        mode = file_mode(params["mode"])
        if "xlsx" in paths:
            check_library()
        targets = report.targets(params["target_firmware"])
        columns = (*COLUMNS, *own_columns(params["columns"]))
        subsets = report.subsets(params["gather_subset"], params["columns"])
        previous = self._previous("previous" if params["previous"] else "json", params)
        others = self._others(hosts, task_vars)
        kept = self._kept(others, columns, previous, params) if others else []
        rows = [
            row(Reading(job.host, job.address, survey, targets), columns)
            for job, survey in self.survey(hosts, task_vars, subsets, params)
        ]
        made = report.build(params["title"], [*rows, *kept], columns, previous, others)
        written = made if params["previous"] else report.repeat_last_changes(made, previous)
        contents = {path: FORMATS[name](written, params) for name, path in paths.items()}
        files = put_all(contents, self._task.check_mode, mode)
        result = {"changed": any(file["changed"] for file in files), **report.result(made, files)}
        tell(self._display, report_text.text(made, files, screen_columns(self._display), self._task.check_mode))
        if others and not kept:
            missing = count(len(others), "phone")
            result["warnings"] = [
                f"The play was limited (--limit), and no earlier JSON report has the other {missing}: they are missing."
            ]
        return result

    def _others(self, hosts: Sequence[str], task_vars: Mapping[str, Any]) -> set[str]:
        """The hosts of the play that --limit leaves out."""
        if not _ansible.is_limited():
            return set()
        pattern = self._templar.template(self._task.play.hosts)
        return {*_ansible.hosts_without_limit(task_vars["hostvars"], pattern)}.difference(hosts)

    def _kept(
        self,
        hosts: set[str],
        columns: Sequence[Column],
        previous: dict[str, Any] | None,
        params: Mapping[str, Any],
    ) -> list[dict[str, Any]]:
        """The rows of these hosts in the report that is about to be replaced, or in the one to compare with."""
        found, option = previous, "previous" if params["previous"] else "json"
        if params["previous"] and (replaced := self._previous("json", params)):
            found, option = replaced, "json"
        if not found:
            return []
        written = datetime.fromtimestamp(os.stat(self._loader.path_dwim(params[option])).st_mtime, timezone.utc)
        return report.kept(found, hosts, columns, written.strftime("%Y-%m-%dT%H:%M:%SZ"))

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
