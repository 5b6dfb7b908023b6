# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables at the console: aligned, never wider than the screen, nothing lost."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._console.table import aligned, screen_width, wrapped
from ansible_collections.polycom.vvx.plugins.plugin_utils._console.words import count, some
from hypothesis import given, settings
from hypothesis import strategies as st

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=60)


def test_columns_are_aligned() -> None:
    assert aligned(
        [["berlin-1", "VVX 411", "ok"], ["b2", "VVX 250", "no answer"]], ["phone", "model", "state"], 80
    ) == [
        "phone     model    state",
        "berlin-1  VVX 411  ok",
        "b2        VVX 250  no answer",
    ]


def test_the_last_column_wraps_below_itself() -> None:
    assert aligned([["tls", "the certificate is signed by an unknown authority"]], width=30) == [
        "tls  the certificate is signed",
        "     by an unknown authority",
    ]


def test_only_on_a_narrow_screen_do_the_others_wrap() -> None:
    lines = aligned([["a-very-long-name-of-a-phone.example", "VVX 411", "no answer from the phone"]], width=40)
    assert max(map(len, lines)) <= 40 and "".join(line.split("  ")[0].strip() for line in lines).startswith("a-very")


def test_wide_characters_take_two_columns_and_combining_ones_none() -> None:
    assert aligned([["受付", "x"], ["ab", "y"], ["e\u0301", "z"]], width=80) == ["受付  x", "ab    y", "e\u0301     z"]


def test_cells_are_one_line_and_harmless() -> None:
    assert aligned([["a\x1b[31m\nb", 5, None]], width=80) == ["a b  5  None"]


def test_nothing_is_no_table() -> None:
    assert aligned([], ["phone"], 80) == []


def test_without_a_width_the_screen_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    assert max(map(len, aligned([["x", "word " * 40]]))) <= 50


@settings(max_examples=60)
@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=5), st.integers(12, 120))
def test_no_line_is_too_wide_and_no_letter_is_lost(rows: list[list[str]], width: int) -> None:
    lines = aligned(rows, width=width)
    assert all(screen_width(line) <= width for line in lines)
    letters = sorted("".join(aligned(rows, width=10_000)).replace(" ", ""))
    assert sorted("".join(lines).replace(" ", "")) == letters


def test_a_long_word_is_cut() -> None:
    assert wrapped("abcdefgh ij", 4) == ["abcd", "efgh", "ij"]


def test_numbers_in_sentences() -> None:
    assert [count(n, "phone") for n in (0, 1, 2)] == ["0 phones", "1 phone", "2 phones"]
    assert count(2, "address", "addresses") == "2 addresses"
    assert some(["a", "b"]) == "a, b" and some(map(str, range(12))) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more"
