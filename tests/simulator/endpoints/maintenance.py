# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restart, reboot, resets and updateConfiguration."""

from __future__ import annotations

from .. import provisioning
from ..api import TABLE, ApiCall, Handler, Reply

_RESETS = {
    "configReset": ("local", "web", "device"),
    "configReset/local": ("local",),
    "configReset/web": ("web",),
    "configReset/device": ("device",),
    "factoryReset": ("factory",),
}


@TABLE.endpoint("POST", "v1/mgmt/safeRestart", admin=True)
async def safe_restart(call: ApiCall) -> Reply:
    call.phone.lifecycle.go_down("restart", safely=True)
    return Reply()


@TABLE.endpoint("POST", "v1/mgmt/safeReboot", admin=True)
async def safe_reboot(call: ApiCall) -> Reply:
    call.phone.lifecycle.go_down("reboot", safely=True)
    return Reply()


@TABLE.endpoint("POST", "v1/mgmt/updateConfiguration", since=(5, 9), admin=True, newer=True)
async def update_configuration(call: ApiCall) -> Reply:
    provisioning.ask(call.phone)
    return Reply({"ProvisioningState": call.phone.switches.provisioning_state})


def _reset(layers: tuple[str, ...]) -> Handler:
    async def reset(call: ApiCall) -> Reply:
        phone = call.phone
        phone.lifecycle.go_down("reboot", change=lambda: phone.reset(*layers))
        return Reply()

    return reset


for _path, _layers in _RESETS.items():
    TABLE.endpoint("POST", f"v1/mgmt/{_path}", admin=True)(_reset(_layers))
# Only one public client knows this path; it is not in the manual of UCS 5.8.
TABLE.endpoint("POST", "v1/mgmt/configReset/cloud", since=(6, 0), admin=True)(_reset(("cloud",)))
