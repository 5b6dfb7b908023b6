# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make the parameters of a phone what they should be: read, compare, write only what differs, prove that it took."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._parameters import packing
from .._parameters.listing import listed
from .._parameters.suggestions import closest
from .._parameters.table import ADMIN_PASSWORD, NOT_OVER_REST, restart_mode, restart_required
from .._phone.api import Phone, Setting
from .._phone.errors import (
    AuthenticationFailed,
    ConnectionLost,
    DefaultPassword,
    InvalidParameters,
    NotApplied,
    PhoneError,
    PhoneTimeout,
    RestDisabled,
    UnknownParameters,
    Unreachable,
)
from .._phone.settings import ADMIN_ACCOUNT
from .._phone.shapes import device as device_shapes
from .._steps import config_report, desired
from .._steps.config_plan import Plan, Verdict, compare, read_settings
from .._steps.desired import DESIRED
from .._steps.interruption import WHEN_BUSY, may_interrupt
from .._steps.reboot import Mark, Patience, mark, send_down, until_restarted
from .._steps.result import Result
from .._steps.waiting import AWAY, pauses, until_answered

_WENT_AWAY = (Unreachable, ConnectionLost, PhoneTimeout, RestDisabled)


@dataclass
class Progress:
    """How far the writing came. ``touched``: names in requests that were sent; ``accepted``: those the phone said yes to; ``lost``:
    the phone went away and did not come back."""

    lost: bool = False
    touched: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    sent: int = 0
    error: PhoneError | None = None


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
        "verify": {"type": "bool", "default": True},
        "restart": {"type": "str", "choices": ["never", "if_required", "always"], "default": "never"},
        "when_busy": {"type": "str", "choices": list(WHEN_BUSY), "default": "wait"},
        "rollback_on_failure": {"type": "bool", "default": False},
        "wait_timeout": {"type": "float", "default": 300.0},
    }
)


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """``params``: ``parameters``, ``src``, ``schema``, ``sensitive``, ``update_secrets``, ``verify``, ``restart``, ``when_busy``,
    ``rollback_on_failure``, ``wait_timeout`` (seconds).

    A phone that already has n parameters as desired gets exactly ceil(n / 20) requests. Raises a PhoneError only while
    nothing has been written; afterwards the error comes with the result.
    """
    wish = desired.read(params["parameters"], params["src"], params["schema"], params["sensitive"], keep=not check_mode)
    result = _run(phone, params, wish, check_mode)
    result.notices = wish.warnings
    return result


def _run(phone: Phone, params: Mapping[str, Any], wish: desired.Desired, check_mode: bool) -> Result:
    current = read_settings(phone, list(wish.values))
    unknown = {name: closest(name, current) for name in wish.values if name not in current}
    if unknown:
        result = config_report.outcome(phone, Plan(), Verdict(error=config_report.unknown(phone, unknown)))
        result.values["unknown"] = unknown
        return result
    plan = compare(wish.values, current, params["update_secrets"], wish.knowledge)
    _refuse_unwritable(phone, plan)
    batches = packing.pack(plan.wanted)
    restarts = bool(batches) and _is_to_restart(params["restart"], plan)
    if check_mode or not batches:
        verdict = Verdict(plan.wanted, len(batches), restarts)
        if restarts:
            _foresee_restart(phone, verdict, params)
        return config_report.outcome(phone, plan, verdict)
    return config_report.outcome(phone, plan, _carry_out(phone, plan, batches, restarts, params))


def _foresee_restart(phone: Phone, verdict: Verdict, params: Mapping[str, Any]) -> None:
    """Whether people would be in the way."""
    try:
        busy = may_interrupt(phone, params["when_busy"], params["wait_timeout"], check_mode=True)
    except PhoneError as error:
        verdict.restarted, verdict.error = False, error
        return
    if busy is not None:
        verdict.restarted = False
        verdict.warnings.append(_left_alone(busy))


