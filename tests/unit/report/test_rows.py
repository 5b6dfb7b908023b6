# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows, summary and changes of the report: pure data."""

from __future__ import annotations

import random
from typing import Any

import jmespath
import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.report import build, registration
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import Wishes, cell, is_behind, natural, row
from hypothesis import given
from hypothesis import strategies as st

OUTCOME: dict[str, Any] = {
    "info": {
        "device": {"model": "VVX 411", "firmware": "5.9.3.1111", "mac": "00:04:f2:aa:bb:cc", "ready_to_use": True},
        "lines": [
            {"line": 1, "label": "Desk", "user": "1001", "registered": True},
            {"line": 2, "user": "1002", "registered": False},
        ],
    },
    "compared": 3,
    "drift": [{"parameter": "reg.1.label", "wanted": "Reception", "has": "Desk", "source": "web"}],
    "unknown": {},
}


def test_a_phone_with_this_and_that() -> None:
    made = row(
        "berlin",
        "192.0.2.11",
        OUTCOME,
        Wishes({"VVX 411": "5.9.5.0614"}, [("codec", jmespath.compile("device.ready_to_use"))]),
    )
    assert made["cells"] == {
        "host": "berlin", "address": "192.0.2.11", "status": "ok", "reason": None, "model": "VVX 411", "firmware": "5.9.3.1111", "target": "5.9.5.0614",
        "behind": True, "mac": "00:04:f2:aa:bb:cc", "lines": ["Desk", "1002"], "registered": "1/2", "drift": 1,
        "problems": ["line 2 is not registered", "firmware is behind 5.9.5.0614", "parameters differ"], "codec": True,
    }  # fmt: skip
    assert made["detail"]["drift"] == OUTCOME["drift"]
    assert made["detail"]["lines"][1] == {"line": 2, "label": None, "user": "1002", "registered": False}


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("unreachable", "unreachable"), ("timeout", "unreachable"), ("connection_lost", "unreachable"), ("authentication_failed", "unauthorised"),
        ("default_password", "default_password"), ("rest_disabled", "rest_off"), ("tls", "tls"), ("busy", "busy"), ("settings", "settings"),
        ("protocol", "error"), ("phone_failed", "error"),
    ],
)  # fmt: skip
def test_a_phone_that_could_not_be_looked_at(kind: str, status: str) -> None:
    error = {"kind": kind, "message": "192.0.2.11: so it is.", "remedy": "Do this."}
    made = row("berlin", "192.0.2.11", {"error": error}, Wishes({"default": "5.9"}))
    assert (made["cells"]["status"], made["cells"]["reason"], made["detail"]["remedy"]) == (
        status,
        "so it is.",
        "Do this.",
    )
    assert all(
        made["cells"][name] is None
        for name in ("model", "firmware", "target", "behind", "mac", "lines", "registered", "drift")
    )
    assert made["cells"]["problems"] == [status.replace("_", " ")]


@pytest.mark.parametrize(
    ("firmware", "target", "behind"),
    [
        ("5.9.3.1111", "5.9.3.1111", False),
        ("5.9.9.1", "5.9.10.1", True),
        ("6.0.0.1", "5.9.9.9", False),
        ("5.9.3.1111", "5.9.3", False),
        ("5.8", "5.9.3", True),
    ],
)
def test_versions_are_compared_by_their_parts(firmware: str, target: str, behind: bool) -> None:
    assert is_behind(firmware, target) is behind


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, None), (3, 3), (1.5, 1.5), (True, True), ("x", "x"), ([], []), ([1, None, True], ["1", "", "yes"]), ({"a": 1, "b": [2, 3]}, "a: 1, b: 2, 3"),
        ([{"a": False}], ["a: no"]),
    ],
)  # fmt: skip
def test_whatever_a_query_finds_fits_into_a_cell(value: Any, shown: Any) -> None:
    assert cell(value) == shown


