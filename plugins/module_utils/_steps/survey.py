# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read what a phone is, and where its parameters differ from the desired ones. Changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._certificates import Certificate
from .._parameters.knowledge import Knowledge
from .._parameters.origins import Origin
from .._phone.api import Phone
from .._phone.errors import PhoneError, ProtocolError
from .._phone.mac import digits
from .._phone.settings import Settings
from . import desired
from .config_plan import compare, read_settings
from .config_report import SECRET
from .desired import KNOWLEDGE, ORIGINS
from .secrets import UNSET, Memory, Written, gather, memo, notices
from .subsets import Gathered
from .text import value_shown

_NOT_COMPARED = ("ordered", "set", "unknown", "undecided", "forbidden")
"""Kinds of judgements on secrets whose values nobody knows."""


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
    ``changes``: what vvx_config would write of the names that the phone knows, sorted; unlike ``drift``, with secrets
    that can't be compared. ``written_because``: of the secrets among them, why they would be written. ``warnings``:
    what vvx_config says of the desired values.
    ``settled``: vvx_config would change nothing, fail at nothing and remember nothing.
    ``certificate``: what the phone presents; None without TLS, without a connection, and where no facts were wanted.
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
    changes: list[Difference] = field(default_factory=list)
    written_because: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    settled: bool = False
    certificate: Certificate | None = None
    error: PhoneError | None = None

    @property
    def secrets_left(self) -> dict[str, str]:
        """The secrets that vvx_config would leave alone without knowing their values, and why."""
        return {name: why for name, why in self.secrets.items() if name not in self.written_because}


def survey(
    settings: Settings,
    subset: Sequence[str],
    parameters: Mapping[str, Any],
    sensitive: Sequence[str] | None = None,
    memory: Memory | None = None,
    origins: Mapping[str, Origin] | None = None,
    update_secrets: str = "on_create",
    knowledge: Knowledge | None = None,
    unknown_parameters: str = "fail",
) -> Survey:
    """Read one phone. Never raises: one strange phone among thousands must not stop the others.

    ``subset``: names of SUBSETS. ``parameters``: desired values; may be empty. ``sensitive``: patterns of further
    secret names. ``memory``: of the secrets that were written. A secret differs where vvx_config would write it on what
    it knows; one of which nothing is known is not compared. ``origins``: of the parameters. ``update_secrets``,
    ``unknown_parameters``: as the options of vvx_config. ``knowledge``: what is known of parameters, instead of
    ``sensitive``.
    """
    found = Survey()
    try:
        with Phone(settings) as phone:
            try:
                read = Gathered(info=found.info, unsupported=found.unsupported, unreadable=found.unreadable)
                read.add(phone, subset)
                wish = {"parameters": parameters, "sensitive": sensitive, ORIGINS: origins, KNOWLEDGE: knowledge}
                _compare(phone, wish, found, memory or Memory(), update_secrets)
            finally:
                found.certificate = phone.certificate if subset else None
            found.settled = found.settled and (unknown_parameters == "skip" or not found.unknown)
    except PhoneError as error:
        found.error = error
    except Exception as error:  # an unforeseen reply
        reason = type(error).__name__
        found.error = ProtocolError(f"the phone's reply can't be read ({reason}).", host=settings.host)
    return found


def _compare(phone: Phone, params: Mapping[str, Any], found: Survey, memory: Memory, update_secrets: str) -> None:
    wanted = desired.read(params, keep=False)
    found.warnings = list(wanted.warnings)
    wish = wanted.values
    current = read_settings(phone, list(wish)) if wish else {}
    known = {name: value for name, value in wish.items() if name in current}
    hidden = {name: value for name, value in known.items() if wanted.knowledge.is_secret(name)}
    memory.mac = memory.mac or digits(found.info.get("device", {}).get("mac"))
    evidence = gather(phone, hidden, current, update_secrets, memory)
    plan = compare(known, current, update_secrets, wanted.knowledge, evidence)
    unclear = {name for name, judged in plan.judgements.items() if judged.kind in _NOT_COMPARED}
    found.secrets = {name: plan.judgements[name].reason for name in sorted(unclear)}
    found.compared = len(wish) - len(unclear)
    found.changes = [
        Difference(
            name,
            SECRET if name in hidden else value_shown(wish[name]),
            value_shown(current[name].value) if name not in hidden else "" if current[name].source == UNSET else SECRET,
            current[name].source,
            *wanted.origins.get(name, Origin()),
        )
        for name in sorted(plan.wanted)
    ]
    found.drift = [change for change in found.changes if change.parameter not in unclear]
    found.written_because = {name: plan.judgements[name].reason for name in sorted(plan.wanted) if name in hidden}
    found.warnings += notices(plan.judgements, evidence, plan.wanted, check_mode=True)
    found.unknown = {name: wanted.knowledge.closest(name) for name in sorted(wish) if name not in current}
    found.origins = {name: wanted.origins[name] for name in found.unknown if name in wanted.origins}
    to_remember = memo(plan.judgements, current, evidence, Written({}, []))
    found.settled = not plan.wanted and to_remember is None
