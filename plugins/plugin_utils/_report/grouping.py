# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the inventory says of phones for columns of the user's own: variables and groups of the hosts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...module_utils._phone.errors import SettingsError
from ...module_utils._phone.privacy import is_secret
from ...module_utils._text import clean
from .._console.order import natural


@dataclass(frozen=True)
class Groups:
    """A pattern of group names: ``before``, then what the star matches (None without a star), then ``after``."""

    before: str
    after: str | None = None

    @classmethod
    def of(cls, pattern: str) -> Groups:
        """Raises SettingsError for a pattern with more than one star, and for one that is no pattern."""
        parts = pattern.strip().split("*")
        if len(parts) > 2 or parts == [""]:
            raise SettingsError(
                f"columns: {clean(pattern, 40)!r} can't be used as a group.",
                remedy="Write the name of a group with at most one star, such as site_*.",
            )
        return cls(*parts)

    def part(self, name: str) -> str | None:
        """What a group of this name is called in the report; None if it does not match."""
        if self.after is None:
            return name if name == self.before else None
        part = name.removeprefix(self.before).removesuffix(self.after)
        return part if part and name == f"{self.before}{part}{self.after}" else None

    def match(self, names: Iterable[str]) -> bool:
        """Whether any group matches."""
        return any(self.part(name) is not None for name in names)

    def overlap(self, groups: Mapping[str, Sequence[str]]) -> bool:
        """Whether some host is in several groups that match. ``groups``: hosts by group."""
        seen: set[str] = set()
        for hosts in (set(hosts) for name, hosts in groups.items() if self.part(name) is not None):
            if not seen.isdisjoint(hosts):
                return True
            seen |= hosts
        return False

    def cell(self, names: Iterable[str], kind: str) -> str | list[str] | None:
        """The cell of a host in groups of these names. ``kind``: of the column, text or list."""
        found = sorted({part for part in map(self.part, names) if part is not None}, key=natural)
        if kind == "list" or len(found) > 1:
            return found or None
        return found[0] if found else None


def variable(path: str) -> tuple[str, ...]:
    """The name of a variable, and the keys below it: ``location.room``. Raises SettingsError, also for one that holds
    a password by its name: reports are for many eyes."""
    parts = tuple(path.strip().split("."))
    if not re.fullmatch(r"[^\W\d]\w*", parts[0]) or not all(parts) or parts[0] in ("hostvars", "vars"):
        raise SettingsError(
            f"columns: {clean(path, 40)!r} can't be used as a variable.",
            remedy="Write the name of a variable of the hosts, such as room, or location.room for a key in it.",
        )
    for part in parts:
        if is_secret(part) or re.search("pass$|^vault_", part.casefold()):
            raise SettingsError(
                f"columns: the variable {path} is a secret by its name, and a report must hold none.",
                remedy="Choose another variable, or rename this one if it holds no secret.",
            )
    return parts
