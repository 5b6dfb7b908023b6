# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Look through everything that a plan names, each address once, and tell whoever watches how far it is."""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable
from typing import TextIO

from .._threads import gather, sweep
from . import addresses
from .probe import Finding, NotAPhone, Probe, resolve, unresolved
from .sources import Plan

Watch = Callable[[int, int, int], None]
"""Is told how many addresses have been looked at, how many there are, and how many phones have been found."""


def scan(plan: Plan, probe: Probe, workers: int, keep_all: bool, watch: Watch) -> list[Finding]:
    """What was found, in the order of the addresses; then the names that lead nowhere.

    Names are resolved first, so that a phone that has an address and a name in the plan gets one login and not two. Where nothing was found,
    nothing is kept, unless the plan expects a phone there, or ``keep_all`` and nothing else answers there.
    """
    named: dict[str, list[str]] = {}
    nowhere: list[Finding] = []
    for name, address in zip(plan.names, gather(plan.names, resolve, workers)):
        if address is None:
            nowhere.append(unresolved(name))
        elif not addresses.contains(plan.excluded, address):
            named.setdefault(address, []).append(name)
    others = [address for address in named if not addresses.contains(plan.spans, address)]
    expected = {phone.address for phone in plan.expected}
    total = addresses.count(plan.spans) + len(others)
    found: dict[int, Finding] = {}
    phones = 0
    targets = itertools.chain(addresses.addresses(plan.spans), others)
    swept = sweep(targets, lambda address: probe.discover(address, named.get(address, ())), workers)
    for done, (index, address, finding) in enumerate(swept, 1):
        phones += finding.is_phone
        if finding.is_phone or finding.names or address in expected or (keep_all and finding.reason != NotAPhone.kind):
            found[index] = finding
        watch(done, total, phones)
    return [found[index] for index in sorted(found)] + nowhere


class Progress:
    """One line on a terminal, written anew now and then, and wiped away in the end. Nothing if it is no terminal, or if it does not take long."""

    PATIENCE = 2.0
    INTERVAL = 0.5

    def __init__(self, title: str, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._title = title
        self._stream = stream or sys.stderr
        self._clock = clock
        self._started = clock()
        self._due = self._started + self.PATIENCE if self._stream.isatty() else float("inf")
        self._width = 0

    def __call__(self, done: int, total: int, phones: int) -> None:
        now = self._clock()
        if now < self._due:
            return
        self._due = now + self.INTERVAL
        left = (now - self._started) * (total - done) / done
        self._write(f"{self._title}: {done} of {total} addresses, {phones} phones, {_duration(left)} left")

    def close(self) -> None:
        if self._width:
            self._write("")
            self._stream.write("\r")
            self._stream.flush()

    def _write(self, text: str) -> None:
        self._stream.write(f"\r{text:<{self._width}}")
        self._stream.flush()
        self._width = len(text)


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
