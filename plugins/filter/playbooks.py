# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the playbooks need to read the variables that users set. The .yml files here document it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError

from ..module_utils._options import texts
from ..module_utils._phone.errors import SettingsError
from ..module_utils._text import clean, nearest
from ..plugin_utils import _ansible
from ..plugin_utils._deliver.places import is_url
from ..plugin_utils._surveyed import Surveyed, sizes
from ..plugin_utils._values import plain

_PORTION = re.compile("0*[1-9][0-9]{0,8}|0*(100|[1-9][0-9]?)%")


def batches(value: Any, surveyed: bool = False) -> list[str]:
    """The value as a play's ``serial`` needs it. ``surveyed``: of a play on the hosts of ``unsettled_hosts``."""
    portions = _portions(value)
    return sizes(Surveyed().found(), portions) if surveyed else portions


def _portions(value: Any) -> list[str]:
    given = plain(value)
    if isinstance(given, str) and given.lstrip().startswith("["):
        given = words(given, "polycom.vvx.batches")
    parts = given if isinstance(given, list) else [given]
    portions = [text.strip() for part in parts for text in re.split("[,\n]", str("" if part is None else part).strip())]
    if portions in ([], [""]):
        return ["100%"]
    for text in portions:
        if not _PORTION.fullmatch(text):
            raise AnsibleFilterError(
                f"polycom.vvx.batches: '{clean(text)}' is neither a number of hosts nor a percentage. Write, for "
                "example, 20, 25% or 1,5,100%."
            )
    return portions


def words(value: Any, name: str = "words", choices: Sequence[str] = ()) -> list[str]:
    """A list, or a text with commas, one word a line or JSON, as a list of texts. ``name``: of the variable, for
    errors. ``choices``: the only words that are allowed."""
    given = plain(value)
    try:
        found = [
            str(word)
            for part in (given if isinstance(given, list) else [given])
            if part is not None
            for word in texts.words(name, str(part))
        ]
    except SettingsError as error:
        raise AnsibleFilterError(f"{error} {error.remedy}") from None
    for word in found:
        if choices and word not in choices:
            meant = nearest(word, choices)
            hint = f" (did you mean {meant}?)" if meant else ""
            raise AnsibleFilterError(
                f"{name}: '{clean(word)}' is none of {', '.join(choices)}{hint}. Nothing was sent."
            )
    return found


def place(value: Any) -> str:
    """A path as seen from the working folder, made absolute; a URL as it is; nothing as an empty text."""
    given = plain(value)
    if not isinstance(given, (str, type(None))) or "\0" in (given or ""):
        raise AnsibleFilterError("polycom.vvx.place takes a path or a URL as a text. Nothing was sent.")
    text = (given or "").strip()
    return os.path.realpath(text) if text and not is_url(text) else text


class FilterModule:
    """The filters for playbooks."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return _ansible.unless_old({"batches": batches, "place": place, "words": words})
