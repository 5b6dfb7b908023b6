# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Group the records of a run, so that what is alike for many phones is said once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._parameters.table import is_known, restart_required
from .._console.order import natural
from .._handover import bounded
from .collect import Collector
from .phones import STATES, Change, Phone, Where

LARGEST_STATS = 400_000
"""Bytes of what is handed over to AWX, which keeps at most 700,000 of a result."""
_LONGEST_TEXT = 600
_MOST_GROUPS = 100
GENERATIONS = ("next", "before", "unknown")
"""Which password a phone has."""
_LONGEST_VALUE = 200


@dataclass(frozen=True)
class Parameter:
    """A parameter that differs. ``changes``: each change with the number of its phones, the most frequent first.
    ``secret``: its values are never shown. ``where``: where the new values come from, as far as all agree."""

    name: str
    phones: int
    changes: Sequence[tuple[Change, int]]
    secret: bool
    where: Where


@dataclass(frozen=True)
class Group:
    """Phones with something in common. ``text``: what; ``names``: the parameters that it is about.
    ``kind``: of a failure; ``lost``: the phones were unreachable."""

    text: str
    hosts: Sequence[str]
    names: Sequence[str] = ()
    kind: str = ""
    lost: bool = False


@dataclass(frozen=True)
class Digest:
    """A run, grouped. ``counts``: phones by state. ``restart``, ``unknown``: phones that need a restart, or may need
    one, and the parameters behind it. ``lacking``: by the unknown parameters that were left out. ``not_begun``: by the
    reason; ``rollout``: the kind of the job, if the run was one, which can be continued; else empty. All groups begin
    with the largest. ``generations``: phones by the password that they have, where somebody has asked.
    """

    check_mode: bool
    changes_wanted: bool
    counts: Mapping[str, int]
    parameters: Sequence[Parameter]
    done: Sequence[Group]
    restart: Group
    unknown: Group
    secrets: Sequence[Group]
    lacking: Sequence[Group]
    skips: Sequence[Group]
    failures: Sequence[Group]
    ignored: Sequence[str]
    notes: Sequence[str] = field(default_factory=list)
    not_begun: Sequence[Group] = ()
    rollout: str = ""
    generations: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def phones(self) -> int:
        return sum(self.counts.values())

    @property
    def without_lines(self) -> list[str]:
        """Phones that have their new values, and whose lines do not register since."""
        undone = {host for group in self.done if group.text == "rolled back" for host in group.hosts}
        found = [host for group in self.failures if group.kind == "not_registered" for host in group.hosts]
        return [host for host in found if host not in undone]

    @property
    def lost(self) -> list[str]:
        """The hosts to try again."""
        return sorted({host for group in self.failures for host in group.hosts}, key=natural)


def digest(collector: Collector) -> Digest:
    """``collector``: finished."""
    phones = dict(sorted(collector.phones.items(), key=lambda item: natural(item[0])))
    counted = Counter(phone.state for phone in phones.values())
    return Digest(
        collector.check_mode,
        collector.changes_wanted,
        {state: counted[state] for state in STATES},
        _parameters(phones.values()),
        _grouped((what, "", host) for host, phone in phones.items() for what in phone.done),
        _waiting(phones, "yes"),
        _waiting(phones, "unknown"),
        _secrets(phones),
        _lacking(phones),
        _grouped((text, "", host) for host, phone in phones.items() for text in dict.fromkeys(phone.skips)),
        _failures(phones),
        [host for host, phone in phones.items() if any(failure.ignored for failure in phone.failures)],
        list(collector.notes),
        _grouped((phone.not_begun, "", host) for host, phone in phones.items() if phone.not_begun),
        collector.rollout,
        _generations(phones),
    )


def as_stats(made: Digest, details: str = "", largest: int = LARGEST_STATS) -> dict[str, Any]:
    """What other jobs and AWX get. Lists of hosts are cut until it has at most ``largest`` bytes; counts stay true.
    ``details``: the path of the file with all of it."""
    return bounded(lambda most: _as_stats(made, details, most), largest, 10_000, _LONGEST_TEXT)


