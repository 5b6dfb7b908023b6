# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A requests session made cheap and strict: one prebuilt TLS context, nothing taken from the environment.

requests and urllib3 would load the system's certificates into a new context for each connection (some 18 ms of CPU, even
where certificates are not checked), and would take proxies, CA bundles and passwords from the environment and ~/.netrc.
"""

from __future__ import annotations

import functools
import traceback
from typing import Any

from . import tls
from .settings import Judge, Settings

__all__ = ["HTTP_ERRORS", "MISSING_LIBRARY", "REQUESTS_IMPORT_ERROR", "login", "open_session", "requests"]

MISSING_LIBRARY: str | None = None
"""What has to be installed before anything can be sent, in words."""
REQUESTS_IMPORT_ERROR: str | None = None
HTTP_ERRORS: tuple[type[Exception], ...] = ()
"""All that requests raises when a request fails; urllib3's own where requests lets them through."""

try:
    import requests
    import requests.adapters
    import requests.auth
    import urllib3.connection
    import urllib3.connectionpool
    import urllib3.exceptions
except ImportError:
    # The door tells the user; here the name only has to exist, so that the file can be imported.
    requests = None  # type: ignore[assignment]
    MISSING_LIBRARY = "requests"
    REQUESTS_IMPORT_ERROR = traceback.format_exc()
else:
    if not hasattr(urllib3.HTTPResponse, "read1"):
        # urllib3 1.x can't check the certificate of a phone that is addressed by its IP address.
        MISSING_LIBRARY = "urllib3, in version 2.2 or later,"
    # Loads the codec once, and not in every process that Ansible forks.
    "".encode("idna")
    HTTP_ERRORS = (requests.exceptions.RequestException, urllib3.exceptions.HTTPError)

    class _QuietConnection(urllib3.connection.HTTPSConnection):
        """Never warns that it is unverified: whether to verify was the user's explicit choice, and ansible-core would
        print urllib3's warning once for each phone."""

        @property
        def is_verified(self) -> bool:
            return True

        @is_verified.setter
        def is_verified(self, value: bool) -> None:
            del value

    class _QuietPool(urllib3.connectionpool.HTTPSConnectionPool):
        ConnectionCls = _QuietConnection

    class _JudgedConnection(_QuietConnection):
        """Shows the certificate to a judge before it is used."""

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
        """Hands one prebuilt TLS context to urllib3, and keeps requests from adding certificates to it."""

        def __init__(self, judge: Judge | None, **pool_options: Any) -> None:
            self._pool = functools.partial(_JudgedPool, judge) if judge else _QuietPool
            self._pool_options = pool_options
            super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

        def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
            super().init_poolmanager(connections, maxsize, block, **kwargs, **self._pool_options)
            self.poolmanager.pool_classes_by_scheme = {**self.poolmanager.pool_classes_by_scheme, "https": self._pool}

        def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
            """Does nothing: the context decides."""

        def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
            """requests from 2.32 on would put its own verification settings here."""
            host, _pool = super().build_connection_pool_key_attributes(request, verify, cert)
            return host, {}


def login(username: str, password: str) -> Any:
    """What ``session.auth`` takes for Basic authentication, sent with the first request, in UTF-8."""
    return username.encode(), password.encode()


def open_session(settings: Settings) -> Any:
    """A session for one phone: Basic authentication sent at once, the phone's TLS settings, no environment.

    Raises SettingsError when the TLS settings can't be used.
    """
    session = requests.Session()
    session.trust_env = False
    session.auth = login(settings.username, settings.password)
    if settings.use_ssl:
        options: dict[str, Any] = {"ssl_context": tls.context(settings.tls)}
        if settings.tls.fingerprint:
            options["assert_fingerprint"] = settings.tls.fingerprint
        elif settings.tls.verify_hostname == "mac":
            # Without subject alternative names urllib3 compares this with the common name, which is the MAC.
            options["assert_hostname"] = settings.mac
        elif settings.tls.verify_hostname == "none":
            # Never for "name": whatever is given here makes urllib3 switch the context's own check off.
            options["assert_hostname"] = False
        session.mount("https://", _PhoneAdapter(settings.judge, **options))
    return session
