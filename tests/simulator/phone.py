# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One simulated phone: its state, and what a test may ask of it and do to it."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from . import provisioning, reading
from .auth import ADMIN, USER, Authenticator
from .calls import Call, LogEntry
from .faults import Fault, Faults
from .journal import Journal, Request
from .lifecycle import Lifecycle
from .parameters import FLASH, LAYERS, Parameters
from .provisioning import Fetched
from .software import Download
from .spec import DEFAULT_ADMIN_PASSWORD, DEFAULT_USER_PASSWORD, PhoneSpec

if TYPE_CHECKING:
    from .fleet import Fleet
    from .server import PhoneServer

T = TypeVar("T")

ADMIN_PASSWORD = "device.auth.localAdminPassword"
USER_PASSWORD = "device.auth.localUserPassword"
REST_ENABLED = "apps.restapi.enabled"


class Phone:
    """A phone of a fleet. Public methods may be called from any thread."""

    def __init__(self, spec: PhoneSpec, index: int, fleet: Fleet) -> None:
        self.spec = spec
        self.fleet = fleet
        self.name = spec.name or f"phone-{index + 1}"
        self.model = spec.model
        self.install(spec.firmware)
        self.mac = spec.mac.lower() or f"0004f2{index + 1:06x}"
        self.host = ""
        self.listening_port = 0
        self.http_port = 0
        self.offline = spec.offline
        self.switches = replace(spec.switches)
        self.parameters = Parameters(_layers(spec, index))
        self.boot_seconds = fleet.boot_seconds if spec.boot_seconds is None else spec.boot_seconds
        self.journal = Journal()
        self.faults = Faults()
        self.authenticator = Authenticator(self)
        self.lifecycle = Lifecycle(self, spec.uptime)
        self.calls: list[Call] = []
        self.call_log: dict[str, list[LogEntry]] = {"Missed": [], "Received": [], "Placed": []}
        self.muted = False
        self.signed_in = False
        self.web_sign_in = False
        self.transfer_type = "Consultative"
        self.captured_at: float | None = None
        self.web_session = f"session-{self.mac}"
        self.background: asyncio.Future[None] | None = None
        #: What the provisioning server has for this phone and the phone did not fetch yet.
        self.provisioned: dict[str, str | None] = {}
        #: Whether the phone knows its provisioning server, the files it asked for when it was provisioned last, and
        #: where its master file says that its software is.
        self.knows_server = True
        #: When it polled last.
        self.asked = 0.0
        self.fetched: list[Fetched] = []
        self.software_path = ""
        self.downloads: list[Download] = []
        self.turn = asyncio.Lock()
        self.server: PhoneServer | None = None
        self._sequences: Counter[int] = Counter()
        #: Which lines lineInfo shows as registered until that time.monotonic(), whatever they are.
        self.settling: tuple[dict[int, bool], float] = ({}, 0.0)

    # --- what a test asks

    @property
    def port(self) -> int:
        """Where to reach the phone; for an offline phone a port on which nothing listens."""
        return self.fleet.refused_port if self.offline else self.listening_port

    @property
    def url(self) -> str:
        return f"{'https' if self.fleet.tls else 'http'}://{self.host}:{self.port}"

    @property
    def is_trio(self) -> bool:
        return "trio" in self.model.lower()

    @property
    def log(self) -> list[Request]:
        return self.journal.log

    @property
    def violations(self) -> list[str]:
        return self.journal.violations

    @property
    def max_concurrent(self) -> int:
        return self.journal.max_concurrent

    @property
    def auth_failures(self) -> int:
        return self.journal.auth_failures

    @property
    def refused(self) -> dict[str, int]:
        """How often each password was refused, by a locked phone, too; "" stands for all that came by Digest."""
        return dict(self.journal.refused)

    @property
    def restarts(self) -> int:
        """How often the phone has gone down."""
        return self.lifecycle.restarts

    @property
    def reachable(self) -> bool:
        """Whether the phone takes connections."""
        return not self.offline and self.lifecycle.state != "down"

    def count(self, path_suffix: str | None = None) -> int:
        """Requests seen, of all paths or those that end so (in any letter case)."""
        return self.journal.count(path_suffix)

    def value(self, name: str) -> tuple[str, str]:
        """The effective value of a parameter and its source; secrets too."""
        return self.parameters.effective(name)

    # --- what a test does

    def set_layer(self, layer: str, values: Mapping[str, str | None]) -> None:
        """Write a layer from behind; None takes a value out of it."""
        self._on_loop(lambda: self.parameters.set_layer(layer, values))

    def provision(self, values: Mapping[str, str | None]) -> None:
        """Change what the provisioning server has; the phone fetches it on request. None removes a value."""
        self._on_loop(lambda: self.provisioned.update(values))

    def fault(self, kind: str, **options: Any) -> None:
        """Inject a fault; README.md lists kinds and options."""
        fault = reading.read(Fault, {"kind": kind, **options}, f"fault at {self.name}")
        self._on_loop(lambda: self.faults.add(fault))

    def clear(self) -> None:
        """Forget log, counters, violations, faults and failed logins; parameters stay."""

        def clear() -> None:
            self.journal.clear()
            self.faults.clear()
            self.authenticator.forget()

        self._on_loop(clear)

    def ring(self, number: str, name: str = "", line: int = 1) -> str:
        """An incoming call from outside the fleet; returns its handle."""
        return self._on_loop(lambda: self.fleet.exchange.ring(self, number, name, line)).handle

    def hang_up(self, handle: str) -> bool:
        """The far end hangs up; False if there is no such call."""

        def hang_up() -> bool:
            call = self.call(handle)
            if call is not None:
                self.fleet.exchange.end(self, call)
            return call is not None

        return self._on_loop(hang_up)

    def poll(self) -> None:
        """Ask the provisioning server now, as polling would (prov.polling.*)."""
        self._on_loop(lambda: provisioning.ask(self) if self.reachable else None)

    def restart(self) -> None:
        """Pull the plug: down now, whatever runs."""
        self._on_loop(lambda: self.lifecycle.go_down("reboot"))

    # --- what the other parts of the simulator use

    def install(self, firmware: str) -> None:
        """Run this version from the next boot on, or from the first."""
        self.firmware = firmware
        self.version = version_of(firmware)
        #: 5.7.0 gave the shapes of API v2 under v1; 5.7.1 took that back.
        self.early_v2 = firmware.startswith("5.7.0.")

    def call(self, reference: str) -> Call | None:
        handle = reference.lower().removeprefix("0x")
        return next((call for call in self.calls if call.handle == handle), None)

    @property
    def active_call(self) -> Call | None:
        """The call that a request without Ref means: the one that isn't held, the latest of several."""
        return next((call for call in reversed(self.calls) if call.state != "Hold"), None)

    def next_sequence(self, line: int) -> int:
        if not any(call.line == line for call in self.calls):
            self._sequences[line] = 0
        self._sequences[line] += 1
        return self._sequences[line]

    def drop_calls(self) -> None:
        for call in list(self.calls):
            self.fleet.exchange.end(self, call)

    def password_of(self, user: str) -> str | None:
        if user == ADMIN:
            return self.parameters.value(ADMIN_PASSWORD) or DEFAULT_ADMIN_PASSWORD
        if user == USER:
            return self.parameters.value(USER_PASSWORD) or DEFAULT_USER_PASSWORD
        return None

    @property
    def has_default_password(self) -> bool:
        return self.password_of(ADMIN) == DEFAULT_ADMIN_PASSWORD

    def reset(self, *layers: str) -> None:
        """What configReset does to these layers; "factory" stands for all a factory reset forgets."""
        if layers == ("factory",):
            provisioned = dict(self.parameters.layers["config"])
            self.parameters.clear(*LAYERS, FLASH)
            self.call_log = {kind: [] for kind in self.call_log}
            self.transfer_type, self.signed_in = "Consultative", False
            self.knows_server = self.switches.factory_reset == "reprovisioned"
            if self.knows_server:
                self.parameters.set_layer("config", provisioned)
        else:
            self.parameters.clear(*layers)

    def changed_by(self, fault: Fault) -> None:
        """Come back from a restart as a fault has it."""
        if fault.kind == "back_default_password":
            self.parameters.set_layer(FLASH, {ADMIN_PASSWORD: None})
        elif fault.kind == "back_rest_off":
            self.parameters.set_layer("local", {REST_ENABLED: "0"})
        elif fault.kind == "back_other_mac":
            self.mac = fault.mac.lower() or f"0004f2f{self.mac[7:]}"
        elif fault.kind == "back_unregistered":
            self.faults.add(Fault("unregistered", lines=fault.lines))

    def lose_network(self, seconds: float) -> None:
        """Out of reach for that long (0: for ever), with all that runs on it going on."""
        self.offline = True
        self.abort_connections()
        if seconds:
            asyncio.get_running_loop().call_later(seconds, setattr, self, "offline", False)

    def abort_connections(self) -> None:
        self._on_loop(self._abort_connections)

    def _abort_connections(self) -> None:
        if self.server is not None:
            for connection in self.server.connections:
                if connection.transport is not None:
                    connection.transport.abort()

    def _on_loop(self, action: Callable[[], T]) -> T:
        """Run in the fleet's own thread, so that no request sees a half-made change."""
        loop = self.fleet.loop
        if loop is None or not loop.is_running() or self.fleet.in_own_thread():
            return action()
        done: Future[T] = Future()

        def run() -> None:
            try:
                done.set_result(action())
            except Exception as error:
                done.set_exception(error)

        loop.call_soon_threadsafe(run)
        return done.result(timeout=10)


