# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make the parameters of a phone what they should be: read, compare, write only what differs, prove that it took."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._parameters import groups, values
from .._parameters.catalogue import ADMIN_PASSWORD, NOT_OVER_REST, closest, fact, is_secret, restart_required
from .._phone.api import Phone, Setting
from .._phone.errors import (
    ConnectionLost,
    NotApplied,
    PhoneError,
    PhoneTimeout,
    RestDisabled,
    UnknownParameters,
    Unreachable,
)
from .._phone.settings import ADMIN_ACCOUNT
from . import desired
from .result import Result, text_diff
from .waiting import until_answered

SECRET = "(secret)"
SECRET_WRITTEN = "(secret, written anew)"
UPDATE_SECRETS = ("always", "on_create", "never")
LAYER_HINTS = {
    "local": "set in the phone's menu, which hides what REST writes",
    "device": "kept in the phone's flash memory",
}
_WENT_AWAY = (Unreachable, ConnectionLost, PhoneTimeout, RestDisabled)


@dataclass
class Plan:
    """What differs: ``wanted`` is what to write, ``before`` what the phone has now, for the same names."""

    wanted: dict[str, str] = field(default_factory=dict)
    before: dict[str, Setting] = field(default_factory=dict)
    secrets_skipped: list[str] = field(default_factory=list)

    @property
    def secrets(self) -> list[str]:
        return sorted(name for name in self.wanted if is_secret(name))


@dataclass
class Progress:
    """How far the writing came. ``touched``: names in requests that were sent; ``accepted``: those the phone said yes to."""

    touched: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    sent: int = 0
    error: PhoneError | None = None


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """``params``: ``parameters``, ``update_secrets``, ``verify``, ``wait_timeout`` (seconds).

    A phone that already has n parameters as desired gets exactly ceil(n / 20) requests. Raises a PhoneError only while
    nothing has been written; afterwards the error comes with the result.
    """
    wish = desired.read(params["parameters"])
    current = read_settings(phone, list(wish.values))
    unknown = {name: closest(name, current) for name in wish.values if name not in current}
    if unknown:
        return _outcome(phone, Plan(), Result(values={"unknown": unknown}, warnings=wish.warnings, error=_unknown(phone, unknown)), {}, 0)
    plan = compare(wish.values, current, params["update_secrets"])
    _refuse_unwritable(phone, plan)
    batches = groups.pack(plan.wanted)
    result = Result(changed=bool(batches), warnings=wish.warnings)
    if check_mode or not batches:
        return _outcome(phone, plan, result, plan.wanted, len(batches))
    progress = write(phone, batches, plan.wanted, params["wait_timeout"])
    if progress.error is None and not params["verify"]:
        return _outcome(phone, plan, result, plan.wanted, progress.sent)
    return _verified(phone, plan, result, progress, params["wait_timeout"])


def read_settings(phone: Phone, names: Sequence[str]) -> dict[str, Setting]:
    """The running values of any number of parameters; what is unknown to the phone is missing."""
    found: dict[str, Setting] = {}
    for chunk in groups.chunks(names):
        found.update(phone.config_get(chunk))
    return found


def compare(wanted: Mapping[str, str], current: Mapping[str, Setting], update_secrets: str) -> Plan:
    """What has to be written. A value that is equal is left alone, whatever layer it comes from: writing it would make a
    web override, which hides the provisioning server's value from then on."""
    plan = Plan()
    for name, text in wanted.items():
        have = current[name]
        if is_secret(name):
            if readable(have) and have.value == text:
                continue
            if update_secrets == "never" or (update_secrets == "on_create" and have.source not in ("default", "")):
                plan.secrets_skipped.append(name)
                continue
        elif values.equal(have.value, text, fact(name)):
            continue
        plan.wanted[name] = text
        plan.before[name] = have
    return plan


def readable(setting: Setting) -> bool:
    """Whether the phone gave a secret's real value: some give nothing, some give asterisks."""
    return bool(setting.value) and not re.fullmatch(r"\*+", setting.value)


def write(phone: Phone, batches: Sequence[groups.Batch], wanted: Mapping[str, str], wait_timeout: float) -> Progress:
    """Send the batches in order; stop at the first that fails."""
    progress = Progress()
    for batch in batches:
        names = [name for name in batch.values if name in wanted]
        progress.touched += names
        progress.sent += 1
        try:
            _write_batch(phone, batch.values, names, wanted, wait_timeout)
        except PhoneError as error:
            progress.error = error
            break
        progress.accepted += names
        if ADMIN_PASSWORD in names and phone.username == ADMIN_ACCOUNT:
            phone.use_password(wanted[ADMIN_PASSWORD])
    return progress


