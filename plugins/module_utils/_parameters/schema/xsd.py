# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read polycomConfig.xsd, which comes with the vendor's firmware packages.

Its structure: named simple types (restrictions with facets, and unions of them), then one global attribute for every
parameter with every index, of one of these types; the documentation of the first index has the default. The elements
after them accept anything and are skipped. A file with another structure is rejected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ..fact import Fact
from ..markup import BOM, SourceError, parse, parser_of
from ..names import indices, pattern
from ..values import misfit

MOST_BYTES = 40_000_000

_BASES = {
    "boolean": Fact("bool"),
    "string": Fact("str"),
    "normalizedString": Fact("str"),
    "token": Fact("str"),
    "integer": Fact("int"),
    "int": Fact("int"),
    "long": Fact("int"),
    "nonNegativeInteger": Fact("int", lowest=0),
    "positiveInteger": Fact("int", lowest=1),
    "unsignedInt": Fact("int", lowest=0),
}
_LIMITS = {"minInclusive": "lowest", "maxInclusive": "highest", "minLength": "lowest", "maxLength": "highest"}
_DEFAULT = re.compile(r"""\bdefault (?:"(?P<text>[^"]*)"|(?P<word>[^\s("]+?))(?: \([^)]*\))?\.?\s*$""")
_PASSWORD = "StringPassword"
"""How the names of password types begin."""
_GLOBALS = ("simpleType", "attribute", "element", "complexType", "attributeGroup", "annotation")
_DEEPEST = 8
_MOST_CHOICES = 5000


@dataclass
class SchemaFile:
    """``facts``: by pattern. ``highest``: the highest index at each place of a pattern. ``by_name``: full names that
    differ from their pattern."""

    facts: dict[str, Fact] = field(default_factory=dict)
    highest: dict[str, list[int]] = field(default_factory=dict)
    by_name: dict[str, Fact] = field(default_factory=dict)


@dataclass
class _Type:
    """A simple type as written. ``members``: names, or types, of a union."""

    line: int
    base: str = ""
    limits: dict[str, int] = field(default_factory=dict)
    listed: list[str] = field(default_factory=list)
    members: list[str | _Type] = field(default_factory=list)


@dataclass
class _Attribute:
    name: str
    type: str
    line: int
    documentation: str = ""


def read(data: bytes, file: str) -> SchemaFile:
    """Raises SourceError if the file does not have the known structure. Less than a second for 4 MB."""
    reader = _Reader(file)
    reader.parse(data[len(BOM) :] if data.startswith(BOM) else data)
    if not reader.attributes:
        raise SourceError(file, None, "has no global attributes, so it is not a schema of configuration parameters")
    return _collapsed(reader, file)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.types: dict[str, _Type] = {}
        self.facts: dict[str, Fact] = {}
        self.attributes: list[_Attribute] = []
        self._parser = parser_of(file)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.buffer_text = True
        self._path: list[str] = []
        self._open: list[_Type] = []
        self._documentation: list[str] = []

    def parse(self, data: bytes) -> None:
        parse(self._parser, data, self.file)

    def unknown(self, what: str, line: int | None = None) -> SourceError:
        message = f"does not have the known structure of polycomConfig.xsd: {what}"
        return SourceError(self.file, line or self._parser.CurrentLineNumber, message)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        path = self._path
        path.append(name)
        if len(path) == 1 and name != "schema":
            raise self.unknown(f"its root is {name}, not schema")
        if len(path) == 2 and name not in _GLOBALS:
            raise self.unknown(f"a global {name}")
        if len(path) == 2 and name == "attribute":
            if not attributes.get("name") or not attributes.get("type"):
                raise self.unknown("a global attribute without name or type")
            self.attributes.append(
                _Attribute(attributes["name"], _local(attributes["type"]), self._parser.CurrentLineNumber)
            )
        elif len(path) > 2 and path[1] == "attribute":
            if name not in ("annotation", "documentation"):
                raise self.unknown(f"{name} in a global attribute")
        elif len(path) >= 2 and path[1] == "simpleType":
            self._start_type(name, attributes)

    def _start_type(self, name: str, attributes: dict[str, str]) -> None:
        if name == "simpleType":
            opened = _Type(self._parser.CurrentLineNumber)
            if self._open:
                self._open[-1].members.append(opened)
            elif attributes.get("name"):
                self.types[attributes["name"]] = opened
            else:
                raise self.unknown("a global simpleType without a name")
            self._open.append(opened)
            return
        current = self._open[-1]
        if name == "restriction" and attributes.get("base"):
            current.base = _local(attributes["base"])
        elif name == "union":
            current.members += [_local(member) for member in attributes.get("memberTypes", "").split()]
        elif name == "enumeration" and "value" in attributes:
            current.listed.append(attributes["value"])
        elif name in _LIMITS and re.fullmatch(r"[+-]?[0-9]{1,18}", attributes.get("value", "")):
            current.limits[_LIMITS[name]] = int(attributes["value"])
        elif name not in ("annotation", "documentation", "whiteSpace"):
            raise self.unknown(f"{name} in a simpleType")

    def _end(self, _tag: str) -> None:
        name = self._path.pop()
        if name == "documentation" and len(self._path) == 3 and self._path[1] == "attribute":
            self.attributes[-1].documentation = " ".join("".join(self._documentation).split())
        elif name == "simpleType" and self._open:
            self._open.pop()
        self._documentation.clear()

    def _text(self, text: str) -> None:
        if self._path[-1] == "documentation":
            self._documentation.append(text)


