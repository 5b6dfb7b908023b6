# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read anything from a phone, normalized, and raw on request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._phone.errors import InvalidParameters, NoSuchCall, NotSupported, SettingsError
from .._phone.shapes import calls
from .._steps.query import compiled, searched
from .._steps.result import Result
from .._steps.subsets import SUBSETS, Gathered, chosen

CALL_QUERY = ("handle", "line", "sequence")


SPEC = ArgumentSpec(
    {
        "gather_subset": {"type": "list", "elements": "str", "default": ["device"]},
        "raw": {"type": "bool", "default": False},
        "query": {"type": "str"},
        "handle": {"type": "str"},
        "line": {"type": "int"},
        "sequence": {"type": "int"},
    },
    mutually_exclusive=[("handle", "line")],
    required_by={"sequence": ["line"]},
)


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Returns ``info``, ``unsupported`` and optionally ``raw``, each by subset, and ``result`` of the query. A subset
    that the phone does not give does not fail the task. ``handle``, ``line`` and ``sequence`` select calls.
    """
    query = _call_query(params)
    wanted = chosen("gather_subset", params["gather_subset"], SUBSETS, ("device",))
    if query and "calls" not in wanted:
        raise SettingsError(f"{', '.join(query)} requires the subset calls.", remedy="Add calls to gather_subset.")
    expression = None if params["query"] is None else compiled("query", params["query"])
    found = Gathered()
    found.add(phone, wanted, {"calls": lambda phone: _calls(phone, query)} if query else None)
    values: dict[str, Any] = {"info": found.info, "unsupported": found.unsupported}
    if params["raw"]:
        values["raw"] = found.raw
    if expression is not None:
        values["result"] = searched("query", expression, found.info)
    return Result(values=values, warnings=found.warnings())


def _call_query(params: Mapping[str, Any]) -> dict[str, str]:
    """The query for callStatus v2. The manual allows a handle, a line, or a line and a sequence."""
    query = {name: str(params[name]) for name in CALL_QUERY if params[name] is not None}
    if "handle" in query:
        query["handle"] = calls.handle(query["handle"])
    return query


def _calls(phone: Phone, query: Mapping[str, str]) -> Any:
    """The selected calls. Firmware without v2 reports only one call, which is compared here."""
    try:
        return phone.read("call_status_v2", query)
    except NoSuchCall:
        return []
    except InvalidParameters as error:
        error.say_more(f"The request was for {', '.join(f'{name}={value}' for name, value in query.items())}.")
        raise
    except NotSupported:
        if "sequence" in query:
            raise
    meant = {"line": int(query["line"])} if "line" in query else {"handle": query["handle"]}
    return [call for call in phone.call_status() if meant.items() <= calls.calls([call])[0].items()]
