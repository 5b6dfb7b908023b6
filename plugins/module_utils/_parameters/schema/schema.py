# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The schema of the user's own firmware: polycomConfig.xsd, and the template .cfg files, of a firmware package.

Reading 4 MB of XML takes most of a second, so cache.py stores what was read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from .. import cfg, table
from ..fact import Fact
from ..markup import SourceError, load
from ..names import indices, is_companion, pattern
from . import cache
from .xsd import SchemaFile

_DEEPEST = 3


@dataclass
class Schema:
    """``complete``: an .xsd was read, so that a name which is not here does not exist. Templates alone do not name all parameters.

    ``others``: full names whose fact is not that of their pattern. ``highest``: the highest index at each place of a pattern.
    """

    facts: dict[str, Fact] = field(default_factory=dict)
    others: dict[str, Fact] = field(default_factory=dict)
    highest: dict[str, list[int]] = field(default_factory=dict)
    complete: bool = False

    def fact(self, name: str) -> Fact | None:
        """What the schema says, completed by what is bundled: aliases, and what no schema has (effects of changes, secrets)."""
        said = self.others.get(name) or self.facts.get(pattern(name))
        return None if said is None else _completed(said, table.fact(name))

    def has(self, name: str) -> bool:
        """Whether there is such a parameter, with this index or with others."""
        return pattern(name) in self.facts

    def name_problem(self, name: str) -> str | None:
        """Why there is no such parameter, or None."""
        if not self.has(name):
            return "is not in the schema" if self.complete else "is not in the templates"
        beyond = [
            f"{at} (there are {most})"
            for at, most in zip(indices(name), self.highest.get(pattern(name), ()))
            if not 0 < int(at) <= most
        ]
        return f"has an index that does not exist: {', '.join(beyond)}" if beyond and self.complete else None


def _completed(said: Fact, bundled: Fact) -> Fact:
    if said.type is None or (said.type == "str" and bundled.type == "enum"):
        # The schema calls some enumerations a text; guides know better, but are no authority.
        return replace(bundled, default=said.default, secret=said.secret or bundled.secret)
    return replace(
        said,
        choices=tuple(_with_aliases(said, bundled)),
        secret=said.secret or bundled.secret,
        file_only=bundled.file_only,
        restart=bundled.restart,
        basis=bundled.basis,
        firm=True,
    )


def _with_aliases(said: Fact, bundled: Fact) -> Iterator[tuple[str, ...]]:
    """The schema's values, those together that are bundled as spellings of one value."""
    listed = {value for choice in said.choices for value in choice}
    together = [tuple(value for value in choice if value in listed) for choice in bundled.choices if len(choice) > 1]
    grouped = {value for choice in together for value in choice}
    yield from (choice for choice in together if choice)
    yield from (choice for choice in said.choices if not grouped.intersection(choice))


def load_schema(paths: Sequence[str], *, keep: bool) -> Schema:
    """The schema of files (.xsd, .cfg) and of folders with such files, the later ones winning. The templates of a folder with an .xsd say
    nothing that this does not say better, and are not read. Raises SourceError."""
    schema = Schema()
    for path in paths:
        is_folder = os.path.isdir(path)
        for file in _files(path) if is_folder else [path]:
            if file.lower().endswith(".xsd"):
                _add(schema, cache.read(file, keep=keep))
                schema.complete = True
            elif not (is_folder and _is_master(file)):
                _add_template(schema, file)
    if not schema.facts:
        raise SourceError(
            ", ".join(paths),
            None,
            "holds no schema: it takes the file polycomConfig.xsd of a firmware package, its template .cfg files, or its folder",
        )
    return schema


def _files(folder: str) -> list[str]:
    """Its schemas, or its templates if there is none."""
    found = []
    for where, folders, files in os.walk(folder):
        if where[len(folder) :].count(os.sep) >= _DEEPEST:
            folders.clear()
        found += [os.path.join(where, file) for file in files if file.lower().endswith((".xsd", ".cfg"))]
    return sorted([file for file in found if file.lower().endswith(".xsd")] or found)


def _is_master(file: str) -> bool:
    return b"<APPLICATION" in load(file, cfg.MOST_BYTES)


def _add(schema: Schema, read: SchemaFile) -> None:
    schema.facts.update(read.facts)
    schema.others.update(read.others)
    schema.highest.update(read.highest)


def _add_template(schema: Schema, file: str) -> None:
    """A template names parameters and their defaults. An empty ``device.*`` in one means what the phone's flash memory holds."""
    for entry in cfg.attributes(load(file, cfg.MOST_BYTES), file):
        if is_companion(entry.name):
            continue
        default = None if entry.name.startswith("device.") and not entry.value else entry.value
        known = schema.facts.get(pattern(entry.name), Fact())
        schema.facts[pattern(entry.name)] = replace(known, default=default if known.default is None else known.default)
