# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with a provisioning file that is not well-formed XML, in words.

A message names the parameter or element concerned. It never contains a value, nor any piece of the file that may be
one: passwords contain ampersands, quotes and angle brackets more often than other values do.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..table import is_known, is_secret

NAME = r"[A-Za-z_:\u00c0-\ud7ff\uf900-\ufffd][A-Za-z0-9_:.\u00b7-\ud7ff\uf900-\ufffd-]*"
_PARAMETER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)+")
_ASSIGNED = re.compile(rf"[ \t\"']*({_PARAMETER.pattern})[ \t\"']*[=:]")
_BEFORE = re.compile(rf"({_PARAMETER.pattern})[ \t\n]*=[ \t\n]*(?:\"[^\"<>]*|'[^'<>]*)\Z")
_NEXT = re.compile(rf"({NAME})[ \t\n]*(=?)[ \t\n]*")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30};)")
_CURLY = "\u201c\u201d\u201e\u201f\u2018\u2019\u00ab\u00bb\u2033"
_LOOK = 1000
"""How many characters around a mistake are looked at."""


class Place(NamedTuple):
    """``at``: where it begins in the text."""

    name: str
    at: int


def no_element(text: str) -> tuple[int, str]:
    """Where and why a text has no element."""
    if not text.strip(" \t\n\ufeff"):
        return 0, "is empty"
    return (0, "has no element") if "<" in text else outside(text, 0, "")


def outside(text: str, at: int, root: str) -> tuple[int, str]:
    """Text before the first or after the last element."""
    at += len(text[at : at + _LOOK]) - len(text[at : at + _LOOK].lstrip(" \t\n\ufeff"))
    if root:
        return at, f"has text after the end of <{root}>"
    offset = at
    for line in text[at : at + 100 * _LOOK].split("\n")[:100]:
        found = _ASSIGNED.match(line[:_LOOK])
        if found is not None:
            message = f'is no XML: {found[1]} stands here as text. A file looks like <ALL {found[1]}="..."/>'
            return offset, message
        offset += len(line) + 1
    if "<" in text:
        return at, "has text before its first element"
    return at, "is no XML: it has no element"


def declaration(text: str, at: int) -> str:
    """A <! that is no comment and no CDATA."""
    if not text.startswith("<!DOCTYPE", at):
        return "has a <! that begins neither a comment nor CDATA"
    if re.match(r"<!DOCTYPE\s+html\b", text[at : at + 100], re.IGNORECASE):
        return "has a DOCTYPE, which is not allowed: it seems to be a web page (HTML)"
    return "has a DOCTYPE, which is not allowed"


def bad_character(text: str, at: int) -> str:
    inside = _BEFORE.search(text, max(0, at - _LOOK), at)
    where = inside[1] if inside else "the text"
    return f"{where} contains the character U+{ord(text[at]):04X}, which XML does not allow"


def reference(text: str, at: int, name: str) -> str:
    """An & that XML does not know. ``name``: the parameter, or the element in <>."""
    if text.startswith("&#", at):
        return f"{name} contains &# that refers to no character that XML allows"
    entity = _ENTITY.match(text, at)
    if entity is not None and entity[1] in html.entities.html5 and not is_secret(name):
        code = " ".join(f"&#{ord(character)};" for character in html.entities.html5[entity[1]])
        return f"{name} contains &{entity[1]} which HTML knows and XML does not: write the character itself, or {code}"
    return f"{name} contains a raw &: write &amp; for it"


def no_tag(text: str, at: int) -> str:
    """A < that begins nothing."""
    if text[at + 1 : at + 2] in ("%", "{"):
        return "has a < that begins no element: this seems to be a template that was not rendered"
    return "has a < that begins no element: write &lt; for it"


def end_tag(text: str, at: int, opened: Sequence[Place], line: Callable[[int], int]) -> tuple[int, str]:
    found = re.compile(rf"</({NAME})[ \t\n]*(>?)").match(text, at)
    if found is None:
        return at, "has a </ that closes no element"
    if not found[2]:
        return at, f"the tag </{found[1]} is not closed with >"
    if not opened:
        return at, f"</{found[1]}> closes an element that was not opened"
    top = opened[-1]
    if any(place.name == found[1] for place in opened):
        return at, f"<{top.name}> of line {line(top.at)} is not closed before </{found[1]}>"
    return at, f"</{found[1]}> does not fit <{top.name}>, which was opened in line {line(top.at)}"


def in_tag(text: str, at: int, element: Place, last: Place | None) -> tuple[int, str]:
    """Something in a tag that is no attribute. ``at``: where the last piece that could be read ends. ``last``: the
    last attribute before it."""
    start = at
    at += len(text[at : at + 100 * _LOOK]) - len(text[at : at + 100 * _LOOK].lstrip(" \t\n"))
    tag = f"the tag <{element.name}>"
    character = text[at : at + 1]
    if not character:
        return element.at, f"{tag} is not closed with >"
    if text.startswith("<!--", at):
        return at, f"a comment stands inside {tag}: move it in front of the tag or behind it"
    if character == "<":
        return at, f"{tag} is not closed with > before the next <"
    if last is not None and (at == start or character in "\"'"):
        return _after_value(text, start, at, last)
    if character == "/":
        return at, f"{tag} has a / that does not end it"
    if character in "\"'":
        return at, f"{tag} has a quote that belongs to no value"
    found = _NEXT.match(text, at)
    if text.startswith(("{{", "{%"), at):
        return at, f"{tag} contains a template that was not rendered"
    if found is None:
        number = re.compile(r"[0-9][A-Za-z0-9.-]*\s*=").match(text, at)
        return at, f"{tag} has {'a name that begins with a digit' if number else 'something that is no attribute'}"
    name = found[1] if _is_name(found[1], last) else f"an attribute of <{element.name}>"
    if not found[2]:
        return at, f'{name} has no value: write ="..." behind it'
    return _value(text, Place(name, at), found.end())


def _is_name(name: str, last: Place | None) -> bool:
    """Whether this is a parameter, and not a piece of a secret before it that has a quote inside."""
    return _PARAMETER.fullmatch(name) is not None and (last is None or not is_secret(last.name) or is_known(name))


def _after_value(text: str, end: int, at: int, last: Place) -> tuple[int, str]:
    """Something directly behind a value, or a quote too many. ``end``: where the value ends."""
    value = text[max(last.at, end - _LOOK) : end - 1]
    if re.search(r"[A-Za-z0-9]\s*=\s*\Z", value):
        return last.at, f"{last.name} has no closing quote"
    if text[at] in "\"'" or not re.match(rf"{NAME}\s*=\s*[\"']", text[at : at + _LOOK]):
        return last.at, f"{last.name} has a quote inside its value: write &quot; for it"
    return at, f"{last.name} has no blank behind its value"


def _value(text: str, name: Place, at: int) -> tuple[int, str]:
    """What is wrong with the value that begins there."""
    quote = text[at : at + 1]
    if quote and quote in _CURLY:
        return at, f'{name.name} has curly quotes around its value: write "'
    if quote not in ('"', "'"):
        return at, f"{name.name} has a value without quotes"
    closing, bracket = text.find(quote, at + 1), text.find("<", at + 1)
    value = text[at + 1 : bracket if bracket >= 0 else closing][:_LOOK]
    if closing < 0 or "\n" in value or ">" in value:
        return name.at, f"{name.name} has no closing quote"
    return bracket, f"{name.name} has a < in its value: write &lt; for it"
