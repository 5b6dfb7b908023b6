# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fleet: its phones, its sockets, and the thread it runs in."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Literal

from .calls import Exchange
from .certificates import Certificates
from .control import ControlServer
from .listener import Listener, bind
from .phone import Phone
from .provisioning import ask, boot
from .software import Image
from .spec import PhoneSpec

_POLLING = 0.1
DEFAULT_BASE_ADDRESS = "127.77.0.1"
AddressMode = Literal["auto", "addresses", "ports"]
Images = dict[str, dict[str, Image]]


class Fleet:
    """All phones of a process. Use running_fleet() unless you have a loop of your own."""

    def __init__(
        self,
        specs: Sequence[PhoneSpec] | int,
        *,
        tls: bool = True,
        http: bool | None = None,
        control: bool = True,
        port: int = 0,
        http_port: int = 0,
        control_port: int = 0,
        boot_seconds: float = 0.3,
        base_address: str = DEFAULT_BASE_ADDRESS,
        address_mode: AddressMode = "auto",
        images: Images | None = None,
        provisioning: Path | None = None,
    ) -> None:
        self.tls = tls
        #: {URL of an update server, as in device.prov.upgradeServer: {model, or "*" for all others: its image}}.
        self.images: Images = {} if images is None else images
        #: The folder of the provisioning server; None if there is none, and phones stay as they are.
        self.provisioning = provisioning
        self.boot_seconds = boot_seconds
        self.loop: asyncio.AbstractEventLoop | None = None
        self.refused_port = 0
        self.control_url = ""
        self._http = not tls if http is None else http
        if not (self.tls or self._http):
            raise ValueError("a fleet needs TLS, plain HTTP or both")
        self._control = control
        self._ports = {True: port if tls else 0, False: http_port if tls else port or http_port}
        self._control_port = control_port
        self._by_address = address_mode == "addresses" or (
            address_mode == "auto" and _has_loopback_network(base_address)
        )
        if isinstance(specs, int):
            specs = [PhoneSpec() for _each in range(specs)]
        self.phones = [Phone(spec, index, self) for index, spec in enumerate(specs)]
        self._names = {phone.name: phone for phone in self.phones}
        if len(self._names) != len(self.phones) or len({phone.mac for phone in self.phones}) != len(self.phones):
            raise ValueError("two phones have the same name or MAC address")
        for phone, address in zip(self.phones, _addresses(base_address), strict=False):
            phone.host = address if self._by_address else "127.0.0.1"
        self._addresses = {phone.host: phone for phone in self.phones}
        self.exchange = Exchange(lambda: self.phones)
        self._certificates = Certificates([phone.host for phone in self.phones])
        self.ca_path = self._certificates.ca_path
        self.factory_ca_path = self._certificates.factory_ca_path
        self._listeners: list[Listener] = []
        self._refusing: socket.socket | None = None
        self._control_server: ControlServer | None = None
        self._thread = 0
        self._polling: asyncio.Task[None] | None = None

    def __getitem__(self, name: str) -> Phone:
        return self._names[name]

    def __len__(self) -> int:
        return len(self.phones)

    def __iter__(self) -> Iterator[Phone]:
        return iter(self.phones)

    @property
    def violations(self) -> list[str]:
        return [f"{phone.name}: {text}" for phone in self.phones for text in phone.violations]

    def ca_of(self, issuer: str) -> str:
        """PEM file of the root that a PhoneSpec names as issuer."""
        return self._certificates.ca_of(issuer)

    def in_own_thread(self) -> bool:
        return threading.get_ident() == self._thread

    async def start(self) -> None:
        self.loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        # Bound but not listening: the system refuses connections, and gives the port to nobody else.
        self._refusing = bind("", 0)
        self.refused_port = self._refusing.getsockname()[1]
        for tls in (True, False):
            if self.tls if tls else self._http:
                self._listen(tls)
        for phone in self.phones:
            boot(phone)
        self._polling = asyncio.ensure_future(self._poll())
        if self._control:
            self._control_server = await ControlServer.start(self, self._control_port)
            self.control_url = self._control_server.url

    async def stop(self) -> None:
        for listener in self._listeners:
            listener.close()
        if self._polling is not None:
            self._polling.cancel()
        if self._control_server is not None:
            await self._control_server.stop()
        for phone in self.phones:
            phone.lifecycle.stop()
            phone.drop_calls()
            phone.abort_connections()
        if self._refusing is not None:
            self._refusing.close()
        self._certificates.close()

    async def _poll(self) -> None:
        """Let phones ask their provisioning server that do so by themselves."""
        while True:
            await asyncio.sleep(_POLLING)
            if self.provisioning is None:
                continue
            now = time.monotonic()
            for phone in self.phones:
                seconds = phone.switches.poll_seconds
                if seconds and phone.lifecycle.state == "up" and now >= phone.asked + seconds:
                    phone.asked = now
                    ask(phone)

    def _listen(self, tls: bool) -> None:
        context = self._certificates.context if tls else _no_context
        base = self._ports[tls]
        if self._by_address:
            # The wildcard socket answers for every address of 127.0.0.0/8 without any being set up.
            shared = self._add(Listener(bind("", base), self._addresses.get, context))
            ports = [shared.port] * len(self.phones)
        else:
            ports = []
            for index, phone in enumerate(self.phones):
                sock = bind("127.0.0.1", base + index if base else 0)
                ports.append(self._add(Listener(sock, partial(_always, phone), context)).port)
        for phone, port in zip(self.phones, ports, strict=True):
            if not tls:
                phone.http_port = port
            if tls == self.tls:
                phone.listening_port = port

    def _add(self, listener: Listener) -> Listener:
        self._listeners.append(listener)
        return listener


