# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ratios of costs that must hold, measured again where a result lies within its own spread of the limit.

The ways that are compared take turns, so that what else the machine does falls on all of them. The best run of each
counts: a machine can only make a run slower.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Cost = TypeVar("Cost")
Runs = Mapping[str, Sequence[Cost]]
"""The costs of each way, one for each round."""

_SPREAD_OF_ONE = 0.1
"""Of a ratio that was measured once only, as a part of it."""


@dataclass(frozen=True)
class Ratio(Generic[Cost]):
    """The cost of a way divided by that of another one; of several, their product. ``word``: "at most", "at least", or
    "" where it is only shown. ``of``: the figure of a cost that is compared."""

    text: str
    ways: tuple[str, ...]
    bases: tuple[str, ...]
    of: Callable[[Cost], float]
    word: str = ""
    limit: float = 0.0

    def value(self, runs: Runs[Cost]) -> float:
        return self._quotient({way: min(map(self.of, runs[way])) for way in (*self.ways, *self.bases)})

    def holds(self, runs: Runs[Cost]) -> bool:
        return self._is_within(self.value(runs))

    def is_doubtful(self, runs: Runs[Cost]) -> bool:
        """Whether the limit is nearer than what lies between the rounds."""
        if not self.word:
            return False
        found = self._rounds(runs)
        spread = max(found) - min(found) if len(found) > 1 else _SPREAD_OF_ONE * found[0]
        return abs(self.value(runs) - self.limit) <= spread

    def is_undecided(self, runs: Runs[Cost]) -> bool:
        """Whether it does not hold, and a round of its own says that it does."""
        return not self.holds(runs) and any(map(self._is_within, self._rounds(runs)))

    def _is_within(self, value: float) -> bool:
        return value <= self.limit if self.word == "at most" else value >= self.limit if self.word else True

    def _rounds(self, runs: Runs[Cost]) -> list[float]:
        """The ratio of each round."""
        rounds = range(min(len(runs[way]) for way in (*self.ways, *self.bases)))
        return [
            self._quotient({way: self.of(costs[number]) for way, costs in runs.items() if number < len(costs)})
            for number in rounds
        ]

    def _quotient(self, figures: Mapping[str, float]) -> float:
        return math.prod(figures[way] for way in self.ways) / math.prod(figures[way] for way in self.bases)


@dataclass(frozen=True)
class Exactly:
    """A number that must not vary at all, such as that of requests."""

    text: str
    measured: float
    predicted: float


def measure(
    ways: Mapping[str, Callable[[], Cost]], ratios: Sequence[Ratio[Cost]], rounds: int, most: int
) -> dict[str, list[Cost]]:
    """Run each way in each round. ``most``: rounds in all for those whose ratio is doubtful after the first
    ``rounds``."""
    runs: dict[str, list[Cost]] = {way: [] for way in ways}
    needed = list(ways)
    for number in range(1, most + 1):
        for way in needed:
            runs[way].append(ways[way]())
        if number >= rounds:
            doubtful = [ratio for ratio in ratios if ratio.is_doubtful(runs)]
            needed = [way for way in ways if any(way in (*ratio.ways, *ratio.bases) for ratio in doubtful)]
            if not needed:
                break
    return runs


@dataclass(frozen=True)
class Verdict:
    """``holds``: None for what is only shown, and for what is ``undecided``, because its rounds disagree."""

    text: str
    measured: str
    to_hold: str
    holds: bool | None
    undecided: bool = False


def verdicts(ratios: Sequence[Ratio[Cost]], runs: Runs[Cost], exact: Sequence[Exactly] = ()) -> list[Verdict]:
    """What was measured beside what must hold."""
    found = []
    for ratio in ratios:
        undecided = ratio.is_undecided(runs)
        to_hold = f"{ratio.word} {ratio.limit:g}" if ratio.word else ""
        holds = ratio.holds(runs) if ratio.word and not undecided else None
        found.append(Verdict(ratio.text, f"{ratio.value(runs):.2f}", to_hold, holds, undecided))
    found += [
        Verdict(one.text, f"{one.measured:g}", f"{one.predicted:g}", one.measured == one.predicted) for one in exact
    ]
    return found
