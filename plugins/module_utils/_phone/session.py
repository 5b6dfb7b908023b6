# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections that are cheap and strict: in bounds, with one prebuilt TLS context, without the environment.

Left alone, requests and urllib3 load the system's certificates for each connection (about 18 ms of CPU, even if
certificates are not checked), and take proxies, CA bundles and passwords from the environment and ~/.netrc.
"""

from __future__ import annotations

import functools
import http.client
import time
from collections.abc import Callable
from typing import Any

from . import tls
from .bounds import HANDSHAKE, Bounds, PlainSocket, dial, resolve, unreachable
from .errors import ConnectionLost, PhoneTimeout
from .settings import Judge, Settings

__all__ = ["HTTP_ERRORS", "MISSING_LIBRARY", "open_adapter", "requests"]

MISSING_LIBRARY: str | None = None
"""The library to install, in words; None if nothing is missing."""
HTTP_ERRORS: tuple[type[Exception], ...] = ()
"""What a failed request raises: requests' own errors, and those of urllib3 that requests passes on."""

try:
    import requests
    import requests.adapters
    import requests.cookies
    import urllib3.connection
    import urllib3.connectionpool
    import urllib3.exceptions
except ImportError as _missing:
    # Transport tells the user. The name must exist, so that this file can be imported.
    requests = None  # type: ignore[assignment]
    MISSING_LIBRARY = (_missing.name or "requests").partition(".")[0]  # requests needs further ones
else:
    if not hasattr(urllib3.HTTPResponse, "read1"):
        # urllib3 1.x can't check a certificate against an IP address.
        MISSING_LIBRARY = "urllib3 2.2 or later"
    # Load the codec once, before Ansible forks.
    "".encode("idna")
    HTTP_ERRORS = (requests.exceptions.RequestException, urllib3.exceptions.HTTPError)

    class _BoundedConnection(urllib3.connection.HTTPConnection):
        """A connection on which every wait ends in time."""

        def __init__(self, bounds: Bounds, judge: Judge | None, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._bounds = bounds
            self._judge = judge
            self._handshake = 0.0
            self._reading: http.client.HTTPResponse | None = None

        def _new_conn(self) -> PlainSocket:
            patience = self.timeout if isinstance(self.timeout, (int, float)) else self._bounds.left()
            started = time.monotonic()
            try:
                found = resolve(self._dns_host, self.port)
                self._bounds.extend(time.monotonic() - started)
                opened = dial(found, min(patience, self._bounds.left()))
            except ConnectionResetError as error:
                raise ConnectionLost(
                    "the connection broke as soon as it was made.", endpoint=self._bounds.endpoint
                ) from error
            except OSError as error:
                raise unreachable(error, self._bounds.endpoint) from error
            try:
                self._handshake = min(max(HANDSHAKE, patience), self._bounds.left())
            except PhoneTimeout:
                opened.close()
                raise
            opened.settimeout(self._handshake)
            opened.bounds = self._bounds
            return opened

        def response_class(  # type: ignore[override]
            self, *args: Any, **kwargs: Any
        ) -> http.client.HTTPResponse:
            self._reading = http.client.HTTPResponse(*args, **kwargs)
            return self._reading

        def getresponse(self) -> Any:
            """Read a header. If urllib3 can't understand it, it would leave the reply, and so the socket, open."""
            try:
                return super().getresponse()
            except BaseException:
                if self._reading is not None:
                    self._reading.close()
                raise

    class _SecureConnection(_BoundedConnection, urllib3.connection.HTTPSConnection):
        """Its TLS handshake ends in time, too."""

        @property
        def is_verified(self) -> bool:
            """Never let urllib3 warn of an unverified connection: the user chose it, and Ansible would print it."""
            return True

        @is_verified.setter
        def is_verified(self, value: bool) -> None:
            del value

        @property
        def is_connected(self) -> bool:
            """Whether the connection can be used again: open, and nothing has arrived that was not asked for."""
            secured: Any = self.sock
            return super().is_connected and not secured.pending()

        def connect(self) -> None:
            """Connect, and let the judge look at the certificate before anything is sent."""
            try:
                super().connect()
            except TimeoutError as error:
                raise PhoneTimeout(
                    f"connected, but the TLS handshake was not complete after {round(self._handshake, 1):g} s.",
                    endpoint=self._bounds.endpoint,
                ) from error
            secured: Any = self.sock
            secured.bounds = self._bounds
            if self._judge is not None:
                self._judge(secured)

    class _Pool(urllib3.connectionpool.HTTPConnectionPool):
        def __init__(self, connect: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.ConnectionCls = connect  # type: ignore[assignment]

    class _SecurePool(_Pool, urllib3.connectionpool.HTTPSConnectionPool):
        pass

    class _PhoneAdapter(requests.adapters.HTTPAdapter):
        """Give urllib3 bounded connections and one TLS context, and keep requests from adding certificates to it."""

        def __init__(self, bounds: Bounds, judge: Judge | None, **pool_options: Any) -> None:
            self._pools = {
                "http": functools.partial(_Pool, functools.partial(_BoundedConnection, bounds, None)),
                "https": functools.partial(_SecurePool, functools.partial(_SecureConnection, bounds, judge)),
            }
            self._pool_options = pool_options
            self._pool: Any = None
            super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

        def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
            super().init_poolmanager(connections, maxsize, block, **kwargs, **self._pool_options)
            self.poolmanager.pool_classes_by_scheme = self._pools

        def close(self) -> None:
            """Close the connection. The next request makes another one."""
            self._pool = None
            super().close()

        def request_url(self, request: Any, proxies: Any) -> str:
            """What is asked for, with one slash in front as requests has it. There is no proxy to look for."""
            del proxies
            return f"/{request.path_url.lstrip('/')}"

        def get_connection_with_tls_context(
            self, request: Any, verify: Any, proxies: Any = None, cert: Any = None
        ) -> Any:
            """The pool of the phone: all requests go to one host and port."""
            if self._pool is None:
                self._pool = super().get_connection_with_tls_context(request, verify, proxies, cert)
            return self._pool

        def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
            """Do nothing: the context decides."""

        def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
            """Leave out the verification settings that requests 2.32 and later add here."""
            host, _pool = super().build_connection_pool_key_attributes(request, verify, cert)
            return host, {}

        def build_response(self, req: Any, resp: Any) -> Any:
            """Return urllib3's response: it lets a body be read in bounds and does not decode it unasked."""
            del req
            return resp


def open_adapter(settings: Settings, bounds: Bounds) -> Any:
    """Return what sends requests to one phone: with its TLS settings, within bounds, without the environment.

    Raises SettingsError if the TLS settings can't be used.
    """
    options: dict[str, Any] = {}
    if settings.use_ssl:
        options["ssl_context"] = tls.context(settings.tls)
        if settings.tls.fingerprint:
            options["assert_fingerprint"] = settings.tls.fingerprint
        elif settings.tls.verify_hostname == "mac":
            # Factory certificates have no subject alternative names, so urllib3 compares the common name: the MAC.
            options["assert_hostname"] = settings.mac
        elif settings.tls.verify_hostname == "none":
            # Never set this for "name": any value makes urllib3 turn off the context's own check.
            options["assert_hostname"] = False
    return _PhoneAdapter(bounds, settings.judge, **options)