@contextmanager
def running_fleet(
    specs: Sequence[PhoneSpec] | int = 1,
    *,
    tls: bool = True,
    http: bool | None = None,
    control: bool = True,
    port: int = 0,
    http_port: int = 0,
    control_port: int = 0,
    boot_seconds: float = 0.3,
    base_address: str = DEFAULT_BASE_ADDRESS,
    address_mode: AddressMode = "auto",
    images: Images | None = None,
    provisioning: Path | None = None,
) -> Iterator[Fleet]:
    """A fleet in a thread of its own, ready when the block starts and gone when it ends."""
    fleet = Fleet(
        specs, tls=tls, http=http, control=control, port=port, http_port=http_port, control_port=control_port,
        boot_seconds=boot_seconds, base_address=base_address, address_mode=address_mode, images=images,
        provisioning=provisioning,
    )  # fmt: skip
    loop = new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="phone-fleet", daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(fleet.start(), loop).result(timeout=30)
        yield fleet
    finally:
        asyncio.run_coroutine_threadsafe(_shut_down(fleet), loop).result(timeout=30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=30)
        loop.close()


def new_event_loop() -> asyncio.AbstractEventLoop:
    """uvloop's where it is installed: five times less memory per TLS connection."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


async def _shut_down(fleet: Fleet) -> None:
    await fleet.stop()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    # Transports that were aborted close on the next turn of the loop.
    await asyncio.sleep(0)


def _no_context(_phone: Phone) -> ssl.SSLContext | None:
    return None


def _always(phone: Phone, _address: str) -> Phone:
    return phone


def _addresses(base: str) -> Iterator[str]:
    """Addresses from the base upwards, without those that end in .0 or .255."""
    first = ipaddress.IPv4Address(base)
    if not first.is_loopback:
        raise ValueError(f"{base} is not a loopback address; phones live in 127.0.0.0/8")
    number = int(first)
    while True:
        if number & 0xFF not in (0, 255):
            yield str(ipaddress.IPv4Address(number))
        number += 1


def _has_loopback_network(address: str) -> bool:
    """Linux answers on all of 127.0.0.0/8; elsewhere only on 127.0.0.1."""
    try:
        bind(address, 0).close()
    except OSError:
        return False
    return True
