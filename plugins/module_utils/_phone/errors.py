# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that can go wrong between us and a phone, as one family of exceptions.

Inside, errors are raised; they become task results only at a door (a module or an action). No error ever carries the
value of a parameter or a credential: messages are built from endpoint paths, codes and parameter names. Which phone an
error is about stands in ``host``; the message does not repeat it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, ClassVar


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
        self.message = message
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
        self.message = self.message if message is None else message
        self.remedy = self.remedy if remedy is None else remedy

    def as_dict(self) -> dict[str, Any]:
        """The ``error`` of a task result: kind, host, http_status, status, endpoint, message, remedy."""
        return {
            "kind": self.kind,
            "host": self.host,
            "http_status": self.http_status,
            "status": self.status,
            "endpoint": self.endpoint,
            "message": self.message,
            "remedy": self.remedy,
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
    """The options for reaching the phone do not fit together; nothing was sent."""

    kind = "settings"


class Unreachable(PhoneError):
    """No connection: refused, no route, no such name, or no answer to the connection attempt."""

    kind = "unreachable"
    remedy_text = (
        "Check that the phone is powered, that the address and port are right, and that no firewall is in between."
    )


class ConnectionLost(PhoneError):
    """The connection broke before a whole reply arrived; the phone may or may not have done what it was asked."""

    kind = "connection_lost"
    remedy_text = "The phone may be restarting. Try again when it has settled, or raise the option retries."


class PhoneTimeout(PhoneError):
    """Connected, but no (complete) reply in time."""

    kind = "timeout"
    remedy_text = "Raise the option timeout, or look whether the phone is overloaded."


class TlsFailed(PhoneError):
    """No trustworthy TLS connection could be made."""

    kind = "tls"


class AuthenticationFailed(PhoneError):
    """HTTP 401. Raised after ONE attempt: phones lock their accounts after a few wrong ones."""

    kind = "authentication_failed"
    remedy_text = (
        "Check username and password (the admin account of a phone is called Polycom; a new phone, or one that was reset, "
        "has its factory password). At -vv the task says where they come from. "
        "Only one attempt was made, because phones lock the account after several wrong ones."
    )


class DefaultPassword(PhoneError):
    """Status 4010: the REST API refuses to work while the factory password is set."""

    kind = "default_password"
    remedy_text = (
        "The phone still has its factory admin password, and its REST API stays shut until that is changed: "
        "in the phone's web interface (Settings, Change Password) or with device.auth.localAdminPassword from the provisioning server."
    )


class RestDisabled(PhoneError):
    """HTTP 404 on a path that every firmware with a REST API has."""

    kind = "rest_disabled"
    remedy_text = (
        'Turn the REST API on: apps.restapi.enabled="1" from the provisioning server, or Settings, Applications, '
        "REST API in the phone's web interface. It can't be turned on over REST."
    )


class Busy(PhoneError):
    """HTTP 403 or Status 4001: the phone is serving another client, or is in the middle of something."""

    kind = "busy"
    remedy_text = (
        "Another program talks to this phone (phones serve one request at a time), or it is busy registering. "
        "Raise the option retries, or stop the other client. A phone that stays like this may need a reboot."
    )


class InvalidParameters(PhoneError):
    """Status 4000 or 4400, or HTTP 400: the phone refused the input."""

    kind = "invalid_parameters"
    remedy_text = "A name or a value is not what this model and firmware take."


class NotSupported(PhoneError):
    """Status 4004, or an endpoint that this firmware does not have."""

    kind = "not_supported"
    remedy_text = "This model, this firmware or this mode of the phone can't do it."


class NotAllowed(PhoneError):
    """Status 4003 or 4403."""

    kind = "not_allowed"
    remedy_text = "The phone does not allow this in its present state, or not for this account: use the admin account."


class TooLarge(PhoneError):
    """Status 4009 or HTTP 413: more than 20 parameters or 20 KB."""

    kind = "too_large"


class PhoneFailed(PhoneError):
    """Status 5000 or 5500, or an HTTP 5xx: the phone tried and could not."""

    kind = "phone_failed"
    remedy_text = "The phone could not do it. Try again; if it stays so, the phone's log or a reboot may help."


class Refused(PhoneError):
    """Any other Status."""

    kind = "refused"


class NoSuchCall(Refused):
    """Status 4007, or no call is in the state that is asked for."""

    kind = "no_such_call"
    remedy_text = "Calls come and go: polycom.vvx.vvx_info with the subset calls tells which there are."


class LineNotRegistered(Refused):
    """Status 4002."""

    kind = "line_not_registered"
    remedy_text = "Look at the lines (polycom.vvx.vvx_facts with the subset lines), and correct the servers and credentials of this one."


class NoSuchLine(Refused):
    """Status 4005."""

    kind = "no_such_line"
    remedy_text = "Lines are numbered as in the parameters reg.x."


class NoDestination(Refused):
    """Status 4006: the phone has no address to send to."""

    kind = "no_destination"
    remedy_text = "Give url or dest."


class UploadFailed(Refused):
    """Status 4008, or 5000 for an upload: the phone could not store a file where it was told to."""

    kind = "upload_failed"
    remedy_text = (
        "Check that the phone can reach the server, and may write there with HTTP PUT. With dest, the phone needs a way to this computer: "
        "see receiver_address and receiver_port."
    )


class NothingReceived(PhoneError):
    """The phone says that it has sent a file, but none has arrived."""

    kind = "nothing_received"
    remedy_text = (
        "Check that phones can reach this computer: a firewall or address translation may be in between. receiver_address is the address "
        "to tell the phone, and receiver_port a port that is let through."
    )


class NotConnected(PhoneError):
    """A call did not get as far as was waited for."""

    kind = "not_connected"
    remedy_text = "Check the number and the lines, or raise wait_timeout."


class ProtocolError(PhoneError):
    """The reply is not what the REST API of a phone sends: no JSON, no Status, too large, a redirection."""

    kind = "protocol"
    remedy_text = (
        "Check that host and port belong to a Polycom VVX phone, and not to a proxy, a portal or another device."
    )


class UnknownParameters(PhoneError):
    """Names that the phone does not know, or that can't be set over REST."""

    kind = "unknown_parameters"


class BadValues(PhoneError):
    """Desired parameters that can't be sent as they stand; found before anything was sent."""

    kind = "bad_values"


class NotApplied(PhoneError):
    """The phone answered success, but a read back shows that not everything took."""

    kind = "not_applied"


class InCall(PhoneError):
    """The phone is in a call, and the user's wish was not to disturb it."""

    kind = "in_call"
    remedy_text = "Try again later, or set when_busy: wait with a longer busy_timeout, or when_busy: proceed."


class NotRestarted(PhoneError):
    """The phone said that it would restart, and went on running."""

    kind = "not_restarted"
    remedy_text = "A call that goes on holds a restart back. Otherwise try mode: reboot, or cut the phone's power."


class NotReady(PhoneError):
    """The phone answers again, but says that it is not ready to be used."""

    kind = "not_ready"
    remedy_text = "Raise wait_timeout, or look at the phone's screen for what it waits for."


class NotRegistered(PhoneError):
    """The phone is back, but lines that were registered before are not."""

    kind = "not_registered"
    remedy_text = "Check the lines' servers and credentials, or raise wait_timeout."


class OtherPhone(PhoneError):
    """After a restart another phone answers at this address."""

    kind = "other_phone"
    remedy_text = (
        "Correct the address in the inventory; addresses that the DHCP server hands out can move from phone to phone."
    )


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
"""Manual, Error Codes; 4011, 4400, 4403 and 5500 are from clients of UCS 6.4."""
