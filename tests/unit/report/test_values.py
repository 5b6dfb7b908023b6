# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of cells."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.values import cell, of_kind, registration, shown


@pytest.mark.parametrize(
    ("value", "made"),
    [
        (None, None),
        (3, 3),
        (1.5, 1.5),
        (True, True),
        ("x", "x"),
        ([], []),
        ([1, None, True], ["1", "", "yes"]),
        ({"a": 1, "b": [2, 3]}, "a: 1, b: 2 | 3"),
        ([{"a": False}], ["a: no"]),
        (float("inf"), "inf"),
    ],
)
def test_whatever_a_query_finds_fits_into_a_cell(value: Any, made: Any) -> None:
    assert cell(value) == made


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, "pair", ""),
        ([1, 2], "pair", "1/2"),
        ([0, 0], "pair", "0/0"),
        (["1", "Desk, left"], "list", "1 | Desk, left"),
        (False, "boolean", "no"),
        (0, "number", "0"),
        ("1/2", "text", "1/2"),
        (None, "duration", ""),
        ("no number", "duration", "no number"),
        (45, "duration", "45 s"),
        (3599, "duration", "59 min"),
        (4 * 3600 + 12 * 60, "duration", "4 h 12 min"),
        (273906, "duration", "3 d 4 h"),
    ],
)
def test_a_cell_as_people_read_it(value: Any, kind: str, text: str) -> None:
    assert shown(value, kind) == text


@pytest.mark.parametrize(
    ("pair", "state"), [(None, "unknown"), ([0, 0], "none"), ([0, 2], "none"), ([1, 2], "some"), ([2, 2], "all")]
)
def test_registration(pair: list[int] | None, state: str) -> None:
    assert registration(pair) == state


@pytest.mark.parametrize(
    ("value", "kind", "made"),
    [
        ("3", "number", 3),
        (" -3.5", "number", -3.5),
        ("3rd", "number", "3rd"),
        ("9" * 5000, "number", "9" * 5000),
        ("90", "duration", 90),
        ("Yes", "boolean", True),
        ("false", "boolean", False),
        ("maybe", "boolean", "maybe"),
        ("a", "list", ["a"]),
        (5, "list", ["5"]),
        (None, "list", None),
        (["a"], "list", ["a"]),
        ("3", "text", "3"),
        (3, "text", 3),
    ],
)
def test_a_text_that_says_what_its_column_wants(value: Any, kind: str, made: Any) -> None:
    found = of_kind(value, kind)
    assert found == made and isinstance(found, bool) == isinstance(made, bool)
