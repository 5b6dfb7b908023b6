# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Try random files, replies and servers on the collection for a while, and stop at the first fault."""

from __future__ import annotations

import argparse
import faulthandler
import random
import sys
import time
from collections.abc import Callable
from typing import Any, Protocol

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from support.misbehaving import within

from . import lists, parser, replies, transport

ROUND = 25
"""Cases between two looks at the clock."""
STDERR = 2
HUNG = 60
"""Seconds after which a case that nothing else ends ends the program, with a traceback."""
HOW = settings(
    max_examples=ROUND,
    deadline=None,
    database=None,
    derandomize=False,
    print_blob=True,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


class Target(Protocol):
    """``cases``: what is tried. ``check``: fails for a fault. ``LONGEST``: seconds that one case may take."""

    cases: st.SearchStrategy[Any]
    LONGEST: float

    @staticmethod
    def check(case: Any, /) -> None: ...


TARGETS: dict[str, Any] = {"parser": parser, "lists": lists, "replies": replies, "transport": transport}


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    arguments.add_argument("--seconds", type=float, default=20.0, help="for all together (default: 20)")
    arguments.add_argument("--seed", type=int, help="the first seed; a fault is told with its own")
    arguments.add_argument("--only", choices=TARGETS, help="try one of them only")
    options = arguments.parse_args()
    chosen = [options.only] if options.only else list(TARGETS)
    first = random.randrange(1 << 32) if options.seed is None else options.seed
    return max(fuzz(name, TARGETS[name], options.seconds / len(chosen), first) for name in chosen)


def fuzz(name: str, target: Target, seconds: float, first: int) -> int:
    """Try cases for so long; returns the exit code."""
    tried = 0

    def check(case: Any) -> None:
        nonlocal tried
        tried += 1
        faulthandler.dump_traceback_later(HUNG, exit=True, file=STDERR)
        within(target.LONGEST, lambda: target.check(case))

    end, number = time.monotonic() + seconds, first
    try:
        while time.monotonic() < end:
            _round(check, target.cases, number)
            number += 1
    except BaseException:
        print(f"{name}: a fault after {tried} cases; again: python -m fuzz --only {name} --seed {number}", flush=True)
        raise
    finally:
        faulthandler.cancel_dump_traceback_later()
    print(f"{name}: {tried} cases, no fault (seeds {first} to {number - 1})", flush=True)
    return 0


def _round(check: Callable[[Any], None], cases: st.SearchStrategy[Any], number: int) -> None:
    test: Callable[[], None] = seed(number)(HOW(given(cases)(check)))
    test()


if __name__ == "__main__":
    sys.exit(main())
