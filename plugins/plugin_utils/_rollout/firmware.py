# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which phones of a fleet get which firmware, over which releases: what vvx_firmware_rollout decides. No Ansible."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._phone.errors import PhoneError, ProtocolError
from ...module_utils._steps.firmware_path import (
    Hop,
    is_newer,
    legs,
    numbers,
    read_hops,
    read_servers,
    refuse_misspelled,
    target_of,
    targets,
    versions,
)
from ...module_utils._text import clean
from .._console.order import natural
from .._console.sections import Section, folded
from .._console.words import count
from .walking import Errand, Note

KIND = "firmware"


@dataclass(frozen=True)
class Found:
    """What was read of a phone."""

    model: str
    firmware: str


@dataclass(frozen=True)
class Update:
    """What a phone gets. ``path``: one version after another; empty if only its lines have to be looked at."""

    model: str
    firmware: str
    target: str
    path: tuple[str, ...]

    def wish(self, lines: Iterable[int]) -> dict[str, Any]:
        """``lines``: that are registered now."""
        return {"target": self.target, "from": self.firmware, "path": list(self.path), "lines": sorted(lines)}


@dataclass(frozen=True)
class Order:
    """What was asked for, checked. ``servers``: as ``read_servers`` returns them."""

    table: Mapping[str, str]
    hops: Sequence[Hop]
    servers: str | Mapping[str, str] | None
    allow_downgrade: bool

    def last_server(self, target: str) -> str | None:
        """Where a phone with this target looks in the end."""
        return legs([target], self.servers)[0].server

    @property
    def errand(self) -> Errand:
        """The same whenever the same versions are to be installed."""
        hops = [[hop.version, hop.below, sorted(hop.models)] for hop in self.hops]
        asked = json.dumps([sorted(self.table.items()), hops], sort_keys=True)
        title = f"Firmware {', '.join(sorted(set(self.table.values()), key=numbers))}".rstrip()
        return Errand(
            KIND,
            hashlib.sha256(asked.encode()).hexdigest()[:16],
            title if len(title) <= 60 else "Firmware",
            "to update",
            "updated by an earlier run",
        )


@dataclass
class Sorting:
    """All phones: ``updates`` to make; ``right``: those that have their firmware; ``newer`` than their target, which
    each has; ``aimless``: models without a target; ``lost``: those that could not be read."""

    updates: dict[str, Update] = field(default_factory=dict)
    right: list[str] = field(default_factory=list)
    newer: dict[str, str] = field(default_factory=dict)
    aimless: dict[str, list[str]] = field(default_factory=dict)
    lost: dict[str, PhoneError] = field(default_factory=dict)

    def notes(self, overruled: Collection[str] = (), elsewhere: Sequence[str] = ()) -> list[Note]:
        """What to say of the phones besides their updates. ``overruled``: those that polycom.vvx.configure would point
        at another server again; ``elsewhere``: those that an earlier run, for another table, has not finished."""
        models = ", ".join(map(clean, sorted(self.aimless, key=natural)[:5]))
        without = sorted((host for hosts in self.aimless.values() for host in hosts), key=natural)
        return [
            Note("resumed_elsewhere", elsewhere, "begun or failed in an earlier run for other firmware"),
            Note("as_desired", self.right, "up to date", named=False),
            Note("newer", sorted(self.newer, key=natural), "with newer firmware, left out (vvx_allow_downgrade)"),
            Note("no_target", without, f"of models without a target in target_firmware, left out ({models})"),
            Note("not_read", sorted(self.lost, key=natural), "not read, left out"),
            Note(
                "overruled",
                sorted(overruled, key=natural),
                "whose vvx_parameters_* have another device.prov.upgradeServer, which configure would write back",
            ),
        ]


def order(params: Mapping[str, Any]) -> Order:
    """What was asked for. ``params``: of vvx_firmware_rollout, validated. Raises SettingsError."""
    return Order(
        targets(params["target_firmware"], exact=True),
        read_hops(params["hops"]),
        read_servers(params["server"]),
        params["allow_downgrade"],
    )


def sort(found: Mapping[str, Found | PhoneError], asked: Order, begun: Collection[str] = ()) -> Sorting:
    """Decide for each phone. ``begun``: those that an earlier run has begun and not finished; they are looked at again,
    also if they have their firmware. Raises SettingsError if a version has no server, or a model is misspelled."""
    sorting = Sorting()
    for host in sorted(found, key=natural):
        phone = found[host]
        if isinstance(phone, PhoneError):
            sorting.lost[host] = phone
            continue
        if not phone.firmware:
            sorting.lost[host] = ProtocolError("the phone does not say which firmware it has.", host=host)
            continue
        refuse_misspelled(phone.model, asked.table, asked.hops)
        target = target_of(phone.model, asked.table)
        if target is None:
            sorting.aimless.setdefault(phone.model, []).append(host)
            continue
        path = versions(phone.model, phone.firmware, target, asked.hops)
        if path and is_newer(phone.firmware, target) and not asked.allow_downgrade:
            sorting.newer[host] = target
        elif path or host in begun:
            legs(path, asked.servers)
            sorting.updates[host] = Update(phone.model, phone.firmware, target, tuple(path))
        else:
            sorting.right.append(host)
    return sorting


def section(sorting: Sorting, width: int) -> Section:
    """The updates, one line for phones that get the same, the largest number first."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for host, update in sorting.updates.items():
        groups.setdefault((update.model, update.firmware, update.path), []).append(host)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), natural(item[0][0]), natural(item[0][1])))
    items = [folded(_told(len(hosts), *group), width, 2, 2) for group, hosts in ordered]
    return Section(8, items=items, more="more group")


def _told(phones: int, model: str, now: str, path: Sequence[str]) -> str:
    way = f"{clean(now)} -> {' -> '.join(path)}" if path else f"{clean(now)}, to be looked at again"
    return f"{count(phones, 'phone')} {clean(model)}: {way}"
