# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Base of actions that look at all phones of a play in one process: a thread a phone, no worker, no task a phone.

Such a task runs once for the whole play. Where each phone is and how to log in to it comes from the variables of its host, as in all
other tasks, with what the task itself or ``module_defaults`` says (for all phones alike) before them.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...module_utils._options import connection
from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._options.validate import between, validated
from ...module_utils._phone.errors import PhoneError, SettingsError
from ...module_utils._phone.settings import Settings
from ...module_utils._steps.result import Result, as_dict
from ...module_utils._steps.survey import Survey, survey
from .._threads import sweep
from .._values import plain
from .phone import _CONNECTION_PASSWORDS, PhoneAction
from .storing import check_dest

MOST_WORKERS = 1000
_LISTS = ("ansible_play_hosts", "ansible_play_hosts_all", "ansible_play_batch", "play_hosts")
_REPORT_EVERY = 10.0
"""Seconds from one word about the progress to the next."""


FLEET = ArgumentSpec(
    {
        "layers": {
            "type": "list",
            "elements": "str",
            "default": [
                "vvx_parameters_all",
                "vvx_parameters_model",
                "vvx_parameters_site",
                "vvx_parameters_group",
                "vvx_parameters_host",
            ],
        },
        "sensitive": {"type": "list", "elements": "str", "no_log": False},
        "workers": {"type": "int", "default": 64},
    }
)


