# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control API: what a test in another process may ask of the fleet and do to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from aiohttp import web

from . import reading
from .parameters import FLASH, LAYERS
from .phone import Phone
from .software import Image

if TYPE_CHECKING:
    from .calls import Exchange


class PhoneFleet(Protocol):
    """What the control API needs of a fleet."""

    exchange: Exchange
    phones: list[Phone]
    images: dict[str, dict[str, Image]]
    provisioning: Path | None

    def __getitem__(self, name: str) -> Phone: ...

    @property
    def violations(self) -> list[str]: ...


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class _Servers:
    """What may be changed of a fleet: the images of these update servers, and the provisioning server ("": none)."""

    images: dict[str, dict[str, Image]] = field(default_factory=dict)
    provisioning: str | None = None


class ControlServer:
    """Serves the control API on 127.0.0.1."""

    def __init__(self, fleet: PhoneFleet) -> None:
        self._fleet = fleet
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1)
        self.url = ""

    @classmethod
    async def start(cls, fleet: PhoneFleet, port: int) -> ControlServer:
        server = cls(fleet)
        await server._runner.setup()
        site = web.TCPSite(server._runner, "127.0.0.1", port)
        await site.start()
        server.url = f"http://127.0.0.1:{server._runner.addresses[0][1]}"
        return server

    async def stop(self) -> None:
        await self._runner.cleanup()

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[_errors_as_json])
        application.add_routes([
            web.get("/phones", self._phones),
            web.get("/phones/{name}", self._phone),
            web.patch("/phones/{name}", self._change),
            web.post("/phones/{name}/faults", self._add_fault),
            web.delete("/phones/{name}/faults", self._clear_faults),
            web.post("/phones/{name}/calls", self._ring),
            web.delete("/phones/{name}/calls/{handle}", self._hang_up),
            web.post("/phones/{name}/restart", self._restart),
            web.delete("/phones/{name}/log", self._clear),
            web.post("/phones/{name}/poll", self._poll),
            web.get("/fleet", self._servers),
            web.patch("/fleet", self._change_servers),
            web.get("/violations", self._violations),
            web.get("/counters", self._counters),
            web.post("/reset", self._reset),
        ])  # fmt: skip
        return application

    async def _phones(self, _request: web.Request) -> web.Response:
        return web.json_response([_summary(phone) for phone in self._fleet.phones])

    async def _phone(self, request: web.Request) -> web.Response:
        phone = self._named(request)
        return web.json_response(
            _summary(phone)
            | {
                "switches": asdict(phone.switches),
                "layers": phone.parameters.layers,
                "faults": [asdict(fault) for fault in phone.faults.waiting],
                "calls": [_call(phone, call.handle) for call in phone.calls],
                "downloads": [asdict(download) for download in phone.downloads],
                "fetched": [asdict(fetched) for fetched in phone.fetched],
                "counters": phone.journal.counters(),
                "violations": phone.violations,
                "log": [asdict(entry) for entry in phone.log],
            }
        )

    async def _change(self, request: web.Request) -> web.Response:
        phone, document = self._named(request), await _object(request)
        layers = document.pop("layers", {})
        offline = document.pop("offline", phone.offline)
        switches = document.pop("switches", {})
        if document:
            raise reading.ReadingError(f"unknown key {min(document)!r}; known are layers, offline, switches")
        if not isinstance(offline, bool):
            raise reading.ReadingError(f"offline: expected true or false, got {offline!r}")
        _check_layers(layers)
        reading.update(phone.switches, switches, "switches")
        for layer, values in layers.items():
            phone.set_layer(layer, values)
        phone.offline = offline
        return await self._phone(request)

    async def _add_fault(self, request: web.Request) -> web.Response:
        document = await _object(request)
        kind = document.pop("kind", "")
        self._named(request).fault(kind, **document)
        return web.json_response({}, status=201)

    async def _clear_faults(self, request: web.Request) -> web.Response:
        self._named(request).faults.clear()
        return web.json_response({})

    async def _ring(self, request: web.Request) -> web.Response:
        phone, document = self._named(request), await _object(request)
        number, name, line = document.get("number"), document.get("name", ""), document.get("line", 1)
        if not isinstance(number, str) or not isinstance(name, str) or not isinstance(line, int):
            raise reading.ReadingError('expected {"number": text, "name": text, "line": number}')
        return web.json_response(_call(phone, phone.ring(number, name, line)), status=201)

    async def _hang_up(self, request: web.Request) -> web.Response:
        if not self._named(request).hang_up(request.match_info["handle"]):
            raise web.HTTPNotFound(text="no such call")
        return web.json_response({})

    async def _restart(self, request: web.Request) -> web.Response:
        self._named(request).restart()
        return web.json_response({})

    async def _poll(self, request: web.Request) -> web.Response:
        self._named(request).poll()
        return web.json_response({})

    async def _servers(self, _request: web.Request) -> web.Response:
        folder = self._fleet.provisioning
        images = {
            server: {model: asdict(image) for model, image in models.items()}
            for server, models in self._fleet.images.items()
        }
        return web.json_response({"images": images, "provisioning": None if folder is None else str(folder)})

    async def _change_servers(self, request: web.Request) -> web.Response:
        change = reading.read(_Servers, await _object(request), "fleet")
        self._fleet.images.update(change.images)
        if change.provisioning is not None:
            self._fleet.provisioning = Path(change.provisioning) if change.provisioning else None
        return await self._servers(request)

    async def _clear(self, request: web.Request) -> web.Response:
        self._named(request).journal.clear()
        return web.json_response({})

    async def _violations(self, _request: web.Request) -> web.Response:
        return web.json_response(self._fleet.violations)

    async def _counters(self, _request: web.Request) -> web.Response:
        phones = self._fleet.phones
        paths: Counter[str] = Counter()
        for phone in phones:
            paths.update(phone.journal.paths)
        total = {
            "requests": paths.total(),
            "paths": dict(paths),
            "max_concurrent": max((phone.max_concurrent for phone in phones), default=0),
            "auth_failures": sum(phone.auth_failures for phone in phones),
            "violations": len(self._fleet.violations),
        }
        return web.json_response(
            {"total": total, "phones": {phone.name: phone.journal.counters() for phone in phones if phone.log}}
        )

    async def _reset(self, _request: web.Request) -> web.Response:
        for phone in self._fleet.phones:
            phone.clear()
        return web.json_response({})

    def _named(self, request: web.Request) -> Phone:
        try:
            return self._fleet[request.match_info["name"]]
        except KeyError:
            raise web.HTTPNotFound(text=f"no phone {request.match_info['name']!r}") from None


