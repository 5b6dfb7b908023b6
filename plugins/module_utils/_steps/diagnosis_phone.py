# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of a diagnosis that need a login: the password, the last boot, the firmware and the lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from .._phone.api import Phone
from .._phone.errors import NotSupported, PhoneError
from .._phone.settings import ADMIN_ACCOUNT
from .diagnosis import (
    API,
    BOOT,
    DEFAULT_PASSWORD,
    FAILED,
    FIRMWARE,
    LINE,
    LINES,
    LOGIN,
    NOT_CHECKED,
    OK,
    WARNING,
    Step,
)
from .subsets import SUBSETS
from .text import duration

OLDEST = (5, 4)
FULL = (5, 8)
"""The oldest UC Software known to have a REST API, and the oldest with most of its calls."""
FACTORY_PASSWORD = "456"
_OF_LOGIN = ("authentication_failed", "not_tried", "not_allowed", "other_phone")
"""Kinds of errors that mean that there is an API."""


def login(phone: Phone, device: dict[str, Any]) -> Iterator[Step]:
    """Log in, once, and judge what the phone says of itself. ``device``: takes it, and ``booted``, the time in UTC."""
    try:
        with phone.without_retries():
            device |= SUBSETS["device"].shape(SUBSETS["device"].read(phone))
    except PhoneError as error:
        yield from _refused(phone, error)
        return
    more = "" if phone.username == ADMIN_ACCOUNT else "Some calls need the admin account."
    yield Step(LOGIN, OK, f"{phone.username} is logged in.", more)
    if phone.settings.password == FACTORY_PASSWORD:
        yield Step(DEFAULT_PASSWORD, WARNING, "the password is the factory password.", "Change it: everybody knows it.")
    else:
        yield Step(DEFAULT_PASSWORD, OK, "the password is not the factory password.")
    yield _boot(device)
    yield _firmware(phone, device)
    yield from _lines(phone)


def _refused(phone: Phone, error: PhoneError) -> Iterator[Step]:
    remedy = error.remedy
    if error.kind == "default_password":
        yield Step(LOGIN, OK, f"{phone.username} is logged in.")
        yield Step(DEFAULT_PASSWORD, FAILED, error.message, remedy)
        return
    if error.kind == "authentication_failed":
        remedy += " If it is right, the phone may have locked the account: wait some minutes (httpd.cfg.lockWebUI.*)."
    yield Step(LOGIN if error.kind in _OF_LOGIN else API, FAILED, error.message, remedy)


def _boot(device: dict[str, Any]) -> Step:
    seconds = device.get("uptime_seconds")
    if seconds is None:
        message = "the phone does not tell when it started."
    else:
        then = datetime.now(timezone.utc) - timedelta(seconds=seconds)
        message = f"{duration(seconds)} ago ({then:%Y-%m-%d %H:%M} UTC)."
        device["booted"] = f"{then:%Y-%m-%dT%H:%M:%SZ}"
    if device.get("ready_to_use") is False:
        return Step(BOOT, WARNING, f"the phone is still starting: {message}", "Wait until it is ready.")
    return Step(BOOT, NOT_CHECKED if seconds is None else OK, message)


def _firmware(phone: Phone, device: Mapping[str, Any]) -> Step:
    firmware = phone.show(device.get("firmware", "unknown"))
    found = re.match(r"(\d{1,9})\.(\d{1,9})", firmware)
    version = (int(found[1]), int(found[2])) if found else (0, 0)
    about = (
        f"{phone.show(device.get('model', 'a phone'))} with UC Software {firmware}, "
        f"MAC address {device.get('mac', 'unknown')}"
    )
    if version < OLDEST:
        return Step(FIRMWARE, WARNING, f"{about}; older than any that this collection supports.", "Update the phone.")
    if version < FULL:
        message = f"{about}; it lacks some calls (among them config/export, and all calls of v2)."
        return Step(FIRMWARE, WARNING, message, "Update the phone to 5.8 or later.")
    return Step(FIRMWARE, OK, f"{about}.")


def _lines(phone: Phone) -> Iterator[Step]:
    try:
        found = SUBSETS["lines"].shape(SUBSETS["lines"].read(phone))
    except NotSupported:
        yield Step(LINES, NOT_CHECKED, "this firmware does not tell about its lines.")
        return
    except PhoneError as error:
        yield Step(LINES, WARNING, f"they could not be read: {error.message}", error.remedy)
        return
    if not found:
        yield Step(LINES, WARNING, "the phone has none.", "Set reg.1.address and reg.1.server.1.address.")
    for line in found:
        yield _line(phone, line)


def _line(phone: Phone, line: Mapping[str, Any]) -> Step:
    name, number = f"{LINE}{line['line']}", line["line"]
    who = next((phone.show(line[key]) for key in ("sip_address", "user", "label") if line.get(key)), "")
    server = _server(phone, line)
    if line.get("registered"):
        return Step(name, OK, f"{who or 'it'} is registered{f' at {server}' if server else ''}.")
    if line.get("registered") is None:
        return Step(name, NOT_CHECKED, f"the phone does not tell whether {who or 'it'} is registered.")
    if not who:
        remedy = f"Set reg.{number}.address and reg.{number}.server.1.address."
        return Step(name, WARNING, "it is not set up, and not registered.", remedy)
    if not server:
        return Step(
            name, WARNING, f"{who} is not registered, and has no server.", f"Set reg.{number}.server.1.address."
        )
    return Step(
        name,
        WARNING,
        f"{who} is not registered at {server}.",
        f"Check that the phone reaches this server, and that the server knows reg.{number}.address, "
        f"reg.{number}.auth.userId and reg.{number}.auth.password.",
    )


def _server(phone: Phone, line: Mapping[str, Any]) -> str:
    """The server that the line is registered at, else the first one, with its port and transport."""
    servers = [server for server in line.get("servers") or () if server.get("address")]
    best = next((server for server in servers if server.get("registered")), servers[0] if servers else None)
    if best is None:
        best = {"address": line.get("proxy"), "port": line.get("port")}
    if not best.get("address"):
        return ""
    port, transport = best.get("port"), best.get("transport")
    return (
        phone.show(best["address"])
        + (f":{port}" if port else "")
        + (f" ({phone.show(transport, 20)})" if transport else "")
    )
