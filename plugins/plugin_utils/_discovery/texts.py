# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text files as people's programs write them: in UTF-8, or as spreadsheets save them, in UTF-16 or Windows-1252."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator

from ...module_utils._parameters.markup import SourceError, load
from ...module_utils._phone.errors import SettingsError

MOST_BYTES = 64_000_000
"""A list of a million phones is smaller."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOK = 1000
"""Bytes that show an encoding which has no mark."""

Remark = Callable[[str], None]


def read_text(path: str, remark: Remark, encoding: str | None = None) -> str:
    """The text of a file, without a byte order mark. ``encoding``: None to find out. Raises SettingsError."""
    try:
        data = load(path, MOST_BYTES)
    except SourceError as error:
        raise SettingsError(
            f"{path} {error.message}.", remedy="Correct the path (relative to the inventory file) or the file."
        ) from error
    except ValueError as error:  # a NUL character
        raise SettingsError(f"{path!r} is no path.", remedy="Correct the path.") from error
    known = encoding or _encoding(data)
    try:
        text = data.decode(known)
    except UnicodeError as error:
        line = data.count(b"\n", 0, error.start) + 1 if isinstance(error, UnicodeDecodeError) else 1
        said = "neither in UTF-8 nor in Windows-1252" if known == "cp1252" else f"not in {known.replace('-sig', '')}"
        raise SettingsError(f"{path}, line {line}: the text is {said}.", remedy="Save the file in UTF-8.") from error
    except (LookupError, ValueError) as error:
        raise SettingsError(
            f"{encoding!r} is not an encoding.", remedy="Use utf-8, utf-16 or windows-1252 for example."
        ) from error
    if known == "cp1252":
        remark(f"{path} is not in UTF-8. It was read as Windows-1252. Save it in UTF-8, or set its encoding.")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SettingsError(
            f"{path}, line {line}: there is a NUL character, so this is no text file.",
            remedy="Save the list as CSV, not as a workbook.",
        )
    return text.removeprefix("\ufeff")


def lines(text: str) -> Iterator[str]:
    """The lines with their ends: line feed, carriage return or both. Other separators of Unicode belong to the text."""
    return io.StringIO(text, newline="")


def _encoding(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    even, odd = data[:_LOOK:2].count(0), data[1:_LOOK:2].count(0)
    if max(even, odd) > len(data[:_LOOK]) / 4:
        return "utf-16-be" if even > odd else "utf-16-le"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
