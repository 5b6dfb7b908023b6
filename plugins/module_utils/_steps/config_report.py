# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Report a change of parameters: the values of the result, the diff and the error messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._parameters.listing import listed
from .._parameters.origins import Origin, as_plain, placed
from .._parameters.table import is_known, restart_reasons, restart_required
from .._phone.api import Setting
from .._phone.errors import NotApplied, UnknownParameters
from .config_plan import Plan, Verdict
from .result import Result
from .text import quoted, text_diff, value_shown

SECRET = "(secret)"
SECRET_WRITTEN = "(secret, written anew)"
_RESTART = "Set restart: if_required, or use vvx_restart when restart_needed is true; restart_reasons says why."
LAYER_HINTS = {
    "local": "set in the phone's menu, which overrides REST",
    "device": "stored in the phone's flash memory",
}


def outcome(host: str, plan: Plan, verdict: Verdict) -> Result:
    """The result. It names secrets and never contains their values. ``host`` is the header of the diff."""
    names = [name for name in plan.wanted if name in verdict.after]
    secrets = [name for name in names if plan.known.is_secret(name)]
    shown = [name for name in names if name not in secrets]
    waiting = [*names, *verdict.pending]
    restart = "no" if verdict.restarted else restart_required(waiting)
    real = {
        name: plan.before[name].value
        for name in plan.wanted
        if name in [*shown, *verdict.unconfirmed] and not plan.known.is_secret(name)
    }
    now = {name: verdict.after[name] for name in shown}
    before, after = ({name: value_shown(value) for name, value in values.items()} for values in (real, now))
    restarted = verdict.restarted and verdict.rolled_back is None
    result = Result(
        changed=bool(names or verdict.unconfirmed or restarted), warnings=verdict.warnings, error=verdict.error
    )
    result.values = {
        "before": before,
        "after": after,
        "secrets_written": sorted(secrets),
        "secrets_skipped": plan.secrets_skipped,
        "secrets_reasons": {
            name: judged.reason for name, judged in sorted(plan.judgements.items()) if not judged.as_desired
        },
        "restart_required": restart,
        "restart_needed": restart == "yes",
        "restart_reasons": {} if verdict.restarted else restart_reasons(waiting),
        "restarted": verdict.restarted,
        "batches": verdict.batches,
        "origins": as_plain(plan.origins, sorted({*names, *verdict.unconfirmed, *plan.secrets_skipped})),
    }
    if verdict.error is not None and (verdict.applied or verdict.failed or verdict.unconfirmed):
        result.values.update(applied=sorted(verdict.applied), not_applied=sorted(verdict.failed))
    if verdict.unconfirmed:
        result.values["unconfirmed"] = sorted(verdict.unconfirmed)
    if verdict.rolled_back is not None:
        result.values["rolled_back"] = sorted(verdict.rolled_back)
    for when, mark in (("before", verdict.was), ("after", verdict.became)):
        if mark is not None:
            result.values |= {f"lines_{when}": sorted(mark.lines), f"firmware_{when}": mark.firmware}
    if names:
        old = {name: real[name] for name in shown} | dict.fromkeys(secrets, SECRET)
        result.diff = text_diff(old, now | dict.fromkeys(secrets, SECRET_WRITTEN), host)
        if places := {name: str(plan.origins[name]) for name in sorted(names) if name in plan.origins}:
            result.diff["prepared"] = "".join(f"{name}: from {place}\n" for name, place in places.items()) + "\n"
    return result


def restart_notice(values: Mapping[str, Any]) -> str | None:
    """What to say of a result by which phones need a restart: the same words for all phones with the same changes."""
    if not values.get("restart_needed"):
        return None
    return f"A restart is needed before {listed(sorted(values['restart_reasons']))} takes effect. {_RESTART}"


def unknown(near: Mapping[str, Sequence[str]], origins: Mapping[str, Origin] | None = None) -> UnknownParameters:
    """``near``: each unknown name with the known names that resemble it."""
    return UnknownParameters(
        f"the phone does not know {suggested(near, origins)}. Nothing was written.",
        remedy="Correct the names (case matters), or remove those that this model or firmware lacks.",
    )


def unknown_skipped(near: Mapping[str, Sequence[str]], origins: Mapping[str, Origin] | None = None) -> str:
    """What to say of unknown names that are left out: the same words for all phones that lack the same."""
    return f"Skipped, because the phone does not know {'it' if len(near) == 1 else 'them'}: {suggested(near, origins)}."


def suggested(near: Mapping[str, Sequence[str]], origins: Mapping[str, Origin] | None = None) -> str:
    """Unknown names, each with a suggestion and its origin."""
    described = []
    for name, names in sorted(near.items()):
        if is_known(name):
            text = f"{name} (spelled right, but not on this model or firmware)"
        else:
            text = f"{name} (did you mean {' or '.join(names)}?)" if names else name
        described.append(placed(text, (origins or {}).get(name)))
    return listed(described)


def not_taken(plan: Plan, current: Mapping[str, Setting], missed: Iterable[str]) -> NotApplied:
    described = []
    for name in sorted(missed):
        have = current.get(name)
        if plan.known.is_secret(name) or have is None:
            described.append(placed(name, plan.origins.get(name)))
            continue
        layer = LAYER_HINTS.get(have.source)
        source = f"source {have.source or 'unknown'}" + (f": {layer}" if layer else "")
        described.append(
            placed(
                f"{name} (wanted {quoted(plan.wanted[name])}, is {quoted(have.value)}, {source})",
                plan.origins.get(name),
            )
        )
    return NotApplied(
        f"the phone accepted the change, but these values did not take effect: {listed(described)}.",
        remedy="The value may be out of range for this firmware, or another layer may override it.",
    )
