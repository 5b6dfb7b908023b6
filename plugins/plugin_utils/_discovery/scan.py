# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Probe every target once, and show the progress."""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections.abc import Callable
from typing import TextIO

from ...module_utils._phone import reachability
from ...module_utils._phone.bounds import UNRESOLVED
from ...module_utils._phone.errors import Unreachable
from .._threads import gather, sweep
from . import addresses
from .probe import Finding, NotAPhone, Probe
from .sources import Targets
from .tally import Tally

Watch = Callable[[int, int, int], None]
"""Called with the number of addresses probed, the number of all addresses, and the number of phones found."""


def scan(
    targets: Targets, probe: Probe, workers: int, keep_all: bool, watch: Watch, tally: Tally | None = None
) -> list[Finding]:
    """The findings in the order of the addresses, then the names that have no address.

    Names are resolved first, so that a phone that is listed by name and by address gets one login. An address where
    nothing was found is left out unless a phone is expected there, or ``keep_all`` is set and nothing else answers
    there. ``tally`` counts them all.
    """
    tally = Tally() if tally is None else tally
    named: dict[str, list[str]] = {}
    unresolved: list[Finding] = []
    for name, address in zip(targets.names, gather(targets.names, first_address, workers)):
        if address is None:
            error = Unreachable("the name can't be resolved.", remedy=UNRESOLVED)
            unresolved.append(Finding(None, [name]).failed(error))
            tally.note(unresolved[-1], kept=True)
        elif not addresses.contains(targets.excluded, address):
            named.setdefault(address, []).append(name)
    others = [address for address in named if not addresses.contains(targets.spans, address)]
    expected = {phone.address for phone in targets.expected}
    total = addresses.count(targets.spans) + len(others)
    found: dict[int, Finding] = {}
    phones = 0
    swept = sweep(
        itertools.chain(addresses.addresses(targets.spans), others),
        lambda address: probe.discover(address, named.get(address, ())),
        workers,
    )
    for done, (index, address, finding) in enumerate(swept, 1):
        phones += finding.is_phone
        keep = finding.is_phone or finding.names or address in expected
        keep = keep or (keep_all and finding.reason != NotAPhone.kind)
        tally.note(finding, kept=bool(keep), place=index)
        if keep:
            found[index] = finding
        watch(done, total, phones)
    return [found[index] for index in sorted(found)] + unresolved


def first_address(name: str) -> str | None:
    """The first address of a name; None if it has none."""
    try:
        return reachability.resolve(name)[0]
    except OSError:
        return None


_UNATTENDED = ("AWX_HOST", "AWX_ISOLATED_DATA_DIR", "CI")
"""Variables of environments in which a terminal is only a log: AWX sets the first in jobs, the second in inventory
updates as well."""


class Progress:
    """One line on a terminal, updated now and then, erased at the end. Silent elsewhere, in quick scans, and where
    nobody is watching: AWX gives its containers a terminal, and keeps all that is written to it."""

    PATIENCE = 2.0
    INTERVAL = 0.5

    def __init__(self, title: str, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._title = title
        self._stream = stream or sys.stderr
        self._clock = clock
        self._started = clock()
        watched = self._stream.isatty() and not any(map(os.environ.get, _UNATTENDED))
        self._due = self._started + self.PATIENCE if watched else float("inf")
        self._width = 0

    def __call__(self, done: int, total: int, phones: int) -> None:
        now = self._clock()
        if now < self._due:
            return
        self._due = now + self.INTERVAL
        left = (now - self._started) * (total - done) / done
        self._write(f"{self._title}: {done} of {total} addresses, {phones} phones, {_duration(left)} left")

    def close(self) -> None:
        """Erase the line."""
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
