# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Base of actions that look at all phones of a play in one process: a thread a phone, no worker, no task a phone.

Such a task runs once for the whole play. Where each phone is and how to log in to it comes from the variables of its host, as in all
other tasks, with what the task itself or ``module_defaults`` says (for all phones alike) before them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.utils.vars import load_extra_vars
from ansible_collections.polycom.vvx.plugins.module_utils import _options
from ansible_collections.polycom.vvx.plugins.module_utils._operations import survey
from ansible_collections.polycom.vvx.plugins.module_utils._operations.result import Result, as_dict, perform
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import PhoneError, SettingsError
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.plugin_utils._action import PhoneAction, plain
from ansible_collections.polycom.vvx.plugins.plugin_utils._fleet import sweep

MOST_WORKERS = 1000
_REPORT_EVERY = 10.0
"""Seconds from one word about the progress to the next."""


@dataclass(frozen=True)
class Job:
    """One phone to look at. ``outcome``: set where it can't even be asked. ``parameters``: what they should be."""

    host: str
    address: str
    settings: Settings | None
    parameters: Mapping[str, Any]
    outcome: Mapping[str, Any] | None = None


class FleetAction(PhoneAction):
    """A subclass defines ``look(params, hosts, task_vars) -> result``. ``spec``: its own options, without those of the connection."""

    BYPASS_HOST_LOOP = True
    _supports_async = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        task_vars = task_vars or {}
        super(PhoneAction, self).run(tmp, task_vars)
        self._inventory_hostname = None
        try:
            self._connection_args, own = self._split()
            params = self._own(own)
            return self.look(params, list(task_vars["ansible_play_hosts_all"]), task_vars)
        except PhoneError as error:
            return as_dict(Result(error=error))

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """What the action is about. May raise PhoneError."""
        raise TypeError(f"{type(self).__name__} has to say what to look at")

    def survey(
        self, hosts: Sequence[str], task_vars: Mapping[str, Any], subset: Sequence[str], params: Mapping[str, Any]
    ) -> Iterator[tuple[Job, Mapping[str, Any]]]:
        """Look at all phones, and tell of each as soon as it has answered: the result of ``survey.run``, or one with ``error``.

        ``params``: ``layers``, ``sensitive`` and ``workers``.
        """

        def look(job: Job) -> Mapping[str, Any]:
            if job.settings is None:
                return job.outcome or {}
            return perform(survey.run, job.settings, {**wished, "parameters": job.parameters}, check_mode=False)

        wished = {"subset": subset, "sensitive": params["sensitive"]}
        told = time.monotonic()
        for done, (_index, job, outcome) in enumerate(sweep(self._jobs(hosts, task_vars, params["layers"]), look, params["workers"]), 1):
            yield job, outcome
            if time.monotonic() - told > _REPORT_EVERY:
                told = time.monotonic()
                self._display.display(f"{done} of {len(hosts)} phones", stderr=True)

    def _split(self) -> tuple[dict[str, Any], dict[str, Any]]:
        args = {name: plain(value) for name, value in self._task.args.items() if value is not None and value != ""}
        names = _options.CONNECTION.argument_spec
        if "host" in args:
            raise SettingsError("host: this task looks at all phones of the play, and not at one.", remedy="Leave host out.")
        return {name: args[name] for name in args if name in names}, {name: args[name] for name in args if name not in names}

    def _own(self, args: Mapping[str, Any]) -> dict[str, Any]:
        validation = ArgumentSpecValidator(type(self).spec.argument_spec).validate(dict(args))
        if validation.error_messages:
            raise SettingsError("; ".join(message.rstrip(".") for message in validation.error_messages) + ".", remedy="")
        if not 1 <= validation.validated_parameters["workers"] <= MOST_WORKERS:
            raise SettingsError(f"workers has to be between 1 and {MOST_WORKERS}.", remedy="Correct workers.")
        return dict(validation.validated_parameters)

    def _jobs(self, hosts: Sequence[str], task_vars: Mapping[str, Any], layers: Sequence[str]) -> Iterator[Job]:
        """One after the other, as they are wanted: the variables of a host are read once, and not kept."""
        above = {**(self._task.play.get_vars() if self._task.play is not None else {}), **load_extra_vars(self._loader)}
        before = self._templar.available_variables
        validator = ArgumentSpecValidator(_options.CONNECTION.argument_spec)
        try:
            for host in hosts:
                variables = {**task_vars["hostvars"].raw_get(host), **above}
                self._templar.available_variables = variables
                yield self._job(host, variables, layers, validator)
        finally:
            self._templar.available_variables = before

    def _job(self, host: str, variables: Mapping[str, Any], layers: Sequence[str], validator: ArgumentSpecValidator) -> Job:
        address = host
        try:
            args = dict(self._connection_args)
            for name in _options.CONNECTION.argument_spec:
                if name not in args:
                    found = (value for _source, value in self._candidates(name, variables, set(variables)) if value is not None and value != "")
                    value = next(found, None)
                    if value is not None:
                        args[name] = value
            address = str(args.get("host") or host)
            validation = validator.validate(args)
            if validation.error_messages:
                raise SettingsError(f"{address}: {'; '.join(validation.error_messages)}", remedy="Correct the variables of this host.")
            parameters: dict[str, Any] = {}
            for layer in layers:
                wanted = plain(self._templar.template(variables.get(layer) or {}))
                if not isinstance(wanted, Mapping):
                    raise SettingsError(f"{address}: the variable {layer} is no dictionary.", remedy="Correct it.")
                parameters.update(wanted)
            return Job(host, address, _options.settings(validation.validated_parameters), parameters)
        except PhoneError as error:
            return Job(host, address, None, {}, as_dict(Result(error=error)))
        except Exception as error:  # whatever a template may raise; told of this phone, and no reason to leave out the others
            told = SettingsError(f"{address}: the variables of the host can't be read: {' '.join(str(error).split())}", remedy="Correct them.")
            return Job(host, address, None, {}, as_dict(Result(error=told)))
