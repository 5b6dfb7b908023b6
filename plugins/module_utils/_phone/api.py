# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A phone as an object: one method per call of its REST API, with the same shape on all firmware."""

from __future__ import annotations

import contextlib
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .._certificates import Certificate
from .conversation import OF_ONE_CALL, Conversation, misshapen
from .endpoints import ENDPOINTS, Endpoint, find
from .errors import AuthenticationFailed, Busy, InvalidParameters, NotSupported, PhoneError, about
from .identity import Identity
from .replies import Reply
from .settings import Settings
from .shapes.lines import LineInfo, in_doubt
from .transport import Transport

BEFORE, NEXT = "before", "next"
"""Which of two passwords a phone takes: that of its settings, or the one that takes its place."""


def silence(_text: str) -> None:
    """Ignore the text: nobody is watching."""


@dataclass(frozen=True)
class Setting:
    """A parameter's running value and its layer (default, sip, config, cloud, web, local or device)."""

    value: str
    source: str


class Phone:
    """One phone. Use it as a context manager. Every method may raise any PhoneError."""

    def __init__(
        self, settings: Settings, sleep: Callable[[float], None] = time.sleep, say: Callable[[str], None] = silence
    ) -> None:
        self.host = settings.host
        self.settings = settings
        self.sleep = sleep
        self._say = say
        self._identity = Identity(settings)
        settings = replace(settings, judge=self._identity.meet)
        with about(self.host):
            self._transport = Transport(settings, sleep)
        self._talk = Conversation(self._transport)

    def __enter__(self) -> Phone:
        return self

    def __exit__(self, _kind: object, error: object, _traceback: object) -> None:
        """Close the connection, and name this phone in a PhoneError on its way out."""
        if isinstance(error, PhoneError):
            error.host = error.host or self.host
        self._transport.close()

    def say(self, text: str) -> None:
        """Tell whoever is watching what the task is waiting for."""
        self._say(f"{self.host}: {text}")

    @property
    def requests_sent(self) -> int:
        return self._transport.requests_sent

    @property
    def username(self) -> str:
        return self._transport.username

    def show(self, text: object, most: int = 60) -> str:
        """A text of the phone's, safe to show in a message: one line, bounded, without this task's password."""
        return self._transport.show(text, most)

    @property
    def certificate(self) -> Certificate | None:
        """What the phone has presented on its latest connection; None before one, and over plain HTTP."""
        return self._identity.certificate

    @property
    def proved_mac(self) -> str | None:
        """The MAC address that the phone's certificate has proved, twelve digits; None if it has not."""
        return self._identity.proved

    def use_login(self, password: str, username: str | None = None, known: bool = False) -> None:
        """Log in with another password, or as another account, from now on. ``known``: the phone should accept it, so
        it is not tried where it was refused before."""
        self._transport.use_login(password, username, known)

    def use_one_of(self, passwords: Sequence[str], username: str | None = None) -> None:
        """Log in with whichever of these the phone takes from now on, each tried once."""
        self._transport.use_one_of(passwords, username)

    def begin_password(self, password: str) -> None:
        """Write down that the phone is about to get this password, for a run after one that is cut short. Raises
        SettingsError if that is not possible."""
        self._transport.begin_password(password)

    @property
    def password_taken(self) -> str | None:
        """The password that the phone takes, as far as its answers say; None as long as they have not said so."""
        return self._transport.password_taken

    @property
    def generation(self) -> str | None:
        """Which of the two passwords of its settings the phone takes: NEXT or BEFORE; None as long as it has taken
        neither."""
        generations = {self.settings.password: BEFORE, self.settings.password_next: NEXT}
        return generations.get(self.password_taken)

    def hopeless(self, logins: Sequence[tuple[str, str]]) -> None:
        """Raises NotTried if none of these logins (name and password) may be tried on any phone."""
        self._transport.hopeless(logins)

    @contextlib.contextmanager
    def without_retries(self) -> Iterator[None]:
        """Send every request once: for callers that poll."""
        before, self._transport.retries = self._transport.retries, 0
        try:
            yield
        finally:
            self._transport.retries = before

    # -- any call of the table

    def read(self, name: str, query: Mapping[str, str] | None = None) -> Any:
        """Return a GET's raw ``data``, of the JSON type in the table. Raises NotSupported if firmware lacks it.

        Empty if the phone says that there is no call or sends nothing, an empty list or an empty object.
        """
        return self._talk.read(ENDPOINTS[name], query)

    def act(self, name: str, data: Mapping[str, Any] | None = None, timeout: float | None = None) -> Any:
        """Send a POST. Returns the reply's data; most have none. ``timeout``: seconds, for calls known to be slow."""
        return self._talk.call(ENDPOINTS[name], None if data is None else dict(data), timeout=timeout).data

    def request(self, method: str, path: str, data: Any = None, query: Mapping[str, str] | None = None) -> Reply:
        """Make any call of the API, listed in the table or not."""
        return self._talk.call(find(method, path), data, query)

    def presence(self) -> Mapping[str, Any]:
        """Return getPresence: phones put the answer next to Status, the manual under data."""
        reply = self._talk.call(ENDPOINTS["presence"])
        return reply.data if isinstance(reply.data, dict) else {"Presence": reply.envelope.get("Presence")}

    # -- facts

    def device_info(self) -> Mapping[str, Any]:
        """Return raw v2 device information, or v1 if the firmware lacks v2. Raises OtherPhone if it is another's."""
        found = self._device_info()
        self._identity.hear(found)
        return found

    def _device_info(self) -> Mapping[str, Any]:
        try:
            return self._talk.object(ENDPOINTS["device_info_v2"], proving=False)
        except OF_ONE_CALL as error:
            if not isinstance(error, NotSupported) and not self._talk.api_is_on:
                raise  # whatever this is gets the password once
            newer = error
        try:
            return self._talk.object(ENDPOINTS["device_info"])
        except OF_ONE_CALL as error:
            raise (error if isinstance(newer, NotSupported) else newer) from error

    def line_info(self) -> LineInfo:
        """Return raw line information; either version may be empty, but not both."""
        found: list[Sequence[Mapping[str, Any]]] = []
        lacking: list[PhoneError] = []
        for name in ("line_info", "line_info_v2"):
            try:
                found.append(self.read(name))
            except OF_ONE_CALL as error:
                found.append(())
                lacking.append(error)
        first, second = found
        if len(lacking) == len(found):
            raise lacking[0]
        return LineInfo(first, second, self._addresses(in_doubt(first, second)))

    def _addresses(self, names: Sequence[str]) -> dict[str, str]:
        """The values of these parameters; none if the phone does not tell."""
        if not names:
            return {}
        try:
            found = self.config_get(names)
        except (*OF_ONE_CALL, Busy):
            return {}
        return {name: setting.value for name, setting in found.items()}

    def transfer_type(self) -> str:
        """Return Consultative, Blind, Safe or Unknown. Raises NotSupported on firmware before 5.7."""
        kind = self._talk.object(ENDPOINTS["transfer_type_get"]).get("Type")
        if not isinstance(kind, str):
            raise misshapen(ENDPOINTS["transfer_type_get"])
        return kind

    # -- calls

    def poll_for_status(self) -> Mapping[str, Any]:
        """Return ``State`` (Idle, Active or Error) and ``StateData`` (a text). By the manual, on HTTPS only."""
        return self._talk.object(ENDPOINTS["poll_for_status"])

    def call_status(self) -> Sequence[Mapping[str, Any]]:
        """Return the raw status of all calls, or of one call if the firmware lacks v2."""
        return self.calls()[0]

    def calls(self) -> tuple[Sequence[Mapping[str, Any]], bool]:
        """Return the same, and whether these are all calls."""
        try:
            return self._talk.read(ENDPOINTS["call_status_v2"], proving=False), True
        except NotSupported:
            found = self.read("call_status")
            return [found] if found else [], not found

    # -- without a login

    def met(self) -> Mapping[str, str]:
        """What the phone presents: ``certificate`` in PEM, and ``protocol``, the version of TLS. Connects if that has
        not happened yet. Raises NotSupported over plain HTTP."""
        if self._identity.presented is None and self.settings.use_ssl:
            self.knock()
        if self._identity.presented is None:
            raise NotSupported("plain HTTP has no certificate.")
        encoded, protocol = self._identity.presented
        return {"certificate": ssl.DER_cert_to_PEM_cert(encoded), "protocol": protocol}

    def knock(self, name: str = "device_info") -> tuple[int, Mapping[str, str]]:
        """Send a call that all firmware has, without a login. Returns HTTP status and headers."""
        return self._transport.knock(ENDPOINTS[name])

    # -- the screen

    def screen(self) -> bytes:
        """Return the picture on the screen, in the phone's own format. Raises NotSupported if the phone refuses.

        Newer firmware needs a login at its web server first, which sets a cookie (source: a public client). Older
        firmware does not have that page. Pages don't refuse a password as calls do, so a call finds out which of two it
        takes.
        """
        if self.settings.password_next and self.generation is None:
            self.device_info()
        try:
            answer = self._transport.page(ENDPOINTS["web_login"])
        except NotSupported:
            answer = b""
        if b"INVALID_LOGIN" in answer:
            raise AuthenticationFailed(
                f"the phone's web server refused the password of {self.username}.",
                endpoint=str(ENDPOINTS["web_login"]),
            )
        return self._transport.page(ENDPOINTS["screen_capture"])

    # -- restart and reset

    def restart(self, mode: str) -> None:
        """Order a restart (of the application) or a reboot. The phone answers, waits for calls to end, and goes."""
        self._talk.call(ENDPOINTS[{"restart": "safe_restart", "reboot": "safe_reboot"}[mode]])

    def reset(self, scope: str) -> None:
        """Reset local, web, device, cloud, all (the first three) or factory. The phone then restarts by itself."""
        self._talk.call(
            ENDPOINTS[{"all": "config_reset", "factory": "factory_reset"}.get(scope, f"config_reset_{scope}")]
        )

    # -- changes

    def set_transfer_type(self, kind: str) -> None:
        """Set the transfer type: Consultative, Blind or Safe."""
        self._talk.call(ENDPOINTS["transfer_type_set"], {"Type": kind})

    def config_set(self, values: Mapping[str, str]) -> None:
        """Write 1 to 20 parameters in one request. Success does not prove that they took effect: read back."""
        self._talk.call(ENDPOINTS["config_set"], dict(values))

    def config_get(self, names: Sequence[str]) -> dict[str, Setting]:
        """Return the running values of 1 to 20 parameters, in one request. Names unknown to the phone are missing.

        Firmware lists unknown names in ``InvalidParams`` in different shapes, so what was asked and did not come back
        counts. If firmware refuses the whole request for one bad name, halves of it find the bad ones.
        """
        endpoint = ENDPOINTS["config_get"]
        try:
            reply = self._talk.call(endpoint, list(names))
        except InvalidParameters:
            if len(names) == 1:
                return {}
            middle = len(names) // 2
            return {**self.config_get(names[:middle]), **self.config_get(names[middle:])}
        return self._settings(endpoint, reply, names)

    def _settings(self, endpoint: Endpoint, reply: Reply, names: Iterable[str]) -> dict[str, Setting]:
        data = reply.data
        if data is None and "InvalidParams" in reply.envelope:
            data = {}
        if not isinstance(data, dict):
            raise misshapen(endpoint)
        found: dict[str, Setting] = {}
        for name in names:
            if name not in data:
                continue
            entry = data[name]
            parts = {str(key).strip().lower(): part for key, part in entry.items()} if isinstance(entry, dict) else {}
            value, source = parts.get("value"), parts.get("source", "")
            if isinstance(value, bool) or not isinstance(value, (str, int, float)) or not isinstance(source, str):
                raise misshapen(endpoint)
            found[name] = Setting(str(value), source.strip().lower())
        return found
