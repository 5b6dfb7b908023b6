# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a phone has, what it should have, and what therefore has to be written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .._parameters import packing, values
from .._parameters.knowledge import BUNDLED, Knowledge
from .._phone.api import Phone, Setting
from .._phone.errors import PhoneError

UPDATE_SECRETS = ("always", "on_create", "never")


@dataclass
class Plan:
    """What differs: ``wanted`` is what to write, ``before`` what the phone has now, for the same names. ``known``: by what it was compared."""

    wanted: dict[str, str] = field(default_factory=dict)
    before: dict[str, Setting] = field(default_factory=dict)
    secrets_skipped: list[str] = field(default_factory=list)
    known: Knowledge = BUNDLED

    def took(self, name: str, wanted: str, current: Setting | None, unreadable: bool) -> bool:
        """Whether the phone has the value now. ``unreadable``: the answer for a secret that can't be read back."""
        if current is None:
            return False
        if self.known.is_secret(name):
            return current.value == wanted if readable(current) else unreadable
        return values.equal(current.value, wanted, self.known.fact(name))


@dataclass
class Verdict:
    """What came of a plan. ``after``: the values that the phone has (or would have) now, of all that it has no longer as before.

    ``failed``: parameters that are not as they should be. ``unconfirmed``: sent, and the phone could not be asked. ``batches``: requests to
    write. ``warnings``: texts.
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


def read_settings(phone: Phone, names: Sequence[str]) -> dict[str, Setting]:
    """The running values of any number of parameters; what is unknown to the phone is missing."""
    found: dict[str, Setting] = {}
    for chunk in packing.chunks(names):
        found.update(phone.config_get(chunk))
    return found


def compare(wanted: Mapping[str, str], current: Mapping[str, Setting], update_secrets: str, known: Knowledge) -> Plan:
    """What has to be written. A value that is equal is left alone, whatever layer it comes from: writing it would make a
    web override, which hides the provisioning server's value from then on."""
    plan = Plan(known=known)
    for name, text in wanted.items():
        have = current[name]
        if known.is_secret(name):
            if readable(have) and have.value == text:
                continue
            if update_secrets == "never" or (update_secrets == "on_create" and have.source not in ("default", "")):
                plan.secrets_skipped.append(name)
                continue
        elif values.equal(have.value, text, known.fact(name)):
            continue
        plan.wanted[name] = text
        plan.before[name] = have
    return plan


def readable(setting: Setting) -> bool:
    """Whether the phone gave a secret's real value: some give nothing, some give asterisks."""
    return bool(setting.value) and not re.fullmatch(r"\*+", setting.value)
