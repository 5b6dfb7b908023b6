# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Have a phone upload a file: to a server of the user's, or to here, for the controller to store."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from .._phone.api import Phone
from .._phone.errors import PhoneFailed, SettingsError, UploadFailed
from .._phone.receiver import receiver
from .result import Result

SCHEMES = ("http", "https", "ftp", "tftp")


def check(params: Mapping[str, Any], url_is_needed: bool) -> None:
    """``params``: ``url``, ``dest``, ``receiver_address``, ``receiver_port``, ``max_size`` (bytes), ``wait_timeout`` (seconds)."""
    url, dest = params["url"], params["dest"]
    if url and dest:
        raise SettingsError("url and dest are both given.", remedy="Give url to have a server store the file, or dest to have it stored here.")
    if url_is_needed and not url and not dest:
        raise SettingsError("neither url nor dest is given.", remedy="Give url to have a server store the file, or dest to have it stored here.")
    if url and (urlsplit(url).scheme not in SCHEMES or not urlsplit(url).hostname or not url.isprintable()):
        raise SettingsError("url is no address that a phone can upload to.", remedy=f"It begins with {', '.join(f'{scheme}://' for scheme in SCHEMES)}.")
    if not 0 <= params["receiver_port"] < 65536:
        raise SettingsError(f"receiver_port {params['receiver_port']} is not between 0 and 65535.", remedy="Correct receiver_port.")
    if params["max_size"] < 1:
        raise SettingsError("max_size has to be above 0.", remedy="Correct max_size.")


def receive(phone: Phone, params: Mapping[str, Any], dest: str, order: Callable[[str], None], result: Result) -> bytes:
    """Give the order with the address of a receiver, and take the file that comes. Puts it into the result."""
    suffix = os.path.splitext(dest)[1]
    with receiver(phone.host, params["receiver_address"], params["receiver_port"], params["max_size"], suffix) as door:
        send(phone, order, door.url)
        phone.say(f"{phone.host}: waiting for the file from the phone, for {params['wait_timeout']:g} s at most")
        content = door.content(params["wait_timeout"])
    keep(result, dest, content)
    return content


def keep(result: Result, dest: str, content: bytes) -> dict[str, Any]:
    """Hand a file over to the controller, and describe it. It counts as changed until it has been compared there."""
    result.changed = True
    result.contents[dest] = content
    file = {"dest": dest, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    result.values.setdefault("files", []).append(file)
    return file


def send(phone: Phone, order: Callable[[str], None], url: str) -> None:
    """Give the order. The phone answers when it has sent the file, or could not."""
    try:
        order(url)
    except PhoneFailed as error:
        raise UploadFailed(
            f"{phone.host}: the phone could not send the file (Status {error.status or error.http_status}).",
            endpoint=error.endpoint, http_status=error.http_status, status=error.status,
        ) from error  # fmt: skip
