# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Versions that are too old for this collection, said in one sentence instead of a traceback.

Modules import this first: any Python that Ansible runs modules on can read this file.
"""

from __future__ import annotations

import json
import re
import sys
from typing import NoReturn

OLDEST_CORE = (2, 16)
"""As in meta/runtime.yml, by which Ansible only warns."""
OLDEST_PYTHON = (3, 9)
"""For modules on a jump host; ansible-core needs a later one on the controller. As in tests/config.yml."""


def old_core(version: str) -> tuple[str, str] | None:
    """What is wrong with a version of ansible-core, and what to do; None for one that will do."""
    numbers = re.match(r"([0-9]+)\.([0-9]+)", version)
    if not numbers or (int(numbers.group(1)), int(numbers.group(2))) >= OLDEST_CORE:
        return None
    return f"polycom.vvx requires ansible-core {_written(OLDEST_CORE)} or later, and this is {version}.", "Update it."


def old_python() -> tuple[str, str] | None:
    """As ``old_core``, for the Python that runs this."""
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return None
    return (
        f"polycom.vvx requires Python {_written(OLDEST_PYTHON)} or later, and {sys.executable or 'this'} is "
        f"{_written(sys.version_info[:3])}.",
        "Set ansible_python_interpreter of the host that runs this task to a later one.",
    )


def refuse() -> NoReturn:
    """End a module, with a result, on a Python that can't read the rest of it."""
    error = {"kind": "settings", "host": None, "http_status": None, "status": None, "endpoint": None}
    result = {"failed": True, "changed": False, "msg": " ".join(old_python() or ()), "error": error}
    sys.stdout.write(json.dumps(result) + "\n")
    raise SystemExit(1)


def _written(version: tuple[int, ...]) -> str:
    return ".".join(str(number) for number in version)
