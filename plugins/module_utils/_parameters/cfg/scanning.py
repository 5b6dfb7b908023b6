# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the XML of a provisioning file: all attributes, and the texts between them, each with its line.

Phones seem to read files that strict parsers reject: with the same attribute twice in one element, or with blanks
before the declaration. So does this reader. It reads everything else by the rules of XML 1.0 and knows no DTD; what is
against these rules, ``mistakes.py`` says in words. Time and memory grow with the length of the text, not faster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple, NoReturn

from ..._text import clean
from ..markup import SourceError
from . import mistakes
from .mistakes import NAME, Place

MOST_ATTRIBUTES = 100_000
_MOST_PIECES = 100_000
"""Tags, comments and the like. The largest known file has some thousands."""
_DEEPEST = 500
_LONGEST_MESSAGE = 400
_MOST_MISTAKES = 10
_LONGEST_TOLD = 800
"""How many mistakes after which reading can go on are told at once, and characters of them before the last one."""
_TAG = re.compile(rf"<({NAME})")
_ATTRIBUTE = re.compile(rf"""[ \t\n]+({NAME})[ \t\n]*=[ \t\n]*(?:"([^"<]*)"|'([^'<]*)')""")
_TAG_END = re.compile(r"[ \t\n]*(/?)>")
_END_TAG = re.compile(rf"</({NAME})[ \t\n]*>")
_REFERENCE = re.compile(r"&(?:#([0-9]{1,9})|#x([0-9A-Fa-f]{1,8})|(amp|lt|gt|quot|apos));")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_BLANKS = str.maketrans("\t\n", "  ")


class Attribute(NamedTuple):
    """``element``: the name of its element; ``tag``: the number of that, from 1 on."""

    name: str
    value: str
    line: int
    element: str
    tag: int


class Text(NamedTuple):
    """What stands between tags, besides blanks and comments. ``element``: the one that it is in."""

    element: str
    text: str
    line: int


@dataclass
class Markup:
    """``root``: the name of the outermost element. ``remarks``: line and message, about the whole file."""

    root: str = ""
    attributes: list[Attribute] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)


def scan(text: str, file: str) -> Markup:
    """Raises SourceError with line, column, name and cause of every mistake, up to the one where reading must end."""
    return _Scanner(text, file).scan()