def version_of(firmware: str) -> tuple[int, int]:
    """Major and minor version."""
    match = re.match(r"(\d+)\.(\d+)\.", firmware)
    if match is None:
        raise ValueError(f"not a firmware version: {firmware!r}; expected one like 5.9.3.1111")
    return int(match[1]), int(match[2])


def _layers(spec: PhoneSpec, index: int) -> dict[str, dict[str, str]]:
    layers: dict[str, dict[str, str]] = {"config": {}, "web": {}, FLASH: {}}
    if spec.rest != "off":
        layers[spec.rest][REST_ENABLED] = "1"
    for line in range(1, spec.lines + 1):
        number = str(1001 + index if line == 1 else line * 100_000 + 1001 + index)
        layers["config"] |= {
            f"reg.{line}.address": number,
            f"reg.{line}.label": number,
            f"reg.{line}.auth.userId": number,
            f"reg.{line}.auth.password": f"line-{number}",
            f"reg.{line}.server.1.address": "sip.example.org",
        }
    if spec.admin_password != DEFAULT_ADMIN_PASSWORD:
        layers[FLASH][ADMIN_PASSWORD] = spec.admin_password
    if spec.user_password != DEFAULT_USER_PASSWORD:
        layers[FLASH][USER_PASSWORD] = spec.user_password
    if spec.base_profile != "Generic":
        layers[FLASH]["device.baseProfile"] = spec.base_profile
    for layer, values in spec.layers.items():
        layers.setdefault(layer, {}).update(values)
    return layers
