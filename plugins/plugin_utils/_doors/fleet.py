# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door for actions on all phones of a play: one process with a thread for each phone, no worker and no task for
each.

Such a task runs once for the whole play. Where each phone is and how to log in to it comes from the variables of its
host, as in all other tasks. What the task itself or ``module_defaults`` set applies to all phones and wins.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...module_utils._options import connection
from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._options.connection import CONNECTION
from ...module_utils._options.validate import between, validated
from ...module_utils._phone.errors import ConnectionLost, PhoneError, Unreachable, about
from ...module_utils._phone.settings import Settings
from ...module_utils._steps.desired import LAYERED
from ...module_utils._steps.secrets import MEMORY
from ...module_utils._steps.survey import Survey, survey
from .. import _ansible
from .._console import progress
from .._console.tell import tell
from .._console.words import count
from .._logins import RunLogins
from .._threads import sweep
from .connection_options import PASSWORD_VARIABLES, ConnectionOptions, has_password
from .hosts import HostsDoor
from .layers import Merged, merge, roots_of
from .memory import KeptMemory
from .refusals import known_refusals
from .templating import templating

MOST_WORKERS = 1000
_PROGRESS_INTERVAL = 10.0
"""Seconds between two messages about the progress."""

FLEET = MEMORY.merge(LAYERED).merge(
    ArgumentSpec(
        {
            "workers": {"type": "int", "default": 64},
        }
    )
)


@dataclass(frozen=True)
class Job:
    """One phone to look at. ``settings``: None if the variables of its host are too wrong to ask it. ``desired``: what
    its parameters should be. ``trouble``: what is wrong with the variables. ``memory``: of its secrets, to be read
    only."""

    host: str
    address: str
    settings: Settings | None
    desired: Merged
    trouble: PhoneError | None = None
    memory: KeptMemory | None = None


class FleetDoor(HostsDoor):
    """Base of actions on all phones. A subclass defines ``look``. ``spec``: its own options, besides FLEET and those
    of the connection."""

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        args = self.arguments()
        args.pop("host", None)  # from module_defaults of the group: it is the first phone's
        self._connection_args = {name: value for name, value in args.items() if name in CONNECTION.argument_spec}
        own = {name: value for name, value in args.items() if name not in CONNECTION.argument_spec}
        self._places: dict[str, tuple[str | None, str | None]] = {}
        self._memory_args = {name: value for name, value in own.items() if name in MEMORY.argument_spec}
        params = validated(FLEET.merge(self.spec), own, action=self._task.action)
        between("workers", params["workers"], 1, MOST_WORKERS)
        _check_shared(self._connection_args)
        self.refuse_batches("Leave serial out, and set workers.")
        return self.look(params, list(task_vars["ansible_play_hosts_all"]), task_vars)

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """Do the task and return its result. May raise PhoneError."""
        raise NotImplementedError

    def survey(
        self, hosts: Sequence[str], task_vars: Mapping[str, Any], subset: Sequence[str], params: Mapping[str, Any]
    ) -> Iterator[tuple[Job, Survey]]:
        """Look at all phones; yields each as soon as it has answered. ``params``: ``layers``, ``sensitive`` and
        ``workers``."""

        def look(job: Job) -> Survey:
            if job.settings is None:
                return Survey(error=job.trouble)
            wanted = job.desired
            found = survey(job.settings, subset, wanted.parameters, params["sensitive"], job.memory, wanted.origins)
            found.error = found.error or job.trouble
            return found

        shown, board = time.monotonic(), progress.board
        if board is not None:
            board.begin(len(hosts))
        jobs = self._jobs(hosts, task_vars, params["layers"])
        for done, (_index, job, found) in enumerate(sweep(jobs, look, params["workers"]), 1):
            for warning in job.memory.warnings if job.memory else ():
                self._display.warning(warning)
            yield job, found
            if board is not None:
                board.count(_outcome(found.error))
            elif time.monotonic() - shown > _PROGRESS_INTERVAL:
                shown = time.monotonic()
                tell(self._display, f"{done} of {count(len(hosts), 'phone')}")

    def _jobs(self, hosts: Sequence[str], task_vars: Mapping[str, Any], layers: Sequence[str]) -> Iterator[Job]:
        """One after the other, as they are needed: the variables of a host are read once and not kept."""
        # The connection's password is the first host's or the delegate's own if these have one: not for all phones.
        owners = (task_vars, _ansible.delegate_variables(task_vars, self._task.delegate_to))
        password = None if any(map(has_password, owners)) else _ansible.connection_password(self)
        for host, variables in self.each(hosts, task_vars):
            for name in PASSWORD_VARIABLES:
                if name in variables:
                    variables["ansible_password"] = variables[name]
                    break
            self.warn_of_names(variables)
            self.warn_of_names(variables, layers)
            said = ConnectionOptions(variables, variables, self._templar.template, self._task.remote_user, password)
            yield self._job(host, said, layers)

    def _job(self, host: str, said: ConnectionOptions, layers: Sequence[str]) -> Job:
        address, settings = host, None
        try:
            with about(host):
                args = self._options(said)
            address = str(args.get("host") or host)
            with about(address):
                params = validated(CONNECTION, args, remedy="Correct the variables of this host.")
                refusals = known_refusals(params, self._memory_args, said, self._loader.path_dwim)
                settings = connection.settings(params, RunLogins(), refusals)
                desired = merge(layers, said.variables, said.template, roots_of(said.variables))
                return Job(host, address, settings, desired, memory=self._memory(said, settings))
        except PhoneError as error:
            return Job(host, address, settings, Merged(), error)

    def _memory(self, said: ConnectionOptions, settings: Settings) -> KeptMemory:
        args = dict(self._memory_args)
        for name in MEMORY.argument_spec:
            if name not in args:
                with templating(f"the variable that says {name}"):
                    found = said.find(name)
                if found is not None:
                    args[name] = found.value
        given = repr(sorted(args.items()))
        if given not in self._places:  # to validate is slow, and all phones say the same
            options = validated(MEMORY, args, remedy="Correct the variables of this host.")
            path = options["state_path"]
            self._places[given] = path and self._loader.path_dwim(path), options["secrets_key"]
        return KeptMemory(*self._places[given], settings, keep=False)

    def _options(self, said: ConnectionOptions) -> dict[str, Any]:
        """The connection options of the task, completed from the host's variables and the command line."""
        options = dict(self._connection_args)
        for name in CONNECTION.argument_spec:
            if name not in options:
                found = said.find(name)
                if found is not None:
                    options[name] = found.value
        return options


def _outcome(error: PhoneError | None) -> str:
    if error is None:
        return "ok"
    return "unreachable" if isinstance(error, (ConnectionLost, Unreachable)) else "failed"


def _check_shared(args: Mapping[str, Any]) -> None:
    """Raises SettingsError for a wrong connection option of the task: it would be wrong for each phone."""
    options = CONNECTION.argument_spec
    checked = validated(ArgumentSpec({name: options[name] for name in args}), args)
    params = {name: option.get("default") for name, option in options.items()}
    params |= {name: value for name, value in checked.items() if value is not None}
    connection.shared_settings({**params, "password": params["password"] or "(each phone has its own)"})
