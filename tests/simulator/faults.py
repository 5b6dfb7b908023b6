# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults that a test injects into a phone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "latency", "drop", "drop_after", "hang", "http", "status", "restart", "offline",
    "html", "truncated", "bad_utf8", "oversized", "empty", "list", "wrong_types", "odd_items", "drip",
    "ignore_set", "unregistered",
    "never_back", "never_down", "back_default_password", "back_rest_off", "back_other_mac", "back_unregistered",
]  # fmt: skip

#: One of these per request, in the order in which they were injected.
REPLY_KINDS: frozenset[str] = frozenset({
    "drop", "drop_after", "hang", "http", "status", "restart", "offline",
    "html", "truncated", "bad_utf8", "oversized", "empty", "list", "wrong_types", "odd_items", "drip",
})  # fmt: skip
#: These wait for the phone's next restart.
COMEBACK_KINDS: frozenset[str] = frozenset({
    "never_back", "never_down", "back_default_password", "back_rest_off", "back_other_mac", "back_unregistered",
})  # fmt: skip


@dataclass(slots=True)
class Fault:
    """One fault. README.md has the table of kinds and of the options each takes."""

    kind: Kind
    #: How often it strikes; 0 is for ever.
    times: int = 1
    #: How many matching requests pass unharmed first.
    after: int = 0
    #: Only requests whose path ends so, in any letter case.
    path: str = ""
    #: latency, drip (between two pieces), hang (at most), offline (until it is back; 0: for ever).
    seconds: float = 0.0
    #: http: the HTTP status. status: the API's own.
    status: str = ""
    #: restart: whether the request is carried out and answered before. offline: whether it is carried out.
    processed: bool = False
    #: ignore_set: the parameters.
    names: list[str] = field(default_factory=list)
    #: unregistered, back_unregistered: the lines; none for all.
    lines: list[int] = field(default_factory=list)
    #: unregistered: only lines with one of these SIP servers; none for any.
    servers: list[str] = field(default_factory=list)
    #: back_other_mac.
    mac: str = ""


class Faults:
    """The faults that still wait for their moment at one phone."""

    __slots__ = ("waiting",)

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        if fault.kind == "http":
            fault.status = fault.status or "403"
        if fault.kind == "status":
            fault.status = fault.status or "5000"
        self.waiting.append(fault)

    def clear(self) -> None:
        self.waiting.clear()

    def take(self, kinds: frozenset[str], path: str = "") -> Fault | None:
        """The first fault of these kinds that strikes now; it counts as having struck."""
        for fault in self.waiting:
            if fault.kind not in kinds or not path.lower().endswith(fault.path.lower()):
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            if fault.times == 1:
                self.waiting.remove(fault)
            elif fault.times > 1:
                fault.times -= 1
            return fault
        return None

    def standing(self, kind: Kind) -> list[Fault]:
        """The faults of a kind that lasts until it is cleared."""
        return [fault for fault in self.waiting if fault.kind == kind]