@web.middleware
async def _errors_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except reading.ReadingError as error:
        return web.json_response({"error": str(error)}, status=400)
    except web.HTTPException as error:
        return web.json_response({"error": error.text}, status=error.status)


async def _object(request: web.Request) -> dict[str, Any]:
    try:
        document = await request.json()
    except ValueError:
        raise reading.ReadingError("the body is not JSON") from None
    if not isinstance(document, dict):
        raise reading.ReadingError(f"expected an object, got {document!r}")
    return document


def _check_layers(layers: object) -> None:
    """{layer: {parameter: text, or null to take it out}}"""
    if not isinstance(layers, dict):
        raise reading.ReadingError(f"layers: expected an object, got {layers!r}")
    for layer, values in layers.items():
        if layer not in (*LAYERS, FLASH):
            raise reading.ReadingError(f"layers: unknown layer {layer!r}; known are {', '.join((*LAYERS, FLASH))}")
        if not isinstance(values, Mapping) or not all(isinstance(value, str | None) for value in values.values()):
            raise reading.ReadingError(f"layers, {layer}: expected texts, got {values!r}")


def _summary(phone: Phone) -> dict[str, Any]:
    return {
        "name": phone.name,
        "model": phone.model,
        "firmware": phone.firmware,
        "mac": phone.mac,
        "host": phone.host,
        "port": phone.port,
        "http_port": phone.http_port,
        "offline": phone.offline,
        "state": phone.lifecycle.state,
        "uptime": phone.lifecycle.uptime,
        "restarts": phone.restarts,
    }


def _call(phone: Phone, handle: str) -> dict[str, Any]:
    call = phone.call(handle)
    if call is None:
        return {"handle": handle}
    return {
        "handle": call.handle,
        "line": call.line,
        "outgoing": call.outgoing,
        "state": call.state,
        "number": call.remote_number,
        "name": call.remote_name,
        "digits": call.digits,
        "muted": call.muted,
    }
