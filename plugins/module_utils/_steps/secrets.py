# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether to write a secret that the phone may hide: what is known of it, and what follows from that.

Many phones return nothing, or asterisks, for a secret. What proves something then is its source, the login, and what
was written before: the controller remembers that, see ``_doors/memory.py``. Here is only what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._options.connection import from_environment
from .._parameters.listing import listed
from .._parameters.table import ADMIN_PASSWORD
from .._phone.api import Phone, Setting
from .._phone.errors import NotAllowed, NotSupported, ProtocolError, Refused
from .._phone.mac import digits
from .._phone.settings import ADMIN_ACCOUNT
from .._phone.shapes import device as device_shapes

MEMORY = ArgumentSpec(
    {
        "secrets_key": {"type": "str", "no_log": True, "fallback": (from_environment, ["VVX_SECRETS_KEY"])},
        "state_path": {"type": "path", "fallback": (from_environment, ["VVX_STATE_PATH"])},
    }
)

UNSET = "default"
"""The source of a parameter that nobody has set. Unset ``device.*`` have the source ``device``, as have those that are
set (source: a recorded Trio 8800)."""
SET = ("sip", "config", "cloud", "web", "local")
"""Sources that prove that something has set the parameter."""
_MASKED = re.compile(r"[*#\u00b7\u2022\u2219\u25cf]+")


@dataclass(frozen=True)
class Trace:
    """What is remembered of one secret of one phone.

    ``same``: whether the value was the one that is wanted now, and the phone confirmed it. ``source``: the layer that
    the phone named then; None if it was not read. ``written``: False if the secret was only found to be set.
    """

    same: bool
    source: str | None = None
    written: bool = True


@dataclass
class Memo:
    """What the controller is to remember of the phone with this ``mac`` (twelve digits), by name of the parameter.

    ``written``: confirmed, with the source afterwards (None: not read). ``found``: found to be set by something else,
    with the source. ``doubtful``: sent, but not confirmed. ``reset``: the phone has forgotten its secrets.
    """

    mac: str
    written: dict[str, str | None] = field(default_factory=dict)
    found: dict[str, str | None] = field(default_factory=dict)
    doubtful: list[str] = field(default_factory=list)
    reset: bool = False


def memo_of(fields: Any) -> Memo | None:
    """A memo that came as a task result; None for anything else."""
    if not isinstance(fields, Mapping) or set(fields) != set(Memo("").__dict__):
        return None
    return Memo(**fields)


class Memory:
    """What a task may ask the controller's memory. This one is none; ``reason`` says why, as part of a sentence."""

    mac: str | None = None
    """Of the phone, where it is known beforehand."""

    def __init__(self, reason: str = "there is no memory of what was written") -> None:
        self._reason = reason

    def missing(self) -> str | None:
        """Why nothing can be remembered; None if it can."""
        return self._reason

    def recall(self, mac: str, wanted: Mapping[str, str]) -> Mapping[str, Trace]:
        """What is remembered of these secrets, by name. ``wanted``: name to value."""
        del mac, wanted
        return {}


class Told(Memory):
    """What the controller has told a task that runs on another host: the option ``remembered``."""

    def __init__(self, told: Mapping[str, Any] | None) -> None:
        told = told or {}
        mac = digits(str(told.get("mac", "")))
        super().__init__("" if mac else str(told.get("missing") or "the controller did not tell what was written"))
        self.mac = mac
        self._traces = told.get("traces")

    def missing(self) -> str | None:
        return None if self.mac else self._reason

    def recall(self, mac: str, wanted: Mapping[str, str]) -> Mapping[str, Trace]:
        traces = self._traces if isinstance(self._traces, Mapping) else {}
        return {
            name: Trace(fields.get("same") is True, fields.get("source"), fields.get("written") is not False)
            for name, fields in traces.items()
            if name in wanted and isinstance(fields, Mapping)
        }


@dataclass(frozen=True)
class Evidence:
    """What is known of the secrets of one phone. ``missing``: why nothing can be remembered. ``proven``: values that
    are known although the phone hides them. ``mac``: set where the phone was looked up in the memory."""

    traces: Mapping[str, Trace] = field(default_factory=dict)
    missing: str | None = "there is no memory of what was written"
    proven: Mapping[str, str] = field(default_factory=dict)
    mac: str | None = None


@dataclass(frozen=True)
class Written:
    """What became of a write. ``confirmed``: name to source afterwards (None: not read). ``sent``: all names sent."""

    confirmed: Mapping[str, str | None]
    sent: Iterable[str]


FORBIDDEN = "update_secrets is never"
"""Why a secret was left alone that the user does not want to be written."""


@dataclass(frozen=True)
class Judgement:
    """``kind``: equal, remembered, differs, ordered, new, unset, unknown, set, undecided or forbidden. ``reason``: in
    words."""

    kind: str
    reason: str

    @property
    def write(self) -> bool:
        return self.kind in ("differs", "ordered", "new", "unset", "unknown")

    @property
    def as_desired(self) -> bool:
        """Whether the phone has the value, as far as anybody can know."""
        return self.kind in ("equal", "remembered")


