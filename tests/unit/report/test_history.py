# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file with the history of a report: bounded, in order, and nothing in it is lost in silence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import history
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.history import COUNTS, Line
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import MANAGED
from hypothesis import given
from hypothesis import strategies as st

_HOSTS = st.sampled_from(["a", "b", "köln-1", "x\u2028y"])
_CELLS = st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=5) | st.lists(st.text(max_size=3), max_size=2)
_EVENTS = st.one_of(
    st.tuples(_HOSTS, st.sampled_from(["appeared", "disappeared"]), st.none(), st.none(), st.none()),
    st.tuples(_HOSTS, st.sampled_from(["broken", "repaired"]), st.just("drifting"), st.none(), st.none()),
    st.tuples(_HOSTS, st.just("changed"), st.just("firmware"), _CELLS, _CELLS),
).map(list)
_RUNS = st.lists(st.tuples(st.booleans(), st.lists(_EVENTS, max_size=3)), max_size=30)


def at(minute: int) -> str:
    return f"2026-11-{1 + minute // 1440:02}T{minute // 60 % 24:02}:{minute % 60:02}:00Z"


def line(minute: int, events: list[Any] | None = None, limited: bool = False) -> Line:
    counts = dict.fromkeys(COUNTS, 3)
    return {"time": at(minute), "limited": limited, **counts, "events": events or [], "left_out": 0}


def broken(host: str = "a") -> list[Any]:
    return [host, "broken", "drifting", None, None]


def after(lines: list[Line], runs: int = 400) -> list[Line]:
    found: list[Line] = []
    for each in lines:
        found = history.added(found, each, runs)
    return found


@pytest.mark.parametrize(
    ("report", "beside"),
    [
        ("/r/phones.json", "/r/phones.history.jsonl"),
        ("/r/phones.JSON", "/r/phones.history.jsonl"),
        ("/r.d/phones", "/r.d/phones.history.jsonl"),
        ("/r/phones.txt", "/r/phones.txt.history.jsonl"),
    ],
)
def test_it_stands_beside_the_report(report: str, beside: str) -> None:
    assert history.beside(report) == beside


def test_a_line_counts_and_tells_what_has_happened() -> None:
    rows = [{"cells": {"behind": behind}} for behind in (False, False, True, None)]
    summary = {
        "phones": 4,
        "status": {MANAGED: 3, "busy": 1},
        "registration": {"all": 2, "unknown": 2},
        "drifting": 1,
        "attention": 2,
    }
    changes = {
        "appeared": ["b"],
        "disappeared": ["c"],
        "changed": [
            {"host": "a", "column": "registered", "before": [1, 2], "after": [2, 2]},
            {"host": "a", "column": "problems", "before": ["line 2 is not registered"], "after": []},
            {"host": "a", "column": "firmware", "before": "x" * 201, "after": None},
            {"host": "a", "column": "lines", "before": ["x" * 150, "y" * 150], "after": ["x"]},
        ],
        "broken": [{"host": "a", "cause": "drifting"}],
        "repaired": [{"host": "a", "cause": "unregistered"}],
    }
    made = history.line(at(0), True, {"summary": summary, "rows": rows}, changes)
    assert [made[name] for name in ("time", "limited", *COUNTS, "left_out")] == [at(0), True, 4, 3, 2, 1, 2, 2, 0]
    assert made["events"] == [
        ["b", "appeared", None, None, None],
        ["c", "disappeared", None, None, None],
        ["a", "broken", "drifting", None, None],
        ["a", "repaired", "unregistered", None, None],
        ["a", "changed", "registered", [1, 2], [2, 2]],
        ["a", "changed", "firmware", f"{'x' * 197}...", None],
        ["a", "changed", "lines", f"{'x' * 150} | {'y' * 44}...", ["x"]],
    ]
    assert history.checked([made]) == [made]
    many = {"appeared": [f"phone-{number}" for number in range(history.MOST + 5)]}
    bounded = history.line(at(0), False, {"summary": summary, "rows": rows}, many)
    assert len(bounded["events"]) == history.MOST and bounded["left_out"] == 5
    assert history.line(at(0), False, {"summary": summary, "rows": rows}, None)["events"] == []


