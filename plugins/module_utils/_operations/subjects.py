# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that can be read from a phone, by name: where it comes from, and how it is normalised."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._phone.api import Phone
from .._phone.errors import SettingsError
from .._phone.shapes import calls, equipment, media
from .._phone.shapes import lines as line_shapes
from .._phone.shapes.basics import lower, text


@dataclass(frozen=True)
class Subject:
    """``read``: a phone's own reply. ``shape``: normalises it. ``lists``: it is a list, not an object. ``fact``: describes what the
    phone is or how it is set up, not what it is doing. ``on_request``: never part of ``all``, because it is large, or slow or
    dangerous on older firmware (device/stats takes long from 5.7 on, and media statistics froze conference phones before 5.8)."""

    read: Callable[[Phone], Any]
    shape: Callable[[Any], Any]
    fact: bool = False
    on_request: bool = False


def _reader(name: str) -> Callable[[Phone], Any]:
    return lambda phone: phone.read(name)


SUBJECTS: dict[str, Subject] = {
    "device": Subject(lambda phone: phone.device_info(), equipment.device, fact=True),
    "running_config": Subject(_reader("running_config"), equipment.running_config, fact=True),
    "network": Subject(_reader("network_info"), equipment.network, fact=True),
    "lines": Subject(lambda phone: phone.line_info(), lambda raw: line_shapes.merged(*raw), fact=True),
    "location": Subject(_reader("location_info"), equipment.location, fact=True),
    "transfer_type": Subject(_reader("transfer_type_get"), lambda raw: lower(raw.get("Type")), fact=True),
    "sip_status": Subject(_reader("sip_status"), line_shapes.sip_status),
    "network_stats": Subject(_reader("network_stats"), equipment.network_stats),
    "poll_status": Subject(_reader("poll_for_status"), calls.poll_status),
    "presence": Subject(lambda phone: phone.presence(), calls.presence),
    "communication": Subject(_reader("communication_info"), calls.communication),
    "calls": Subject(lambda phone: phone.call_status(), calls.calls),
    "call_logs": Subject(_reader("call_logs"), calls.call_logs),
    "missed_calls": Subject(_reader("call_logs_missed"), calls.call_log, on_request=True),
    "received_calls": Subject(_reader("call_logs_received"), calls.call_log, on_request=True),
    "placed_calls": Subject(_reader("call_logs_placed"), calls.call_log, on_request=True),
    "device_stats": Subject(_reader("device_stats"), equipment.device_stats, on_request=True),
    "media_sessions": Subject(_reader("session_stats"), media.sessions, on_request=True),
    "ui_xml": Subject(_reader("ui_xml"), text, on_request=True),
}


def chosen(option: str, subset: Sequence[str], names: Mapping[str, Subject], smallest: Sequence[str]) -> list[str]:
    """The names that ``subset`` (names, ``!names``, ``all`` and ``min``) means, in the order of ``names``. Raises SettingsError for a
    name that is none. Only exclusions (``!lines``) count from ``all``."""
    everything = {name for name, subject in names.items() if not subject.on_request}
    groups = {"all": everything, "min": set(smallest), **{name: {name} for name in names}}
    wanted: set[str] = set()
    excluded: set[str] = set()
    for item in subset:
        name = item.lstrip("!")
        if name not in groups:
            raise SettingsError(f"{option}: {name!r} is no subset.", remedy=f"Choose among all, min, {', '.join(names)}, each also with ! in front.")
        (excluded if item.startswith("!") else wanted).update(groups[name])
    if not wanted and excluded:
        wanted = everything
    return [name for name in names if name in wanted - excluded]
