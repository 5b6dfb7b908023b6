# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Export the configuration of a phone, whole or by layer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._phone.errors import PhoneError, SettingsError
from .._steps import exporting, upload
from .._steps.exporting import TYPES
from .._steps.result import Result, unanswered
from .._steps.upload import UPLOAD

SPEC = UPLOAD.merge(
    ArgumentSpec(
        {
            "types": {
                "type": "list",
                "elements": "str",
                "choices": list(TYPES),
                "default": ["all"],
            }
        },
        required_one_of=[("url", "dest")],
    )
)


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Returns ``files``: ``type``, ``url`` or ``dest``, and for the latter ``size`` and ``sha256``. Check mode
    fetches a file for dest, too, to compare it.
    """
    upload.check(params)
    types = list(dict.fromkeys(params["types"]))
    if not types:
        raise SettingsError("types is empty.", remedy=f"Choose from {', '.join(TYPES)}.")
    result = Result(values={"files": []})
    for name in types:
        if params["dest"]:
            exporting.fetch(phone, name, params, named(params["dest"], name, types), result)["type"] = name
            continue
        url = named_url(params["url"], name, types)
        if not check_mode:
            try:
                upload.send(phone, exporting.order(phone, name, params), url)
            except PhoneError as error:
                _stopped(result, error)
                break
        result.changed = True
        result.values["files"].append({"type": name, "url": upload.without_login(url)})
    return result


def _stopped(result: Result, error: PhoneError) -> None:
    """Report an error beside the files that are already on the server."""
    if result.changed:
        result.error = error
    else:
        unanswered(result, error)


def named(path: str, name: str, types: list[str]) -> str:
    """The path of one of several files, with the type before the ending: ``phone.cfg`` becomes ``phone.device.cfg``."""
    if len(types) == 1:
        return path
    base, ending = os.path.splitext(path)
    return f"{base}.{name}{ending}"


def named_url(url: str, name: str, types: list[str]) -> str:
    """The same for the path of a URL."""
    parts = urlsplit(url)
    path = (
        f"{parts.path or '/'}{name}" if parts.path in ("", "/") and len(types) > 1 else named(parts.path, name, types)
    )
    return parts._replace(path=path).geturl()
