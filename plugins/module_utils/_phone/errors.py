# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that can go wrong with a phone, as one family of exceptions.

Inside, errors are raised; they become task results only at a door (a module or an action). No error ever carries the
value of a parameter or a credential: messages are built from endpoint paths, codes and parameter names. ``host`` names
the phone; the message does not repeat it.
"""

from __future__ import annotations

import contextlib
import os
import traceback
from collections.abc import Iterator
from typing import Any, ClassVar

from .._text import safe


class PhoneError(Exception):
    """Base of all errors. ``kind`` is the stable name that playbooks may test (``error.kind``).

    ``host``: the phone; None until the error leaves the conversation with it (see ``about``).
    """

    kind: ClassVar[str] = "error"
    remedy_text: ClassVar[str] = ""

    def __init__(
        self,
        message: str,
        *,
        host: str | None = None,
        endpoint: str | None = None,
        http_status: int | None = None,
        status: str | None = None,
        remedy: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = safe(message)
        self.host = host
        self.endpoint = endpoint
        self.http_status = http_status
        self.status = status
        self.remedy = self.remedy_text if remedy is None else remedy

    def __str__(self) -> str:
        return f"{self.host}: {self.message}" if self.host else self.message

    def say_more(self, sentence: str, *, remedy: str | None = None) -> None:
        """Add a sentence to the message, and replace the remedy if there is a better one."""
        self.restate(f"{self.message} {sentence}", remedy=remedy)

    def restate(self, message: str | None = None, *, remedy: str | None = None) -> None:
        """Replace the message, the remedy, or both by what the caller knows better."""
        self.message = self.message if message is None else safe(message)
        self.remedy = self.remedy if remedy is None else remedy

    def as_dict(self) -> dict[str, Any]:
        """The ``error`` of a task result: kind, host, http_status, status, endpoint. ``msg`` says the rest."""
        return {
            "kind": self.kind,
            "host": self.host,
            "http_status": self.http_status,
            "status": self.status,
            "endpoint": self.endpoint,
        }


@contextlib.contextmanager
def about(host: str | None) -> Iterator[None]:
    """Name the phone in every PhoneError that leaves this block without one."""
    try:
        yield
    except PhoneError as error:
        error.host = error.host or host
        raise


class SettingsError(PhoneError):
    """Options are missing, wrong or contradict each other; nothing was sent."""

    kind = "settings"


class Unreachable(PhoneError):
    """No connection: refused, no route, unknown name, or no answer to the connection attempt."""

    kind = "unreachable"
    remedy_text = (
        "Check that the phone has power, that address and port are correct, and that no firewall blocks the way."
    )


class ConnectionLost(PhoneError):
    """The connection broke before the whole reply arrived; the phone may or may not have carried out the request."""

    kind = "connection_lost"
    remedy_text = "The phone may be restarting. Try again in a few minutes, or raise ansible_vvx_retries."


NO_ANSWER = (Unreachable.kind, ConnectionLost.kind)
"""Kinds of errors of phones that do not answer: Ansible calls them unreachable."""


class PhoneTimeout(PhoneError):
    """Connected, but no (complete) reply in time."""

    kind = "timeout"
    remedy_text = "Raise ansible_vvx_timeout, or check whether the phone is overloaded."


class TlsFailed(PhoneError):
    """No TLS connection that can be trusted."""

    kind = "tls"


class AuthenticationFailed(PhoneError):
    """HTTP 401. Raised after ONE attempt: phones lock their accounts after a few wrong ones. ``sent``: whether the
    password was sent, rather than a login that the phone does not offer."""

    kind = "authentication_failed"
    sent = True
    remedy_text = (
        "Correct ansible_password; -vv shows where it comes from. A phone with factory password 456 needs another one "
        "first. If nobody knows it: polycom.vvx.find_passwords. It was tried once, because phones lock the account."
    )


class NotTried(PhoneError):
    """The login was not tried, and nothing was sent: phones have just refused it. ``by_others``: other ones than this,
    so that this one may take it."""

    kind = "not_tried"
    by_others = False


class DefaultPassword(PhoneError):
    """Status 4010: the REST API refuses to work while the factory password is set."""

    kind = "default_password"
    remedy_text = (
        "The REST API stays closed until the factory admin password is changed: in the phone's web interface "
        "(Settings, Change Password) or with device.auth.localAdminPassword from the provisioning server."
    )


class RestDisabled(PhoneError):
    """HTTP 404 on a path that every firmware with a REST API has."""

    kind = "rest_disabled"
    remedy_text = (
        'Turn the REST API on: set apps.restapi.enabled="1" on the provisioning server, or use Settings, Applications, '
        "REST API in the phone's web interface. It can't be turned on over REST."
    )


class Busy(PhoneError):
    """HTTP 403 or Status 4001: the phone serves another client, or is in the middle of something."""

    kind = "busy"
    remedy_text = (
        "Another program is talking to this phone (phones serve one request at a time), or the phone is registering. "
        "Raise ansible_vvx_retries, or stop the other client. A phone that stays busy may need a reboot."
    )


class InvalidParameters(PhoneError):
    """Status 4000 or 4400, or HTTP 400: the phone refused the input."""

    kind = "invalid_parameters"
    remedy_text = "This model and firmware do not accept a name or a value: check both."


class NotSupported(PhoneError):
    """Status 4004, or an endpoint that this firmware does not have. ``server``: what answered, as it names itself."""

    kind = "not_supported"
    server = ""
    remedy_text = "This model, firmware or mode of the phone can't do it."


class NotAllowed(PhoneError):
    """Status 4003 or 4403."""

    kind = "not_allowed"
    remedy_text = "The phone does not allow this in its present state or for this account: use the admin account."


class TooLarge(PhoneError):
    """Status 4009 or HTTP 413: more than 20 parameters or 20 KB."""

    kind = "too_large"


class PhoneFailed(PhoneError):
    """Status 5000 or 5500, or HTTP 5xx: the phone tried and failed."""

    kind = "phone_failed"
    remedy_text = "Try again. If it fails again, check the phone's log or reboot it."


class Refused(PhoneError):
    """Any other Status."""

    kind = "refused"


class NoSuchCall(Refused):
    """Status 4007, or no call has the requested state."""

    kind = "no_such_call"
    remedy_text = "List the phone's calls with polycom.vvx.vvx_info and the subset calls."


class LineNotRegistered(Refused):
    """Status 4002."""

    kind = "line_not_registered"
    remedy_text = (
        "List the lines with polycom.vvx.vvx_facts and the subset lines, and correct this line's server and login."
    )


class NoSuchLine(Refused):
    """Status 4005."""

    kind = "no_such_line"
    remedy_text = "Use the line numbers of the parameters reg.x."


class NoDestination(Refused):
    """Status 4006: the phone has no address to send to."""

    kind = "no_destination"
    remedy_text = "Set url or dest."


class UploadFailed(Refused):
    """Status 4008, or 5000 for an upload: the phone could not store the file at the given URL."""

    kind = "upload_failed"
    remedy_text = (
        "Check that the phone can reach the server and may write there with HTTP PUT. With dest, the phone must "
        "reach this computer: see receiver_address and receiver_port."
    )


class NothingReceived(PhoneError):
    """The phone says that it sent a file, but none arrived."""

    kind = "nothing_received"
    remedy_text = (
        "Check that phones can reach this computer through firewalls and NAT. Set receiver_address to the address that "
        "the phone must use, and receiver_port to a port that the firewall allows."
    )


class NotConnected(PhoneError):
    """A call did not reach the state that the task waited for."""

    kind = "not_connected"
    remedy_text = "Check the number and the line, or raise wait_timeout."


class ProtocolError(PhoneError):
    """The reply does not come from a phone's REST API: not JSON, no Status, too large, or a redirect."""

    kind = "protocol"
    remedy_text = (
        "Check that host and port belong to a Polycom VVX phone and not to a proxy, a portal or another device."
    )


