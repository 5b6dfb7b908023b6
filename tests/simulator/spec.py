# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test says about a phone before the fleet starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .switches import Switches

DEFAULT_ADMIN_PASSWORD = "456"
DEFAULT_USER_PASSWORD = "123"


@dataclass(slots=True)
class PhoneSpec:
    """One phone. Whatever is left out is filled in, unique per phone and the same in every run."""

    #: Name in the fleet; "phone-1", "phone-2", ... by position.
    name: str = ""
    model: str = "VVX 411"
    #: Decides which endpoints exist and, for 5.7.0, the shapes of the v1 replies.
    firmware: str = "5.9.3.1111"
    #: "manual" answers as the printed manual of UCS 5.8 has it, where recorded replies differ from it.
    flavour: Literal["phone", "manual"] = "phone"
    #: Twelve lower-case hexadecimal digits.
    mac: str = ""
    #: What device/info says instead of ``mac``, for a phone that poses as another.
    claimed_mac: str = ""
    #: The factory passwords 456 and 123 make the REST API refuse with 4010 (456).
    admin_password: str = "correct-horse"
    user_password: str = "user-horse"
    switches: Switches = field(default_factory=Switches)
    #: {"sip" | "config" | "cloud" | "web" | "local" | "device": {parameter: value}}, on top of what the phone
    #: is provisioned with (its lines, REST on).
    layers: dict[str, dict[str, str]] = field(default_factory=dict)
    #: Lines registered by the "config" layer. Line 1 of the first phone is 1001, of the second 1002, ...
    lines: int = 1
    #: The layer that switches the REST API on. A reset of the web layer takes the API with it.
    rest: Literal["config", "web", "off"] = "config"
    #: "Lync" makes presence and skype/signIn work.
    base_profile: Literal["Generic", "Lync"] = "Generic"
    offline: bool = False
    #: "factory": CN is the MAC, no SAN, a private root. "expired": the same, but no longer valid.
    certificate: Literal["fleet", "factory", "expired"] = "fleet"
    #: Common name of the certificate's subject; "" for that of the fleet, or for the MAC address.
    subject: str = ""
    #: Common name of its issuer, a root of its own (see Fleet.ca_of); "" for the fleet's CA or the private root.
    issuer: str = ""
    #: When it is valid: a date ("2026-01-31", in UTC), or days from the start of the fleet ("20", "-3").
    not_before: str = ""
    not_after: str = ""
    #: "TLSv1" also means an RSA-1024 key, which today's OpenSSL refuses at its default security level.
    tls_max: Literal["TLSv1", "TLSv1.2", "TLSv1.3"] = "TLSv1.3"
    #: Seconds since the last reboot when the fleet starts.
    uptime: int = 273906
    #: Seconds that a restart takes; the fleet's own value if None.
    boot_seconds: float | None = None
    #: Expansion modules that AttachedHardware shows.
    expansion_modules: int = 0