def readable(setting: Setting) -> bool:
    """Whether the phone returned a secret's real value: some return nothing, some asterisks."""
    return bool(setting.value) and not _MASKED.fullmatch(setting.value)


def gather(
    phone: Phone, wanted: Mapping[str, str], current: Mapping[str, Setting], update_secrets: str, memory: Memory
) -> Evidence:
    """Collect what is known of these secrets. Asks the phone for its MAC address only if that is needed and neither the
    inventory nor its certificate says it: one request, two where v2 is missing. ``wanted``: name to value."""
    proven = {}
    if phone.username == ADMIN_ACCOUNT and ADMIN_PASSWORD in wanted:
        proven[ADMIN_PASSWORD] = phone.settings.password  # it has just answered to this
    hidden = {name: text for name, text in wanted.items() if name not in proven and not readable(current[name])}
    if update_secrets == "never" or not hidden:
        return Evidence(proven=proven)
    missing = memory.missing()
    mac = None if missing else memory.mac or phone.proved_mac or _mac(phone)
    if mac is None:
        return Evidence(missing=missing or "the phone does not tell its MAC address", proven=proven)
    return Evidence(memory.recall(mac, hidden), None, proven, mac)


def _mac(phone: Phone) -> str | None:
    try:
        return digits(device_shapes.device(phone.device_info()).get("mac"))
    except (NotSupported, NotAllowed, Refused, ProtocolError):
        return None


def judge(name: str, wanted: str, have: Setting, update_secrets: str, evidence: Evidence) -> Judgement:
    """Decide about one secret. ``update_secrets``: always, on_create or never."""
    value = evidence.proven.get(name, have.value if readable(have) else None)
    if value == wanted or (wanted == have.value == "" and have.source == UNSET):
        return Judgement("equal", "the phone has it")
    if update_secrets == "never":
        return Judgement("forbidden", FORBIDDEN)
    if value is not None:
        return Judgement("differs", "the phone has another value")
    if update_secrets == "always":
        return Judgement("ordered", "update_secrets is always")
    trace = evidence.traces.get(name)
    if trace is not None and not trace.same:
        return Judgement("new", "the value is new, or the phone did not confirm it")
    # What has the same source as then is still there; with verify: false no source was read.
    unmoved = trace and (have.source == trace.source or (trace.source is None and have.source != UNSET))
    if trace and trace.written and unmoved:
        return Judgement("remembered", "written before")
    if have.source == UNSET:
        return Judgement("unset", "it is not set (source default)")
    if have.source in SET:
        return Judgement("set", f"something else has set it (source {have.source})")
    if evidence.missing:
        return Judgement("undecided", f"the phone does not tell whether it is set, and {evidence.missing}")
    return Judgement("unknown", "the phone does not tell whether it is set")


def memo(
    judgements: Mapping[str, Judgement], current: Mapping[str, Setting], evidence: Evidence, outcome: Written
) -> Memo | None:
    """What to remember after a task that was no check; None if nothing. ``current``: the settings before it."""
    if evidence.mac is None:
        return None
    found = Memo(evidence.mac)
    for name, judged in judgements.items():
        if name in evidence.proven or judged.kind in ("equal", "remembered"):
            continue
        if name in outcome.confirmed:
            found.written[name] = outcome.confirmed[name]
        elif name in outcome.sent:
            found.doubtful.append(name)
        elif judged.kind == "set" and name not in evidence.traces:
            found.found[name] = current[name].source
    return found if found.written or found.found or found.doubtful else None


def doubts(judgements: Mapping[str, Judgement], outcome: Written) -> list[str]:
    """What to say of secrets that the phone accepted and still calls unset."""
    doubtful = sorted(name for name, source in outcome.confirmed.items() if name in judgements and source == UNSET)
    if not doubtful:
        return []
    return [f"the phone accepted {listed(doubtful)}, but still calls it unset (source default). Check that it works."]


def notices(
    judgements: Mapping[str, Judgement], evidence: Evidence, written: Iterable[str], check_mode: bool
) -> list[str]:
    """What to say of secrets of which nothing is known. ``written``: or, in check mode, would be."""
    unknown = sorted(name for name in written if name in judgements and judgements[name].kind == "unknown")
    undecided = sorted(name for name, judged in judgements.items() if judged.kind == "undecided")
    texts = []
    if unknown:
        done = "would be written" if check_mode else "was written"
        texts.append(
            f"{listed(unknown)}: the phone does not tell whether this is set, so it {done} once. From then on, "
            "this controller remembers it."
        )
    if undecided:
        texts.append(
            f"{listed(undecided)}: the phone does not tell whether this is set, and {evidence.missing}. It was left "
            "alone. See state_path and secrets_key in the documentation of vvx_config, or use update_secrets: always."
        )
    return texts
