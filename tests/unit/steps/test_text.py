# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How values are shown in messages and diffs."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._steps.text import quoted, text_diff


def test_one_line_per_name_sorted() -> None:
    diff = text_diff({"b": "1", "a": "x"}, {"a": "y"}, "192.0.2.1")
    assert (diff["before"], diff["after"]) == ("a: x\nb: 1\n", "a: y\n")
    assert diff["before_header"] == diff["after_header"] == "192.0.2.1"


@pytest.mark.parametrize(
    ("value", "line"), [("", '""'), (" x", '" x"'), ("a\nb", '"a\\nb"'), ("Zürich", "Zürich"), ("\u202e", '"\u202e"')]
)
def test_invisible_values_are_quoted(value: str, line: str) -> None:
    assert text_diff({"a": value}, {}, "")["before"] == f"a: {line}\n"


def test_long_values_are_shortened() -> None:
    assert quoted("short") == "'short'" and quoted("x" * 61, 10) == "'xxxxxxx...'"
