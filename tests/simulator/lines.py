# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines that a phone's parameters make."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .phone import Phone

_ADDRESS = re.compile(r"reg\.([1-9][0-9]*)\.address")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, registered or not. A line without address is what an unprovisioned phone shows."""

    number: int
    address: str
    label: str
    user: str
    proxy: str
    port: str
    shared: bool
    transport: str
    expires: str
    keys: int
    registered: bool


def lines_of(phone: Phone) -> list[Line]:
    """The phone's lines by number; line 1 always exists."""
    matches = (_ADDRESS.fullmatch(name) for name in phone.parameters.names())
    numbers = {int(match[1]) for match in matches if match and phone.parameters.value(match[0])}
    return [_line(phone, number) for number in sorted(numbers | {1})]


def line_of(phone: Phone, number: int) -> Line | None:
    return next((line for line in lines_of(phone) if line.number == number), None)


def line_with(phone: Phone, number: str) -> Line | None:
    """The registered line that can be called under a number (without domain)."""
    lines = lines_of(phone)
    return next((line for line in lines if line.registered and line.address.partition("@")[0] == number), None)


def register_anew(phone: Phone, *, after_boot: bool = False) -> None:
    """Lines need a moment to register: until then they show what they were, after a boot none is registered."""
    seconds = phone.switches.registering_seconds
    if seconds:
        shown = {} if after_boot else {line.number: line.registered for line in lines_of(phone)}
        phone.settling = shown, time.monotonic() + seconds


def _line(phone: Phone, number: int) -> Line:
    value, prefix = phone.parameters.value, f"reg.{number}"
    address = value(f"{prefix}.address")
    proxy = value(f"{prefix}.server.1.address") or value("voIpProt.server.1.address")
    port = value(f"{prefix}.server.1.port")
    broken = any(
        (not fault.lines or number in fault.lines) and (not fault.servers or proxy in fault.servers)
        for fault in phone.faults.standing("unregistered")
    )
    registered = bool(address and proxy) and not broken
    shown, until = phone.settling
    if time.monotonic() < until:
        registered = shown.get(number, False)
    return Line(
        number=number,
        address=address,
        label=value(f"{prefix}.label") or address,
        user=value(f"{prefix}.auth.userId") or address,
        proxy=proxy,
        port=port if port not in ("", "0") else "5060",
        shared=value(f"{prefix}.type").lower() == "shared",
        transport=value(f"{prefix}.server.1.transport"),
        expires=value(f"{prefix}.server.1.expires"),
        keys=max(1, int(phone.parameters.number(f"{prefix}.lineKeys"))),
        registered=registered and phone.lifecycle.ready,
    )
