# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A requests session that is cheap and strict: one prebuilt TLS context, nothing from the environment.

Left alone, requests and urllib3 load the system's certificates for each connection (about 18 ms of CPU, even if
certificates are not checked), and take proxies, CA bundles and passwords from the environment and ~/.netrc.
"""

from __future__ import annotations

import functools
import traceback
from typing import Any

from . import tls
from .settings import Judge, Settings

__all__ = ["HTTP_ERRORS", "MISSING_LIBRARY", "REQUESTS_IMPORT_ERROR", "login", "open_session", "requests"]

MISSING_LIBRARY: str | None = None
"""The library to install, in words; None if nothing is missing."""
REQUESTS_IMPORT_ERROR: str | None = None
HTTP_ERRORS: tuple[type[Exception], ...] = ()
"""What a failed request raises: requests' own errors, and those of urllib3 that requests passes on."""

try:
    import requests
    import requests.adapters
    import requests.auth
    import urllib3.connection
    import urllib3.connectionpool
    import urllib3.exceptions
except ImportError:
    # Transport tells the user. The name must exist, so that this file can be imported.
    requests = None  # type: ignore[assignment]
    MISSING_LIBRARY = "requests"
    REQUESTS_IMPORT_ERROR = traceback.format_exc()
else:
    if not hasattr(urllib3.HTTPResponse, "read1"):
        # urllib3 1.x can't check a certificate against an IP address.
        MISSING_LIBRARY = "urllib3 2.2 or later"
    # Load the codec once, before Ansible forks.
    "".encode("idna")
    HTTP_ERRORS = (requests.exceptions.RequestException, urllib3.exceptions.HTTPError)

    class _QuietConnection(urllib3.connection.HTTPSConnection):
        """Never warn about an unverified connection: the user chose it, and Ansible would print it per phone."""

        @property
        def is_verified(self) -> bool:
            return True

        @is_verified.setter
        def is_verified(self, value: bool) -> None:
            del value

    class _QuietPool(urllib3.connectionpool.HTTPSConnectionPool):
        ConnectionCls = _QuietConnection

    class _JudgedConnection(_QuietConnection):
        """Let a judge look at the certificate before anything is sent."""

        def __init__(self, judge: Judge, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._judge = judge

        def connect(self) -> None:
            super().connect()
            secured: Any = self.sock
            self._judge(secured.getpeercert(binary_form=True))

    class _JudgedPool(_QuietPool):
        def __init__(self, judge: Judge, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.ConnectionCls = functools.partial(_JudgedConnection, judge)  # type: ignore[assignment]

    class _PhoneAdapter(requests.adapters.HTTPAdapter):
        """Give urllib3 one prebuilt TLS context, and keep requests from adding certificates to it."""

        def __init__(self, judge: Judge | None, **pool_options: Any) -> None:
            self._pool = functools.partial(_JudgedPool, judge) if judge else _QuietPool
            self._pool_options = pool_options
            super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

        def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
            super().init_poolmanager(connections, maxsize, block, **kwargs, **self._pool_options)
            self.poolmanager.pool_classes_by_scheme = {**self.poolmanager.pool_classes_by_scheme, "https": self._pool}

        def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
            """Do nothing: the context decides."""

        def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
            """Leave out the verification settings that requests 2.32 and later add here."""
            host, _pool = super().build_connection_pool_key_attributes(request, verify, cert)
            return host, {}


def login(username: str, password: str) -> Any:
    """Return ``session.auth`` for Basic authentication in UTF-8, sent with the first request."""
    return username.encode(), password.encode()


def open_session(settings: Settings) -> Any:
    """Open a session with one phone: Basic authentication at once, its TLS settings, no environment.

    Raises SettingsError if the TLS settings can't be used.
    """
    session = requests.Session()
    session.trust_env = False
    session.auth = login(settings.username, settings.password)
    if settings.use_ssl:
        options: dict[str, Any] = {"ssl_context": tls.context(settings.tls)}
        if settings.tls.fingerprint:
            options["assert_fingerprint"] = settings.tls.fingerprint
        elif settings.tls.verify_hostname == "mac":
            # Factory certificates have no subject alternative names, so urllib3 compares the common name: the MAC.
            options["assert_hostname"] = settings.mac
        elif settings.tls.verify_hostname == "none":
            # Never set this for "name": any value makes urllib3 turn off the context's own check.
            options["assert_hostname"] = False
        session.mount("https://", _PhoneAdapter(settings.judge, **options))
    return session
