# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door for actions that need no phone. They always work on the controller, where the files are that they read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol

from ...module_utils._steps.result import Result, as_dict
from . import layers, parameter_files
from .base import Door, checked
from .connection_options import ConnectionOptions


class OfflineOperation(Protocol):
    """A function of the module's parameters and check mode. May raise PhoneError."""

    def __call__(self, params: Mapping[str, Any], check_mode: bool) -> Result: ...


class OfflineDoor(Door):
    """Base of actions without a phone. They accept the connection options, so that module_defaults of the action
    group fit."""

    operation: ClassVar[OfflineOperation]

    _supports_async = False

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        said = ConnectionOptions(task_vars, (), self._templar.template)
        args, _sources = said.complete(self.arguments(), (*parameter_files.VARIABLES, "mac"))
        params = checked(self.spec, args, self._task.action)
        if layers.takes_layers(self.spec):
            self.warn_of_names(task_vars, params["layers"])
            params = layers.applied(params, self._task.args.get("parameters"), task_vars, self._templar.template)
        params = parameter_files.found(params, self._find_needle, self._templar.template, task_vars)
        return as_dict(type(self).operation(params, self._task.check_mode))