@given(_RUNS, st.integers(1, 4))
def test_it_is_bounded_and_in_order_and_the_last_run_is_last(
    runs: list[tuple[bool, list[list[Any]]]], most: int
) -> None:
    lines = [line(minute, events, limited) for minute, (limited, events) in enumerate(runs)]
    found: list[Line] = []
    for each in lines:
        shown = history.in_report(found)
        found = history.added(found, each, most)
        assert found[-1] == each
        if not each["events"]:
            assert history.in_report(found) == shown, "the report stays the same"
    times = [each["time"] for each in found]
    assert times == sorted(times) and len(found) <= 3 * most + 2
    with_events = [each for each in lines if each["events"]]
    assert [each for each in found if each["events"]] == with_events[-most:]
    assert history.parsed(history.dumped(found)) == (found, [])


def test_of_runs_without_changes_the_last_is_kept() -> None:
    found = after([line(0), line(1), line(2, [broken()]), line(3), line(4, limited=True), line(5), line(6)])
    assert [(each["time"], each["limited"]) for each in found] == [
        (at(1), False),
        (at(2), False),
        (at(4), True),
        (at(6), False),
    ]


def test_older_lines_lose_their_events_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_IN_FILE", 5)
    found = after([line(minute, [broken(host) for host in "abc"]) for minute in range(4)])
    assert [(len(each["events"]), each["left_out"]) for each in found] == [(0, 3), (0, 3), (2, 1), (3, 0)]
    assert [each["time"] for each in history.in_report(found)] == [at(0), at(1), at(2), at(3)]


def test_the_report_has_the_newest_of_it() -> None:
    found = after([line(minute, [broken(f"phone-{minute}")] * 30) for minute in range(150)])
    shown = history.in_report(found)
    assert len(shown) == history.RUNS_SHOWN and shown[-1] == found[-1]
    assert sum(len(each["events"]) for each in shown) == history.EVENTS_SHOWN
    assert sum(len(each["events"]) + each["left_out"] for each in shown) == 30 * history.RUNS_SHOWN


@pytest.mark.parametrize(
    ("lines", "time"),
    [
        ([], at(5)),
        ([line(9)], at(9)),
        ([line(5, [broken()]), line(9)], at(9)),
        ([line(5, [broken()]), line(9, limited=True)], at(9)),
        ([line(5, [broken()]), line(7, [broken()]), line(9)], at(5)),
        ([line(3, [broken()])], at(5)),
    ],
)
def test_when_a_report_was_last_true(lines: list[Line], time: str) -> None:
    assert history.last_run(lines, at(5)) == time


_DAMAGED: dict[str, Any] = {
    "torn": b'{"time": "2026',
    "no-json": b"phones",
    "no-text": b"\xff\xfe",
    "deep": b"[" * 100_000,
    "nan": json.dumps({**line(1), "phones": float("nan")}).encode(),
    "list": [1],
    "no-time": {**line(1), "time": "yesterday"},
    "other-digits": {**line(1), "time": "２０26-11-01T00:00:00Z"},
    "no-count": {name: value for name, value in line(1).items() if name != "phones"},
    "minus": {**line(1), "drifting": -1},
    "truth": {**line(1), "drifting": True},
    "endless": {**line(1), "phones": 10**400},
    "no-event": line(1, ["a"]),
    "kind": line(1, [["a", "exploded", None, None, None]]),
    "kinds": line(1, [["a", ["broken"], "drifting", None, None]]),
    "host": line(1, [[1, "appeared", None, None, None]]),
    "cell": line(1, [["a", "changed", "model", {}, None]]),
    "what": line(1, [["a", "changed", None, "", ""]]),
}


@pytest.mark.parametrize("damage", _DAMAGED)
def test_damaged_lines_are_skipped_and_named(damage: str) -> None:
    text = _DAMAGED[damage] if isinstance(_DAMAGED[damage], bytes) else json.dumps(_DAMAGED[damage]).encode()
    content = history.dumped([line(0)]) + b"\n" + text + b"\r\n" + history.dumped([line(2)])
    assert history.parsed(content) == ([line(0), line(2)], [3])


@given(st.binary(max_size=200))
def test_anything_can_be_read(content: bytes) -> None:
    lines, damaged = history.parsed(content)
    assert lines == [] and len(damaged) <= content.count(b"\n") + 1


def test_what_a_file_can_hold_is_written() -> None:
    cut = line(0, [["a", "changed", "lines", ["\ud83d"], None]])
    lines, damaged = history.parsed(json.dumps({**cut, "more": 1}).encode())
    assert damaged == [] and json.loads(history.dumped(lines))["events"][0][3] == ["?"] and "more" not in lines[0]