def as_details(collector: Collector, made: Digest) -> dict[str, Any]:
    """All that is known, of every phone."""
    return {
        **_as_stats(made, "", len(collector.phones), groups=None),
        "hosts": {
            host: {
                "state": phone.state,
                "parameters": {name: _change(change, None) for name, change in sorted(phone.changes.items())},
                "secrets_written": sorted(phone.secrets_written),
                "secrets_skipped": dict(sorted(phone.secrets_left.items())),
                "unknown": dict(sorted(phone.unknown.items())),
                "restart_required": phone.restart,
                "restart_reasons": dict(phone.because),
                "done": list(phone.done),
                "skips": list(phone.skips),
                "not_begun": phone.not_begun,
                "generation": phone.generation,
                "failures": [
                    {
                        "kind": failure.kind,
                        "text": failure.text,
                        "unreachable": failure.unreachable,
                        "ignored": failure.ignored,
                    }
                    for failure in phone.failures
                ],
            }
            for host, phone in sorted(collector.phones.items(), key=lambda item: natural(item[0]))
        },
    }


def _as_stats(made: Digest, details: str, most: int, groups: int | None = _MOST_GROUPS) -> dict[str, Any]:
    def told(group: Group, **more: Any) -> dict[str, Any]:
        return {**more, "phones": len(group.hosts), "hosts": list(group.hosts[:most])}

    longest = None if groups is None else _LONGEST_VALUE
    return {
        "version": 1,
        "check_mode": made.check_mode,
        "phones": made.phones,
        "counts": dict(made.counts),
        "parameters": [
            {
                "name": each.name,
                "phones": each.phones,
                "secret": each.secret,
                "changes": [
                    {**_change(change, longest), "phones": phones} for change, phones in each.changes[: groups and 5]
                ],
            }
            for each in made.parameters[:groups]
        ],
        "parameters_changed": len(made.parameters),
        "done": [told(group, what=group.text) for group in made.done],
        "restart_needed": told(made.restart, because=list(made.restart.names[:groups])),
        "restart_unknown": told(made.unknown, because=list(made.unknown.names[:groups])),
        "secrets_skipped": [
            told(group, reason=group.text, names=list(group.names[:groups])) for group in made.secrets[:groups]
        ],
        "unknown_skipped": [told(group, names=list(group.names[:groups])) for group in made.lacking[:groups]],
        "skipped": [told(group, reason=group.text) for group in made.skips[:groups]],
        "not_begun": [told(group, reason=group.text) for group in made.not_begun[:groups]],
        "generations": {
            generation: {"phones": len(hosts), "hosts": list(hosts[:most])}
            for generation, hosts in made.generations.items()
        },
        "failures": [
            told(group, kind=group.kind, unreachable=group.lost, text=group.text[: longest and _LONGEST_TEXT])
            for group in made.failures[:groups]
        ],
        "failed_hosts": made.lost[:most],
        "notes": list(made.notes[:groups]),
        "details": details,
    }


def _change(change: Change, longest: int | None) -> dict[str, Any]:
    where = change.where
    values = {"before": change.before, "after": change.after}
    shown = {name: value if value is None else value[:longest] for name, value in values.items()}
    return {**shown, "layer": where.layer, "file": where.file, "line": where.line}


def _parameters(phones: Iterable[Phone]) -> list[Parameter]:
    changes: dict[str, Counter[Change]] = {}
    for phone in phones:
        for name, change in phone.changes.items():
            changes.setdefault(name, Counter())[change] += 1
        for name, where in phone.secrets_written.items():
            changes.setdefault(name, Counter())[Change(None, None, where)] += 1
    found = [
        Parameter(
            name,
            counted.total(),
            _frequent(counted),
            None in {each.after for each in counted},
            shared(each.where for each in counted),
        )
        for name, counted in changes.items()
    ]
    return sorted(found, key=lambda each: (-each.phones, natural(each.name)))


def _frequent(counted: Counter[Change]) -> list[tuple[Change, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], str(item[0].after), str(item[0].before)))


