# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door for modules: run an operation as a module, where the task runs on a host other than the controller."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from ._options import connection
from ._parameters.knowledge import Knowledge
from ._parameters.table import is_known
from ._phone.errors import PhoneError, SettingsError
from ._phone.session import REQUESTS_IMPORT_ERROR
from ._steps.result import Operation, Result, as_dict, perform

MASK = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def run(operation: Operation, spec: connection.ArgumentSpec) -> None:
    """Parse the arguments, run the operation, print the result, exit."""
    module = AnsibleModule(**connection.CONNECTION.merge(spec).keywords(), supports_check_mode=True)
    # From here on secrets are kept out of the result field by field. Ansible would look for their values inside every
    # text of the result, and a password of 456 would damage MAC addresses, versions and numbers.
    module.no_log_values = set()
    if REQUESTS_IMPORT_ERROR:
        module.fail_json(msg=missing_required_lib("requests"), exception=REQUESTS_IMPORT_ERROR)
    try:
        settings = connection.settings(module.params)
    except SettingsError as error:
        outcome = as_dict(Result(error=error))
    else:
        outcome = as_dict(perform(operation, settings, module.params, module.check_mode))
    _finish(module, outcome)


def run_offline(operation: Callable[[Mapping[str, Any], bool], Result], spec: connection.ArgumentSpec) -> None:
    """As ``run``, for an operation that needs no phone. The connection options are taken, so that module_defaults of the group fit."""
    module = AnsibleModule(**connection.CONNECTION.merge(spec).keywords(), supports_check_mode=True)
    module.no_log_values = set()
    try:
        outcome = as_dict(operation(module.params, module.check_mode))
    except PhoneError as error:
        outcome = as_dict(Result(error=error))
    _finish(module, outcome)


def _finish(module: AnsibleModule, outcome: dict[str, Any]) -> None:
    for warning in outcome.pop("warnings", []):
        module.warn(warning)
    outcome["invocation"] = {"module_args": masked(module.params, module.argument_spec)}
    if outcome.get("failed"):
        module.fail_json(**outcome)
    module.exit_json(**outcome)


def masked(params: Mapping[str, Any], spec: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The parameters as they may be shown: passwords and the like replaced, and the values of secret parameters, and those of
    parameters that nobody knows, since one of them may be a secret's name misspelt."""
    shown = dict(params)
    known = Knowledge(sensitive=tuple(shown.get("sensitive") or ()))
    for name, option in spec.items():
        if not option.get("no_log") or shown.get(name) is None:
            continue
        if name == "parameters" and isinstance(shown[name], Mapping):
            shown[name] = {
                parameter: value if _may_be_shown(str(parameter), known) else MASK
                for parameter, value in shown[name].items()
            }
        else:
            shown[name] = MASK
    return shown


def _may_be_shown(name: str, known: Knowledge) -> bool:
    return is_known(name) and not known.is_secret(name)
