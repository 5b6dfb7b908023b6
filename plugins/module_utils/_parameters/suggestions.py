# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which known name a wrong one may stand for."""

from __future__ import annotations

import difflib
import functools
import os
import re
from collections.abc import Iterable, Iterator, Mapping

from .fact import Fact
from .names import INDICES, indices, pattern, without_model
from .table import TABLE

_RENAMED = ("up.pagination.enabled",)
"""Names that later firmware writes in other letter case: UC Software 7.2 renames up.Pagination.enabled to this."""
_LONGEST_NAME = 200
"""Far longer than any known name, and short enough to look up all names one letter away."""
_SHORTEST_WORD = 5
"""In shorter words (rtos, ssps) one letter makes a different word, not a typo."""
_SHORTEST_REPLACED = 8
"""Nor is another letter a typo in these (httpa and httpd, callee and caller); one more or less or two swapped are."""
_HIGHEST_INDEX = 99
"""No phone has more lines, keys or servers, apart from a few lists that a schema tells of."""


def closest(name: str, confirmed: Iterable[str] = (), names: Mapping[str, Fact] | None = None) -> list[str]:
    """The known names most like a wrong one (three at most, best first), with the wrong one's indices. None for a
    name that is known: then something else is wrong.

    ``confirmed``: names that the phone has, also considered. ``names``: patterns to choose from instead of the bundled
    ones. Takes some milliseconds.
    """
    written_as_pattern = with_numbers(name, names)
    if len(name) > _LONGEST_NAME or written_as_pattern or pattern(name) in (names or TABLE):
        return [written_as_pattern] if written_as_pattern else []
    wanted = pattern(name).lower()
    candidates = {key.lower(): key for key in names or TABLE}
    candidates.update({pattern(key).lower(): pattern(key) for key in confirmed})
    candidates = {key: spelled for key, spelled in candidates.items() if spelled != pattern(name)}
    near = difflib.get_close_matches(wanted, candidates, n=3, cutoff=0.75)
    likeness = {key: difflib.SequenceMatcher(None, key, wanted).ratio() for key in near}
    best = [candidates[key] for key in near if likeness[key] > likeness[near[0]] - 0.05]
    return [_with_indices(key, name) for key in best] if _has_possible_indices(name) else []


def with_numbers(name: str, names: Mapping[str, Fact] | None = None) -> str | None:
    """The name that somebody meant who copied it from a guide, where x, y and z stand for numbers, with 1 for each;
    None for any other name. ``names``: patterns to choose from instead of the bundled ones."""
    parts = name.split(".")
    numbered = ".".join("1" if part in tuple(INDICES) else part for part in parts)
    known = numbered != name and pattern(numbered) in (names or TABLE)
    return numbered if known and _has_possible_indices(name) else None


def near_miss(name: str) -> str | None:
    """The bundled name that differs only in letter case, or by one letter in one longer word; None if there is none.

    This may still be a correct name, since not all names are bundled. Takes some microseconds.
    """
    written = pattern(name)
    if len(name) > _LONGEST_NAME or written in TABLE or written in _RENAMED or not _has_possible_indices(name):
        return None
    for key in (written.lower(), *_one_less(written.lower())):
        for known in _near().get(key, ()):
            if _is_typo(written, known):
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
    """Whether somebody who meant the known name may have written the other by mistake. Names that differ by a digit,
    by the first letter of a word or by a capital (rx and tx, A3 and C3, RTP and RTCP) are two names."""
    if wanted.lower() == known.lower():
        return True
    words = [pair for pair in zip(wanted.split("."), known.split(".")) if pair[0].lower() != pair[1].lower()]
    if wanted.count(".") != known.count(".") or len(words) != 1:
        return False
    return _is_slip(*words[0])


def _is_slip(written: str, meant: str) -> bool:
    """Whether the words differ by one letter too many, too few or wrong, or by two neighbors that changed places."""
    if min(len(written), len(meant)) < _SHORTEST_WORD or re.search("[0-9]", written + meant):
        return False
    one, other = written.lower(), meant.lower()
    start = len(os.path.commonprefix([one, other]))
    left, right = one[start:], other[start:]
    if len(left) == len(right):
        swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
        replaced = left[1:] == right[1:] and len(meant) >= _SHORTEST_REPLACED
        return (swapped or replaced) and _is_inside(meant, start)
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return longer[1:] == shorter and _is_inside(written if len(left) > len(right) else meant, start)


def _is_inside(word: str, at: int) -> bool:
    """Whether this letter neither begins the word nor is a capital, which begins one of the words it is made of."""
    return at > 0 and not word[at].isupper()


def _has_possible_indices(name: str) -> bool:
    return all(0 < int(number) <= _HIGHEST_INDEX for number in indices(name))


def _with_indices(found: str, name: str) -> str:
    """The known pattern as a name: with indices and model suffix of the wrong one, and 1 where that has no index."""
    replacements = dict(zip(INDICES, [*indices(name), *"111"]))
    suffix = name[len(without_model(name)) :]
    return ".".join(replacements.get(part, part) for part in found.split(".")) + suffix
