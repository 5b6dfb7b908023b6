# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from ..module_utils._options.certificates import warn_days
from ..module_utils._options.validate import between
from ..module_utils._phone.errors import NotTried
from ..module_utils._steps.firmware_path import targets
from ..module_utils._steps.survey import Survey
from ..plugin_utils import _ansible
from ..plugin_utils._console.tell import columns as screen_columns
from ..plugin_utils._console.tell import tell
from ..plugin_utils._console.words import count
from ..plugin_utils._doors import pending_restarts
from ..plugin_utils._doors.connection_options import ConnectionOptions
from ..plugin_utils._doors.fleet import FleetDoor, Job
from ..plugin_utils._doors.host_values import HostValues
from ..plugin_utils._doors.pending_restarts import PendingRestarts
from ..plugin_utils._doors.slicing import SEALED, Slicing
from ..plugin_utils._doors.storing import alone, file_mode, put_all
from ..plugin_utils._parts.gather import read_phones, told
from ..plugin_utils._parts.part import REPORT, Part, now
from ..plugin_utils._report import earlier, history, report, report_text, slices
from ..plugin_utils._report.columns import COLUMNS, Column, own_columns
from ..plugin_utils._report.earlier import Earlier
from ..plugin_utils._report.formats import FORMATS
from ..plugin_utils._report.making import Run, make
from ..plugin_utils._report.markdown import MOST_PHONES
from ..plugin_utils._report.reading import Reading
from ..plugin_utils._report.rows import row
from ..plugin_utils._report.xlsx import check_library
from ..plugin_utils._verdicts import Verdicts


