# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fetch a picture of a phone's screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._phone.errors import NotSupported, ProtocolError
from .._steps import upload
from .._steps.result import Result

FORMATS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"BM": "bmp"}
"""How files of each format begin. Which one phones send is undocumented."""

SPEC = ArgumentSpec({"dest": {"type": "str", "required": True}})


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Returns ``files`` with one file and its ``format``."""
    result = Result()
    try:
        content = phone.screen()
    except NotSupported as error:
        error.restate(
            "the phone does not allow screen captures.",
            remedy="Set up.screenCapture.enabled to 1 with polycom.vvx.vvx_config, and turn on the capture at the "
            "phone (Settings, Basic, Preferences, Screen Capture); after each restart, again.",
        )
        raise
    kind = next((name for start, name in FORMATS.items() if content.startswith(start)), None)
    if kind is None:
        raise ProtocolError(f"the phone sent something other than a picture ({len(content)} bytes).")
    upload.keep(result, params["dest"], content)["format"] = kind
    return result
