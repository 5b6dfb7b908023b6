# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The schema of the user's own firmware: polycomConfig.xsd, and the template .cfg files, of a firmware package.

Reading 4 MB of XML takes most of a second, so cache.py stores what was read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from .. import table
from ..cfg.decoding import MOST_BYTES
from ..cfg.document import read_file
from ..fact import Fact
from ..markup import SourceError, load
from ..names import indices, is_companion, pattern
from . import cache
from .xsd import SchemaFile

_DEEPEST = 3


@dataclass
class Schema:
    """``facts``: by pattern. ``by_name``: full names that differ from their pattern. ``highest``: the highest index at
    each place of a pattern. ``complete``: an .xsd was read, so no other names exist; templates do not list all."""

    facts: dict[str, Fact] = field(default_factory=dict)
    by_name: dict[str, Fact] = field(default_factory=dict)
    highest: dict[str, list[int]] = field(default_factory=dict)
    complete: bool = False

    def fact(self, name: str) -> Fact | None:
        """What the schema says; effects of changes, aliases and further secrets are from the bundled table."""
        found = self.by_name.get(name) or self.facts.get(pattern(name))
        return None if found is None else _completed(found, table.fact(name))

    def has(self, name: str) -> bool:
        """Whether there is such a parameter, with this index or another."""
        return pattern(name) in self.facts

    def name_problem(self, name: str) -> str | None:
        """What is wrong with the name, or None."""
        if not self.has(name):
            return "is not in the schema" if self.complete else "is not in the templates"
        beyond = [
            f"{at} (1 to {most})"
            for at, most in zip(indices(name), self.highest.get(pattern(name), ()))
            if not 0 < int(at) <= most
        ]
        return f"has an index out of range: {', '.join(beyond)}" if beyond and self.complete else None


def _completed(own: Fact, bundled: Fact) -> Fact:
    if own.type is None or (own.type == "str" and bundled.type == "enum"):
        # The schema calls some enumerations a text; guides know better, but are not binding.
        return replace(bundled, default=own.default, secret=own.secret or bundled.secret)
    return replace(
        own,
        choices=tuple(_with_aliases(own, bundled)),
        secret=own.secret or bundled.secret,
        file_only=bundled.file_only,
        restart=bundled.restart,
        basis=bundled.basis,
        firm=True,
    )


def _with_aliases(own: Fact, bundled: Fact) -> Iterator[tuple[str, ...]]:
    """The schema's values, joined where the table lists them as spellings of one value."""
    listed = {value for choice in own.choices for value in choice}
    together = [tuple(value for value in choice if value in listed) for choice in bundled.choices if len(choice) > 1]
    grouped = {value for choice in together for value in choice}
    yield from (choice for choice in together if choice)
    yield from (choice for choice in own.choices if not grouped.intersection(choice))


def load_schema(paths: Sequence[str], *, keep: bool) -> Schema:
    """The schema in files (.xsd, .cfg) and in folders with such files; later ones win. ``keep``: see ``Knowledge.of``.

    Of a folder with an .xsd, only that is read: its templates know less. Raises SourceError.
    """
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
        message = (
            "contains no schema: use polycomConfig.xsd or template .cfg files of a firmware package, or its folder"
        )
        raise SourceError(", ".join(paths), None, message)
    return schema


def _files(folder: str) -> list[str]:
    """Its .xsd files, or its templates if it has none."""
    found = []
    for where, folders, files in os.walk(folder):
        if where[len(folder) :].count(os.sep) >= _DEEPEST:
            folders.clear()
        found += [os.path.join(where, file) for file in files if file.lower().endswith((".xsd", ".cfg"))]
    return sorted([file for file in found if file.lower().endswith(".xsd")] or found)


def _is_master(file: str) -> bool:
    return b"<APPLICATION" in load(file, MOST_BYTES)


def _add(schema: Schema, read: SchemaFile) -> None:
    schema.facts.update(read.facts)
    schema.by_name.update(read.by_name)
    schema.highest.update(read.highest)


def _add_template(schema: Schema, file: str) -> None:
    """A template has names and defaults. An empty ``device.*`` stands for the value in the phone's flash memory."""
    for entry in read_file(file).entries:
        if is_companion(entry.name):
            continue
        default = None if entry.name.startswith("device.") and not entry.value else entry.value
        fact = schema.facts.get(pattern(entry.name), Fact())
        schema.facts[pattern(entry.name)] = replace(fact, default=default if fact.default is None else fact.default)
