# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door for actions on one phone: the operation runs in the controller's own worker, which saves a process for each
phone and task.

If the task is delegated to another host (a jump host near the phones), the same operation runs there as a module.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import gc
import os
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Protocol

from ...module_utils._options import connection
from ...module_utils._options.connection import CONNECTION
from ...module_utils._phone import tls
from ...module_utils._phone.errors import SettingsError, about
from ...module_utils._phone.settings import Settings
from ...module_utils._steps import backup, desired
from ...module_utils._steps.result import CONTENTS, LOGIN, MEMO, Operation, Result, as_dict, perform
from ...module_utils._steps.secrets import MEMORY, memo_of
from .. import _ansible
from .._logins import RunLogins
from .._refusals.run import RunRefusals
from .._summary import current
from . import layers, parameter_files, pending_restarts, surveyed
from .base import Door, checked
from .connection_options import ConnectionOptions, has_password
from .memory import KeptMemory
from .pending_restarts import PendingRestarts
from .project import in_project
from .refusals import attempt, kept_where, known_refusals
from .storing import check_dest, store
from .variable_names import LOCAL_CONNECTION, OUR_CONNECTION, set_by_user

# Built here once, so that every forked worker inherits them: loading certificates costs more than the requests do.
for _usual in (tls.TlsSettings(ca_path=os.environ.get("VVX_CA_PATH") or None), tls.TlsSettings(validate_certs=False)):
    with contextlib.suppress(SettingsError):  # the task reports it, with the phone's name
        tls.context(_usual)


class Notice(Protocol):
    """What to say of the values of a result, in the same words for all phones; None for nothing."""

    def __call__(self, values: Mapping[str, Any]) -> str | None: ...


