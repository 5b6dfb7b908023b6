# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of a diagnosis that need no login: name, port, TLS, certificate, clock, and whether there is an API."""

from __future__ import annotations

import email.utils
import ssl
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone

from .._phone import reachability
from .._phone.api import Phone
from .._phone.digest import challenges
from .._phone.errors import Busy, PhoneError, ProtocolError
from .._phone.login import BASIC, DIGEST
from .._phone.mac import colons, digits
from .._phone.replies import redirection, rest_disabled
from .._phone.tls import explain
from .diagnosis import API, CERTIFICATE, CLOCK, DNS, FAILED, NOT_CHECKED, OK, TCP, TLS, WARNING, Step
from .text import duration

LARGEST_SKEW = 300
"""Seconds by which clocks may differ before certificates and registrations fail."""


def name(phone: Phone) -> Iterator[Step]:
    try:
        found = reachability.resolve(phone.host)
    except OSError as error:
        explained = reachability.unreachable(error)
        yield Step(DNS, FAILED, explained.message, explained.remedy)
        return
    named = found != [phone.host]
    yield Step(DNS, OK, f"{phone.host} is {', '.join(found) if named else 'an address'}.")


def port(phone: Phone) -> Iterator[Step]:
    settings = phone.settings
    try:
        reachability.connect(phone.host, settings.port_in_use, min(settings.timeout, settings.connect_timeout))
    except OSError as error:
        explained = reachability.unreachable(error)
        message = f"port {settings.port_in_use} can't be reached: {explained.message}"
        yield Step(TCP, FAILED, message, explained.remedy)
        return
    yield Step(TCP, OK, f"port {settings.port_in_use} is open.")


def tls(phone: Phone, warn_days: int) -> Iterator[Step]:
    """``warn_days``: before a certificate expires."""
    settings = phone.settings
    if not settings.use_ssl:
        message = "plain HTTP sends the password over the network unencrypted."
        yield Step(TLS, WARNING, message, "Set ansible_vvx_use_ssl: true if the phone serves HTTPS.")
        yield Step(CERTIFICATE, NOT_CHECKED, "plain HTTP has none.")
        return
    try:
        found = reachability.certificate(phone.host, settings.port_in_use, settings.tls, settings.timeout)
    except OSError as error:
        yield _no_tls(phone, error)
        return
    name = found.name or found.subject
    message = f"{found.protocol}, certificate {f'of {phone.show(name)}' if name else 'without a name'}"
    if found.issuer_name or found.issuer:
        message += f", signed by {phone.show(found.issuer_name or found.issuer)}"
    if found.not_before is not None and found.not_after is not None:
        message += f", valid from {found.not_before:%Y-%m-%d} to {found.not_after:%Y-%m-%d}"
    message += f", SHA-256 {found.fingerprint}."
    # Warnings only: the next step shows whether the settings allow it.
    if trouble := found.trouble(datetime.now(timezone.utc), warn_days):
        remedy = "Check the clock here; replace the certificate, or pin it with ansible_vvx_fingerprint."
        if trouble.startswith("expires"):
            remedy = "Replace it before that day: then each connection with ansible_vvx_validate_certs fails."
        yield Step(TLS, WARNING, f"{message} It {trouble}.", remedy)
    elif (owner := digits(found.name)) and settings.mac and owner != settings.mac:
        remedy = "Correct ansible_host or ansible_vvx_mac: another phone may have this address now."
        yield Step(TLS, WARNING, f"{message} It belongs to another phone than {colons(settings.mac)}.", remedy)
    else:
        yield Step(TLS, OK, message)


def _no_tls(phone: Phone, error: OSError) -> Step:
    """Try again with old versions and weak ciphers allowed, to explain the failure."""
    settings = phone.settings
    try:
        found = reachability.certificate(
            phone.host, settings.port_in_use, reachability.permissive(settings.tls), settings.timeout
        )
    except OSError:
        if not isinstance(error, ssl.SSLError):
            message = "the connection broke during the TLS handshake."
            return Step(TLS, FAILED, message, "The phone may be restarting; try again when it has settled.")
        explained = explain(error, "")
        return Step(TLS, FAILED, explained.message, explained.remedy)
    message = f"no TLS connection with the allowed versions; the phone uses {found.protocol} with old keys or ciphers."
    remedy = "Set ansible_vvx_tls_min_version: '1.0' for this phone, or update its firmware."
    return Step(TLS, FAILED, message, remedy)


def web_server(phone: Phone) -> Iterator[Step]:
    """One request without a login; a second one where the first answer does not tell whether there is an API."""
    try:
        status, headers = phone.knock()
    except PhoneError as error:
        at = CERTIFICATE if error.kind in ("tls", "other_phone") else API
        yield Step(at, FAILED, error.message, error.remedy)
        return
    if phone.settings.use_ssl:
        yield _certificate(phone)
    yield _clock(headers)
    if status == 404 and phone.knock("sip_status")[0] == 404:
        off = rest_disabled(headers.get("Server", ""), phone.settings.use_ssl)
        yield Step(API, FAILED, off.message, off.remedy)
    elif status == 403:
        yield Step(API, WARNING, "the phone is busy (HTTP 403).", Busy.remedy_text)
    elif status == 401:
        schemes = {scheme for scheme, _parameters in challenges(headers.get("WWW-Authenticate", ""))}
        offered = " and ".join(scheme.title() for scheme in sorted(schemes & {BASIC, DIGEST}))
        yield Step(API, OK, f"it answers, and offers {offered or 'no known way'} to log in.")
    elif 300 <= status < 400:
        message, remedy = redirection(headers.get("Location", ""), phone.settings.use_ssl, phone.show)
        yield Step(API, FAILED, message, remedy or ProtocolError.remedy_text)
    elif status in (200, 404):
        yield Step(API, OK, "it answers.")
    else:
        message = f"the web server answers with HTTP {status}."
        yield Step(API, FAILED, message, "Check that host and port belong to a Polycom VVX phone.")


def _certificate(phone: Phone) -> Step:
    settings = phone.settings.tls
    if settings.fingerprint:
        return Step(CERTIFICATE, OK, "it was checked by its fingerprint.")
    if settings.validate_certs:
        return Step(CERTIFICATE, OK, "it was checked by its chain.")
    return Step(CERTIFICATE, NOT_CHECKED, "ansible_vvx_validate_certs is false.")


def _clock(headers: Mapping[str, str]) -> Step:
    try:
        theirs = email.utils.parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return Step(CLOCK, NOT_CHECKED, "the phone's replies bear no time.")
    skew = (theirs - datetime.now(timezone.utc)).total_seconds() if theirs.tzinfo else 0.0
    if abs(skew) <= LARGEST_SKEW:
        return Step(CLOCK, OK, "the phone's clock is right.")
    message = f"the phone's clock is {duration(abs(skew))} {'ahead' if skew > 0 else 'behind'}."
    return Step(CLOCK, WARNING, message, "Set its time server (tcpIpApp.sntp.address).")
