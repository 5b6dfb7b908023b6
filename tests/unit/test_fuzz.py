# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fuzz session finds faults, and none in the few cases that a test has time for."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import strategies as st

from fuzz.__main__ import TARGETS, fuzz


@pytest.mark.parametrize("name", TARGETS)
def test_a_short_look_finds_no_fault(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz(name, TARGETS[name], 0.1, 1) == 0
    assert f"{name}: " in capsys.readouterr().out


def _breaks(case: int) -> None:
    assert case < 100


def _hangs(case: int) -> None:
    if case > 100:
        time.sleep(0.5)


@pytest.mark.parametrize(
    ("check", "longest", "message"), [(_breaks, 30.0, "assert"), (_hangs, 0.05, r"not over after 0\.05 s")]
)
def test_a_fault_is_told_with_the_way_to_see_it_again(
    capsys: pytest.CaptureFixture[str], check: Any, longest: float, message: str
) -> None:
    target: Any = SimpleNamespace(cases=st.integers(0, 1000), check=check, LONGEST=longest)
    with pytest.raises(AssertionError, match=message):
        fuzz("odd", target, 60.0, 5)
    assert "again: python -m fuzz --only odd --seed " in capsys.readouterr().out
