# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The certificate that a phone presents, as results and facts show it."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from ..._certificates import DAY, read
from .converters import present


def certificate(raw: Mapping[str, str]) -> dict[str, Any]:
    """``raw``: of Phone.met. What can't be read is absent. ``days_left``: below 0 if it has expired."""
    found = read(ssl.PEM_cert_to_DER_cert(raw["certificate"]), raw["protocol"])
    left = found.seconds_left(datetime.now(timezone.utc))
    return present(
        {
            "subject": found.subject or None,
            "issuer": found.issuer or None,
            "name": found.name,
            "not_before": found.not_before and f"{found.not_before:%Y-%m-%dT%H:%M:%SZ}",
            "not_after": found.not_after and f"{found.not_after:%Y-%m-%dT%H:%M:%SZ}",
            "days_left": None if left is None else int(left // DAY),
            "fingerprint": found.fingerprint,
            "protocol": found.protocol or None,
        }
    )
