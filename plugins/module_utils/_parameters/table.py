# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bundled table: type, limits, secrecy and restart effect of a parameter, from its name alone.

The table is incomplete, and the phone decides which names exist. A schema of the user's own firmware knows more; see
knowledge.py.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from .bundled import BASES, BUNDLED_TABLE
from .fact import Fact, parse_line
from .names import is_companion, pattern, without_any_model

TABLE = dict(parse_line(line) for line in BUNDLED_TABLE.strip().splitlines())
"""Pattern to fact. Parsed at import, so that every forked worker of Ansible inherits it."""

ADMIN_PASSWORD = "device.auth.localAdminPassword"
USER_PASSWORD = "device.auth.localUserPassword"
FACTORY_PASSWORDS = ("456", "123", "789", "admin")
"""Phones ship with these. While the admin's is the first one, the REST API is off (manual, Status 4010)."""
REST_ENABLED = "apps.restapi.enabled"
NOT_OVER_REST = frozenset(name for name, entry in TABLE.items() if entry.file_only)
"""Editable by configuration file and web interface only (manual, Configuration Options)."""

_SECRET_NAME = re.compile(
    r"(?:password|passphrase|privateKey|customDeviceKey|\b(?:wep|wpa[0-9]?|psk)\.(?:[a-z]+\.)?key|\.psk|\.pin|UpdatePin)"
    r"[0-9]*(?:\.[xyzn])*$",
    re.IGNORECASE,
)
_UNKNOWN = Fact()
_UNKNOWN_DEVICE = Fact(restart="yes", basis="device-family")
"""The administrator guides say of all device.*: a change restarts or reboots the phone."""
_COMPANION = Fact("bool", restart="yes", basis="device-family")


@functools.lru_cache(maxsize=8192)
def fact(name: str) -> Fact:
    """What the table says about the parameter; never fails."""
    found = TABLE.get(pattern(name))
    if found is not None:
        return found
    if is_companion(name):
        return _COMPANION
    return _UNKNOWN_DEVICE if name.startswith("device.") else _UNKNOWN


def is_known(name: str) -> bool:
    """Whether the table has this parameter. False proves nothing: the table is incomplete."""
    return pattern(name) in TABLE


@functools.lru_cache(maxsize=8192)
def is_secret(name: str) -> bool:
    """Whether the value must never be shown, and may not be readable."""
    if is_companion(name):
        return False
    return any(fact(one).secret or _SECRET_NAME.search(pattern(one)) for one in (name, without_any_model(name)))


def restarts_phone(name: str) -> bool:
    """Whether the phone may restart by itself when this is set; such parameters go last."""
    return fact(name).restart in ("yes", "restart", "reboot")


def restart_required(names: Iterable[str]) -> str:
    """yes, no or unknown, for all changed parameters together. Unknown never becomes no."""
    effects = {fact(name).restart for name in names}
    if effects & {"yes", "restart", "reboot"}:
        return "yes"
    return "unknown" if "unknown" in effects else "no"


def restart_reasons(names: Iterable[str]) -> dict[str, str]:
    """The parameters whose change restarts the phone or needs a restart, each with the effect and how it is known."""
    return {name: f"{fact(name).restart} ({BASES[fact(name).basis]})" for name in names if restarts_phone(name)}


def restart_mode(names: Iterable[str]) -> str:
    """restart (of the application) or reboot, for changed parameters. A reboot includes a restart, so it is right where
    the guides say "restart or reboot"."""
    return "reboot" if {fact(name).restart for name in names} & {"yes", "reboot"} else "restart"
