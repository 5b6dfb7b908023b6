# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a fault does to a request or to its reply."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING

from aiohttp import hdrs, web

from .api import HttpError

if TYPE_CHECKING:
    from .faults import Fault
    from .phone import Phone

_OVERSIZED = 10 * 1024 * 1024
_DRIP = 16


class Dropped(Exception):
    """Cut the connection without a reply."""


async def before(fault: Fault, phone: Phone, request: web.BaseRequest) -> None:
    """What strikes before the request is looked at."""
    if fault.kind == "drop":
        raise Dropped
    if fault.kind == "hang":
        await _hang(phone, request, fault.seconds)
    if fault.kind == "http":
        raise HttpError(int(fault.status))
    if fault.kind == "offline" and not fault.processed:
        phone.lose_network(fault.seconds)
        raise Dropped
    if fault.kind == "restart" and not fault.processed:
        phone.lifecycle.go_down("reboot")
        await _hang(phone, request, 0.0)


async def after(fault: Fault, phone: Phone, request: web.BaseRequest, response: web.Response) -> web.StreamResponse:
    """What strikes when the reply is ready."""
    if fault.kind == "offline":
        phone.lose_network(fault.seconds)
    if fault.kind in ("drop_after", "offline"):
        raise Dropped
    if fault.kind == "restart" and fault.processed:
        phone.lifecycle.go_down("reboot")
    if fault.kind == "drip":
        return await _drip(request, response, fault.seconds)
    body = bytes(response.body) if isinstance(response.body, bytes | bytearray) else b""
    if fault.kind == "html":
        response.content_type = "text/html"
    response.body = _damaged(fault.kind, body)
    return response


def _damaged(kind: str, body: bytes) -> bytes:
    if kind == "html":
        return b"<!DOCTYPE html><html><body>Please wait while the phone starts</body></html>"
    if kind == "truncated":
        return body[: len(body) // 2]
    if kind == "bad_utf8":
        return body[:-1] + b',"Note":"\xff\xfe\xfa"}'
    if kind == "oversized":
        return b'{"data":"' + b"x" * _OVERSIZED + b'","Status":"2000"}'
    if kind == "empty":
        return b""
    if kind == "list":
        return b"[" + body + b"]"
    if kind == "wrong_types":
        return json.dumps({"data": 7, "Status": {"code": [2000]}}).encode()
    if kind == "odd_items":
        return json.dumps({"data": [1, "x", None], "Status": "2000"}).encode()
    return body


async def _hang(phone: Phone, request: web.BaseRequest, seconds: float) -> None:
    """Say nothing until the time is over (0: for ever) or the client has gone."""
    if phone.server is not None:
        gone = phone.server.client_gone(request.protocol)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(gone.wait(), seconds or None)
    raise Dropped


async def _drip(request: web.BaseRequest, whole: web.Response, seconds: float) -> web.StreamResponse:
    body = bytes(whole.body) if isinstance(whole.body, bytes | bytearray) else b""
    response = web.StreamResponse(status=whole.status, headers={hdrs.CONTENT_TYPE: whole.content_type})
    response.content_length = len(body)
    response.force_close()
    try:
        await response.prepare(request)
        for start in range(0, len(body), _DRIP):
            await response.write(body[start : start + _DRIP])
            if start + _DRIP < len(body):
                await asyncio.sleep(seconds)
    except ConnectionError:
        raise Dropped from None
    return response
