# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Collect the results of a run, one record per inventory host."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._phone.errors import NO_ANSWER
from ...module_utils._text import safe

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
DONE = {
    "vvx_firmware": "firmware updated",
    "vvx_restart": "restarted",
    "vvx_reset": "reset",
    "vvx_password": "password changed",
    "vvx_rotate": "next password set",
    "vvx_enrolled": "enrolled",
    "vvx_export": "backed up",
    "vvx_provision": "provisioning changed",
    "vvx_transfer_type": "transfer type changed",
}
"""What a change by this task has done to the phone."""
_PREPARED = "provisioning file written"
"""What vvx_enrolled says instead of a phone that has not appeared yet."""
DEVICE = {"model": "model", "firmware": "firmware", "mac": "mac", "address": "ipv4_address"}
"""Facts of a phone that are kept, by the names that they get."""
SETS_PARAMETERS = ("vvx_apply", "vvx_certificate", "vvx_config", "vvx_revert")
WALKED = ("vvx_apply", "vvx_certificate", "vvx_firmware", "vvx_revert", "vvx_rotate")
"""Tasks on the phones of a rollout."""
STATES = ("changed", "unchanged", "skipped", "failed", "unreachable", "not_begun")
_REFUSED_FOR_NAMES = "unknown_parameters"
"""The kind of error of a phone to which nothing was written, because it does not know all names."""
_LONGEST = 2_000
"""Characters of a message that are kept."""


@dataclass(frozen=True)
class Where:
    """Where a desired value comes from; what is not known is empty. ``line``: 0 if it is not known."""

    layer: str = ""
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.file and self.line else self.file
        return ", ".join(part for part in (self.layer, place) if part)


@dataclass(frozen=True)
class Change:
    """Of one parameter. ``before`` and ``after``: None for secrets."""

    before: str | None
    after: str | None
    where: Where = field(default_factory=Where)


@dataclass(frozen=True)
class Failure:
    """``kind``: as in the result's ``error``; "task" where Ansible itself failed. ``text``: what happened and what to
    do, without the phone's name. ``ignored``: the play went on."""

    kind: str
    text: str
    unreachable: bool = False
    ignored: bool = False


@dataclass
class Phone:
    """What happened to one inventory host.

    ``restart``: whether it needs one: no, unknown or yes. ``because``: the parameters that need it. ``done``: words of
    DONE. ``unknown``: parameters that it does not know and that were left out, each with similar names.
    ``skips``: why tasks left the phone alone. ``tasks``: how many there were; ``left_alone`` of them skipped.
    ``generation``: which password it has, next, before or unknown; empty where nobody has asked.
    ``not_begun``: why a rollout has ended before this phone; empty if it has not. ``device``: facts, see DEVICE.
    ``files``: path and size of what was backed up.
    """

    changed: bool = False
    changes: dict[str, Change] = field(default_factory=dict)
    secrets_written: dict[str, Where] = field(default_factory=dict)
    secrets_left: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    restart: str = "no"
    because: dict[str, str] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    skips: list[str] = field(default_factory=list)
    tasks: int = 0
    left_alone: int = 0
    not_begun: str = ""
    generation: str = ""
    state: str = ""
    device: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, int]] = field(default_factory=list)

    def verdict(self) -> str:
        """One of STATES, from the tasks alone."""
        counted = [failure for failure in self.failures if not failure.ignored]
        if counted:
            return "unreachable" if counted[-1].unreachable else "failed"
        if self.changed:
            return "changed"
        if self.not_begun:
            return "not_begun"
        return "skipped" if self.tasks and self.left_alone == self.tasks else "unchanged"


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
            text = _without_name(error["text"], (host,))
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
                phone.skips.append(_without_name(str(result["msg"]), (host,)))
            return
        if state in ("failed", "unreachable"):
            phone.failures.append(_failure(host, state, result, ignored))
        if result.get("changed"):
            phone.changed = True
            done = _done(name, state, result)
            if done is not None and done not in phone.done:
                phone.done.append(done)
        if state == "ok":
            _add_finds(phone, name, result)
        if name in ("vvx_restart", "vvx_reset") and state == "ok" and result.get("changed"):
            phone.restart, phone.because = "no", {}
        if "restart_required" in result:
            _add_changes(phone, result)


