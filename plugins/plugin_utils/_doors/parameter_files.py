# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the action doors of modules share that take files which say or know something of parameters: these are on the controller,
wherever the task runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase

from ...module_utils._phone.errors import PhoneError, SettingsError
from ...module_utils._steps import desired
from ...module_utils._steps.result import Result, as_dict
from .._values import plain
from .phone import PhoneAction

_FILES = ("src", "schema")


class SchemaAction(PhoneAction):
    """Base of actions with ``schema``. ``portable``: reads the files that the options name, for a host that does not have them."""

    portable: ClassVar[Callable[[Mapping[str, Any], bool], desired.Carried]]
    variables = ("schema",)

    def _with_files(self, params: dict[str, Any]) -> dict[str, Any]:
        """Relative paths are looked for as ansible.builtin.copy does: in ``files`` of the role or beside the playbook, and beside that."""
        return {
            **params,
            **{
                name: [self._found(name, path) for path in params[name] or ()] or None
                for name in _FILES
                if name in params
            },
        }

    def _found(self, option: str, path: str) -> str:
        try:
            return str(self._find_needle("files", path))
        except AnsibleError:
            raise SettingsError(
                f"{option}: {path} is not there.", remedy="Paths are looked for in files and beside the playbook."
            ) from None

    def _run_elsewhere(self, params: dict[str, Any], task_vars: Mapping[str, Any] | None) -> dict[str, Any]:
        """Files are read here and their content is sent along. The warnings are given here, so the module's same ones are dropped."""
        carried = type(self).portable(params, not self._task.check_mode)
        for warning in carried.warnings:
            self._display.warning(warning)
        outcome = super()._run_elsewhere(carried.params, task_vars)
        if carried.repeated and outcome.get("warnings"):
            outcome["warnings"] = [one for one in outcome["warnings"] if _text(one) not in carried.repeated]
        return outcome


def _text(warning: Any) -> str:
    """A module's warning: a text, or from ansible-core 2.19 on an object whose event holds the text."""
    return str(warning.event.msg if hasattr(warning, "event") else warning)


class DesiredAction(SchemaAction):
    """Base of actions with ``src`` and ``schema``."""

    portable = staticmethod(desired.portable)


class OfflineAction(DesiredAction):
    """Base of actions whose operation needs no phone. Their work is done on the controller in any case, and their connection options are
    taken without being used, so that module_defaults of the action group fit."""

    offline: ClassVar[Callable[[Mapping[str, Any], bool], Result]]

    _supports_async = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        ActionBase.run(self, tmp, task_vars)
        args = {name: plain(value) for name, value in self._task.args.items() if value is not None and value != ""}
        variable = "ansible_vvx_schema"
        if "schema" not in args and (task_vars or {}).get(variable):
            args["schema"] = plain(self._templar.template(task_vars[variable]))
        try:
            return as_dict(type(self).offline(self._with_files(self._validated(args)), self._task.check_mode))
        except PhoneError as error:
            return as_dict(Result(error=error))
