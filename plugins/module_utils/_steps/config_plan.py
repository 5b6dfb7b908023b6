# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compare the parameters of a phone with the desired ones, and plan what to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .._parameters import packing, values
from .._parameters.knowledge import BUNDLED, Knowledge
from .._parameters.origins import Origin
from .._phone.api import Phone, Setting
from .._phone.errors import PhoneError
from .reboot import BootMark
from .secrets import Evidence, Judgement, Written, judge, readable


@dataclass
class Plan:
    """``wanted``: what to write. ``before``: what the phone has now, for the same names. ``judgements``: of all
    secrets, by name. ``known``: the knowledge that the comparison used. ``origins``: of the desired values."""

    wanted: dict[str, str] = field(default_factory=dict)
    before: dict[str, Setting] = field(default_factory=dict)
    judgements: dict[str, Judgement] = field(default_factory=dict)
    known: Knowledge = BUNDLED
    origins: Mapping[str, Origin] = field(default_factory=dict)

    @property
    def secrets_skipped(self) -> list[str]:
        """The secrets that were left alone and are not known to be as desired."""
        return sorted(name for name, judged in self.judgements.items() if not (judged.write or judged.as_desired))

    def took(self, name: str, wanted: str, current: Setting | None, unreadable: bool) -> bool:
        """Whether the phone has the value now. ``unreadable``: what to return for a secret that can't be read back."""
        if current is None:
            return False
        if self.known.is_secret(name):
            return current.value == wanted if readable(current) else unreadable
        return same(current, wanted, name, self.known)


@dataclass(frozen=True)
class WriteOptions:
    """``verify``: fail if a value did not take effect. ``restart``: restart the phone afterwards. ``when_busy``: as
    the option of this name. ``timeout``: seconds for each wait for the phone. ``busy_timeout``: for calls to end.
    ``wait_for_lines``: fail if lines do not register again; ``lines_delay``: seconds until the first look;
    ``lines``: awaited besides those that are registered before. ``owed``: parameters that an earlier task may have
    written without restarting the phone for them."""

    verify: bool
    restart: bool
    when_busy: str
    rollback_on_failure: bool
    timeout: float
    busy_timeout: float
    wait_for_lines: bool = False
    lines_delay: float = 0.0
    lines: frozenset[int] = frozenset()
    owed: Sequence[str] = ()


@dataclass
class Verdict:
    """The outcome of a plan. ``after``: the new values of all parameters that changed (or would change).

    ``batches``: number of write requests. ``sent``: parameters in them. ``failed``: parameters that still differ from
    the plan. ``unconfirmed``: sent, but not read back. ``sources``: of parameters that were read back. ``pending``:
    written back, but the phone still has to be restarted for it. ``was``, ``became``: the phone before and after, if
    lines are awaited.
    """

    after: dict[str, str] = field(default_factory=dict)
    batches: int = 0
    restarted: bool = False
    applied: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unconfirmed: list[str] = field(default_factory=list)
    rolled_back: list[str] | None = None
    warnings: list[str] = field(default_factory=list)
    error: PhoneError | None = None
    sent: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    pending: list[str] = field(default_factory=list)
    was: BootMark | None = None
    became: BootMark | None = None

    def written(self) -> Written:
        """What became of the parameters that were sent."""
        return Written({name: self.sources.get(name) for name in self.applied}, self.sent)


def read_settings(phone: Phone, names: Sequence[str]) -> dict[str, Setting]:
    """The running values of any number of parameters; parameters that the phone does not know are missing."""
    found: dict[str, Setting] = {}
    for chunk in packing.chunks(names):
        found.update(phone.config_get(chunk))
    return found


def compare(
    wanted: Mapping[str, str],
    current: Mapping[str, Setting],
    update_secrets: str,
    known: Knowledge,
    evidence: Evidence | None = None,
) -> Plan:
    """Plan what to write. An equal value is left alone, whatever layer it comes from: writing it would create a web
    override, which from then on hides the provisioning server's value. ``evidence``: what is known of secrets."""
    evidence = evidence or Evidence()
    plan = Plan(known=known)
    for name, text in wanted.items():
        have = current[name]
        if known.is_secret(name):
            plan.judgements[name] = judge(name, text, have, update_secrets, evidence)
            if not plan.judgements[name].write:
                continue
        elif same(have, text, name, known):
            continue
        plan.wanted[name] = text
        plan.before[name] = have
    return plan


def same(have: Setting, wanted: str, name: str, known: Knowledge) -> bool:
    """Whether the phone has this value, which is not a secret. An empty text that stands for the default is there where
    the phone uses its default."""
    fact = known.fact(name)
    return values.equal(have.value, wanted, fact) or (values.means_default(wanted, fact) and have.source == "default")
