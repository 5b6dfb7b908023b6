# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one task knows about parameters: the bundled table, the user's schema, and further secrets the user names."""

from __future__ import annotations

import fnmatch
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import suggestions, table
from .fact import Fact
from .names import is_companion, without_any_model
from .schema.schema import Schema, load_schema


@dataclass(frozen=True, eq=False)
class Knowledge:
    """``sensitive``: patterns of further names, with ``*``, ``?`` and ``[]``, whose values are secrets."""

    schema: Schema | None = None
    sensitive: tuple[str, ...] = ()
    _near: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, schema: Sequence[str] | None, sensitive: Sequence[str] | None, *, keep: bool) -> Knowledge:
        """``schema``: paths of files and folders. ``keep``: store what was read in the user's cache folder.

        Raises SourceError if the files hold no schema.
        """
        return cls(load_schema(schema, keep=keep), tuple(sensitive or ())) if schema else _named(tuple(sensitive or ()))

    def fact(self, name: str) -> Fact:
        """What is known about the parameter; never fails."""
        found = None if self.schema is None or is_companion(name) else self.schema.fact(name)
        return table.fact(name) if found is None else found

    def is_secret(self, name: str) -> bool:
        """Whether the value must never be shown, and may not be readable."""
        if table.is_secret(name) or (self.sensitive and not is_companion(name) and _matches(self.sensitive, name)):
            return True
        return self.schema is not None and (self.fact(name).secret or self.fact(without_any_model(name)).secret)

    def closest(self, name: str) -> list[str]:
        """The known names most like a wrong one, best first. Takes some milliseconds, for each name once."""
        if name not in self._near:
            self._near[name] = self._closest(name)
        return self._near[name]

    def _closest(self, name: str) -> list[str]:
        if self.schema is None:
            return suggestions.closest(name)
        if not self.schema.complete:
            return suggestions.closest(name, names={**table.TABLE, **self.schema.facts})
        found = suggestions.closest(name, names=self.schema.facts)
        return [suggestion for suggestion in found if self.schema.name_problem(suggestion) is None]


BUNDLED = Knowledge()


@functools.lru_cache(maxsize=64)
def _named(sensitive: tuple[str, ...]) -> Knowledge:
    """The same for all phones of a fleet: what was found out with it is kept by it."""
    return Knowledge(None, sensitive)


def _matches(patterns: tuple[str, ...], name: str) -> bool:
    return _compiled(patterns).match(name) is not None


@functools.lru_cache(maxsize=64)
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(fnmatch.translate(pattern) for pattern in patterns), re.IGNORECASE)