def _left_alone(busy: str) -> str:
    return f"the phone is {busy}; it was not restarted, and still has to be."


def _carry_out(
    phone: Phone,
    plan: Plan,
    batches: Sequence[packing.Batch],
    restarts: bool,
    params: Mapping[str, Any],
) -> Verdict:
    timeout = params["wait_timeout"]
    before = mark(phone) if restarts else None
    progress = write(phone, batches, plan.wanted, plan, timeout)
    if progress.error is None and not params["verify"] and before is None:
        return Verdict(plan.wanted, progress.sent)
    verdict = _read_back(phone, plan, progress, params)
    written = verdict.error is None
    if written and before is not None:
        verdict = _restart(phone, plan, verdict, progress, before, params)
    if (
        verdict.error is not None
        and params["rollback_on_failure"]
        and (not written or isinstance(verdict.error, NotApplied))
    ):
        _roll_back(phone, plan, verdict, timeout)
    return verdict


def write(
    phone: Phone, batches: Sequence[packing.Batch], wanted: Mapping[str, str], plan: Plan, wait_timeout: float
) -> Progress:
    """Send the batches in order; stop at the first that fails."""
    progress = Progress()
    for batch in batches:
        names = [name for name in batch.values if name in wanted]
        progress.touched += names
        progress.sent += 1
        try:
            _write_batch(phone, batch.values, names, wanted, plan, wait_timeout, progress)
        except PhoneError as error:
            if isinstance(error, InvalidParameters):
                error.say_more(f"It was to set {listed(names)}.")
            progress.error = error
            break
        progress.accepted += names
        if _changes_login(phone, names):
            phone.use_login(wanted[ADMIN_PASSWORD])
    return progress


def _write_batch(
    phone: Phone,
    batch: Mapping[str, str],
    names: Sequence[str],
    wanted: Mapping[str, str],
    plan: Plan,
    wait_timeout: float,
    progress: Progress,
) -> None:
    """One config/set. A phone that goes away meanwhile (many changes restart it) is awaited and asked what it has; if not all
    arrived, it is sent once more."""
    try:
        phone.config_set(batch)
    except _WENT_AWAY:
        progress.lost = True
        proved: list[str] = []
        try:
            current = _settings(phone, names, wait_timeout)
        except AuthenticationFailed:
            if not _changes_login(phone, names):
                raise
            phone.use_login(wanted[ADMIN_PASSWORD])
            current = _settings(phone, names, wait_timeout)
            proved = [ADMIN_PASSWORD]
        progress.lost = False
        if any(not plan.took(name, wanted[name], current.get(name), unreadable=name in proved) for name in names):
            phone.config_set(batch)


def _changes_login(phone: Phone, names: Sequence[str]) -> bool:
    return ADMIN_PASSWORD in names and phone.username == ADMIN_ACCOUNT


def _read_back(phone: Phone, plan: Plan, progress: Progress, params: Mapping[str, Any]) -> Verdict:
    """Read back what was written, and tell exactly what took."""
    verdict = Verdict(batches=progress.sent, error=progress.error)
    try:
        if progress.error is not None and (
            progress.lost or isinstance(progress.error, (AuthenticationFailed, DefaultPassword))
        ):
            raise progress.error
        current = _settings(phone, progress.touched, params["wait_timeout"])
    except PhoneError as error:
        verdict.error = progress.error or error
        verdict.unconfirmed = progress.touched
        verdict.failed = [name for name in plan.wanted if name not in progress.touched]
        return verdict
    # A secret that can't be read back counts as written when the phone accepted its request.
    verdict.applied = [
        name
        for name in progress.touched
        if plan.took(name, plan.wanted[name], current.get(name), unreadable=name in progress.accepted)
    ]
    verdict.failed = [name for name in plan.wanted if name not in verdict.applied]
    changed = [
        name
        for name in progress.touched
        if name in current and (name in verdict.applied or current[name] != plan.before[name])
    ]
    verdict.after = {name: current[name].value for name in changed}
    if verdict.error is None and verdict.failed and params["verify"]:
        verdict.error = config_report.not_taken(phone, plan, current, verdict.failed)
    return verdict


