# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan: what a run would change on each phone, as a file that can be reviewed and then applied.

The file is signed with a key that plan and apply share (HMAC-SHA256), so that nobody changes it in between. It never
has the value of a secret. Instead, each phone has a mark (HMAC-SHA256 with the same key) of all its desired parameters,
secrets included: if these change, the plan no longer fits. docs/plan.schema.json describes the file.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from ...module_utils._parameters.table import fact
from ...module_utils._parameters.values import canonical
from ...module_utils._phone.errors import SettingsError
from .._console.order import natural

KIND = "polycom.vvx.plan"
FORMAT = 1
"""Of the file. Rises when an older version of the collection could misread it."""
LARGEST = 200_000_000
"""Bytes of a plan that are read. 10,000 phones with 40 changes each make about 80 MB."""
SHORTEST_KEY = 16
SECRET = "(secret)"
RESTARTS = ("no", "unknown", "restart", "reboot")
STATES = {
    "change": "change",
    "same": "are as desired",
    "unknown": "do not know some parameters",
    "error": "could not be read",
}
"""What a plan says of a phone, and the words for it. A phone that does not know a parameter is left out unless unknown
parameters are skipped."""
MAKE = "Make a plan with: ansible-playbook polycom.vvx.plan."
_UNSIGNED = ("id", "signature")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Change:
    """Of one parameter. ``source``: the phone's layer that the value before comes from. ``layer``, ``file``, ``line``:
    where the new value is written. Values of secrets are SECRET, or empty before if none is set; ``because``: why a
    secret would be written."""

    parameter: str
    secret: bool
    before: str
    source: str
    after: str
    layer: str | None = None
    file: str | None = None
    line: int | None = None
    because: str = ""


@dataclass(frozen=True)
class Entry:
    """One phone. ``changes``: sorted by parameter. ``restart``: one of RESTARTS, with the reasons by parameter.
    ``unknown``: parameters that it does not know, each with suggestions. ``secrets_left``: those left alone, and why.
    ``desired``: ``desired_mark``; empty if it could not be made. ``error``: kind, message and remedy, of a phone that
    could not be read."""

    host: str
    address: str = ""
    changes: tuple[Change, ...] = ()
    restart: str = "no"
    restart_reasons: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, list[str]] = field(default_factory=dict)
    secrets_left: Mapping[str, str] = field(default_factory=dict)
    desired: str = ""
    error: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Options:
    """What the plan was made with, and is applied with."""

    layers: tuple[str, ...]
    sensitive: tuple[str, ...] = ()
    update_secrets: str = "on_create"
    unknown_parameters: str = "fail"


@dataclass(frozen=True)
class Plan:
    """``phones``: by host, in natural order; those as desired have no changes. ``made``: ISO time, if it was asked
    for."""

    options: Options
    phones: Mapping[str, Entry]
    made: str | None = None

    @cached_property
    def id(self) -> str:
        """16 hexadecimal digits that name exactly this plan."""
        return hashlib.sha256(_canonical(self._content)).hexdigest()[:16]

    @cached_property
    def _content(self) -> dict[str, Any]:
        made = {"made": self.made} if self.made else {}
        options = {
            name: list(value) if isinstance(value, tuple) else value for name, value in vars(self.options).items()
        }
        phones = {host: entry_as_dict(self.phones[host]) for host in sorted(self.phones, key=natural)}
        return {"kind": KIND, "format": FORMAT, **made, "options": options, "phones": phones}

    def state(self, entry: Entry) -> str:
        """One of STATES."""
        if entry.error is not None:
            return "error"
        if entry.unknown and self.options.unknown_parameters != "skip":
            return "unknown"
        return "change" if entry.changes else "same"

    def applicable(self, entry: Entry) -> bool:
        """Whether the phone gets a task when the plan is applied."""
        return self.state(entry) == "change"

    @cached_property
    def hosts(self) -> dict[str, list[str]]:
        """The hosts by state, in natural order."""
        found: dict[str, list[str]] = {state: [] for state in STATES}
        for host in sorted(self.phones, key=natural):
            found[self.state(self.phones[host])].append(host)
        return found

    @property
    def targets(self) -> list[str]:
        """The hosts that are applicable, in natural order."""
        return self.hosts["change"]


def check_key(key: str | None) -> str:
    """The key that signs plans. Raises SettingsError if it is missing or too short."""
    good = "'openssl rand -hex 32' makes a good one. Keep it in a vault file; plan and apply share it."
    if not key:
        raise SettingsError("vvx_plan_key is not set, so no plan can be signed. Nothing was sent.", remedy=good)
    if len(key) < SHORTEST_KEY:
        raise SettingsError(
            f"vvx_plan_key must have at least {SHORTEST_KEY} characters. Nothing was sent.", remedy=good
        )
    return key


def desired_mark(key: str, host: str, parameters: Mapping[str, Any]) -> str:
    """The mark of the desired parameters of a phone, as the inventory has them: the same for 1, "1" and true where the
    phone gets the same text. Nobody without the key can find out a value from it."""
    wishes = {str(name): _wire_text(str(name), value) for name, value in parameters.items()}
    return mac(key, "desired", _canonical([host, wishes]))[:32]


