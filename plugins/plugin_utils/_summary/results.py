# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the result of one task says of its phone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ...module_utils._text import safe
from .phones import Change, Failure, Phone, Where

DONE = {
    "vvx_firmware": "firmware updated",
    "vvx_restart": "restarted",
    "vvx_reset": "reset",
    "vvx_password": "password changed",
    "vvx_rotate": "next password set",
    "vvx_enrolled": "enrolled",
    "vvx_export": "backed up",
    "vvx_provision": "provisioning changed",
    "vvx_transfer_type": "transfer type changed",
}
"""What a change by this task has done to the phone."""
_PREPARED = "provisioning file written"
"""What vvx_enrolled says instead of a phone that has not appeared yet."""
DEVICE = {"model": "model", "firmware": "firmware", "mac": "mac", "address": "ipv4_address"}
"""Facts of a phone that are kept, by the names that they get."""
SETS_PARAMETERS = ("vvx_apply", "vvx_certificate", "vvx_config", "vvx_revert")
_REFUSED_FOR_NAMES = "unknown_parameters"
"""The kind of error of a phone to which nothing was written, because it does not know all names."""
_LONGEST = 2_000
"""Characters of a message that are kept."""


def done_by(name: str, state: str, result: Mapping[str, Any]) -> str | None:
    """What a task that has changed something has done to the phone."""
    if result.get("outcome") == "prepared":
        return _PREPARED
    if name == "vvx_firmware" and state != "ok" and not result.get("installed"):
        return None  # It has restarted, and runs what it ran before.
    return DONE.get(name)


def add_finds(phone: Phone, name: str, result: Mapping[str, Any]) -> None:
    """What vvx_facts and vvx_export have read."""
    if name == "vvx_facts":
        device = _mapping(_mapping(_mapping(result, "ansible_facts"), "vvx"), "device")
        phone.device |= {key: str(device[fact]) for key, fact in DEVICE.items() if device.get(fact)}
    if name == "vvx_export":
        files = result.get("files")
        phone.files += [
            (str(file["dest"]), int(file.get("size") or 0))
            for file in (files if isinstance(files, list) else [])
            if isinstance(file, Mapping) and file.get("dest")
        ]


def add_changes(phone: Phone, result: Mapping[str, Any]) -> None:
    """What one of SETS_PARAMETERS did."""
    origins = _mapping(result, "origins")
    before, after = _mapping(result, "before"), _mapping(result, "after")
    for name, value in after.items():
        old = phone.changes[name].before if name in phone.changes else str(before.get(name, ""))
        phone.changes[name] = Change(old, str(value), _where(origins.get(name)))
    for name in _texts(result.get("secrets_written")):
        phone.secrets_written[name] = _where(origins.get(name))
        phone.secrets_left.pop(name, None)
    if result.get("rolled_back") and "rolled back" not in phone.done:
        phone.done.append("rolled back")
    reasons = _mapping(result, "secrets_reasons")
    for name in _texts(result.get("secrets_skipped")):
        phone.secrets_left[name] = str(reasons.get(name, ""))
    if _mapping(result, "error").get("kind") != _REFUSED_FOR_NAMES:
        phone.unknown |= {str(name): _texts(near) for name, near in _mapping(result, "unknown").items()}
    if result.get("restarted"):
        phone.restart, phone.because = "no", {}
        if "restarted" not in phone.done:
            phone.done.append("restarted")
    elif result["restart_required"] == "yes":
        phone.restart = "yes"
        phone.because |= {name: str(why) for name, why in _mapping(result, "restart_reasons").items()}
    elif result["restart_required"] == "unknown" and phone.restart == "no":
        phone.restart = "unknown"


def failure_of(host: str, state: str, result: Mapping[str, Any], ignored: bool) -> Failure:
    error = _mapping(result, "error")
    names = {str(name) for name in (host, error.get("host")) if name}
    text = str(result.get("msg") or "the task failed without a word.")
    return Failure(
        str(error.get("kind") or "task"),
        without_name(text, sorted(names, key=len, reverse=True)),
        state == "unreachable",
        ignored,
    )


def without_name(text: str, names: Iterable[str]) -> str:
    """The text of a message without the phone's name before it."""
    text = safe(" ".join(text[:_LONGEST].split()))
    for name in names:
        text = text.removeprefix(f"{name}: ")
        text = re.sub(rf"(?<![\w.-]){re.escape(name)}(?![\w-])(?!\.\w)", "the phone", text)
    return text


def state_of(result: Mapping[str, Any]) -> str:
    """Of one round of a loop, or of a registered result. From ansible-core 2.21 on, callbacks do not see ``failed`` of
    rounds."""
    for state in ("unreachable", "skipped", "failed"):
        if result.get(state):
            return state
    return "failed" if result.get("error") else "ok"


def _where(origin: object) -> Where:
    if not isinstance(origin, Mapping):
        return Where()
    line = origin.get("line")
    return Where(
        str(origin.get("layer") or ""), str(origin.get("file") or ""), line if isinstance(line, int) and line else 0
    )


def _mapping(result: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = result.get(key)
    return value if isinstance(value, Mapping) else {}


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
