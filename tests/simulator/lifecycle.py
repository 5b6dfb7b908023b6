# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A phone that restarts: it answers, waits, goes away, and comes back, perhaps changed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Literal

from . import provisioning, software
from .faults import COMEBACK_KINDS
from .lines import register_anew

if TYPE_CHECKING:
    from .phone import Phone

State = Literal["up", "leaving", "down", "starting"]


class Lifecycle:
    """Where one phone is between two boots."""

    __slots__ = ("_aside", "_boot", "_changes", "_phone", "_restarting", "restarts", "state")

    def __init__(self, phone: Phone, uptime: float) -> None:
        self._phone = phone
        self._boot = time.monotonic() - uptime
        self._changes: list[Callable[[], None]] = []
        self._restarting: asyncio.Task[None] | None = None
        self._aside: asyncio.Task[None] | None = None
        self.state: State = "up"
        self.restarts = 0

    @property
    def uptime(self) -> int:
        """Whole seconds."""
        return int(time.monotonic() - self._boot)

    @property
    def ready(self) -> bool:
        return self.state in ("up", "leaving")

    def go_down(
        self,
        kind: Literal["restart", "reboot"],
        *,
        safely: bool = False,
        change: Callable[[], None] | None = None,
    ) -> None:
        """Start a restart and return at once. Safely: only when all calls have ended.

        The change is what the restart does to the phone's configuration. A later order replaces one that still
        waits for calls, but what that one was to change is changed as well. A phone that is down takes no orders.
        """
        if self.state == "down":
            return
        if change is not None:
            self._changes.append(change)
        if self._restarting is not None:
            self._restarting.cancel()
        self.state = "leaving"
        self._restarting = asyncio.ensure_future(self._restart(kind, safely))

    def begin(self, work: Coroutine[object, object, None]) -> None:
        """Do this beside all else, until the phone goes down; work begun before ends."""
        self._end_work()
        self._aside = asyncio.ensure_future(work)

    def stop(self) -> None:
        if self._restarting is not None:
            self._restarting.cancel()
        self._end_work()

    def _end_work(self) -> None:
        if self._aside is not None and self._aside is not asyncio.current_task():
            self._aside.cancel()
        self._aside = None

    async def _restart(self, kind: Literal["restart", "reboot"], safely: bool) -> None:
        phone, switches = self._phone, self._phone.switches
        await asyncio.sleep(switches.restart_delay)
        while safely and phone.calls:
            await asyncio.sleep(0.02)
        fault = phone.faults.take(COMEBACK_KINDS)
        comeback = fault.kind if fault else ""
        if comeback == "never_down":
            self._changes.clear()
            self.state, self._restarting = "up", None
            return
        self.state = "down"
        self.restarts += 1
        self._end_work()
        phone.drop_calls()
        phone.abort_connections()
        for change in self._changes:
            change()
        self._changes.clear()
        if comeback == "never_back":
            return
        await asyncio.sleep(max(0.0, phone.boot_seconds - switches.starting_seconds))
        if provisioning.boot(phone):
            self.restarts += 1
            await asyncio.sleep(phone.boot_seconds)
        await software.update_in_boot(phone, kind)
        self._boot_up(kind)
        if fault is not None:
            phone.changed_by(fault)
        if switches.starting_seconds:
            self.state = "starting"
            await asyncio.sleep(switches.starting_seconds)
        self.state, self._restarting = "up", None
        software.update_in_use(phone, kind)

    def _boot_up(self, kind: str) -> None:
        phone = self._phone
        if kind == "reboot" or phone.switches.restart_uptime == "reset":
            self._boot = time.monotonic()
        phone.authenticator.forget()
        register_anew(phone, after_boot=True)
        if phone.switches.companions_after_restart == "cleared":
            flash = phone.parameters.layers["device"]
            for name in [name for name in flash if name.endswith(".set")]:
                del flash[name]
