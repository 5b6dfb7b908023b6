# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a provisioning file (.cfg) says, as written.

All attributes are parameters; names and nesting of the elements mean nothing. Source: public provisioning files and the
programs that read them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ..._text import clean
from ..markup import SourceError, located
from .decoding import Decoded, decode, load_text
from .scanning import Attribute, Markup, Text, scan

MASTER = "APPLICATION"
"""The outermost element of a master file, which lists other files."""
EXPORT = "PHONE_BACKUP"
"""The outermost element of a file that a phone exported. In it, each layer of the phone is an element."""
_LAYERS = ("CALL_SERVER", "CONFIG_FILES", "WEB", "PHONE_LOCAL", "DEVICE_SETTINGS")
"""The weakest first (administrator guides)."""
FILE = "file"
"""The subject of a remark about the whole file."""
_MOST_REMARKS = 50
_LONGEST_NAME = 255
_ASSIGNED = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)+)\s*=")
_PARAMETER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)+")


class Entry(NamedTuple):
    """A parameter in a file. ``line``: of its name, from 1 on."""

    name: str
    value: str
    line: int
    file: str


class Remark(NamedTuple):
    """A probable mistake in a file. ``subject``: the parameter or element, or FILE. ``message``: continues a sentence
    that begins with the subject; never with a value."""

    subject: str
    message: str
    file: str
    line: int | None

    def __str__(self) -> str:
        return located(self.file, self.line, f"{clean(self.subject)} {self.message}.")


@dataclass
class Document:
    """One file. ``entries``: all parameters in order, each once, ``.set`` switches included. ``overridden``: earlier
    values in the file for the same parameters."""

    file: str
    root: str
    entries: list[Entry] = field(default_factory=list)
    overridden: list[Entry] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def read_file(path: str) -> Document:
    """Raises SourceError for a file that can't be read, or is not a provisioning file with parameters."""
    return _with_parameters(parse(load_text(path), path))


def read(data: bytes, file: str) -> Document:
    """The document of a file's bytes; ``file`` is its name, for messages. Raises SourceError as ``read_file`` does."""
    return _with_parameters(parse(decode(data, file), file))


def _with_parameters(document: Document) -> Document:
    if document.root == MASTER:
        message = "is a master file (APPLICATION): it lists other files and has no parameters"
        raise SourceError(document.file, None, message)
    return document


def parse(decoded: Decoded, file: str) -> Document:
    """The document of a file's text; also that of a master file."""
    text, remark = decoded
    markup = scan(text, file)
    document = Document(file, markup.root.rpartition(":")[2])
    document.remarks += [] if remark is None else [Remark(FILE, remark, file, 1)]
    document.remarks += [Remark(FILE, message, file, line) for line, message in markup.remarks]
    _add_entries(document, markup)
    document.remarks += _bounded(list(_unread(markup, file)), file)
    return document


def _add_entries(document: Document, markup: Markup) -> None:
    file = document.file
    found: dict[str, Attribute] = {}
    remarks: list[Remark] = []
    exported = document.root == EXPORT
    for attribute in sorted(markup.attributes, key=_layer) if exported else markup.attributes:
        name = attribute.name
        if ":" in name or name == "xmlns":
            if _PARAMETER.fullmatch(name.rpartition(":")[2]):
                remarks.append(
                    Remark(name, "is not read: it has a namespace (the part before the colon)", file, attribute.line)
                )
            continue
        earlier = found.pop(name, None)  # so that the last one also stands last
        found[name] = attribute
        if earlier is None:
            continue
        document.overridden.append(_entry(earlier, file))
        if exported and earlier.element != attribute.element:
            continue
        if earlier.value != attribute.value:
            where = "of the same element " if earlier.tag == attribute.tag else ""
            message = f"is also in line {earlier.line} {where}with another value; the last one counts"
            remarks.append(Remark(name, message, file, attribute.line))
        elif earlier.tag == attribute.tag:
            remarks.append(Remark(name, "is twice in one element, which XML does not allow", file, attribute.line))
    document.entries = [_entry(attribute, file) for attribute in found.values()]
    document.remarks += _bounded(remarks, file)


def _layer(attribute: Attribute) -> int:
    """How strong the layer is that an exported attribute comes from."""
    return _LAYERS.index(attribute.element) if attribute.element in _LAYERS else -1


def _entry(attribute: Attribute, file: str) -> Entry:
    return Entry(attribute.name, attribute.value, attribute.line, file)


def _unread(markup: Markup, file: str) -> Iterator[Remark]:
    """Remarks about what a reader of the file may take for parameters."""
    for text in markup.texts:
        assigned = (found for found in _ASSIGNED.finditer(text.text) if len(found[1]) <= _LONGEST_NAME)
        names = list(itertools.islice(assigned, _MOST_REMARKS + 1))
        for found in names:
            line = text.line + text.text.count("\n", 0, found.start())
            yield Remark(found[1], "is not read: it is text between tags, not an attribute", file, line)
        if not names:
            yield _unread_text(text, file)


def _unread_text(text: Text, file: str) -> Remark:
    if _PARAMETER.fullmatch(text.element):
        message = f'is not read: its value is text between tags; write it as an attribute, {text.element}="..."'
        return Remark(text.element, message, file, text.line)
    return Remark(f"<{text.element}>", "contains text, which is not read", file, text.line)


def _bounded(remarks: list[Remark], file: str) -> list[Remark]:
    """At most some dozens: of a file in another format, each line could be one."""
    if len(remarks) <= _MOST_REMARKS:
        return remarks
    return [*remarks[:_MOST_REMARKS], Remark(FILE, "has more mistakes like these", file, None)]
