# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The verdicts of the benchmarks: best of all rounds, and measured again where noise could decide."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from comparing import Exactly, Ratio, measure, verdicts


def seconds(cost: float) -> float:
    return cost


def at_most(limit: float) -> Ratio[float]:
    return Ratio("survey, to nothing", ("survey",), ("nothing",), seconds, "at most", limit)


def measured(ratio: Ratio[float], survey: list[float], nothing: list[float], rounds: int = 2) -> dict[str, list[float]]:
    found: dict[str, Iterator[float]] = {"survey": iter(survey), "nothing": iter(nothing), "other": iter([1.0] * 9)}
    return measure({way: found[way].__next__ for way in found}, [ratio], rounds, 6)


def test_a_result_far_from_its_limit_is_measured_no_further() -> None:
    runs = measured(at_most(0.4), [3.0, 3.1], [10.0, 10.5])
    assert runs == {"survey": [3.0, 3.1], "nothing": [10.0, 10.5], "other": [1.0, 1.0]}
    assert at_most(0.4).holds(runs) and at_most(0.4).value(runs) == pytest.approx(0.3)


def test_a_result_within_its_spread_of_the_limit_is_measured_again_until_noise_does_not_decide() -> None:
    survey, nothing = [4.5, 3.9, 3.8, 3.0, 3.0, 3.0], [10.0, 10.0, 10.0, 10.0, 10.0, 10.0]
    runs = measured(at_most(0.4), survey, nothing)
    assert len(runs["survey"]) == len(runs["nothing"]) == 6 and len(runs["other"]) == 2
    assert at_most(0.4).holds(runs)


@pytest.mark.parametrize(("survey", "again"), [(3.0, False), (3.8, True), (5.0, False)])
def test_one_round_is_taken_for_exact_to_a_tenth(survey: float, again: bool) -> None:
    runs = measured(at_most(0.4), [survey] * 6, [10.0] * 6, rounds=1)
    assert (len(runs["survey"]) > 1) is again
    assert at_most(0.4).holds(runs) is (survey <= 4)


def test_the_best_runs_count_of_both_sides_and_of_products() -> None:
    growth = Ratio("growth", ("many", "bare few"), ("bare many", "few"), seconds, "at most", 1.0)
    runs = {"many": [30.0, 20.0], "few": [3.0, 2.5], "bare many": [8.0, 9.0], "bare few": [1.0, 1.5]}
    assert growth.value(runs) == pytest.approx(20.0 * 1.0 / (8.0 * 2.5))
    assert Ratio("at least", ("many",), ("few",), seconds, "at least", 8.1).holds(runs) is False


@pytest.mark.parametrize(
    ("survey", "nothing", "holds", "undecided"),
    [
        ([4.2, 4.5], [10.0, 12.0], None, True),
        ([4.2, 9.0], [10.0, 10.0], False, False),
        ([3.9, 5.0], [10.0, 10.0], True, False),
        ([4.1], [10.0], False, False),
    ],
)
def test_a_ratio_whose_rounds_disagree_is_undecided(
    survey: list[float], nothing: list[float], holds: bool | None, undecided: bool
) -> None:
    runs = {"survey": survey, "nothing": nothing}
    (found,) = verdicts([at_most(0.4)], runs)
    assert (found.holds, found.undecided) == (holds, undecided)


def test_what_does_not_hold_is_said() -> None:
    runs = {"survey": [5.0], "nothing": [10.0]}
    shown = Ratio("only shown", ("nothing",), ("survey",), seconds)
    found = verdicts([at_most(0.6), at_most(0.4), shown], runs, [Exactly("a", 2000, 2000), Exactly("b", 2001, 2000)])
    assert [verdict.holds for verdict in found] == [True, False, None, True, False]
    assert (found[1].measured, found[1].to_hold, found[4].measured) == ("0.50", "at most 0.4", "2001")
