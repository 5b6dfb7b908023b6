# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The history of a report: a file beside its JSON with a line for each run, oldest first, in the order of the runs.

A line is a JSON object: ``time`` of the run, whether it was ``limited`` to some phones, the COUNTS, and the ``events``:
``[host, kind, what, before, after]`` each, with a kind of KINDS. ``left_out`` counts the events that had no room.

Of runs without events in a row only the last is kept, and the last that was limited: the lines between say nothing
more, and a fleet that is looked at each hour would push out what has happened to it. The last line of all says when
phones were last read.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...module_utils._files import FileError
from ...module_utils._files import read as read_file
from ...module_utils._phone.errors import SettingsError
from .._console.words import some
from .reading import MANAGED
from .values import is_time, shown, writable

COUNTS = ("phones", "reachable", "registered", "drifting", "on_target", "attention")
"""How many phones there are, could be read, have all lines registered, differ from the inventory, have their target
firmware, and need attention."""
KINDS = ("appeared", "disappeared", "broken", "repaired", "changed")

_LARGEST = 100_000_000
"""Bytes of a file: several times what MOST_IN_FILE events need."""
MOST = 2_000
"""Events of a line: a whole fleet may change at once, and one line must not become the file."""
MOST_IN_FILE = 20_000
"""Events of all lines: some megabytes. Older lines lose theirs first, and keep their counts."""
RUNS_SHOWN, EVENTS_SHOWN = 100, 2_000
"""In the report itself: a trend of a quarter of daily reports, in at most some hundred kilobytes of the page."""
_MOST_COUNTED = 1_000_000_000
"""Phones or events, which no run has."""
_LONGEST = 200
"""Characters of a cell before or after a change."""
_DERIVED = ("problems", "reason")
"""Columns that tell in words what the others and the causes say: no events."""

Line = dict[str, Any]


def beside(path: str) -> str:
    """The history of the JSON report with this path: phones.json -> phones.history.jsonl."""
    stem, suffix = os.path.splitext(path)
    return f"{stem if suffix.lower() == '.json' else path}.history.jsonl"


def line(time: str, limited: bool, report: Mapping[str, Any], changes: Mapping[str, Any] | None) -> Line:
    """The line of a run. ``changes``: since the run before; None if there was none."""
    summary = report["summary"]
    counts = {
        "phones": summary["phones"],
        "reachable": summary["status"].get(MANAGED, 0),
        "registered": summary["registration"].get("all", 0),
        "drifting": summary["drifting"],
        "on_target": sum(row["cells"]["behind"] is False for row in report["rows"]),
        "attention": summary["attention"],
    }
    events = _events(changes or {})
    made: Line = {"time": time, "limited": limited, **counts, "events": events[:MOST]}
    made["left_out"] = len(events) - len(made["events"])
    return dict(writable(made))


def _events(changes: Mapping[str, Any]) -> list[list[Any]]:
    """Those that matter most first: a line keeps the first ones."""
    events: list[list[Any]] = [[host, kind, None, None, None] for kind in KINDS[:2] for host in changes.get(kind, ())]
    events += [[each["host"], kind, each["cause"], None, None] for kind in KINDS[2:4] for each in changes.get(kind, ())]
    return events + [
        [each["host"], "changed", each["column"], _cut(each["before"]), _cut(each["after"])]
        for each in changes.get("changed", ())
        if each["column"] not in _DERIVED
    ]


def _cut(cell: Any) -> Any:
    if len(json.dumps(cell)) <= _LONGEST:
        return cell
    text = shown(cell)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def added(lines: Sequence[Line], new: Line, runs: int) -> list[Line]:
    """The lines with that of one more run. ``runs``: how many with events to keep."""
    found: list[Line] = []
    quiet: set[bool] = set()
    left = runs
    for each in (new, *reversed(lines)):
        if has_events(each):
            quiet = set()
            left -= 1
            if left < 0:
                break
        elif each["limited"] in quiet:
            continue
        else:
            quiet.add(each["limited"])
        found.append(each)
    return _thinned(found[::-1], MOST_IN_FILE)


