# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from ..module_utils._options.argument_spec import ArgumentSpec
from ..module_utils._phone.errors import SettingsError
from ..module_utils._text import clean
from ..plugin_utils import _ansible
from ..plugin_utils._doors.revert import RESTORE, SPEC, Reverting
from ..plugin_utils._rollout import backups
from ..plugin_utils._rollout.prepare import elsewhere
from ..plugin_utils._rollout.reverting import Target
from ..plugin_utils._rollout.walking import Errand, Note
from ..plugin_utils._values import plain


class ActionModule(Reverting):
    spec = ArgumentSpec({"from": {"type": "path", "required": True}}).merge(SPEC)
    kind = RESTORE

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        terms = self.terms(params, hosts, task_vars)
        path = str(self._loader.path_dwim(params["from"]))
        if not os.path.exists(path):
            raise SettingsError(f"from: {clean(path)} does not exist. Nothing was sent.", remedy="Correct vvx_from.")
        self._foreign: list[str] = []
        found = self._found(path, hosts, task_vars)
        targets, self._wrong = {}, {}
        for host, parameters in found.items():
            values, self._wrong[host] = backups.texts(parameters)
            targets[host] = {name: Target(value) for name, value in values.items()}
        missing = backups.without(hosts, found)
        notes = (
            Note("not_in_backup", missing, "of the play without a backup"),
            elsewhere(self._foreign, terms, "file"),
        )
        where = os.path.relpath(path) if len(os.path.relpath(path)) < len(path) else path
        errand = Errand(
            RESTORE,
            backups.identity(path),
            f"Restore from {clean(where)}",
            "to change back",
            "changed by an earlier run",
        )
        return self.revert(errand, targets, None, params, terms, task_vars, notes)

    def unfit(self, host: str) -> dict[str, str]:
        return self._wrong[host]

    def _found(self, path: str, hosts: Sequence[str], task_vars: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
        """The values of each host that has some. Notes hosts of the file that nobody knows."""
        if os.path.isdir(path):
            return {host: backups.parameters_of(files) for host, files in backups.files_of(path, hosts).items()}
        every = backups.snapshot(plain(self._loader.load_from_file(path)), path)
        found = {host: every[host] for host in hosts if host in every}
        everyone = set(_ansible.hosts_without_limit(task_vars["hostvars"], "all") or every)
        self._foreign = [host for host in every if host not in everyone]
        if hosts and not found:
            raise backups.nobody(path, hosts)
        return found
