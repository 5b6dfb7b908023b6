# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the examples of modules need: phones and a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from simulator import PhoneSpec, Switches

ROOT = Path(__file__).parents[2]
SITE = '<PHONE_CONFIG>\n  <ALL tcpIpApp.sntp.address="ntp.example.org" reg.1.server.1.port="5060" />\n</PHONE_CONFIG>\n'
"""The provisioning file of the examples."""
NEWEST = "6.4.0.1"
# No shorter boot, so that the uptimes of one boot and the next differ. It finds its provisioning server again, because
# it takes a minute until it is sure that a REST API has gone for good.
USUAL = PhoneSpec(firmware=NEWEST, boot_seconds=3.5, switches=Switches(factory_reset="reprovisioned"))
NEW_MAC = "0004f2e00001"
"""Of the phone that is enrolled."""
SPECS = {
    "vvx_enroll": replace(USUAL, mac=NEW_MAC),
    "vvx_enrolled": replace(USUAL, mac=NEW_MAC.replace("1", "2")),
    "vvx_firmware": replace(USUAL, firmware="5.9.3.2489"),  # one that has its firmware
    "vvx_skype": replace(USUAL, base_profile="Lync"),
    "vvx_screenshot": replace(USUAL, layers={"config": {"up.screenCapture.enabled": "1"}}),
}
