# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Set parameters of a phone: read, compare, write only what differs, read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._parameters import packing
from .._parameters.origins import as_plain
from .._parameters.suggestions import closest
from .._parameters.table import NOT_OVER_REST, restart_required
from .._phone.api import Phone, Setting
from .._phone.errors import InCall, PhoneError, SettingsError, UnknownParameters
from .._steps import backup, config_report, config_write, desired, secrets
from .._steps.backup import BACKUP
from .._steps.config_expected import Expected, as_result, deviations, follow, read_expected, stale
from .._steps.config_plan import Plan, Verdict, WriteOptions, compare, read_settings
from .._steps.config_restart import removed_lines
from .._steps.desired import DESIRED, ORIGINS
from .._steps.interruption import WHEN_BUSY, Patience, in_use, permission
from .._steps.result import Result
from .._steps.secrets import MEMORY, Memory, Told

SPEC = ArgumentSpec(
    {
        **DESIRED.argument_spec,
        "sensitive": {"type": "list", "elements": "str", "no_log": False},
        "update_secrets": {
            "type": "str",
            "choices": ["always", "on_create", "never"],
            "default": "on_create",
            "no_log": False,
        },
        ORIGINS: {"type": "dict"},
        **MEMORY.argument_spec,
        "remembered": {"type": "dict", "no_log": False},
        "surveyed": {"type": "bool", "default": False},
        "warn": {"type": "bool", "default": True},
        "verify": {"type": "bool", "default": True},
        "restart": {"type": "str", "choices": ["never", "if_required", "always"], "default": "never"},
        "when_busy": WHEN_BUSY,
        "busy_timeout": {"type": "float", "default": 600.0},
        "check_busy": {"type": "str", "choices": ["before_restart", "before_write"], "default": "before_restart"},
        "unknown_parameters": {"type": "str", "choices": ["fail", "skip"], "default": "fail"},
        "expected": {"type": "dict"},
        "resume": {"type": "bool", "default": False},
        "rollback_on_failure": {"type": "bool", "default": False},
        "wait_timeout": {"type": "float", "default": 300.0},
        "wait_for_lines": {"type": "bool", "default": False},
        "lines_delay": {"type": "float", "default": 5.0},
        "lines": {"type": "list", "elements": "int", "default": []},
        **BACKUP.argument_spec,
    }
)
_MOST_LINES = 1_000
"""More than any phone has."""


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool, memory: Memory | None = None) -> Result:
    """A phone that already has n parameters as desired gets exactly ceil(n / 20) requests; one more if it hides
    secrets and its MAC address is not known. Raises a PhoneError only while nothing has been written; later errors
    stand in the result.

    ``memory``: the controller's. Where there is none, ``remembered`` has what the controller has told of it.
    """
    if not all(1 <= line <= _MOST_LINES for line in params["lines"]):
        raise SettingsError(f"lines must be numbers from 1 to {_MOST_LINES}.", remedy="Correct lines.")
    wish = desired.read(params, keep=not check_mode)
    task = _Task(phone, params, wish, read_expected(params["expected"], wish.values), check_mode)
    result = task.run(memory or Told(params["remembered"]))
    if params["warn"]:
        result.notices = wish.warnings + result.notices
    return result


@dataclass(frozen=True)
class _Read:
    """A phone, compared. ``unknown``: names that it does not know, each with similar ones."""

    current: Mapping[str, Setting]
    unknown: Mapping[str, list[str]]
    plan: Plan
    evidence: secrets.Evidence


