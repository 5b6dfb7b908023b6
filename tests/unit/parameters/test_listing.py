# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists in messages."""

from __future__ import annotations

from ansible_collections.polycom.vvx.plugins.module_utils._parameters.listing import listed


def test_a_long_list_is_cut_and_says_how_much_is_missing() -> None:
    assert listed([]) == ""
    assert listed(["a", "b"], 2) == "a, b"
    assert listed(["a", "b", "c", "d"], 2) == "a, b and 2 more"
    assert listed(["a", "b", "c"], 2, separator="; ") == "a; b; and 1 more"