def _write_batch(phone: Phone, batch: Mapping[str, str], names: Sequence[str], wanted: Mapping[str, str], wait_timeout: float) -> None:
    """One config/set. A phone that goes away meanwhile (many changes restart it) is awaited and asked what it has; only
    what did not arrive is sent once more."""
    try:
        phone.config_set(batch)
    except _WENT_AWAY:
        current = until_answered(phone, lambda: read_settings(phone, names), wait_timeout)
        if any(not _took(name, wanted[name], current.get(name), unreadable=False) for name in names):
            phone.config_set(batch)


def _verified(phone: Phone, plan: Plan, result: Result, progress: Progress, wait_timeout: float) -> Result:
    """Read back what was written, and tell exactly what took."""
    try:
        current = _read_back(phone, progress.touched, wait_timeout)
    except PhoneError as error:
        result.error = progress.error or error
        result.values.update(applied=[], unconfirmed=sorted(progress.touched), not_applied=sorted(set(plan.wanted) - set(progress.touched)))
        return _outcome(phone, plan, result, {name: plan.wanted[name] for name in progress.touched}, progress.sent)
    # A secret that can't be read back counts as written when the phone accepted its request.
    applied = [name for name in progress.touched if _took(name, plan.wanted[name], current.get(name), unreadable=name in progress.accepted)]
    missed = [name for name in plan.wanted if name not in applied]
    after = {name: current[name].value for name in progress.touched if name in current and (name in applied or current[name] != plan.before[name])}
    result.changed = bool(after)
    if progress.error is not None:
        result.error = progress.error
    elif missed:
        result.error = _not_taken(phone, plan, current, missed)
    if result.error is not None:
        result.values.update(applied=sorted(applied), not_applied=sorted(missed))
    return _outcome(phone, plan, result, after, progress.sent)


def _read_back(phone: Phone, names: Sequence[str], wait_timeout: float) -> dict[str, Setting]:
    return until_answered(phone, lambda: read_settings(phone, names), wait_timeout)


def _took(name: str, wanted: str, current: Setting | None, unreadable: bool) -> bool:
    if current is None:
        return False
    if is_secret(name):
        return current.value == wanted if readable(current) else unreadable
    return values.equal(current.value, wanted, fact(name))


def _outcome(phone: Phone, plan: Plan, result: Result, after: Mapping[str, str], batches: int) -> Result:
    """Fill in the return values. Secrets are named, and never shown or put where they could be fed back."""
    names = [name for name in plan.wanted if name in after]
    shown = [name for name in names if not is_secret(name)]
    secrets = [name for name in names if is_secret(name)]
    before = {name: plan.before[name].value for name in shown}
    now = {name: after[name] for name in shown}
    result.values = {
        "before": before,
        "after": now,
        "secrets_written": sorted(secrets),
        "secrets_skipped": sorted(plan.secrets_skipped),
        "restart_required": restart_required(names),
        "batches": batches,
        "requests": phone.requests_sent,
        **result.values,
    }
    if names:
        result.diff = text_diff({**before, **dict.fromkeys(secrets, SECRET)}, {**now, **dict.fromkeys(secrets, SECRET_WRITTEN)}, phone.host)
    return result


def _refuse_unwritable(phone: Phone, plan: Plan) -> None:
    refused = sorted(NOT_OVER_REST & set(plan.wanted))
    if refused:
        raise UnknownParameters(
            f"{phone.host}: {', '.join(refused)} can't be set over REST; nothing was written.",
            remedy="Set it from the provisioning server or in the phone's web interface, and leave it out here.",
        )


def _unknown(phone: Phone, unknown: Mapping[str, Sequence[str]]) -> UnknownParameters:
    told = [f"{name} (did you mean {' or '.join(near)}?)" if near else name for name, near in sorted(unknown.items())]
    return UnknownParameters(
        f"{phone.host}: the phone does not know {_listed(told)}. Nothing was written.",
        remedy="Correct the names (letter case counts), or leave out what this model and firmware do not have.",
    )


def _not_taken(phone: Phone, plan: Plan, current: Mapping[str, Setting], missed: Iterable[str]) -> NotApplied:
    told = []
    for name in sorted(missed):
        have = current.get(name)
        if is_secret(name) or have is None:
            told.append(name)
            continue
        layer = LAYER_HINTS.get(have.source)
        source = f"source {have.source or 'unknown'}" + (f": {layer}" if layer else "")
        told.append(f"{name} (wanted {plan.wanted[name]!r}, is {have.value!r}, {source})")
    return NotApplied(
        f"{phone.host}: the phone accepted the change, but these did not take: {_listed(told)}.",
        remedy="The value may be out of its range for this firmware, or another layer may hide it.",
    )


def _listed(items: Sequence[str], most: int = 10) -> str:
    more = len(items) - most
    return ", ".join(items[:most]) + (f" and {more} more" if more > 0 else "")
