# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The endpoints by family. Importing the package fills the table in api.py."""

from . import call_control, call_status, config, device, lines, maintenance, media, network, simulate, skype, uploads

__all__ = [
    "call_control",
    "call_status",
    "config",
    "device",
    "lines",
    "maintenance",
    "media",
    "network",
    "simulate",
    "skype",
    "uploads",
]
