# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A password that a phone gets has to be the same each time it is read."""

from __future__ import annotations

from typing import Any

from ...module_utils._phone.errors import SettingsError
from .connection_options import ConnectionOptions


def refuse_changing(said: ConnectionOptions, name: str, read: Any) -> None:
    """A variable that is another password each time it is read would give the phone one that nobody ever sees again.
    ``name``: of the option. ``read``: its value, as read from ``said`` before. Raises SettingsError."""
    again = said.find(name)
    if again is not None and str(again.value) != str(read):
        raise SettingsError(
            f"{again.source} is another password each time it is read, so nobody would know which one the phone got (a "
            "password lookup with /dev/null needs a seed).",
            remedy="Give it a seed, or keep the passwords in a vault file. Nothing was sent.",
        )
