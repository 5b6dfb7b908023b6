# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a changed parameter does to the phone that has it."""

from __future__ import annotations

from typing import Literal

from . import catalogue
from .switches import Switches

# Seen on VVX 311 and 411.
_MORE_RESTARTS = {
    "voIpProt.SIP.alertInfo.1.class",
    "se.rt.ringAutoAnswer.ringer",
    "homeScreen.application.enable",
}
# A public client changes these device parameters without waiting for a restart.
_QUIET = {"device.set", "device.net.cdpEnabled", "device.net.lldpEnabled"}


def goes_down(switches: Switches, name: str) -> Literal["", "restart", "reboot"]:
    """How the phone goes down by itself when this parameter has changed."""
    parameter = catalogue.find(name)
    if parameter is not None and parameter.goes_down:
        return parameter.goes_down
    if switches.more_restarts == "on" and name in _MORE_RESTARTS:
        return "restart"
    loud = switches.device_restarts == "all" and catalogue.companion(name) is not None
    return "reboot" if loud and name not in _QUIET else ""
