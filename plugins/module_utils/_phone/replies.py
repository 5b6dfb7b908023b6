# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a phone's reply says: the meaning of its HTTP status, of its Status, and its data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from .._text import hide_logins
from .documents import Unreadable, read
from .endpoints import ADMIN, Endpoint
from .errors import (
    STATUS_MEANINGS,
    AuthenticationFailed,
    Busy,
    DefaultPassword,
    InvalidParameters,
    NotSupported,
    PhoneError,
    PhoneFailed,
    ProtocolError,
    Refused,
    RestDisabled,
    TooLarge,
)
from .login import BASIC, DIGEST, Login
from .settings import ADMIN_ACCOUNT
from .wire import HttpReply

SUCCESS = "2000"

_GATEWAY = (
    "This is what a proxy or gateway says that can't reach the phone. Check that host and port are the phone's own."
)
Failure = TypeVar("Failure", bound=PhoneError)
Show = Callable[[object], str]
"""Makes a text of the phone safe to show, without the secrets that the phone may have repeated."""


@dataclass(frozen=True)
class Reply:
    """A reply with Status 2000: its ``data`` (any JSON type, None if absent) and the whole envelope."""

    data: Any
    envelope: Mapping[str, Any]


def check(endpoint: Endpoint, reply: HttpReply, login: Login, tries: int, show: Show) -> None:
    """Raise the PhoneError that an HTTP status means. HTTP 200 passes. ``tries``: how often a busy phone is asked."""
    code, status = reply.code, status_of(parse(reply.content))
    if code == 200:
        return
    username, shown = login.username, _shown(status, show)

    def failure(kind: type[Failure], message: str, remedy: str | None = None) -> Failure:
        return kind(message, endpoint=str(endpoint), http_status=code, status=shown, remedy=remedy)

    if status == "4010":
        raise failure(DefaultPassword, "the factory admin password is still set.")
    if code == 401:
        refused = failure(AuthenticationFailed, *_refusal(login))
        refused.sent = bool(login.refused)
        raise refused
    if code == 403:
        stayed = f" and stayed busy for {tries} tries" if tries > 1 else ""
        raise failure(Busy, f"the phone is busy (HTTP 403){stayed}.", _remedy_for_403(endpoint, username))
    if code in (404, 405):
        known = f"UC Software has this call since {endpoint.since}; older firmware and some models lack it."
        error = NotSupported(
            f"the phone does not have {endpoint}.",
            endpoint=str(endpoint),
            http_status=code,
            status=shown,
            remedy=known if endpoint.since else "Check the path.",
        )
        error.server = show(reply.headers.get("Server", ""))
        raise error
    if code == 413:
        raise failure(TooLarge, "the request is larger than the phone accepts.")
    if code == 400:
        raise failure(InvalidParameters, "the phone could not read the request.")
    if 300 <= code < 400:
        raise failure(ProtocolError, *redirection(reply.headers.get("Location", ""), reply.secure, show))
    if code in (502, 504) or (code >= 500 and reply.headers.get("Via")):
        raise failure(PhoneFailed, f"unexpected HTTP {code}.", _GATEWAY)
    raise failure(PhoneFailed if code >= 500 else ProtocolError, f"unexpected HTTP {code}.")


def redirection(location: str, secure: bool, show: Show) -> tuple[str, str | None]:
    """Message and remedy for HTTP 3xx; no remedy stands for the one that protocol errors have. ``location``: the header
    of this name. ``secure``: whether HTTPS was used."""
    if location.lower().startswith("https:") and not secure:
        return "the phone redirects to HTTPS.", "Set ansible_vvx_use_ssl: true, and the port to match (usually 443)."
    return f"what answers redirects to {show(hide_logins(location)) or 'another address'}.", None


def rest_disabled(server: str, secure: bool, endpoint: str | None = None) -> RestDisabled:
    """The error for HTTP 404 from calls that every phone has. ``server``: what the header Server says; phones name
    their maker."""
    message = "the REST API is switched off (HTTP 404)."
    if not re.search(r"\bpoly(com)?\b", server, re.IGNORECASE):
        message = "the REST API is switched off, or this is no phone: calls that every phone has get HTTP 404."
    remedy = RestDisabled.remedy_text
    if not secure:
        remedy += " If the phone has it on HTTPS only, set ansible_vvx_use_ssl: true."
    return RestDisabled(message, endpoint=endpoint, http_status=404, remedy=remedy)


