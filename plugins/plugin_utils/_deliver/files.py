# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that leave the controller, and come to it: to and from folders and http(s) URLs."""

from __future__ import annotations

import os

from ...module_utils import _files
from ...module_utils._phone.errors import PhoneError, SettingsError, TlsFailed, Unreachable
from ...module_utils._text import clean
from .exchange import Reply, exchange
from .login import Login, Missing, NotDelivered, NotFetched, PlaceFailed
from .places import Url, check_name, check_place, is_url, shown, url, without_query

METHODS = ("PUT", "POST")
NO_SUCH_METHOD = (405, 501)
"""HTTP status of a server that takes no such request."""
LARGEST = 200_000_000
"""Bytes of a file that are fetched, or sent."""
_LARGEST_ANSWER = 1_000_000
"""Bytes of what a server says to a file."""
_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".prom": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".gz": "application/gzip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_LOGIN = "Check VVX_DELIVER_USERNAME and VVX_DELIVER_PASSWORD, or VVX_DELIVER_TOKEN."
_ELSEWHERE = (
    "The login of the environment was not sent: it goes to the servers of VVX_DELIVER_TO only, or over https where "
    "that names none. Add this server to VVX_DELIVER_TO."
)
_NO_LOGIN = "Set VVX_DELIVER_USERNAME and VVX_DELIVER_PASSWORD, or VVX_DELIVER_TOKEN."


def send(
    name: str,
    content: bytes,
    to: str,
    login: Login,
    method: str = "PUT",
    mode: int = 0o600,
    check_mode: bool = False,
) -> bool:
    """Put a file into a folder (absolute path; never made, because a mount that is missing is a mistake) or under a URL
    that ends with a slash. Returns whether that changed something: false only in a folder that has the same file.

    ``mode``: of a new file in a folder. ``check_mode``: send and write nothing. Raises SettingsError for a place or
    name that can't be, and NotDelivered.
    """
    check_name(name)
    check_place(to)
    if not is_url(to):
        path = os.path.join(to, name)
        if not os.path.isdir(to):
            raise PlaceFailed(
                f"{name}: not delivered: there is no folder {shown(to)}.",
                remedy="Make it. In an execution environment, mount it into the container first, such as "
                "/var/lib/polycom.vvx: what is written elsewhere there is thrown away.",
            )
        try:
            return _files.write({path: content}, new_mode=mode, check_mode=check_mode)[path]
        except _files.FileError as error:
            raise NotDelivered(
                f"{name}: not delivered: {shown(error.path)} {error.reason}.",
                remedy="Check that the folder is there, such as a mount of the execution environment, and may be "
                "written to by this user.",
            ) from None
    if len(content) > LARGEST:
        raise NotDelivered(f"{name}: not delivered: it is larger than {LARGEST // 1_000_000} MB.", remedy="Split it.")
    if check_mode:
        return True
    where, target = f"{name}: not delivered to {shown(to)}", url(to, name)
    try:
        reply = exchange(method, target, login, content, _kind(name), _LARGEST_ANSWER)
    except SettingsError:
        raise
    except PhoneError as error:
        failure = PlaceFailed if isinstance(error, (Unreachable, TlsFailed)) else NotDelivered
        raise failure(f"{where}: {error.message}", endpoint=error.endpoint, remedy=error.remedy) from None
    if 200 <= reply.code < 300:
        return True
    why, remedy = _refusal(reply, login, target, method, len(content))
    failure = PlaceFailed if reply.code in (401, 403) else NotDelivered
    raise failure(f"{where}: HTTP {reply.code}, {why}.", http_status=reply.code, remedy=remedy)


def fetch(source: str, login: Login, most: int = LARGEST) -> bytes:
    """The file at an absolute path or an http(s) URL, of at most ``most`` bytes. Raises SettingsError for what is
    neither, Missing if there is none, and NotFetched."""
    if not is_url(source):
        try:
            content = _files.read(source, most)
        except _files.FileError as error:
            raise NotFetched(f"{shown(error.path)} {error.reason}.", remedy="Check the path.") from None
        if content is None:
            raise Missing(f"{shown(source)}: there is no such file.", remedy="Check the path.")
        return content
    target = url(source)
    try:
        reply = exchange("GET", target, login, None, "", most)
    except SettingsError:
        raise
    except PhoneError as error:
        told = f"{shown(source)}: not fetched: {error.message}"
        raise NotFetched(told, endpoint=error.endpoint, remedy=error.remedy) from None
    if reply.code in (404, 410):
        raise Missing(
            f"{shown(source)}: there is no such file (HTTP {reply.code}).",
            http_status=reply.code,
            remedy="Check the URL, and that the file was delivered there.",
        )
    if reply.code != 200:
        why, remedy = _refusal(reply, login, target, "GET", 0)
        raise NotFetched(
            f"{shown(source)}: not fetched: HTTP {reply.code}, {why}.", http_status=reply.code, remedy=remedy
        )
    if reply.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise NotFetched(
            f"{shown(source)}: not fetched: the reply is compressed, which nobody asked for.",
            remedy="Let the server send the file as it is.",
        )
    return reply.content


def below(place: str, name: str) -> str:
    """Where ``send`` puts a file: what ``fetch`` takes."""
    check_name(name)
    if not is_url(place):
        return os.path.join(place, name)
    at = url(place, name)  # raises SettingsError
    before, mark, query = place.strip().partition("?")
    return f"{before.partition('#')[0]}{at.target.partition('?')[0].rpartition('/')[2]}{mark}{query}"


def _kind(name: str) -> str:
    return _KINDS.get(os.path.splitext(name)[1].lower(), "application/octet-stream")


def _refusal(reply: Reply, login: Login, to: Url, method: str, size: int) -> tuple[str, str]:
    """Why a server has not done it, and what to do."""
    code = reply.code
    if 300 <= code < 400:
        target = clean(shown(without_query(reply.headers.get("Location", ""))), 200, login.secrets)
        return (
            f"it redirects to {target or 'nowhere'}",
            "Set that place itself: redirects are not followed, because the login would go along.",
        )
    if code == 401 and not login.header_for(to):
        return "the server wants a login", _ELSEWHERE if login.header else _NO_LOGIN
    if code in (401, 407):
        return "the server refuses the login", _LOGIN
    if code == 403:
        return "this login may not do it there", f"Grant it that right on the server. {_LOGIN}"
    if code == 404:
        return "there is no such folder", "Make the folder on the server, or correct the place."
    if code in NO_SUCH_METHOD:
        other = "POST" if method == "PUT" else "PUT"
        return (
            f"the server takes no {method} there",
            "Check the URL." if method == "GET" else f"Set vvx_deliver_method: {other}, or allow {method} there.",
        )
    if code == 409:
        return "it conflicts with what is there", "Make the folder on the server, or let files be replaced there."
    if code == 413:
        return f"a file of {size} bytes is too large for the server", "Raise its limit, or deliver to a folder."
    if code == 507:
        return "the server has no space left", "Free space there."
    if code == 429 or code == 503:
        return "the server is busy", "Try again later."
    if code >= 500:
        return "the server has failed", "See its log, and try again."
    return "which is no success", "Check the URL, and what the server expects."
