# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door for action plugins: run an operation inside the controller's own worker, which saves a process a phone and task.

Where the task has been sent to another host (a jump host near the phones), the same operation runs there as a module.
"""

from __future__ import annotations

import contextlib
import datetime
import gc
import os
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from ansible import constants as C
from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase

from ...module_utils._options import connection
from ...module_utils._options.validate import validated
from ...module_utils._phone import tls
from ...module_utils._phone.errors import BadValues, PhoneError, SettingsError
from ...module_utils._steps.result import Operation, Result, as_dict, perform
from .._values import plain
from .storing import check_dest, store

# Built here once, so that every forked worker inherits them: loading certificates costs more than the requests do.
for _usual in (tls.TlsSettings(ca_path=os.environ.get("VVX_CA_PATH") or None), tls.TlsSettings(validate_certs=False)):
    with contextlib.suppress(SettingsError):  # which the task will tell, with the phone's name
        tls.context(_usual)

_HOST_VARIABLES = {
    "host": "ansible_host",
    "port": "ansible_port",
    "username": "ansible_user",
    "password": "ansible_password",
}
_OWN = "ansible_vvx_"
"""Ansible never makes up a variable that begins so."""
_OUR_CONNECTION = "polycom.vvx.rest"
_LOCAL_CONNECTION = "ansible.builtin.local"
_CONNECTION_PASSWORDS = {"ansible_password", "ansible_ssh_password", "ansible_ssh_pass"}
_OLD_NAMES = {"ansible_ssh_host", "ansible_ssh_port", "ansible_ssh_user"}
"""What these say of SSH, Ansible also puts under their new names."""
_LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


class PhoneAction(ActionBase):
    """Base of all actions. A subclass says which ``operation`` it is the door of, and its options."""

    operation: ClassVar[Operation]
    spec: ClassVar[connection.ArgumentSpec]
    variables: ClassVar[tuple[str, ...]] = ()
    """Options besides those of the connection that a variable ``ansible_vvx_*`` may set."""

    _supports_async = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        super().run(tmp, task_vars)
        self._inventory_hostname = (task_vars or {}).get("inventory_hostname")
        try:
            args, sources = self._gathered(task_vars or {})
            params = self._validated(args)
            settings = connection.settings(params)
            self._check_dest(settings.host, params)
            if self._runs_here(settings.host, sources.get("host", "")):
                with _without_collections():
                    result = perform(
                        type(self).operation, settings, self._with_files(params), self._task.check_mode, self._say
                    )
                outcome = as_dict(result)
            else:
                outcome = self._run_elsewhere(self._with_files(params), task_vars)
            return store(outcome, settings.host, self._loader.path_dwim, self._task.check_mode)
        except PhoneError as error:
            return as_dict(Result(error=error))

    def _with_files(self, params: dict[str, Any]) -> dict[str, Any]:
        """The options with the files that they name found on the controller; for actions that take files."""
        return params

    def _run_elsewhere(self, params: dict[str, Any], task_vars: Mapping[str, Any] | None) -> dict[str, Any]:
        """Run the operation as a module on the host that the task is delegated to."""
        given = {name: value for name, value in params.items() if value is not None}
        outcome: dict[str, Any] = self._execute_module(
            module_args=given, task_vars=task_vars, wrap_async=bool(self._task.async_val)
        )
        return outcome

    def _check_dest(self, host: str, params: Mapping[str, Any]) -> None:
        """A file is stored here, wherever the task runs."""
        if params.get("dest"):
            if self._task.async_val:
                raise SettingsError(
                    f"{host}: a task in the background can't store a file at dest.",
                    remedy="Use url, or run the task without async.",
                )
            check_dest(host, params["dest"], self._loader.path_dwim(params["dest"]))

    def _say(self, text: str) -> None:
        """Shown at -v, while the task still waits."""
        self._display.v(text, host=self._inventory_hostname)

    def _gathered(self, task_vars: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """The task's arguments, completed from what the inventory and the command line say about this host, and the source of each.

        An empty text and null count as unset. Where each connection option came from is shown at -vv; its value never is.
        """
        args = {name: plain(value) for name, value in self._task.args.items() if value is not None and value != ""}
        sources = {name: "task" for name in connection.CONNECTION.argument_spec if name in args}
        said = self._said_of_host(task_vars)
        for name in (*connection.CONNECTION.argument_spec, *type(self).variables):
            if name in args:
                continue
            for source, value in self._candidates(name, task_vars, said):
                if value is not None and value != "":
                    args[name], sources[name] = value, source
                    break
        if self._display.verbosity >= 2:
            told = ", ".join(f"{name} from {source}" for name, source in sorted(sources.items()))
            self._display.vv(
                f"{told or 'no connection option is set'}; the rest from VVX_* or defaults",
                host=task_vars.get("inventory_hostname"),
            )
        return args, sources

    def _said_of_host(self, task_vars: Mapping[str, Any]) -> set[str]:
        """The names of the variables that somebody has set for this host.

        Not all of ``task_vars``: Ansible adds address, port and user of the connection there where they are missing, and
        those are the jump host's if the task is delegated, or meant for SSH.
        """
        if self._variables_are_its_own(task_vars):
            return set(task_vars)
        said = set(self._task.get_vars())
        if self._task._role is not None:
            said.update(self._task._role.get_vars(), self._task._role.get_default_vars())
        if self._task.play is not None:
            said.update(self._task.play.get_vars())
            for names in self._task.play.get_vars_files():
                said.update(self._names_in(names))
        if "hostvars" in task_vars:
            said.update(task_vars["hostvars"].raw_get(task_vars["inventory_hostname"]))
        return said

    def _variables_are_its_own(self, task_vars: Mapping[str, Any]) -> bool:
        """Whether what Ansible adds can't be anything but this host's name and the user's -u and -k, so that there is no need to look
        closer, which costs a millisecond a phone. At -vv it is looked at all the same, to name the true sources."""
        return (
            self._task.delegate_to is None
            and self._connection.ansible_name in ("ansible.builtin.ssh", _LOCAL_CONNECTION, _OUR_CONNECTION)
            and C.DEFAULT_REMOTE_PORT is None
            and _OLD_NAMES.isdisjoint(task_vars)
            and self._display.verbosity < 2
            and task_vars.get("inventory_hostname") not in _LOCAL_NAMES
        )

    def _names_in(self, files: Any) -> set[str]:
        """The names of the variables in an entry of vars_files: one file, or several of which the first that exists counts."""
        for name in [files] if isinstance(files, str) else files or []:
            try:
                return set(self._loader.load_from_file(self._loader.path_dwim(self._templar.template(name))) or {})
            except AnsibleError:
                continue
        return set()

    def _candidates(self, name: str, task_vars: Mapping[str, Any], said: set[str]) -> Iterator[tuple[str, Any]]:
        """(source, value) pairs for one option, best first."""
        for variable in (f"{_OWN}{name}", _HOST_VARIABLES.get(name)):
            if variable in task_vars and (variable in said or variable.startswith(_OWN)):
                yield variable, self._filled(task_vars[variable])
        if name == "host" and task_vars.get("inventory_hostname") not in _LOCAL_NAMES:
            yield "inventory_hostname", task_vars.get("inventory_hostname")
        elif name == "username":
            yield "remote_user", self._task.remote_user
        elif name == "password" and not self._delegate_has_password(task_vars):
            yield "connection password", self._play_context.password

    def _filled(self, value: Any) -> Any:
        """The value of a variable, filled in if it is a template. To ask Ansible costs a tenth of a millisecond even where it is none."""
        if isinstance(value, (bool, int, float)) or (
            isinstance(value, str) and "{" not in value and not value.startswith("#jinja2")
        ):
            return plain(value)
        return plain(self._templar.template(value))

    def _delegate_has_password(self, task_vars: Mapping[str, Any]) -> bool:
        """Whether the play context bears the password of the host that the task is delegated to: not for the phone's eyes."""
        delegated = (task_vars.get("ansible_delegated_vars") or {}).get(self._task.delegate_to) or {}
        return not _CONNECTION_PASSWORDS.isdisjoint(delegated)

    def _validated(self, args: Mapping[str, Any]) -> dict[str, Any]:
        dates = [str(name) for name, value in _items(args.get("parameters")) if isinstance(value, datetime.date)]
        if dates:
            # Ansible's own validation would stumble over them without saying which.
            raise BadValues(
                f"parameters: {', '.join(dates)} is read by YAML as a date: put the value in quotes.",
                remedy="Nothing was sent.",
            )
        for name, option in type(self).spec.argument_spec.items():
            if option.get("no_log") and option["type"] == "str" and name in args and not isinstance(args[name], str):
                raise BadValues(
                    f"{name} is no text: put it in quotes, since YAML reads it as something else and may change it.",
                    remedy="Nothing was sent.",
                )
        return validated(connection.CONNECTION.merge(type(self).spec), args)

    def _runs_here(self, host: str, source: str) -> bool:
        """In this process when the connection is local, or is to a phone (which runs no Python): it says so, or would dial the phone
        itself, or a variable says that this inventory host is the phone."""
        connection = self._connection.ansible_name
        local = connection == _LOCAL_CONNECTION
        if connection == _OUR_CONNECTION and self._task.delegate_to is not None:
            raise SettingsError(
                f"{host}: {self._task.delegate_to}, which the task is delegated to, is not reached over {_OUR_CONNECTION}.",
                remedy="Set ansible_connection in the variables of the phones instead of connection in the play.",
            )
        named = self._task.delegate_to is None and source == f"{_OWN}host"
        is_phone = not local and (connection == _OUR_CONNECTION or named or self._dialled() == host)
        if self._task.async_val:
            if is_phone:
                raise SettingsError(
                    f"{host}: a phone can't run a task in the background.",
                    remedy="Add delegate_to: localhost to the task.",
                )
            return False
        return local or is_phone

    def _dialled(self) -> str | None:
        try:
            return self._connection.get_option("host") or self._play_context.remote_addr
        except KeyError:
            return self._play_context.remote_addr


@contextlib.contextmanager
def _without_collections() -> Iterator[None]:
    """No garbage collection meanwhile: in a worker, which Ansible forks for each task, it would copy the memory of the whole parent."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _items(value: Any) -> list[tuple[Any, Any]]:
    return list(value.items()) if isinstance(value, Mapping) else []
