# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..module_utils._options.texts import words
from ..plugin_utils import _ansible
from ..plugin_utils._console.tell import tell
from ..plugin_utils._doors.base import Door, checked
from ..plugin_utils._guards import guard
from ..plugin_utils._surveyed import Surveyed
from ..plugin_utils._values import plain


class ActionModule(Door):
    spec = guard.SPEC

    _supports_async = False

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        params = checked(self.spec, self.arguments(), self._task.action)
        Surveyed().forget()  # a new playbook begins
        extra = _ansible.extra_variables(task_vars["hostvars"])
        given = frozenset(map(str, [*extra, *self._task.play.get_vars()]))
        own = self._value(task_vars, "vvx_own") or []
        situation = guard.Situation(
            hosts=[str(host) for host in task_vars["ansible_play_hosts_all"]],
            extra=extra,
            given=given,
            filled=[
                name for name in ["vvx_hosts", *params["required"]] if self._value(task_vars, name) not in (None, "")
            ],
            limited=_ansible.is_limited(),
            alone=_ansible.playbooks_asked() == (f"polycom.vvx.{params['playbook']}",),
            own=[str(name) for name in (own if isinstance(own, list) else words("vvx_own", str(own)))],
        )
        result, warnings = guard.check(params, situation)
        if (params["name_phones"] or params["count_phones"]) and [self._inventory_hostname] == situation.hosts[:1]:
            tell(self._display, result["msg"])
        return {**result, "warnings": warnings} if warnings else result

    def warn_of_names(self, variables: Mapping[str, Any], layers: Sequence[str] = ()) -> None:
        """Not here: the tasks behind this one do it, or have better words for it."""

    def _value(self, task_vars: dict[str, Any], name: str) -> Any:
        return plain(self._templar.template(task_vars.get(name)))
