# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Look at a phone as a whole: what it is, and where it differs from what it should be. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._phone.api import Phone
from .._phone.errors import NotSupported, PhoneError
from . import desired
from .config_plan import compare, read_settings
from .result import Result
from .subsets import SUBSETS


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """``params``: ``subset`` (names of SUBSETS), ``parameters`` (what they should be; may be empty), ``sensitive`` (patterns of names
    that are secrets, too).

    Returns ``info`` by subset, ``unsupported`` (names), ``compared`` (how many parameters), ``drift`` (a list of ``parameter``, ``wanted``,
    ``has`` and ``source``, by name) and ``unknown`` (names that the phone does not know, with those that may be meant). Secrets are not
    compared: phones do not tell them. What has been read before something fails is told beside the error.
    """
    info: dict[str, Any] = {}
    unsupported: list[str] = []
    values: dict[str, Any] = {"info": info, "unsupported": unsupported, "compared": 0, "drift": [], "unknown": {}}
    result = Result(values=values)
    try:
        for name in params["subset"]:
            try:
                info[name] = SUBSETS[name].shape(SUBSETS[name].read(phone))
            except NotSupported:
                unsupported.append(name)
        values.update(_compared(phone, params))
    except PhoneError as error:
        result.error = error
    values["requests"] = phone.requests_sent
    return result


def _compared(phone: Phone, params: Mapping[str, Any]) -> dict[str, Any]:
    wanted = desired.read(params["parameters"], sensitive=params["sensitive"], keep=False)
    wish = {name: value for name, value in wanted.values.items() if not wanted.knowledge.is_secret(name)}
    current = read_settings(phone, list(wish)) if wish else {}
    known = {name: value for name, value in wish.items() if name in current}
    differing = compare(known, current, "never", wanted.knowledge).wanted
    drift = [
        {"parameter": name, "wanted": wish[name], "has": current[name].value, "source": current[name].source}
        for name in sorted(differing)
    ]
    unknown = {name: wanted.knowledge.closest(name) for name in sorted(wish) if name not in current}
    return {"compared": len(wish), "drift": drift, "unknown": unknown}
