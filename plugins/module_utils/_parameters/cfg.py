# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Provisioning files (.cfg): read into parameters, and written from them.

The parameters are the attributes, wherever they stand; names and nesting of the elements mean nothing. Source: public provisioning
files and the programs that read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .markup import BOM, SourceError, load, parse, parser_of, place
from .names import DEVICE_SET, companion, is_companion

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

MOST_BYTES = 8_000_000
_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_TAG = re.compile(rb"<[^\s/>]+")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Entry:
    """A parameter as it stands in a file. ``line``: where its name stands, from 1 on."""

    name: str
    value: str
    line: int


@dataclass
class Document:
    """What a file wants. ``entries``: its parameters in order, each once, without the ``.set`` switches. ``overridden``: what stands there
    of them earlier, and does not count. ``remarks``: what its author may not have meant, each with the parameter and the line."""

    file: str
    entries: list[Entry] = field(default_factory=list)
    overridden: list[Entry] = field(default_factory=list)
    remarks: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def values(self) -> dict[str, str]:
        return {entry.name: entry.value for entry in self.entries}


def read_file(path: str) -> Document:
    """Raises SourceError for a file that is no provisioning file with parameters, or can't be read."""
    return read(load(path, MOST_BYTES), path)


def read(data: bytes, file: str) -> Document:
    """The document of a file's bytes; ``file`` is its name, for messages. Raises SourceError as ``read_file`` does.

    A ``.set`` that is 0 says that the phone is not to use the value beside it, so such a value is left out. An empty one is not even
    remarked: templates are full of them.
    """
    if data.startswith(b"$ANSIBLE_VAULT"):
        raise SourceError(
            file, 1, "is encrypted: read it with the lookup ansible.builtin.file and the filter polycom.vvx.from_cfg"
        )
    if len(data) > MOST_BYTES:
        raise SourceError(file, None, f"is larger than {MOST_BYTES // 1_000_000} MB")
    document = Document(file)
    found: dict[str, Entry] = {}
    overridden: list[Entry] = []
    for entry in attributes(data, file):
        earlier = found.pop(entry.name, None)  # so that the last one also stands last
        found[entry.name] = entry
        overridden += [] if earlier is None else [earlier]
        if earlier is not None and earlier.value != entry.value:
            document.remarks.append(
                (
                    entry.name,
                    entry.line,
                    f"stands in line {earlier.line}, too, with another value; this last one counts here",
                )
            )
    switches = {name: entry for name, entry in found.items() if is_companion(name)}
    for name, entry in found.items():
        if name in switches:
            continue
        off = [
            switch
            for switch in (DEVICE_SET, companion(name))
            if companion(name) and switch in switches and _is_off(switches[switch].value)
        ]
        if not off and companion(name) and companion(name) not in switches and not entry.value:
            document.remarks.append(
                (
                    name,
                    entry.line,
                    f"is left out, because it is empty and has no {companion(name)}: it means to leave what the phone has",
                )
            )
        elif not off:
            document.entries.append(entry)
        elif entry.value:
            document.remarks.append(
                (name, entry.line, f"is left out, because {off[0]} is 0 in line {switches[off[0]].line}")
            )
    counting = document.values
    document.overridden = [entry for entry in overridden if entry.name in counting]
    used = {companion(name) for name in found}
    for name, entry in switches.items():
        if name not in used and name != DEVICE_SET and not _is_off(entry.value):
            document.remarks.append(
                (
                    name,
                    entry.line,
                    "is left out, because the value that it belongs to is not there (exports leave secrets out)",
                )
            )
    return document


def _is_off(switch: str) -> bool:
    return switch.strip().lower() not in ("1", "true")


def attributes(data: bytes, file: str) -> list[Entry]:
    """All attributes of a provisioning file as they stand there, ``.set`` switches and what is there twice included. Raises SourceError."""
    body = data[len(BOM) :] if data.startswith(BOM) else data
    entries: list[Entry] = []
    parser = parser_of(file)
    parser.ordered_attributes = True
    lines = _LineNumbers(body)

    def start(tag: str, found: list[str]) -> None:
        if tag.rpartition(":")[2] == "APPLICATION":
            raise SourceError(
                file,
                parser.CurrentLineNumber,
                "is a master file (APPLICATION), which names other files and holds no parameters",
            )
        names, values = found[::2], found[1::2]
        for name, value, line in zip(names, values, lines.of_attributes(parser, len(names))):
            if ":" not in name and name != "xmlns":
                entries.append(Entry(name, value, line))

    parser.StartElementHandler = start
    parse(parser, body, file)
    return entries


class _LineNumbers:
    """Where attributes stand: expat tells it of elements only, and provisioning files have elements of thousands of lines."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._line = 1

    def of_attributes(self, parser: XMLParserType, count: int) -> Iterator[int]:
        """The line of each attribute of the element that the parser is at."""
        tag = _TAG.match(self._data, parser.CurrentByteIndex)
        end = tag.end() if tag else parser.CurrentByteIndex
        for _nth in range(count):
            attribute = _ATTRIBUTE.match(self._data, end)
            if attribute is not None:
                self._line += self._data.count(b"\n", self._at, attribute.start(1))
                self._at, end = attribute.start(1), attribute.end()
            yield self._line


def write(parameters: Mapping[str, str]) -> str:
    """A provisioning file with the parameters, in their order, and with the ``.set`` switches that ``device.*`` need.

    Raises ValueError for a name or a character that XML can't hold, and for a switch that is not on: the value beside it would not count.
    """
    lines = "".join(f'    {name}="{value}"\n' for name, value in _switched(parameters))
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<PHONE_CONFIG>\n  <ALL\n{lines}  />\n</PHONE_CONFIG>\n'


def _switched(parameters: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    switches = dict.fromkeys(companion(name) for name in parameters)
    if set(switches) - {None}:
        yield DEVICE_SET, "1"
    written: set[str | None] = {None}
    for name, value in parameters.items():
        if is_companion(name):
            if _is_off(value):
                raise ValueError(f"{name} is not 1, which says that a value is not to be set: leave both out")
            continue
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no parameter name")
        if _NOT_XML.search(value):
            raise ValueError(f"{name} holds a character that no XML file can hold")
        switch = companion(name)
        if switch is not None and switch not in written:
            yield switch, "1"
        written.add(switch)
        yield name, "".join(_ESCAPES.get(character, character) for character in value)


def merged(documents: Iterable[Document]) -> dict[str, tuple[Entry, str]]:
    """The parameters of several files, each with the file it is from; the last file that has one wins."""
    found: dict[str, tuple[Entry, str]] = {}
    for document in documents:
        found.update({entry.name: (entry, document.file) for entry in document.entries})
    return found


def told(document: Document) -> list[str]:
    """The remarks as texts, each with its place."""
    return [f"{place(document.file, line)}: {name} {remark}." for name, line, remark in document.remarks]
