# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Set parameters of a phone: read, compare, write only what differs, read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._parameters import packing
from .._parameters.origins import as_plain
from .._parameters.suggestions import closest
from .._parameters.table import NOT_OVER_REST, restart_required
from .._phone.api import Phone
from .._phone.errors import UnknownParameters
from .._steps import config_report, config_write, desired, secrets
from .._steps.config_plan import Plan, Verdict, compare, read_settings
from .._steps.config_write import WriteOptions
from .._steps.desired import DESIRED, ORIGINS
from .._steps.interruption import WHEN_BUSY
from .._steps.result import Result
from .._steps.secrets import MEMORY, Memory, Told

SPEC = ArgumentSpec(
    {
        **DESIRED.argument_spec,
        "sensitive": {"type": "list", "elements": "str", "no_log": False},
        "update_secrets": {
            "type": "str",
            "choices": ["always", "on_create", "never"],
            "default": "on_create",
            "no_log": False,
        },
        ORIGINS: {"type": "dict"},
        **MEMORY.argument_spec,
        "remembered": {"type": "dict", "no_log": False},
        "warn": {"type": "bool", "default": True},
        "verify": {"type": "bool", "default": True},
        "restart": {"type": "str", "choices": ["never", "if_required", "always"], "default": "never"},
        "when_busy": WHEN_BUSY,
        "rollback_on_failure": {"type": "bool", "default": False},
        "wait_timeout": {"type": "float", "default": 300.0},
    }
)


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool, memory: Memory | None = None) -> Result:
    """A phone that already has n parameters as desired gets exactly ceil(n / 20) requests; one more if it hides
    secrets and its MAC address is not known. Raises a PhoneError only while nothing has been written; later errors
    stand in the result.

    ``memory``: the controller's. Where there is none, ``remembered`` has what the controller has told of it.
    """
    wish = desired.read(params, keep=not check_mode)
    result = _run(phone, params, wish, check_mode, memory or Told(params["remembered"]))
    if params["warn"]:
        result.notices = wish.warnings + result.notices
    return result


def _run(phone: Phone, params: Mapping[str, Any], wish: desired.Desired, check_mode: bool, memory: Memory) -> Result:
    current = read_settings(phone, list(wish.values))
    unknown = {name: closest(name, current) for name in wish.values if name not in current}
    if unknown:
        plan, error = Plan(origins=wish.origins), config_report.unknown(unknown, wish.origins)
        result = config_report.outcome(phone.host, plan, Verdict(error=error))
        result.values |= {"unknown": unknown, "origins": as_plain(wish.origins, sorted(unknown))}
        return result
    hidden = {name: text for name, text in wish.values.items() if wish.knowledge.is_secret(name)}
    evidence = secrets.gather(phone, hidden, current, params["update_secrets"], memory)
    plan = compare(wish.values, current, params["update_secrets"], wish.knowledge, evidence)
    plan.origins = wish.origins
    _refuse_unwritable(plan)
    batches = packing.pack(plan.wanted)
    options = WriteOptions(
        params["verify"],
        bool(batches) and _needs_restart(params["restart"], plan),
        params["when_busy"],
        params["rollback_on_failure"],
        params["wait_timeout"],
    )
    act = config_write.predict if check_mode or not batches else config_write.carry_out
    verdict = act(phone, plan, batches, options)
    result = config_report.outcome(phone.host, plan, verdict)
    result.notices = secrets.notices(plan.judgements, evidence, verdict.after, check_mode)
    result.warnings += secrets.doubts(plan.judgements, verdict.written())
    if not check_mode:
        result.memo = secrets.memo(plan.judgements, current, evidence, verdict.written())
    return result


def _needs_restart(when: str, plan: Plan) -> bool:
    return when == "always" or (when == "if_required" and restart_required(plan.wanted) == "yes")


def _refuse_unwritable(plan: Plan) -> None:
    refused = sorted(NOT_OVER_REST & set(plan.wanted))
    if refused:
        raise UnknownParameters(
            f"{', '.join(refused)} can't be set over REST; nothing was written.",
            remedy="Set it from the provisioning server or in the phone's web interface, and leave it out here.",
        )
