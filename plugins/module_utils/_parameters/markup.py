# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""XML files, read defensively: limited in size, no DTD, no entities but XML's own five, nothing fetched."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from .. import _files

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

BOM = b"\xef\xbb\xbf"


class SourceError(Exception):
    """A file that can't be used. ``line`` and ``column``: from 1 on, or None. ``message``: what is wrong, never with a
    value."""

    def __init__(self, file: str, line: int | None, message: str, column: int | None = None) -> None:
        super().__init__(located(file, line, message, column))
        self.file = file
        self.line = line
        self.column = column
        self.message = message


def located(file: str | None, line: int | None, message: str, column: int | None = None) -> str:
    """``file:line:column: message``, as compilers write it; the message alone if it is about no file."""
    if file is None:
        return message
    return f"{':'.join(str(part) for part in (file, line, column) if part is not None)}: {message}"


def unreadable(path: str, error: OSError) -> SourceError:
    """The error for a file that can't be opened."""
    return SourceError(path, None, f"can't be read ({error.strerror})")


def check_size(data: bytes, most: int, file: str) -> None:
    """Raises SourceError for more than ``most`` bytes."""
    if len(data) > most:
        raise SourceError(file, None, f"is larger than {most // 1_000_000} MB")


def load(path: str, most: int) -> bytes:
    """The bytes of a regular file with at most ``most`` bytes. Raises SourceError."""
    try:
        data = _files.read(path, most)
    except _files.FileError as error:
        raise SourceError(error.path, None, error.reason) from None
    if data is None:
        raise SourceError(path, None, f"can't be read ({os.strerror(errno.ENOENT)})")
    return data


def parser_of(file: str) -> XMLParserType:
    """A parser that reads UTF-8, whatever the file declares, and rejects a DTD. The caller sets its handlers."""
    parser = expat.ParserCreate("UTF-8")

    def reject(*_declared: object) -> NoReturn:
        raise SourceError(file, parser.CurrentLineNumber, "has a DOCTYPE, which is not allowed")

    parser.StartDoctypeDeclHandler = reject
    parser.EntityDeclHandler = reject
    return parser


def parse(parser: XMLParserType, data: bytes, file: str) -> None:
    """Parse a whole document, without a BOM. Raises SourceError, as the handlers may."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(file, data.count(b"\n", 0, error.start) + 1, "is not UTF-8 text") from None
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        raise SourceError(file, error.lineno, f"is not well-formed XML ({reason})") from None