class UnknownParameters(PhoneError):
    """Names that the phone does not know, or that can't be set over REST."""

    kind = "unknown_parameters"


class BadValues(PhoneError):
    """Desired parameters that can't be sent; found before anything was sent."""

    kind = "bad_values"


class NotApplied(PhoneError):
    """The phone reported success, but reading back shows that not everything took effect."""

    kind = "not_applied"


class Stale(PhoneError):
    """The phone is no longer as it was when the plan was made; nothing was written."""

    kind = "stale"
    remedy_text = "Make a new plan, review it, and apply that."


class InCall(PhoneError):
    """The phone is in a call, and the options say not to interrupt it."""

    kind = "in_call"
    remedy_text = "Try again later, or set when_busy: wait with a longer busy_timeout, or when_busy: proceed."


class NotRestarted(PhoneError):
    """The phone accepted the restart, but kept running."""

    kind = "not_restarted"
    remedy_text = "A call in progress delays the restart. Otherwise try mode: reboot, or power-cycle the phone."


class NotReady(PhoneError):
    """The phone answers again, but reports that it is not ready."""

    kind = "not_ready"
    remedy_text = "Raise wait_timeout, or check on the phone's screen what it is waiting for."


class NotRegistered(PhoneError):
    """The phone is back, but lines that were registered before are no longer."""

    kind = "not_registered"
    remedy_text = "Check the servers and credentials of these lines, or raise wait_timeout."


