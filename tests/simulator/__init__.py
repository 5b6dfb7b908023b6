# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fleet of simulated VVX phones in one process. See README.md."""

from .fleet import Fleet, running_fleet
from .journal import Request
from .phone import Phone
from .software import Download, Image
from .spec import PhoneSpec
from .switches import Switches

__all__ = ["Download", "Fleet", "Image", "Phone", "PhoneSpec", "Request", "Switches", "running_fleet"]
