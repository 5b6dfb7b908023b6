# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which known name a wrong one may stand for."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Iterator, Mapping

from .fact import Fact
from .names import INDICES, indices, pattern
from .table import TABLE

_RENAMED = ("up.pagination.enabled",)
"""Names that later firmware writes in other letter case: UC Software 7.2 renames up.Pagination.enabled to this."""
_LONGEST_NAME = 200
"""Far longer than any known name, and short enough to look up all names one letter away."""
_SHORTEST_WORD = 5
"""In shorter words (rtos, ssps) one letter makes a different word, not a typo."""


def closest(name: str, confirmed: Iterable[str] = (), names: Mapping[str, Fact] | None = None) -> list[str]:
    """The known names most like a wrong one (three at most, best first), with the wrong one's indices.

    ``confirmed``: names that the phone has, also considered. ``names``: patterns to choose from instead of the bundled
    ones. Takes some milliseconds.
    """
    if len(name) > _LONGEST_NAME:
        return []
    wanted = pattern(name).lower()
    candidates = {key.lower(): key for key in names or TABLE}
    candidates.update({pattern(key).lower(): pattern(key) for key in confirmed})
    candidates = {key: spelled for key, spelled in candidates.items() if spelled != pattern(name)}
    near = difflib.get_close_matches(wanted, candidates, n=3, cutoff=0.75)
    likeness = {key: difflib.SequenceMatcher(None, key, wanted).ratio() for key in near}
    return [_with_indices(candidates[key], name) for key in near if likeness[key] > likeness[near[0]] - 0.05]


def near_miss(name: str) -> str | None:
    """The bundled name that differs only in letter case, or by one letter in one longer word; None if there is none.

    This may still be a correct name, since not all names are bundled. Takes some microseconds.
    """
    if len(name) > _LONGEST_NAME or pattern(name) in TABLE or pattern(name) in _RENAMED:
        return None
    wanted = pattern(name).lower()
    for key in (wanted, *_one_less(wanted)):
        for known in _near().get(key, ()):
            if _is_typo(wanted, known.lower()):
                return _with_indices(known, name)
    return None


@functools.cache
def _near() -> dict[str, list[str]]:
    """Bundled names by their own spelling and by those with one letter removed, where two near names meet."""
    found: dict[str, list[str]] = {}
    for known in TABLE:
        for key in {known.lower(), *_one_less(known.lower())}:
            found.setdefault(key, []).append(known)
    return found


def _one_less(text: str) -> Iterator[str]:
    return (text[:at] + text[at + 1 :] for at in range(len(text)))


def _is_typo(wanted: str, known: str) -> bool:
    words = [pair for pair in zip(wanted.split("."), known.split(".")) if pair[0] != pair[1]]
    if wanted.count(".") != known.count(".") or len(words) > 1:
        return False
    return all(min(len(one), len(other)) >= _SHORTEST_WORD and _letters(one) != _letters(other) for one, other in words)


def _letters(word: str) -> str:
    return "".join(letter for letter in word if not letter.isdigit())


def _with_indices(found: str, name: str) -> str:
    replacements = dict(zip(INDICES, indices(name)))
    return ".".join(replacements.get(part, part) for part in found.split("."))
