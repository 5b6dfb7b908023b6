# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of host variables that everybody may see, as in a report: nothing secret gets through."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._phone.errors import SettingsError
from ...module_utils._phone.privacy import is_secret, without_secrets
from .. import _ansible
from .._console.words import count, some
from .._values import is_constant, plain
from .._vault import HEAD
from .connection_options import ConnectionOptions
from .templating import templating

_LONGEST = 500
"""Characters of a text."""
_MOST_WARNINGS = 10
_MENTIONED = re.compile(r"([^\W\d]\w*)((?:\s*\.\s*\w+|\s*\[\s*['\"][^'\"]+['\"]\s*\])*)")
_OF_ALL = ("groups", "hostvars", "vars")
"""Variables with all hosts in them. What a template takes from there is not looked at."""


class HostValues:
    """Values by names of the caller's own. ``wanted``: for each name a variable, and the keys below it.

    A host without the variable has None. So has one whose value can't be shown, and a warning says so: one that can't
    be templated, a dictionary, and a secret, which is whatever comes from a vault.
    """

    def __init__(self, wanted: Mapping[str, Sequence[str]]) -> None:
        self._wanted = wanted
        self._missing = set(wanted)
        self._troubles: dict[tuple[str, str], list[str]] = {}

    def of(self, host: str, said: ConnectionOptions) -> dict[str, Any]:
        """The values of a host."""
        found: dict[str, Any] = {}
        for name, parts in self._wanted.items():
            try:
                found[name] = _value(parts, said)
            except SettingsError as error:
                found[name] = None
                self._troubles.setdefault((name, error.message), []).append(host)
                self._missing.discard(name)
            if found[name] is not None:
                self._missing.discard(name)
        return found

    def warnings(self, option: str) -> list[str]:
        """What to tell after the last host. ``option``: where the names come from."""
        told = [
            f"{option}: {name} is empty for {count(len(hosts), 'phone')} ({some(hosts, 5)}): {message}"
            for (name, message), hosts in self._troubles.items()
        ]
        told += [
            f"{option}: {name} is empty, because no phone of this run has the variable {'.'.join(self._wanted[name])}."
            for name in self._wanted
            if name in self._missing
        ]
        return told[:_MOST_WARNINGS]


def _value(parts: Sequence[str], said: ConnectionOptions) -> Any:
    """Raises SettingsError."""
    value: Any = said.variables
    for depth, part in enumerate(parts):
        value = value.get(part) if isinstance(value, Mapping) else None
        name = f"the variable {'.'.join(parts[: depth + 1])}"
        if _hides(value, said.variables, set()):
            raise SettingsError(f"{name} comes from a vault or a password, and a report must hold no secrets.")
        if isinstance(value, Mapping):
            continue
        with templating(name):
            value = said.render(value)
    if isinstance(value, Mapping):
        raise SettingsError(f"{name} is a dictionary. Name one of its keys, such as {'.'.join(parts)}.room.")
    return _shown(value)


def _hides(value: Any, variables: Mapping[str, Any], seen: set[str]) -> bool:
    """Whether a value is vaulted, or a template that mentions such a value or a password. ``seen``: variables that
    were looked at. Values that have become part of others are not known."""
    if value is None or isinstance(value, (bool, int, float)):
        return False
    if _ansible.is_vaulted(value) or _in_vault(value):
        return True
    if isinstance(value, list):
        return any(_hides(part, variables, seen) for part in value)
    if not isinstance(value, str) or is_constant(value):
        return False
    for mention in _MENTIONED.finditer(value):
        name, keys = mention[1], re.findall(r"\w+", mention[2])
        if name in variables and name not in _OF_ALL and mention[0] not in seen:
            seen.add(mention[0])
            if any(map(is_secret, (name, *keys))):
                return True
            found = variables[name]
            for key in keys:
                found = found.get(key) if isinstance(found, dict) else found
            if _hides(found, variables, seen):
                return True
    return False


def _in_vault(value: Any) -> bool:
    found = _ansible.origin(value)
    return found is not None and _is_vault(found[0])


@functools.lru_cache(maxsize=1000)
def _is_vault(path: str) -> bool:
    """Whether a file is encrypted."""
    try:
        with open(path, "rb") as file:
            return file.read(len(HEAD)) == HEAD
    except OSError:
        return False


def _shown(value: Any) -> Any:
    """As JSON, without logins inside URLs and control characters. Raises SettingsError."""
    value = plain(value)
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        return value if value.bit_length() <= 64 else f"{value:#x}"[:_LONGEST]
    if isinstance(value, (list, tuple, set)):
        return [_shown(part) for part in value]
    try:
        return without_secrets(value if isinstance(value, dict) else str(value)[:_LONGEST]) or None
    except ValueError as error:
        raise SettingsError(f"its value is {error}.") from None
