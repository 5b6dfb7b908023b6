# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Provisioning files in the encodings that people have, each read as it is meant and remarked."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg import decoding, document
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg.decoding import decode
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.markup import SourceError


def declared(encoding: str, body: str = '<a b.c="Zürich"/>') -> str:
    return f"<?xml version='1.0' encoding='{encoding}'?>\r\n{body}"


@pytest.mark.parametrize(
    ("data", "remark"),
    [
        (declared("utf-8").encode(), None),
        ('<a b.c="Zürich"/>'.encode(), None),
        ('\ufeff<a b.c="Zürich"/>'.encode(), None),
        (declared("US-ASCII", '<a b.c="Z&#252;rich"/>').encode(), None),
        (declared("ISO-8859-1", '<a b.c="Z&#252;rich"/>').encode(), None),
        (declared("ISO-8859-1").encode("latin-1"), "is ISO-8859-1 text"),
        (declared("latin1").encode("latin-1"), "is ISO-8859-1 text"),
        (declared("iso-8859-15").encode("iso-8859-15"), "is ISO-8859-15 text"),
        (declared("Windows-1252").encode("cp1252"), "is windows-1252 text"),
        (declared("ISO-8859-1", '<a x.y="5 €" b.c="Zürich"/>').encode("cp1252"), "is windows-1252 text"),
        (declared("UTF-16").encode("utf-16"), "is UTF-16 text"),
        (declared("UTF-16").encode("utf-16-be"), "is UTF-16 text"),
        (declared("UTF-16").encode("utf-16-le"), "is UTF-16 text"),
        ('<a b.c="Zürich"/>'.encode("utf-16"), "is UTF-16 text"),
        (declared("utf-16").encode(), "declares the encoding utf-16 but is UTF-8"),
        (declared("ISO-8859-1").encode(), "declares the encoding ISO-8859-1 but is UTF-8"),
        (declared("x-none").encode(), "declares the encoding x-none but is UTF-8"),
    ],
)
def test_a_file_is_read_in_the_encoding_that_it_is_in(data: bytes, remark: str | None) -> None:
    found = document.read(data, "f")
    assert {entry.name: entry.value for entry in found.entries}["b.c"] == "Zürich"
    assert [(one.subject, one.line) for one in found.remarks] == ([] if remark is None else [("file", 1)])
    assert remark is None or remark in found.remarks[0].message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n\n" + declared("utf-8"), 3),
        ("<!-- ours -->\n" + declared("utf-8"), 2),
        (" \ufeff" + declared("utf-8"), 1),
    ],
)
def test_what_stands_before_the_declaration_is_remarked(text: str, expected: int) -> None:
    found = document.read(text.encode(), "f")
    assert [(one.line, one.message) for one in found.remarks] == [
        (expected, "has something before its XML declaration")
    ]
    assert len(found.entries) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'<a>\n<b x.y="1" reg.1.label="Zq7 \xfc"/></a>', "f:2:29: reg.1.label contains a character that is not UTF-8"),
        (b"<a>\n\xff</a>", "f:2:1: is not UTF-8 text"),
        (declared("utf-8").encode("latin-1"), "b.c contains a character that is not UTF-8"),
        (
            declared("cp1252").replace("ü", "\x81").encode("latin-1"),
            "b.c contains a character that is not windows-1252",
        ),
        (declared("x-none").encode("latin-1"), "f:1: is in the encoding x-none"),
        (declared("shift_jis", '<a b.c="東京"/>').encode("shift_jis"), "f:1: is in the encoding shift_jis"),
        ("<a/>".encode("utf-16")[:-1], "begins as UTF-16 text"),
        (b"$ANSIBLE_VAULT;1.1;AES256\n00", "polycom.vvx.from_cfg"),
        (b" " * (decoding.MOST_BYTES + 1), "8 MB"),
    ],
)
def test_what_can_not_be_decoded_is_told_with_its_place_and_name(data: bytes, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode(data, "f")
    assert message in str(caught.value) and "Zq7" not in str(caught.value)
