# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Provisioning files: attributes are parameters, whatever is around them; what only looks like one is remarked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg import document, writing
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg.document import Document
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.markup import SourceError
from hypothesis import given
from hypothesis import strategies as st

SAMPLE = """\ufeff<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<!-- reg.9.label="no" -->
<polycomConfig xmlns="urn:x" xmlns:xsi="urn:y" xsi:noNamespaceSchemaLocation="polycomConfig.xsd">
  <any reg.1.label="A &amp; B"

    dialplan.digitmap = '[2-9]11|0T' up.idleTimeout="60"><deeper reg.2.label="Zürich &#10;☎"/></any>
</polycomConfig>
""".replace("\n", "\r\n")


def read(text: str) -> Document:
    return document.read(text.encode(), "site.cfg")


def values(text: str) -> dict[str, str]:
    return {entry.name: entry.value for entry in read(text).entries}


def remarks(text: str) -> list[str]:
    return [str(remark) for remark in read(text).remarks]


def test_attributes_are_the_parameters_each_with_its_line() -> None:
    assert [entry[:3] for entry in read(SAMPLE).entries] == [
        ("reg.1.label", "A & B", 4),
        ("dialplan.digitmap", "[2-9]11|0T", 6),
        ("up.idleTimeout", "60", 6),
        ("reg.2.label", "Zürich \n☎", 6),
    ]
    assert remarks(SAMPLE) == []


def test_lines_are_counted_through_a_long_element() -> None:
    text = writing.write({f"reg.{index}.label": "x\n>\"'" for index in range(1, 5000)})
    lines = text.splitlines()
    for entry in read(text).entries:
        assert lines[entry.line - 1].strip().startswith(entry.name + "=")


def test_a_new_line_in_an_attribute_is_a_blank() -> None:
    assert values('<a b.c="1|\n2"/>') == {"b.c": "1| 2"}


def test_what_stands_there_twice_is_remarked_and_the_last_one_counts() -> None:
    text = '<a>\n<b x.y="1"/>\n<c x.y="2" x.z="3"/>\n<d x.z="3"/></a>'
    assert values(text) == {"x.y": "2", "x.z": "3"}
    assert remarks(text) == ["site.cfg:3: x.y is also in line 2 with another value; the last one counts."]
    assert [(entry.name, entry.value) for entry in read(text).overridden] == [("x.y", "1"), ("x.z", "3")]


def test_the_same_attribute_twice_in_one_element_is_read_as_twice_in_the_file() -> None:
    text = '<a\n b.c="1" d.e="x"\n b.c="2" d.e="x"/>'
    assert values(text) == {"b.c": "2", "d.e": "x"}
    assert remarks(text) == [
        "site.cfg:3: b.c is also in line 2 of the same element with another value; the last one counts.",
        "site.cfg:3: d.e is twice in one element, which XML does not allow.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a>\n<b>\n x.y="1"\n up.z=2</b></a>', [(3, "x.y"), (4, "up.z")]),
        ('<a><x.y.1><z/>\n"v" reg.1.label = "v"</x.y.1></a>', [(2, "reg.1.label")]),
        ("<a><![CDATA[\nreg.1.label='v']]></a>", [(2, "reg.1.label")]),
        ('<a><?vendor\n reg.1.label="v"?></a>', [(2, "reg.1.label")]),
        ("<a>\n<x.y>\n  400</x.y></a>", [(3, "x.y")]),
        ("<a>\n<b>400</b></a>", [(2, "<b>")]),
        ("<a>{if $lines}\n<b/>{/if}</a>", [(1, "<a>"), (2, "<a>")]),
        ('<a xmlns:p="urn:p"\n p:reg.1.label="v" xml:lang="de"/>', [(2, "p:reg.1.label")]),
    ],
)
def test_what_a_reader_would_take_for_parameters_is_remarked(text: str, expected: list[tuple[int, str]]) -> None:
    found = read(text)
    assert [(remark.line, remark.subject) for remark in found.remarks] == expected
    assert found.entries == [] and "400" not in str(found.remarks) and "v" not in found.remarks[0].message.split()


@pytest.mark.parametrize(
    "text",
    [
        '<a><!-- reg.1.label="v" --><b x.y="1"></b>\n\t\n</a>',
        "<a></a>",
        '<a xmlns:xsi="urn:y" xsi:noNamespaceSchemaLocation="x.xsd" xmlns="urn:x"/>',
    ],
)
def test_comments_and_blanks_are_no_parameters(text: str) -> None:
    assert remarks(text) == []


def test_an_export_says_what_the_phone_has() -> None:
    layers = {"WEB": "2", "CONFIG_FILES": "1", "PHONE_LOCAL": "3", "CALL_SERVER": "0"}
    for shown in (layers, dict(reversed(layers.items()))):
        text = "".join(f'<{name} x.y="{value}" x.{name}="1"/>' for name, value in shown.items())
        found = values(f"<PHONE_BACKUP>{text}</PHONE_BACKUP>")
        assert found["x.y"] == "3" and len(found) == 5
        assert remarks(f"<PHONE_BACKUP>{text}</PHONE_BACKUP>") == []
    assert remarks('<PHONE_BACKUP><WEB x.y="1" x.y="2"/></PHONE_BACKUP>') != []


def test_a_file_full_of_mistakes_gets_some_dozens_of_remarks() -> None:
    lines = "".join(f"reg.{index}.label=x\n" for index in range(100_000))
    assert len(remarks(f"<a>{lines}</a>")) <= 60
    again = 'b.c="1" b.c="2" ' * 40_000
    assert len(remarks(f"<a {again}/>")) <= 60


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<!DOCTYPE a><a/>", "DOCTYPE"),
        (b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a b="&z;"/>', "DOCTYPE"),
        (b'<!DOCTYPE a SYSTEM "http://192.0.2.1/x"><a/>', "DOCTYPE"),
        (b'\n<APPLICATION CONFIG_FILES="a.cfg"/>', "master file"),
    ],
)
def test_what_is_no_provisioning_file_is_refused_with_the_reason(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        document.read(data, "site.cfg")
    assert str(caught.value).startswith("site.cfg")


def test_files_that_can_not_be_read_are_told_as_such(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, message in (
        (tmp_path / "none.cfg", "No such file"),
        (tmp_path, "is a folder"),
        (tmp_path / "pipe", "is no regular file, but a pipe"),
    ):
        with pytest.raises(SourceError, match=message):
            document.read_file(str(path))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _read_or_refused(data)


@given(st.data())
def test_any_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(SAMPLE.encode())
    for _time in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(damaged)))
        damaged[at : at + data.draw(st.integers(0, 9))] = data.draw(
            st.binary(max_size=4) | st.sampled_from([b"<", b'"', b">", b"&#0;", b"<!DOCTYPE ", b"]]>", b"<?"])
        )
    _read_or_refused(bytes(damaged))


def _read_or_refused(data: bytes) -> None:
    lines = data.count(b"\n") + data.count(b"\r") + 1
    try:
        found = document.read(data, "site.cfg")
    except SourceError as error:
        line, column = error.line or 1, error.column or 1
        found = Document("", "")
    else:
        line, column = 1, 1
    assert 1 <= line <= lines and column >= 1
    assert all(1 <= entry.line <= lines for entry in found.entries)
