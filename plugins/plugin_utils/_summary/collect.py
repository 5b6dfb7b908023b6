# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Collect the results of a run, one record per inventory host."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ...module_utils._phone.errors import NO_ANSWER
from ...module_utils._text import safe
from .phones import Failure, Phone
from .results import DONE, SETS_PARAMETERS, add_changes, add_finds, done_by, failure_of, state_of, without_name

COLLECTION = "polycom.vvx."
STATISTIC = "vvx_summary"
"""The custom statistic, and in AWX the artifact, that a run hands over."""
NOT_ABOUT_ONE_PHONE = {
    *("vvx_audit", "vvx_config_validate", "vvx_deliver", "vvx_enroll", "vvx_guard", "vvx_list"),
    *("vvx_plan", "vvx_report"),
    *("vvx_rotate_rollout", "vvx_find_passwords", "vvx_restore", "vvx_rollback", "vvx_rollout"),
    *("vvx_summary", "vvx_survey", "vvx_validate", "vvx_verdict", "vvx_wave"),
    "vvx_certificate_rollout",
    "vvx_firmware_rollout",
    "vvx_import",
}
"""Tasks that run once for all phones or ask none, and print what they found themselves."""
WALKED = ("vvx_apply", "vvx_certificate", "vvx_firmware", "vvx_revert", "vvx_rotate")
"""Tasks on the phones of a rollout."""


class Collector:
    """The results of a run. Knows nothing of Ansible: callback and action hand over plain values."""

    def __init__(self) -> None:
        self.phones: dict[str, Phone] = {}
        self.notes: list[str] = []
        self.check_mode = False
        self.changes_wanted = False
        self.rollout = ""
        self.modules: set[str] = set()
        self._applied: set[str] = set()
        self._lost: set[str] = set()

    def add_note(self, text: str) -> None:
        """A line that the summary shows as it is. Only the main process may add one."""
        if text not in self.notes:
            self.notes.append(safe(text))

    def add(
        self,
        host: str,
        action: str,
        state: str,
        result: Mapping[str, Any],
        *,
        ignored: bool = False,
        check_mode: bool = False,
    ) -> None:
        """The result of a task of this collection; those of others are left out.

        ``action``: its full name. ``state``: ok, failed, unreachable or skipped. ``ignored``: the play went on after
        the failure.
        """
        name = action.removeprefix(COLLECTION)
        if name == action or name in NOT_ABOUT_ONE_PHONE:
            return
        self.modules.add(name)
        self.check_mode |= check_mode
        self.changes_wanted |= name in DONE or name in SETS_PARAMETERS
        phone = self.phones.setdefault(host, Phone())
        rounds = result.get("results")
        if isinstance(rounds, list):
            for each in rounds:
                if isinstance(each, Mapping):
                    self._add_one(phone, host, name, state_of(each), each, ignored)
        else:
            self._add_one(phone, host, name, state, result, ignored)

    def settle(
        self,
        settled: Mapping[str, Mapping[str, str]],
        skipped: Mapping[str, Mapping[str, list[str]]] | None = None,
        *,
        check_mode: bool = False,
    ) -> None:
        """Phones that a survey has found as desired, with the secrets that were left alone, and why. ``skipped``: the
        parameters that some of them do not know, each with similar names."""
        self.check_mode |= check_mode
        self.changes_wanted = True
        for host, secrets_left in settled.items():
            phone = self.phones.setdefault(host, Phone())
            phone.tasks += 1
            phone.secrets_left |= secrets_left
            phone.unknown |= (skipped or {}).get(host, {})

    def look(self, settled: Iterable[str], lost: Mapping[str, Mapping[str, str]], *, check_mode: bool = False) -> None:
        """Phones that a rollout has looked at, and that are in none of its waves: those that have all already, and
        those that could not be read, each with ``kind`` and ``text`` of the error."""
        self.settle({host: {} for host in settled}, check_mode=check_mode)
        for host, error in lost.items():
            phone = self.phones.setdefault(host, Phone())
            phone.tasks += 1
            text = without_name(error["text"], (host,))
            phone.failures.append(Failure(error["kind"], text, error["kind"] in NO_ANSWER))
            self._lost.add(host)

    def rotate(self, settled: Iterable[str], lost: Iterable[str], hosts: Iterable[str]) -> None:
        """What the preparation of a rotation has found: phones that have the next password, those of which it could
        not find out, and those that have the one before and are to get it."""
        for generation, found in (("next", settled), ("unknown", lost), ("before", hosts)):
            for host in found:
                self.phones.setdefault(host, Phone()).generation = generation

    def leave_out(self, hosts: Iterable[str], reason: str, kind: str = "apply") -> None:
        """A rollout has ended. ``hosts``: all that it was to change; ``reason``: why some of them had no task.
        ``kind``: of the job."""
        self.rollout, self.changes_wanted = kind, True
        for host in hosts:
            if host not in self._applied:
                self.phones.setdefault(host, Phone()).not_begun = reason

    def finish(self, failed: Collection[str], unreachable: Collection[str]) -> None:
        """Give each phone its state. ``failed``, ``unreachable``: the hosts that Ansible counts as such, which leaves
        out failures that a play rescued."""
        for host, phone in self.phones.items():
            phone.failures = [
                failure
                if host in failed or host in unreachable or host in self._lost
                else Failure(failure.kind, failure.text, failure.unreachable, ignored=True)
                for failure in phone.failures
            ]
            if host in unreachable:
                phone.state = "unreachable"
            elif host in failed:
                phone.state = "failed"
            else:
                phone.state = phone.verdict()

    def _add_one(
        self, phone: Phone, host: str, name: str, state: str, result: Mapping[str, Any], ignored: bool
    ) -> None:
        phone.tasks += 1
        phone.generation = str(result.get("generation") or phone.generation)
        if name in WALKED:
            self._applied.add(host)
            phone.not_begun = str(result.get("not_begun") or "")
        if state == "skipped" and phone.not_begun:
            phone.left_alone += 1
            return
        if state == "skipped":
            phone.left_alone += 1
            if result.get("msg"):
                phone.skips.append(without_name(str(result["msg"]), (host,)))
            return
        if state in ("failed", "unreachable"):
            phone.failures.append(failure_of(host, state, result, ignored))
        if result.get("changed"):
            phone.changed = True
            done = done_by(name, state, result)
            if done is not None and done not in phone.done:
                phone.done.append(done)
        if state == "ok":
            add_finds(phone, name, result)
        if name in ("vvx_restart", "vvx_reset") and state == "ok" and result.get("changed"):
            phone.restart, phone.because = "no", {}
        if "restart_required" in result:
            add_changes(phone, result)
