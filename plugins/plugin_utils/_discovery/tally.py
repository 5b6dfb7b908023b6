# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a scan saw, counted, as one line: nothing that was found is passed over in silence."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterator, Mapping
from operator import itemgetter

from ...module_utils._phone.errors import (
    AuthenticationFailed,
    Busy,
    ConnectionLost,
    DefaultPassword,
    NotTried,
    OtherPhone,
    PhoneTimeout,
    ProtocolError,
    RestDisabled,
    TlsFailed,
    Unreachable,
)
from .._console.words import count, some
from .probe import Finding, NoPassword, NotAPhone

READ, CLOSED, UNRESOLVED, SILENT = "read", "closed", "unresolved", "silent"
_WORDS = {
    AuthenticationFailed.kind: "refused the password",
    NotTried.kind: "not tried (the password was refused)",
    NoPassword.kind: "without a password (nothing was sent: see passwords)",
    DefaultPassword.kind: "with the factory password",
    RestDisabled.kind: "with the REST API off",
    Busy.kind: "busy",
    TlsFailed.kind: "with a certificate that is not trusted (nothing was sent: see ca_path, verify_hostname)",
    NotAPhone.kind: "with another certificate (nothing was sent: see ca_path, mac_prefixes)",
    OtherPhone.kind: "with a MAC address that is not theirs",
    PhoneTimeout.kind: "too slow (see timeout)",
    ConnectionLost.kind: "broke the connection",
    ProtocolError.kind: "answered like no phone",
    CLOSED: "refused the connection (see port)",
    UNRESOLVED: "without an address in DNS",
    SILENT: "silent",
}
"""In the order of the line. Any other kind of error is named by itself, before those that are silent."""
_MOST_EXAMPLES = 10


class Tally:
    """How many addresses had each outcome, and examples of those at which no phone is known to be.

    ``counts``: by outcome: ``read``, ``closed``, ``unresolved``, ``silent``, or the kind of an error. The examples are
    the first ones in the order of the search, so that the same network is told in the same words whichever answered
    first.
    """

    def __init__(self, counts: Mapping[str, int] | None = None) -> None:
        self.counts: Counter[str] = Counter(counts or {})
        self._missed: Counter[str] = Counter()
        self._examples: dict[str, list[tuple[int, Finding]]] = {}

    def note(self, finding: Finding, kept: bool, place: int = 0) -> None:
        """Count it. ``kept``: whether others will tell more of it. ``place``: in the order of the search."""
        outcome = outcome_of(finding)
        self.counts[outcome] += 1
        if kept:
            return
        self._missed[outcome] += 1
        examples = self._examples.setdefault(outcome, [])
        bisect.insort(examples, (place, finding), key=itemgetter(0))
        del examples[_MOST_EXAMPLES:]

    def __str__(self) -> str:
        """``294 addresses: 39 phones, 2 refused the password, 253 silent``."""
        total = sum(self.counts.values())
        if not total:
            return "no address was searched (see addresses)"
        order = [outcome for outcome in _WORDS if outcome != SILENT]
        order += [*sorted(self.counts.keys() - _WORDS.keys() - {READ}), SILENT]
        parts = [count(self.counts[READ], "phone")]
        parts += [
            f"{self.counts[outcome]} {_WORDS.get(outcome, f'with the error {outcome}')}"
            for outcome in order
            if self.counts[outcome]
        ]
        return f"{count(total, 'address', 'addresses')}: {', '.join(parts)}"

    def explain(self) -> str:
        """Why nothing was found: for each outcome one address and what happened there. Most addresses of a network are
        unused, so what is rare says most and comes first."""
        return " ".join(
            f"{count} {finding.reason}, as {finding.label}: {finding.message}"
            for outcome, count in sorted(self._missed.items(), key=lambda item: (item[1], item[0]))
            for _place, finding in self._examples[outcome][:1]
        )

    def details(self) -> Iterator[str]:
        """Where the addresses are at which something answered that is not known to be a phone, and what it said."""
        for outcome, examples in sorted(self._examples.items()):
            if outcome != SILENT:
                left = self._missed[outcome] - len(examples)
                labels = some(finding.label for _place, finding in examples) + (f" and {left} more" if left else "")
                yield f"{labels}: {examples[0][1].message}"


def outcome_of(finding: Finding) -> str:
    """What was found, as one word."""
    if finding.reason is None:
        return READ
    if finding.reason != Unreachable.kind:
        return finding.reason
    return UNRESOLVED if finding.address is None else CLOSED if finding.closed else SILENT
