# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""MAC addresses in every notation of the field."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.mac import colons, digits


@pytest.mark.parametrize(
    "text", ["00:04:F2:aa:bb:cc", "0004.f2aa.bbcc", "00-04-f2-aa-bb-cc", "0004F2AABBCC", "00 04 f2 aa bb cc\n"]
)
def test_mac_addresses(text: str) -> None:
    assert digits(text) == "0004f2aabbcc" and colons(text) == "00:04:f2:aa:bb:cc"


@pytest.mark.parametrize("text", [None, "", "0004f2aabbc", "0004f2aabbccd", "phone0004f2aabbcc", "0004f2aabbcg"])
def test_texts_that_are_not_mac_addresses(text: str | None) -> None:
    assert digits(text) is None and colons(text) is None
