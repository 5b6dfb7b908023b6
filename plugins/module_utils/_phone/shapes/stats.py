# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Normalize statistics of the device and its network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .converters import Convert, Fields, convert, decimal, duration, mapping, number, present

_NETWORK: dict[str, tuple[str, Convert]] = {
    "UpTime": ("uptime_seconds", duration),
    "RxPackets": ("packets_received", number),
    "TxPackets": ("packets_sent", number),
}
_CPU: dict[str, tuple[str, Convert]] = {
    "Current": ("cpu_percent", decimal),
    "Average": ("cpu_average_percent", decimal),
}
_MEMORY: dict[str, tuple[str, Convert]] = {
    "Total": ("total_bytes", number),
    "Used": ("used_bytes", number),
    "Free": ("free_bytes", number),
    "Cached": ("cached_bytes", number),
    "SReclaim": ("reclaimable_bytes", number),
    "ComAS": ("committed_bytes", number),
    "RAMDiskSize": ("ram_disk_bytes", number),
}
_POOL: dict[str, tuple[str, Convert]] = {
    "arena": ("arena_bytes", number),
    "uordblks": ("used_bytes", number),
    "fordblks": ("free_bytes", number),
    "hblkhd": ("mapped_bytes", number),
}


def network_stats(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize network/stats: packets since the network came up, and the seconds since then."""
    return convert(raw, _NETWORK)


def device_stats(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize device/stats: CPU in percent, memory in bytes, and the memory pools of the phone's processes.

    Phones put the pools under Memory; the manual prints them next to it. The RAM disk is in either place.
    """
    stats = Fields(raw)
    cpu = convert(stats.take(mapping, "CPU") or {}, _CPU)
    memory = {str(key): value for key, value in (stats.take(mapping, "Memory") or {}).items()}
    ram_disk = stats.take(number, "RAMDiskSize")
    pools = {key: part for key, part in memory.items() if isinstance(part, Mapping)}
    rest = stats.other() or {}
    pools.update({key: part for key, part in rest.items() if isinstance(part, Mapping)})
    totals = convert({key: part for key, part in memory.items() if key not in pools}, _MEMORY)
    inner = totals.pop("ram_disk_bytes", None)
    more = {**cpu.pop("other", {}), **{key: part for key, part in rest.items() if key not in pools}}
    return present(
        {
            **cpu,
            "memory": totals or None,
            "ram_disk_bytes": inner if ram_disk is None else ram_disk,
            "pools": {name: convert(pools[name], _POOL) for name in sorted(pools)} or None,
            "other": more or None,
        }
    )