@given(st.lists(st.text(max_size=12), unique=True))
def test_hosts_have_one_order(names: list[str]) -> None:
    ordered = sorted(names, key=natural)
    shuffled = list(names)
    random.Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=natural) == ordered


def test_columns_that_do_not_fit_and_texts_that_no_file_can_hold() -> None:
    expressions = [
        ("bad", jmespath.compile("length(device.nope)")),
        ("huge", jmespath.compile("to_number(lines[0].label)")),
    ]
    outcome = {**OUTCOME, "info": {**OUTCOME["info"], "lines": [{"line": 1, "label": "1e999", "user": "x\ud83d"}]}}
    made = row("a", "a", outcome, Wishes(columns=expressions))
    assert (made["cells"]["bad"], made["cells"]["huge"], made["detail"]["lines"][0]["user"]) == (None, "inf", "x?")
    assert made["cells"]["registered"] is None, "nothing was told of registrations"


def test_numbers_in_names_count_as_numbers() -> None:
    assert sorted(["p10", "p2", "P1", "a"], key=natural) == ["a", "P1", "p2", "p10"]


@pytest.mark.parametrize(
    ("cell", "told"), [(None, "unknown"), ("0/0", "none"), ("0/2", "none"), ("1/2", "some"), ("2/2", "all")]
)
def test_registration(cell: str | None, told: str) -> None:
    assert registration(cell) == told


def rows(**hosts: dict[str, Any]) -> list[dict[str, Any]]:
    return [row(host, host, outcome, Wishes()) for host, outcome in hosts.items()]


def test_the_same_data_makes_the_same_report_in_any_order() -> None:
    made = rows(a=OUTCOME, b=OUTCOME, c={"error": {"kind": "busy", "message": "c: busy.", "remedy": ""}})
    assert build("T", made) == build("T", list(reversed(made)))
    summary = build("T", made)["summary"]
    assert summary["phones"] == 3 and summary["status"] == {"ok": 2, "busy": 1} and summary["drifting"] == 2
    assert summary["registration"] == {"some": 2, "unknown": 1}
    assert list(summary["problems"]) == ["line 2 is not registered", "parameters differ", "busy"]


def test_what_has_changed_since_another_report() -> None:
    newer = {**OUTCOME, "info": {**OUTCOME["info"], "device": {**OUTCOME["info"]["device"], "firmware": "5.9.5.0614"}}}
    before = build("T", rows(a=OUTCOME, b=OUTCOME))
    after = build("T", rows(b=newer, c=OUTCOME), previous=before)["changes"]
    assert after == {
        "appeared": ["c"],
        "disappeared": ["a"],
        "changed": [{"host": "b", "column": "firmware", "before": "5.9.3.1111", "after": "5.9.5.0614"}],
    }
    assert before["changes"] is None
    assert build("T", rows(a=OUTCOME, b=OUTCOME), previous=before)["changes"] == {
        "appeared": [],
        "disappeared": [],
        "changed": [],
    }


def test_of_a_phone_that_is_gone_or_back_nothing_else_is_told() -> None:
    there, gone = (
        rows(a=OUTCOME),
        rows(a={"error": {"kind": "unreachable", "message": "a: connection refused.", "remedy": ""}}),
    )
    for before, after in ((there, gone), (gone, there)):
        told = build("T", after, previous=build("T", before))["changes"]["changed"]
        assert [change["column"] for change in told] == ["status", "reason"]


def test_a_new_column_is_no_change() -> None:
    before = build("T", rows(a=OUTCOME))
    made = [row("a", "a", OUTCOME, Wishes(columns=[("own", jmespath.compile("device.model"))]))]
    assert build("T", made, [{"name": "own", "title": "Own", "kind": "text"}], before)["changes"]["changed"] == []


def test_no_phones_at_all() -> None:
    report = build("T", [])
    assert report["rows"] == [] and report["summary"]["phones"] == 0 and report["summary"]["status"] == {}
