# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The next report of a fleet: what was read from phones now, what the report before knows, and what lies between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from . import history, report
from .carried import carried, still_rebooted
from .changes import changes
from .columns import AS_OF, Column
from .earlier import Earlier, kept
from .history import Line


@dataclass(frozen=True)
class Run:
    """``time``: of the run. ``others``: hosts that it has not looked at, as it was limited. ``timestamp``: whether the
    report shall have the time of the run, and not that of the last change. ``runs``: how many runs with changes the
    history keeps; 0 for no history. ``untried``: hosts whose login was not tried, as phones have just refused it."""

    time: str
    others: Collection[str] = ()
    timestamp: bool = False
    runs: int = report.RUNS
    untried: Collection[str] = ()


class Made(NamedTuple):
    """``report``: to be written. ``told``: the same with what is new in this run alone. ``lines``: the history with
    this run."""

    report: dict[str, Any]
    told: dict[str, Any]
    lines: list[Line]


def make(
    title: str,
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[Column],
    run: Run,
    earlier: Earlier | None = None,
    compared: Mapping[str, Any] | None = None,
    lines: Sequence[Line] = (),
) -> Made:
    """``rows``: of the phones that were looked at, in any order. ``earlier``: the report before. ``compared``: another
    one, to tell the changes since. ``lines``: the history so far.

    If nothing has changed, the report tells the last changes again: the same data gives the same bytes.
    """
    found = carried(rows, columns, earlier, run.time, run.untried)
    if earlier is None:
        news, since, previous = None, None, None
    else:
        found = report.ordered([*found, *kept(earlier, run.others, columns)])
        news = since = changes(earlier.report, found, columns, run.others)
        previous = earlier.report["time"]
        if not any(news.values()):
            found = still_rebooted(found, earlier)
            since, previous = earlier.report["changes"], earlier.report["previous"]
    if compared is not None:
        since, previous = changes(compared, found, columns, run.others), compared["time"]
    made = report.build(title, found, columns, time=run.time, previous=previous, changes=since)
    if earlier is not None and not run.timestamp and _same_data(made, earlier.report):
        made["time"] = earlier.report["time"]
    if run.runs:
        lines = history.added(lines, history.line(run.time, bool(run.others), made, news), run.runs)
        made["history"] = history.in_report(lines)
    told = made
    if news is not None and compared is None and not any(news.values()):
        told = {**made, "changes": news, "causes": [{**cause, "new": 0} for cause in made["causes"]]}
    return Made(made, told, list(lines))


def _same_data(report: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Apart from which rows were looked at."""
    return _data(report) == _data(other)


def _data(report: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
    columns = [column for column in report["columns"] if column["name"] != AS_OF.name]
    rows = [
        {**row, "cells": {name: cell for name, cell in row["cells"].items() if name != AS_OF.name}}
        for row in report["rows"]
    ]
    return columns, rows
