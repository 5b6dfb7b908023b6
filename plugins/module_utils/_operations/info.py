# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read anything that a phone tells, normalised, and as the phone said it if wished."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._phone.api import Phone
from .._phone.errors import InvalidParameters, NotSupported, Refused, SettingsError
from .._phone.shapes import calls
from .result import Result
from .subjects import SUBJECTS, chosen

CALL_QUERY = ("handle", "line", "sequence")


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """``params``: ``subset`` (names, ``!names``, ``all``, ``min``), ``raw``, and for the subset calls ``handle``, or ``line``, or ``line``
    and ``sequence``.

    Returns ``info`` and ``unsupported``, and ``raw`` if wished, each by name of the subset. What the phone does not have is no failure.
    """
    query = _call_query(params)
    info: dict[str, Any] = {}
    raw: dict[str, Any] = {}
    unsupported: dict[str, str] = {}
    for name in chosen("subset", params["subset"], SUBJECTS, ("device",)):
        subject = SUBJECTS[name]
        try:
            raw[name] = _calls(phone, query) if name == "calls" and query else subject.read(phone)
        except NotSupported as error:
            unsupported[name] = error.message.partition(": ")[2]
            continue
        info[name] = subject.shape(raw[name])
    values: dict[str, Any] = {"info": info, "unsupported": unsupported, "requests": phone.requests_sent}
    if params["raw"]:
        values["raw"] = raw
    return Result(values=values)


def _call_query(params: Mapping[str, Any]) -> dict[str, str]:
    """What to ask callStatus v2 for. The manual allows a handle, a line, or a line and a sequence."""
    query = {name: str(params[name]) for name in CALL_QUERY if params[name] is not None}
    if set(query) not in (set(), {"handle"}, {"line"}, {"line", "sequence"}):
        raise SettingsError(f"{', '.join(query)} do not go together.", remedy="Give handle, or line, or line and sequence.")
    if "handle" in query:
        query["handle"] = query["handle"].lower().removeprefix("0x")
    return query


def _calls(phone: Phone, query: Mapping[str, str]) -> Any:
    """The calls that are meant. Firmware without v2 tells only of one call, which is then looked at here."""
    try:
        return phone.read("call_status_v2", query)
    except Refused as error:
        if error.status == "4007":
            return []
        raise
    except InvalidParameters as error:
        error.message += f" It was asked for {', '.join(f'{name}={value}' for name, value in query.items())}."
        raise
    except NotSupported:
        if "sequence" in query:
            raise
    wanted = {"line": int(query["line"])} if "line" in query else {"handle": query["handle"]}
    return [call for call in phone.call_status() if wanted.items() <= calls.calls([call])[0].items()]
