# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a phone's answers mean together: whether a call is missing or the whole API is off, and the shape of data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .endpoints import ENDPOINTS, Endpoint
from .errors import (
    InvalidParameters,
    NoSuchCall,
    NotAllowed,
    NotSupported,
    PhoneError,
    PhoneFailed,
    ProtocolError,
    Refused,
    TooLarge,
)
from .privacy import without_secrets
from .replies import Reply, rest_disabled
from .transport import Transport

OF_ONE_CALL = (InvalidParameters, NotAllowed, NotSupported, PhoneFailed, ProtocolError, Refused, TooLarge)
"""Errors that are a phone's answer to one call and say nothing about its other calls."""
PROOF = ("sip_status", "device_info")
"""Calls that every firmware with a REST API has: if both get HTTP 404, it is off. Every account may make the first."""


class Conversation:
    """The calls to one phone. Every method may raise any PhoneError. Secrets in replies are masked, but for config/get:
    there whoever reads it knows which parameters are secrets."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._api_is_on = False

    @property
    def api_is_on(self) -> bool:
        """Whether something has already come from a REST API."""
        return self._api_is_on

    def call(
        self,
        endpoint: Endpoint,
        data: Any = None,
        query: Mapping[str, str] | None = None,
        timeout: float | None = None,
        proving: bool = True,
    ) -> Reply:
        """Make a call. HTTP 404 has two meanings: the call is missing, or the API is off; ``proving``: find out which.

        A call that all firmware has needs a new proof each time: the API may have been switched off meanwhile.
        """
        try:
            reply = self._transport.call(endpoint, data, query, timeout)
        except PhoneError as error:
            self._api_is_on = self._api_is_on or error.status is not None
            if proving and _is_404(error) and (endpoint.base or not self._api_is_on):
                self._prove(endpoint, error)
                if endpoint.base and endpoint.repeatable:  # the phone may have been starting
                    return self.call(endpoint, data, query, timeout, proving=False)
            raise
        self._api_is_on = True
        return reply if endpoint.name == "config_get" else _safe(endpoint, reply)

    def read(self, endpoint: Endpoint, query: Mapping[str, str] | None = None, proving: bool = True) -> Any:
        """Return a GET's raw ``data``, of the JSON type in the table.

        Empty if the phone says that there is no call or sends nothing, an empty list or an empty object.
        """
        try:
            data = self.call(endpoint, query=query, proving=proving).data
        except NoSuchCall:
            if query:
                raise
            return endpoint.gives()
        return endpoint.gives() if data is None or data in ({}, [], "") else self._shaped(endpoint, data)

    def object(self, endpoint: Endpoint, proving: bool = True) -> Mapping[str, Any]:
        """Return a call's ``data``, which must be an object."""
        data = self.call(endpoint, proving=proving).data
        if not isinstance(data, dict):
            raise misshapen(endpoint)
        return data

    def _shaped(self, endpoint: Endpoint, data: Any) -> Any:
        """Return the data, which must be of the type in the table. Lists hold objects."""
        listed = data if isinstance(data, list) else []
        if not isinstance(data, endpoint.gives) or not all(isinstance(item, dict) for item in listed):
            raise misshapen(endpoint)
        return data

    def _prove(self, endpoint: Endpoint, error: PhoneError) -> None:
        """Return if the API is on. Raises RestDisabled if calls that all firmware has are missing, too."""
        for name in PROOF:
            if name == endpoint.name:
                continue
            try:
                self.call(ENDPOINTS[name], proving=False)
            except OF_ONE_CALL as other:
                if _is_404(other):
                    continue
            return
        server = error.server if isinstance(error, NotSupported) else ""
        raise rest_disabled(server, self._transport.settings.use_ssl, error.endpoint) from error


def _safe(endpoint: Endpoint, reply: Reply) -> Reply:
    """The reply without secrets."""
    try:
        envelope = without_secrets(dict(reply.envelope))
    except ValueError:
        raise misshapen(endpoint) from None
    return Reply(data=envelope.get("data"), envelope=envelope)


def misshapen(endpoint: Endpoint) -> ProtocolError:
    return ProtocolError("the reply does not have the expected shape.", endpoint=str(endpoint), http_status=200)


def _is_404(error: PhoneError) -> bool:
    """Whether this is HTTP 404 without an answer of the API."""
    return isinstance(error, NotSupported) and error.http_status == 404 and error.status is None
