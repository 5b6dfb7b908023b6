# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clear layers of a phone's configuration, and predict the consequences: REST API off, factory password."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._parameters.names import name_problem
from .._parameters.suggestions import closest
from .._parameters.table import ADMIN_PASSWORD, REST_ENABLED
from .._phone.api import Phone, Setting
from .._phone.errors import (
    AuthenticationFailed,
    DefaultPassword,
    NotApplied,
    NotRestarted,
    NotSupported,
    PhoneError,
    RestDisabled,
    SettingsError,
    UnknownParameters,
)
from .._phone.mac import digits
from .._steps.config_plan import read_settings
from .._steps.config_report import suggested
from .._steps.interruption import INTERRUPTION, may_interrupt
from .._steps.reboot import BootMark, WaitLimits, boot_mark, send_order, until_back
from .._steps.result import Result, timed
from .._steps.secrets import MEMORY, Memo

SCOPES: dict[str, tuple[str, ...]] = {
    "local": ("local",),
    "web": ("web",),
    "device": ("device",),
    "cloud": ("cloud",),
    "all": ("local", "web", "device"),
    "factory": ("local", "web", "device", "cloud"),
}
"""Scope to the layers (sources of parameters) that it clears (manual, Management.ConfigReset)."""
NEEDS_CONFIRMATION = ("all", "factory")


@dataclass
class Outlook:
    """What to expect of the phone afterwards. ``texts``: the same for every phone. ``errors``: with which the phone
    may come back even if all went well."""

    texts: list[str] = field(default_factory=list)
    errors: tuple[type[PhoneError], ...] = ()


SPEC = INTERRUPTION.merge(MEMORY).merge(
    ArgumentSpec(
        {
            "scope": {
                "type": "str",
                "choices": list(SCOPES),
                "required": True,
            },
            "confirm": {"type": "bool", "default": False},
            "only_if_overridden": {"type": "list", "elements": "str", "default": []},
        }
    )
)


@timed
def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Raises a PhoneError only before the reset was ordered. ``only_if_overridden``: names; reset only if the layers
    set one of them."""
    scope: str = params["scope"]
    if scope in NEEDS_CONFIRMATION and not params["confirm"]:
        raise SettingsError(
            f"scope: {scope} clears several layers and requires confirm: true. Nothing was done.",
            remedy="",
        )
    names = [str(name) for name in params["only_if_overridden"] or []]
    wrong = [f"{name[:80]!r} {problem}" for name in names if (problem := name_problem(name))]
    if wrong:
        raise SettingsError(f"only_if_overridden: {'; '.join(wrong)}.", remedy="Correct the names.")
    current = read_settings(phone, [*names, *(name for name in (REST_ENABLED, ADMIN_PASSWORD) if name not in names)])
    _refuse_unknown(phone, names, current)
    overridden = {name: current[name].source for name in names if current[name].source in SCOPES[scope]}
    outlook = _outlook(scope, current)
    result = Result(values={"scope": scope, "cleared": [], "overridden": overridden, "expected": [], "answers": True})
    if overridden or not names:
        busy = may_interrupt(phone, params["when_busy"], params["busy_timeout"], check_mode)
        if busy is not None:
            result.skip = f"the phone is {busy}; it was not reset."
        else:
            before = boot_mark(phone)
            _refuse_old_firmware(phone, scope, before)
            result.changed, result.notices = True, list(outlook.texts)
            result.values.update(cleared=list(SCOPES[scope]), expected=outlook.texts)
            if not check_mode:
                answered = send_order(phone, lambda: phone.reset(scope))
                if "device" in SCOPES[scope] and (mac := digits(before.mac)):
                    result.memo = Memo(mac, reset=True)
                _follow(
                    phone,
                    before,
                    WaitLimits(
                        params["wait_timeout"], params["delay"], absence_is_enough=answered, final=outlook.errors
                    ),
                    answered,
                    result,
                )
    return result


def _follow(phone: Phone, before: BootMark, limits: WaitLimits, answered: bool, result: Result) -> None:
    """Wait for the phone, and put the outcome into the result."""
    try:
        try:
            until_back(phone, before, limits)
        except NotRestarted as error:
            if not answered:
                result.changed, result.values["cleared"], result.error = False, [], error
                return
            # No manual says that every reset restarts the phone; its parameters show whether it was done.
            result.warnings.append("the phone did not restart after the reset.")
        result.error = _still_overridden(phone, result.values["overridden"], result.values["cleared"])
    except PhoneError as error:
        result.values["answers"] = False
        result.error = None if isinstance(error, limits.final) else error


def _outlook(scope: str, current: Mapping[str, Setting]) -> Outlook:
    outlook = Outlook()
    rest = current.get(REST_ENABLED, Setting("", ""))
    if scope == "factory":
        outlook.texts.append(
            "A factory reset turns the REST API off and restores the factory password. The phone does not answer REST "
            "requests until its "
            "provisioning server or somebody sets both again."
        )
        outlook.errors = (RestDisabled, DefaultPassword, AuthenticationFailed)
        return outlook
    if rest.source in SCOPES[scope]:
        outlook.texts.append(
            f"The REST API is turned on in layer {rest.source}, which this reset clears. Unless another layer turns it "
            "on, the phone does "
            "not answer REST requests until its web interface or its provisioning server sets apps.restapi.enabled "
            "again."
        )
        outlook.errors += (RestDisabled,)
    if "device" in SCOPES[scope]:
        outlook.texts.append(
            "The admin password is in layer device, which this reset clears. Unless the provisioning server sets "
            "another one, the phone has "
            "its factory password and does not answer REST requests until that is changed. The reset also clears "
            "network settings, the "
            "provisioning server's address and certificates in this layer: the phone may come back at another address."
        )
        outlook.errors += (DefaultPassword, AuthenticationFailed)
    return outlook


def _refuse_old_firmware(phone: Phone, scope: str, before: BootMark) -> None:
    """Refuse here, so that check mode fails, too. A phone that does not report its firmware decides by itself."""
    if scope == "cloud" and re.match(r"[1-5]\.", before.firmware):
        raise NotSupported(
            f"firmware {before.firmware} has no layer cloud. Nothing was reset.",
            remedy="configReset/cloud requires UC Software 6.0 or later.",
        )


def _refuse_unknown(phone: Phone, names: Sequence[str], current: Mapping[str, Setting]) -> None:
    unknown = [name for name in names if name not in current]
    if unknown:
        names_and_suggestions = suggested({name: closest(name, current) for name in unknown})
        raise UnknownParameters(
            f"only_if_overridden: the phone does not know {names_and_suggestions}. Nothing was reset.",
            remedy="Correct the names.",
        )


def _still_overridden(phone: Phone, overridden: Mapping[str, str], layers: Sequence[str]) -> NotApplied | None:
    """The error for overrides that the reset should have cleared, from a read back."""
    if not overridden:
        return None
    current = read_settings(phone, list(overridden))
    left = [name for name in overridden if name in current and current[name].source in layers]
    if not left:
        return None
    return NotApplied(
        f"the phone accepted the reset, but {', '.join(left)} still come from a layer that it should clear.",
        remedy="Try again, or reset the phone in its menu.",
    )
