# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A row of the report for each phone: its cells, and the detail behind them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from ...module_utils._phone.errors import SettingsError
from ...module_utils._steps.query import searched
from ...module_utils._steps.survey import Survey

COLUMNS: tuple[dict[str, str], ...] = (
    {"name": "host", "title": "Host", "kind": "text"},
    {"name": "address", "title": "Address", "kind": "text"},
    {"name": "status", "title": "Status", "kind": "text"},
    {"name": "reason", "title": "Reason", "kind": "text"},
    {"name": "model", "title": "Model", "kind": "text"},
    {"name": "firmware", "title": "Firmware", "kind": "text"},
    {"name": "target", "title": "Target", "kind": "text"},
    {"name": "behind", "title": "Behind", "kind": "boolean"},
    {"name": "mac", "title": "MAC", "kind": "text"},
    {"name": "lines", "title": "Lines", "kind": "list"},
    {"name": "registered", "title": "Registered", "kind": "text"},
    {"name": "drift", "title": "Drift", "kind": "number"},
    {"name": "problems", "title": "Problems", "kind": "list"},
)
"""Always there, in this order; columns of the user come after them."""

STATUSES = {
    "unreachable": "unreachable",
    "connection_lost": "unreachable",
    "timeout": "unreachable",
    "authentication_failed": "unauthorised",
    "default_password": "default_password",
    "rest_disabled": "rest_off",
    "tls": "tls",
    "busy": "busy",
    "settings": "settings",
    "bad_values": "settings",
}
"""The status of a phone by the kind of its error; any other is ``error``."""


@dataclass(frozen=True)
class Wishes:
    """What the report compares with. ``targets``: firmware by model; the key ``default`` stands for all others. ``columns``: name and
    compiled JMESPath expression of the user's own columns."""

    targets: Mapping[str, str] = field(default_factory=dict)
    columns: Sequence[tuple[str, Any]] = ()


def row(host: str, address: str, found: Survey, wishes: Wishes) -> dict[str, Any]:
    """The report's JSON Schema describes a row."""
    info = found.info
    device = info.get("device", {})
    lines = info.get("lines", [])
    error = found.error
    drift = [asdict(difference) for difference in found.drift]
    target = wishes.targets.get(device.get("model", ""), wishes.targets.get("default")) if device else None
    behind = is_behind(device["firmware"], target) if target and "firmware" in device else None
    telling = [line for line in lines if line.get("registered") is not None]
    registered = sum(line["registered"] for line in telling)
    cells: dict[str, Any] = {
        "host": host,
        "address": address,
        "status": "ok" if error is None else STATUSES.get(error.kind, "error"),
        "reason": None if error is None else error.message,
        "model": device.get("model"),
        "firmware": device.get("firmware"),
        "target": target,
        "behind": behind,
        "mac": device.get("mac"),
        "lines": [str(line.get("label") or line.get("user") or line["line"]) for line in lines]
        if "lines" in info
        else None,
        "registered": f"{registered}/{len(telling)}" if telling else None,
        "drift": len(drift) if found.compared else None,
    }
    problems = _problems(device, lines, cells, found.unknown)
    cells["problems"] = problems
    cells.update({name: _queried(expression, info) for name, expression in wishes.columns})
    detail = {
        "lines": [{key: line.get(key) for key in ("line", "label", "user", "registered")} for line in lines],
        "drift": drift,
        "problems": problems,
        "remedy": error.remedy or None if error else None,
    }
    made: dict[str, Any] = _writable({"cells": cells, "detail": detail})
    return made


def _queried(expression: Any, info: Mapping[str, Any]) -> Any:
    """The cell of a column of the user's; empty where the query does not fit what this phone told."""
    try:
        return cell(searched("columns", expression, info))
    except SettingsError:
        return None


def _writable(value: Any) -> Any:
    """The same without halves of surrogate pairs (a phone may cut a label in the middle of an emoji), which no file can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_writable(key): _writable(part) for key, part in value.items()}
    return [_writable(part) for part in value] if isinstance(value, list) else value


def _problems(
    device: Mapping[str, Any], lines: Sequence[Mapping[str, Any]], cells: Mapping[str, Any], unknown: Iterable[str]
) -> list[str]:
    problems = [] if cells["status"] == "ok" else [cells["status"].replace("_", " ")]
    problems += [f"line {line['line']} is not registered" for line in lines if line.get("registered") is False]
    if device.get("ready_to_use") is False:
        problems.append("not ready")
    if cells["behind"]:
        problems.append(f"firmware is behind {cells['target']}")
    if cells["drift"]:
        problems.append("parameters differ")
    problems += [f"unknown parameter {name}" for name in unknown]
    return problems


def is_behind(firmware: str, target: str) -> bool:
    """Whether a version is older than another, part by part: 5.9.10 is newer than 5.9.9."""
    return _version(firmware) < _version(target)


def _version(text: str) -> list[int]:
    return [int(part) for part in re.findall(r"[0-9]{1,18}", text)]


def cell(value: Any) -> Any:
    """A value as a cell takes it: a text, a number, a boolean, nothing, or a list of texts."""
    if isinstance(value, list):
        return [_text(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if value is None or isinstance(value, (str, int, float, bool)) else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_text(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return (
        {None: "", True: "yes", False: "no"}.get(value, str(value))
        if value is None or isinstance(value, bool)
        else str(value)
    )


def natural(text: str) -> list[Any]:
    """A key to sort by: phone-2 comes before phone-10."""
    return [
        (0, int(part), "") if re.match("[0-9]", part) else (1, 0, part.lower())
        for part in re.split(r"([0-9]+)", text)
        if part
    ] + [(2, 0, text)]
