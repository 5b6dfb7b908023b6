# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone's web server: from a request on the wire to an endpoint and back, strictly."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import hdrs, web

from . import auth, damage, screen
from . import endpoints as _endpoints  # noqa: F401  (fills the table)
from .api import DEFAULT_PASSWORD, INVALID, TABLE, ApiCall, ApiError, Endpoint, HttpError, Reply
from .faults import REPLY_KINDS, Fault
from .journal import Request
from .phone import REST_ENABLED, Phone

MAXIMUM_BODY = 20 * 1024
_OLD_SERVER = "Polycom SoundPoint IP Telephone HTTPd"
_NEW_SERVER = "Polycom VVX Telephone HTTPd"
_SCREEN_PATHS = ("/captureScreen", "/captureScreen/mainScreen")
_LOGIN_PATH = "/form-submit/auth.htm"
_LOGIN_SINCE = (5, 6)
# holdCal stands in both manuals; clients of real phones call holdCall.
_HOLD_AS_PRINTED = "/api/v1/callctrl/holdcal"
_LATENCY: frozenset[str] = frozenset({"latency"})
_NO_JSON = object()


class PhoneServer(web.Server):
    """aiohttp's server, which also tells when a client has gone."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._gone: dict[web.RequestHandler, asyncio.Event] = {}

    def client_gone(self, connection: web.RequestHandler) -> asyncio.Event:
        return self._gone.setdefault(connection, asyncio.Event())

    def connection_lost(self, handler: web.RequestHandler, exc: BaseException | None = None) -> None:
        super().connection_lost(handler, exc)
        gone = self._gone.pop(handler, None)
        if gone is not None:
            gone.set()


async def serve(phone: Phone, request: web.BaseRequest) -> web.StreamResponse:
    """Answer one request that arrived at a phone."""
    if not phone.reachable:  # It went between the handshake and the request.
        _abort(request)
        return web.Response()
    second = phone.journal.running > 0
    entry = phone.journal.begin(request.method, request.path, dict(request.query))
    try:
        if phone.switches.parallel == "queued":
            async with phone.turn:
                response = await _answer(phone, request, entry, second=False)
        else:
            response = await _answer(phone, request, entry, second)
    except damage.Dropped:
        entry.http_status = 0
        _abort(request)
        response = web.Response()
    finally:
        phone.journal.end(entry)
    return response


async def _answer(phone: Phone, request: web.BaseRequest, entry: Request, second: bool) -> web.StreamResponse:
    body = await _read(request, entry)
    fault = phone.faults.take(REPLY_KINDS, request.path)
    try:
        if second:
            raise HttpError(403)
        await _delay(phone, request)
        if fault is not None:
            await damage.before(fault, phone, request)
        response = await _accepted(phone, request, entry, body, fault)
    except HttpError as error:
        response = _page(phone, error.status)
    entry.http_status = response.status
    response.headers.update(_headers(phone))
    _close_or_keep(phone, response)
    return await damage.after(fault, phone, request, response) if fault is not None else response


def _abort(request: web.BaseRequest) -> None:
    if request.transport is not None:
        request.transport.abort()


async def _read(request: web.BaseRequest, entry: Request) -> bytes:
    """The body. What is over the limit is read and forgotten, so that the client gets to see the reply."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        entry.size += len(chunk)
        if entry.size <= MAXIMUM_BODY:
            body += chunk
    return bytes(body)


async def _delay(phone: Phone, request: web.BaseRequest) -> None:
    latency = phone.faults.take(_LATENCY, request.path)
    seconds = phone.switches.latency + (latency.seconds if latency else 0.0)
    if seconds:
        await asyncio.sleep(seconds)


async def _accepted(
    phone: Phone, request: web.BaseRequest, entry: Request, body: bytes, fault: Fault | None
) -> web.Response:
    """The checks in the order of the phone's web server, then the endpoint."""
    document = _parse(body)
    entry.data = _data(document)
    if phone.lifecycle.state == "starting" and phone.switches.starting != "not_ready":
        raise HttpError(int(phone.switches.starting.removeprefix("http_")))
    is_api = request.path.lower().startswith("/api/")
    if is_api and not phone.parameters.is_on(REST_ENABLED):
        raise HttpError(404)
    credentials = auth.parse(request.headers.get(hdrs.AUTHORIZATION, ""))
    if credentials is not None:
        entry.user, entry.auth = credentials.user, credentials.scheme
    if not phone.authenticator.check(credentials, request.method, request.raw_path):
        return _unauthorized(phone, phone.authenticator.is_stale(credentials))
    if not is_api:
        return (
            _log_in(phone)
            if (request.method, request.path) == ("POST", _LOGIN_PATH)
            else _capture_screen(phone, request)
        )
    endpoint = _endpoint(phone, request)
    if endpoint.method == "POST":
        _check_post(phone, request, entry, document)
    else:
        document = {}
    reply = await _reply(phone, request, entry, endpoint, document, fault)
    return _json(phone, entry, reply)


