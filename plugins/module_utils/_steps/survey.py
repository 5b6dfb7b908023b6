# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read what a phone is, and where its parameters differ from the desired ones. Changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._parameters.origins import Origin
from .._phone.api import Phone
from .._phone.errors import PhoneError, ProtocolError
from .._phone.mac import digits
from .._phone.settings import Settings
from . import desired
from .config_plan import compare, read_settings
from .config_report import SECRET
from .desired import ORIGINS
from .secrets import UNSET, Memory, gather
from .subsets import Gathered
from .text import value_shown


@dataclass(frozen=True)
class Difference:
    """A parameter with another value than desired. ``source``: the phone's layer that its value comes from. ``layer``,
    ``file``, ``line``: the Origin of the desired value. Values of secrets are not shown; one that is not set is
    empty."""

    parameter: str
    wanted: str
    has: str
    source: str
    layer: str | None = None
    file: str | None = None
    line: int | None = None

    @property
    def origin(self) -> Origin:
        return Origin(self.layer, self.file, self.line)


@dataclass
class Survey:
    """What was read from one phone.

    ``info``: by subset, as vvx_info returns it. ``unsupported``: subsets that this phone does not give, and why;
    ``unreadable``: those of them that it does not simply lack.
    ``compared``: number of parameters. ``drift``: sorted by name. ``unknown``: names that the phone does not know,
    each with suggestions; ``origins``: of these. ``secrets``: those that can't be compared, and why.
    ``error``: what went wrong; the other fields keep what was read before.
    """

    info: dict[str, Any] = field(default_factory=dict)
    unsupported: dict[str, str] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    compared: int = 0
    drift: list[Difference] = field(default_factory=list)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    error: PhoneError | None = None


def survey(
    settings: Settings,
    subset: Sequence[str],
    parameters: Mapping[str, Any],
    sensitive: Sequence[str] | None = None,
    memory: Memory | None = None,
    origins: Mapping[str, Origin] | None = None,
) -> Survey:
    """Read one phone. Never raises: one strange phone among thousands must not stop the others.

    ``subset``: names of SUBSETS. ``parameters``: desired values; may be empty. ``sensitive``: patterns of further
    secret names. ``memory``: of the secrets that were written. A secret differs where vvx_config would write it on what
    it knows; one of which nothing is known is not compared. ``origins``: of the parameters.
    """
    found = Survey()
    try:
        with Phone(settings) as phone:
            read = Gathered(info=found.info, unsupported=found.unsupported, unreadable=found.unreadable)
            read.add(phone, subset)
            wish = {"parameters": parameters, "sensitive": sensitive, ORIGINS: origins}
            _compare(phone, wish, found, memory or Memory())
    except PhoneError as error:
        found.error = error
    except Exception as error:  # an unforeseen reply
        reason = type(error).__name__
        found.error = ProtocolError(f"the phone's reply can't be read ({reason}).", host=settings.host)
    return found


def _compare(phone: Phone, params: Mapping[str, Any], found: Survey, memory: Memory) -> None:
    wanted = desired.read(params, keep=False)
    wish = wanted.values
    current = read_settings(phone, list(wish)) if wish else {}
    known = {name: value for name, value in wish.items() if name in current}
    hidden = {name: value for name, value in known.items() if wanted.knowledge.is_secret(name)}
    memory.mac = memory.mac or digits(found.info.get("device", {}).get("mac"))
    plan = compare(known, current, "on_create", wanted.knowledge, gather(phone, hidden, current, "on_create", memory))
    unclear = {name for name, judged in plan.judgements.items() if judged.kind in ("set", "unknown", "undecided")}
    found.secrets = {name: plan.judgements[name].reason for name in sorted(unclear)}
    found.compared = len(wish) - len(unclear)
    found.drift = [
        Difference(
            name,
            SECRET if name in hidden else value_shown(wish[name]),
            value_shown(current[name].value) if name not in hidden else "" if current[name].source == UNSET else SECRET,
            current[name].source,
            *wanted.origins.get(name, Origin()),
        )
        for name in sorted(plan.wanted)
        if name not in unclear
    ]
    found.unknown = {name: wanted.knowledge.closest(name) for name in sorted(wish) if name not in current}
    found.origins = {name: wanted.origins[name] for name in found.unknown if name in wanted.origins}
