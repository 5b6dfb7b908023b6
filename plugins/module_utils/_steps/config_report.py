# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told about a change of configuration: the values of the result, the diff, the texts of errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .._parameters.listing import listed
from .._parameters.table import is_known, restart_reasons, restart_required
from .._phone.api import Phone, Setting
from .._phone.errors import NotApplied, UnknownParameters
from .config_plan import Plan, Verdict
from .result import Result, text_diff

SECRET = "(secret)"
SECRET_WRITTEN = "(secret, written anew)"
LAYER_HINTS = {
    "local": "set in the phone's menu, which hides what REST writes",
    "device": "kept in the phone's flash memory",
}


def outcome(phone: Phone, plan: Plan, verdict: Verdict) -> Result:
    """The result. Secrets are named in it, and never shown or put where they could be fed back."""
    names = [name for name in plan.wanted if name in verdict.after]
    secrets = [name for name in names if plan.known.is_secret(name)]
    shown = [name for name in names if name not in secrets]
    before = {
        name: plan.before[name].value
        for name in plan.wanted
        if name in [*shown, *verdict.unconfirmed] and not plan.known.is_secret(name)
    }
    now = {name: verdict.after[name] for name in shown}
    result = Result(changed=bool(names or verdict.unconfirmed), warnings=verdict.warnings, error=verdict.error)
    result.values = {
        "before": before,
        "after": now,
        "secrets_written": sorted(secrets),
        "secrets_skipped": sorted(plan.secrets_skipped),
        "restart_required": "no" if verdict.restarted else restart_required(names),
        "restart_reasons": {} if verdict.restarted else restart_reasons(names),
        "restarted": verdict.restarted,
        "batches": verdict.batches,
    }
    if verdict.error is not None and (verdict.applied or verdict.failed or verdict.unconfirmed):
        result.values.update(applied=sorted(verdict.applied), not_applied=sorted(verdict.failed))
    if verdict.unconfirmed:
        result.values["unconfirmed"] = sorted(verdict.unconfirmed)
    if verdict.rolled_back is not None:
        result.values["rolled_back"] = sorted(verdict.rolled_back)
    if names:
        old = {name: before[name] for name in shown} | dict.fromkeys(secrets, SECRET)
        result.diff = text_diff(old, now | dict.fromkeys(secrets, SECRET_WRITTEN), phone.host)
    return result


def unknown(phone: Phone, near: Mapping[str, Sequence[str]]) -> UnknownParameters:
    """``near``: each unknown name with the known names that are most like it."""
    return UnknownParameters(
        f"the phone does not know {suggested(near)}. Nothing was written.",
        remedy="Correct the names (letter case counts), or leave out what this model and firmware do not have.",
    )


def suggested(near: Mapping[str, Sequence[str]]) -> str:
    """Unknown names, each with what may help."""
    told = []
    for name, names in sorted(near.items()):
        if is_known(name):
            told.append(f"{name} (spelled right, but not on this model or firmware)")
        else:
            told.append(f"{name} (did you mean {' or '.join(names)}?)" if names else name)
    return listed(told)


def not_taken(phone: Phone, plan: Plan, current: Mapping[str, Setting], missed: Iterable[str]) -> NotApplied:
    told = []
    for name in sorted(missed):
        have = current.get(name)
        if plan.known.is_secret(name) or have is None:
            told.append(name)
            continue
        layer = LAYER_HINTS.get(have.source)
        source = f"source {have.source or 'unknown'}" + (f": {layer}" if layer else "")
        told.append(f"{name} (wanted {_cut(plan.wanted[name])}, is {_cut(have.value)}, {source})")
    return NotApplied(
        f"the phone accepted the change, but these did not take: {listed(told)}.",
        remedy="The value may be out of its range for this firmware, or another layer may hide it.",
    )


def _cut(value: str, most: int = 60) -> str:
    return repr(value if len(value) <= most else value[: most - 3] + "...")