def _done(name: str, state: str, result: Mapping[str, Any]) -> str | None:
    """What a task that has changed something has done to the phone."""
    if result.get("outcome") == "prepared":
        return _PREPARED
    if name == "vvx_firmware" and state != "ok" and not result.get("installed"):
        return None  # It has restarted, and runs what it ran before.
    return DONE.get(name)


def _add_finds(phone: Phone, name: str, result: Mapping[str, Any]) -> None:
    """What vvx_facts and vvx_export have read."""
    if name == "vvx_facts":
        device = _mapping(_mapping(_mapping(result, "ansible_facts"), "vvx"), "device")
        phone.device |= {key: str(device[fact]) for key, fact in DEVICE.items() if device.get(fact)}
    if name == "vvx_export":
        files = result.get("files")
        phone.files += [
            (str(file["dest"]), int(file.get("size") or 0))
            for file in (files if isinstance(files, list) else [])
            if isinstance(file, Mapping) and file.get("dest")
        ]


def _add_changes(phone: Phone, result: Mapping[str, Any]) -> None:
    """What one of SETS_PARAMETERS did."""
    origins = _mapping(result, "origins")
    before, after = _mapping(result, "before"), _mapping(result, "after")
    for name, value in after.items():
        old = phone.changes[name].before if name in phone.changes else str(before.get(name, ""))
        phone.changes[name] = Change(old, str(value), _where(origins.get(name)))
    for name in _texts(result.get("secrets_written")):
        phone.secrets_written[name] = _where(origins.get(name))
        phone.secrets_left.pop(name, None)
    if result.get("rolled_back") and "rolled back" not in phone.done:
        phone.done.append("rolled back")
    reasons = _mapping(result, "secrets_reasons")
    for name in _texts(result.get("secrets_skipped")):
        phone.secrets_left[name] = str(reasons.get(name, ""))
    if _mapping(result, "error").get("kind") != _REFUSED_FOR_NAMES:
        phone.unknown |= {str(name): _texts(near) for name, near in _mapping(result, "unknown").items()}
    if result.get("restarted"):
        phone.restart, phone.because = "no", {}
        if "restarted" not in phone.done:
            phone.done.append("restarted")
    elif result["restart_required"] == "yes":
        phone.restart = "yes"
        phone.because |= {name: str(why) for name, why in _mapping(result, "restart_reasons").items()}
    elif result["restart_required"] == "unknown" and phone.restart == "no":
        phone.restart = "unknown"


def _failure(host: str, state: str, result: Mapping[str, Any], ignored: bool) -> Failure:
    error = _mapping(result, "error")
    names = {str(name) for name in (host, error.get("host")) if name}
    text = str(result.get("msg") or "the task failed without a word.")
    return Failure(
        str(error.get("kind") or "task"),
        _without_name(text, sorted(names, key=len, reverse=True)),
        state == "unreachable",
        ignored,
    )


def _without_name(text: str, names: Iterable[str]) -> str:
    """The text of a message without the phone's name before it."""
    text = safe(" ".join(text[:_LONGEST].split()))
    for name in names:
        text = text.removeprefix(f"{name}: ")
        text = re.sub(rf"(?<![\w.-]){re.escape(name)}(?![\w-])(?!\.\w)", "the phone", text)
    return text


def state_of(result: Mapping[str, Any]) -> str:
    """Of one round of a loop, or of a registered result. From ansible-core 2.21 on, callbacks do not see ``failed`` of
    rounds."""
    for state in ("unreachable", "skipped", "failed"):
        if result.get(state):
            return state
    return "failed" if result.get("error") else "ok"


def _where(origin: object) -> Where:
    if not isinstance(origin, Mapping):
        return Where()
    line = origin.get("line")
    return Where(
        str(origin.get("layer") or ""), str(origin.get("file") or ""), line if isinstance(line, int) and line else 0
    )


def _mapping(result: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = result.get(key)
    return value if isinstance(value, Mapping) else {}


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
