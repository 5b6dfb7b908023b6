# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What vvx_survey makes of the phones that it has looked at, and what the task of a phone takes from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._operations import config
from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._phone.errors import NO_ANSWER, PhoneError
from ...module_utils._phone.settings import Settings
from ...module_utils._steps import config_report
from ...module_utils._steps.result import Result, as_dict
from ...module_utils._steps.survey import Survey
from .._console.words import count
from .._surveyed import Found, Surveyed, is_lost

NO_SURVEY = "the phones can't be looked at beforehand, so each gets a task of its own"
MOST_WARNINGS = 50

SPEC = ArgumentSpec(
    {
        "update_secrets": config.SPEC.argument_spec["update_secrets"],
        "unknown_parameters": {"type": "str", "choices": ["fail", "skip"], "default": "fail"},
    }
)
_SAID = {
    "settled": "as desired",
    "differing": "to change",
    "remembering": "with secrets to remember",
    "failed": "failed",
    "unreachable": "unreachable",
}
"""The counts of the result, and how the message says them."""


class Tally:
    """Adds up what a survey finds. ``pattern``, ``hosts``: of the play, in its order. ``lost``: phones that can't be
    asked."""

    def __init__(self, pattern: list[str], hosts: Sequence[str]) -> None:
        self._pattern, self._hosts = pattern, hosts
        self._settled: dict[str, dict[str, str]] = {}
        self._skipped: dict[str, dict[str, list[str]]] = {}
        self._counts = dict.fromkeys(_SAID, 0)
        self._warnings: dict[str, None] = {}
        self._doomed = False
        self.lost: dict[str, tuple[Settings, PhoneError]] = {}

    def add(self, host: str, settings: Settings | None, options: Mapping[str, Any], survey: Survey) -> None:
        """``options``: of the task, as they are for this host."""
        self._counts[_outcome(survey)] += 1
        if survey.settled and survey.error is None:
            self._settled[host] = dict(survey.secrets_left)
            self._warnings |= dict.fromkeys(survey.warnings)
            if survey.unknown:
                self._skipped[host] = survey.unknown
                self._warnings[config_report.unknown_skipped(survey.unknown, survey.origins)] = None
            return
        fails = bool(survey.unknown) and options["unknown_parameters"] == "fail"
        self._doomed |= fails or survey.error is not None
        if settings is not None and survey.error is not None and is_lost(survey.error):
            self.lost[host] = settings, survey.error

    def found(self) -> Found:
        settled = {host: self._settled[host] for host in self._hosts if host in self._settled}
        others = [host for host in self._hosts if host not in settled and host not in self.lost]
        lost = [host for host in self._hosts if host in self.lost]
        return Found(self._pattern, others, lost, settled, self._skipped, self._doomed)

    def result(self) -> dict[str, Any]:
        parts = [f"{number} {_SAID[name]}" for name, number in self._counts.items() if number]
        return {
            "changed": False,
            "surveyed": True,
            "msg": f"{count(len(self._hosts), 'phone')}: {', '.join(parts) or 'none'}",
            "phones": len(self._hosts),
            "counts": dict(self._counts),
        }

    @property
    def warnings(self) -> list[str]:
        """What the tasks of the phones that get none would have said."""
        return list(self._warnings)[:MOST_WARNINGS]


def _outcome(survey: Survey) -> str:
    """A key of _SAID."""
    if survey.error is not None:
        return "unreachable" if survey.error.kind in NO_ANSWER else "failed"
    if survey.settled:
        return "settled"
    return "differing" if survey.changes or survey.unknown else "remembering"


def already_lost(params: Mapping[str, Any], settings: Settings, host: str) -> dict[str, Any] | None:
    """The result of a task on a phone that the survey could not ask; None if the phone is to be asked."""
    error = Surveyed().error_of(host, settings) if params.get("surveyed") else None
    return None if error is None else as_dict(Result(error=error, host=settings.host, requests=0))