def _remedy_for_403(endpoint: Endpoint, username: str) -> str | None:
    """Say more than usual if the account may be the reason."""
    if endpoint.access != ADMIN or username == ADMIN_ACCOUNT:
        return None
    return (
        f"{Busy.remedy_text} HTTP 403 may also mean that the account {username} may not make this call: "
        f"it needs the admin account ({ADMIN_ACCOUNT})."
    )


def _refusal(login: Login) -> tuple[str, str | None]:
    """Message and remedy for HTTP 401: what the phone refused, and how often it was asked."""
    if not login.refused:
        return (
            "the phone does not offer Digest authentication; the password was not sent.",
            "Set ansible_vvx_auth to auto or basic.",
        )
    message = f"user name or password refused for {login.username}."
    if login.refused_before:
        message = f"{login.username} was refused with ansible_password and with ansible_vvx_password_next."
    if login.refused == [BASIC] and login.offered == {DIGEST}:
        return (
            f"the phone does not offer Basic authentication, but Digest; it refused {login.username}.",
            "Set ansible_vvx_auth to auto or digest. The password was tried once.",
        )
    remedy = AuthenticationFailed.remedy_text
    if login.username != ADMIN_ACCOUNT:
        remedy = f"A phone's admin account is called {ADMIN_ACCOUNT} (ansible_user). {remedy}"
    if len(login.refused) == 1:
        return message, remedy
    ways = " and then with ".join(way.capitalize() for way in login.refused)
    advice = remedy.partition("It was tried")[0]
    if login.refused[0] == BASIC:
        advice += "Set ansible_vvx_auth: digest for phones that want Digest, so that it is tried once. "
    return message, f"{advice}The password was tried {len(login.refused)} times, with {ways}; phones lock the account."


def unwrap(endpoint: Endpoint, reply: HttpReply, show: Show) -> Reply:
    """Return what a reply with Status 2000 holds. Raises the PhoneError that any other Status means."""
    where = str(endpoint)
    envelope: Mapping[str, Any] = {}
    what = "has no Status"
    try:
        envelope = _in_one_spelling(read(reply.content))
    except Unreadable as flaw:
        what = str(flaw) if reply.content else "is empty"
    status = status_of(envelope)
    if status is None:
        kind = show(reply.headers.get("Content-Type", "unknown type").split(";")[0])
        raise ProtocolError(
            f"the reply {what} ({len(reply.content)} bytes of {kind}).",
            endpoint=where,
            http_status=reply.code,
        )
    if status != SUCCESS:
        failure, meaning = STATUS_MEANINGS.get(status, (Refused, "an unknown status"))
        shown = _shown(status, show)
        raise failure(f"{meaning} (Status {shown}).", endpoint=where, http_status=reply.code, status=shown)
    return Reply(data=envelope.get("data"), envelope=envelope)


def status_of(envelope: Mapping[str, Any] | None) -> str | None:
    """Return the envelope's Status as text (phones send a string, the manual prints a number)."""
    status = (envelope or {}).get("Status")
    if isinstance(status, bool) or not isinstance(status, (str, int)):
        return None
    return str(status).strip()


def parse(content: bytes) -> dict[str, Any] | None:
    """Return a reply's JSON object, keys stripped and in one spelling; None if the reply is not one."""
    try:
        return _in_one_spelling(read(content))
    except Unreadable:
        return None


def _in_one_spelling(document: Mapping[str, Any]) -> dict[str, Any]:
    usual = {"status": "Status", "data": "data", "invalidparams": "InvalidParams", "presence": "Presence"}
    return {usual.get(key.strip().lower(), key.strip()): value for key, value in document.items()}


def _shown(status: str | None, show: Show) -> str | None:
    """A Status as it may be shown: whatever is not in the table may be any text."""
    return status if status is None or status in STATUS_MEANINGS else show(status)
