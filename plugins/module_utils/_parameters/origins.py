# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a desired value was written: the variable that sets it, the file and the line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .._text import clean


class Origin(NamedTuple):
    """``layer``: the variable, None for a value in the task itself. ``file``: relative to the project if it is in
    there; ``-e`` for the command line. ``line``: from 1 on. What is not known is None."""

    layer: str | None = None
    file: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        """``vvx_parameters_site, group_vars/site_berlin/vars.yml:12``."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ", ".join(part for part in (self.layer, place) if part)


def from_plain(given: Mapping[Any, Any] | None) -> dict[str, Origin]:
    """Origins by parameter, as an option carries them: dictionaries with the keys of Origin. Others are left out."""
    found = {}
    for name, origin in (given or {}).items():
        if isinstance(origin, Origin):
            found[name] = origin
        elif isinstance(origin, Mapping):
            layer, file, line = (origin.get(key) for key in Origin._fields)
            found[str(name)] = Origin(
                layer and clean(layer), file and clean(file), line if isinstance(line, int) else None
            )
    return found


def as_plain(origins: Mapping[str, Origin], names: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
    """Of these parameters (all), in their order, with what is known of them."""
    chosen = origins if names is None else names
    return {name: origins[name]._asdict() for name in chosen if name in origins}


def placed(text: str, origin: Origin | None) -> str:
    """The text with the origin in parentheses behind it, or inside of those that it ends with."""
    place = str(origin) if origin else ""
    if not place:
        return text
    return f"{text[:-1]}; {place})" if text.endswith(")") else f"{text} ({place})"
