# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door for actions on all phones of a play: one process with a thread for each phone, no worker and no task for
each.

Such a task runs once for the whole play. Where each phone is and how to log in to it comes from the variables of its
host, as in all other tasks. What the task itself or ``module_defaults`` set applies to all phones and wins.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ...module_utils._options import connection
from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._options.connection import CONNECTION
from ...module_utils._options.validate import between, refuse_unfit, validated
from ...module_utils._parameters.knowledge import BUNDLED, Knowledge
from ...module_utils._phone.errors import ConnectionLost, PhoneError, Unreachable, about
from ...module_utils._phone.settings import Settings
from ...module_utils._steps import desired
from ...module_utils._steps.desired import LAYERED, SCHEMA
from ...module_utils._steps.secrets import MEMORY
from ...module_utils._steps.survey import Survey, survey
from .. import _ansible
from .._console import progress
from .._console.tell import tell
from .._console.words import count
from .._logins import RunLogins
from .._threads import Item, Outcome, sweep
from . import parameter_files, state
from .connection_options import PASSWORD_VARIABLES, ConnectionOptions, has_password
from .hosts import HostsDoor
from .layers import Merged, Shared, merge, roots_of
from .memory import KeptMemory
from .project import in_project
from .refusals import known_refusals
from .templating import templating

MOST_WORKERS = 1000
_OWN = ("host", "mac", "password", "password_next")
"""Texts that are another one for each phone, and valid as they are if they can be sent."""
_REMEDY = "Correct the variables of this host."
_PROGRESS_INTERVAL = 10.0
"""Seconds between two messages about the progress."""

ASKED = MEMORY.merge(ArgumentSpec({"workers": {"type": "int", "default": 128}}))
"""Options of all of them."""
FLEET = LAYERED.merge(ASKED)
"""Options of those that compare parameters."""


@dataclass(frozen=True)
class Job:
    """One phone to look at. ``settings``: None if the variables of its host are too wrong to ask it. ``desired``: what
    its parameters should be. ``trouble``: what is wrong with the variables. ``memory``: of its secrets, to be read
    only. ``options``: those of the task, with what its host says. ``knowledge``: of parameters. ``noted``: what
    ``note`` has kept of its variables. ``state_path``: where this controller remembers what it knows of the phone; None
    where nobody has set it."""

    host: str
    address: str
    settings: Settings | None
    desired: Merged
    trouble: PhoneError | None = None
    memory: KeptMemory | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    knowledge: Knowledge = BUNDLED
    noted: Mapping[str, Any] = field(default_factory=dict)
    state_path: str | None = None


