# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that can be read from a phone, by name: how to read it and how to normalize it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._phone.api import Phone
from .._phone.conversation import OF_ONE_CALL
from .._phone.errors import NotSupported, PhoneError, SettingsError
from .._phone.shapes import calls, certificates, media, sip, stats
from .._phone.shapes import device as device_shapes
from .._phone.shapes import lines as line_shapes
from .._phone.shapes.converters import lower, text


@dataclass(frozen=True)
class Subset:
    """``read``: gets the phone's reply. ``shape``: normalizes it. ``fact``: describes what the phone is or how it is
    set up, not what it is doing. ``on_request``: not part of ``all``, because it is large, slow or dangerous on older
    firmware (device/stats is slow from 5.7 on, and media statistics froze conference phones before 5.8)."""

    read: Callable[[Phone], Any]
    shape: Callable[[Any], Any]
    fact: bool = False
    on_request: bool = False


def _reader(name: str) -> Callable[[Phone], Any]:
    return lambda phone: phone.read(name)


SUBSETS: dict[str, Subset] = {
    "device": Subset(lambda phone: phone.device_info(), device_shapes.device, fact=True),
    "running_config": Subset(_reader("running_config"), device_shapes.running_config, fact=True),
    "network": Subset(_reader("network_info"), device_shapes.network, fact=True),
    "lines": Subset(lambda phone: phone.line_info(), line_shapes.lines, fact=True),
    "location": Subset(_reader("location_info"), device_shapes.location, fact=True),
    "transfer_type": Subset(_reader("transfer_type_get"), lambda raw: lower(raw.get("Type")), fact=True),
    "certificate": Subset(lambda phone: phone.met(), certificates.certificate, fact=True),
    "sip_status": Subset(_reader("sip_status"), sip.sip_status),
    "network_stats": Subset(_reader("network_stats"), stats.network_stats),
    "poll_status": Subset(_reader("poll_for_status"), calls.poll_status),
    "presence": Subset(lambda phone: phone.presence(), calls.presence),
    "communication": Subset(_reader("communication_info"), calls.communication),
    "calls": Subset(lambda phone: phone.call_status(), calls.calls),
    "call_logs": Subset(_reader("call_logs"), calls.call_logs),
    "missed_calls": Subset(_reader("call_logs_missed"), calls.call_log, on_request=True),
    "received_calls": Subset(_reader("call_logs_received"), calls.call_log, on_request=True),
    "placed_calls": Subset(_reader("call_logs_placed"), calls.call_log, on_request=True),
    "device_stats": Subset(_reader("device_stats"), stats.device_stats, on_request=True),
    "media_sessions": Subset(_reader("session_stats"), media.sessions, on_request=True),
    "ui_xml": Subset(_reader("ui_xml"), text, on_request=True),
}


def chosen(option: str, subset: Sequence[str], names: Mapping[str, Subset], smallest: Sequence[str]) -> list[str]:
    """The names that ``subset`` (names, ``!names``, ``all``, ``min``) selects, in the order of ``names``. Exclusions
    alone (``!lines``) start from ``all``. Raises SettingsError for an unknown name."""
    everything = {name for name, each in names.items() if not each.on_request}
    groups = {"all": everything, "min": set(smallest), **{name: {name} for name in names}}
    wanted: set[str] = set()
    excluded: set[str] = set()
    for item in subset:
        name = item.lstrip("!")
        if name not in groups:
            raise SettingsError(
                f"{option}: {name!r} is not a subset.",
                remedy=f"Choose from all, min, {', '.join(names)}; put ! in front to exclude one.",
            )
        (excluded if item.startswith("!") else wanted).update(groups[name])
    if not wanted and excluded:
        wanted = everything
    return [name for name in names if name in wanted - excluded]


@dataclass
class Gathered:
    """What was read, by subset. ``info``: normalized. ``raw``: as the phone said it. ``unsupported``: why the phone
    does not give it. ``unreadable``: those of them that it does not simply lack; it answered otherwise."""

    info: dict[str, Any] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)
    unsupported: dict[str, str] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)

    def add(
        self, phone: Phone, names: Iterable[str], readers: Mapping[str, Callable[[Phone], Any]] | None = None
    ) -> None:
        """Read subsets. ``readers``: other ways to read some of them.

        What a phone answers to one call is no reason to do without the others. Raises any other PhoneError; such an
        answer, too, if nothing else could be read.
        """
        answers: list[PhoneError] = []
        for name in names:
            subset = SUBSETS[name]
            read = (readers or {}).get(name)
            try:
                raw = (read or subset.read)(phone)
            except OF_ONE_CALL as error:
                self.unsupported[name] = error.message
                if isinstance(error, NotSupported):
                    continue
                if read is not None:
                    raise
                self.unreadable.append(name)
                answers.append(error)
                continue
            self.raw[name] = list(map(list, raw[:2])) if isinstance(raw, line_shapes.LineInfo) else raw
            self.info[name] = subset.shape(raw)
        if answers and not self.info:
            raise answers[0]

    def warnings(self) -> list[str]:
        """About the subsets that could not be read although the phone has them."""
        return [f"{name} could not be read: {self.unsupported[name]}" for name in self.unreadable]

    def facts(self) -> dict[str, Any]:
        """What vvx_facts returns: the normalized subsets, and under ``unsupported`` the names of those that the phone
        does not give."""
        return {**self.info, "unsupported": list(self.unsupported)} if self.unsupported else self.info