def _settings(phone: Phone, names: Sequence[str], timeout: float) -> dict[str, Setting]:
    return until_answered(phone, lambda: read_settings(phone, names), timeout)


def _is_to_restart(wish: str, plan: Plan) -> bool:
    return wish == "always" or (wish == "if_required" and restart_required(plan.wanted) == "yes")


def _restart(
    phone: Phone, plan: Plan, verdict: Verdict, progress: Progress, before: Mark, params: Mapping[str, Any]
) -> Verdict:
    """Restart the phone, unless it has done so by itself meanwhile, and read back again what was written."""
    timeout = params["wait_timeout"]
    deadline = time.monotonic() + timeout
    mode = restart_mode(verdict.after)
    waits = pauses()
    try:
        while not _has_booted(phone, before, deadline - time.monotonic()):
            try:
                busy = may_interrupt(phone, params["when_busy"], timeout, check_mode=False)
                if busy is not None:
                    verdict.warnings.append(_left_alone(busy))
                    return verdict
                fresh = mark(phone)
            except AWAY:
                # It goes down by itself just now: look again.
                if time.monotonic() >= deadline:
                    raise
                phone.sleep(next(waits))
                continue
            answered = send_down(phone, lambda: phone.restart(mode))
            until_restarted(phone, fresh, Patience(timeout, absence_is_enough=answered and mode == "restart"))
            break
    except PhoneError as error:
        verdict.error = error
        return verdict
    again = _read_back(phone, plan, progress, params)
    again.warnings, again.restarted = verdict.warnings, True
    return again


def _has_booted(phone: Phone, before: Mark, timeout: float) -> bool:
    """Whether the phone has restarted by itself since. Waits for it to answer, if it has to."""

    def ask() -> bool:
        asked = time.monotonic()
        return before.proves_boot(device_shapes.device(phone.device_info()), asked)

    return until_answered(phone, ask, timeout)


def _roll_back(phone: Phone, plan: Plan, verdict: Verdict, timeout: float) -> None:
    """Write back what was there before, as far as it can be known, and correct the verdict to what is there then."""
    wanted = {name: plan.before[name].value for name in verdict.after if not plan.known.is_secret(name)}
    if verdict.error is None or verdict.unconfirmed or not wanted:
        return
    progress = write(phone, packing.pack(wanted), wanted, plan, timeout)
    verdict.batches += progress.sent
    current: dict[str, Setting] = {}
    try:
        current = _settings(phone, list(wanted), timeout)
    except PhoneError as error:
        progress.error = progress.error or error
    verdict.rolled_back = [
        name for name in wanted if plan.took(name, wanted[name], current.get(name), unreadable=False)
    ]
    verdict.after = {name: value for name, value in verdict.after.items() if name not in verdict.rolled_back}
    verdict.failed = [name for name in plan.wanted if name in verdict.failed or name in verdict.rolled_back]
    verdict.applied = [name for name in verdict.applied if name not in verdict.rolled_back]
    left = f", except for {', '.join(sorted(verdict.after))}" if verdict.after else ""
    verdict.error.say_more(f"What was there before has been written back{left}.")
    if progress.error is not None:
        verdict.error.say_more(f"The rollback broke off: {progress.error.message}")


def _refuse_unwritable(phone: Phone, plan: Plan) -> None:
    refused = sorted(NOT_OVER_REST & set(plan.wanted))
    if refused:
        raise UnknownParameters(
            f"{', '.join(refused)} can't be set over REST; nothing was written.",
            remedy="Set it from the provisioning server or in the phone's web interface, and leave it out here.",
        )
