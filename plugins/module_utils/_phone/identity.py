# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which phone answers: what the user expects, what checked certificates prove, and what the phone claims must agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._certificates import Certificate, read
from .errors import OtherPhone
from .mac import colons, digits
from .settings import Settings


class Identity:
    """The MAC address of one phone, as far as it is known. Where nothing is known, nothing contradicts."""

    def __init__(self, settings: Settings) -> None:
        self.checks_certificates = settings.use_ssl and settings.tls.checks_chain
        self._foreign_judge = settings.judge
        self._expected = settings.mac
        self._proved: str | None = None
        self._presented: tuple[bytes, str] | None = None

    @property
    def proved(self) -> str | None:
        """The MAC address in the certificate that TLS has checked: twelve digits."""
        return self._proved

    @property
    def presented(self) -> tuple[bytes, str] | None:
        """The certificate of the latest TLS connection, in DER, and that connection's version of TLS."""
        return self._presented

    @property
    def certificate(self) -> Certificate | None:
        """What was presented on the latest connection, checked or not; None where there was none over TLS."""
        return None if self._presented is None else read(*self._presented)

    def meet(self, secured: Any) -> None:
        """Note what a new TLS connection presents, and let it be judged. Raises a PhoneError if nothing may be sent."""
        self._presented = secured.getpeercert(binary_form=True), secured.version() or ""
        if self._foreign_judge is not None:
            self._foreign_judge(secured)
        elif self.checks_certificates:
            self.judge(secured)

    def judge(self, secured: Any) -> None:
        """Note whose certificate TLS has checked. Raises OtherPhone, before anything is sent, if it is another's."""
        subject = (secured.getpeercert() or {}).get("subject", ())
        proved = digits(dict(pair for part in subject for pair in part).get("commonName"))
        if proved is None:
            return
        known = self._proved or self._expected
        if known and known != proved:
            raise OtherPhone(f"its certificate belongs to the phone {colons(proved)}, not to {colons(known)}.")
        self._proved = proved

    def hear(self, device_info: Mapping[str, Any]) -> None:
        """Compare what the phone says of itself. Raises OtherPhone if it claims to be another."""
        claimed = digits(str(device_info.get("MACAddress") or ""))
        known = self._proved or self._expected
        if known and claimed and known != claimed:
            why = "its certificate belongs to" if self._proved else "the inventory expects"
            raise OtherPhone(f"it says that it is the phone {colons(claimed)}, but {why} {colons(known)}.")