class PhoneDoor(Door):
    """Base of actions on one phone.

    ``operation``: what the action does. ``portable``: set if the module has the option ``schema`` or ``src``.
    ``remembers``: set if the module has the options of MEMORY. With the option ``remembered``, its operation takes
    ``memory``. ``notice``: says something where no summary of the run does. ``tries_passwords``: set if it has other
    passwords, and finds out which one the phone takes. ``module``: what runs on another host; None for the task's own.
    """

    operation: ClassVar[Operation]
    portable: ClassVar[parameter_files.Portable | None] = None
    remembers: ClassVar[bool] = False
    notice: ClassVar[Notice | None] = None
    tries_passwords: ClassVar[bool] = False
    module: ClassVar[str | None] = None

    _supports_async = True

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        said, args, sources, is_phone = self._options(task_vars)
        params = checked(self.spec, args, self._task.action)
        with about(params["host"]):
            refusals = known_refusals(params, params, said)
            settings = connection.settings(params, RunLogins(), refusals)
            params = self._place_files(self.prepared(params, task_vars))
            runs_here = self._runs_here(settings.host, sources.get("host", ""))
            if type(self).portable is not None:
                params = parameter_files.found(params, self._find_needle, self._templar.template, task_vars)
            memory = self._memory(settings, params) if type(self).remembers else None
            began = time.time()
            lost = surveyed.already_lost(params, settings, str(self._inventory_hostname)) if runs_here else None
            outcome = lost or (
                self._run_here(settings, params, memory)
                if runs_here
                else self._run_elsewhere(refusals, settings, params, task_vars, memory)
            )
            restarts = functools.partial(_restarts, params, said)
            self.completed(outcome, settings, restarts)
            if not self._task.check_mode and pending_restarts.matters(outcome):
                phone = pending_restarts.names(settings, memory.mac if memory else None)
                warning = restarts().heed(phone, outcome, began)
                if warning is not None:
                    self._display.warning(warning)
        if is_phone and isinstance(outcome.get("diff"), dict):
            outcome["diff"] |= dict.fromkeys(("before_header", "after_header"), str(self._inventory_hostname))
        if current.diffs_once and "restart_required" in outcome:  # the summary shows what differs
            outcome.pop("diff", None)
        if not is_phone and outcome.pop("unreachable", False):
            outcome["failed"] = True  # unreachable would end the play for a host that asks many phones in a loop
        return outcome

    def prepared(self, params: dict[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """The options as the operation takes them. May raise PhoneError: nothing has been sent yet."""
        if not layers.takes_layers(self.spec):
            return params
        self.warn_of_names(task_vars, params["layers"])
        return layers.applied(params, self._task.args.get("parameters"), task_vars, self._templar.template)

    def completed(self, outcome: dict[str, Any], settings: Settings, restarts: Callable[[], PendingRestarts]) -> None:
        """Adds to a result what the controller knows. ``restarts``: that phones still need."""

    def _options(self, task_vars: Mapping[str, Any]) -> tuple[ConnectionOptions, dict[str, Any], dict[str, str], bool]:
        """Where options come from; the task's arguments, completed from the inventory and the command line; the source
        of each connection option; and whether the inventory host is the phone. -vv shows the sources, never the
        values."""
        verbose = self._display.verbosity >= 2
        delegate = _ansible.delegate_variables(task_vars, self._task.delegate_to)
        said = ConnectionOptions(
            task_vars,
            set_by_user(
                self._task, task_vars, self._connection.ansible_name, self._loader, self._templar, exact=verbose
            ),
            self._templar.template,
            self._task.remote_user,
            None if has_password(delegate) else _ansible.connection_password(self),
        )
        names = [*CONNECTION.argument_spec]
        if type(self).portable is not None:
            names += parameter_files.VARIABLES
        if type(self).remembers:
            names += MEMORY.argument_spec
        args, sources = said.complete(self.arguments(), names)
        if verbose:
            shown = ", ".join(f"{name} from {source}" for name, source in sorted(sources.items()))
            self._display.vv(
                f"{shown or 'no connection option is set'}; the rest from VVX_* or defaults",
                host=task_vars.get("inventory_hostname"),
            )
        own_address = said.find("host")
        return said, args, sources, own_address is not None and own_address.value == args.get("host")

    def _place_files(self, params: dict[str, Any]) -> dict[str, Any]:
        """The options with the place of a file from the phone: on the controller, wherever the task runs."""
        option, dest = "dest", params.get("dest")
        if params.get("backup"):
            params = backup.placed(params, str(self._inventory_hostname), time.localtime())
            option, dest = "backup_options", backup.path(params)
        if not dest:
            return params
        if self._task.async_val:
            raise SettingsError(
                f"{option}: a task in the background can't store a file from the phone.",
                remedy="Run the task without async." if option != "dest" else "Use url, or run the task without async.",
            )
        check_dest(option, dest, self._loader.path_dwim(dest))
        return params

    def _runs_here(self, host: str, source: str) -> bool:
        """Whether the work is done in this process: the connection is local, or to a phone, which runs no Python. It
        is to a phone if it is ours, or would connect to the phone, or if a variable says that this inventory host is
        the phone."""
        transport = self._connection.ansible_name
        delegate = self._task.delegate_to
        local = transport == LOCAL_CONNECTION
        if transport == OUR_CONNECTION and delegate is not None:
            raise SettingsError(
                f"the task is delegated to {delegate}, which can't be reached over {OUR_CONNECTION}.",
                remedy="Set ansible_connection in the variables of the phones instead of connection in the play.",
            )
        named = delegate is None and source == f"{connection.OWN}host"
        is_phone = not local and (transport == OUR_CONNECTION or named or self._connects_to() == host)
        if self._task.async_val:
            if is_phone:
                raise SettingsError(
                    "a phone can't run a task in the background.", remedy="Add delegate_to: localhost to the task."
                )
            return False
        return local or is_phone

    def _connects_to(self) -> str | None:
        with contextlib.suppress(KeyError):
            if host := self._connection.get_option("host"):
                return str(host)
        return _ansible.connection_address(self)

    def _memory(self, settings: Settings, params: Mapping[str, Any]) -> KeptMemory:
        state_path = params["state_path"] and in_project(params["state_path"])
        return KeptMemory(state_path, params["secrets_key"], settings, keep=not self._task.check_mode)

    def _run_here(self, settings: Settings, params: Mapping[str, Any], memory: KeptMemory | None) -> dict[str, Any]:
        operation: Callable[..., Result] = type(self).operation
        if memory is not None and "remembered" in params:
            operation = functools.partial(operation, memory=memory)
        with _without_collections():
            result = perform(operation, settings, params, self._task.check_mode, self.say)
        if memory is not None:
            memory.keep(result.memo)
            result.notices += memory.warnings
            result.memo = None
        result.notices += self._notices(params, result.values)
        if result.contents:
            try:
                result.changed = self._store(result.values, result.changed, result.contents)
                result.contents = {}
            except SettingsError as error:
                error.host, result.contents = result.host, {}
                result.error = result.error or error
                if "files" in result.values:  # what the task was for; a backup is not
                    result = Result(error=error, host=result.host, requests=result.requests)
        return as_dict(result)

    def _run_elsewhere(
        self,
        refusals: RunRefusals,
        settings: Settings,
        params: dict[str, Any],
        task_vars: dict[str, Any],
        memory: KeptMemory | None,
    ) -> dict[str, Any]:
        """Run the module on the host that the task is delegated to, with the content of files that it can't read, and
        with what is remembered. The warnings about these are shown here. Its result tells whether the phone took the
        login."""
        portable, notices = type(self).portable, functools.partial(self._notices, params)
        if portable is not None:
            carried = portable(params, not self._task.check_mode)
            params = carried.params
            for warning in carried.warnings:
                self._display.warning(warning)
        if memory is not None:
            params = {**params, **dict.fromkeys(MEMORY.argument_spec)}
            if "remembered" in params:
                params["remembered"] = self._told(memory, params)
        given = {name: value for name, value in params.items() if value is not None}
        with attempt(refusals, settings, admitted=not type(self).tries_passwords) as trial:
            given.pop("password_next", None)
            given.update(zip(("password", "password_next"), trial.passwords, strict=False))
            outcome: dict[str, Any] = self._execute_module(
                type(self).module, given, task_vars=task_vars, wrap_async=bool(self._task.async_val)
            )
            trial.seen += outcome.pop(LOGIN, None) or []
        if memory is not None:
            memory.keep(memo_of(outcome.pop(MEMO, None)))
            for warning in memory.warnings:
                self._display.warning(warning)
        for notice in notices(outcome):
            self._display.warning(notice)
        contents = {dest: base64.b64decode(encoded) for dest, encoded in outcome.pop(CONTENTS, {}).items()}
        if contents:
            outcome["changed"] = self._store(outcome, outcome["changed"], contents)
        return outcome

    def _told(self, memory: KeptMemory, params: Mapping[str, Any]) -> dict[str, Any]:
        if self._task.async_val:
            return {"missing": "a task in the background has no memory of what it wrote"}
        wanted = desired.read(params, keep=False)
        return memory.told({name: text for name, text in wanted.values.items() if wanted.knowledge.is_secret(name)})

    def _notices(self, params: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
        notice = type(self).notice
        if notice is None or not params["warn"] or current.collector is not None:
            return []
        text = notice(values)
        return [] if text is None else [text]

    def _store(self, values: dict[str, Any], changed: bool, contents: Mapping[str, bytes]) -> bool:
        """Store files from the phone, and say where they are. Returns whether the task has changed something: files, or
        the phone, of which they are a backup."""
        stored = store(values.get("files", ()), contents, self._loader.path_dwim, self._task.check_mode)
        if "backup_path" in values:
            values["backup_path"] = self._loader.path_dwim(values["backup_path"])
        return stored if "files" in values else changed


def _restarts(params: Mapping[str, Any], said: ConnectionOptions) -> PendingRestarts:
    return PendingRestarts(kept_where(params, said)[0])


@contextlib.contextmanager
def _without_collections() -> Iterator[None]:
    """No garbage collection: in a worker, which Ansible forks for each task, it would copy the memory of the whole
    parent."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
