# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read and write provisioning files (.cfg).

All attributes are parameters; names and nesting of the elements mean nothing. Source: public provisioning files and the
programs that read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .markup import BOM, SourceError, check_size, load, located, parse, parser_of
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
    """A parameter in a file. ``line``: of its name, from 1 on."""

    name: str
    value: str
    line: int


@dataclass
class Document:
    """What a file sets. ``entries``: its parameters in order, each once, without the ``.set`` switches. ``overridden``:
    earlier values in the file for the same parameters. ``remarks``: probable mistakes, each with parameter and line."""

    file: str
    entries: list[Entry] = field(default_factory=list)
    overridden: list[Entry] = field(default_factory=list)
    remarks: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def values(self) -> dict[str, str]:
        return {entry.name: entry.value for entry in self.entries}

    def remark(self, entry: Entry, message: str) -> None:
        self.remarks.append((entry.name, entry.line, message))


def read_file(path: str) -> Document:
    """Raises SourceError for a file that can't be read, or is not a provisioning file with parameters."""
    return read(load(path, MOST_BYTES), path)


def read(data: bytes, file: str) -> Document:
    """The document of a file's bytes; ``file`` is its name, for messages. Raises SourceError as ``read_file`` does.

    A ``.set`` of 0 tells the phone to ignore the value beside it, so such a value is left out. An empty one is left out
    without a remark: templates are full of them.
    """
    if data.startswith(b"$ANSIBLE_VAULT"):
        message = "is encrypted: read it with the lookup ansible.builtin.file and the filter polycom.vvx.from_cfg"
        raise SourceError(file, 1, message)
    check_size(data, MOST_BYTES, file)
    document = Document(file)
    found: dict[str, Entry] = {}
    overridden: list[Entry] = []
    for entry in attributes(data, file):
        earlier = found.pop(entry.name, None)  # so that the last one also stands last
        found[entry.name] = entry
        overridden += [] if earlier is None else [earlier]
        if earlier is not None and earlier.value != entry.value:
            document.remark(entry, f"is also in line {earlier.line} with another value; the last one counts")
    switches = {name: entry for name, entry in found.items() if is_companion(name)}
    for name, entry in found.items():
        if name not in switches:
            _add(document, entry, switches)
    counting = document.values
    document.overridden = [entry for entry in overridden if entry.name in counting]
    used = {companion(name) for name in found}
    for name, entry in switches.items():
        if name not in used and name != DEVICE_SET and not _is_off(entry.value):
            document.remark(entry, "is left out: the value it belongs to is missing (exports leave secrets out)")
    return document


def _add(document: Document, entry: Entry, switches: Mapping[str, Entry]) -> None:
    """Add the entry unless its switches turn it off."""
    switch = companion(entry.name)
    both = [] if switch is None else [DEVICE_SET, switch]
    off = [name for name in both if name in switches and _is_off(switches[name].value)]
    if not off and switch is not None and switch not in switches and not entry.value:
        document.remark(entry, f"is left out: it is empty and has no {switch}, so the phone keeps its value")
    elif not off:
        document.entries.append(entry)
    elif entry.value:
        document.remark(entry, f"is left out: {off[0]} is 0 in line {switches[off[0]].line}")


def _is_off(switch: str) -> bool:
    return switch.strip().lower() not in ("1", "true")


def attributes(data: bytes, file: str) -> list[Entry]:
    """All attributes of a provisioning file as written, ``.set`` and repeated names included. Raises SourceError."""
    body = data[len(BOM) :] if data.startswith(BOM) else data
    entries: list[Entry] = []
    parser = parser_of(file)
    parser.ordered_attributes = True
    lines = _LineNumbers(body)

    def start(tag: str, found: list[str]) -> None:
        if tag.rpartition(":")[2] == "APPLICATION":
            message = "is a master file (APPLICATION): it lists other files and has no parameters"
            raise SourceError(file, parser.CurrentLineNumber, message)
        names, values = found[::2], found[1::2]
        for name, value, line in zip(names, values, lines.of_attributes(parser, len(names))):
            if ":" not in name and name != "xmlns":
                entries.append(Entry(name, value, line))

    parser.StartElementHandler = start
    parse(parser, body, file)
    return entries


class _LineNumbers:
    """The line of each attribute. expat knows those of elements only, and an element may have thousands of lines."""

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

    Raises ValueError for a name or a character that XML does not allow, and for a switch that is off.
    """
    lines = "".join(f'    {name}="{value}"\n' for name, value in _switched(parameters))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}\n<PHONE_CONFIG>\n  <ALL\n{lines}  />\n</PHONE_CONFIG>\n"


def _switched(parameters: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    switches = dict.fromkeys(companion(name) for name in parameters)
    if set(switches) - {None}:
        yield DEVICE_SET, "1"
    written: set[str | None] = {None}
    for name, value in parameters.items():
        if is_companion(name):
            if _is_off(value):
                raise ValueError(f"{name} is not 1, so the phone would ignore the value: remove both")
            continue
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is not a parameter name")
        if _NOT_XML.search(value):
            raise ValueError(f"{name} contains a character that XML does not allow")
        switch = companion(name)
        if switch is not None and switch not in written:
            yield switch, "1"
        written.add(switch)
        yield name, "".join(_ESCAPES.get(character, character) for character in value)


def merged(documents: Iterable[Document]) -> dict[str, tuple[Entry, str]]:
    """The parameters of several files, each with its file; the last file that sets one wins."""
    found: dict[str, tuple[Entry, str]] = {}
    for document in documents:
        found.update({entry.name: (entry, document.file) for entry in document.entries})
    return found


def warnings(document: Document) -> list[str]:
    """The remarks as texts with file and line."""
    return [located(document.file, line, f"{name} {message}.") for name, line, message in document.remarks]
