# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""CSV files with a row for each phone, as spreadsheets and other tools write them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...module_utils._phone.errors import SettingsError
from ...module_utils._phone.mac import digits
from ...module_utils._text import clean, hide_logins, visible
from .addresses import Entry
from .columns import USUAL, Columns, find_role, read_header, trimmed
from .sources import Expected
from .texts import Remark, lines, read_text

DELIMITERS = ",;\t|"
_MOST_TOLD = 20
_LONGEST_CELL = 131_072
"""Characters; the limit of Python's reader."""


@dataclass(frozen=True)
class CsvOptions:
    """How to read a CSV file. ``columns``: headers for roles, None for the usual ones. ``delimiter`` and ``encoding``:
    None to find out."""

    path: str
    columns: Mapping[str, str | None] = field(default_factory=dict)
    delimiter: str | None = None
    encoding: str | None = None
    skip_bad_rows: bool = False


class _BadRow(Exception):
    """What is wrong with a row."""


@dataclass(frozen=True)
class _Row:
    """A row, or what is wrong with it. ``first`` and ``last``: its lines."""

    first: int
    last: int
    cells: Sequence[str] = ()
    problem: str | None = None

    @property
    def place(self) -> str:
        return f"line {self.first}" if self.first == self.last else f"lines {self.first} to {self.last}"


def read_csv(options: CsvOptions, remark: Remark) -> list[Expected]:
    """The phones of a file. Raises SettingsError that tells of all bad rows, unless these are to be skipped."""
    path = options.path
    rows = _rows(path, read_text(path, remark, options.encoding), options)
    header = next((row for row in rows if any(map(trimmed, row.cells))), _Row(1, 1))
    columns = read_header(path, header.cells, options.columns)
    phones: list[Expected] = []
    known: dict[str, int] = {}
    bad: list[str] = []
    total = 0
    for row in rows:
        cells = [_content(cell) for cell in row.cells]
        if row.problem is None and not any(cells):
            continue
        total += 1
        try:
            phone = _phone(row, cells, columns)
            _check_once(phone, known)
        except _BadRow as problem:
            bad.append(f"{row.place}: {problem}")
        else:
            phones.append(phone)
    _tell(path, bad, total, options.skip_bad_rows, remark)
    for title in _with_logins(header.cells, columns, phones):
        remark(
            f"{path}: the column {title} holds a URL with a login, which everyone sees who sees the inventory. Keep it "
            "in a vault file: see docs/inventory.md."
        )
    return phones


def _tell(path: str, bad: Sequence[str], total: int, skip: bool, remark: Remark) -> None:
    """Raise or tell what is wrong with rows."""
    if not bad:
        return
    listed = "; ".join(bad[:_MOST_TOLD])
    more = f"; and {len(bad) - _MOST_TOLD} more" if len(bad) > _MOST_TOLD else ""
    rows = f"{len(bad)} of {total} row{'s' if total > 1 else ''}"
    if skip:
        remark(f"{path}: {rows} left out. {listed}{more}.")
        return
    raise SettingsError(
        f"{path}: {rows} can't be used. {listed}{more}.",
        remedy="Correct the file, or set csv.skip_bad_rows: true to go on with the other rows.",
    )


def _rows(path: str, text: str, options: CsvOptions) -> Iterator[_Row]:
    """The rows with their lines, from the header on. Raises SettingsError where the rest can't be told apart."""
    first = next(lines(text), "")
    named = re.fullmatch(r'"?sep=([^\w\s"\0]|\t)"?', first.rstrip("\r\n"), re.IGNORECASE)
    before = 1 if named else 0
    delimiter = options.delimiter or (named[1] if named else _sniffed(text, options.columns))
    reader = csv.reader(lines(text[len(first) :] if named else text), delimiter=delimiter, strict=True)
    while True:
        start = before + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = str(error)
            if "expected after" not in reason:
                long = "field larger" in reason
                raise SettingsError(
                    f"{path}, line {start}: "
                    + (f"a cell has more than {_LONGEST_CELL} characters." if long else "a quote is never closed."),
                    remedy='Close the quote. A quote inside a quoted cell is written twice: "".',
                ) from error
            yield _Row(start, before + reader.line_num, problem="there is text after a closing quote")
        else:
            yield _Row(start, before + reader.line_num, cells)