class ActionModule(FleetDoor):
    spec = report.SPEC.merge(SEALED)

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        variables = _ansible.extra_variables(task_vars["hostvars"])
        slicing = Slicing.of(REPORT, params, slices.REPORT_OPTIONS, variables, self._loader.path_dwim)
        if slicing.writes:
            return self._sliced(slicing, hosts, task_vars, params)
        paths = self.paths({name: params[name] for name in FORMATS if params[name]} | _history_path(params))
        kept_in = paths.pop("history", None)
        mode = file_mode(params["mode"])
        between("markdown_phones", params["markdown_phones"], 0, MOST_PHONES)
        if "xlsx" in paths:
            check_library()
        time = now()
        own = own_columns(params["columns"], task_vars["groups"])
        columns = (*COLUMNS, *own)
        self._asked_of_hosts(own)
        compared = self._report("previous", params)
        self._before(kept_in, compared, params)  # what is wrong with the files is said before phones are asked
        others = self._others(hosts, task_vars)
        parts = slicing.gathered(hosts) if slicing.merges else []
        if slicing.merges:
            rows, untried = self._merged(parts, columns, hosts, task_vars)
            time = min((part.made for part in parts), default=time)
        else:
            rows, untried = self._looked_at(columns, hosts, task_vars, params)
        with alone([*paths.values(), *filter(None, [kept_in])]):
            # Again: another report may have been written meanwhile.
            last, lines, warnings = self._before(kept_in, compared, params)
            run = Run(time, others, params["timestamp"], params["history_runs"] if kept_in else 0, untried)
            made = make(params["title"], rows.values(), columns, run, last, compared, lines)
            contents = {path: FORMATS[name](made.report, params) for name, path in paths.items()}
            if kept_in:
                contents[kept_in] = history.dumped(made.lines)
            files = [file for file in put_all(contents, self._task.check_mode, mode) if file["path"] != kept_in]
        Verdicts().put(hosts, report.verdicts(rows.values(), params["fail_on"]))
        merged = told(parts)
        text = report_text.text(made.told, files, screen_columns(self._display), self._task.check_mode)
        tell(self._display, "\n".join([text, *([merged["msg"]] if merged else [])]))
        warnings += [*slicing.warnings, *report.warnings(list(rows.values())), *self._values.warnings("columns")]
        if others and len(made.report["rows"]) == len(rows):
            missing = count(len(others), "phone")
            warnings.append(
                f"The play was limited (--limit), and no earlier JSON report has the other {missing}: they are missing."
            )
        return {
            "changed": any(file["changed"] for file in files),
            **report.result(made.told, files),
            **merged,
            "history": {"path": kept_in, "runs": len(made.lines)} if kept_in else None,
            **({"warnings": warnings} if warnings else {}),
        }

    def _asked_of_hosts(self, own: Sequence[Column]) -> None:
        """Set what the inventory says for these columns of the user's own."""
        self._grouped = {column.name: column for column in own if column.groups}
        self._values = HostValues({column.name: column.variable for column in own if column.variable})

    def _looked_at(
        self, columns: Sequence[Column], hosts: Sequence[str], task_vars: Mapping[str, Any], params: Mapping[str, Any]
    ) -> tuple[dict[str, dict[str, Any]], set[str]]:
        """The rows by host, and the hosts whose login was not tried."""
        self._pending: dict[str | None, PendingRestarts] = {}
        wanted, days = targets(params["target_firmware"]), warn_days(params)
        subsets = report.subsets(params["gather_subset"], params["columns"])
        rows: dict[str, dict[str, Any]] = {}
        untried = set()
        for job, survey in self.survey(hosts, task_vars, subsets, params):
            time = datetime.now(timezone.utc)  # phones say how long they run, and a whole fleet takes a while
            url, unrestarted = _web_interface(job), self._unrestarted(job, survey)
            reading = Reading(job.host, job.address, survey, wanted, days, time, url, unrestarted, own=job.noted)
            rows[job.host] = row(reading, columns)
            if isinstance(survey.error, NotTried):
                untried.add(job.host)
        return rows, untried

    def _sliced(
        self, slicing: Slicing, hosts: Sequence[str], task_vars: Mapping[str, Any], params: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Leave a part, without what the inventory says: the merge knows all of it, and marks the phones."""
        self._asked_of_hosts(())
        time, columns = now(), slices.read_columns((*COLUMNS, *own_columns(params["columns"])))
        rows, untried = self._looked_at(columns, hosts, task_vars, params)
        read = {host: slices.row_read(found, host in untried) for host, found in rows.items()}
        Verdicts().put(hosts, {})
        result = slicing.put(read, time, self._task.check_mode)
        tell(self._display, result["msg"])
        return result

    def _merged(
        self, parts: Sequence[Part], columns: Sequence[Column], hosts: Sequence[str], task_vars: Mapping[str, Any]
    ) -> tuple[dict[str, dict[str, Any]], set[str]]:
        """The rows of all parts by host, and the hosts whose login was not tried."""
        noted = {host: self.note(host, said) for host, said in self.said(hosts, task_vars)}
        rows = read_phones(parts, hosts, lambda host, read: slices.row_of(host, read, columns, noted[host]))
        untried = {host for part in parts for host, read in part.phones.items() if read["untried"]}
        return rows, untried

    def note(self, host: str, said: ConnectionOptions) -> dict[str, Any]:
        """The cells of columns from the inventory."""
        names = said.variables.get("group_names", ())
        cells: dict[str, Any] = {
            name: column.groups.cell(names, column.kind) for name, column in self._grouped.items() if column.groups
        }
        return cells | self._values.of(host, said)

    def _unrestarted(self, job: Job, survey: Survey) -> dict[str, datetime]:
        """What this controller remembers of restarts that the phone needs."""
        if job.settings is None:
            return {}
        kept = self._pending.setdefault(job.state_path, PendingRestarts(job.state_path))
        return kept.of(pending_restarts.names(job.settings, survey.info.get("device", {}).get("mac")))

    def _others(self, hosts: Sequence[str], task_vars: Mapping[str, Any]) -> set[str]:
        """The hosts of the play that --limit leaves out."""
        if not _ansible.is_limited():
            return set()
        pattern = self._templar.template(self._task.play.hosts)
        return {*_ansible.hosts_without_limit(task_vars["hostvars"], pattern)}.difference(hosts)

    def _before(
        self, kept_in: str | None, compared: dict[str, Any] | None, params: Mapping[str, Any]
    ) -> tuple[Earlier | None, list[history.Line], list[str]]:
        """The report that this one replaces or is compared with, the history so far, and what to warn of."""
        before = self._report("json", params) or compared
        lines, warnings = _lines(kept_in, before)
        return Earlier.found(before, lines) if before else None, lines, warnings

    def _report(self, option: str, params: Mapping[str, Any]) -> dict[str, Any] | None:
        """The report that an option names; None if there is none."""
        given = params[option]
        return earlier.read(option, given, self._loader.path_dwim(given)) if given else None


def _history_path(params: Mapping[str, Any]) -> dict[str, str]:
    """The file with the history, as an option; nothing if there is to be none."""
    between("history_runs", params["history_runs"], 0, report.MOST_RUNS)
    path = params["history"] or (params["json"] and history.beside(params["json"]))
    return {"history": path} if path and params["history_runs"] else {}


def _lines(path: str | None, before: Mapping[str, Any] | None) -> tuple[list[history.Line], list[str]]:
    """The history so far, and what to warn of. Where its file is gone, the report ``before`` still has some of it."""
    if path is None:
        return [], []
    lines, warnings = history.read(path)
    if lines is None:
        lines = before["history"] if before else []
    return lines, warnings


def _web_interface(job: Job) -> str | None:
    """Where people manage the phone: the web server that the REST API belongs to."""
    if job.settings is None:
        return None
    return f"{job.settings.base_url.removesuffix(f':{job.settings.default_port}')}/"
