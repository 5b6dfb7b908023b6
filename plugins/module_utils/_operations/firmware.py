# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Have a phone install firmware, over the releases that have to come between, and see that it works afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._phone.errors import InCall, PhoneError, ProtocolError, SettingsError
from .._phone.shapes import device as device_shapes
from .._steps.config_plan import read_settings
from .._steps.firmware_path import (
    Leg,
    is_newer,
    legs,
    read_hops,
    read_servers,
    refuse_misspelled,
    target_of,
    targets,
    versions,
)
from .._steps.firmware_update import UPGRADE_SERVER, Limits, Progress, install, set_server
from .._steps.interruption import WHEN_BUSY, may_interrupt
from .._steps.reboot import BootMark, WaitLimits, registered_lines, until_registered
from .._steps.result import Result, timed

HOPS = {
    "type": "list",
    "elements": "dict",
    "default": [],
    "options": {
        "version": {"type": "str", "required": True},
        "below": {"type": "str"},
        "models": {"type": "list", "elements": "str"},
    },
}

SPEC = ArgumentSpec(
    {
        "target_firmware": {"type": "dict", "default": {}},
        "server": {"type": "raw"},
        "hops": HOPS,
        "trigger": {"type": "str", "choices": ["reboot", "update"], "default": "reboot"},
        "allow_downgrade": {"type": "bool", "default": False},
        "server_after": {"type": "str", "choices": ["keep", "clear"], "default": "keep"},
        "when_busy": WHEN_BUSY,
        "busy_timeout": {"type": "float", "default": 600.0},
        "install_timeout": {"type": "float", "default": 1800.0},
        "wait_timeout": {"type": "float", "default": 300.0},
        "watch": {"type": "float", "default": 300.0},
        "wait_for_lines": {"type": "bool", "default": True},
        "lines": {"type": "list", "elements": "int", "default": []},
    }
)


@timed
def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """A phone that has the firmware gets one request. Raises a PhoneError only while nothing was sent that changes it;
    later errors stand in the result."""
    table = targets(params["target_firmware"], exact=True)
    if not table:
        raise SettingsError("target_firmware is not set: which firmware should the phone have?", remedy="Set it.")
    hops, servers = read_hops(params["hops"]), read_servers(params["server"])
    device = device_shapes.device(phone.device_info())
    model, firmware = device.get("model", ""), device.get("firmware", "")
    if not firmware:
        raise ProtocolError("the phone does not say which firmware it has.")
    refuse_misspelled(model, table, hops)
    target = target_of(model, table)
    if target is None:
        values = {"firmware_before": firmware, "firmware_after": firmware, "target": None, "path": [], "installed": []}
        return Result(values=values, skip=f"target_firmware has nothing for {phone.show(model)}.")
    path = versions(model, firmware, target, hops)
    if path and is_newer(firmware, target) and not params["allow_downgrade"]:
        raise SettingsError(
            f"the phone has {firmware}, which is newer than {target}. Nothing was sent.",
            remedy="Set allow_downgrade (vvx_allow_downgrade) to install the older one.",
        )
    return _Task(phone, params, legs(path, servers), device, Progress(firmware)).run(target, check_mode)


@dataclass(frozen=True)
class _Task:
    """``device``: facts of the phone before."""

    phone: Phone
    params: Mapping[str, Any]
    way: Sequence[Leg]
    device: Mapping[str, Any]
    progress: Progress

    def run(self, target: str, check_mode: bool) -> Result:
        firmware = self.progress.firmware
        result = Result(
            values={
                "target": target,
                "firmware_before": firmware,
                "firmware_after": firmware,
                "path": [leg.version for leg in self.way],
                "installed": [],
            }
        )
        if self.way:
            busy = may_interrupt(self.phone, self.params["when_busy"], self.params["busy_timeout"], check_mode)
            if busy is not None:
                result.skip = f"the phone is {busy}; it keeps {firmware}."
                return result
        if check_mode:
            result.changed = bool(self.way) or self.has_server_to_clear()
            result.values["firmware_after"] = self.way[-1].version if self.way else firmware
        else:
            self.carry_out(result)
        after = result.values["firmware_after"]
        if after != firmware:
            result.diff = {"before": f"firmware: {firmware}\n", "after": f"firmware: {after}\n"}
        return result

    def carry_out(self, result: Result) -> None:
        lines: frozenset[int] = frozenset()
        if self.params["wait_for_lines"]:
            lines = frozenset(self.params["lines"]) | (registered_lines(self.phone) if self.way else frozenset())
            result.values["lines_before"] = sorted(lines)
        try:
            self.install_all(result)
            if lines:
                mark = BootMark(self.device.get("mac"), None, 0.0, lines)
                until_registered(self.phone, mark, WaitLimits(self.params["wait_timeout"]))
            if self.has_server_to_clear():
                self.admit("its update server was not cleared")
                result.changed |= set_server(self.phone, "", self.params["wait_timeout"])
        except PhoneError as error:
            explain(error, result)
            result.error = error
        result.changed = result.changed or self.progress.touched
        result.values["firmware_after"] = self.progress.firmware

    def install_all(self, result: Result) -> None:
        limits = Limits(
            self.params["install_timeout"], self.params["watch"], self.params["trigger"], self.params["wait_timeout"]
        )
        for number, leg in enumerate(self.way, 1):
            self.phone.say(f"installs {leg.version}" + (f" ({number} of {len(self.way)})" if len(self.way) > 1 else ""))
            install(self.phone, leg, limits, self.progress, self.admit, admitted=number == 1)
            result.values["installed"].append(leg.version)

    def has_server_to_clear(self) -> bool:
        """Whether it has one, and is to have none in the end."""
        if self.params["server_after"] != "clear":
            return False
        found = read_settings(self.phone, [UPGRADE_SERVER]).get(UPGRADE_SERVER)
        return found is not None and found.value != ""

    def admit(self, otherwise: str = "the phone was not restarted") -> None:
        """Raises InCall if the phone must not be interrupted now. ``otherwise``: what was not done then."""
        try:
            busy = may_interrupt(self.phone, self.params["when_busy"], self.params["busy_timeout"], check_mode=False)
        except InCall as error:
            error.say_more(f"So {otherwise}.")
            raise
        if busy is not None:
            raise InCall(f"the phone is {busy}, so {otherwise}.")


def explain(error: PhoneError, result: Result) -> None:
    """Say what the phone was left with."""
    installed, path = result.values["installed"], result.values["path"]
    if installed and len(installed) < len(path):
        error.say_more(f"It has installed {', '.join(installed)} on its way to {path[-1]}.")
    elif installed:
        error.say_more(f"It has installed {installed[-1]}.")