@dataclass(frozen=True)
class Job:
    """One phone to look at. ``settings``: None where it can't even be asked. ``parameters``: what they should be. ``trouble``: what is wrong
    with the variables of its host."""

    host: str
    address: str
    settings: Settings | None
    parameters: Mapping[str, Any]
    trouble: PhoneError | None = None


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
            if [portion for portion in self._task.play.serial if str(portion) != "100%"]:
                raise SettingsError(
                    "serial: this task looks at all phones of the play at once.",
                    remedy="Leave serial out, and set workers.",
                )
            return self.look(params, list(task_vars["ansible_play_hosts_all"]), task_vars)
        except PhoneError as error:
            return as_dict(Result(error=error))

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """What the action is about. May raise PhoneError."""
        raise TypeError(f"{type(self).__name__} has to say what to look at")

    def survey(
        self, hosts: Sequence[str], task_vars: Mapping[str, Any], subset: Sequence[str], params: Mapping[str, Any]
    ) -> Iterator[tuple[Job, Survey]]:
        """Look at all phones, and tell of each as soon as it has answered: what was found.

        ``params``: ``layers``, ``sensitive`` and ``workers``.
        """

        def look(job: Job) -> Survey:
            if job.settings is None:
                return Survey(error=job.trouble)
            found = survey(job.settings, subset, job.parameters, params["sensitive"])
            found.error = found.error or job.trouble
            return found

        told = time.monotonic()
        for done, (_index, job, outcome) in enumerate(
            sweep(self._jobs(hosts, task_vars, params["layers"]), look, params["workers"]), 1
        ):
            yield job, outcome
            if time.monotonic() - told > _REPORT_EVERY:
                told = time.monotonic()
                self._display.display(f"{done} of {len(hosts)} phones", stderr=True)

    def paths(self, given: Mapping[str, str]) -> dict[str, str]:
        """Paths of files to write, made absolute, by option. Raises SettingsError, before a phone is asked, where one can't be written."""
        found = {option: self._loader.path_dwim(path) for option, path in given.items()}
        for option, path in found.items():
            check_dest(option, given[option], path)
        if len(set(found.values())) < len(found):
            raise SettingsError(
                f"{', '.join(found)}: two of them are the same file.", remedy="Give each a name of its own."
            )
        return found

    def _split(self) -> tuple[dict[str, Any], dict[str, Any]]:
        args = {name: plain(value) for name, value in self._task.args.items() if value is not None and value != ""}
        args.pop("host", None)  # from module_defaults of the group: it is the first phone's
        names = connection.CONNECTION.argument_spec
        return {name: args[name] for name in args if name in names}, {
            name: args[name] for name in args if name not in names
        }

    def _own(self, args: Mapping[str, Any]) -> dict[str, Any]:
        params = validated(FLEET.merge(type(self).spec), args)
        between("workers", params["workers"], 1, MOST_WORKERS)
        return params

    def _jobs(self, hosts: Sequence[str], task_vars: Mapping[str, Any], layers: Sequence[str]) -> Iterator[Job]:
        """One after the other, as they are wanted: the variables of a host are read once, and not kept."""
        hostvars = task_vars["hostvars"]
        before = self._templar.available_variables
        # Ansible has put the first host's own password there, if it has one: not for the other phones' eyes.
        self._is_users_password = _CONNECTION_PASSWORDS.isdisjoint(task_vars)
        try:
            for host in hosts:
                # Just what a task for this host would see. No public way leads there: hostvars knows neither play nor task.
                variables = hostvars._variable_manager.get_vars(
                    play=self._task.play,
                    host=hostvars._inventory.get_host(host),
                    task=self._task,
                    include_hostvars=False,
                    _hosts=[host],
                    _hosts_all=[host],
                )
                # The lists of all hosts, which Ansible would make anew for each.
                variables.update({name: task_vars[name] for name in _LISTS if name in task_vars})
                variables["hostvars"] = hostvars
                self._templar.available_variables = variables
                yield self._job(host, variables, layers)
        finally:
            self._templar.available_variables = before

    def _job(self, host: str, variables: Mapping[str, Any], layers: Sequence[str]) -> Job:
        address = host
        try:
            args = {**self._connection_args, **self._said(variables)}
            address = str(args.get("host") or host)
            settings = connection.settings(
                validated(connection.CONNECTION, args, remedy="Correct the variables of this host.")
            )
        except PhoneError as error:
            return Job(host, address, None, {}, error)
        try:
            return Job(host, address, settings, self._wished(address, variables, layers))
        except PhoneError as error:
            return Job(host, address, settings, {}, error)

    def _said(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The connection options that the host's variables set, and the command line."""
        said: dict[str, Any] = {}
        for name in connection.CONNECTION.argument_spec:
            if name in self._connection_args or (
                name == "password" and not self._is_users_password and not _has_password(variables)
            ):
                continue
            with _told_of(str(variables.get("inventory_hostname")), f"the variable that says {name}"):
                found = (
                    value
                    for _source, value in self._candidates(name, variables, set(variables))
                    if value is not None and value != ""
                )
                value = next(found, None)
            if value is not None:
                said[name] = value
        return said

    def _wished(self, address: str, variables: Mapping[str, Any], layers: Sequence[str]) -> dict[str, Any]:
        """What the parameters of the phone should be."""
        parameters: dict[str, Any] = {}
        for layer in layers:
            with _told_of(address, f"the variable {layer}"):
                wanted = self._filled(variables.get(layer) or {})
            if not isinstance(wanted, Mapping):
                raise SettingsError(f"{address}: the variable {layer} is no dictionary.", remedy="Correct it.")
            parameters.update(wanted)
        return parameters


def _has_password(variables: Mapping[str, Any]) -> bool:
    return not {"ansible_vvx_password", *_CONNECTION_PASSWORDS}.isdisjoint(variables)


@contextlib.contextmanager
def _told_of(host: str, what: str) -> Iterator[None]:
    """Whatever a template may raise, as an error of this phone. Its text is not shown, as it may hold what was to be filled in."""
    try:
        yield
    except Exception as error:
        undefined = re.search(r"'([A-Za-z_][\w.]*)' is undefined", str(error))
        why = f", because {undefined[1]!r} is undefined" if undefined else ""
        raise SettingsError(
            f"{host}: {what} can't be filled in{why}.", remedy="Correct the variables of this host."
        ) from None
