# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run hands over besides its summary: facts, the backup, and what was configured. They are there even if every
phone failed, because no task makes them. docs/awx.md lists them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .._console.order import natural
from .._handover import bounded, first
from .collect import Collector
from .digest import Digest


def statistics(collector: Collector, made: Digest) -> dict[str, dict[str, Any]]:
    """By name: those of the tasks that the run had."""
    wanted: dict[str, tuple[str, Callable[[int], Mapping[str, Any]]]] = {
        "vvx_facts": ("polycom_vvx_facts", lambda most: _facts(collector, made, most)),
        "vvx_export": ("polycom_vvx_backup", lambda most: _backup(collector, made, most)),
        "vvx_config": ("polycom_vvx_configure", lambda most: _configure(made, most)),
    }
    return {name: bounded(make) for module, (name, make) in wanted.items() if module in collector.modules}


def _outcome(made: Digest, most: int) -> dict[str, Any]:
    return {
        "phones": made.phones,
        "check_mode": made.check_mode,
        "counts": dict(made.counts),
        "failed_hosts": list(made.lost[:most]),
        "failures": [
            {"kind": group.kind, "text": group.text, "phones": len(group.hosts)} for group in made.failures[:most]
        ],
    }


def _facts(collector: Collector, made: Digest, most: int) -> dict[str, Any]:
    devices = {host: phone.device for host, phone in collector.phones.items() if phone.device}
    return {
        **_outcome(made, most),
        "models": first(_counted(each.get("model") for each in devices.values()), most),
        "firmware": first(_counted(each.get("firmware") for each in devices.values()), most),
        "hosts": {host: dict(devices[host]) for host in sorted(devices, key=natural)[:most]},
    }


def _backup(collector: Collector, made: Digest, most: int) -> dict[str, Any]:
    files = [file for phone in collector.phones.values() for file in phone.files]
    return {
        **_outcome(made, most),
        "files": len(files),
        "bytes": sum(size for _path, size in files),
        "folders": sorted({os.path.dirname(path) for path, _size in files})[:most],
    }


def _configure(made: Digest, most: int) -> dict[str, Any]:
    return {
        **_outcome(made, most),
        "parameters": {each.name: each.phones for each in made.parameters[:most]},
        "parameters_changed": len(made.parameters),
        "restart_needed": len(made.restart.hosts),
        "restart_hosts": list(made.restart.hosts[:most]),
    }


def _counted(values: Iterable[Any]) -> dict[str, int]:
    return dict(Counter(str(value) for value in values if value).most_common())
