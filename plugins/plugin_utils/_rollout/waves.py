# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who changes when: canary phones first, then waves, each with the number of failures that it may have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...module_utils._options.texts import words
from ...module_utils._phone.errors import SettingsError
from ...module_utils._text import clean, nearest
from .._console.order import natural
from .._console.words import some

_COUNT = re.compile("[0-9]{1,9}")
_PERCENT = re.compile("(0*(?:100|[1-9]?[0-9]))%")
_MOST_SHOWN = 40


@dataclass(frozen=True)
class Wave:
    """``number``: from 1 on. ``site``: what its phones have in common, if anything was asked for. ``most``: failures
    that it may have; with more of them the rollout stops."""

    number: int
    hosts: tuple[str, ...]
    most: int
    canary: bool = False
    site: str = ""


@dataclass(frozen=True)
class Rules:
    """As the user has set them, checked. ``canary``: names of phones, or one portion; ``portions``: sizes of the
    waves, the last one for all further waves. A portion is a number or a percentage, such as ``20`` or ``25%``.
    ``failures``: how many each wave may have: such a portion, of the wave."""

    canary: tuple[str, ...]
    portions: tuple[str, ...]
    failures: str

    @property
    def named(self) -> bool:
        """Whether the canary phones are given by name."""
        return not (len(self.canary) == 1 and _is_portion(self.canary[0]))


def rules(canary: object, wave: object, max_failures: object) -> Rules:
    """Check what the user has set: texts with commas, one a line or as JSON, numbers or lists of these. Raises
    SettingsError."""
    names = _texts("canary", canary)
    portions, failures = _texts("wave", wave) or ("100%",), _texts("max_failures", max_failures) or ("10%",)
    for text in portions:
        if not _is_portion(text) or not text.strip("0%"):
            raise _wrong("wave", text, "Write, for example, 20, 25% or 1,5,100%.")
    if len(failures) != 1 or not _is_portion(failures[0]):
        raise _wrong("max_failures", ",".join(failures), "Write, for example, 3 or 10%.")
    if len(names) > 1 and any(map(_is_portion, names)):
        raise _wrong("canary", ",".join(names), "Write one number, one percentage or names of phones.")
    return Rules(tuple(dict.fromkeys(names)) or ("0",), portions, failures[0])


def plan_waves(
    hosts: Sequence[str],
    done: Iterable[str],
    given: Rules,
    sites: Mapping[str, str] | None = None,
    first: Iterable[str] = (),
) -> list[Wave]:
    """The waves of a run: each of ``hosts`` that is not ``done`` once, and no two sites in one wave.

    ``hosts``: all that change, done or not; canary phones are the first of them, or those named. Percentages are of
    the phones that are left; with ``sites`` (the site of each host, natural order), of those of the site. Failures of
    a canary are not allowed. ``first``: hosts that go before others of their site.
    """
    where = sites or {}
    urgent = set(first)
    finished = set(done)
    everyone = sorted(hosts, key=lambda host: (not where.get(host), natural(where.get(host, ""))))
    if given.named:
        named = set(given.canary)
        canary = [host for host in everyone if host in named]
    else:
        canary = everyone[: portion(given.canary[0], len(everyone), 0)]
    birds = set(canary)
    rest = [host for host in everyone if host not in birds and host not in finished]
    waves: list[Wave] = []
    for site, members in _by_site([host for host in canary if host not in finished], where):
        waves.append(Wave(len(waves) + 1, tuple(members), 0, canary=True, site=site))
    item = 0
    total = len(rest) + len(birds - finished)
    for site, members in _by_site(rest, where):
        left = sorted(members, key=lambda host: host not in urgent)
        whole = total if sites is None else len(left)
        while left:
            size = portion(given.portions[min(item, len(given.portions) - 1)], whole, 1)
            batch, left = left[:size], left[size:]
            waves.append(Wave(len(waves) + 1, tuple(batch), allowed(given.failures, len(batch)), site=site))
            item += 1
    return waves


def portion(text: str, whole: int, least: int) -> int:
    """How many that is of ``whole``, rounded as Ansible does for ``serial``."""
    if text.endswith("%"):
        return int((int(text[:-1]) / 100.0) * whole) or max(least, min(1, int(text[:-1])))
    return max(least, int(text))


def allowed(failures: str, size: int) -> int:
    """How many failures a wave of this size may have."""
    return size * int(failures[:-1]) // 100 if failures.endswith("%") else int(failures)


def check_canary(given: Rules, known: Iterable[str], what: str = "phone of the plan") -> None:
    """Raises SettingsError for a canary phone that is none of the ``known`` hosts. ``what``: a word for these."""
    if not given.named:
        return
    hosts = set(known)
    for name in given.canary:
        if name not in hosts:
            meant = nearest(name, hosts)
            raise SettingsError(
                f"canary: {clean(name)} is no {what}{f' (did you mean {clean(meant)}?)' if meant else ''}. "
                "Nothing was sent.",
                remedy="Correct the name, or set canary to a number such as 3.",
            )


def canary_elsewhere(given: Rules, hosts: Iterable[str]) -> list[str]:
    """What to say if none of the canary phones is among the ``hosts`` of a slice, which does not know all others."""
    if not given.named or not set(given.canary).isdisjoint(hosts):
        return []
    return [
        f"canary: this slice has none of {some(map(clean, given.canary), 5)}, so its first phone goes first. Check the "
        "names (vvx_canary): a slice does not know the phones of the others."
    ]


def _by_site(hosts: Iterable[str], sites: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for host in hosts:
        found.setdefault(sites.get(host, ""), []).append(host)
    return list(found.items())


def _texts(name: str, value: object) -> tuple[str, ...]:
    items = value if isinstance(value, (list, tuple)) else [value]
    return tuple(str(part) for item in items if item is not None for part in words(name, str(item)))


def _is_portion(text: str) -> bool:
    return bool(_COUNT.fullmatch(text) or _PERCENT.fullmatch(text))


def _wrong(option: str, text: str, remedy: str) -> SettingsError:
    return SettingsError(
        f"{option}: '{clean(text, _MOST_SHOWN)}' is neither a number of phones nor a percentage. Nothing was sent.",
        remedy=remedy,
    )
