# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Send any request of the REST API, for calls that no module covers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._options.validate import is_sendable
from .._parameters.knowledge import BUNDLED
from .._phone.api import Phone
from .._phone.endpoints import find
from .._phone.errors import PhoneError, SettingsError
from .._steps.result import Result, unanswered
from .._text import MASK, hide_all_logins

SPEC = ArgumentSpec(
    {
        "method": {"type": "str", "choices": ["GET", "POST"], "default": "GET"},
        "path": {"type": "str", "required": True},
        "url_query": {"type": "dict"},
        "data": {"type": "raw", "no_log": True},
        "accept": {"type": "list", "elements": "str", "default": []},
    }
)


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Returns ``status``, ``data`` and ``reply`` (the envelope). A POST counts as a change, and so does a GET that is
    known to change something; check mode does not send them. ``accept``: Status values besides 2000 that are not
    failures.
    """
    method, path, accept = params["method"], params["path"], params["accept"]
    _check(method, path, params["url_query"], params["data"])
    changes = method == "POST" or not find(method, path).repeatable
    result = Result(changed=changes, values={"status": None, "data": None, "reply": None})
    if changes and check_mode:
        return result
    query = {str(key): str(value) for key, value in (params["url_query"] or {}).items()} or None
    try:
        reply = phone.request(method, path, params["data"], query)
    except PhoneError as error:
        if error.status is not None and error.status in accept:
            result.changed = False
            result.values["status"] = error.status
        elif changes:
            unanswered(result, error)
        else:
            raise
    else:
        envelope = _without_secrets(path, dict(reply.envelope))
        result.values.update(status="2000", data=envelope.get("data"), reply=envelope)
    return result


def _without_secrets(path: str, envelope: dict[str, Any]) -> dict[str, Any]:
    """The envelope, with ``***`` for the values of secret parameters in a reply of config/get."""
    data = envelope.get("data")
    if find("POST", path).name == "config_get" and isinstance(data, dict):
        envelope["data"] = {
            name: hide_all_logins(entry) if not BUNDLED.is_secret(name) else _masked(entry)
            for name, entry in data.items()
        }
    return envelope


def _masked(entry: Any) -> Any:
    """A parameter's value and source, without the value."""
    if not isinstance(entry, dict):
        return MASK
    return {key: MASK if part and key.strip().lower() == "value" else part for key, part in entry.items()}


def _check(method: str, path: str, query: Mapping[str, Any] | None, data: Any) -> None:
    if (
        not path.startswith("/")
        or not path.isascii()
        or not path.isprintable()
        or set(path) & set(" ?#%\\")
        or "//" in path
        or "/../" in f"{path}/"
    ):
        raise SettingsError(
            f"path {path[:80]!r} is not a path of the REST API.",
            remedy="Write it like /api/v1/mgmt/device/info, and put a query into url_query.",
        )
    if not all(is_sendable(f"{key}{value}") for key, value in (query or {}).items()):
        raise SettingsError(
            "url_query contains a character that can't be sent (NUL, or half of a surrogate pair).",
            remedy="Correct url_query.",
        )
    try:
        json.dumps(data, allow_nan=False)
    except (ValueError, TypeError, RecursionError):
        raise SettingsError(
            "data can't be written as JSON.", remedy="Use texts, finite numbers, booleans, lists and dictionaries."
        ) from None
    if method == "GET" and data is not None:
        raise SettingsError("data requires method POST.", remedy="Set method: POST, or leave data out.")
