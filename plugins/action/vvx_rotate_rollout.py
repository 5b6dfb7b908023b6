# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ..module_utils._options import connection
from ..module_utils._options.argument_spec import ArgumentSpec
from ..module_utils._phone.errors import PhoneError, about
from ..plugin_utils._console.tell import tell
from ..plugin_utils._doors.changing import refuse_changing
from ..plugin_utils._doors.connection_options import ConnectionOptions
from ..plugin_utils._doors.fleet import ASKED, FleetDoor
from ..plugin_utils._doors.known_passwords import KnownPasswords
from ..plugin_utils._doors.refusals import known_refusals
from ..plugin_utils._doors.walk import Walking
from ..plugin_utils._logins import RunLogins
from ..plugin_utils._rollout import rotation
from ..plugin_utils._rollout.rotation import Target
from ..plugin_utils._rollout.run import ROTATE
from ..plugin_utils._threads import sweep


class ActionModule(Walking, FleetDoor):
    kind: ClassVar[str] = ROTATE
    whole: ClassVar[str] = "only a job with all phones can say when ansible_password may be set to the next one"
    spec = rotation.SPEC
    shared: ClassVar[ArgumentSpec] = ASKED

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        terms = self.terms(params, hosts, task_vars)
        self._store: tuple[str | None, str | None] = None, None
        targets = [self._target(host, said) for host, said in self.said(hosts, task_vars)]
        rotation.refuse_wrong(targets, params["min_length"])
        store = KnownPasswords(*self._store)
        if (missing := store.missing()) is not None and not self._task.check_mode:
            self._display.warning(
                f"{missing}. If this run is interrupted, the next one tries the password before first, and so may be "
                "refused once by each phone. Set ansible_vvx_state_path to a folder that lasts."
            )
        found = {
            target.host: each
            for target, each in self.counted(
                sweep(targets, rotation.look, params["workers"]), len(targets), lambda each: each.error
            )
        }
        sorting = rotation.sort({host: found[host] for host in hosts})
        mark = store.mark(*rotation.passwords(targets)) or secrets.token_hex(8)
        done = rotation.done_text(sorting, targets)
        result = self.begin_walk(
            rotation.errand(mark),
            {host: {} for host in sorting.get},
            dataclasses.replace(terms, options={**terms.options, "min_length": params["min_length"]}),
            params,
            task_vars,
            notes=rotation.notes(sorting),
            settled=sorting.have,
            lost=sorting.lost,
        )
        if done:
            tell(self._display, done)
        return {**result, "all_next": done is not None}

    def _target(self, host: str, said: ConnectionOptions) -> Target:
        address = host
        try:
            with about(host):
                args = self.options(said)
                if "password_next" not in self._connection_args:
                    refuse_changing(said, "password_next", args.get("password_next"))
            address = str(args.get("host") or host)
            with about(address):
                reach = self.reach(args)
                refusals = known_refusals(reach, self._memory_args, said)
                self._store = self.place(said)
                return Target(host, connection.settings(reach, RunLogins(), refusals))
        except PhoneError as error:
            return Target(host, trouble=error)
