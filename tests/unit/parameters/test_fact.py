# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Facts: what a line of the table may say."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.fact import parse_line


@pytest.mark.parametrize(
    "line",
    ["a.b", "a.b bit", "a.b enum", "a.b int 5", "a.b bool 1..2", "a.b int maybe@4.1.6", "a.b str secrte", "a.b bool:1"],
)
def test_a_line_that_says_nothing_known_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"a\.b|not enough"):
        parse_line(line)
