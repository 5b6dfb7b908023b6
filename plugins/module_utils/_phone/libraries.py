# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Python libraries that may be missing, and the command that installs them."""

from __future__ import annotations

import shlex
import sys

from .errors import SettingsError

REQUIREMENTS = {
    "jmespath": ("jmespath>=1.0",),
    "XlsxWriter": ("XlsxWriter>=3.1",),
}
HTTP = ("requests>=2.31", "urllib3>=2.2")
"""What every conversation with a phone needs; requests brings further libraries."""


def missing(library: str, option: str = "") -> SettingsError:
    """The error for a library that can't be imported. ``option``: the only one that needs it."""
    requirements = " ".join(f"'{each}'" for each in REQUIREMENTS.get(library, HTTP))
    command = f"{shlex.quote(sys.executable or 'python3')} -m pip install {requirements}"
    if not option:
        return SettingsError(
            f"the Python library {library} is missing.", remedy=f"Install it where this task runs: {command}"
        )
    return SettingsError(
        f"{option}: the Python library {library} is missing.",
        remedy=f"Leave {option} out, or install it where this task runs: {command}. In AWX, add it to the Python "
        "dependencies of the execution environment.",
    )
