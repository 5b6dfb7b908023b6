# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""JMESPath queries over what was read from a phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._phone.errors import SettingsError
from .._phone.libraries import missing

try:
    import jmespath
    import jmespath.exceptions
except ImportError:
    jmespath = None  # type: ignore[assignment]


def compiled(option: str, text: str) -> Any:
    """A compiled JMESPath expression. Raises SettingsError if it is invalid or the library is missing."""
    if jmespath is None:
        raise missing("jmespath", option)
    try:
        return jmespath.compile(text)
    except jmespath.exceptions.JMESPathError as error:
        raise SettingsError(
            f"{option}: {' '.join(str(error).split())}.", remedy="See https://jmespath.org for the syntax."
        ) from error
    except Exception:  # jmespath does not expect numbers of 5,000 digits or 1,000 brackets
        raise _unusable(option) from None


def searched(option: str, expression: Any, info: Mapping[str, Any]) -> Any:
    """The result of a compiled expression. Raises SettingsError if it does not fit the data."""
    try:
        return expression.search(info)
    except jmespath.exceptions.JMESPathError as error:
        raise SettingsError(
            f"{option}: {' '.join(str(error).split())}.", remedy="The expression does not fit the data of the phone."
        ) from error
    except Exception:  # nor steps of 0
        raise _unusable(option) from None


def _unusable(option: str) -> SettingsError:
    return SettingsError(f"{option} can't be used as a query.", remedy="Simplify the expression.")
