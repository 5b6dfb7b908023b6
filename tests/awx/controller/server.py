# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The API over HTTP, on a free port of the loopback interface, in a thread of its own."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from typing import Any

from aiohttp import web

from .api import ROOT, Api, page
from .kinds import KINDS
from .store import Item, Refusal

TOKEN = "the-token-of-the-tests"
_HEADERS = {"X-API-Product-Name": "AWX", "X-API-Product-Version": "24.6.1"}


class Controller:
    """A running AWX. ``writes``: the writing requests that it has answered, as ``POST /api/v2/labels/``.
    ``writes_left``: how many more it answers before it breaks; None for all."""

    def __init__(self, playbooks: list[str]) -> None:
        self.api = Api(playbooks)
        self.writes: list[str] = []
        self.writes_left: int | None = None
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Controller:
        self._thread.start()
        assert self._ready.wait(60), "the small AWX did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)
        assert not self._thread.is_alive(), "the small AWX did not end"

    @property
    def environment(self) -> dict[str, str]:
        """What awx.awx needs to find it, and no authorities: it would read all of them again for each request, which
        takes five times as long as all else that it does."""
        return {
            "CONTROLLER_HOST": self.url,
            "CONTROLLER_OAUTH_TOKEN": TOKEN,
            "CONTROLLER_VERIFY_SSL": "false",
            "SSL_CERT_FILE": os.devnull,
            "SSL_CERT_DIR": os.devnull,
        }

    def names(self, kind: str) -> list[str]:
        return sorted(item["name"] for item in self.api.store.objects[kind].values())

    def named(self, kind: str, name: str) -> Item:
        """The object of this name. Raises StopIteration."""
        return next(item for item in self.api.all(kind) if item["name"] == name)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(application, access_log=None)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        try:
            if request.headers.get("Authorization") != f"Bearer {TOKEN}":
                raise Refusal(401, {"detail": "Authentication credentials were not provided."})
            self._count(request)
            status, answer = self._route(request, json.loads(body) if body else {})
        except Refusal as refusal:
            status, answer = refusal.status, refusal.body
        if status == 204:
            return web.Response(status=status, headers=_HEADERS)
        return web.json_response(answer, status=status, headers=_HEADERS)

    def _count(self, request: web.Request) -> None:
        if request.method == "GET":
            return
        if self.writes_left is not None:
            if self.writes_left == 0:
                raise Refusal(500, {"detail": "The database is gone."})
            self.writes_left -= 1
        self.writes.append(f"{request.method} {request.path}")

    def _route(self, request: web.Request, body: Item) -> tuple[int, Any]:
        parts = request.path.removeprefix(f"{ROOT}/").strip("/").split("/")
        kind = parts[0]
        if len(parts) == 1:
            if request.method == "GET":
                return 200, self.api.list(kind, request.query, request.path)
            return 201, self.api.create(kind, body)
        number = int(parts[1]) if parts[1].isdigit() else -1
        if (kind, number) in self.api.jobs:
            return 200, self.api.jobs[kind, number]
        if kind not in KINDS:
            raise Refusal(404, {"detail": "The requested resource could not be found."})
        if len(parts) == 2:
            if request.method == "DELETE":
                return self.api.remove(kind, number), {}
            return 200, self.api.change(kind, number, body) if request.method == "PATCH" else self.api.read(
                kind, number
            )
        self.api.store.get(kind, number)
        if parts[2] in KINDS[kind].links:
            return self._list(request, kind, number, parts[2], body)
        if parts[2] not in KINDS[kind].extra:
            raise Refusal(404, {"detail": "The requested resource could not be found."})
        return self._special(request, kind, number, parts[2], body)

    def _list(self, request: web.Request, kind: str, number: int, name: str, body: Item) -> tuple[int, Any]:
        if request.method == "POST":
            self.api.link(kind, number, name, body)
            return 204, None
        target = KINDS[kind].links[name]
        members = [self.api.read(target, member) for member in self.api.store.linked(kind, number, name)]
        return 200, page(members, request.query, request.path)

    def _special(self, request: web.Request, kind: str, number: int, name: str, body: Item) -> tuple[int, Any]:
        if name == "survey_spec":
            if request.method == "POST":
                self.api.set_survey(kind, number, body)
            elif request.method == "DELETE":
                self.api.store.surveys.pop(number, None)
            return 200, self.api.store.surveys.get(number, {}) if request.method == "GET" else {}
        if request.method != "POST":
            raise Refusal(405, {"detail": f'Method "{request.method}" not allowed.'})
        if name == "update":
            return 202, self.api.update(kind, number)
        if name == "create_approval_template":
            return 201, self.api.approval(number, body)
        return 201, self.api.launch(kind, number, body.get("extra_vars", {}))
