# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups with names that fit files in group_vars."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.grouping import groups_of, spelled


@pytest.mark.parametrize(
    ("value", "ending"),
    [
        ("VVX 411", "vvx411"), ("Berlin", "berlin"),
        ("New York", "new_york"), ("K\u00f6ln", "k\u00f6ln"), (" a/b--c ", "a_b_c"),
        ("10.1.20.0/24", "10_1_20_0_24"), ("5.9.3.1111", "5_9_3_1111"), ("Floor 2 east", "floor2_east"), (7, "7"),
        ("2 3", "2_3"), ("-", ""), ("", ""), (None, ""), (["a"], ""), ({}, ""),
    ],
)  # fmt: skip
def test_the_end_of_a_name(value: Any, ending: str) -> None:
    assert spelled(value) == ending


def test_what_was_found_and_what_the_sources_say() -> None:
    variables = {
        "vvx": {"device": {"model": "VVX 601", "firmware": "6.4.1"}, "subnet": "10.0.0.0/24", "registration": "all"},
        "Site": "Lisbon",
        "room": "2.17",
    }
    words = ["model", "site", "room", "registration", "reason", "nothing"]
    assert [name for _word, name in groups_of(words, variables)] == [
        "model_vvx601",
        "site_lisbon",
        "room_2_17",
        "registration_all",
    ]
    unread = {"vvx": {}, "vvx_reason": "tls", "model": "VVX 250"}
    assert [name for _word, name in groups_of(words, unread)] == ["model_vvx250", "reason_tls"]
