# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ..module_utils._phone.errors import PhoneError
from ..module_utils._steps.firmware_update import UPGRADE_SERVER
from ..plugin_utils._console.tell import columns
from ..plugin_utils._doors.firmware import PREPARE, shared
from ..plugin_utils._doors.fleet import FleetDoor
from ..plugin_utils._doors.layers import merge, roots_of
from ..plugin_utils._doors.walk import Walking
from ..plugin_utils._rollout import firmware
from ..plugin_utils._rollout.firmware import Found, Order, Sorting
from ..plugin_utils._rollout.journal import FINISHED, HALF_WRITTEN, latest


class ActionModule(Walking, FleetDoor):
    kind: ClassVar[str] = firmware.KIND
    spec = PREPARE

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        asked = firmware.order(params)
        terms = self.terms(params, hosts, task_vars)
        errand = asked.errand
        # Also of other tables: a phone that one has left half-way must not be forgotten because the table was mended.
        steps = latest(self._folder, firmware.KIND)
        begun = {host: step.lines for host, step in steps.items() if step.state in HALF_WRITTEN}
        reading = {**params, "layers": []}
        found: dict[str, Found | PhoneError] = {}
        for job, survey in self.survey(hosts, task_vars, ["device"], reading):
            device = survey.info.get("device", {})
            found[job.host] = survey.error or Found(device.get("model", ""), device.get("firmware", ""))
        sorting = firmware.sort(found, asked, begun)
        lines = {} if self._task.check_mode else self._lines(sorting, task_vars, reading)
        wishes = {
            host: update.wish({*lines.get(host, ()), *begun.get(host, ())}) for host, update in sorting.updates.items()
        }
        own = self.journal(errand).steps()
        elsewhere = [host for host in wishes if host in begun and (host not in own or own[host].state in FINISHED)]
        overruled = self._overruled(sorting, asked, params, task_vars)
        return self.begin_walk(
            errand,
            wishes,
            dataclasses.replace(terms, options={**terms.options, **shared(params)}),
            params,
            task_vars,
            notes=sorting.notes(overruled, elsewhere),
            said=[firmware.section(sorting, columns(self._display))],
            settled=[*sorting.right, *sorting.newer, *(host for each in sorting.aimless.values() for host in each)],
            lost=sorting.lost,
        )

    def _lines(
        self, sorting: Sorting, task_vars: Mapping[str, Any], reading: Mapping[str, Any]
    ) -> dict[str, list[int]]:
        """The registered lines of the phones to update, for the journal. Phones that no longer answer are lost."""
        lines: dict[str, list[int]] = {}
        for job, survey in self.survey(list(sorting.updates), task_vars, ["lines"], reading):
            if survey.error is not None:
                del sorting.updates[job.host]
                sorting.lost[job.host] = survey.error
            lines[job.host] = [line["line"] for line in survey.info.get("lines", ()) if line.get("registered")]
        return lines

    def _overruled(
        self, sorting: Sorting, asked: Order, params: Mapping[str, Any], task_vars: Mapping[str, Any]
    ) -> list[str]:
        """Phones whose desired parameters name another server than the one that they are pointed at."""
        if asked.servers is None:
            return []
        found = []
        for host, variables in self.each(list(sorting.updates), task_vars):
            wanted = merge(params["layers"], variables, self._templar.template, roots_of(variables)).parameters
            if UPGRADE_SERVER in wanted and wanted[UPGRADE_SERVER] != asked.last_server(sorting.updates[host].target):
                found.append(host)
        return found
