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
    ("value", "line"),
    [("", '""'), (" x", '" x"'), ("a\nb", '"a\\nb"'), ("Zürich", "Zürich"), ("a\u202eb", '"a\\u202eb"')],
)
def test_invisible_values_are_quoted(value: str, line: str) -> None:
    assert text_diff({"a": value}, {}, "")["before"] == f"a: {line}\n"


def test_logins_are_hidden_and_another_one_is_told() -> None:
    old, new = {"a": "ftp://u:one@x/", "b": "ftp://u:p@x/1"}, {"a": "ftp://u:two@x/", "b": "ftp://u:p@x/2"}
    diff = text_diff(old, new, "")
    assert diff["before"] == "a: ftp://***@x/\nb: ftp://***@x/1\n"
    assert diff["after"] == "a: ftp://***@x/ (with another login)\nb: ftp://***@x/2\n"
    assert quoted("ftp://u:one@x/") == "'ftp://***@x/'"


def test_long_values_are_shortened() -> None:
    assert quoted("short") == "'short'" and quoted("x" * 61, 10) == "'xxxxxxx...'"
