# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One HTTP exchange with a file server, within limits of size and time. No redirect is followed, and neither proxies
nor logins are taken from the environment or ~/.netrc."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...module_utils._phone.bounds import Bounds
from ...module_utils._phone.errors import PhoneError, PhoneTimeout, SettingsError, TlsFailed, Unreachable
from ...module_utils._phone.libraries import missing
from ...module_utils._phone.session import HTTP_ERRORS, MISSING_LIBRARY, open_adapter, requests
from ...module_utils._phone.settings import Settings
from ...module_utils._phone.tls import TlsSettings
from ...module_utils._phone.wire import explain
from .login import Login
from .places import Url

_USER_AGENT = "polycom.vvx"
_CONNECT = 10.0
"""Seconds to connect at most."""
_REMEDIES: tuple[tuple[type[PhoneError], str], ...] = (
    (
        TlsFailed,
        "Set VVX_DELIVER_CA_PATH to the authority's certificate, or check the name, the port and the certificate of "
        "the server. VVX_DELIVER_INSECURE=true turns the check off.",
    ),
    (Unreachable, "Check host and port, and that no firewall blocks the way. Proxies of the environment aren't used."),
    (
        PhoneTimeout,
        "Check whether the server is overloaded, or raise VVX_DELIVER_TIMEOUT (in a playbook, vvx_deliver_timeout "
        "comes before it).",
    ),
)
_OTHERWISE = "Check that a file server answers at this URL, and that it takes files of this size and this login."


@dataclass(frozen=True)
class Reply:
    """HTTP status, headers (names in any case) and body."""

    code: int
    headers: Mapping[str, str]
    content: bytes


def exchange(method: str, to: Url, login: Login, body: bytes | None, kind: str, most: int) -> Reply:
    """Send one request and read its whole reply, of at most ``most`` bytes. ``kind``: the media type of the body.
    Raises a PhoneError with a remedy if there is no reply."""
    if MISSING_LIBRARY:
        raise missing(MISSING_LIBRARY)
    tls = TlsSettings(validate_certs=login.validate_certs, ca_path=login.ca_path)
    settings = Settings(password="", host=to.host, port=to.port, use_ssl=to.secure, tls=tls)
    headers = {"User-Agent": _USER_AGENT, "Accept": "*/*"}
    if header := login.header_for(to):
        headers["Authorization"] = header
    if body is not None:
        headers["Content-Type"] = kind
    bounds = Bounds(most)
    try:
        adapter = open_adapter(settings, bounds)
        try:
            request = requests.Request(method, settings.base_url + to.target, headers=headers, data=body).prepare()
            bounds.begin(to.shown, login.timeout)
            patience = (min(_CONNECT, login.timeout), login.timeout)
            with adapter.send(request, stream=True, timeout=patience) as response:
                bounds.body()
                content = bytearray()
                while chunk := response.read1(65536, decode_content=False):
                    content += chunk
                    if len(content) > most:
                        raise bounds.too_large()
                return Reply(response.status, response.headers, bytes(content))
        except HTTP_ERRORS as error:
            raise explain(error, to.shown, to.secure) from None
        finally:
            adapter.close()
    except SettingsError as error:
        error.restate(error.message.replace("ansible_vvx_ca_path", "ca_path"))
        raise
    except PhoneError as error:
        remedy = next((text for each, text in _REMEDIES if isinstance(error, each)), _OTHERWISE)
        error.restate(remedy=remedy if to.secure else f"{remedy} If this port speaks HTTPS, write https: in the URL.")
        raise