class _Scanner:
    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._found = Markup()
        self._open: list[Place] = []
        self._tags = 0
        self._counted = (0, 1)
        self._mistakes: list[tuple[int, str]] = []

    def scan(self) -> Markup:
        bad = _NOT_XML.search(self._text)
        if bad is not None:
            self._refuse(bad.start(), mistakes.bad_character(self._text, bad.start()))
        at = pieces = 0
        while (opening := self._text.find("<", at)) >= 0:
            self._characters(at, opening)
            at = self._markup(opening)
            pieces += 1
            if pieces > _MOST_PIECES:
                self._refuse(at, f"has more than {_MOST_PIECES} tags and comments")
        if not self._found.root:
            self._refuse(*mistakes.no_element(self._text))
        self._characters(at, len(self._text))
        if self._open:
            element = self._open[-1]
            self._refuse(element.at, f"<{element.name}> is not closed: </{element.name}> is missing")
        if self._mistakes:
            raise self._error()
        return self._found

    def _markup(self, at: int) -> int:
        """Read what begins with the < there; returns where it ends."""
        text = self._text
        if text.startswith("<!--", at):
            return self._comment(at)
        if text.startswith("<![CDATA[", at):
            end = self._end_of("]]>", at, "a CDATA section")
            self._add_text(at + 9, text[at + 9 : end - 3])
            return end
        if text.startswith("<?", at):
            return self._instruction(at)
        if text.startswith("</", at):
            return self._end_tag(at)
        if text.startswith("<!", at):
            self._refuse(at, mistakes.declaration(text, at))
        return self._tag(at)

    def _comment(self, at: int) -> int:
        dashes = self._text.find("--", at + 4)
        end = self._end_of("-->", at, "a comment")
        if dashes + 3 != end:
            self._note(dashes, "a comment contains --, which XML allows only at its end: write - or =")
        return end

    def _instruction(self, at: int) -> int:
        end = self._end_of("?>", at, "an instruction <?")
        if re.match(r"<\?xml[\s?]", self._text[at : at + 6]):
            if self._found.root:
                self._refuse(at, "a second XML declaration: this seems to be two files in one")
            if at:
                self._found.remarks.append((self._line(at), "has something before its XML declaration"))
        else:
            self._add_text(at + 2, self._text[at + 2 : end - 2])
        return end

    def _end_tag(self, at: int) -> int:
        found = _END_TAG.match(self._text, at)
        if found is None or not self._open or self._open[-1].name != found[1]:
            self._refuse(*mistakes.end_tag(self._text, at, self._open, self._line))
        self._open.pop()
        return found.end()

    def _tag(self, at: int) -> int:
        tag = _TAG.match(self._text, at)
        if tag is None:
            self._refuse(at, mistakes.no_tag(self._text, at))
        name = tag[1]
        if not self._open and self._found.root:
            self._refuse(at, f"<{name}> stands after the end of <{self._found.root}>: put all into one outer element")
        if not self._found.root:
            if name.lower() == "html":
                self._refuse(at, "is a web page (HTML), not a provisioning file")
            self._found.root = name
        self._tags += 1
        end = self._attributes(name, at, tag.end())
        closing = _TAG_END.match(self._text, end)
        if closing is None:  # can't be: _attributes has seen it
            self._refuse(end, f"the tag <{name}> is not closed with >")
        if not closing[1]:
            self._open.append(Place(name, at))
            if len(self._open) > _DEEPEST:
                self._refuse(at, f"has more than {_DEEPEST} elements inside each other")
        return closing.end()

    def _attributes(self, element: str, start: int, at: int) -> int:
        """Read the attributes of the element; returns where the last one ends."""
        last: Place | None = None
        while (found := _ATTRIBUTE.match(self._text, at)) is not None:
            if len(self._found.attributes) > MOST_ATTRIBUTES:
                self._refuse(at, f"has more than {MOST_ATTRIBUTES} parameters")
            name = found[1]
            group = 2 if found[2] is not None else 3
            line = self._line(found.start(1))
            value = self._value(found[group], Place(name, found.start(group)))
            self._found.attributes.append(Attribute(name, value, line, element, self._tags))
            last, at = Place(name, found.start(1)), found.end()
        if _TAG_END.match(self._text, at) is None:
            mistake = mistakes.in_tag(self._text, at, Place(element, start), last)
            if not self._text.startswith("<!--", mistake[0]):
                self._refuse(*mistake)
            self._note(*mistake)
            return self._attributes(element, start, self._comment(mistake[0]))
        return at

    def _value(self, raw: str, place: Place) -> str:
        value = raw.translate(_BLANKS) if "\n" in raw or "\t" in raw else raw
        return self._resolved(value, place) if "&" in value else value

    def _resolved(self, text: str, place: Place) -> str:
        """The text with its references replaced."""
        pieces = []
        at = 0
        while (ampersand := text.find("&", at)) >= 0:
            found = _REFERENCE.match(text, ampersand)
            character = None if found is None else _character(found)
            if found is None or character is None:
                self._note(place.at + ampersand, mistakes.reference(text, ampersand, place.name))
                pieces.append(text[at : ampersand + 1])
                at = ampersand + 1
                continue
            pieces += [text[at:ampersand], character]
            at = found.end()
        return "".join(pieces) + text[at:]

    def _characters(self, at: int, end: int) -> None:
        """What stands between two tags."""
        text = self._text[at:end]
        if not text.strip(" \t\n\ufeff"):
            return
        if not self._open:
            self._refuse(*mistakes.outside(self._text, at, self._found.root))
        self._add_text(at, self._resolved(text, Place(f"<{self._open[-1].name}>", at)))

    def _add_text(self, at: int, text: str) -> None:
        lead = len(text) - len(text.lstrip())
        if text.strip():
            element = self._open[-1].name if self._open else self._found.root
            self._found.texts.append(Text(element, text.strip(), self._line(at) + text.count("\n", 0, lead)))

    def _end_of(self, mark: str, at: int, what: str) -> int:
        end = self._text.find(mark, at + 2)
        if end < 0:
            self._refuse(at, f"{what} is not closed: {mark} is missing")
        return end + len(mark)

    def _line(self, at: int) -> int:
        """The line of a place. Places mostly come in order, so each line is counted once."""
        before, line = self._counted
        if at < before:
            return self._text.count("\n", 0, at) + 1
        line += self._text.count("\n", before, at)
        self._counted = (at, line)
        return line

    def _note(self, at: int, message: str) -> None:
        """A mistake after which reading goes on, to tell all of them at once."""
        self._mistakes.append((at, clean(message, _LONGEST_MESSAGE)))
        if len(self._mistakes) == _MOST_MISTAKES:
            raise self._error("; there may be more")

    def _refuse(self, at: int, message: str) -> NoReturn:
        self._mistakes.append((at, clean(message, _LONGEST_MESSAGE)))
        raise self._error()

    def _error(self, end: str = "") -> SourceError:
        (first, message), *others = self._mistakes
        for at, other in others:
            line, column = self._position(at)
            if len(message) + len(other) > _LONGEST_TOLD:
                end = "; there are more"
                break
            message += f"; {line}:{column}: {other}"
        line, column = self._position(first)
        return SourceError(self._file, line, message + end, column)

    def _position(self, at: int) -> tuple[int, int]:
        return self._text.count("\n", 0, at) + 1, at - self._text.rfind("\n", 0, at)


def _character(reference: re.Match[str]) -> str | None:
    decimal, hexadecimal, name = reference.groups()
    if name:
        return _ENTITIES[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    character = chr(code) if 0 < code <= 0x10FFFF else None
    return None if character is None or _NOT_XML.match(character) else character
