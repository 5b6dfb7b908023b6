# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write a plan to a phone, read it back, restart the phone, and roll back where that fails."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .._parameters import packing
from .._parameters.listing import listed
from .._parameters.table import ADMIN_PASSWORD, restart_mode
from .._phone.api import Phone, Setting
from .._phone.errors import (
    AuthenticationFailed,
    ConnectionLost,
    DefaultPassword,
    InvalidParameters,
    NotApplied,
    PhoneError,
    PhoneTimeout,
    RestDisabled,
    Unreachable,
)
from .._phone.settings import ADMIN_ACCOUNT
from .._phone.shapes import device as device_shapes
from . import config_report
from .config_plan import Plan, Verdict, read_settings
from .interruption import may_interrupt
from .reboot import BootMark, WaitLimits, boot_mark, send_order, until_restarted
from .waiting import AWAY, pauses, until_answered

_WENT_AWAY = (Unreachable, ConnectionLost, PhoneTimeout, RestDisabled)


@dataclass(frozen=True)
class WriteOptions:
    """``verify``: fail if a value did not take effect. ``restart``: restart the phone afterwards. ``when_busy``: as
    the option of this name. ``timeout``: seconds for each wait."""

    verify: bool
    restart: bool
    when_busy: str
    rollback_on_failure: bool
    timeout: float


@dataclass
class Progress:
    """``touched``: names in requests that were sent. ``accepted``: names in requests that succeeded. ``lost``: the
    phone went away and did not come back. ``sent``: number of requests."""

    lost: bool = False
    touched: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    sent: int = 0
    error: PhoneError | None = None


def predict(phone: Phone, plan: Plan, batches: Sequence[packing.Batch], options: WriteOptions) -> Verdict:
    """What ``carry_out`` would do, for check mode; includes whether a call would prevent the restart."""
    verdict = Verdict(plan.wanted, len(batches), restarted=options.restart)
    if not options.restart:
        return verdict
    try:
        busy = may_interrupt(phone, options.when_busy, options.timeout, check_mode=True)
    except PhoneError as error:
        verdict.restarted, verdict.error = False, error
        return verdict
    if busy is not None:
        verdict.restarted = False
        verdict.warnings.append(_not_restarted(busy))
    return verdict


def carry_out(phone: Phone, plan: Plan, batches: Sequence[packing.Batch], options: WriteOptions) -> Verdict:
    """Write the batches and verify them. Errors stand in the verdict; only a phone that can't be reached before the
    first write raises."""
    return _Change(phone, plan, options).carry_out(batches)


