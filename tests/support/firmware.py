# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A firmware package, as far as the collection reads one. Written by hand; it describes no real firmware."""

from __future__ import annotations

import shutil
from pathlib import Path

PACKAGE = Path(__file__).parent / "firmware"


def unpack(folder: Path) -> Path:
    """A copy, which a test may change."""
    return Path(shutil.copytree(PACKAGE, folder / "firmware"))


def schema(folder: Path) -> Path:
    """The schema of a copy."""
    return unpack(folder) / "Config" / "polycomConfig.xsd"
