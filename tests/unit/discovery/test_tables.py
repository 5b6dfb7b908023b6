# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""CSV files as spreadsheets and other tools write them: each row is used as it is meant, or told."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.sources import Expected
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.tables import CsvOptions, read_csv
from hypothesis import given
from hypothesis import strategies as st

A, B = "0004f2aaaaaa", "0004f2bbbbbb"


def read(folder: Path, content: str | bytes, **options: Any) -> tuple[list[Expected], list[str]]:
    """The phones in a file, and the remarks."""
    path = folder / "phones.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    remarks: list[str] = []
    return read_csv(CsvOptions(str(path), **options), remarks.append), remarks


def phones(folder: Path, content: str | bytes, **options: Any) -> list[Expected]:
    found, remarks = read(folder, content, **options)
    assert remarks == []
    return found


def refusal(folder: Path, content: str | bytes, **options: Any) -> str:
    with pytest.raises(SettingsError) as caught:
        read(folder, content, **options)
    assert caught.value.remedy
    return caught.value.message


def test_a_csv_file(tmp_path: Path) -> None:
    content = (
        "\ufeffIP; MAC address ;Phone;Room No.;site\n"
        '10.1.20.11;00:04:F2:AA:BB:CC;front;"2;17";berlin\n;0004f2aabbcd;;;\n;;;;\n\n'
    )
    assert phones(tmp_path, content, columns={"name": "Phone"}) == [
        Expected("10.1.20.11", "0004f2aabbcc", "front", {"Room_No": "2;17", "site": "berlin"}, 2),
        Expected(None, "0004f2aabbcd", None, {}, 3),
    ]


