# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door for modules: run an operation as a module, where the task runs on a host other than the controller."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible.module_utils.basic import AnsibleModule

from ._versions import old_python, refuse

if old_python():
    refuse()
from ._ansible import keep_results_whole
from ._options import connection
from ._options.argument_spec import ArgumentSpec
from ._options.connection import CONNECTION
from ._parameters.knowledge import Knowledge
from ._parameters.table import is_known
from ._phone.errors import PhoneError, unexpected
from ._phone.login import Witness
from ._steps.result import LOGIN, Operation, Result, as_dict, perform
from ._text import hide_all_logins

MASK = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def run(operation: Operation, spec: ArgumentSpec) -> None:
    """Parse the arguments, run the operation, print the result, exit."""
    module = _module(spec)
    params = module.params
    passwords = dict.fromkeys(filter(None, (params["password"], params["password_next"])))
    first = params["password_next"] if params.get("next_first") else None
    witness = Witness(*((params["username"], password) for password in passwords), first=first)
    try:
        settings = connection.settings(params, refusals=witness)
        result = perform(operation, settings, module.params, module.check_mode)
    except PhoneError as error:
        result = Result(error=error)
    except Exception as error:
        result = Result(error=unexpected(error))
    _finish(module, result, witness.seen)


def run_offline(operation: Callable[[Mapping[str, Any], bool], Result], spec: ArgumentSpec) -> None:
    """As ``run``, for an operation that needs no phone. The connection options are accepted, so that module_defaults
    of the action group fit."""
    module = _module(spec)
    try:
        result = operation(module.params, module.check_mode)
    except PhoneError as error:
        result = Result(error=error)
    except Exception as error:
        result = Result(error=unexpected(error))
    _finish(module, result)


def _module(spec: ArgumentSpec) -> AnsibleModule:
    module = AnsibleModule(**CONNECTION.merge(spec).keywords(), supports_check_mode=True)
    keep_results_whole(module)
    return module


def _finish(module: AnsibleModule, result: Result, login: Sequence[str | None] = ()) -> None:
    outcome = as_dict(result)
    if any(login):
        outcome[LOGIN] = list(login)
    for warning in outcome.pop("warnings", []):
        module.warn(warning)
    outcome["invocation"] = {"module_args": masked(module.params, module.argument_spec)}
    if outcome.get("failed"):
        module.fail_json(**outcome)
    module.exit_json(**outcome)


def masked(params: Mapping[str, Any], spec: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The parameters as they may be shown: without passwords, logins inside URLs, the values of secret
    parameters, and those of unknown parameters, whose names may be misspelled ones of secrets."""
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
    return {name: hide_all_logins(value) for name, value in shown.items()}


def _may_be_shown(name: str, known: Knowledge) -> bool:
    return is_known(name) and not known.is_secret(name)
