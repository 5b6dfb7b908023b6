# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the playbooks need to read the variables that users set. The .yml file here documents it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ..module_utils._text import clean
from ..plugin_utils import _ansible
from ..plugin_utils._surveyed import Surveyed, sizes
from ..plugin_utils._values import plain

_PORTION = re.compile("0*[1-9][0-9]{0,8}|0*(100|[1-9][0-9]?)%")


def batches(value: Any, surveyed: bool = False) -> list[str]:
    """The value as a play's ``serial`` needs it. ``surveyed``: of a play on the hosts of ``unsettled_hosts``."""
    portions = _portions(value)
    return sizes(Surveyed().found(), portions) if surveyed else portions


def _portions(value: Any) -> list[str]:
    given = plain(value)
    portions = given if isinstance(given, list) else [given]
    texts = [text.strip() for portion in portions for text in str("" if portion is None else portion).split(",")]
    if texts in ([], [""]):
        return ["100%"]
    for text in texts:
        if not _PORTION.fullmatch(text):
            raise AnsibleFilterError(
                f"polycom.vvx.batches: '{clean(text)}' is neither a number of hosts nor a percentage. Write, for "
                "example, 20, 25% or 1,5,100%."
            )
    return texts


class FilterModule:
    """The filters for playbooks."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return _ansible.unless_old({"batches": batches})
