# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Find out whether there is a phone at an address, and which one. Servers that are not phones get no password.

The proof is the certificate, checked on the connection that the password would use. Either its common name is a MAC
address with a prefix of the vendor, as in factory certificates; or the user has named its authority or fingerprint.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ...module_utils._certificates import read
from ...module_utils._options import connection
from ...module_utils._phone import reachability, tls
from ...module_utils._phone.api import Phone
from ...module_utils._phone.errors import (
    ConnectionLost,
    NotTried,
    OtherPhone,
    PhoneError,
    PhoneTimeout,
    ProtocolError,
    TlsFailed,
    Unreachable,
    unexpected,
)
from ...module_utils._phone.mac import colons, digits
from ...module_utils._phone.settings import Judge, Settings
from ...module_utils._steps.subsets import Gathered
from .passwords import Passwords

MAC_PREFIXES = ("0004f2", "64167f", "482567")
"""The prefixes in the IEEE's register that VVX phones use: Polycom's 00-04-F2 and 64-16-7F, Poly's 48-25-67."""


class NotAPhone(PhoneError):
    """Something answers, but did not prove to be a phone; the password was not sent."""

    kind = "not_a_phone"
    remedy_text = (
        "Nothing was sent. If these are phones with certificates of your own, name the authority with ca_path (and "
        "leave verify_hostname at name), or the certificate with fingerprint. If their MAC addresses begin with other "
        "digits, add these to mac_prefixes. probe: trusting sends the password to whatever answers."
    )


class NoPassword(PhoneError):
    """A phone for which no password is known."""

    kind = "no_password"
    remedy_text = "Nothing was sent. Add its MAC address, name or address to passwords, or set password for all others."


class NotFound(PhoneError):
    """A phone is expected, but nothing with its MAC address was found."""

    kind = "not_found"


class _OtherPassword(OtherPhone):
    """Another password is due than the one that would have been sent; nothing was sent."""


_INCONCLUSIVE = {
    error.kind
    for error in (Unreachable, ConnectionLost, PhoneTimeout, TlsFailed, ProtocolError, NotTried, NotAPhone, NotFound)
}
"""Reasons that leave open whether there is a phone at all."""

IMPOSTOR_REMEDY = "It gets no name and no variables. Find out what it is before you trust it."


@dataclass
class Finding:
    """What was found at an address.

    ``address``: None for a name without an address and for a phone that was not found. ``names``: names that lead to
    this address; the first one is used. ``mac``: twelve lower-case digits. ``facts``: as vvx_facts returns them; None
    if the phone could not be read. ``reason`` (the kind of the error) and ``message`` say why. ``proved``: whether a
    certificate that was checked names ``mac``; otherwise the phone only claims it. ``closed``: whether a computer is
    there that refuses connections.
    """

    address: str | None
    names: list[str] = field(default_factory=list)
    mac: str | None = None
    facts: dict[str, Any] | None = None
    reason: str | None = None
    message: str | None = None
    proved: bool = False
    closed: bool = False

    def failed(self, error: PhoneError) -> Finding:
        """Note why the phone could not be read."""
        self.reason, self.message = error.kind, connection.as_options(f"{error.message} {error.remedy}".strip())
        return self

    @property
    def host(self) -> str:
        """The name or address to connect to; empty if there is none."""
        return self.names[0] if self.names else self.address or ""

    @property
    def places(self) -> list[str]:
        """Its names and its address."""
        return [*self.names, *filter(None, [self.address])]

    @property
    def label(self) -> str:
        """What to call it in a message: its name, address or MAC address."""
        return self.host or self.mac or "unknown"

    @property
    def evidence(self) -> tuple[bool, bool]:
        """How well founded the MAC address is, as a rank."""
        return self.proved, self.facts is not None

    @property
    def is_phone(self) -> bool:
        """Whether this is a phone as far as is known, even if it could not be read."""
        return self.facts is not None or self.mac is not None or self.reason not in _INCONCLUSIVE