class FleetDoor(HostsDoor):
    """Base of actions on all phones. A subclass defines ``look``. ``spec``: its own options, besides those of
    ``shared`` (FLEET or ASKED) and of the connection. ``per_host``: options that variables of each host may set where
    the task does not, with the names of these, best first."""

    shared: ClassVar[ArgumentSpec] = FLEET
    per_host: ClassVar[Mapping[str, Sequence[str]]] = {}

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        args = self.arguments()
        args.pop("host", None)  # from module_defaults of the group: it is the first phone's
        self._connection_args = {name: value for name, value in args.items() if name in CONNECTION.argument_spec}
        own = {name: value for name, value in args.items() if name not in CONNECTION.argument_spec}
        self._places: dict[str, tuple[str | None, str | None]] = {}
        self._connections: dict[str, dict[str, Any]] = {}
        self._shared_layers = Shared()
        self._options_of: dict[str, Mapping[str, Any]] = {}
        self._knowledge_of: dict[str, Knowledge] = {}
        self._open = {name: names for name, names in self.per_host.items() if name not in own}
        self._memory_args = {name: value for name, value in own.items() if name in MEMORY.argument_spec}
        params = validated(self.shared.merge(self.spec), own, action=self._task.action)
        between("workers", params["workers"], 1, MOST_WORKERS)
        _check_shared(self._connection_args)
        self.refuse_batches("Leave serial out, and set workers.")
        return self.look(params, list(task_vars["ansible_play_hosts_all"]), task_vars)

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """Do the task and return its result. May raise PhoneError."""
        raise NotImplementedError

    def note(self, host: str, said: ConnectionOptions) -> Mapping[str, Any]:
        """What to keep of the variables of a host, also of one that can't be asked."""
        return {}

    def wanted(self, host: str, said: ConnectionOptions, layers: Sequence[str], roots: tuple[str, ...]) -> Merged:
        """What the parameters of a phone should be: what its layers say. May raise PhoneError."""
        return merge(layers, said.variables, said.template, roots, self._shared_layers)

    def roots(self, variables: Mapping[str, Any]) -> tuple[str, ...]:
        """The folders that files are named relative to. ``variables``: of a host."""
        return roots_of(variables)

    def survey(
        self, hosts: Sequence[str], task_vars: Mapping[str, Any], subset: Sequence[str], params: Mapping[str, Any]
    ) -> Iterator[tuple[Job, Survey]]:
        """Look at all phones; yields each as soon as it has answered. ``params``: ``layers``, ``sensitive`` and
        ``workers``; also ``update_secrets`` and ``unknown_parameters``."""

        def look(job: Job) -> Survey:
            if job.settings is None:
                return Survey(error=job.trouble)
            wanted = job.desired
            found = survey(
                job.settings,
                subset,
                wanted.parameters,
                None,
                job.memory,
                wanted.origins,
                job.options.get("update_secrets", "on_create"),
                job.knowledge,
                job.options.get("unknown_parameters", "fail"),
            )
            found.error = found.error or job.trouble
            return found

        jobs = self._jobs(_spread(hosts), task_vars, params)
        swept = sweep(jobs, look, params["workers"])
        for job, found in self.counted(swept, len(hosts), lambda found: found.error):
            for warning in job.memory.warnings if job.memory else ():
                self._display.warning(warning)
            yield job, found

    def counted(
        self,
        swept: Iterator[tuple[int, Item, Outcome]],
        phones: int,
        error_of: Callable[[Outcome], PhoneError | None],
    ) -> Iterator[tuple[Item, Outcome]]:
        """Items and outcomes of a sweep of so many phones, while it is shown how many are done."""
        shown, board = time.monotonic(), progress.board
        if board is not None:
            board.begin(phones)
        for done, (_index, item, outcome) in enumerate(swept, 1):
            yield item, outcome
            if board is not None:
                board.count(_outcome(error_of(outcome)))
            elif time.monotonic() - shown > _PROGRESS_INTERVAL:
                shown = time.monotonic()
                tell(self._display, f"{done} of {count(phones, 'phone')}")

    def _jobs(self, hosts: Sequence[str], task_vars: Mapping[str, Any], params: Mapping[str, Any]) -> Iterator[Job]:
        """One after the other, as they are needed."""
        for host, said in self.said(hosts, task_vars):
            yield self._job(host, said, params)

    def said(self, hosts: Sequence[str], task_vars: Mapping[str, Any]) -> Iterator[tuple[str, ConnectionOptions]]:
        """What each host says, one after the other: its variables are read once and not kept."""
        # The connection's password is the first host's or the delegate's own if these have one: not for all phones.
        owners = (task_vars, _ansible.delegate_variables(task_vars, self._task.delegate_to))
        password = None if any(map(has_password, owners)) else _ansible.connection_password(self)
        for host, variables in self.each(hosts, task_vars):
            for name in PASSWORD_VARIABLES:
                if name in variables:
                    variables["ansible_password"] = variables[name]
                    break
            self.warn_of_names(variables)
            template, user = self._templar.template, self._task.remote_user
            yield host, ConnectionOptions(variables, variables, template, user, password)

    def _job(self, host: str, said: ConnectionOptions, params: Mapping[str, Any]) -> Job:
        address, settings, noted = host, None, self.note(host, said)
        try:
            with about(host):
                args = self.options(said)
            address = str(args.get("host") or host)
            with about(address):
                reach = self.reach(args)
                refusals = known_refusals(reach, self._memory_args, said)
                settings = connection.settings(reach, RunLogins(), refusals)
                options = self._own(said, params)
                layers, roots = options["layers"], self.roots(said.variables)
                self.warn_of_names(said.variables, layers)
                merged = self.wanted(host, said, layers, roots)
                known = self._knowledge(said, options["sensitive"])
                memory, state_path = self._memory(said, settings), self.place(said)[0]
                return Job(host, address, settings, merged, None, memory, options, known, noted, state_path)
        except PhoneError as error:
            return Job(host, address, settings, Merged(), error, options=params, noted=noted)

    def _own(self, said: ConnectionOptions, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """The options of the task, completed from the host's variables. Raises SettingsError."""
        found: dict[str, Any] = {}
        for option, names in self._open.items():
            value = next(filter(None, map(said.variable, names)), None)  # an empty list is none, as in the role
            if value is not None:
                found[option] = value
        if not found:
            return params
        given = repr(sorted(found.items()))
        if given not in self._options_of:  # to validate is slow, and most phones say the same
            options = self.shared.merge(self.spec).argument_spec
            spec = ArgumentSpec({name: options[name] for name in found})
            own = validated(spec, found, remedy="Correct the variables of this host.")
            self._options_of[given] = {**params, **own}
        return self._options_of[given]

    def _knowledge(self, said: ConnectionOptions, sensitive: Sequence[str] | None) -> Knowledge:
        """What the schema of the host's variables and ``sensitive`` say. Raises SettingsError and BadValues."""
        found = said.find("schema")
        given = repr((found and found.value, sensitive))
        if given not in self._knowledge_of:
            params = validated(SCHEMA, {"schema": found.value} if found else {})
            params = parameter_files.found(params, self._find_needle, self._templar.template, said.variables)
            self._knowledge_of[given] = desired.knowledge(params["schema"], sensitive, keep=False)
        return self._knowledge_of[given]

    def reach(self, args: Mapping[str, Any]) -> dict[str, Any]:
        """The connection options of a phone. Those that all phones have in common are validated once."""
        own = {name: args[name] for name in _OWN if isinstance(args.get(name), str)}
        refuse_unfit(CONNECTION.argument_spec, own, _REMEDY)
        others = {name: value for name, value in args.items() if name not in own}
        given = repr((sorted(others.items()), sorted(own)))
        if given not in self._connections:
            self._connections[given] = validated(CONNECTION, args, remedy=_REMEDY)
        return {**self._connections[given], **own}

    def _memory(self, said: ConnectionOptions, settings: Settings) -> KeptMemory:
        return KeptMemory(*self.place(said), settings, keep=False)

    def place(self, said: ConnectionOptions) -> tuple[str | None, str | None]:
        """Where this controller remembers what is known of a phone, and the key; None where nobody has set them. Raises
        SettingsError."""
        args = dict(self._memory_args)
        for name in MEMORY.argument_spec:
            if name not in args:
                with templating(f"the variable that says {name}"):
                    found = said.find(name)
                if found is not None:
                    args[name] = found.value
        given = repr(sorted(args.items()))
        if given not in self._places:  # to validate is slow, and all phones say the same
            options = validated(MEMORY, args, remedy=_REMEDY)
            path = options["state_path"]
            self._places[given] = path and in_project(path), options["secrets_key"]
        return self._places[given]

    def options(self, said: ConnectionOptions) -> dict[str, Any]:
        """The connection options of the task, completed from the host's variables and the command line."""
        options = dict(self._connection_args)
        for name in CONNECTION.argument_spec:
            if name not in options:
                found = said.find(name)
                if found is not None:
                    options[name] = found.value
        return options


def _spread(hosts: Sequence[str]) -> Sequence[str]:
    """In a job nothing is known of passwords that were refused in the one before: each would try a
    wrong one on the same first phones, until these lock the account. So each begins with others."""
    return random.sample(hosts, len(hosts)) if state.is_job() else hosts


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
