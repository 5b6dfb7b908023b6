# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known about a parameter from its name alone: type, secrecy, companion, restart effect.

The bundled knowledge is incomplete by nature: what it does not know, it says it does not know. The phone itself is the
judge of names.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from .known import KNOWN_PARAMETERS

DEVICE_SET = "device.set"
REST_ENABLED = "apps.restapi.enabled"
NOT_OVER_REST = frozenset({REST_ENABLED, "log.level.change.restapi"})
"""Editable by configuration file and web interface only (manual, Configuration Options)."""
ADMIN_PASSWORD = "device.auth.localAdminPassword"

_INDICES = "xyz"
_SHARED_COMPANION = re.compile(r"(device\.sec\.TLS\.customDeviceCert[0-9]+)\.(?:publicCert|privateKey)")
_MODEL_SUFFIX = re.compile(r"\.(?:VVX|Trio|CCX|SoundStructure|SSIP|SPIP)[0-9]+[A-Za-z]*$")
_SECRET_NAME = re.compile(
    r"(?:password|privateKey|\.pin|UpdatePin|unLockPhone\.pin|configEncryption\.key|psk\.key|background\.encryption\.key)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Fact:
    """What is known about one parameter.

    ``type``: bool, int, str, enum, or None if unknown. ``choices``: for an enum, the spellings of each value (the first
    is the one to send). ``restart``: no, yes, restart, reboot or unknown.
    """

    type: str | None = None
    choices: tuple[tuple[str, ...], ...] = ()
    restart: str = "unknown"


_UNKNOWN = Fact()
_UNKNOWN_DEVICE = Fact(restart="yes")
"""The administrator guides flag device.* as a family: a change restarts or reboots the phone."""


@functools.lru_cache(maxsize=4096)
def fact(name: str) -> Fact:
    """What is known about the parameter; never fails."""
    known = _TABLE.get(pattern(name))
    if known is not None:
        return known
    return _UNKNOWN_DEVICE if name.startswith("device.") else _UNKNOWN


def is_known(name: str) -> bool:
    """Whether the bundled knowledge has this very parameter. False proves nothing: the knowledge is incomplete."""
    return pattern(name) in _TABLE


def pattern(name: str) -> str:
    """The name with its indices replaced, and without a model suffix: ``reg.2.server.1.port.VVX411`` is ``reg.x.server.y.port``."""
    letters = iter(_INDICES)
    parts = _MODEL_SUFFIX.sub("", name).split(".")
    return ".".join(next(letters, "n") if part.isdigit() else part for part in parts)


def is_secret(name: str) -> bool:
    """Whether the value must never be shown, and may not be readable."""
    return not is_companion(name) and bool(_SECRET_NAME.search(_MODEL_SUFFIX.sub("", name)))


def is_companion(name: str) -> bool:
    """Whether the name is device.set or a ``device.*.set``: a switch that goes with a value, not a setting of its own."""
    return name == DEVICE_SET or (name.startswith("device.") and name.endswith(".set"))


def companion(name: str) -> str | None:
    """The ``.set`` that must be sent with the parameter, or None. TLS device certificates share one for key and certificate."""
    if not name.startswith("device.") or is_companion(name):
        return None
    shared = _SHARED_COMPANION.fullmatch(name)
    return f"{shared.group(1) if shared else name}.set"


def restarts_phone(name: str) -> bool:
    """Whether the phone may restart by itself when this is set; such parameters go last."""
    return fact(name).restart in ("yes", "restart", "reboot")


def restart_required(names: Iterable[str]) -> str:
    """yes, no or unknown for a set of changed parameters. Unknown is never told as no."""
    effects = {fact(name).restart for name in names}
    if effects & {"yes", "restart", "reboot"}:
        return "yes"
    return "unknown" if "unknown" in effects else "no"


def restart_mode(names: Iterable[str]) -> str:
    """restart (of the application) or reboot, for changed parameters. A reboot does all that a restart does, and so serves where
    the guides say "restart or reboot" and do not tell the two apart."""
    return "reboot" if {fact(name).restart for name in names} & {"yes", "reboot"} else "restart"


def closest(name: str, confirmed: Iterable[str] = ()) -> list[str]:
    """The known names most like a wrong one (three at most, best first), with the wrong one's indices put in.

    ``confirmed``: names that the phone is known to have, to be considered too.
    """
    wanted = pattern(name).lower()
    candidates = {key.lower(): key for key in _TABLE}
    candidates.update({pattern(key).lower(): pattern(key) for key in confirmed})
    candidates = {key: spelled for key, spelled in candidates.items() if spelled != pattern(name)}
    near = difflib.get_close_matches(wanted, candidates, n=3, cutoff=0.75)
    likeness = {key: difflib.SequenceMatcher(None, key, wanted).ratio() for key in near}
    indices = [part for part in name.split(".") if part.isdigit()]
    return [_with_indices(candidates[key], indices) for key in near if likeness[key] > likeness[near[0]] - 0.05]


def _with_indices(found: str, indices: list[str]) -> str:
    replacements = dict(zip(_INDICES, indices))
    return ".".join(replacements.get(part, part) for part in found.split("."))


def _parse(line: str) -> tuple[str, Fact]:
    name, kind, *restart = line.split()
    choices: tuple[tuple[str, ...], ...] = ()
    if kind.startswith("enum:"):
        kind, _colon, listed = kind.partition(":")
        choices = tuple(tuple(choice.split("=")) for choice in listed.split("|"))
    return name, Fact(None if kind == "?" else kind, choices, restart[0] if restart else "unknown")


_TABLE = dict(_parse(line) for line in KNOWN_PARAMETERS.strip().splitlines())
