# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write a plan to a phone, read it back, restart the phone, and roll back where that fails."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .._parameters import packing
from .._parameters.listing import listed
from .._parameters.table import ADMIN_PASSWORD, restart_mode, restart_required
from .._phone.api import Phone, Setting
from .._phone.errors import (
    AuthenticationFailed,
    ConnectionLost,
    DefaultPassword,
    InCall,
    InvalidParameters,
    NotApplied,
    NotReady,
    NotRegistered,
    PhoneError,
    PhoneTimeout,
    RestDisabled,
    Unreachable,
)
from .._phone.settings import ADMIN_ACCOUNT
from . import config_report, config_restart
from .config_plan import Plan, Verdict, WriteOptions, read_settings
from .interruption import may_interrupt
from .reboot import BootMark, boot_mark
from .waiting import AWAY, until_answered

_WENT_AWAY = (Unreachable, ConnectionLost, PhoneTimeout, RestDisabled)


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
        busy = may_interrupt(phone, options.when_busy, options.busy_timeout, check_mode=True)
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
        self.before: BootMark | None = None

    def carry_out(self, batches: Sequence[packing.Batch]) -> Verdict:
        options = self.options
        before = self.before = self.look() if options.restart or options.wait_for_lines else None
        progress = self.write(batches, self.plan.wanted)
        if progress.error is None and not options.verify and not options.restart:
            names = list(self.plan.wanted)
            verdict = Verdict(self.plan.wanted, progress.sent, applied=names, sent=names)
        else:
            verdict = self.read_back(progress)
        written = verdict.error is None
        if written and before is not None and options.restart:
            verdict = self.restart(verdict, progress, before)
        if verdict.error is None and before is not None and options.wait_for_lines:
            awaited = replace(before, lines=before.lines | options.lines)
            self.settle(verdict, awaited, self.plan.wanted)
        undo = not written or isinstance(verdict.error, (NotApplied, NotRegistered, NotReady))
        if verdict.error is not None and options.rollback_on_failure:
            if undo:
                self.roll_back(verdict, verdict.error)
            if verdict.rolled_back is None and (verdict.after or verdict.unconfirmed) and self.gone(verdict.error):
                verdict.error.say_more("The previous values could not be written back.")
        if before is not None and options.wait_for_lines:
            verdict.was = before
            if verdict.became is None:
                with contextlib.suppress(PhoneError), self.phone.without_retries():
                    verdict.became = boot_mark(self.phone, with_lines=True)
        return verdict

    @staticmethod
    def gone(error: PhoneError) -> bool:
        """Whether the phone no longer takes requests, as far as the error tells."""
        return isinstance(error, (*AWAY, AuthenticationFailed, DefaultPassword))

    def look(self) -> BootMark:
        """The phone before the write."""
        try:
            return boot_mark(self.phone, self.options.wait_for_lines)
        except PhoneError as error:
            error.say_more("Nothing was written.")
            raise

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
        try:
            busy = config_restart.restart(
                self.phone, before, restart_mode([*verdict.after, *self.options.owed]), self.options
            )
        except PhoneError as error:
            verdict.error, verdict.restarted = error, isinstance(error, NotReady)
            return verdict
        if busy is not None:
            verdict.warnings.append(_not_restarted(busy))
            return verdict
        again = self.read_back(progress)
        again.warnings, again.restarted = verdict.warnings, True
        return again

    def settle(self, verdict: Verdict, before: BootMark, written: Mapping[str, str]) -> None:
        """Wait for the lines; put the phone as it is then, or the error, into the verdict."""
        try:
            verdict.became = config_restart.settled(self.phone, before, written, verdict.restarted, self.options)
        except PhoneError as error:
            verdict.error = error

    def roll_back(self, verdict: Verdict, failure: PhoneError) -> None:
        """Write back the previous values as far as they are known, and correct the verdict accordingly."""
        plan = self.plan
        wanted = {name: plan.before[name].value for name in verdict.after if not plan.known.is_secret(name)}
        if verdict.after and not wanted:
            failure.say_more("A secret can't be written back: its previous value is not known.")
        if verdict.unconfirmed or not wanted:
            return
        restarted: BootMark | None = None
        with contextlib.suppress(PhoneError):
            restarted = boot_mark(self.phone) if verdict.restarted else None
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
        elif undone:
            self.recover(verdict, failure, restarted, {name: wanted[name] for name in undone})

    def recover(
        self, verdict: Verdict, failure: PhoneError, restarted: BootMark | None, undone: Mapping[str, str]
    ) -> None:
        """After a rollback: restart the phone again, if the change had ``restarted`` it and nobody uses it, and wait
        for its lines."""
        calmly = replace(self.options, when_busy="wait" if self.options.when_busy == "wait" else "skip")
        busy: str | None = None
        try:
            if restarted is not None and restart_required(undone) != "no":
                busy = config_restart.restart(self.phone, restarted, restart_mode(undone), calmly)
            if busy is None and self.options.wait_for_lines and self.before is not None:
                verdict.became = config_restart.settled(
                    self.phone, self.before, undone, restarted is not None, self.options
                )
                if isinstance(failure, NotRegistered):
                    failure.say_more("With these, its lines are registered again.")
        except InCall:
            busy = "in a call"
        except PhoneError as error:
            failure.say_more(f"After that, {error.message}")
        if busy is not None:
            verdict.restarted, verdict.pending = False, list(undone)
            failure.say_more(f"The phone is {busy} and needs another restart for that.")


def _not_restarted(busy: str) -> str:
    return f"the phone is {busy}; it was not restarted and still needs a restart."
