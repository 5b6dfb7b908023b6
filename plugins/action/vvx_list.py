# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..module_utils._options.argument_spec import ArgumentSpec
from ..plugin_utils._console.tell import columns, tell
from ..plugin_utils._console.words import count
from ..plugin_utils._doors.base import checked
from ..plugin_utils._doors.hosts import HostsDoor
from ..plugin_utils._report import listing
from ..plugin_utils._values import plain


class ActionModule(HostsDoor):
    spec = ArgumentSpec()

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        checked(self.spec, self.arguments(), self._task.action)
        phones = {
            host: plain((variables.get("ansible_facts") or {}).get("vvx") or {})
            for host, variables in self.each(list(task_vars["ansible_play_hosts"]), task_vars)
        }
        tell(self._display, listing.text(phones, columns(self._display)))
        return {"changed": False, "msg": f"{count(len(phones), 'phone')}.", "phones": len(phones)}

    def warn_of_names(self, variables: Mapping[str, Any], layers: Sequence[str] = ()) -> None:
        """Not here: the task that gathers the facts does it."""
