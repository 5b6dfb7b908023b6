# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Have a phone export its configuration, to a URL or to a receiver here (manual, Config.Export)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from .._phone.api import Phone
from .._phone.errors import ProtocolError
from . import upload
from .result import Result

TYPES = {"all": "All", "device": "Device", "config_files": "ConfigFiles", "local": "Local", "web": "Web"}
"""Names here and in the API. All leaves out the device settings (manual)."""
_PROLOG = re.compile(rb"(?:\s|<\?[^>]*\?>|<!--(?:[^-]|-(?!->))*-->)*")
_LONGEST_PROLOG = 100_000
_PAGE = re.compile(rb"<(?:!|(?:html|head|body|title|meta)\b(?![-.:]))", re.IGNORECASE)


def order(phone: Phone, kind: str, params: Mapping[str, Any]) -> Callable[[str], None]:
    """What has the phone send its configuration to a URL. ``kind``: a name of TYPES. ``params``: ``timeout`` and
    ``wait_timeout``, seconds."""

    def to(url: str) -> None:
        phone.act(
            "config_export",
            {"Url": url, "ConfigType": TYPES[kind]},
            timeout=max(params["timeout"], params["wait_timeout"]),
        )

    return to


def fetch(phone: Phone, kind: str, params: Mapping[str, Any], dest: str, result: Result) -> dict[str, Any]:
    """Receive the configuration as a file for the controller. Returns its entry in the result's ``files``. ``params``:
    the options of UPLOAD, and ``timeout``.

    Raises what ``upload.receive`` raises, and ProtocolError for anything but a configuration."""
    content = upload.receive(phone, params, dest, order(phone, kind, params), result)
    if not _is_configuration(content):
        raise ProtocolError(f"the phone sent something other than a configuration file ({len(content)} bytes).")
    file: dict[str, Any] = result.values["files"][-1]
    return file


def _is_configuration(content: bytes) -> bool:
    """Whether this begins as an XML file, and not as a web page."""
    start = _PROLOG.sub(b"", content[:_LONGEST_PROLOG].removeprefix(b"\xef\xbb\xbf"), count=1)
    return start.startswith(b"<") and not _PAGE.match(start)
