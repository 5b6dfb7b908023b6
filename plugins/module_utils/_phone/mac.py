# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""MAC addresses in two notations: bare digits (file names, certificates) and colons (facts, variables)."""

from __future__ import annotations

import re


def digits(text: str | None) -> str | None:
    """The twelve lower-case digits of a MAC address in any notation, or None if the text is not a MAC address."""
    plain = re.sub(r"[:.\s-]", "", text or "").lower()
    return plain if re.fullmatch(r"[0-9a-f]{12}", plain) else None


def colons(text: str | None) -> str | None:
    """The same address as ``00:04:f2:aa:bb:cc``, or None if the text is not a MAC address."""
    plain = digits(text)
    return ":".join(re.findall("..", plain)) if plain else None