def _endpoint(phone: Phone, request: web.BaseRequest) -> Endpoint:
    printed = phone.spec.flavour == "manual" and request.path.lower() == _HOLD_AS_PRINTED
    endpoint = TABLE.find(f"{request.path}l" if printed else request.path)
    if endpoint is None:
        phone.journal.violation(f"unknown path {request.path}")
        raise HttpError(404)
    if endpoint.since > phone.version:  # Clients find out by trying: not a violation.
        raise HttpError(404)
    if phone.switches.path_case == "strict" and request.path != endpoint.path:
        phone.journal.violation(f"wrong letter case in path {request.path}, expected {endpoint.path}")
        raise HttpError(404)
    if request.method != endpoint.method:
        raise HttpError(int(phone.switches.wrong_method.removeprefix("http_")))
    return endpoint


def _check_post(phone: Phone, request: web.BaseRequest, entry: Request, document: object) -> None:
    if request.content_type.lower() != "application/json" or hdrs.CONTENT_TYPE not in request.headers:
        sent = request.headers.get(hdrs.CONTENT_TYPE, "none")
        phone.journal.violation(f"content type {sent} on POST {request.path}")
        raise HttpError(400)
    if entry.size > MAXIMUM_BODY:
        phone.journal.violation(f"{entry.size} bytes in one request, over {MAXIMUM_BODY}")
        raise HttpError(413)
    refused = phone.switches.accept_on_post == "http_400" and hdrs.ACCEPT in request.headers
    if document is _NO_JSON or refused:
        raise HttpError(400)


async def _reply(
    phone: Phone, request: web.BaseRequest, entry: Request, endpoint: Endpoint, document: object, fault: Fault | None
) -> Reply:
    try:
        if endpoint.admin and entry.user != auth.ADMIN:
            answer = phone.switches.user_on_admin_call
            if answer == "http_403" or (answer == "4403_on_newer" and not endpoint.newer):
                raise HttpError(403)
            raise ApiError(answer.partition("_")[0])
        if phone.has_default_password:
            raise ApiError(DEFAULT_PASSWORD)
        if fault is not None and fault.kind == "status":
            raise ApiError(fault.status)
        if not isinstance(document, dict):
            raise ApiError(INVALID)
        tls = request.transport is not None and request.transport.get_extra_info("sslcontext") is not None
        return await endpoint.handler(ApiCall(phone, entry.query, document.get("data"), tls))
    except ApiError as error:
        return Reply(status=error.status)


def _json(phone: Phone, entry: Request, reply: Reply) -> web.Response:
    entry.status = reply.status
    # The recorded replies have Status last, as text; the manual has it first, often as a number.
    status: int | str = int(reply.status) if phone.spec.flavour == "manual" else reply.status
    document: dict[str, Any] = {} if reply.data is None else {"data": reply.data}
    document |= reply.extra
    document["Status"] = status
    refused = reply.status == DEFAULT_PASSWORD
    return web.Response(
        body=json.dumps(document, separators=(",", ":")).encode(),
        status=int(phone.switches.default_password) if refused else 200,
        content_type="application/json",
    )


def _log_in(phone: Phone) -> web.Response:
    """The login of the web interface, which older firmware does not have."""
    if phone.version < _LOGIN_SINCE:
        raise HttpError(404)
    refused = phone.switches.screen_login == "refused"
    response = web.Response(text="INVALID_LOGIN|5" if refused else "SUCCESS", content_type="text/html")
    response.set_cookie("session", phone.web_session, path="/")
    return response


def _capture_screen(phone: Phone, request: web.BaseRequest) -> web.Response:
    if request.path not in _SCREEN_PATHS:
        phone.journal.violation(f"unknown path {request.path}")
        raise HttpError(404)
    if request.method != "GET" or not phone.parameters.is_on("up.screenCapture.enabled"):
        raise HttpError(404)
    if phone.switches.screen_login != "not_needed" and request.cookies.get("session") != phone.web_session:
        raise HttpError(404)
    return web.Response(body=screen.picture(), content_type="image/png")


def _headers(phone: Phone) -> dict[str, str]:
    """What goes with every reply, beside Date. The Server since UC Software 6 is a guess."""
    old = phone.version < (6, 0) or phone.is_trio
    return {
        hdrs.SERVER: _OLD_SERVER if old else _NEW_SERVER,
        hdrs.CACHE_CONTROL: "no-store",
        "X-Frame-Options": "SAMEORIGIN",
    }


def _unauthorized(phone: Phone, stale: bool) -> web.Response:
    response = _page(phone, 401)
    for challenge in phone.authenticator.challenges(stale):
        response.headers.add(hdrs.WWW_AUTHENTICATE, challenge)
    return response


def _page(phone: Phone, status: int) -> web.Response:
    text = (
        f"<!DOCTYPE html><html><head><title>{status}</title></head><body><h1>{phone.model}: {status}</h1></body></html>"
    )
    return web.Response(status=status, text=text, content_type="text/html")


def _close_or_keep(phone: Phone, response: web.Response) -> None:
    # A recorded 404 closes the connection; for 200 nothing is recorded.
    if phone.switches.keep_alive == "close" or response.status != 200:
        response.force_close()


def _parse(body: bytes) -> object:
    if not body.strip():
        return {}
    try:
        return json.loads(body)
    except ValueError:
        return _NO_JSON


def _data(document: object) -> Any:
    if document is _NO_JSON or document == {}:
        return None
    if isinstance(document, dict) and "data" in document:
        return document["data"]
    return document
