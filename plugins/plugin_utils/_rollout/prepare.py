# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make a rollout of a plan: which of its phones change in this run, in which waves, and what becomes of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._phone.errors import SettingsError
from ...module_utils._text import clean
from .._console.order import natural
from .._console.words import count, some
from . import plan_source
from .journal import Step
from .plan import Plan
from .run import APPLY
from .walking import OF_THE_TASKS, WALK, Errand, Note, Terms, Walk, walk
from .waves import check_canary

SPEC = plan_source.SPEC.merge(WALK).merge(
    ArgumentSpec(
        {
            "approved": {"type": "str"},
            "restart": {"type": "str", "choices": ["never", "if_required", "always"], "default": "if_required"},
            "rollback_on_failure": {"type": "bool", "default": False},
            "verify": {"type": "bool", "default": True},
        }
    )
)
_OF_THE_TASKS = (*OF_THE_TASKS, "restart", "rollback_on_failure", "verify")


@dataclass(frozen=True)
class Place:
    """Where the phones of a rollout are. ``play``: hosts of the play; ``inventory``: all hosts. ``sites``: of each
    host, if waves are to be cut by something. ``steps``: of the journal."""

    play: Sequence[str]
    inventory: Iterable[str]
    sites: Mapping[str, str] | None
    steps: Mapping[str, Step]


def refuse_changed(hosts: Sequence[str]) -> None:
    """Raises SettingsError if the desired parameters of these hosts are no longer those of the plan."""
    if hosts:
        raise SettingsError(
            f"the plan is out of date: the desired parameters of {count(len(hosts), 'phone')} have changed since it "
            f"was made: {some(map(clean, hosts))}. Nothing was sent.",
            remedy="Make a new plan, or undo the change of the variables.",
        )


def refuse_another(plan: Plan, approved: str, source: object) -> None:
    """Raises SettingsError if this is not the plan with the ID that was approved. ``approved``: empty for any.
    ``source``: of this plan."""
    if approved and plan.id != approved:
        raise SettingsError(
            f"plan: {source} holds plan {clean(plan.id)}, not plan {clean(approved)}, which was approved. Somebody has "
            "made another plan since. Nothing was sent.",
            remedy="Plan again, and have that plan approved.",
        )


def errand(plan: Plan) -> Errand:
    return Errand(APPLY, plan.id, f"Plan {plan.id}")


def options(plan: Plan, params: Mapping[str, Any]) -> dict[str, Any]:
    """Of the tasks on phones. ``params``: validated by SPEC."""
    return {
        **{name: params[name] for name in _OF_THE_TASKS},
        "check_busy": "before_write",
        "layers": list(plan.options.layers),
        "sensitive": list(plan.options.sensitive),
        "update_secrets": plan.options.update_secrets,
        "unknown_parameters": plan.options.unknown_parameters,
    }


def elsewhere(hosts: Sequence[str], terms: Terms, of: str = "plan") -> Note:
    """About phones that the inventory does not have, which for a slice of an AWX job is that of the slice. ``of``: what
    has them."""
    if terms.part:
        return Note("other_slices", hosts, f"of the {of} in other slices, or not in the inventory", named=False)
    return Note("not_in_inventory", hosts, f"of the {of} not in the inventory")


def prepare(plan: Plan, terms: Terms, place: Place, params: Mapping[str, Any]) -> Walk:
    """``params``: validated by SPEC. Raises SettingsError."""
    check_canary(terms.rules, plan.phones)
    here, known = set(place.play), set(place.inventory)
    present = [host for host in plan.phones if host in here]
    targets = [host for host in plan.targets if host in here]
    entries = plan.phones
    unread = [host for host in present if entries[host].error is not None]
    left = set(present).difference(targets, unread)
    unknowing = [host for host in present if host in left and entries[host].unknown]
    left.difference_update(unknowing)
    right = [host for host in present if host in left]
    outside = [host for host in plan.targets if host in known and host not in here]
    missing = [host for host in plan.phones if host not in known]
    share = f"{len(present)} of the plan's {count(len(plan.phones), 'phone')}" if terms.part else ""
    notes = (
        Note("as_desired", right, "as desired when the plan was made", named=False),
        Note("not_read", unread, "not read for the plan, left out"),
        Note("unknown_parameters", unknowing, "left out because of unknown parameters"),
        Note("outside", outside, "of the plan left out by --limit or vvx_hosts", named=False),
        elsewhere(missing, terms),
        Note("not_in_plan", sorted(here - set(plan.phones), key=natural), "not in the plan"),
    )
    terms = replace(terms, options={**terms.options, **options(plan, params)}, share=share)
    return walk(errand(plan), targets, terms, place.steps, place.sites, notes)