class NotUpdated(PhoneError):
    """The phone answers, but has other firmware than it should have installed."""

    kind = "not_updated"
    remedy_text = (
        "Check that the server has this firmware for the phone's model, that phones reach it, and that the release "
        "demands no other one before it (hops). If the provisioning server names firmware of its own (APP_FILE_PATH), "
        "phones may take that instead. The phone's log says why it refused an image."
    )


class OtherPhone(PhoneError):
    """Another phone answers at this address."""

    kind = "other_phone"
    remedy_text = "Correct the address in the inventory. DHCP addresses can move from phone to phone."


class Unexpected(PhoneError):
    """A fault of this collection, or an unforeseen reply."""

    kind = "unexpected"
    remedy_text = (
        "This is a fault of polycom.vvx: please report this message, with the task and the phone's model and firmware."
    )


def unexpected(error: Exception) -> Unexpected:
    """The error for an exception that nobody foresaw: its type and place, never its text, which may hold a secret."""
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" in {os.path.basename(place[0].filename)}, line {place[0].lineno}" if place else ""
    return Unexpected(f"unexpected {type(error).__name__}{where}.")


STATUS_MEANINGS: dict[str, tuple[type[PhoneError], str]] = {
    "4000": (InvalidParameters, "invalid input parameters"),
    "4001": (Busy, "device busy"),
    "4002": (LineNotRegistered, "line not registered"),
    "4003": (NotAllowed, "operation not allowed"),
    "4004": (NotSupported, "operation not supported"),
    "4005": (NoSuchLine, "line does not exist"),
    "4006": (NoDestination, "URLs not configured"),
    "4007": (NoSuchCall, "call does not exist"),
    "4008": (UploadFailed, "configuration export failed"),
    "4009": (TooLarge, "input size limit exceeded"),
    "4010": (DefaultPassword, "default password not allowed"),
    "4011": (Refused, "contact not found"),
    "4400": (InvalidParameters, "bad request"),
    "4403": (NotAllowed, "forbidden"),
    "5000": (PhoneFailed, "failed to process the request"),
    "5500": (PhoneFailed, "internal server error"),
}
"""Source: manual, Error Codes; 4400, 4403 and 5500 from the manual for 5.9.1, 4011 from a public client of 6.4."""
