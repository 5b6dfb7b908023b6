# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

from ..module_utils._files import FileError
from ..module_utils._options.argument_spec import ArgumentSpec
from ..module_utils._phone.errors import SettingsError
from ..plugin_utils import _ansible
from ..plugin_utils._console.tell import columns, tell
from ..plugin_utils._doors.base import Door, checked
from ..plugin_utils._summary import current
from ..plugin_utils._summary.collect import COLLECTION, STATISTIC, Collector
from ..plugin_utils._summary.details import store
from ..plugin_utils._summary.digest import Digest, as_stats, digest
from ..plugin_utils._summary.registered import MODULES, fill
from ..plugin_utils._summary.text import Hints, first_line, restart_command, text
from ..plugin_utils._surveyed import Surveyed
from ..plugin_utils._values import plain

_WIDEST_BANNER = 79
_IN_LOCKSTEP = ("linear", "debug")
"""Strategies that end a task on all hosts before the next one begins."""


class ActionModule(Door):
    spec = ArgumentSpec(
        {
            "results": {"type": "str", "required": True},
            "module": {"type": "str", "choices": MODULES, "default": "vvx_config"},
            "path": {"type": "str"},
            "surveyed": {"type": "bool", "default": False},
        }
    )
    _supports_async = False

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        params = checked(self.spec, self.arguments(), self._task.action)
        if current.collector is not None:
            return {"skipped": True, "msg": "the summary is at the end of the run."}
        if not self._task.run_once:  # BYPASS_HOST_LOOP would make the strategy free refuse the whole play
            raise SettingsError("the task would run for each host.", remedy="Add run_once: true to it.")
        strategy = str(self._task.play.strategy).rpartition(".")[2]
        if strategy not in _IN_LOCKSTEP:
            remedy = "enable the callback polycom.vvx.summary instead."
            return {"skipped": True, "msg": f"with the strategy {strategy}, a task can't wait for all hosts: {remedy}"}
        hosts = list(map(str, task_vars["ansible_play_hosts_all"]))
        collector = Collector()
        survey = Surveyed().found() if params["surveyed"] else None
        if survey is not None:
            collector.settle(survey.settled, survey.skipped, check_mode=bool(self._task.check_mode))
        found = _ansible.registered(task_vars["hostvars"], hosts, params["results"])
        fill(
            collector,
            {host: plain(result) for host, result in found.items()},
            f"{COLLECTION}{params['module']}",
            going_on=set(map(str, task_vars["ansible_play_hosts"])),
            check_mode=bool(self._task.check_mode),
        )
        if not collector.phones:
            return {"skipped": True, "msg": f"no host of the play has registered {params['results']}."}
        made = digest(collector)
        hints, warnings = _stored(params["path"] or "", collector, made)
        more_to_come = len(found) < len(hosts) and bool(task_vars["ansible_play_batch"])
        lines = [first_line(made)] if more_to_come else text(made, columns(self._display), hints)
        tell(self._display, "\n".join([self._banner(), *lines, "", ""]))
        return {
            "changed": False,
            "msg": first_line(made),
            "ansible_stats": {
                "data": {STATISTIC: as_stats(made, hints.details)},
                "per_host": False,
                "aggregate": False,
            },
            **({"warnings": warnings} if warnings else {}),
        }

    def _banner(self) -> str:
        return f"\nSUMMARY {'*' * (min(columns(self._display), _WIDEST_BANNER) - 8)}"


def _stored(path: str, collector: Collector, made: Digest) -> tuple[Hints, list[str]]:
    """Write the files that the user wants. What can't be written is a warning."""
    restart = restart_command(_ansible.inventories())
    try:
        return store(path, collector, made, restart), []
    except FileError as error:
        return Hints(restart), [f"path: {error}."]