def has_events(line: Line) -> bool:
    return bool(line["events"] or line["left_out"])


def in_report(lines: Sequence[Line]) -> list[Line]:
    """What the report itself shows: the newest lines with events. A run without any changes nothing of it."""
    return _thinned([each for each in lines if has_events(each)][-RUNS_SHOWN:], EVENTS_SHOWN)


def _thinned(lines: Sequence[Line], most: int) -> list[Line]:
    """With so many events in all lines; older ones lose theirs first."""
    found = []
    for each in reversed(lines):
        events = each["events"][:most]
        most -= len(events)
        found.append({**each, "events": events, "left_out": each["left_out"] + len(each["events"]) - len(events)})
    return found[::-1]


def last_run(lines: Sequence[Line], time: str) -> str:
    """When a report with this ``time`` was last found to be true: by the last run, unless something has happened since,
    so that it is an older report."""
    if not lines or any(each["time"] > time for each in lines if has_events(each)):
        return time
    return max(time, str(lines[-1]["time"]))


def dumped(lines: Iterable[Line]) -> bytes:
    """The file."""
    text = "".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n" for each in lines)
    return text.encode("utf-8")


def read(path: str) -> tuple[list[Line] | None, list[str]]:
    """The lines of a file, None if there is no file, and what to warn of. Raises SettingsError for what is not a
    history: it would be lost."""
    remedy = "Set history to another file, or move this one away."
    try:
        content = read_file(path, _LARGEST)
    except FileError as error:
        raise SettingsError(f"history: {error}.", remedy=remedy) from error
    if content is None:
        return None, []
    lines, damaged = parsed(content)
    if damaged and not lines:
        raise SettingsError(f"history: {path} is not a history of this collection's reports.", remedy=remedy)
    if not damaged:
        return lines, []
    which = f"{'line' if len(damaged) == 1 else 'lines'} {some(map(str, damaged))}"
    warning = f"{path}: {which} can't be read as a run, and {'is' if len(damaged) == 1 else 'are'} left out."
    return lines, [warning]


def parsed(content: bytes) -> tuple[list[Line], list[int]]:
    """The lines of a file, and the numbers of those that are damaged."""
    lines: list[Line] = []
    damaged: list[int] = []
    for number, text in enumerate(content.split(b"\n"), 1):
        if not text.strip():
            continue
        try:
            lines += checked([json.loads(text.decode("utf-8"), parse_constant=_no_number)])
        except (ValueError, RecursionError):
            damaged.append(number)
    return lines, damaged


def _no_number(name: str) -> float:
    raise ValueError(name)


def checked(lines: Any) -> list[Line]:
    """JSON as lines, without keys that they don't have. Raises ValueError for anything else."""
    if not isinstance(lines, list) or not all(map(_is_line, lines)):
        raise ValueError("no lines of a history")
    keys = ("time", "limited", *COUNTS, "events", "left_out")
    return [writable({key: each[key] for key in keys}) for each in lines]


def _is_line(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and is_time(value.get("time"))
        and isinstance(value.get("limited"), bool)
        and all(_is_count(value.get(name)) for name in (*COUNTS, "left_out"))
        and isinstance(value.get("events"), list)
        and all(map(_is_event, value["events"]))
    )


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_COUNTED


def _is_event(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 5:
        return False
    host, kind, what, *cells = value
    return (
        isinstance(host, str)
        and kind in KINDS
        and (what is None) == (kind in KINDS[:2])
        and isinstance(what, (str, type(None)))
        and all(map(_is_cell, cells))
    )


def _is_cell(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(part, (str, int)) for part in value)
    return value is None or isinstance(value, (str, bool, int)) or (isinstance(value, float) and math.isfinite(value))
