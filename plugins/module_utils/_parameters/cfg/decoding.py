# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of a provisioning file. Phones and editors write UTF-8; older tools write Latin-1, Windows ones UTF-16."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from ..markup import SourceError, check_size, load

MOST_BYTES = 8_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITHOUT_BOM = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ONE_BYTE = re.compile(r"iso8859-[0-9]+|cp125[0-9]|koi8-[ru]|mac-roman|cp437|cp850")
_ATTRIBUTE = re.compile(rb"""([A-Za-z_][A-Za-z0-9._-]*)\s*=\s*["'][^"'<>]*\Z""")
_LOOK_BACK = 500


class Decoded(NamedTuple):
    """``remark``: what is unusual about the encoding, or None."""

    text: str
    remark: str | None = None


def load_text(path: str) -> Decoded:
    """The text of a file. Raises SourceError."""
    return decode(load(path, MOST_BYTES), path)


def decode(data: bytes, file: str) -> Decoded:
    """The text, with ``\\n`` as the end of each line. Raises SourceError."""
    if data.startswith(b"$ANSIBLE_VAULT"):
        message = "is encrypted: read it with the lookup ansible.builtin.file and the filter polycom.vvx.from_cfg"
        raise SourceError(file, 1, message)
    check_size(data, MOST_BYTES, file)
    text, remark = _decoded(data, file)
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), remark)


def _decoded(data: bytes, file: str) -> Decoded:
    for start, encoding in (*_BOMS, *_WITHOUT_BOM):
        if data.startswith(start):
            if encoding == "utf-8":
                return Decoded(_utf8(data[len(start) :], file, None))
            return _wide(data, file, encoding)
    found = _DECLARED.match(data[:1000])
    declared = found[1].decode() if found else None
    codec = _codec(declared)
    if codec is not None and not _is_utf8(data):
        return _one_byte(data, file, codec)
    text = _utf8(data, file, declared)
    unlike = declared is not None and _normal(declared) not in ("utf-8", "ascii") and not (codec and data.isascii())
    return Decoded(text, f"declares the encoding {declared} but is UTF-8, and was read as UTF-8" if unlike else None)


def _wide(data: bytes, file: str, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise SourceError(file, None, f"begins as {encoding[:6].upper()} text but is not: save it as UTF-8") from None
    return Decoded(text, f"is {encoding[:6].upper()} text, which not all phones may read: save it as UTF-8")


def _one_byte(data: bytes, file: str, codec: str) -> Decoded:
    """Text declared as Latin-1 with characters that only Windows has there (the euro) is Windows' own."""
    if codec == "iso8859-1" and re.search(rb"[\x80-\x9f]", data):
        codec = "cp1252"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start, file, f"is not {_shown(codec)} text") from None
    return Decoded(text, f"is {_shown(codec)} text, which not all phones may read: save it as UTF-8")


def _utf8(data: bytes, file: str, declared: str | None) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if declared is not None and _normal(declared) not in ("utf-8", "ascii"):
            message = f"is in the encoding {declared}, which can't be read: save it as UTF-8"
            raise SourceError(file, 1, message) from None
        what = "is not UTF-8 text: save it as UTF-8, or declare its encoding (ISO-8859-1, windows-1252)"
        raise _undecodable(data, error.start, file, what) from None


def _undecodable(data: bytes, at: int, file: str, message: str) -> SourceError:
    """With the place of the first such byte, and the parameter whose value it is in."""
    line = data.count(b"\n", 0, at) + 1
    column = at - data.rfind(b"\n", 0, at)
    inside = _ATTRIBUTE.search(data, max(0, at - _LOOK_BACK), at)
    where = f"{inside[1].decode()} contains a character that " if inside else ""
    return SourceError(file, line, f"{where}{message}", column)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _normal(declared: str) -> str:
    """Python's own name of an encoding; the name itself if Python does not know it."""
    try:
        return codecs.lookup(declared).name
    except LookupError:
        return declared


def _codec(declared: str | None) -> str | None:
    """The codec of a declared encoding with one byte a character, or None."""
    name = None if declared is None else _normal(declared)
    return name if name is not None and _ONE_BYTE.fullmatch(name) else None


def _shown(codec: str) -> str:
    return codec.replace("iso8859", "ISO-8859").replace("cp125", "windows-125")