ROW = Expected("10.0.0.1", A, None, {"room": "Büro"}, 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_ends_of_lines(tmp_path: Path, encoding: str, ends: str) -> None:
    content = ends.join(["mac,ip,room", f"{A},10.0.0.1,Büro", ""]).encode(encoding)
    assert phones(tmp_path, content) == [ROW]


def test_what_excel_saves_on_windows(tmp_path: Path) -> None:
    found, remarks = read(tmp_path, f"MAC;IP;room\r\n{A};10.0.0.1;Büro\r\n".encode("cp1252"))
    assert found == [ROW] and "read as Windows-1252" in remarks[0] and len(remarks) == 1
    assert phones(tmp_path, f"MAC;IP;room\r\n{A};10.0.0.1;Büro\r\n".encode("cp1250"), encoding="windows-1250") == [ROW]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("named", [True, False])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str, named: bool) -> None:
    rows = [["MAC", "IP", "room, or; place"], [A, "10.0.0.1", "Büro"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    found = phones(tmp_path, f"sep={delimiter}\r\n{text}" if named else text)
    assert found == [Expected("10.0.0.1", A, None, {"room_or_place": "Büro"}, 3 if named else 2)]
    assert phones(tmp_path, text, delimiter=delimiter) == [Expected("10.0.0.1", A, None, {"room_or_place": "Büro"}, 2)]


def test_a_header_of_commas_in_a_file_of_semicolons(tmp_path: Path) -> None:
    assert phones(tmp_path, f"floor, wing, desk;mac\n3,east,2;{A}\n")[0].variables == {"floor_wing_desk": "3,east,2"}


def test_one_column(tmp_path: Path) -> None:
    assert [phone.mac for phone in phones(tmp_path, f"mac\n{A}\n{B}\n")] == [A, B]
    assert phones(tmp_path, "mac\n") == []


@pytest.mark.parametrize(
    "cell", ["a\u2028b", "a\x0cb", "a\x0bb", "a\x85b", "a\x1cb", "a\u2029b", '"a\nb"', '"a\r\nb"', '"a ""b"""']
)
def test_only_ends_of_lines_end_rows(tmp_path: Path, cell: str) -> None:
    found = phones(tmp_path, f"mac,room,site\n{A},{cell},x\n{B},c,y\n")
    plain = cell.strip('"').replace('""', '"') if '""' not in cell else 'a "b"'
    assert [phone.variables for phone in found] == [{"room": plain, "site": "x"}, {"room": "c", "site": "y"}]


@pytest.mark.parametrize(
    "cell",
    [
        "0004F2AAAAAA",
        "00:04:f2:aa:aa:aa",
        "00-04-f2-aa-aa-aa",
        "0004.f2aa.aaaa",
        "\u200b0004f2aaaaaa\u00a0",
        "0004f2\u200baaaaaa",
        '="0004f2aaaaaa"',
        "'0004f2aaaaaa",
    ],
)
def test_mac_addresses_in_any_notation(tmp_path: Path, cell: str) -> None:
    assert phones(tmp_path, f"mac;ip\n{cell};10.0.0.1\u200b\n") == [Expected("10.0.0.1", A, None, {}, 2)]


@pytest.mark.parametrize("cell", ["482567000001", "482567000001.0", "482 567 000 001", "482.567.000.001"])
def test_numbers_that_are_still_whole(tmp_path: Path, cell: str) -> None:
    assert phones(tmp_path, f"mac;ip\n{cell};\n")[0].mac == "482567000001"


@pytest.mark.parametrize("cell", ["4.82567E+11", "4,82567E+11", "4.82567e11", "4.82567000E11", "4.82567123E+11"])
def test_mac_addresses_that_a_spreadsheet_has_destroyed(tmp_path: Path, cell: str) -> None:
    told = refusal(tmp_path, f"mac;ip\n{cell};10.0.0.1\n")
    assert f"1 of 1 row can't be used. line 2: {cell!r} is a number that a spreadsheet made" in told


BAD = f"""mac,address,site
{A},10.0.0.1,a
N/A,10.0.0.2,b
4f2aabbcc,,c
,10.0.0.0/24,d
,10.0.0.300,e
,,nobody
{A.upper()},10.0.0.9,g
0004f2aabb01,10.0.0.10,h,more
,10.0.0.1,again

0004f2aabb02,,"x"y
{B},10.0.0.1,another phone at the old address of the first
"""
TOLD = (
    "line 3: 'N/A' is not a MAC address",
    "line 4: '4f2aabbcc' has 9 of the 12 digits of a MAC address; a spreadsheet drops leading zeros",
    "line 5: '10.0.0.0/24' is not the address of one phone",
    "line 6: '10.0.0.300' is not an address",
    "line 7: it has neither an address nor a MAC address",
    "line 8: the same MAC address as in line 2",
    "line 9: it has 4 cells, but there are 3 columns",
    "line 10: the same address as in line 2",
    "line 12: there is text after a closing quote",
)


def test_all_bad_rows_are_told_at_once(tmp_path: Path) -> None:
    told = refusal(tmp_path, BAD)
    assert "9 of 11 rows can't be used" in told
    assert [text for text in TOLD if text not in told] == []


def test_good_rows_go_on_if_asked(tmp_path: Path) -> None:
    found, remarks = read(tmp_path, BAD, skip_bad_rows=True)
    assert [(phone.mac, phone.line) for phone in found] == [(A, 2), (B, 13)]
    assert len(remarks) == 1 and "9 of 11 rows left out" in remarks[0]
    assert [text for text in TOLD if text not in remarks[0]] == []


def test_many_bad_rows_make_no_endless_message(tmp_path: Path) -> None:
    told = refusal(tmp_path, "mac\n" + "x" * 10_000 + "\n" + "y\n" * 500)
    assert "501 of 501 rows" in told and "and 481 more" in told and len(told) < 2000


@pytest.mark.parametrize("rows", ["10.0.0.1,\n10.0.0.1,", f"10.0.0.1,\n10.0.0.1,{A}", f"phone-7,{A}\nphone-7,"])
def test_two_rows_for_one_address(tmp_path: Path, rows: str) -> None:
    assert "line 3: the same address as in line 2" in refusal(tmp_path, f"ip,mac\n{rows}\n")


def test_two_phones_at_one_address_are_told_apart_by_mac(tmp_path: Path) -> None:
    assert len(phones(tmp_path, f"ip,mac\n10.0.0.1,{A}\n10.0.0.1,{B}\n")) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "neither a column for addresses"),
        (b'sep="\nmac\n', "neither a column for addresses"),
        (b"a,b\n1,2\n", "its columns are: a, b"),
        (b"mac,pw\n0004f2aaaaaa,xyzzy\n", "the column pw looks like it holds passwords"),
        (b"mac\n\0\n", "line 2: there is a NUL character"),
        (b"PK\x03\x04\0\0\0\0\0\0", "NUL"),
        (b"mac\n\x81\x8d\n", "line 2: the text is neither in UTF-8 nor in Windows-1252"),
        (b"\xff\xfem\0a\0c", "the text is not in utf-16"),
        (b'mac,room\n0004f2aaaaaa,"a\n0004f2bbbbbb,b\n', "line 2: a quote is never closed"),
        (b"mac,room\n0004f2aaaaaa," + b"x" * 131_073 + b"\n", "line 2: a cell has more than 131072 characters"),
        (b'mac,room\n0004f2aaaaaa,"' + b"x\n" * 70_000 + b"\n", "line 2: a cell has more than 131072 characters"),
        (b'sep=;\nmac;room\n\n0004f2aaaaaa;"x\n', "line 4: a quote is never closed"),
        (b"mac,\n0004f2aaaaaa,x\n", "line 2: a cell is in a column without a name"),
    ],
)
def test_files_that_are_refused(tmp_path: Path, content: bytes, told: str) -> None:
    message = refusal(tmp_path, content)
    assert told in message and "xyzzy" not in message and len(message) < 400


@pytest.mark.parametrize("encoding", ["klingon", "base64", "a\0b", ""])
def test_an_encoding_that_does_not_exist(tmp_path: Path, encoding: str) -> None:
    if encoding:
        assert "is not an encoding" in refusal(tmp_path, "mac\n", encoding=encoding)


def test_a_login_inside_a_url_is_told(tmp_path: Path) -> None:
    found, remarks = read(tmp_path, f"mac,prov,web\n{A},https://u:xyzzy@prov.example.org/,http://example.org/a@b\n")
    assert found[0].variables["prov"] == "https://u:xyzzy@prov.example.org/"
    assert len(remarks) == 1 and "the column prov holds a URL with a login" in remarks[0] and "xyzzy" not in remarks[0]


@given(st.text(alphabet=st.sampled_from('mac,ip;\n\r"\t=E+40.0004f2aabbcc\u2028\x0c\u200b\ufeff é'), max_size=80))
def test_no_text_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    for skip in (False, True):
        found: list[Expected] = []
        with contextlib.suppress(SettingsError):
            found, _remarks = read(folder, f"mac,ip\n{text}", skip_bad_rows=skip)
        assert all(phone.mac or phone.address for phone in found)
