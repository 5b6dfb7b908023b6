# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Find out step by step why a phone can't be managed, and what to do about it."""

from __future__ import annotations

import email.utils
import re
import ssl
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._phone import reachability
from .._phone.api import Phone
from .._phone.digest import challenges
from .._phone.errors import Busy, PhoneError, ProtocolError
from .._phone.login import BASIC, DIGEST
from .._phone.replies import redirection, rest_disabled
from .._phone.settings import ADMIN_ACCOUNT
from .._phone.shapes import device as device_shapes
from .._phone.tls import explain
from .._steps.result import Result

LARGEST_SKEW = 300
"""Seconds by which clocks may differ before certificates and registrations fail."""
OLDEST = (5, 4)
FULL = (5, 8)
"""The oldest UC Software known to have a REST API, and the oldest with most of its calls."""

Step = tuple[str, str, str, str]
"""Name, outcome (``ok``, ``warning`` or ``failed``), what was found, and the remedy."""


SPEC = ArgumentSpec()


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Returns ``steps`` (name, outcome, found, remedy), up to the first that fails; ``manageable``; and ``msg``, the
    first failure or what the phone is. A phone that can't be managed does not fail the task. One login is tried,
    once."""
    steps = list(_steps(phone))
    failed = next((step for step in steps if step[1] == "failed"), None)
    described = [dict(zip(("name", "outcome", "found", "remedy"), step)) for step in steps]
    msg = f"{phone.host}: {steps[-1][2]}" if failed is None else f"{phone.host}: {failed[2]} {failed[3]}".strip()
    return Result(values={"steps": described, "manageable": failed is None, "msg": msg})


def _steps(phone: Phone) -> Iterator[Step]:
    """Each step depends on those before it: the first failure is the last step."""
    for check in (_name, _port, _tls, _web_server, _login):
        for step in check(phone):
            yield step
            if step[1] == "failed":
                return


def _name(phone: Phone) -> Iterator[Step]:
    try:
        found = reachability.resolve(phone.host)
    except OSError as error:
        explained = reachability.unreachable(error)
        yield "name", "failed", explained.message, explained.remedy
        return
    yield (
        "name",
        "ok",
        f"{phone.host} is {', '.join(found)}." if found != [phone.host] else f"{phone.host} is an address.",
        "",
    )


def _port(phone: Phone) -> Iterator[Step]:
    port = phone.settings.port_in_use
    try:
        reachability.connect(phone.host, port, min(phone.settings.timeout, phone.settings.connect_timeout))
    except OSError as error:
        explained = reachability.unreachable(error)
        yield "connection", "failed", f"port {port} can't be reached: {explained.message}", explained.remedy
        return
    yield "connection", "ok", f"port {port} is open.", ""


def _tls(phone: Phone) -> Iterator[Step]:
    settings = phone.settings
    if not settings.use_ssl:
        yield (
            "tls",
            "warning",
            "plain HTTP sends the password over the network unencrypted.",
            "Set ansible_vvx_use_ssl: true if the phone serves HTTPS.",
        )
        return
    try:
        found = reachability.certificate(phone.host, phone.settings.port_in_use, settings.tls, settings.timeout)
    except OSError as error:
        yield _no_tls(phone, error)
        return
    yield (
        "tls",
        "ok",
        f"{found.protocol}, certificate of {phone.show(found.name or 'unknown')}, signed by "
        f"{phone.show(found.issuer or 'unknown')}, SHA-256 "
        f"{found.fingerprint}.",
        "",
    )
    if found.not_after is not None and found.not_before is not None:
        yield _dates(found.not_before, found.not_after)


def _no_tls(phone: Phone, error: OSError) -> Step:
    """Try again with old versions and weak ciphers allowed, to explain the failure."""
    try:
        found = reachability.certificate(
            phone.host, phone.settings.port_in_use, reachability.permissive(phone.settings.tls), phone.settings.timeout
        )
    except OSError:
        if not isinstance(error, ssl.SSLError):
            return (
                "tls",
                "failed",
                "the connection broke during the TLS handshake.",
                "The phone may be restarting; try again when it has settled.",
            )
        explained = explain(error, "")
        return "tls", "failed", explained.message, explained.remedy
    message = f"no TLS connection with the allowed versions; the phone uses {found.protocol} with old keys or ciphers."
    return "tls", "failed", message, "Set ansible_vvx_tls_min_version: '1.0' for this phone, or update its firmware."


def _dates(first: datetime, last: datetime) -> Step:
    message = f"the certificate is valid from {first:%Y-%m-%d} to {last:%Y-%m-%d}."
    if first <= datetime.now(timezone.utc) <= last:
        return "certificate dates", "ok", message, ""
    # A warning only: the next step shows whether the settings allow it.
    return (
        "certificate dates",
        "warning",
        message,
        "Check the clock here; replace the certificate, or pin it with ansible_vvx_fingerprint.",
    )


def _web_server(phone: Phone) -> Iterator[Step]:
    try:
        status, headers = phone.knock()
    except PhoneError as error:
        yield (
            "certificate" if error.kind == "tls" else "web server",
            "failed",
            error.message,
            error.remedy,
        )
        return
    if phone.settings.use_ssl:
        how = (
            "by its fingerprint"
            if phone.settings.tls.fingerprint
            else "by its chain"
            if phone.settings.tls.validate_certs
            else "not at all (ansible_vvx_validate_certs is false)"
        )
        yield "certificate", "ok", f"the certificate was checked {how}.", ""
    yield from _clock(headers)
    if status == 404 and phone.knock("sip_status")[0] == 404:
        off = rest_disabled(headers.get("Server", ""), phone.settings.use_ssl)
        yield "REST API", "failed", off.message, off.remedy
    elif status == 403:
        yield "web server", "warning", "the phone is busy (HTTP 403).", Busy.remedy_text
    elif status == 401:
        schemes = {scheme for scheme, _parameters in challenges(headers.get("WWW-Authenticate", ""))}
        offered = sorted(schemes & {BASIC, DIGEST})
        yield "authentication", "ok", f"the phone offers {' and '.join(offered) or 'no known scheme'}.", ""
    elif 300 <= status < 400:
        message, remedy = redirection(headers.get("Location", ""), phone.settings.use_ssl, phone.show)
        yield "web server", "failed", message, remedy or ProtocolError.remedy_text
    elif status not in (200, 404):
        yield (
            "web server",
            "failed",
            f"the web server answers with HTTP {status}.",
            "Check that host and port belong to a Polycom VVX phone.",
        )


def _clock(headers: Mapping[str, str]) -> Iterator[Step]:
    try:
        theirs = email.utils.parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return
    skew = (theirs - datetime.now(timezone.utc)).total_seconds() if theirs.tzinfo else 0.0
    if abs(skew) > LARGEST_SKEW:
        yield (
            "clock",
            "warning",
            f"the phone's clock is {abs(skew):.0f} s {'ahead' if skew > 0 else 'behind'}.",
            "Set its time server (tcpIpApp.sntp.address).",
        )
    else:
        yield "clock", "ok", "the phone's clock is right.", ""


def _login(phone: Phone) -> Iterator[Step]:
    try:
        with phone.without_retries():
            device = device_shapes.device(phone.device_info())
    except PhoneError as error:
        names = {
            "rest_disabled": "REST API",
            "default_password": "password",
            "authentication_failed": "login",
            "busy": "login",
        }
        message, remedy = error.message, error.remedy
        if error.kind == "authentication_failed":
            remedy += (
                " If it is right, the phone may have locked the account: wait some minutes (httpd.cfg.lockWebUI.*)."
            )
        yield names.get(error.kind, "login"), "failed", message, remedy
        return
    yield (
        "login",
        "ok",
        f"{phone.username} is logged in.",
        "" if phone.username == ADMIN_ACCOUNT else "Some calls need the admin account.",
    )
    yield _firmware(phone, device)
    if device.get("ready_to_use") is False:
        yield "state", "warning", "the phone is starting.", "Wait until it is ready."
    yield (
        "phone",
        "ok",
        f"{phone.show(device.get('model', 'a phone'))} with UC Software "
        f"{phone.show(device.get('firmware', 'unknown'))}, MAC address "
        f"{device.get('mac', 'unknown')}.",
        "",
    )


def _firmware(phone: Phone, device: Mapping[str, Any]) -> Step:
    firmware = phone.show(device.get("firmware", "unknown"))
    found = re.match(r"(\d{1,9})\.(\d{1,9})", firmware)
    version = (int(found[1]), int(found[2])) if found else (0, 0)
    if version < OLDEST:
        return (
            "firmware",
            "warning",
            f"UC Software {firmware} is older than any that this collection supports.",
            "Update the phone.",
        )
    if version < FULL:
        message = f"UC Software {firmware} lacks some calls (among them config/export, and all calls of v2)."
        return "firmware", "warning", message, "Update the phone to 5.8 or later."
    return "firmware", "ok", f"UC Software {firmware} has everything needed.", ""
