# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Have a phone upload a file, to the user's server or to a receiver here, for the controller to store."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._phone.errors import PhoneFailed, SettingsError, UploadFailed
from .._phone.settings import is_host
from .._phone.upload_receiver import receiver
from .._text import hide_logins
from .result import LOST, Result

SCHEMES = ("http", "https", "ftp", "tftp")


UPLOAD = ArgumentSpec(
    {
        "url": {"type": "str", "no_log": True},
        "dest": {"type": "str"},
        "receiver_address": {"type": "str"},
        "receiver_port": {"type": "int", "default": 0},
        "max_size": {"type": "int", "default": 20_000_000},
        "wait_timeout": {"type": "float", "default": 60.0},
    },
    mutually_exclusive=[("url", "dest")],
)


def check(params: Mapping[str, Any]) -> None:
    """Raises SettingsError if an option of UPLOAD is wrong."""
    if params["url"] and not _is_url(params["url"]):
        raise SettingsError(
            "url is not a URL that a phone can upload to.",
            remedy=f"It must begin with {' or '.join(f'{scheme}://' for scheme in SCHEMES)}. Percent-encode special "
            "characters in its user name and password.",
        )
    if not 0 <= params["receiver_port"] < 65536:
        raise SettingsError(
            f"receiver_port must be between 0 and 65535, not {params['receiver_port']}.",
            remedy="Correct receiver_port.",
        )
    if params["receiver_address"] and not is_host(params["receiver_address"]):
        raise SettingsError(
            "receiver_address is not an address or host name.", remedy="Give it without scheme, port or path."
        )
    if params["max_size"] < 1:
        raise SettingsError("max_size must be above 0.", remedy="Correct max_size.")


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        # A port that is not a number raises ValueError: it is part of a password with an unencoded /, # or ?.
        valid_port = parts.port != 0
        return parts.scheme in SCHEMES and bool(parts.hostname) and valid_port and text.isprintable() and text.isascii()
    except ValueError:
        return False


def without_login(url: str) -> str:
    """The URL without its user name and password, for messages and results."""
    parts = urlsplit(url)
    return hide_logins(parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl())


def receive(phone: Phone, params: Mapping[str, Any], dest: str, order: Callable[[str], None], result: Result) -> bytes:
    """Start a receiver, have the phone upload to it (``order`` gets the URL), and put the file into the result."""
    ending = os.path.splitext(dest)[1]
    suffix = ending if re.fullmatch(r"\.[A-Za-z0-9]{1,10}", ending) else ""
    with receiver(phone.host, params["receiver_address"], params["receiver_port"], params["max_size"], suffix) as door:
        try:
            send(phone, order, door.url)
        except (UploadFailed, *LOST) as error:
            content = door.content(0.0, otherwise=error)
            result.warnings.append(f"the file arrived, although the phone did not confirm it: {error.message}")
        else:
            phone.say(f"waiting for the file from the phone, up to {params['wait_timeout']:g} s")
            content = door.content(params["wait_timeout"])
    keep(result, dest, content)
    return content


def keep(result: Result, dest: str, content: bytes) -> dict[str, Any]:
    """Add a file for the controller to the result. It counts as changed until the controller has compared it."""
    result.changed = True
    result.contents[dest] = content
    file = {"dest": dest, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    result.values.setdefault("files", []).append(file)
    return file


def send(phone: Phone, order: Callable[[str], None], url: str) -> None:
    """Have the phone upload to this URL. It answers after the upload, or once that has failed."""
    try:
        order(url)
    except PhoneFailed as error:
        raise UploadFailed(
            f"the phone could not send the file (Status {error.status or error.http_status}).",
            endpoint=error.endpoint, http_status=error.http_status, status=error.status,
        ) from error  # fmt: skip
