# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""XML files, read defensively: bounded in size, no DTD, no entities but XML's own five, nothing fetched from anywhere."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

BOM = b"\xef\xbb\xbf"


class SourceError(Exception):
    """A file that can't be used. ``file``: its name; ``line``: from 1 on, or None; ``message``: what is wrong, never with a value."""

    def __init__(self, file: str, line: int | None, message: str) -> None:
        super().__init__(f"{place(file, line)}: {message}")
        self.file = file
        self.line = line
        self.message = message


def place(file: str, line: int | None) -> str:
    """file:line, as editors and compilers have it."""
    return file if line is None else f"{file}:{line}"


def load(path: str, most: int) -> bytes:
    """The bytes of a file. Raises SourceError if it can't be read, is no ordinary file, or has more than ``most`` bytes."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise SourceError(path, None, "is no file")
        with open(path, "rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise SourceError(path, None, f"can't be read ({error.strerror})") from None
    if len(data) > most:
        raise SourceError(path, None, f"is larger than {most // 1_000_000} MB")
    return data


def parser_of(file: str) -> XMLParserType:
    """A parser of UTF-8, whatever the file declares, that refuses a DTD. The caller sets the handlers that it needs."""
    parser = expat.ParserCreate("UTF-8")

    def refuse(*_declared: object) -> NoReturn:
        raise SourceError(file, parser.CurrentLineNumber, "has a DOCTYPE, which no file of a phone has; it is not read")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def parse(parser: XMLParserType, data: bytes, file: str) -> None:
    """Run the parser over a whole document (without a BOM). Raises SourceError, as the handlers may."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(file, data.count(b"\n", 0, error.start) + 1, "is not UTF-8 text") from None
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise SourceError(file, error.lineno, f"is no well-formed XML ({expat.errors.messages[error.code]})") from None
