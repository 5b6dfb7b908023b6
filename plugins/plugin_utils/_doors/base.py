# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all actions share: their arguments as plain values, their validation, and errors as task results."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._options.connection import CONNECTION
from ...module_utils._options.validate import given, validated
from ...module_utils._phone.errors import BadValues, PhoneError, unexpected
from ...module_utils._steps.result import Result, as_dict
from ...module_utils._steps.secrets import MEMORY
from .. import _ansible
from .._guards.variables import OPTIONS, misspelled, unlisted
from .._values import plain
from . import parameter_files

_KNOWN = frozenset(
    f"{OPTIONS}{name}"
    for name in (*CONNECTION.argument_spec, *MEMORY.argument_spec, *parameter_files.VARIABLES, "password_candidates")
)
"""The variables that are options of this collection."""


class Door(ActionBase):
    """Base of all actions. A subclass defines ``work``. ``spec``: the options of its module, without those of the
    connection."""

    spec: ClassVar[ArgumentSpec]

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        super().run(tmp, task_vars)
        self._inventory_hostname = (task_vars or {}).get("inventory_hostname")
        outcome = self._worked(task_vars or {})
        if error := outcome.get("error"):
            _ansible.shown_once(outcome, f"{error['kind']} (msg says what happened and what to do).")
        return outcome

    def _worked(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        try:
            _ansible.refuse_old_core()
            self.warn_of_names(task_vars)
            return self.work(task_vars)
        except PhoneError as error:
            return as_dict(Result(error=error))
        except AnsibleError:  # of a template, or of a jump host: typed and worded already
            raise
        except Exception as error:
            fault = unexpected(error)
            fault.host = self._task.args.get("host") or self._inventory_hostname
            return as_dict(Result(error=fault))

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        """Do the task and return its result. May raise PhoneError."""
        raise NotImplementedError

    def arguments(self) -> dict[str, Any]:
        """The arguments of the task that are set, as plain values."""
        return plain(given(self._task.args))  # type: ignore[no-any-return]

    def warn_of_names(self, variables: Mapping[str, Any], layers: Sequence[str] = ()) -> None:
        """Warn of variables of a host that have no effect. ``layers``: the variables that the task merges."""
        for text in self.names_without_effect(variables, layers):
            self._display.warning(text)

    def names_without_effect(self, variables: Mapping[str, Any], layers: Sequence[str] = ()) -> list[str]:
        """What ``warn_of_names`` says."""
        return unlisted(variables, layers, self._task.args) if layers else misspelled(variables, _KNOWN)

    def say(self, text: str) -> None:
        """Show a text at -v while the task still waits."""
        self._display.v(text, host=self._inventory_hostname)


def checked(spec: ArgumentSpec, args: Mapping[str, Any], action: str) -> dict[str, Any]:
    """Validated options: those of the module and those of the connection. ``action``: the name in the task.

    Raises SettingsError, and BadValues where YAML may have changed what the user wrote.
    """
    parameters = args.get("parameters")
    if isinstance(parameters, Mapping):
        dates = [str(name) for name, value in parameters.items() if isinstance(value, datetime.date)]
        if dates:  # Ansible's own validation fails on dates without naming the parameter
            raise BadValues(
                f"parameters: {', '.join(dates)} is read by YAML as a date: put the value in quotes.",
                remedy="Nothing was sent.",
            )
    for name, option in spec.argument_spec.items():
        if option.get("no_log") and option["type"] == "str" and name in args and not isinstance(args[name], str):
            raise BadValues(
                f"{name} must be a text: put it in quotes, because YAML reads it as something else and may change it.",
                remedy="Nothing was sent.",
            )
    return validated(CONNECTION.merge(spec), args, action=action)