@dataclass(frozen=True)
class Probe:
    """How to look for phones.

    ``settings``: the same for all phones; host and password are filled in. ``subsets``: of vvx_facts, beside device.
    ``prefixes``: of MAC addresses, lower-case digits. ``trusting``: send the password to whatever answers.
    ``passwords``: which phone gets which; without them, all get that of the settings. ``passwords_next``: which one
    takes the place of its password, where that is so.
    """

    settings: Settings
    subsets: Sequence[str] = ()
    prefixes: Sequence[str] = MAC_PREFIXES
    trusting: bool = False
    passwords: Passwords | None = None
    passwords_next: Passwords | None = None

    def discover(self, address: str, names: Sequence[str] = ()) -> Finding:
        """Look at one address, with at most one login. The first of ``names`` is used instead of it. Never raises."""
        finding = Finding(address, list(names))
        try:
            self._read(finding)
        except TlsFailed as error:
            finding.failed(error)
            self._identify(finding)
        except NotTried as error:
            finding.failed(error)
            self._identify(finding)
        except OtherPhone as error:
            finding.mac, finding.proved = None, False
            finding.failed(error)
        except PhoneError as error:
            finding.failed(error)
        except Exception as error:  # an unforeseen reply of one phone must not end the search for thousands
            finding.failed(unexpected(error))
        return finding

    def _read(self, finding: Finding) -> None:
        try:
            # Most addresses of a network are unused; a bare connection finds out at a tenth of the cost of a request.
            reachability.connect(finding.host, self.settings.port_in_use, self.settings.connect_timeout)
        except OSError as error:
            finding.closed = isinstance(error, ConnectionRefusedError)
            raise reachability.unreachable(error) from error
        if (self.passwords is not None or self.passwords_next is not None) and self.settings.use_ssl:
            # The certificate says which phone it is, and so which password is due. Nothing is sent.
            with contextlib.suppress(_OtherPassword):
                self._gather(finding, None)
        gathered = self._gather(finding, self._password(finding))
        claimed = digits(gathered.info["device"].get("mac"))
        if finding.mac and claimed and claimed != finding.mac:
            raise OtherPhone(
                f"its certificate is for the MAC address {colons(finding.mac)}, but it claims {colons(claimed)}.",
                remedy=IMPOSTOR_REMEDY,
            )
        finding.mac = finding.mac or claimed
        finding.facts = gathered.facts()

    def _gather(self, finding: Finding, password: str | None) -> Gathered:
        """Log in with this password, unless the certificate shows that another one is due. None: with none."""
        if password is None and not self.settings.use_ssl:
            raise NoPassword("no password is known for it.")
        judge = self._judge(finding, password)
        settings = replace(self.settings, host=finding.host, password=password or "", tls=self._tls, judge=judge)
        if password is None:
            settings = replace(settings, refusals=None, password_next=None)  # they are about passwords
        elif self.passwords_next is not None:
            settings = replace(settings, password_next=self.passwords_next.of(finding.mac, finding.places))
        gathered = Gathered()
        with Phone(settings) as phone:
            gathered.add(phone, ["device", *self.subsets])
        return gathered

    def _password(self, finding: Finding) -> str | None:
        if self.passwords is None:
            return self.settings.password
        return self.passwords.of(finding.mac, finding.places)

    @property
    def _tls(self) -> tls.TlsSettings:
        """Which phone's MAC address to expect is not known yet, so the judge checks that there is one."""
        given = self.settings.tls
        return replace(given, verify_hostname="none") if given.verify_hostname == "mac" else given

    @property
    def _proved_by_tls(self) -> bool:
        """Whether TLS accepts only a fingerprint or an authority that the user has named."""
        given = self.settings.tls
        return bool(given.fingerprint) or (
            given.checks_chain and given.verify_hostname == "name" and given.ca_path is not None
        )

    def _judge(self, finding: Finding, password: str | None) -> Judge:
        """A function that notes the MAC address in a certificate, and raises if a MAC address is required, or if
        ``password`` is not the one that this phone gets."""
        needs_proof = not (self.trusting or self._proved_by_tls)
        verifies_mac = self.settings.tls.checks_chain and self.settings.tls.verify_hostname == "mac"

        def judge(secured: Any) -> None:
            name = read(secured.getpeercert(binary_form=True)).name
            before, finding.mac = finding.mac, self._phone_mac(name)
            if before and finding.mac and before != finding.mac:
                raise OtherPhone(
                    f"its certificates are for different MAC addresses, {colons(before)} and {colons(finding.mac)}.",
                    remedy=IMPOSTOR_REMEDY,
                )
            finding.proved = finding.mac is not None and self.settings.tls.checks_chain
            if finding.mac:
                return check_password()
            message = f"its certificate is for {(name or '')[:60]!r}, not for the MAC address of a phone."
            if needs_proof:
                raise NotAPhone(message)
            if verifies_mac:
                raise TlsFailed(message, remedy="Use another verify_hostname, or none.")
            check_password()

        def check_password() -> None:
            due = self._password(finding)
            if due is None:
                raise NoPassword("no password is known for it.")
            if due != password:
                raise _OtherPassword("its certificates are for different phones.", remedy=IMPOSTOR_REMEDY)

        return judge

    def _phone_mac(self, name: str | None) -> str | None:
        """The MAC address that a certificate is for. Phones may share a certificate that is pinned by fingerprint."""
        mac = None if self.settings.tls.fingerprint else digits(name)
        return mac if mac and mac.startswith(tuple(self.prefixes)) else None

    def _identify(self, finding: Finding) -> None:
        """Where no login was sent: find out whose the certificate is. Sends no request."""
        settings = self.settings
        try:
            found = reachability.certificate(finding.host, settings.port_in_use, settings.tls, settings.connect_timeout)
        except OSError:
            return
        finding.mac = self._phone_mac(found.name)
        if not (finding.mac or self.trusting or self._proved_by_tls):
            finding.reason = NotAPhone.kind