def dumps(plan: Plan, key: str) -> bytes:
    """The file: the same plan has the same bytes."""
    content = {**plan._content, "id": plan.id}
    content["signature"] = _signature(content, key)
    # JSON has no other way to write halves of surrogate pairs, which no UTF-8 can hold.
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", f"{_lines(content, 0)}\n").encode()


def loads(data: bytes, key: str, path: str) -> Plan:
    """The plan in a file. ``path``: for messages. Raises SettingsError for anything else than a plan that was signed
    with this key."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or content.get("kind") != KIND or not isinstance(content.get("format"), int):
        raise SettingsError(f"{path} is no plan, or is damaged. Nothing was sent.", remedy=MAKE)
    if content["format"] > FORMAT:
        raise SettingsError(
            f"{path} was made by a newer version of polycom.vvx. Nothing was sent.",
            remedy="Install that version here, too, or make the plan anew.",
        )
    if str(content.get("signature")).partition(".")[0] != key_mark(key):
        raise SettingsError(
            f"{path} was not signed with this vvx_plan_key. Nothing was sent.",
            remedy="Set the key that the plan was made with, or make the plan anew.",
        )
    changed = SettingsError(
        f"{path} was changed since it was made. Nothing was sent.",
        remedy="Change the variables of the inventory instead, and make the plan anew.",
    )
    try:
        signature = _signature(content, key).encode()
        if not hmac.compare_digest(str(content["signature"]).encode("utf-8", "replace"), signature):
            raise changed
        plan = _plan(content)
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
        raise SettingsError(f"{path} is damaged. Nothing was sent.", remedy=MAKE) from None
    if content.get("id") != plan.id:
        raise changed
    return plan


def entry_as_dict(entry: Entry) -> dict[str, Any]:
    """For JSON: without what is empty."""
    found: dict[str, Any] = {
        "desired": entry.desired,
        "address": entry.address,
        "changes": [_change_as_dict(change) for change in entry.changes],
        "restart": entry.restart if entry.restart != "no" else None,
        "restart_reasons": dict(entry.restart_reasons),
        "unknown": {name: list(near) for name, near in entry.unknown.items()},
        "secrets_left": dict(entry.secrets_left),
        "error": entry.error and dict(entry.error),
    }
    return {name: value for name, value in found.items() if value}


def entry_of(host: str, found: Mapping[str, Any]) -> Entry:
    """What ``entry_as_dict`` made. Raises TypeError or ValueError for anything else."""
    changes = tuple(Change(**{"secret": False, **change}) for change in found.get("changes", ()))
    entry = Entry(host, **{**found, "changes": changes})
    texts = (entry.host, entry.address, entry.desired, *(part for change in changes for part in _texts_of(change)))
    if not all(isinstance(text, str) for text in texts) or entry.restart not in RESTARTS:
        raise ValueError
    for mapping in (entry.restart_reasons, entry.unknown, entry.secrets_left, entry.error or {}):
        if not isinstance(mapping, dict):
            raise ValueError
    return entry


def _texts_of(change: Change) -> tuple[Any, ...]:
    return change.parameter, change.before, change.source, change.after, change.because


def _change_as_dict(change: Change) -> dict[str, Any]:
    """Secrets alone have ``secret`` and ``because``."""
    found = asdict(change)
    return found if change.secret else {name: found[name] for name in found if name not in ("secret", "because")}


def _plan(content: Mapping[str, Any]) -> Plan:
    options: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in content["options"].items()
    }
    phones = {host: entry_of(host, found) for host, found in content["phones"].items()}
    return Plan(Options(**options), {host: phones[host] for host in sorted(phones, key=natural)}, content.get("made"))


def _wire_text(name: str, value: Any) -> str:
    try:
        return canonical(value, fact(name))
    except ValueError:
        return repr(value)


def _canonical(content: Any) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _signature(content: Mapping[str, Any], key: str) -> str:
    """Of all but itself and the id. Before the dot is a mark of the key, so that one can tell a wrong key from a
    changed file."""
    signed = {name: value for name, value in content.items() if name not in _UNSIGNED}
    return f"{key_mark(key)}.{mac(key, 'plan', _canonical(signed))}"


def key_mark(key: str) -> str:
    """By which one can tell whether something was signed with this key."""
    return mac(key, "key", b"")[:8]


def mac(key: str, purpose: str, content: bytes) -> str:
    """The signature (HMAC-SHA256) of what has this purpose."""
    message = f"polycom.vvx {purpose}\0".encode() + content
    return hmac.new(key.encode("utf-8", "surrogatepass"), message, hashlib.sha256).hexdigest()


def _lines(value: Any, indent: int) -> str:
    """JSON with everything that fits on one line, so that a change is one line of a diff."""
    if not isinstance(value, (dict, list)) or not value or (indent > 2 and not _nested(value)):
        return json.dumps(value, ensure_ascii=False)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    parts = (
        [f"{json.dumps(key, ensure_ascii=False)}: {_lines(part, indent + 1)}" for key, part in value.items()]
        if isinstance(value, dict)
        else [_lines(part, indent + 1) for part in value]
    )
    margin = "\n" + " " * indent
    return f"{opening}{margin} {f',{margin} '.join(parts)}{margin}{closing}"


def _nested(value: dict[str, Any] | list[Any]) -> bool:
    """Whether something in it has parts of its own."""
    parts = value.values() if isinstance(value, dict) else value
    return any(isinstance(part, (dict, list)) and part for part in parts)