@dataclass(frozen=True)
class _Task:
    phone: Phone
    params: Mapping[str, Any]
    wish: desired.Desired
    planned: Mapping[str, Expected] | None
    check_mode: bool

    def run(self, memory: Memory) -> Result:
        patience = Patience(self.params["when_busy"], self.params["busy_timeout"])
        early = self.params["check_busy"] == "before_write" and patience.when_busy != "proceed"
        while True:
            read = self.read(memory)
            refused = self.refused(read)
            if refused is not None:
                return refused
            activity = in_use(self.phone) if early and (read.plan.wanted or self.restarts(read)) else None
            if activity is None:
                return self.change(read)
            busy = self.awaited(activity, patience)
            if busy is not None:
                result = self.nothing(read, None)
                result.skip = f"the phone is {busy}; nothing was written."
                return result
            if self.check_mode:
                return self.change(read)
            # That took time: what was read may be outdated.

    def read(self, memory: Memory) -> _Read:
        """Read the phone, and compare it."""
        wish, update = self.wish, self.params["update_secrets"]
        current = read_settings(self.phone, list(wish.values))
        unknown = {name: closest(name, current) for name in wish.values if name not in current}
        if unknown and self.params["unknown_parameters"] == "fail":
            return _Read(current, unknown, Plan(origins=wish.origins), secrets.Evidence())
        known = {name: text for name, text in wish.values.items() if name in current}
        hidden = {name: text for name, text in known.items() if wish.knowledge.is_secret(name)}
        evidence = secrets.gather(self.phone, hidden, current, update, memory)
        plan = compare(known, current, update, wish.knowledge, evidence)
        plan.origins = wish.origins
        if self.planned is not None:
            follow(plan, known, current, self.planned, self.params["resume"])
        _refuse_unwritable(plan)
        return _Read(current, unknown, plan, evidence)

    def refused(self, read: _Read) -> Result | None:
        """The result if nothing may be written."""
        if read.unknown and self.params["unknown_parameters"] == "fail":
            return self.nothing(read, config_report.unknown(read.unknown, self.wish.origins))
        if self.planned is None:
            return None
        found = deviations(read.plan, read.current, self.planned, self.params["resume"])
        if not found:
            return None
        result = self.nothing(read, stale(found, self.wish.knowledge))
        result.values["stale"] = as_result(found)
        return result

    def awaited(self, activity: str, patience: Patience) -> str | None:
        """``permission`` before anything is written."""
        try:
            return permission(self.phone, activity, patience, self.check_mode)
        except InCall as error:
            error.say_more("Nothing was written.")
            raise

    def nothing(self, read: _Read, error: PhoneError | None) -> Result:
        """The result of a phone to which nothing was written, although it differs."""
        result = config_report.outcome(self.phone.host, Plan(origins=self.wish.origins), Verdict(error=error))
        self.add_unknown(result, read)
        return result

    def add_unknown(self, result: Result, read: _Read) -> None:
        if not read.unknown:
            return
        result.values["unknown"] = dict(read.unknown)
        result.values["origins"] |= as_plain(self.wish.origins, sorted(read.unknown))
        if self.params["unknown_parameters"] == "skip":
            result.notices.append(config_report.unknown_skipped(read.unknown, self.wish.origins))

    def owed(self, read: _Read) -> list[str]:
        """Parameters of the plan that are as desired already, and for which an earlier task, which was cut off, may not
        have restarted the phone."""
        if not self.params["resume"]:
            return []
        return sorted(name for name in self.planned or () if name not in read.plan.wanted)

    def lines(self) -> frozenset[int]:
        """Lines to look at, whatever is written."""
        if not self.params["wait_for_lines"]:
            return frozenset()
        return frozenset(self.params["lines"]) - removed_lines(self.wish.values)

    def restarts(self, read: _Read) -> bool:
        """Whether the phone is to be restarted."""
        names = [*read.plan.wanted, *self.owed(read)]
        when = self.params["restart"]
        return bool(names) and (when == "always" or (when == "if_required" and restart_required(names) == "yes"))

    def change(self, read: _Read) -> Result:
        """Write, or predict in check mode."""
        plan, params = read.plan, self.params
        batches, owed = packing.pack(plan.wanted), self.owed(read)
        options = WriteOptions(
            params["verify"],
            self.restarts(read),
            params["when_busy"],
            params["rollback_on_failure"],
            params["wait_timeout"],
            params["busy_timeout"],
            params["wait_for_lines"],
            params["lines_delay"],
            self.lines(),
            owed,
        )
        writes = bool(batches or options.restart)
        predicts = self.check_mode if writes else not options.lines
        kept = (
            backup.take(self.phone, params, plan.wanted) if params["backup"] and writes and not predicts else Result()
        )
        act = config_write.predict if predicts else config_write.carry_out
        verdict = act(self.phone, plan, batches, options)
        if options.restart and not verdict.restarted:
            verdict.pending = [*verdict.pending, *owed]
        result = config_report.outcome(self.phone.host, plan, verdict)
        result.values |= kept.values
        result.contents, result.warnings = kept.contents, kept.warnings + result.warnings
        result.notices = secrets.notices(plan.judgements, read.evidence, verdict.after, self.check_mode)
        self.add_unknown(result, read)
        result.warnings += secrets.doubts(plan.judgements, verdict.written())
        if not self.check_mode:
            result.memo = secrets.memo(plan.judgements, read.current, read.evidence, verdict.written())
        return result


def _refuse_unwritable(plan: Plan) -> None:
    refused = sorted(NOT_OVER_REST & set(plan.wanted))
    if refused:
        raise UnknownParameters(
            f"{', '.join(refused)} can't be set over REST; nothing was written.",
            remedy="Set it from the provisioning server or in the phone's web interface, and leave it out here.",
        )