def _collapsed(reader: _Reader, file: str) -> SchemaFile:
    """All indices of a parameter as one pattern."""
    types = {name: _named(reader, name, 0) for name in reader.types}
    result = SchemaFile()
    type_of: dict[str, str] = {}
    for attribute in reader.attributes:
        fact = types.get(attribute.type) or _BASES.get(attribute.type)
        if fact is None:
            raise reader.unknown(f"{attribute.name} has type {attribute.type}, which is not defined", attribute.line)
        key = pattern(attribute.name)
        if type_of.setdefault(key, attribute.type) != attribute.type:
            result.by_name[attribute.name] = fact
        elif key not in result.facts:
            result.facts[key] = replace(fact, default=_default(attribute.documentation, fact))
        numbers = [int(part) for part in indices(attribute.name)]
        highest = result.highest.setdefault(key, numbers) if numbers else []
        highest[:] = map(max, highest, numbers)
    return result


def _named(reader: _Reader, name: str, depth: int) -> Fact:
    """What a named type says; worked out once for all its uses."""
    if name not in reader.facts:
        reader.facts[name] = _fact(reader, name, reader.types[name], depth)
    return reader.facts[name]


def _fact(reader: _Reader, name: str, declared: _Type, depth: int) -> Fact:
    """What a type says about values. Its facets count; its name is only a label."""
    if depth > _DEEPEST:
        raise reader.unknown("types that refer to each other in a circle", declared.line)
    if declared.members:
        members = [_member(reader, member, declared, depth) for member in declared.members]
        return replace(_union(reader, members, declared), secret=name.startswith(_PASSWORD))
    base = _BASES.get(declared.base)
    if base is None:
        if declared.base not in reader.types:
            raise reader.unknown(f"a type based on {declared.base or 'nothing'}", declared.line)
        base = _named(reader, declared.base, depth + 1)
    secret = base.secret or name.startswith(_PASSWORD)
    if declared.listed:
        listed = [value for value in declared.listed if value]
        if len(listed) > _MOST_CHOICES:
            raise reader.unknown(f"an enumeration of more than {_MOST_CHOICES} values", declared.line)
        return Fact("enum", tuple(_paired(listed)), may_be_empty="" in declared.listed, secret=secret)
    return replace(
        base,
        secret=secret,
        lowest=declared.limits.get("lowest", base.lowest),
        highest=declared.limits.get("highest", base.highest),
    )


def _member(reader: _Reader, member: str | _Type, declared: _Type, depth: int) -> Fact:
    if isinstance(member, _Type):
        return _fact(reader, "", member, depth + 1)
    if member in _BASES:
        return _BASES[member]
    if member not in reader.types:
        raise reader.unknown(f"a union with {member}, which is not defined", declared.line)
    return _named(reader, member, depth + 1)


def _union(reader: _Reader, members: list[Fact], declared: _Type) -> Fact:
    """A type that may be empty is a union with a type that must be."""
    filled = [member for member in members if not _only_empty(member)]
    empty = len(filled) < len(members) or any(member.may_be_empty for member in filled)
    if len(filled) == 1:
        return replace(filled[0], may_be_empty=empty)
    if filled and all(member.type == "enum" for member in filled):
        choices = tuple(dict.fromkeys(choice for member in filled for choice in member.choices))
        if len(choices) > _MOST_CHOICES:
            raise reader.unknown(f"an enumeration of more than {_MOST_CHOICES} values", declared.line)
        return Fact("enum", choices, may_be_empty=empty)
    raise reader.unknown("a union of something other than enumerations and the empty text", declared.line)


def _only_empty(fact: Fact) -> bool:
    return (fact.type == "enum" and not fact.choices) or (fact.type == "str" and fact.highest == 0)


def _paired(listed: list[str]) -> list[tuple[str, ...]]:
    """0, FTP, 1, TFTP, ...: number and word in turns are spellings of one value. 0 and a single word are two values."""
    numbers, words = listed[::2], listed[1::2]
    if (
        len(words) > 1
        and numbers == [str(number) for number in range(len(words))]
        and not any(word.isdigit() for word in words)
    ):
        return list(zip(numbers, words))
    return [(value,) for value in listed]


def _default(documentation: str, fact: Fact) -> str | None:
    """The default in the documentation: ``... default 1.`` or ``... default "text".``; None if none fits."""
    found = _DEFAULT.search(documentation)
    if found is None:
        return None
    text = found["word"] if found["text"] is None else found["text"]
    return text if misfit(text, fact) is None else None


def _local(name: str) -> str:
    return name.rpartition(":")[2]
