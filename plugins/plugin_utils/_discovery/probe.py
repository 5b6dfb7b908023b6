# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is there a phone at an address, and which? No password goes to anything that has not proved to be a phone.

The proof is the certificate, looked at on the very connection that the password would go over. Phones bear their MAC address as common
name, with the vendor's prefix; or the certificate is one that was given to the phones, by an authority or a fingerprint that the user names.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Callable

from ...module_utils._operations import facts
from ...module_utils._phone import probe, tls
from ...module_utils._phone.errors import PhoneError, TlsFailed, Unreachable
from ...module_utils._phone.mac import digits
from ...module_utils._phone.settings import Settings
from ...module_utils._steps.result import perform

MAC_PREFIXES = ("0004f2", "64167f", "482567")
"""Of the prefixes in the IEEE's register, those seen on VVX phones: Polycom's 00-04-F2 and 64-16-7F, Poly's 48-25-67."""
_SAYS_NOTHING = {
    "unreachable",
    "connection_lost",
    "timeout",
    "tls",
    "protocol",
    "not_a_phone",
    "other_phone",
    "not_found",
}
"""Reasons that leave open whether there is a phone at all."""


class NotAPhone(PhoneError):
    """Something answers, and has not proved to be a phone; no password was sent to it."""

    kind = "not_a_phone"
    remedy_text = (
        "Nothing was sent. If these are phones whose certificates were replaced, name the authority with ca_path (and leave verify_hostname at name), "
        "or the certificate with fingerprint. If their MAC addresses begin with other digits, add these to mac_prefixes. probe: trusting sends the "
        "password to whatever answers."
    )


@dataclass
class Finding:
    """What was found at an address. ``facts`` as vvx_facts returns them, or None and the ``reason`` (an error's kind) why not.

    ``names``: what else leads to this address; the first is what the phone is called by. ``address`` is None for a name that leads nowhere.
    ``mac``: twelve lower-case digits.
    """

    address: str | None
    names: list[str] = field(default_factory=list)
    mac: str | None = None
    facts: dict[str, Any] | None = None
    reason: str | None = None
    message: str | None = None

    @property
    def host(self) -> str:
        return self.names[0] if self.names else self.address or ""

    @property
    def is_phone(self) -> bool:
        """Whether there is, as far as can be told, a phone, even if it could not be read."""
        return self.facts is not None or self.mac is not None or self.reason not in _SAYS_NOTHING


@dataclass(frozen=True)
class Probe:
    """How to look. ``settings``: of all phones, but for the host. ``subsets``: of vvx_facts. ``trusting``: send the password to whatever answers."""

    settings: Settings
    subsets: Sequence[str] = ("device",)
    prefixes: Sequence[str] = MAC_PREFIXES
    trusting: bool = False

    def discover(self, address: str, names: Sequence[str] = ()) -> Finding:
        """Look at one address with one login at most. ``names``: what leads to it; the first one is dialled. Raises no PhoneError."""
        finding = Finding(address, list(names))
        silence = self._knock(finding.host)
        if silence:
            finding.reason, finding.message = Unreachable.kind, f"{finding.host}: {silence}. {Unreachable.remedy_text}"
            return finding
        settings = replace(self.settings, host=finding.host, tls=self._tls, judge=self._judge(finding))
        try:
            outcome = perform(facts.run, settings, {"gather_subset": ["device", *self.subsets]}, False)
        except Exception as error:  # a reply that nobody thought of, from one phone of thousands
            finding.reason, finding.message = PhoneError.kind, f"{finding.host}: {error!r}"
            return finding
        if outcome.error is not None:
            finding.reason, finding.message = outcome.error.kind, f"{outcome.error} {outcome.error.remedy}".strip()
            if finding.reason == TlsFailed.kind:
                self._look_again(finding, settings)
        else:
            finding.facts = outcome.values["ansible_facts"]["vvx"]
            finding.mac = digits(finding.facts["device"].get("mac")) or finding.mac
        return finding

    def _knock(self, host: str) -> str | None:
        """Why no connection comes about. Most addresses of a network are nobody's, which is learnt so at a tenth of what a whole request costs."""
        try:
            socket.create_connection((host, self.settings.port_in_use), timeout=self.settings.connect_timeout).close()
        except socket.timeout:  # which is no TimeoutError before Python 3.10
            return "no answer to the connection attempt"
        except (OSError, UnicodeError) as error:
            return str(getattr(error, "strerror", None) or error).lower()
        return None

    @property
    def _tls(self) -> tls.TlsSettings:
        """Which MAC address a certificate must bear is not known here; that it must bear one is what the judge sees to."""
        given = self.settings.tls
        return replace(given, verify_hostname="none") if given.verify_hostname == "mac" else given

    @property
    def _proved_by_tls(self) -> bool:
        """Whether TLS lets only certificates through that the user has named, or an authority that the user has named."""
        given = self.settings.tls
        return bool(given.fingerprint) or (
            given.checks_chain and given.verify_hostname == "name" and given.ca_path is not None
        )

    def _judge(self, finding: Finding) -> Callable[[bytes | None], None]:
        needs_mac = not (self.trusting or self._proved_by_tls)
        bears_mac = self.settings.tls.checks_chain and self.settings.tls.verify_hostname == "mac"

        def judge(certificate: bytes | None) -> None:
            name = common_name(certificate)
            finding.mac = self._phones_mac(name)
            if finding.mac:
                return
            told = f"{finding.host}: its certificate is for {name[:60]!r}, and not for the MAC address of a phone."
            if needs_mac:
                raise NotAPhone(told)
            if bears_mac:
                raise TlsFailed(told, remedy="Use another verify_hostname, or none.")

        return judge

    def _phones_mac(self, name: str) -> str | None:
        mac = digits(name)
        return mac if mac and mac.startswith(tuple(self.prefixes)) else None

    def _look_again(self, finding: Finding, settings: Settings) -> None:
        """After a certificate was refused: whose was it? Nothing is sent."""
        unchecked = replace(settings.tls, validate_certs=False, fingerprint=None)
        certificate = None
        with contextlib.suppress(OSError, ValueError):
            connection = socket.create_connection(
                (settings.host, self.settings.port_in_use), timeout=settings.connect_timeout
            )
            with connection, tls.context(unchecked).wrap_socket(connection) as secured:
                certificate = secured.getpeercert(binary_form=True)
        finding.mac = self._phones_mac(common_name(certificate))
        if certificate and not (finding.mac or self.trusting or self._proved_by_tls):
            finding.reason = NotAPhone.kind


def common_name(certificate: bytes | None) -> str:
    """The common name in a certificate (DER); empty if there is none, or the certificate can't be read."""
    return probe.read(certificate or b"").name or ""


def resolve(name: str) -> str | None:
    """The address that a name leads to first; None if it leads nowhere."""
    try:
        return str(socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)[0][4][0])
    except (OSError, UnicodeError):
        return None


def unresolved(name: str) -> Finding:
    return Finding(
        None, [name], reason=Unreachable.kind, message=f"{name}: the name can't be resolved. {Unreachable.remedy_text}"
    )
