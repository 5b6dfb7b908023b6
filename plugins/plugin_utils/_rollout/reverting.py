# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Give phones values back that they had: which ones to write, which ones can't be brought back, and why not.

A phone has no way back to an inherited value: REST sets values and never unsets one, so that a value of the
provisioning server that is written back becomes an override, which hides the server's value from then on (manual,
configReset: only all overrides of a layer can be reset).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._parameters import values
from ...module_utils._parameters.knowledge import Knowledge
from ...module_utils._parameters.listing import listed
from ...module_utils._parameters.table import NOT_OVER_REST
from ...module_utils._phone.errors import Stale
from ...module_utils._steps.survey import Survey
from ...module_utils._steps.text import quoted
from .plan import SECRET, Entry

LEAVE, INVENTORY, WRITE = "leave", "inventory", "write"
REVERT = ArgumentSpec(
    {
        "inherited": {"type": "str", "choices": [WRITE, LEAVE], "default": WRITE},
        "secrets": {"type": "str", "choices": [LEAVE, INVENTORY], "default": LEAVE, "no_log": False},
        "restart": {"type": "str", "choices": ["never", "if_required", "always"], "default": "if_required"},
    }
)
OF_THE_TASKS = ("restart",)
_MENU = "local"
_OWN = ("web", _MENU, "device", "")
"""Sources of values that belong to the phone itself, or that nobody told. All others are inherited."""
IS_SECRET = (
    "it is a secret, which plans and backups leave out. -e vvx_secrets_from=inventory takes it from the inventory"
)
HAS_LOGIN = (
    "its value has a login, which no file of a run may hold. Set it in the inventory, and run polycom.vvx.configure"
)
INHERITED = "it was inherited, and vvx_inherited is leave"
_WINS = (
    "it is set in the phone's menu (source local), which wins over REST. vvx_reset with scope local clears that menu"
)
_FOREIGN = "it can't be set over REST"
_GONE = "the phone does not know it"


@dataclass(frozen=True)
class Target:
    """What a parameter is to be again. ``source``: the phone's layer that the value came from; empty if nobody knows.
    ``after``: what it was changed to then; None if that does not matter."""

    value: str
    source: str = ""
    after: str | None = None


@dataclass
class Reversal:
    """What one phone gets. ``values``: to write; ``now``: value and source that it has of these, and of ``secrets``,
    whose values the inventory has. ``overrides``: of the values, those that were inherited and become overrides.
    ``left``: parameters that can't be brought back, and why. ``stale``: why the whole phone is left alone."""

    values: dict[str, str] = field(default_factory=dict)
    now: dict[str, tuple[str, str]] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    overrides: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)
    stale: Stale | None = None

    def as_wish(self) -> dict[str, Any]:
        """For the task of the phone, as JSON."""
        return {
            "values": self.values,
            "secrets": self.secrets,
            "now": {name: {"value": value, "source": source} for name, (value, source) in self.now.items()},
            "overrides": self.overrides,
            "left": self.left,
        }


def targets_of(entry: Entry) -> dict[str, Target]:
    """What the plan has changed on a phone, secrets left out: their values are in no plan."""
    return {
        change.parameter: Target(change.before, change.source, change.after)
        for change in entry.changes
        if not change.secret
    }


def unwritable(targets: Mapping[str, Target], inherited: str) -> dict[str, str]:
    """Those that can't be brought back whatever the phone says, or are not to be, and why. ``inherited``: the option
    of this name."""
    found = {}
    for name, target in targets.items():
        if name in NOT_OVER_REST:
            found[name] = _FOREIGN
        elif inherited == LEAVE and is_inherited(target.source):
            found[name] = INHERITED
    return found


def is_inherited(source: str) -> bool:
    """Whether a value with this source comes from below the phone's own settings."""
    return source not in _OWN


def reverse(
    targets: Mapping[str, Target],
    found: Survey,
    known: Knowledge,
    left: Mapping[str, str],
    force: bool = False,
    resumed: bool = False,
    inherited: str = WRITE,
) -> Reversal:
    """What a phone gets. ``found``: the phone, compared with the values of the targets and with secrets. ``left``: what
    can't be brought back anyway. ``force``: also where somebody else has changed a value since. ``resumed``: an earlier
    run may have written some of the values without restarting the phone for them."""
    made = Reversal(left=dict(left))
    made.left |= dict.fromkeys(found.unknown, _GONE)
    made.left |= {name: why for name, why in found.secrets_left.items() if name not in targets}
    altered = []
    for change in found.changes:
        name = change.parameter
        target = targets.get(name)
        if target is None:
            if name in found.written_because:
                made.secrets.append(name)
                made.now[name] = SECRET if change.has else "", change.source
            continue
        if target.after is not None and not force and not values.equal(change.has, target.after, known.fact(name)):
            altered.append(
                f"{name} (was {quoted(target.value)}, planned {quoted(target.after)}, is {quoted(change.has)})"
            )
        elif change.source == _MENU:
            made.left[name] = _WINS
        elif inherited == LEAVE and not target.source and is_inherited(change.source):
            made.left[name] = INHERITED
        else:
            made.values[name] = target.value
            made.now[name] = change.has, change.source
            if is_inherited(target.source or change.source):
                made.overrides.append(name)
    if altered:
        made.stale = Stale(
            f"somebody else has changed the phone since: {listed(altered)}. Nothing was written.",
            remedy="Look at it. -e vvx_force=true gives it the values of before the plan nevertheless.",
        )
    if resumed and not altered:
        for name, target in targets.items():
            if name not in made.values and name not in made.left:
                made.values[name], made.now[name] = target.value, (target.value, target.source)
    return made


def reasons(reversals: Mapping[str, Reversal]) -> dict[str, dict[str, list[str]]]:
    """What can't be brought back: by reason the parameters, each with its hosts."""
    found: dict[str, dict[str, list[str]]] = {}
    for host, made in reversals.items():
        for name, why in made.left.items():
            found.setdefault(why, {}).setdefault(name, []).append(host)
    return found


def overrides(reversals: Mapping[str, Reversal]) -> dict[str, list[str]]:
    """The values that were inherited and that become overrides, each with its hosts."""
    found: dict[str, list[str]] = {}
    for host, made in reversals.items():
        for name in made.overrides:
            found.setdefault(name, []).append(host)
    return found


def counted(found: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How many phones each parameter is about, the most frequent first, at most 100."""
    numbers = {name: len(hosts) for name, hosts in found.items()}
    return dict(sorted(numbers.items(), key=lambda item: (-item[1], item[0]))[:100])