class _Change:
    """One plan on its way to one phone."""

    def __init__(self, phone: Phone, plan: Plan, options: WriteOptions) -> None:
        self.phone = phone
        self.plan = plan
        self.options = options

    def carry_out(self, batches: Sequence[packing.Batch]) -> Verdict:
        before = boot_mark(self.phone) if self.options.restart else None
        progress = self.write(batches, self.plan.wanted)
        if progress.error is None and not self.options.verify and before is None:
            names = list(self.plan.wanted)
            return Verdict(self.plan.wanted, progress.sent, applied=names, sent=names)
        verdict = self.read_back(progress)
        written = verdict.error is None
        if written and before is not None:
            verdict = self.restart(verdict, progress, before)
        undo = not written or isinstance(verdict.error, NotApplied)
        if verdict.error is not None and self.options.rollback_on_failure and undo:
            self.roll_back(verdict, verdict.error)
        return verdict

    def write(self, batches: Sequence[packing.Batch], wanted: Mapping[str, str]) -> Progress:
        """Send the batches in order; stop at the first that fails."""
        progress = Progress()
        for batch in batches:
            names = [name for name in batch.values if name in wanted]
            progress.touched += names
            progress.sent += 1
            try:
                self.write_batch(batch.values, names, wanted, progress)
            except PhoneError as error:
                if isinstance(error, InvalidParameters):
                    error.say_more(f"The request was to set {listed(names)}.")
                progress.error = error
                break
            progress.accepted += names
            if self.changes_login(names):
                self.phone.use_login(wanted[ADMIN_PASSWORD])
        return progress

    def write_batch(
        self, batch: Mapping[str, str], names: Sequence[str], wanted: Mapping[str, str], progress: Progress
    ) -> None:
        """One config/set. If the phone goes away meanwhile (many changes restart it), wait for it, and send the batch
        once more unless all of it arrived."""
        try:
            self.phone.config_set(batch)
        except _WENT_AWAY:
            progress.lost = True
            proved: list[str] = []
            try:
                current = self.settings(names)
            except AuthenticationFailed:
                if not self.changes_login(names):
                    raise
                self.phone.use_login(wanted[ADMIN_PASSWORD])
                current = self.settings(names)
                proved = [ADMIN_PASSWORD]
            progress.lost = False
            if not all(
                self.plan.took(name, wanted[name], current.get(name), unreadable=name in proved) for name in names
            ):
                self.phone.config_set(batch)

    def changes_login(self, names: Sequence[str]) -> bool:
        return ADMIN_PASSWORD in names and self.phone.username == ADMIN_ACCOUNT

    def settings(self, names: Sequence[str]) -> dict[str, Setting]:
        return until_answered(self.phone, lambda: read_settings(self.phone, names), self.options.timeout)

    def read_back(self, progress: Progress) -> Verdict:
        """Read back what was written, and sort it into applied and failed."""
        plan, verdict = self.plan, Verdict(batches=progress.sent, sent=progress.touched, error=progress.error)
        try:
            if progress.error is not None and (
                progress.lost or isinstance(progress.error, (AuthenticationFailed, DefaultPassword))
            ):
                raise progress.error
            current = self.settings_after(progress)
        except PhoneError as error:
            verdict.error = progress.error or error
            verdict.unconfirmed = progress.touched
            verdict.failed = [name for name in plan.wanted if name not in progress.touched]
            return verdict
        verdict.sources = {name: current[name].source for name in progress.touched if name in current}
        # A secret that can't be read back counts as written when the phone accepted its request.
        verdict.applied = [
            name
            for name in progress.touched
            if plan.took(name, plan.wanted[name], current.get(name), unreadable=name in progress.accepted)
        ]
        verdict.failed = [name for name in plan.wanted if name not in verdict.applied]
        changed = [
            name
            for name in progress.touched
            if name in current and (name in verdict.applied or current[name] != plan.before[name])
        ]
        verdict.after = {name: current[name].value for name in changed}
        if verdict.error is None and verdict.failed and self.options.verify:
            verdict.error = config_report.not_taken(plan, current, verdict.failed)
        return verdict

    def settings_after(self, progress: Progress) -> dict[str, Setting]:
        """What the phone has now of what was sent. If it has answered to a new login with an error and now refuses the
        old one, the new one is tried: the phone may have taken it."""
        try:
            return self.settings(progress.touched)
        except AuthenticationFailed:
            if not self.changes_login(progress.touched) or ADMIN_PASSWORD in progress.accepted:
                raise
            self.phone.use_login(self.plan.wanted[ADMIN_PASSWORD])
            current = self.settings(progress.touched)
            progress.accepted.append(ADMIN_PASSWORD)
            return current

    def restart(self, verdict: Verdict, progress: Progress, before: BootMark) -> Verdict:
        """Restart the phone, unless it has restarted by itself since the write, and read back again."""
        phone, timeout = self.phone, self.options.timeout
        deadline = time.monotonic() + timeout
        mode = restart_mode(verdict.after)
        waits = pauses()
        try:
            while not self.has_booted(before, deadline - time.monotonic()):
                try:
                    busy = may_interrupt(phone, self.options.when_busy, timeout, check_mode=False)
                    if busy is not None:
                        verdict.warnings.append(_not_restarted(busy))
                        return verdict
                    fresh = boot_mark(phone)
                except AWAY:
                    # It is going down by itself: look again.
                    if time.monotonic() >= deadline:
                        raise
                    phone.sleep(next(waits))
                    continue
                answered = send_order(phone, lambda: phone.restart(mode))
                until_restarted(phone, fresh, WaitLimits(timeout, absence_is_enough=answered and mode == "restart"))
                break
        except PhoneError as error:
            verdict.error = error
            return verdict
        again = self.read_back(progress)
        again.warnings, again.restarted = verdict.warnings, True
        return again

    def has_booted(self, before: BootMark, timeout: float) -> bool:
        """Whether the phone has restarted by itself since. Waits until it answers."""

        def ask() -> bool:
            asked = time.monotonic()
            return before.proves_boot(device_shapes.device(self.phone.device_info()), asked)

        return until_answered(self.phone, ask, timeout)

    def roll_back(self, verdict: Verdict, failure: PhoneError) -> None:
        """Write back the previous values as far as they are known, and correct the verdict accordingly."""
        plan = self.plan
        wanted = {name: plan.before[name].value for name in verdict.after if not plan.known.is_secret(name)}
        if verdict.unconfirmed or not wanted:
            return
        progress = self.write(packing.pack(wanted), wanted)
        verdict.batches += progress.sent
        current: dict[str, Setting] = {}
        try:
            current = self.settings(list(wanted))
        except PhoneError as error:
            progress.error = progress.error or error
        undone = [name for name in wanted if plan.took(name, wanted[name], current.get(name), unreadable=False)]
        verdict.rolled_back = undone
        verdict.after = {name: value for name, value in verdict.after.items() if name not in undone}
        verdict.failed = [name for name in plan.wanted if name in verdict.failed or name in undone]
        verdict.applied = [name for name in verdict.applied if name not in undone]
        left = f", except for {', '.join(sorted(verdict.after))}" if verdict.after else ""
        failure.say_more(f"The previous values were written back{left}.")
        if progress.error is not None:
            failure.say_more(f"The rollback failed: {progress.error.message}")


def _not_restarted(busy: str) -> str:
    return f"the phone is {busy}; it was not restarted and still needs a restart."
