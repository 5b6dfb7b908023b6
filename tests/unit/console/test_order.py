# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of names."""

from __future__ import annotations

import random

from ansible_collections.polycom.vvx.plugins.plugin_utils._console.order import natural
from hypothesis import given
from hypothesis import strategies as st


@given(st.lists(st.text(max_size=12), unique=True))
def test_hosts_have_one_order(names: list[str]) -> None:
    ordered = sorted(names, key=natural)
    shuffled = list(names)
    random.Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=natural) == ordered


def test_numbers_in_names_count_as_numbers() -> None:
    assert sorted(["p10", "p2", "P1", "a"], key=natural) == ["a", "P1", "p2", "p10"]


def test_numbers_of_any_length_have_an_order() -> None:
    """A phone may have a label of 5,000 digits, which is more than Python makes a number of."""
    assert sorted(["p" + "9" * 5000, "p2", "p" + "0" * 5000 + "1"], key=natural)[1:] == ["p2", "p" + "9" * 5000]