def _sniffed(text: str, wanted: Mapping[str, str | None]) -> str:
    """The delimiter with which the header has most columns that are known, or else most columns."""
    header = next((line for line in lines(text) if line.strip()), "")[:_LONGEST_CELL]

    def score(delimiter: str) -> tuple[int, int]:
        titles = [trimmed(title) for title in next(csv.reader([header], delimiter=delimiter), [])]
        return sum(bool(find_role(titles, role, wanted.get(role))) for role in USUAL), len(titles)

    return max(DELIMITERS, key=score)


def _content(cell: str) -> str:
    """What a cell says: without blanks around it, and without the formula by which tools keep digits as text."""
    text = trimmed(cell)
    formula = re.fullmatch(r'="(.*)"', text)
    return trimmed(formula[1]) if formula else text


def _phone(row: _Row, cells: Sequence[str], columns: Columns) -> Expected:
    """Raises _BadRow."""
    if row.problem:
        raise _BadRow(row.problem)
    if any(cells[columns.count :]):
        raise _BadRow(f"it has {len(cells)} cells, but there are {columns.count} columns")
    named = {*columns.roles.values(), *columns.variables}
    if any(cell for index, cell in enumerate(cells) if index not in named):
        raise _BadRow("a cell is in a column without a name")
    given = {role: cells[index] for role, index in columns.roles.items() if index < len(cells) and cells[index]}
    mac = _mac(given["mac"]) if "mac" in given else None
    address = _address(given["address"]) if "address" in given else None
    if mac is None and address is None:
        raise _BadRow("it has neither an address nor a MAC address")
    variables = {name: cells[index] for index, name in columns.variables.items() if index < len(cells) and cells[index]}
    return Expected(address, mac, given.get("name"), variables, row.first)


def _mac(cell: str) -> str:
    """Raises _BadRow."""
    text = visible(cell).lstrip("'")
    shown = repr(clean(cell, 40))
    if re.fullmatch(r"[0-9][.,][0-9]+E[+]?[0-9]+", text, re.IGNORECASE):
        raise _BadRow(
            f"{shown} is a number that a spreadsheet made of a MAC address, and digits are lost; enter it again in a "
            "column of texts"
        )
    whole = re.fullmatch(r"([0-9]{12})[.,]0+", text)
    mac = digits(whole[1] if whole else text)
    if mac:
        return mac
    count = len(re.sub(r"[:.\s-]", "", text))
    if 8 <= count < 12 and re.fullmatch(r"[0-9a-fA-F:.\s-]+", text):
        raise _BadRow(f"{shown} has {count} of the 12 digits of a MAC address; a spreadsheet drops leading zeros")
    raise _BadRow(f"{shown} is not a MAC address")


def _address(cell: str) -> str:
    """In one notation. Raises _BadRow."""
    try:
        entry = Entry.parse(cell)
    except SettingsError as error:
        raise _BadRow(error.message.rstrip(".")) from None
    if not entry.single:
        raise _BadRow(f"{clean(cell, 40)!r} is not the address of one phone")
    return entry.text


def _check_once(phone: Expected, known: dict[str, int]) -> None:
    """Note the phone. Raises _BadRow if an earlier row is about the same one."""
    same = known.get(phone.mac) if phone.mac else None
    if same:
        raise _BadRow(f"the same MAC address as in line {same}")
    # Two MAC addresses with one address are two phones: the MAC addresses tell where they are.
    for key in (f"{phone.address} alone", phone.address if phone.mac is None else None):
        if phone.address and key in known:
            raise _BadRow(f"the same address as in line {known[key]}, and no MAC address that tells them apart")
    line = phone.line or 0
    if phone.mac:
        known[phone.mac] = line
    if phone.address:
        known.setdefault(phone.address, line)
        if phone.mac is None:
            known[f"{phone.address} alone"] = line


def _with_logins(titles: Sequence[str], columns: Columns, phones: Sequence[Expected]) -> Iterator[str]:
    """The headers of columns in which a cell holds a login inside a URL."""
    for index, name in columns.variables.items():
        texts = (phone.variables.get(name, "") for phone in phones)
        if any("@" in text and hide_logins(text) != text for text in texts):
            yield clean(titles[index], 40)
