# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fetch the packets that a phone captured in the background."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from .._phone.api import Phone
from .._phone.errors import Busy, NotSupported, PhoneError
from .._phone.shapes import device as device_shapes
from .._steps import upload
from .._steps.result import LOST, Result, unanswered
from .._steps.upload import UPLOAD

SWITCHES = ("diags.pcap.enabled", "diags.pcap.background.enabled")
"""Without these two, phones answer HTTP 404 (manual)."""
UNABLE = ("101", "150", "201")
"""Endings of models without background capture (manual)."""
INTERVAL = 10.0
"""Seconds during which a phone refuses a second upload with Status 4001 (manual)."""

SPEC = UPLOAD


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Returns ``files``, as ``export.run`` does. Without url and dest, the phone uploads to the server in its own
    settings. Check mode sends nothing."""
    upload.check(params)
    url, dest = params["url"], params["dest"]
    result = Result(changed=True, values={"files": []})

    def order(target: str) -> None:
        data = {"url": target} if target else None
        try:
            with phone.without_retries():
                phone.act("upload_bg_capture", data, timeout=max(params["timeout"], params["wait_timeout"]))
        except Busy:
            phone.say(f"waiting {INTERVAL:g} s, the pause that phones need between two captures")
            phone.sleep(INTERVAL)
            phone.act("upload_bg_capture", data, timeout=max(params["timeout"], params["wait_timeout"]))

    try:
        if check_mode:
            result.values["files"].append({"dest": dest} if dest else {"url": url and upload.without_login(url)})
        elif dest:
            upload.receive(phone, params, dest, order, result)
        else:
            upload.send(phone, order, url or "")
            result.values["files"].append({"url": url and upload.without_login(url)})
    except NotSupported as error:
        raise _explained(phone, error) from error
    except LOST as error:
        unanswered(result, error)
    return result


def _explained(phone: Phone, error: NotSupported) -> NotSupported:
    device = {}
    with contextlib.suppress(PhoneError):  # the user's account may not read this
        device = device_shapes.device(phone.device_info())
    model = device.get("model", "")
    if model.endswith(UNABLE):
        error.restate(
            f"the {phone.show(model)} can't capture packets in the background.",
            remedy=f"{', '.join(f'VVX {number}' for number in UNABLE)} lack it. Capture at the switch port instead.",
        )
        return error
    firmware = phone.show(device.get("firmware", "unknown"))
    error.restate(
        f"background capture is off, or firmware {firmware} lacks it (available since 5.7).",
        remedy=f"Set {' and '.join(SWITCHES)} to 1 with polycom.vvx.vvx_config; the phone then captures packets.",
    )
    return error
