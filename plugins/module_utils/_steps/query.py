# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""JMESPath queries over what a phone told."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from .._phone.errors import SettingsError

try:
    import jmespath
    import jmespath.exceptions
except ImportError:
    jmespath = None  # type: ignore[assignment]


def compiled(option: str, text: str) -> Any:
    """A JMESPath expression, ready to be applied. Raises SettingsError where it, or the library, is none."""
    if jmespath is None:
        raise SettingsError(
            f"{option}: the Python library jmespath is missing.",
            remedy=f"Install it for the Python that runs this task, {sys.executable}, or leave {option} out.",
        )
    try:
        return jmespath.compile(text)
    except jmespath.exceptions.JMESPathError as error:
        raise SettingsError(
            f"{option}: {' '.join(str(error).split())}.", remedy="JMESPath is described at https://jmespath.org."
        ) from error


def searched(option: str, expression: Any, info: Mapping[str, Any]) -> Any:
    """What a compiled expression finds. Raises SettingsError where it does not fit what the phone told."""
    try:
        return expression.search(info)
    except jmespath.exceptions.JMESPathError as error:
        raise SettingsError(
            f"{option}: {' '.join(str(error).split())}.", remedy="The expression does not fit what the phone told."
        ) from error