def shared(found: Iterable[Where]) -> Where:
    """Where all these values come from, as far as they agree."""
    places = set(found)
    if len(places) == 1:
        return places.pop()
    if len({(each.layer, each.file) for each in places}) == 1:
        first = places.pop()
        return Where(first.layer, first.file)
    layers = {each.layer for each in places}
    return Where(layers.pop()) if len(layers) == 1 else Where()


def _generations(phones: Mapping[str, Phone]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {each: [] for each in GENERATIONS}
    for host, phone in phones.items():
        if phone.generation:
            found.setdefault(phone.generation, []).append(host)
    return found if any(found.values()) else {}


def _waiting(phones: Mapping[str, Phone], restart: str) -> Group:
    """The phones that need a restart (yes), or may need one (unknown), with the parameters that may be the cause."""
    hosts, names = [], Counter[str]()
    for host, phone in phones.items():
        if phone.restart == restart:
            hosts.append(host)
            changed = [*phone.changes, *phone.secrets_written]
            names.update(
                list(phone.because) if restart == "yes" else [n for n in changed if restart_required([n]) != "no"]
            )
    return Group("", hosts, [name for name, _times in sorted(names.items(), key=lambda item: (-item[1], item[0]))])


def _secrets(phones: Mapping[str, Phone]) -> list[Group]:
    hosts: dict[str, dict[str, None]] = {}
    names: dict[str, Counter[str]] = {}
    for host, phone in phones.items():
        for name, reason in phone.secrets_left.items():
            hosts.setdefault(reason, {})[host] = None
            names.setdefault(reason, Counter())[name] += 1
    found = [
        Group(reason, list(hosts[reason]), [name for name, _times in counted.most_common()])
        for reason, counted in names.items()
    ]
    return sorted(found, key=lambda group: -len(group.hosts))


def _lacking(phones: Mapping[str, Phone]) -> list[Group]:
    """By what the phones lack, as those of one model do. Names that no phone is known to have come first: they may be
    misspelled, and so have a suggestion."""
    found: dict[tuple[str, ...], list[str]] = {}
    for host, phone in phones.items():
        if phone.unknown:
            names = sorted(phone.unknown, key=lambda name: (is_known(name), natural(name)))
            shown = (name if is_known(name) else _with_suggestion(name, phone.unknown[name]) for name in names)
            found.setdefault(tuple(shown), []).append(host)
    return sorted((Group("", hosts, names) for names, hosts in found.items()), key=lambda group: -len(group.hosts))


def _with_suggestion(name: str, near: Sequence[str]) -> str:
    return f"{name} ({near[0]}?)" if near else name


def _failures(phones: Mapping[str, Phone]) -> list[Group]:
    """By cause: kind and text, whatever numbers and addresses are in it. A phone counts by its last failure."""
    found: dict[tuple[str, str, bool], tuple[str, list[str]]] = {}
    for host, phone in phones.items():
        counted = [failure for failure in phone.failures if not failure.ignored]
        if counted:
            last = counted[-1]
            _text, hosts = found.setdefault((last.kind, alike(last.text), last.unreachable), (last.text, []))
            hosts.append(host)
    groups = [Group(text, hosts, kind=kind, lost=lost) for (kind, _key, lost), (text, hosts) in found.items()]
    return sorted(groups, key=lambda group: -len(group.hosts))


def _grouped(found: Iterable[tuple[str, str, str]]) -> list[Group]:
    """Groups of (text, kind, host) that are alike but for numbers."""
    groups: dict[str, tuple[str, str, list[str]]] = {}
    for text, kind, host in found:
        groups.setdefault(alike(text), (text, kind, []))[2].append(host)
    return sorted((Group(text, hosts, kind=kind) for text, kind, hosts in groups.values()), key=lambda g: -len(g.hosts))


_SINGLE = re.compile(r"(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|\b[0-9a-f]{12}\b|[0-9]+(?:\.[0-9]+)*", re.IGNORECASE)


def alike(text: str) -> str:
    """The text without what may be different for each phone: numbers, addresses and MAC addresses."""
    return _SINGLE.sub("#", text)
