# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door for one phone of a walk in waves, which ``walk`` has prepared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ...module_utils._phone.errors import SettingsError
from .._rollout import journal
from .._rollout.run import Job, Run
from .phone import PhoneDoor


class WalkedDoor(PhoneDoor):
    """Base of the task on a phone. A subclass defines ``wished``. Without a walk of one of its ``kinds`` in the run,
    the task does its work as any other, unless it is ``required``: then it says ``unprepared``. ``left_out``: why it
    skips a phone that the walk does not have."""

    kinds: ClassVar[tuple[str, ...]]
    required: ClassVar[bool] = False
    unprepared: ClassVar[tuple[str, str]] = ("nothing was prepared for the phones.", "")
    left_out: ClassVar[str] = "the rollout does not change the phone, or an earlier run has done so"

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        host = str(self._inventory_hostname)
        self._run = Run()
        job = self._run.of(host)
        self._job = job if job is not None and job.kind in type(self).kinds else None
        if self._job is None:
            if self._run.kind() in type(self).kinds and self._run.is_prepared():
                return _skipped(host, type(self).left_out)
            return super().work(task_vars)
        if (reason := self._run.stopped()) is not None:
            return _skipped(host, f"{reason}; nothing was sent") | {"not_begun": reason}
        try:
            outcome = super().work(task_vars)
        except Exception as error:
            self._end(self._job, journal.FAILED, str(error))
            raise
        lines = outcome.get("lines_before") or ()
        self._end(self._job, self.ended(outcome), str(outcome.get("msg") or ""), lines)
        return {**outcome, "wave": self._job.wave}

    def prepared(self, params: dict[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        if self._job is None:
            if type(self).required or self._run.kind() in type(self).kinds:
                message, remedy = type(self).unprepared
                raise SettingsError(message, remedy=remedy)
            return super().prepared(params, task_vars)
        asked = self.wished(self._job, params, task_vars)
        if "busy_timeout" in asked and (left := self._run.seconds_left()) is not None:
            asked["busy_timeout"] = min(asked["busy_timeout"], round(left, 1))
        if not self._task.check_mode:
            self._run.note(self._job.host, journal.BEGUN, lines=self.lines_of(self._job))
        return asked

    def wished(self, job: Job, params: dict[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """The options of the operation for this phone. ``params``: of the task. Nothing has been sent yet. May raise
        PhoneError."""
        raise NotImplementedError

    def lines_of(self, job: Job) -> Sequence[int]:
        """The lines that the phone has before anything is done, if its job knows them already: so that they are not
        forgotten if the controller dies."""
        return ()

    def ended(self, outcome: Mapping[str, Any]) -> str:
        """The end of a phone, for the journal, from the result of its task."""
        error = outcome.get("error")
        if error and error["kind"] == "stale":
            return journal.STALE
        if error or outcome.get("failed") or outcome.get("unreachable"):
            undone = outcome.get("rolled_back") and not outcome["changed"]
            return journal.ROLLED_BACK if undone else journal.FAILED
        if outcome.get("skipped"):
            return journal.SKIPPED
        return journal.DONE if outcome["changed"] else journal.UNCHANGED

    def _end(self, job: Job, state: str, text: str, lines: Sequence[int] = ()) -> None:
        """Write down what became of the phone, which counts for its wave. ``lines``: registered before."""
        if state in (journal.FAILED, journal.STALE, journal.ROLLED_BACK):
            self._run.count_failure(job.wave)
        if self._task.check_mode:
            return
        try:
            self._run.note(job.host, state, text, () if state in journal.FINISHED else lines)
        except SettingsError as error:  # the next run looks at the phone again, as at one that was begun
            self._display.warning(str(error))


def _skipped(host: str, reason: str) -> dict[str, Any]:
    return {"changed": False, "skipped": True, "msg": f"{host}: {reason}."}
