# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Find the parts that cover the hosts of a play, and see that they are of one run and fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ...module_utils._phone.errors import SettingsError
from ...module_utils._text import clean
from .._console.words import count, some
from .part import AGAIN, Part, Seal, loads, name_of

MOST_MISSING = 200
"""Hosts without a part that are looked for: a slice that has failed may have had a thousand."""


def gather(
    kind: str,
    hosts: Sequence[str],
    fetch: Callable[[str], bytes | None],
    read_with: Mapping[str, str],
    run: str,
    seal: Seal | None = None,
) -> list[Part]:
    """The parts that cover exactly these hosts, whatever the slices. ``fetch``: returns the file of that name, None if
    there is none. ``run``: the one that all must be of. Raises SettingsError."""
    parts: list[Part] = []
    covered: set[str] = set()
    missing: list[str] = []
    for host in sorted(hosts):
        if host in covered:
            continue
        if len(missing) == MOST_MISSING:
            break
        name = name_of(kind, host)
        content = fetch(name)
        if content is None:
            missing.append(host)
            continue
        parts.append(loads(content, kind, name, seal))
        covered.update(parts[-1].phones)
    _check_runs(parts, run)
    _check_hosts(parts, hosts)
    if missing:
        raise SettingsError(_missing(kind, missing, bool(parts)), remedy=_after(missing, bool(parts)))
    _check_options(parts, read_with)
    return parts


def told(parts: Sequence[Part], said: str = "") -> dict[str, Any]:
    """Of the result of a merge: which run this was, and when its parts were made, also behind ``said``. ``parts``: all
    of one run; empty for a task that merges none, of which there is nothing to tell."""
    if not parts:
        return {}
    first, last = min(part.made for part in parts), max(part.made for part in parts)
    made = f"made at {first}" if first == last else f"made from {first} to {last}"
    sentence = f"Merged from {count(len(parts), 'part')} of run {clean(parts[0].run)}, {made}."
    return {
        "msg": " ".join(filter(None, (said, sentence))),
        "merged": {"run": parts[0].run, "parts": len(parts), "first": first, "last": last},
    }


def _check_runs(parts: Sequence[Part], run: str) -> None:
    stale = [part for part in parts if part.run != run]
    if stale:
        told = some((f"{part.name} (run {part.run} at {part.made}, from {clean(min(part.phones), 60)} on)"
                     for part in stale), 5)  # fmt: skip
        raise SettingsError(
            f"{count(len(stale), 'part is', 'parts are')} stale, not of run {clean(run)}: {told}. Nothing was merged.",
            remedy="The slices that begin with these hosts have failed, or have not run this time. "
            f"{AGAIN} vvx_part_run says which run is meant.",
        )


def _check_hosts(parts: Sequence[Part], hosts: Iterable[str]) -> None:
    expected, owner = set(hosts), dict[str, str]()
    for part in parts:
        strangers = sorted(part.phones.keys() - expected)
        if strangers:
            raise SettingsError(
                f"{part.name} has {count(len(strangers), 'host')} that {'is' if len(strangers) == 1 else 'are'} not in "
                f"this play: {some(map(clean, strangers))}. Nothing was merged.",
                remedy="Merge with the inventory, the vvx_hosts and the --limit that the slices had.",
            )
        twice = sorted(part.phones.keys() & owner.keys())
        if twice:
            raise SettingsError(
                f"{part.name} and {owner[twice[0]]} both have {some(map(clean, twice))}. Nothing was merged.",
                remedy=f"Two jobs have written parts of one run. {AGAIN}",
            )
        owner.update(dict.fromkeys(part.phones, part.name))


def _check_options(parts: Iterable[Part], read_with: Mapping[str, str]) -> None:
    for part in parts:
        names = part.read_with.keys() | read_with.keys()
        other = sorted(name for name in names if part.read_with.get(name) != read_with.get(name))
        if other:
            raise SettingsError(
                f"{part.name} was read with other values of {some(map(clean, other), 5)} than this merge has. "
                "Nothing was merged.",
                remedy=f"Give slices and merge the same variables. {AGAIN}",
            )


def _missing(kind: str, missing: Sequence[str], some_found: bool) -> str:
    if not some_found:
        return f"there is no part of {'an' if kind[0] in 'aeiou' else 'a'} {kind}: no slice has put one there. " + (
            "Nothing was merged."
        )
    number = f"{'at least ' if len(missing) == MOST_MISSING else ''}{count(len(missing), 'phone')}"
    return f"no part covers {number}: {some(map(clean, missing))}. Nothing was merged."


def _after(missing: Sequence[str], some_found: bool) -> str:
    if not some_found:
        return "Check vvx_part: it is the place that the slices had."
    return (
        f"The slice that begins with {clean(missing[0])} has failed, or has not run with this vvx_part; or the slices "
        f"were limited (--limit) and this merge is not. {AGAIN}"
    )


def read_phones(parts: Iterable[Part], hosts: Iterable[str], read: Callable[[str, Any], Any]) -> dict[str, Any]:
    """What ``read`` makes of each phone, in the order of the hosts. Raises SettingsError where it raises ValueError
    and the like, since what is said of that phone can't be read."""
    owner = {host: part for part in parts for host in part.phones}
    found: dict[str, Any] = {}
    for host in hosts:
        try:
            found[host] = read(host, owner[host].phones[host])
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
            raise SettingsError(
                f"{owner[host].name} is damaged: what it says of {clean(host)} can't be read. Nothing was merged.",
                remedy=AGAIN,
            ) from None
    return found
